"""The loop that runs jobs: what is due is claimed at the platform's pace, worked on under a lease, and let go of.

A tick claims no more than may be posted until the next one, so that what is claimed is posted well within its lease,
and a hundred thousand that are due at once wait in the database and not in memory.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any, Final

from msgspec import Struct

from bot.core.clock import Clock
from bot.core.job import Job, LeaseLost, MakeJobs, Services, Work
from bot.core.times import Times
from bot.logger import Logger
from bot.scheduler.clock_check import ClockCheck
from bot.scheduler.heartbeat import Heartbeat
from bot.scheduler.stalled_sessions import StalledSessions
from bot.storage import pace
from bot.storage.claimant import Claimant
from bot.storage.errors import error_name

log = Logger(__name__)

_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_AT_ONCE: Final = 400
"""Pieces of work under way at once in one loop; more would mean that the platform does not answer."""


class JobState(Struct, frozen=True):
    """How a job does on one platform: seconds since its last look, and how late its oldest work is; both from zero."""

    name: str
    platform: str
    silence: float
    late: float
    under_way: int


class Scheduler:
    """Runs the jobs that features make, each in a loop of its own: a job that is slow or fails holds no other up."""

    def __init__(self, services: Sequence[Services], makers: Iterable[MakeJobs]) -> None:
        makers = tuple(makers)
        # No process before or after has this name: what it left behind is not ours.
        owner = token_hex(8)
        checks = [(one, ClockCheck(one)) for one in services]
        self._heartbeat = Heartbeat(services)
        self._loops = [
            Loop(one, job, owner, check, self._heartbeat)
            for one, check in checks
            for make in makers
            for job in make(one)
        ]
        self._clock_checks = [check for _, check in checks]
        self._stalled_sessions = StalledSessions(services)

    def fault(self) -> str:
        """Why no jobs run at the moment, in one line; empty if they do."""
        return next((check.fault for check in self._clock_checks if check.fault), "")

    async def run(self) -> None:
        """Go on until cancelled. What is under way then is ended, if it takes no longer than a moment."""
        endless = [*(loop.run() for loop in self._loops), self._stalled_sessions.run()]
        tasks = [asyncio.create_task(one) for one in endless]
        try:
            await asyncio.gather(*tasks)
        finally:
            # The first that has stopped ended the wait for the others, which may still be stopping.
            for task in tasks:
                if not task.cancelling():
                    task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            [outcome] = await asyncio.gather(self._heartbeat.stop(), return_exceptions=True)
            if isinstance(outcome, Exception):
                log.error("no last heartbeat", error=error_name(outcome))

    def state(self) -> list[JobState]:
        """How each job does on each platform, as far as it is known without a look into the store."""
        return [loop.state() for loop in self._loops]

    async def step(self, now: datetime) -> bool:
        """Do one tick's share of what is due at `now`, and wait until it is done. True: there is more."""
        return any([await loop.step(now) for loop in self._loops])


class Loop:
    """One job on one platform."""

    def __init__(self, services: Services, job: Job, owner: str, clock_check: ClockCheck, heartbeat: Heartbeat) -> None:
        self._services = services
        self._job = job
        self._owner = owner
        self._clock_check = clock_check
        self._heartbeat = heartbeat
        self._under_way: dict[asyncio.Task[None], Work] = {}
        self._overdrawn = 0
        self._looked_at = time.monotonic()
        self._due_at = _NEVER
        self._fault = ""

    @property
    def _clock(self) -> Clock:
        return self._services.clock

    @property
    def _times(self) -> Times:
        return self._services.times

    async def run(self) -> None:
        """Go on until cancelled."""
        loop_time = asyncio.get_running_loop().time
        renewing = asyncio.create_task(self._renew_for_ever())
        try:
            while True:
                began = loop_time()
                pause = await self._tick()
                await asyncio.sleep(max(pause.total_seconds() - (loop_time() - began), 0))
        finally:
            renewing.cancel()
            await self._stop()

    async def step(self, now: datetime) -> bool:
        """Do one tick's share of what is due at `now`, and wait until it is done. True: there is more."""
        if not self._services.platform.is_ready():
            return False
        await self._heartbeat.beat(now)
        await self._begin(now, self._share)
        if tasks := [*self._under_way]:
            # What ends a process is nobody's to hold back.
            for outcome in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(outcome, BaseException):
                    raise outcome
        return await self._next_at() <= now

    def state(self) -> JobState:
        """How the job does, by its last look."""
        silence = time.monotonic() - self._looked_at
        late = max((self._clock() - self._due_at).total_seconds(), 0.0)
        return JobState(self._job.name, self._services.platform.name, silence, late, len(self._under_way))

    @property
    def _every(self) -> timedelta:
        """From one post to the next, of all processes together."""
        return timedelta(seconds=1) / self._times.a_second

    @property
    def _share(self) -> int:
        """Posts of one tick."""
        return self._times.tick // self._every

    async def _tick(self) -> timedelta:
        """Begin what is due; returns the time until there may be more."""
        idle = min(self._job.idle, self._times.idle)
        try:
            pause = await self._look()
            self._looked_at = time.monotonic()
            self._fault = ""
            return min(pause, idle)
        except Exception as error:  # noqa: BLE001 - the loop: a database that is away now is back later.
            self._log_fault(error_name(error))
            return idle

    def _log_fault(self, fault: str) -> None:
        """Log why a look failed, unless the look before failed for the same reason: some jobs look twice a second."""
        if fault != self._fault:
            log.error("job", job=self._job.name, error=fault)
        self._fault = fault

    async def _look(self) -> timedelta:
        now = self._clock()
        if not await self._may_begin(now):
            # Another process may have it by now.
            self._due_at = _NEVER
            return self._times.idle if self._clock_check.fault else self._times.tick
        await self._heartbeat.beat(now)
        if await self._next_at() <= now:
            room = await self._room(now)
            await self._give_back(room - await self._begin(now, room))
        return max(await self._next_at() - now, self._times.tick)

    async def _may_begin(self, now: datetime) -> bool:
        """What belongs to a platform that is not connected waits, and so does all where nobody knows what day it is."""
        check = self._clock_check
        if not (check.is_possible(now) and self._services.platform.is_ready()):
            return False
        if not await check.agrees(now):
            self._heartbeat.doubt()
            return False
        return True

    async def _room(self, now: datetime) -> int:
        """How many posts may be begun now, of all that the platform allows all processes together."""
        wanted = min(self._share, _AT_ONCE - len(self._under_way))
        async with self._services.store.transaction() as tx:
            taken = await pace.take(tx, self._services.platform.name, wanted, self._every, now, self._times.tick)
        room, self._overdrawn = taken - self._overdrawn, max(0, self._overdrawn - taken)
        return room

    async def _give_back(self, unused: int) -> None:
        """Other jobs of the platform share its pace: what one does not need is theirs."""
        if unused > 0:
            async with self._services.store.transaction() as tx:
                await pace.give_back(tx, self._services.platform.name, unused, self._every)

    async def _begin(self, now: datetime, room: int) -> int:
        """Claim what is due, and begin with it; returns how many requests it makes, about."""
        if room <= 0:
            return 0
        found = await self._job.claim(room, Claimant(self._owner, now, now + self._times.lease))
        # A look before a post is a request too.
        posts = sum(one.posts for one in found)
        self._overdrawn += max(0, posts - room)
        for one in found:
            task = asyncio.create_task(self._work(one))
            self._under_way[task] = one
            task.add_done_callback(self._under_way.pop)
        return posts

    async def _work(self, work: Work) -> None:
        """One piece of work; whatever goes wrong stays within it."""
        try:
            await work.run()
        except LeaseLost:
            log.info("lease lost", job=self._job.name, work=work.name)
        except Exception as error:  # noqa: BLE001 - the loop: one channel's fault is not the others'.
            log.error("job", job=self._job.name, work=work.name, error=error_name(error))
            await self._run_cleanup(work.postpone())
        await self._run_cleanup(work.release())

    async def _run_cleanup(self, *several: Coroutine[Any, Any, None]) -> None:
        """Where the store is away, a lease ends by itself."""
        for outcome in await asyncio.gather(*several, return_exceptions=True):
            if isinstance(outcome, Exception):
                log.error("job", job=self._job.name, error=error_name(outcome))

    async def _next_at(self) -> datetime:
        self._due_at = await self._job.next_at() or _NEVER
        return self._due_at

    async def _renew_for_ever(self) -> None:
        while True:
            await asyncio.sleep(self._times.renewal.total_seconds())
            under_way = [*self._under_way.items()]
            until = self._clock() + self._times.lease
            renewed = await asyncio.gather(*(work.renew(until) for _, work in under_way), return_exceptions=True)
            for (task, _), is_ours in zip(under_way, renewed, strict=True):
                if is_ours is False:
                    # Somebody took us for dead: what they do now must not be done twice.
                    task.cancel()

    async def _stop(self) -> None:
        """End what is nearly done, and release the rest: the next process looks first whether it was posted."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=self._times.stopping.total_seconds())
        left = dict(self._under_way)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._times.stopping.total_seconds()):
                await self._run_cleanup(*(work.release() for work in left.values()))
