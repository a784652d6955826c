"""A chat service in memory, as a real implementation of what the scheduler needs of one.

The hub is the service: what reached it stays, whatever becomes of the process that said it. A connection is one
process's way to it, and can fail in the ways in which networks do.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import TypeVar

from bot.core.job import MakeJobs, Services
from bot.core.platform import Forbidden, Gone, Platform, Shard, TryLater
from bot.core.reply import Reply
from bot.core.times import TIMES, Times
from bot.scheduler.loop import Scheduler
from bot.storage.store import Store
from cogs.daily.job import daily_jobs
from corpus.corpus import Corpus
from tests.fakes.platform import QuietPlatform

Clock = Callable[[], datetime]
T = TypeVar("T")


@dataclass(frozen=True)
class Message:
    id: str
    channel: str
    key: str
    at: datetime
    reply: Reply


@dataclass
class Hub:
    """`remembers`: for how long a repeated nonce is swallowed, as Discord does; Slack does not."""

    clock: Clock
    remembers: timedelta = timedelta()
    channels: dict[str, list[Message]] = field(default_factory=lambda: defaultdict(list))
    told: list[tuple[str, Reply]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    servers: Set[str] | None = None
    shards: Sequence[Shard] = ()
    ids: count[int] = field(default_factory=lambda: count(1))

    @property
    def messages(self) -> list[Message]:
        return [message for channel in self.channels.values() for message in channel]

    def check(self, channel: str) -> None:
        if channel in self.gone:
            raise Gone("the channel is gone")
        if self.missing.get(channel):
            raise Forbidden("not allowed")

    def post(self, channel: str, reply: Reply, key: str) -> str:
        self.check(channel)
        now = self.clock()
        for message in reversed(self.channels[channel]):
            if not self.remembers or now - message.at > self.remembers:
                break
            if message.key == key:
                return message.id
        made = Message(str(next(self.ids)), channel, key, now, reply)
        self.channels[channel].append(made)
        return made.id

    def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        self.check(channel)
        found = (one for one in reversed(self.channels[channel]) if since <= one.at <= until and one.key == key)
        return next((one.id for one in found), None)


def daily(
    store: Store,
    corpus: Corpus,
    platforms: Sequence[Platform],
    *,
    clock: Clock,
    times: Times = TIMES,
    makers: Sequence[MakeJobs] = (daily_jobs,),
) -> Scheduler:
    """A process that posts daily facts on some platforms."""
    return Scheduler([Services(store, corpus, platform, clock, times) for platform in platforms], makers)


class Connection(QuietPlatform):
    """A platform over a hub that never fails. `name` is as in the rows that it serves."""

    def __init__(self, hub: Hub, name: str = "test") -> None:
        self.hub = hub
        self.name = name
        self.ready = True
        self.swallows = hub.remembers

    async def start(self) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        self.ready = False

    def is_ready(self) -> bool:
        return self.ready

    def shards(self) -> Sequence[Shard]:
        return self.hub.shards

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        return self.hub.post(channel, reply, key)

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        raise Gone("nothing here is edited")

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        return self.hub.find(channel, key, since, until)

    async def missing_permissions(self, channel: str) -> tuple[str, ...]:
        if channel in self.hub.gone:
            raise Gone("the channel is gone")
        return self.hub.missing.get(channel, ())

    async def tell(self, person: str, server: str | None, reply: Reply) -> None:
        self.hub.told.append((person, reply))

    async def servers(self) -> Set[str] | None:
        return self.hub.servers

    def link(self, server: str | None, channel: str, message: str) -> str:
        return f"https://hub.example/{channel}/{message}"


class Moody(Connection):
    """A connection whose answers to `post` and `find` follow `mood`, one a call; with no mood left it tells the truth.

    "lost": it is done, and the answer is lost. "down": it is not done, and nobody can tell. "busy": come back later.
    "mute": not allowed, for no reason that shows. "slow": no answer for a long time. "broken": a fault of ours.
    """

    def __init__(self, hub: Hub, *mood: str) -> None:
        super().__init__(hub)
        self.mood = [*mood]
        self.calls: list[str] = []

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        return await self._answered("post", lambda: self.hub.post(channel, reply, key))

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        return await self._answered("find", lambda: self.hub.find(channel, key, since, until))

    async def _answered(self, call: str, do: Callable[[], T]) -> T:
        self.calls.append(call)
        mood = self.mood.pop(0) if self.mood else "well"
        if mood in {"lost", "well"}:
            done = do()
            if mood == "well":
                return done
        if mood == "slow":
            await asyncio.sleep(60)
        raise {
            "busy": TryLater("too many posts", 60.0),
            "mute": Forbidden("a bad hour"),
            "broken": ZeroDivisionError(),
        }.get(mood, TryLater("no answer", unknown=True))
