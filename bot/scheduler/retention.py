"""The job that deletes what is kept no longer, by the table of what is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from bot.core.job import BriefWork, Job, Services
from bot.logger import Logger
from bot.storage import pace
from bot.storage.claimant import Claimant
from bot.storage.retention import RULES, Rule, step

log = Logger(__name__)

EVERY = timedelta(minutes=10)
"""Between two steps of one rule, of all processes together, while there is little to delete."""
SOON = timedelta(seconds=1)
"""Between two steps while there is more."""


def retention_jobs(services: Services) -> list[Job]:
    """Deleting what is kept no longer."""
    return [RetentionJob(services)]


class RetentionJob:
    """Deletes a little of everything that is too old, now and then."""

    name = "retention"

    def __init__(self, services: Services) -> None:
        self._services = services
        self.idle = services.times.idle
        self.next: datetime | None = None

    async def next_at(self) -> datetime | None:
        # Not known at the start, where the clock may still be wrong.
        self.next = self.next or self._services.clock() + EVERY
        return self.next

    async def claim(self, room: int, by: Claimant) -> list[RetentionWork]:
        if self.next is None or self.next > by.now:
            return []
        self.next = by.now + EVERY
        async with self._services.store.transaction() as tx:
            is_ours = await pace.take(tx, "retention", 1, SOON, by.now, SOON)
        return [RetentionWork(self._services, self, rule) for rule in RULES] if is_ours else []


class RetentionWork(BriefWork, Struct):
    """One step of one rule."""

    services: Services
    job: RetentionJob
    rule: Rule

    @property
    def name(self) -> str:
        return self.rule.what

    async def run(self) -> None:
        now = self.services.clock()
        async with self.services.store.transaction() as tx:
            more = await step(tx, self.rule, now)
        if more:
            self.job.next = min(self.job.next or now, now + SOON)
