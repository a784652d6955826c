"""The quiz's jobs: whose turn it is. What is done about it is loaded when something is due."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.job import Job, Services, Work
from bot.storage import quiz_schedules, reminders, rounds
from bot.storage.claimant import Claimant
from bot.storage.round import NEVER

PACE = timedelta(seconds=2)
"""The time between two edits of a message that shows how many have answered."""
_IDLE = timedelta(seconds=0.5)


def quiz_jobs(services: Services) -> list[Job]:
    """Rounds going on, schedules that begin them, and reminders of reviews."""
    return [QuizJob(services), ScheduleJob(services), ReminderJob(services)]


class QuizJob:
    """Moves the rounds of one platform on."""

    name = "quiz"
    idle_time = _IDLE

    def __init__(self, services: Services) -> None:
        self._services = services
        self.idle = self.idle_time
        self._counts: dict[str, asyncio.Task[None]] = {}

    async def next_at(self) -> datetime | None:
        reader, platform, now = self._services.store.reader, self._services.platform.name, self._services.clock()
        if await rounds.unshown(reader, platform, now, now - PACE, self._recount(now), 1):
            return now
        return await rounds.next_due_at(reader, platform)

    async def claim(self, room: int, by: Claimant) -> Sequence[Work]:
        from cogs.quiz.count_work import CountWork
        from cogs.quiz.round_work import RoundWork

        platform, now = self._services.platform.name, by.now
        async with self._services.store.transaction() as tx:
            due = await rounds.claim(tx, platform, now, by.owner, by.until, room)
            left = room - len(due)
            unshown = await rounds.claim_unshown(tx, platform, now, now - PACE, self._recount(now), left)
        turns = [RoundWork(self._services, one, self._counts) for one in due]
        return [*turns, *(CountWork(self._services, one, self._counts) for one in unshown)]

    def _recount(self, now: datetime) -> datetime:
        """What was said before this moment of the seconds that are left is out of date."""
        recount = self._services.platform.recount
        return now - recount if recount else NEVER


class ScheduleJob:
    """Begins the scheduled quizzes of one platform."""

    name = "quiz schedule"

    def __init__(self, services: Services) -> None:
        self._services = services
        self.idle = services.times.idle

    async def next_at(self) -> datetime | None:
        return await quiz_schedules.next_due_at(self._services.store.reader, self._services.platform.name)

    async def claim(self, room: int, by: Claimant) -> Sequence[Work]:
        from cogs.quiz.schedule_work import ScheduleWork

        async with self._services.store.transaction() as tx:
            due = await quiz_schedules.claim(tx, self._services.platform.name, by.now, by.until, room)
        return [ScheduleWork(self._services, one) for one in due]


class ReminderJob:
    """Reminds the people of one platform."""

    name = "reminders"

    def __init__(self, services: Services) -> None:
        self._services = services
        self.idle = services.times.idle

    async def next_at(self) -> datetime | None:
        return await reminders.next_due_at(self._services.store.reader, self._services.platform.name)

    async def claim(self, room: int, by: Claimant) -> Sequence[Work]:
        """Whose turn it is; their next turn is noted first, so that nobody ever hears twice of a day."""
        from cogs.quiz.remind import ReminderWork, keep_due

        found = []
        async with self._services.store.transaction() as tx:
            for one in await reminders.due(tx, self._services.platform.name, by.now, room):
                await keep_due(tx, one, by.now)
                if by.now - one.due_at < self._services.times.grace:
                    found.append(one)
        return [ReminderWork(self._services, one) for one in found]
