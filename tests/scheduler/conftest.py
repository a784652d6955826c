"""Schedules over a store, a hub to post into, and a clock that is set by hand."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from bot.core.platform import Platform
from bot.core.times import TIMES, Times
from bot.scheduler.loop import Scheduler
from bot.storage import deliveries, schedules
from bot.storage.deliveries import Delivery
from bot.storage.schedules import Schedule
from bot.storage.session import Session
from bot.storage.store import Store
from cogs.fact import facts_on
from corpus.corpus import Corpus
from tests.scheduler.hub import Connection, Hub, daily

NINE = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
"""Nine in the morning in Berlin, when all is due that says nothing else."""
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def schedule(name: str, **changes: object) -> Schedule:
    one = Schedule(
        id=name,
        platform="test",
        server="guild",
        channel=f"channel-{name}",
        topic="",
        local_time="09:00",
        zone="Europe/Berlin",
        days="1234567",
        set_by="ada",
        set_at=NINE - DAY,
        due_at=NINE,
        due_date=TODAY,
    )
    return msgspec.structs.replace(one, **changes)


_MANY = """
INSERT INTO schedules (
    id, platform, server, channel, topic, local_time, zone, days, set_by, set_at, due_at, due_date, state, reason
)
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {many})
SELECT printf('%016x', n), 'test', 'guild-' || (n / 3), 'channel-' || n, '', '09:00', 'Europe/London', '1234567',
    'ada', 0, {due}, '{date}', 'active', ''
FROM numbers
"""


async def put_many(tx: Session, many: int, due_at: datetime) -> None:
    """Set up so many schedules, each in a channel of its own, that are all due at a moment."""
    due = (due_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    await tx.execute(_MANY.format(many=many, due=due, date=due_at.date()))


@dataclass
class Study:
    """One process and what is around it."""

    store: Store
    corpus: Corpus
    hub: Hub
    now: datetime = NINE
    facts: Scheduler | None = None

    def start(self, *platforms: Platform, times: Times = TIMES) -> None:
        """A new process, connected in its own way."""
        served: Sequence[Platform] = platforms or [Connection(self.hub)]
        self.facts = daily(self.store, self.corpus, served, clock=lambda: self.now, times=times)

    def start_in_real_time(self, *platforms: Platform, times: Times = TIMES) -> None:
        """A new process, whose clock goes on from `now` by itself."""
        began, now = time.monotonic(), self.now
        clock = lambda: now + timedelta(seconds=time.monotonic() - began)  # noqa: E731 - it is handed on.
        self.hub.clock = clock
        self.facts = daily(self.store, self.corpus, platforms, clock=clock, times=times)

    async def at(self, now: datetime) -> None:
        """Do all that is due at a moment."""
        assert self.facts
        self.now = now
        while await self.facts.step(now):
            pass

    async def until(self, end: datetime, every: timedelta = HOUR) -> None:
        """Do all that is due up to a moment, each when it is due, and look `every` so often besides."""
        await self.at(self.now)
        while self.now < end:
            ats = [
                await schedules.next_due_at(self.store.reader, "test"),
                await deliveries.next_open_at(self.store.reader, "test"),
                await schedules.next_check_at(self.store.reader, "test"),
                self.now + every,
            ]
            await self.at(min([end, *(at for at in ats if at and at > self.now)]))

    async def put(self, *several: Schedule) -> None:
        async with self.store.transaction() as tx:
            for one in several:
                await schedules.put(tx, one)

    async def schedule(self, name: str) -> Schedule:
        found = await schedules.get(self.store.reader, name)
        assert found
        return found

    async def ledger(self, name: str, days: int = 1000) -> list[Delivery]:
        """Post history for each day, the first first."""
        return (await deliveries.history(self.store.reader, name, days))[::-1]

    def count(self, topic: str) -> int:
        return len(facts_on(self.corpus, topic))

    async def outcomes(self, name: str) -> list[tuple[str, str]]:
        return [(one.state, one.reason) for one in await self.ledger(name)]


def _study(corpus: Corpus, store: Store) -> Study:
    made = Study(store, corpus, Hub(lambda: NINE))
    made.hub.clock = lambda: made.now
    made.start()
    return made


@pytest.fixture
def study(corpus: Corpus, store: Store) -> Study:
    return _study(corpus, store)


@pytest.fixture
def long_study(corpus: Corpus, store_in_memory: Store) -> Study:
    """One that lives through days, with nothing else at the same time."""
    return _study(corpus, store_in_memory)
