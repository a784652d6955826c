"""The job that moves what is due when the rules of time zones have changed: a new tzdata is noticed at start."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from bot.core.job import BriefWork, Job, Services
from bot.logger import Logger
from bot.storage.claimant import Claimant
from bot.storage.settings import put_setting
from bot.storage.zone_rules import TABLES, LocalTime, Move, Page
from bot.timetable.arithmetic import instant

log = Logger(__name__)

_AT_ONCE = 200
"""Rows that one transaction looks at."""
_DAY = timedelta(days=1)


def zone_rules_jobs(services: Services) -> list[Job]:
    """Moving what is due, once after each change of the rules."""
    return [ZoneRulesJob(services)]


class ZoneRulesJob:
    """Compares the release of tzdata with the one that all due times were computed by."""

    name = "zone rules"

    def __init__(self, services: Services) -> None:
        self._services = services
        self.idle = services.times.idle
        self.done = False

    async def next_at(self) -> datetime | None:
        return None if self.done else self._services.clock()

    async def claim(self, room: int, by: Claimant) -> list[ZoneRulesWork]:
        if self.done:
            return []
        from importlib.metadata import version  # it brings all that reads mail

        key, release = f"tzdata {self._services.platform.name}", version("tzdata")
        is_news = await self._services.store.get_setting(key) != release
        # Not before: where the store is away, the next look asks again.
        self.done = True
        if not is_news:
            return []
        return [ZoneRulesWork(self._services, self, key, release)]


class ZoneRulesWork(BriefWork, Struct):
    """One walk through all that comes by local time. Two processes may do it at once without harm."""

    services: Services
    job: ZoneRulesJob
    key: str
    tzdata: str

    @property
    def name(self) -> str:
        return self.tzdata

    async def run(self) -> None:
        moved = sum([await self._move_all(page, move) for page, move in TABLES])
        async with self.services.store.transaction() as tx:
            await put_setting(tx, self.key, self.tzdata)
        log.info("time zones", release=self.tzdata, moved=moved)

    async def _move_all(self, page: Page, move: Move) -> int:
        after, moved = "", 0
        platform, now = self.services.platform.name, self.services.clock()
        while found := await page(self.services.store.reader, platform, after, now, _AT_ONCE):
            # What should have come before now comes now, and is not too late.
            wrong = [(one, at) for one in found if (at := max(due_by_rules(one), now)) != one.due_at]
            async with self.services.store.transaction() as tx:
                moved += sum([await move(tx, one, at) for one, at in wrong])
            after = found[-1].id
        return moved

    async def postpone(self) -> None:
        self.job.done = False


def due_by_rules(one: LocalTime) -> datetime:
    """When something is due by the rules that hold now: at its local time on its date.

    Of what has no date, it is the moment of its local time that is nearest to the old one.
    """
    try:
        zone = ZoneInfo(one.zone)
    except (ValueError, ZoneInfoNotFoundError):
        # The process that claims it tells those who can mend it.
        return one.due_at
    near: date = one.due_at.astimezone(zone).date()
    days = [one.due_date] if one.due_date else [near + n * _DAY for n in (-1, 0, 1)]
    moments = [instant(day, time.fromisoformat(one.local_time), zone) for day in days]
    known = (moment for moment in moments if moment)
    return min(known, key=lambda moment: abs(moment - one.due_at), default=one.due_at)
