"""A process of its own that posts daily facts into a hub in another process, over a socket."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import structlog

from bot.core.app import utc_now
from bot.core.platform import TryLater
from bot.core.reply import Reply
from bot.core.times import Times
from bot.storage.store import Store
from corpus import SHIPPED
from corpus.corpus import Corpus
from tests.scheduler.hub import Connection, Hub, daily

TIMES = Times(
    lease=timedelta(seconds=1.2),
    renewal=timedelta(seconds=0.3),
    patience=timedelta(seconds=0.6),
    look=timedelta(seconds=0.6),
    first_look=timedelta(seconds=1),
    first_try=timedelta(seconds=0.5),
)
DELAY = 0.03


class Remote(Connection):
    """A hub in another process."""

    def __init__(self, socket: str) -> None:
        self.name = "test"
        self.ready = True
        self.swallows = self.channel_pace = timedelta()
        self.socket = socket

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        return str(await self._told({"call": "post", "channel": channel, "key": key}))

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        found: str | None = await self._told(
            {"call": "find", "channel": channel, "key": key, "since": since.isoformat(), "until": until.isoformat()}
        )
        return found

    async def _told(self, asked: dict[str, str]) -> Any:
        try:
            reader, writer = await asyncio.open_unix_connection(self.socket)
            writer.write(json.dumps({**asked, "who": os.getpid()}).encode() + b"\n")
            answer = await reader.readline()
            writer.close()
            return json.loads(answer)
        except (OSError, ValueError) as error:
            raise TryLater(type(error).__name__, unknown=True) from None


@asynccontextmanager
async def listening(hub: Hub, socket: Path, seed: int) -> AsyncIterator[set[int]]:
    """Let other processes reach a hub; gives the ids of those that posted. It takes a while, before and after."""
    dice, posted = Random(seed), set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = json.loads(await reader.readline())
        await asyncio.sleep(DELAY * dice.random())
        if asked["call"] == "post":
            posted.add(asked["who"])
            told = hub.post(asked["channel"], Reply(), asked["key"])
        else:
            told = hub.find(
                asked["channel"],
                asked["key"],
                datetime.fromisoformat(asked["since"]),
                datetime.fromisoformat(asked["until"]),
            )
        await asyncio.sleep(DELAY * dice.random())
        writer.write(json.dumps(told).encode() + b"\n")
        writer.close()

    server = await asyncio.start_unix_server(answer, socket)
    async with server:
        yield posted


def work(url: str, socket: str, cache: str) -> None:
    """Post until killed."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    asyncio.run(_work(url, socket, Path(cache)))


async def _work(url: str, socket: str, cache: Path) -> None:
    store = await Store.open(url)
    corpus = await Corpus.open(SHIPPED, cache)
    await daily(store, corpus, [Remote(socket)], clock=utc_now, times=TIMES).run()
