"""The loop: when it looks, how much it begins, and what becomes of work that fails, lasts long or is cut short."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta

import pytest

from bot.core.job import LeaseLost, Services, Work
from bot.core.times import TIMES
from bot.scheduler import loop as loop_module
from bot.scheduler.loop import Scheduler
from bot.storage.claimant import Claimant
from bot.storage.heartbeat import Note, last_note
from bot.storage.migrate import migrate
from bot.storage.store import Store
from corpus.corpus import Corpus
from tests.logs import capture_logs
from tests.scheduler.conftest import HOUR, MINUTE, NINE
from tests.scheduler.hub import Connection, Hub
from tests.scheduler.world import InlineDatabase
from tests.simulation import SimulatedClock, simulate

SECOND = timedelta(seconds=1)
TICK = TIMES.tick.total_seconds()
SHARE = 10
"""Posts of one tick: a quarter of a second's forty."""


async def nothing() -> None: ...


class Errand:
    """A piece of work that does what it is made for, and writes down what the loop does with it."""

    def __init__(
        self, do: Callable[[], Awaitable[None]] = nothing, *, posts: int = 1, renewed: bool | Exception = True
    ) -> None:
        self.name = "errand"
        self.posts = posts
        self.calls: list[str] = []
        self.renewals: list[datetime] = []
        self._do = do
        self._renewed = renewed

    async def run(self) -> None:
        self.calls.append("run")
        try:
            await self._do()
        except asyncio.CancelledError:
            self.calls.append("cancelled")
            raise
        self.calls.append("done")

    async def postpone(self) -> None:
        self.calls.append("postpone")

    async def renew(self, until: datetime) -> bool:
        self.renewals.append(until)
        if isinstance(self._renewed, Exception):
            raise self._renewed
        return self._renewed

    async def release(self) -> None:
        self.calls.append("release")


class Errands:
    """A job with errands that are due at once, or at a moment."""

    name = "errands"
    idle = TIMES.idle

    def __init__(self, clock: SimulatedClock, *due: Errand, at: datetime = NINE) -> None:
        self.clock = clock
        self.due = [*due]
        self.at = at
        self.looks: list[timedelta] = []
        self.began: list[timedelta] = []
        self.rooms: list[int] = []
        self.claimants: list[Claimant] = []
        self.fault: Exception | None = None

    async def next_at(self) -> datetime | None:
        self.looks.append(self.clock() - NINE)
        if self.fault:
            raise self.fault
        return self.at if self.due else None

    async def claim(self, room: int, by: Claimant) -> Sequence[Work]:
        self.rooms.append(room)
        self.claimants.append(by)
        found, self.due = self.due[:room], self.due[room:]
        self.began += [by.now - NINE] * len(found)
        return found


class Room:
    """One process with a job, in simulated time."""

    def __init__(self, shipped: Corpus) -> None:
        self.clock = SimulatedClock(NINE)
        self.database = InlineDatabase()
        self.connection = Connection(Hub(self.clock))
        self.services = Services(Store(self.database), shipped, self.connection, self.clock)

    def errands(self, *due: Errand, at: datetime = NINE) -> Errands:
        return Errands(self.clock, *due, at=at)

    async def live(self, seconds: float, *several: Errands) -> Scheduler:
        """Run jobs for a while, then stop."""
        await migrate(self.database)
        scheduler = Scheduler([self.services], [lambda _: several])
        running = asyncio.create_task(scheduler.run())
        await asyncio.sleep(seconds)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return scheduler


@pytest.fixture
def room(shipped: Corpus) -> Iterator[Room]:
    opened = Room(shipped)
    yield opened
    asyncio.run(opened.database.close())


def during(seconds: float) -> Callable[[], Awaitable[None]]:
    return lambda: asyncio.sleep(seconds)


def failing(error: Exception) -> Callable[[], Awaitable[None]]:
    async def fail() -> None:
        raise error

    return fail


def test_what_is_due_at_once_is_begun_at_the_platforms_pace(room: Room) -> None:
    async def live() -> None:
        job = room.errands(*(Errand() for _ in range(35)))
        await room.live(2, job)
        ticks = [at / TIMES.tick for at in job.began]
        assert ticks == [0] * 10 + [1] * 10 + [2] * 10 + [3] * 5
        assert job.rooms[:4] == [SHARE] * 4
        claimed = job.claimants[0]
        assert (claimed.now, claimed.until) == (NINE, NINE + TIMES.lease)

    simulate(live())


def test_what_makes_more_requests_than_there_was_room_for_waits_the_longer(room: Room) -> None:
    async def live() -> None:
        job = room.errands(*(Errand(posts=3) for _ in range(25)))
        await room.live(3, job)
        # Thirty requests are three ticks' share.
        assert [at / TIMES.tick for at in job.began] == [0] * 10 + [3] * 10 + [6] * 5
        # What is no request at all waits for nothing but its share.
        free = room.errands(*(Errand(posts=0) for _ in range(25)), at=NINE + 3 * SECOND)
        await room.live(2, free)
        assert [at / TIMES.tick for at in free.began] == [12] * 10 + [13] * 10 + [14] * 5

    simulate(live())


def test_a_step_says_whether_there_is_more(room: Room) -> None:
    async def live() -> None:
        await migrate(room.database)
        scheduler = Scheduler([room.services], [lambda _: [room.errands(*map(Errand, [nothing] * 25), at=NINE - HOUR)]])
        assert [await scheduler.step(NINE) for _ in range(4)] == [True, True, False, False]

    simulate(live())


def test_no_more_is_under_way_than_a_platform_that_does_not_answer_is_worth(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop_module, "_AT_ONCE", 12)

    async def live() -> None:
        job = room.errands(*(Errand(during(MINUTE.total_seconds())) for _ in range(30)))
        await room.live(50, job)
        assert job.rooms == [10, 2]
        assert len(job.began) == 12

    simulate(live())


def test_whatever_a_piece_of_work_does_it_is_let_go_of_and_the_others_go_on(room: Room) -> None:
    async def live() -> None:
        well, lost, broken = Errand(), Errand(failing(LeaseLost())), Errand(failing(ZeroDivisionError()))
        with capture_logs() as lines:
            await room.live(1, room.errands(broken, lost, well))
        assert well.calls == ["run", "done", "release"]
        assert lost.calls == ["run", "release"]
        assert broken.calls == ["run", "postpone", "release"]
        assert [(one["event"], one["work"], one["error"]) for one in lines] == [("job", "errand", "ZeroDivisionError")]

    simulate(live())


def test_work_that_lasts_long_has_its_lease_renewed_and_is_ended_once_it_is_somebody_elses(room: Room) -> None:
    async def live() -> None:
        ours, lost = Errand(during(10)), Errand(during(10), renewed=False)
        away = Errand(during(10), renewed=ConnectionResetError())
        await room.live(12, room.errands(ours, lost, away))
        assert ours.renewals == [NINE + n * TIMES.renewal + TIMES.lease for n in (1, 2, 3)]
        assert ours.calls == ["run", "done", "release"]
        # A store that is away for a moment says nothing about whose it is.
        assert (len(away.renewals), away.calls) == (3, ["run", "done", "release"])
        assert (len(lost.renewals), lost.calls) == (1, ["run", "cancelled"])

    simulate(live())


def test_a_stop_waits_a_moment_for_what_is_nearly_done_and_releases_the_rest(room: Room) -> None:
    async def live() -> None:
        quick, slow = Errand(during(1.5)), Errand(during(60))
        await room.live(1, room.errands(quick, slow))
        assert quick.calls == ["run", "done", "release"]
        assert slow.calls == ["run", "cancelled", "release"]
        assert room.clock() == NINE + SECOND + TIMES.stopping
        assert await last_note(room.services.store.reader) == Note(room.clock(), in_order=True)

    simulate(live())


def test_a_clock_that_jumps_is_a_downtime_of_which_nobody_knows_what_was_done(room: Room) -> None:
    """A machine slept, or was put back to what it was an hour ago."""

    async def live() -> None:
        living = asyncio.create_task(room.live(600, room.errands()))
        await asyncio.sleep(300)
        assert room.services.downtime.span is None
        before = room.clock()
        room.clock.skip(HOUR)
        await asyncio.sleep(60)
        assert room.services.downtime.span
        since, until = room.services.downtime.span
        assert before - TIMES.heartbeat <= since <= before < until - HOUR < before + MINUTE
        await living

    simulate(live())


@pytest.mark.parametrize("often", [TIMES.idle / 5, TIMES.idle, 3 * TIMES.idle])
def test_where_nothing_is_to_be_done_it_looks_now_and_then(room: Room, often: timedelta) -> None:
    async def live() -> None:
        job = room.errands()
        job.idle = often
        await room.live(30.5, job)
        expected = min(often, TIMES.idle)
        assert sorted(set(job.looks)) == [n * expected for n in range(30 * SECOND // expected + 1)]

    simulate(live())


def test_what_is_due_soon_is_looked_at_when_it_is_due_and_no_sooner_than_after_a_tick(room: Room) -> None:
    async def live() -> None:
        soon, at_once = room.errands(Errand(), at=NINE + 2 * SECOND), room.errands(Errand(), at=NINE + TIMES.tick / 5)
        await room.live(4, soon, at_once)
        assert soon.began == [2 * SECOND]
        assert at_once.began == [TIMES.tick]

    simulate(live())


def test_looks_that_fail_are_logged_once_until_something_changes(room: Room) -> None:
    """A round looks twice a second, and a breakdown may take hours."""
    faults = [ConnectionResetError(), ConnectionResetError(), TimeoutError(), TimeoutError(), None, TimeoutError()]

    async def live() -> None:
        job = room.errands()
        job.idle = SECOND / 2
        running = asyncio.create_task(room.live(59.9, job))
        with capture_logs() as lines:
            for fault in faults:
                job.fault = fault
                await asyncio.sleep(10)
            await running
        assert [one["error"] for one in lines] == ["ConnectionResetError", "TimeoutError", "TimeoutError"]
        assert len(set(job.looks)) > 100

    simulate(live())


def test_a_look_that_fails_is_logged_and_made_again(room: Room) -> None:
    async def live() -> None:
        broken, well = room.errands(), room.errands(Errand())
        broken.fault = ConnectionResetError()
        with capture_logs() as lines:
            await room.live(6, broken, well)
        assert [(one["job"], one["error"]) for one in lines] == [("errands", "ConnectionResetError")]
        assert sorted(set(broken.looks)) == [timedelta(), TIMES.idle]
        assert well.began == [timedelta()]

    simulate(live())


def test_what_a_platform_that_is_not_connected_has_waits_until_it_is_and_no_longer(room: Room) -> None:
    async def live() -> None:
        room.connection.ready = False
        job = room.errands(Errand(), at=NINE - HOUR)
        living = asyncio.create_task(room.live(3, job))
        await asyncio.sleep(2 - TICK / 2)
        assert (job.looks, job.rooms) == ([], [])
        room.connection.ready = True
        await living
        assert job.began == [2 * SECOND]

    simulate(live())


def test_the_state_says_how_late_the_oldest_work_is_and_how_much_is_under_way(room: Room) -> None:
    async def live() -> None:
        await migrate(room.database)
        job = room.errands(*(Errand(during(60)) for _ in range(15)), at=NINE - MINUTE)
        scheduler = Scheduler([room.services], [lambda _: [job]])
        running = asyncio.create_task(scheduler.run())
        await asyncio.sleep(TICK / 2)
        [state] = scheduler.state()
        assert (state.name, state.platform, state.under_way) == ("errands", "test", SHARE)
        assert state.late == 60 + TICK / 2
        assert 0 <= state.silence < 60
        await asyncio.sleep(TICK)
        [state] = scheduler.state()
        assert (state.late, state.under_way) == (0, 15)
        room.connection.ready = False
        job.due.append(Errand())
        await asyncio.sleep(1)
        assert scheduler.state()[0].late == 0
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    simulate(live())


def test_where_one_loop_ends_by_a_fault_all_are_stopped(room: Room) -> None:
    class Broken(BaseException):
        """Nothing catches this."""

    class Ending(Errands):
        async def next_at(self) -> datetime | None:
            raise Broken

    async def live() -> None:
        await migrate(room.database)
        slow = Errand(during(60))
        jobs = [room.errands(slow), Ending(room.clock)]
        with pytest.raises(Broken):
            await Scheduler([room.services], [lambda _: jobs]).run()
        assert slow.calls == ["run", "cancelled", "release"]

    simulate(live())
