"""A process of its own that moves rounds on in a hall in another process, over a socket."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.core.clock import utc_now
from bot.core.job import Services
from bot.core.reply import Reply
from bot.core.times import Times
from bot.scheduler.loop import Scheduler
from bot.storage.round import NEVER
from bot.storage.store import Store
from cogs.quiz import job, round_state, round_work
from corpus import SHIPPED
from corpus.corpus import Corpus
from tests.fakes.platform import QuietPlatform
from tests.logs import quiet
from tests.processes import ask

TIMES = Times(lease=timedelta(seconds=1.5), renewal=timedelta(seconds=0.3), leeway=timedelta(seconds=0.2))
VISIBLE = timedelta(seconds=0.3)
BREAK = timedelta(seconds=0.4)


@dataclass(frozen=True)
class Said:
    """Something that came to the hall, and when."""

    at: datetime
    call: str
    channel: str
    key: str
    title: str
    who: int


@dataclass
class Wall:
    """The messages in the channels. `slow` is how long an answer takes once the message is there.

    `began_at` is when the last process began to work: until then it was starting.
    """

    swallows: bool
    slow: float = 0.05
    said: list[Said] = field(default_factory=list)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    began_at: datetime = NEVER

    async def answer(self, asked: dict[str, Any]) -> str | None:
        """What a process hears that says something."""
        message = self._say(asked)
        await asyncio.sleep(self.slow)
        return message

    def _say(self, asked: dict[str, Any]) -> str | None:
        if asked["call"] == "begin":
            self.began_at = utc_now()
            return None
        channel, key = asked["channel"], asked.get("key", "")
        if asked["call"] == "find":
            return self.keys.get((channel, key))
        known = self.keys.get((channel, key)) if self.swallows and asked["call"] == "post" else None
        if known is None:
            self.said.append(Said(utc_now(), asked["call"], channel, key, asked["title"], asked["who"]))
        message = known or str(len(self.said))
        if asked["call"] == "post":
            self.keys[channel, key] = message
        return message

    def posts(self, channel: str) -> list[Said]:
        return [one for one in self.said if one.call == "post" and one.channel == channel]


class Remote(QuietPlatform):
    """A wall in another process."""

    def __init__(self, socket: str, *, swallows: bool) -> None:
        self.socket = socket
        self.swallows = timedelta(minutes=3) if swallows else timedelta()

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        return str(await ask(self.socket, call="post", channel=channel, key=key, title=reply.title))

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        await ask(self.socket, call="edit", channel=channel, key="", title=reply.title)

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        found: str | None = await ask(self.socket, call="find", channel=channel, key=key, title="")
        return found


def play(url: str, socket: str, cache: str, swallows: bool) -> None:
    """Move rounds on until a signal comes."""
    quiet(logging.CRITICAL)
    # A round as people play it takes minutes.
    round_work.VISIBLE, round_state.BREAK, round_state.LEEWAY = VISIBLE, BREAK, TIMES.leeway
    with suppress(asyncio.CancelledError):
        asyncio.run(_play(url, socket, Path(cache), swallows=swallows))


async def _play(url: str, socket: str, cache: Path, *, swallows: bool) -> None:
    store = await Store.open(url)
    corpus = await Corpus.open(SHIPPED, cache)
    services = Services(store, corpus, Remote(socket, swallows=swallows), utc_now, TIMES)
    running = asyncio.ensure_future(Scheduler([services], [job.quiz_jobs]).run())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    await ask(socket, call="begin")
    try:
        await running
    finally:
        await corpus.close()
        await store.close()
