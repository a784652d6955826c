"""A country changes its clocks: what was due by the old rules is moved once the new ones are installed."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from bot.core.job import Services
from bot.scheduler import zone_rules
from bot.scheduler.loop import Scheduler
from bot.scheduler.zone_rules import due_by_rules, zone_rules_jobs
from bot.storage import reminders
from bot.storage.claimant import Claimant
from bot.storage.zone_rules import LocalTime
from bot.timetable.arithmetic import Timetable, upcoming
from tests.logs import capture_logs, quiet
from tests.scheduler.conftest import HOUR, NINE, Study, schedule
from tests.scheduler.hub import Connection
from tests.timetable.clocks import zones


def services_of(study: Study) -> Services:
    return Services(study.store, study.corpus, Connection(study.hub), lambda: study.now)


async def start(study: Study) -> list[int]:
    """A new process, which looks once; returns how many it says that it has moved."""
    scheduler = Scheduler([services_of(study)], [zone_rules_jobs])
    quiet(logging.INFO)
    with capture_logs() as lines:
        for _ in range(3):
            assert not await scheduler.step(study.now)
    return [one["moved"] for one in lines]


@pytest.mark.parametrize("at_once", [1, 200])
async def test_what_is_due_is_moved_once_after_the_rules_changed(
    study: Study, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """Nine in Berlin is eight in UTC: any other hour was computed by other rules."""
    monkeypatch.setattr(zone_rules, "_AT_ONCE", at_once)
    study.now = NINE - 3 * HOUR
    await study.put(schedule("right"), schedule("wrong", due_at=NINE + HOUR), schedule("over", due_at=NINE - 4 * HOUR))
    reminder = reminders.Reminder("test:1", "test", "09:00", "Europe/Berlin", NINE - HOUR)
    async with study.store.transaction() as tx:
        await reminders.put(tx, reminder)
    assert await start(study) == [2]
    found = {name: (await study.schedule(name)).due_at for name in ("right", "wrong", "over")}
    assert found == {"right": NINE, "wrong": NINE, "over": NINE - 4 * HOUR}
    assert (await study.schedule("wrong")).due_date == date(2026, 11, 22)
    moved = await reminders.get(study.store.reader, "test:1")
    assert moved
    assert moved.due_at == NINE
    # With the same rules nothing is looked at again.
    await study.put(schedule("wrong", due_at=NINE + HOUR))
    assert await start(study) == []
    assert (await study.schedule("wrong")).due_at == NINE + HOUR


async def test_a_walk_that_failed_is_made_again(study: Study) -> None:
    job = zone_rules.ZoneRulesJob(services_of(study))
    by = Claimant("process", study.now, study.now)
    # The database is away for a moment.
    async with study.store.transaction() as tx:
        await tx.execute("ALTER TABLE settings RENAME TO elsewhere")
    with pytest.raises(study.store.errors):
        await job.claim(9, by)
    async with study.store.transaction() as tx:
        await tx.execute("ALTER TABLE elsewhere RENAME TO settings")
    [failed] = await job.claim(9, by)
    assert await job.claim(9, by) == []
    await failed.postpone()
    assert await job.next_at() == study.now
    assert len(await job.claim(9, by)) == 1


@pytest.mark.parametrize("off", [-HOUR, timedelta(), HOUR])
@pytest.mark.parametrize("at", [time(0, 30), time(9), time(23, 30)])
def test_a_changed_rule_moves_no_day(at: time, off: timedelta) -> None:
    """By the old rules it was due an hour earlier or later: by the new ones, that may be the day before or after."""
    zone = ZoneInfo("Europe/Berlin")
    due = datetime.combine(date(2026, 11, 22), at, zone)
    one = LocalTime("a", f"{at:%H:%M}", zone.key, due.astimezone(UTC) + off)
    assert due_by_rules(one) == due
    # A country moves to the other side of the date line: what has a date keeps it.
    for days in (-1, 1):
        dated = structs.replace(one, due_at=one.due_at + timedelta(days), due_date=due.date())
        assert due_by_rules(dated) == due


def test_a_date_that_new_rules_leave_out_stays_where_it_was() -> None:
    """By the rules of Samoa before 2011, nine o'clock on 30 December was at seven in the evening in UTC."""
    due = datetime(2011, 12, 30, 19, tzinfo=UTC)
    assert due_by_rules(LocalTime("a", "09:00", "Pacific/Apia", due, date(2011, 12, 30))) == due


def test_by_unchanged_rules_nothing_is_moved() -> None:
    """In every zone, for every day of a year in which it may be due, gaps and doubled hours included."""
    dice = Random(1917)
    for zone in zones():
        for at in ("00:00", "02:30", "23:59"):
            table = Timetable.of(at, zone, "1234567")
            after = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=dice.randrange(360))
            due = next(upcoming(table, after))
            for day in (None, due.local_date):
                assert due_by_rules(LocalTime("a", at, zone, due.at, day)) == due.at, (zone, due)
