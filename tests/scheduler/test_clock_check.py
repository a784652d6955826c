"""Whether a clock is believed: one that is far off, or jumps, posts and deletes nothing until it is right."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from bot.core.job import Services
from bot.core.platform import TryLater
from bot.core.times import EARLIEST, TIMES
from bot.monitoring.health import Health
from bot.scheduler.clock_check import ClockCheck
from bot.scheduler.heartbeat import Heartbeat
from bot.scheduler.loop import Loop
from bot.scheduler.membership import membership_jobs
from bot.scheduler.retention import retention_jobs
from bot.storage import deliveries, schedules
from bot.storage.claimant import Claimant
from bot.storage.migrate import migrate
from bot.storage.store import Store
from cogs.daily.job import DailyJob, daily_jobs
from corpus.corpus import Corpus
from tests.fakes.platform import QuietPlatform
from tests.logs import capture_logs
from tests.processes import until
from tests.scheduler.conftest import DAY, HOUR, MINUTE, NINE, schedule
from tests.scheduler.hub import Connection, Hub, Moody, daily
from tests.scheduler.world import InlineDatabase
from tests.simulation import SimulatedClock, simulate

SECOND = timedelta(seconds=1)
MOMENT = timedelta(microseconds=1)


class Clock(QuietPlatform):
    """A platform that says what time it is, `off` from ours; None where it does not answer."""

    def __init__(self, off: timedelta | None = timedelta()) -> None:
        self.off = off
        self.asked = 0

    async def server_time(self) -> datetime | None:
        self.asked += 1
        if self.off is None:
            raise TryLater("the platform answered 503")
        return NINE + SECOND * asyncio.get_running_loop().time() + self.off


@pytest.fixture
def services(store: Store, shipped: Corpus) -> Services:
    return Services(store, shipped, Clock(), lambda: NINE)


def check_of(services: Services, off: timedelta | None = timedelta()) -> tuple[ClockCheck, Clock]:
    clock = Clock(off)
    return ClockCheck(msgspec.structs.replace(services, platform=clock)), clock


def test_no_clock_is_believed_that_is_before_this_version(services: Services) -> None:
    check, _ = check_of(services)
    assert (check.is_possible(EARLIEST), check.fault) == (True, "")
    assert not check.is_possible(EARLIEST - MOMENT)
    assert "the clock says 2025-12-31: nothing is posted until it is set right" in check.fault


@pytest.mark.parametrize(
    ("off", "agrees"), [(HOUR, True), (-HOUR, True), (HOUR + MOMENT, False), (-HOUR - MOMENT, False)]
)
def test_a_clock_may_be_an_hour_off_and_no_more(services: Services, off: timedelta, agrees: bool) -> None:
    check, _ = check_of(services, off)
    assert simulate(check.agrees(NINE)) is agrees
    assert bool(check.fault) is not agrees


def test_what_is_doubted_is_compared_again_after_a_while_and_said_once(services: Services) -> None:
    async def live() -> None:
        check, clock = check_of(services, 2 * HOUR)
        with capture_logs() as lines:
            for _ in range(10):
                assert not await check.agrees(NINE + SECOND * asyncio.get_running_loop().time())
                await asyncio.sleep(1)
        assert clock.asked == 10 / (TIMES.idle / SECOND)
        assert [one["event"] for one in lines] == ["unhealthy"]
        assert check.fault == (
            "the clock says 2026-11-22 08:00 UTC, and test's 2026-11-22 10:00: nothing is posted until it is set right"
        )
        clock.off = timedelta()
        assert await check.agrees(NINE + 10 * SECOND)
        assert (check.fault, clock.asked) == ("", 3)
        # What is believed is not asked after again.
        await asyncio.sleep(60)
        assert await check.agrees(NINE + 70 * SECOND)
        assert clock.asked == 3

    simulate(live())


def test_as_long_as_the_platform_does_not_answer_no_clock_is_believed(services: Services) -> None:
    check, _ = check_of(services, None)
    assert not simulate(check.agrees(NINE))
    assert check.fault == ""


@pytest.mark.parametrize(
    ("by", "jumps"),
    [(4 * MINUTE, False), (4 * MINUTE + MOMENT, True), (-4 * MINUTE, False), (-4 * MINUTE - MOMENT, True)],
)
def test_a_clock_that_moves_otherwise_than_time_does_is_compared_again(
    services: Services, by: timedelta, jumps: bool
) -> None:
    async def live() -> None:
        check, clock = check_of(services)
        assert await check.agrees(NINE)
        await asyncio.sleep(1200)
        now = NINE + 20 * MINUTE + by
        assert await check.agrees(now) is not jumps
        assert clock.asked == (2 if jumps else 1)
        # It agrees with the platform's, and goes on as time does.
        assert await check.agrees(now)
        assert clock.asked == (2 if jumps else 1)

    simulate(live())


def test_a_clock_that_starts_in_1970_posts_nothing_until_it_is_right_and_the_log_says_so(shipped: Corpus) -> None:
    async def live() -> None:
        database, clock = InlineDatabase(), SimulatedClock(datetime(1970, 1, 1, tzinfo=UTC))
        await migrate(database)
        store, hub = Store(database), Hub(clock)
        async with store.transaction() as tx:
            await schedules.put(tx, schedule("a"))
            await schedules.put(tx, schedule("b", due_at=clock() + MINUTE, due_date=clock().date()))
        scheduler = daily(store, shipped, [Connection(hub)], clock=clock)
        with capture_logs() as lines:
            running = asyncio.create_task(scheduler.run())
            await asyncio.sleep(10 * MINUTE.total_seconds())
        assert ["the clock says 1970-01-01" in one["reason"] for one in lines] == [True]
        assert "the clock says 1970-01-01" in Health([], scheduler).fault()
        async with store.transaction() as tx:
            await schedules.remove(tx, "b", "removed", clock())
        clock.skip(NINE - MINUTE - clock())
        await until(lambda: hub.messages, 120)
        assert Health([], scheduler).fault() == ""
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert [one.channel for one in hub.messages] == ["channel-a"]
        assert await deliveries.history(store.reader, "b", 9) == []
        await store.close()

    simulate(live())


class Punctual(Connection):
    """A platform that says what time it really is, once it answers."""

    def __init__(self, hub: Hub, silent: int) -> None:
        super().__init__(hub)
        self.silent = silent

    async def server_time(self) -> datetime | None:
        self.silent -= 1
        if self.silent >= 0:
            raise TryLater("Discord answered 503")
        return NINE - 20 * MINUTE + timedelta(seconds=asyncio.get_running_loop().time())


@pytest.mark.parametrize(("off", "silent"), [(73 * 365 * DAY, 0), (3 * DAY, 2), (90 * MINUTE, 1), (-3 * DAY, 0)])
def test_a_clock_that_is_far_from_the_platforms_at_the_start_posts_and_deletes_nothing(
    shipped: Corpus, off: timedelta, silent: int
) -> None:
    async def live() -> None:
        database, clock = InlineDatabase(), SimulatedClock(NINE - 20 * MINUTE + off)
        await migrate(database)
        store, hub = Store(database), Hub(clock)
        yesterday = NINE - DAY
        async with store.transaction() as tx:
            await schedules.put(tx, schedule("a"))
            one = await deliveries.claim(tx, "a", yesterday.date(), yesterday, Claimant("one", yesterday, yesterday))
            assert one
            await deliveries.mark_sent(tx, one, "message", yesterday)
        makers = (daily_jobs, retention_jobs, membership_jobs)
        scheduler = daily(store, shipped, [Punctual(hub, silent)], clock=clock, makers=makers)
        with capture_logs() as lines:
            running = asyncio.create_task(scheduler.run())
            await asyncio.sleep(15 * MINUTE.total_seconds())
        assert [one["event"] for one in lines if one["log_level"] == "error"] == ["unhealthy"]
        assert "nothing is posted until it is set right" in Health([], scheduler).fault()
        assert hub.messages == []
        assert [one.local_date for one in await deliveries.history(store.reader, "a", 9)] == [yesterday.date()]
        clock.skip(-off)
        # It takes the time of its start for the real one, and so looks for an earlier post first.
        await asyncio.sleep((NINE + 2 * MINUTE - clock()).total_seconds())
        assert len(hub.messages) == 1
        assert Health([], scheduler).fault() == ""
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await store.close()

    simulate(live())


async def test_a_clock_that_jumps_is_asked_for_a_second_opinion(corpus: Corpus, store: Store) -> None:
    now = NINE - MINUTE
    services = Services(store, corpus, Connection(Hub(lambda: now)), lambda: now)
    async with store.transaction() as tx:
        await schedules.put(tx, schedule("a"))
    loop = Loop(services, DailyJob(services), "one", ClockCheck(services), Heartbeat([services]))
    await loop._tick()
    now += 3 * DAY
    await loop._tick()
    now -= 3 * DAY
    await loop._tick()
    assert await deliveries.history(store.reader, "a", 9) == []
    now += 3 * DAY
    await loop._tick()
    await loop._tick()
    assert await deliveries.history(store.reader, "a", 9)
    await loop._stop()


@pytest.mark.parametrize("off", [-50 * MINUTE, timedelta(), 50 * MINUTE])
def test_a_post_whose_answer_was_lost_is_looked_for_by_the_platforms_clock(shipped: Corpus, off: timedelta) -> None:
    async def live() -> None:
        database, clock = InlineDatabase(), SimulatedClock(NINE - MINUTE)
        await migrate(database)
        store, hub = Store(database), Hub(lambda: clock() + off)

        class Away(Moody):
            async def server_time(self) -> datetime:
                return hub.clock()

        async with store.transaction() as tx:
            await schedules.put(tx, schedule("a"))
        running = asyncio.create_task(daily(store, shipped, [Away(hub, "lost")], clock=clock).run())
        await asyncio.sleep(10 * MINUTE.total_seconds())
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        [entry] = await deliveries.history(store.reader, "a", 10)
        assert (entry.state, entry.tries, len(hub.messages)) == ("sent", 2, 1)
        await store.close()

    simulate(live())
