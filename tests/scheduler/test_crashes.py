"""A year with processes that die at any moment: nothing twice, nothing lost, nothing on the wrong day.

DAILY_SCHEDULES sets how many schedules a run has (4), and DAILY_RUNS how many runs there are (2).
"""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.storage import deliveries, schedules
from bot.storage.deliveries import Delivery
from bot.storage.schedules import Schedule
from bot.timetable.arithmetic import Timetable, next_due
from corpus.corpus import Corpus
from tests.logs import quiet
from tests.scheduler.hub import Message
from tests.scheduler.world import HOUR, InlineDatabase, World
from tests.timetable.clocks import zones

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
YEAR = 365 * DAY
GRACE = 6 * HOUR
SLACK = 2 * HOUR
RUNS = int(os.environ.get("DAILY_RUNS", "2"))
SCHEDULES = int(os.environ.get("DAILY_SCHEDULES", "4"))


def schedule(name: str, zone: str, at: time, days: str, now: datetime) -> Schedule:
    due = next_due(Timetable.of(f"{at:%H:%M}", zone, days), now)
    return Schedule(
        id=name,
        platform="test",
        server="guild",
        channel=f"channel-{name}",
        topic="",
        local_time=f"{at:%H:%M}",
        zone=zone,
        days=days,
        set_by="ada",
        set_at=now,
        due_at=due.at,
        due_date=due.local_date,
    )


def some_schedule(name: str, dice: Random) -> Schedule:
    """Most are due at night, when the clocks change."""
    at = time(dice.choice([*range(24), 0, 1, 2, 2, 3, 23]), dice.choice([0, 15, 30, dice.randrange(60)]))
    days = "".join(sorted(dice.sample("1234567", dice.choice([1, 3, 5, 7, 7]))))
    return schedule(name, dice.choice(zones()), at, days, START)


def expected(one: Schedule, start: datetime, end: datetime) -> Iterator[tuple[date, datetime]]:
    """The local days that are due in a span, and when, by another way than the scheduler's: waiting for the time."""
    day, last = start.date() - 2 * DAY, end.date() + 2 * DAY
    while day <= last:
        if str(day.isoweekday()) in one.days and exists(one.zone, day):
            at = reached(one.zone, datetime.combine(day, time.fromisoformat(one.local_time)))
            if start < at <= end:
                yield day, at
        day += DAY


def reached(zone: str, wall: datetime) -> datetime:
    """The first instant at which the clocks show `wall` or later. No zone is further from UTC than 14 hours."""
    clocks, naive = ZoneInfo(zone), wall.replace(tzinfo=UTC)
    # They change once at most in these 30 hours: with neither offset do they show it sooner.
    offsets = [(naive + n * HOUR).astimezone(clocks).utcoffset() or timedelta() for n in (-15, 15)]
    at = naive - max(offsets) - HOUR
    for step in (timedelta(minutes=15), timedelta(minutes=1)):
        while (at + step).astimezone(clocks).replace(tzinfo=None) < wall:
            at += step
    return at + step


def exists(zone: str, day: date) -> bool:
    """Whether the clocks ever show a date: at some hour, as no date that is shown at all lasts less than one."""
    clocks, midnight = ZoneInfo(zone), datetime.combine(day, time(), UTC)
    return any((midnight + n * HOUR).astimezone(clocks).date() == day for n in range(-15, 40))


Offsets = tuple[timedelta | None, ...]


def offsets_of(zone: str) -> Offsets:
    """How far the clocks of a zone are from UTC at the start of each day of two years."""
    return tuple((START + n * DAY).astimezone(ZoneInfo(zone)).utcoffset() for n in range(730))


def changes(known: Offsets) -> list[date]:
    """The dates around which clocks change in the two years."""
    return [START.date() + n * DAY for n, (one, two) in enumerate(pairwise(known)) if one != two]


def different_clocks(dice: Random) -> dict[str, Offsets]:
    """One zone of each that have the same clocks in the two years."""
    alike = defaultdict(list)
    for zone in zones():
        alike[offsets_of(zone)].append(zone)
    return {dice.choice(several): known for known, several in alike.items()}


async def check(world: World, one: Schedule, start: datetime, end: datetime) -> int:
    """Compare what became of each local day with what should have; returns how many were posted."""
    ledger = {entry.local_date: entry for entry in await deliveries.history(world.store.reader, one.id, 10_000)}
    posted = {message.key: message for message in world.hub.channels[one.channel]}
    assert len(posted) == len(world.hub.channels[one.channel]), "twice"
    for day, at in expected(one, start, end - GRACE):
        entry = ledger.pop(day)
        assert entry.due_at == at
        check_day(world, one, entry, posted.pop(entry.nonce, None))
    assert all(entry.due_at > end - GRACE for entry in ledger.values()), "on a day that was not due"
    assert set(posted) <= {entry.nonce for entry in ledger.values()}
    return len(world.hub.channels[one.channel])


def check_day(world: World, one: Schedule, entry: Delivery, message: Message | None) -> None:
    if message is None:
        assert entry.state in {"skipped", "failed"}
        assert entry.reason
        assert absence(world, entry.due_at, entry.due_at + GRACE) > GRACE - SLACK, "lost"
        return
    assert (entry.state, entry.message) == ("sent", message.id)
    assert entry.due_at <= message.at < entry.due_at + GRACE + SLACK
    # After midnight it says itself which day it is of.
    if message.at.astimezone(ZoneInfo(one.zone)).date() != entry.local_date:
        assert str(entry.local_date.day) in message.reply.title


def absence(world: World, start: datetime, end: datetime) -> timedelta:
    """For how long of a span there was no process."""
    spans = ((max(left, start), min(back, end)) for left, back in world.away)
    return sum((back - left for left, back in spans if left < back), timedelta())


@pytest.fixture(autouse=True)
def _quiet() -> None:
    """Hundreds of deaths are no news."""
    quiet(logging.CRITICAL)


Live = Callable[..., Awaitable[int]]


@pytest.fixture
def lived(corpus: Corpus, migrated: Path) -> Live:
    return partial(_lived, corpus, migrated)


async def _lived(
    corpus: Corpus, migrated: Path, known: Sequence[Schedule], dice: Random, start: datetime, **how: Any
) -> int:
    """Run a world with some schedules, and check all of it; returns how many posts there were."""
    end, processes = how.pop("end"), how.pop("processes", 1)
    world = World(corpus, InlineDatabase.copy_of(migrated), start, dice, **how)
    try:
        async with world.store.transaction() as tx:
            for one in known:
                await schedules.put(tx, one)
        await world.live(end, processes)
        return sum([await check(world, one, start, world.now) for one in known])
    finally:
        await world.database.close()


@pytest.mark.parametrize("remembers", [timedelta(), timedelta(minutes=5)], ids=["no nonces", "nonces"])
@pytest.mark.parametrize("seed", range(RUNS))
async def test_a_year_of_crashes(lived: Live, seed: int, remembers: timedelta) -> None:
    dice = Random(f"{seed} {remembers}")
    known = [some_schedule(f"{n:04}", dice) for n in range(SCHEDULES)]
    posts = await lived(known, dice, START, end=START + YEAR, processes=seed % 3 + 1, remembers=remembers)
    assert posts > 25 * len(known)


@pytest.mark.parametrize("seed", range(RUNS // 2))
async def test_all_clocks_around_each_of_their_changes(lived: Live, seed: int) -> None:
    """In two years; clocks that do not change have some days all the same."""
    dice = Random(seed)
    changing, tried = defaultdict(list), different_clocks(dice)
    for zone, offsets in tried.items():
        for day in changes(offsets) or [START.date() + dice.randrange(20) * 30 * DAY]:
            changing[day].append(zone)
    posts = 0
    for day, names in changing.items():
        start = datetime.combine(day, time(), UTC) - DAY
        times = [time(dice.choice([0, 1, 2, 2, 3, 23]), dice.choice([0, 15, 30, 45])) for _ in names]
        known = [schedule(zone, zone, at, "1234567", start) for zone, at in zip(names, times, strict=True)]
        posts += await lived(known, dice, start, end=start + 3 * DAY)
    assert posts > 2 * len(tried)


@pytest.mark.parametrize(
    ("zone", "around"),
    [("Pacific/Apia", datetime(2011, 12, 30, tzinfo=UTC)), ("Pacific/Kwajalein", datetime(1993, 8, 21, tzinfo=UTC))],
)
async def test_a_date_that_never_was_has_no_post(lived: Live, zone: str, around: datetime) -> None:
    start = around - 4 * DAY
    known = [schedule(f"{hour}", zone, time(hour), "1234567", start) for hour in range(24)]
    assert not exists(zone, around.date())
    assert await lived(known, Random(1917), start, end=start + 8 * DAY, risk=0.005) > 24 * 5
