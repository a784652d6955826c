"""A heartbeat says when a store may be from a backup: it was not in use, and the last process did not stop properly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.job import Downtime, Services
from bot.core.times import TIMES
from bot.scheduler.heartbeat import Heartbeat
from bot.storage.heartbeat import NEVER, Note, last_note, put_note
from bot.storage.migrate import migrate
from bot.storage.store import Store
from corpus.corpus import Corpus
from tests.logs import capture_logs
from tests.scheduler.conftest import DAY, HOUR, MINUTE, NINE
from tests.scheduler.hub import Connection, Hub
from tests.scheduler.world import InlineDatabase

SECOND = timedelta(seconds=1)


class Host:
    """A machine that runs one process after another over one store; `now` is by its clock."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus, self.now = corpus, NINE
        self.database = InlineDatabase()
        self.store = Store(self.database)
        self.begin()

    def begin(self) -> None:
        platform = Connection(Hub(lambda: self.now))
        self.services = [Services(self.store, self.corpus, platform, lambda: self.now) for _ in range(2)]
        self.heartbeat = Heartbeat(self.services)

    async def run(self, span: timedelta, every: timedelta = 10 * SECOND) -> None:
        for _ in range(span // every):
            await self.heartbeat.beat(self.now)
            self.now += every

    @property
    def downtime(self) -> tuple[datetime, datetime] | None:
        [one] = {one.downtime.span for one in self.services}
        return one


@pytest.fixture
async def host(corpus: Corpus) -> AsyncIterator[Host]:
    made = Host(corpus)
    await migrate(made.database)
    yield made
    await made.database.close()


async def test_at_the_first_start_there_is_no_downtime(host: Host) -> None:
    await host.heartbeat.stop()
    assert await last_note(host.store.reader) is None, "what never used it says nothing of it"
    await host.run(HOUR)
    assert host.downtime is None
    note = await last_note(host.store.reader)
    assert note
    assert NINE + HOUR - note.at <= TIMES.heartbeat


@pytest.mark.parametrize(
    ("away", "is_noticed"),
    [(SECOND, False), (TIMES.downtime - 90 * SECOND, False), (TIMES.downtime, True), (DAY, True)],
)
async def test_a_start_long_after_a_process_was_killed_notices(
    host: Host, away: timedelta, *, is_noticed: bool
) -> None:
    await host.run(10 * MINUTE)
    killed_at, host.now = host.now, host.now + away
    host.begin()
    began_at = host.now
    await host.run(10 * MINUTE)
    assert (host.downtime is not None) is is_noticed
    if host.downtime:
        assert killed_at - TIMES.heartbeat <= host.downtime[0] <= killed_at
        assert host.downtime[1] == began_at


async def test_after_an_orderly_stop_there_is_none(host: Host) -> None:
    await host.run(10 * MINUTE)
    await host.heartbeat.stop()
    host.now += DAY
    host.begin()
    await host.run(10 * MINUTE)
    assert host.downtime is None


async def test_each_process_hears_of_it_from_the_store_and_while_one_runs_there_is_none(host: Host) -> None:
    await host.run(10 * MINUTE)
    host.now += HOUR
    host.begin()
    await host.run(10 * MINUTE)
    noticed, first = host.downtime, host.heartbeat
    assert noticed
    host.begin()
    await host.run(MINUTE)
    assert host.downtime == noticed
    await host.heartbeat.stop()
    host.now += DAY
    await first.beat(host.now)
    host.begin()
    await host.run(MINUTE)
    assert host.downtime == noticed, "the first process was there all the time"


async def test_one_that_follows_another_within_days_goes_on_from_it(host: Host) -> None:
    found = []
    for away in (HOUR, DAY, 3 * DAY):
        await host.run(10 * MINUTE)
        host.now += away
        host.begin()
        await host.run(MINUTE)
        assert host.downtime
        found.append(host.downtime)
    first, second, third = found
    assert first[0] == second[0] < first[1] < second[1] < third[0] < third[1]


async def test_a_restored_store_was_away_however_short_that_was(host: Host) -> None:
    async with host.store.transaction() as tx:
        await put_note(tx, NEVER)
    await host.run(SECOND, SECOND)
    assert host.downtime == (NEVER.at, NINE)


async def test_a_clock_that_jumps_begins_anew(host: Host) -> None:
    await host.run(10 * MINUTE)
    host.now += HOUR
    await host.run(10 * MINUTE)
    assert host.downtime is None
    host.now += HOUR
    host.heartbeat.doubt()
    await host.run(10 * MINUTE)
    assert host.downtime
    assert timedelta() < host.downtime[1] - host.downtime[0] - HOUR <= TIMES.heartbeat
    host.now -= 5 * HOUR
    host.heartbeat.doubt()
    before = host.downtime
    await host.run(10 * MINUTE)
    assert host.downtime == before


@pytest.mark.parametrize(("ahead", "lines"), [(0, 0), (4, 0), (5, 1), (-63, 1)])
async def test_a_clock_that_is_not_the_databases_is_said_once(host: Host, ahead: int, lines: int) -> None:
    host.store.clock_offset = timedelta(seconds=ahead)
    with capture_logs() as logged:
        await host.run(4 * MINUTE, MINUTE)
    assert [one["ahead"] for one in logged] == [ahead] * lines
    note = await last_note(host.store.reader)
    assert note == Note(host.now - MINUTE), "each minute"


async def test_several_loops_of_a_process_make_one_note(host: Host) -> None:
    await host.run(MINUTE)
    host.now += HOUR
    host.begin()
    changes = host.database.connection.total_changes
    await asyncio.gather(*(host.heartbeat.beat(host.now) for _ in range(5)))
    assert host.database.connection.total_changes == changes + 1
    assert host.downtime


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 22), datetime(2026, 11, 21, 23, tzinfo=UTC), datetime(2026, 11, 22, 8, tzinfo=UTC)),
        (date(2026, 11, 21), datetime(2026, 11, 21, 23, tzinfo=UTC), datetime(2026, 11, 22, 8, tzinfo=UTC)),
        (date(2026, 11, 20), datetime(2026, 11, 21, 23, tzinfo=UTC), datetime(2026, 11, 21, 12, tzinfo=UTC)),
        (date(2026, 11, 23), datetime(2026, 11, 22, 10, tzinfo=UTC), datetime(2026, 11, 22, 8, tzinfo=UTC)),
    ],
)
def test_a_date_has_the_part_in_which_it_was_that_date_anywhere(day: date, first: datetime, last: datetime) -> None:
    downtime = Downtime()
    assert downtime.of(day) is None
    downtime.span = datetime(2026, 11, 21, 23, tzinfo=UTC), datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert downtime.of(day) == ((first, last) if first < last else None)
    downtime.span = NEVER.at, NINE + 9 * DAY
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert downtime.of(day) == (midnight - 14 * HOUR, midnight + 36 * HOUR)
