"""A country changes its clocks: what was due by the old rules is moved once the new ones are installed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from bot.core.job import Services
from bot.scheduler.loop import Scheduler
from bot.scheduler.zone_rules import due_by_rules, zone_rules_jobs
from bot.storage import reminders
from bot.storage.zone_rules import LocalTime
from bot.timetable.arithmetic import Timetable, upcoming
from tests.scheduler.conftest import HOUR, NINE, Study, schedule
from tests.scheduler.hub import Connection
from tests.timetable.clocks import zones


async def start(study: Study) -> None:
    """A new process, which looks once."""
    services = Services(study.store, study.corpus, Connection(study.hub), lambda: study.now)
    scheduler = Scheduler([services], [zone_rules_jobs.make])
    for _ in range(3):
        await scheduler.step(study.now)


async def test_what_is_due_is_moved_once_after_the_rules_changed(study: Study) -> None:
    """Nine in Berlin is eight in UTC: whatever was reckoned otherwise was reckoned by other rules."""
    study.now = NINE - 3 * HOUR
    await study.put(schedule("right"), schedule("wrong", due_at=NINE + HOUR), schedule("over", due_at=NINE - 4 * HOUR))
    reminder = reminders.Reminder("test:1", "test", "09:00", "Europe/Berlin", NINE - HOUR)
    async with study.store.transaction() as tx:
        await reminders.put(tx, reminder)
    await start(study)
    found = {name: (await study.schedule(name)).due_at for name in ("right", "wrong", "over")}
    assert found == {"right": NINE, "wrong": NINE, "over": NINE - 4 * HOUR}
    assert (await study.schedule("wrong")).due_date == date(2026, 11, 22)
    moved = await reminders.get(study.store.reader, "test:1")
    assert moved
    assert moved.due_at == NINE
    # With the same rules nothing is looked at again.
    await study.put(schedule("wrong", due_at=NINE + HOUR))
    await start(study)
    assert (await study.schedule("wrong")).due_at == NINE + HOUR


def test_by_unchanged_rules_nothing_is_moved() -> None:
    """In every zone, for every day of a year in which it may be due, gaps and doubled hours included."""
    dice = Random(1917)
    for zone in zones():
        for at in ("00:00", "02:30", "23:59"):
            table = Timetable.of(at, zone, "1234567")
            after = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=dice.randrange(360))
            due = next(upcoming(table, after))
            assert due_by_rules(LocalTime("a", at, zone, due.at)) == due.at, (zone, due)
