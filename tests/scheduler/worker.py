"""A process of its own that posts daily facts into a hub in another process, over a socket."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.core.clock import utc_now
from bot.core.reply import Reply
from bot.core.times import Times
from bot.storage.store import Store
from corpus import SHIPPED
from corpus.corpus import Corpus
from tests.logs import quiet
from tests.processes import ask, serving
from tests.scheduler.hub import Connection, Hub, daily

TIMES = Times(
    idle=timedelta(seconds=0.5),
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
        self.swallows = self.channel_pace = self.recount = timedelta()
        self.socket = socket

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        return str(await ask(self.socket, call="post", channel=channel, key=key))

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        span = {"since": since.isoformat(), "until": until.isoformat()}
        found: str | None = await ask(self.socket, call="find", channel=channel, key=key, **span)
        return found


@asynccontextmanager
async def listening(hub: Hub, socket: Path, seed: int) -> AsyncIterator[set[int]]:
    """Let other processes reach a hub; gives the ids of those that posted. It takes a while, before and after."""
    dice, posted = Random(seed), set()

    async def answer(asked: dict[str, Any]) -> str | None:
        await asyncio.sleep(DELAY * dice.random())
        channel, key = asked["channel"], asked["key"]
        if asked["call"] == "post":
            posted.add(asked["who"])
            found: str | None = hub.post(channel, Reply(), key)
        else:
            since, until = (datetime.fromisoformat(asked[one]) for one in ("since", "until"))
            found = hub.find(channel, key, since, until)
        await asyncio.sleep(DELAY * dice.random())
        return found

    async with serving(answer, socket):
        yield posted


def work(url: str, socket: str, cache: str) -> None:
    """Post until killed."""
    quiet(logging.CRITICAL)
    asyncio.run(_work(url, socket, Path(cache)))


async def _work(url: str, socket: str, cache: Path) -> None:
    store = await Store.open(url)
    corpus = await Corpus.open(SHIPPED, cache)
    await daily(store, corpus, [Remote(socket)], clock=utc_now, times=TIMES).run()
