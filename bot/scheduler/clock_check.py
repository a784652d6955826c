"""Whether this machine's clock can be believed: by one that is far off, nothing is posted and nothing deleted."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Final

from bot.core.job import Services
from bot.core.platform import Undelivered
from bot.core.times import EARLIEST
from bot.logger import Logger
from bot.scheduler.post_once import with_timeout

log = Logger(__name__)

JUMP: Final = timedelta(minutes=4)
"""How much further the clock may move than time does between two looks before it is compared again: less than `skew`,
within which posts are looked for.
"""
FAR_OFF: Final = timedelta(hours=1)
"""How far apart our clock and the platform's may be: with more, a day's post would come on another day."""


class ClockCheck:
    """Compares the clock with that of one platform: at the start, and whenever it moves further than time does."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._lock = asyncio.Lock()
        self._last: tuple[datetime, float] | None = None
        self._agrees = False
        self._compare_at = 0.0
        self.fault = ""
        """Why the clock is not believed, in one line; empty where it is."""

    def is_possible(self, now: datetime) -> bool:
        """Whether the clock says a time at which this version existed."""
        if now < EARLIEST:
            self._doubt(f"the clock says {now:%Y-%m-%d}")
        return now >= EARLIEST

    async def agrees(self, now: datetime) -> bool:
        """Whether `now` is about what the platform's clock says. A clock that jumped is not believed at once."""
        async with self._lock:
            passed = asyncio.get_running_loop().time()
            jumped = self._has_jumped(now, passed)
            if jumped or (not self._agrees and passed >= self._compare_at):
                self._agrees = await self._compare(now)
                self._compare_at = passed + self._services.times.idle.total_seconds()
            return self._agrees and not jumped

    def _has_jumped(self, now: datetime, passed: float) -> bool:
        before, self._last = self._last, (now, passed)
        if before is None:
            return False
        return abs((now - before[0]) - timedelta(seconds=passed - before[1])) > JUMP

    async def _compare(self, now: datetime) -> bool:
        platform = self._services.platform
        try:
            theirs = await with_timeout(platform.server_time(), self._services.times.patience)
        except Undelivered as error:
            log.info("clock not compared", platform=platform.name, error=str(error))
            return False
        if theirs is not None and abs(now - theirs) > FAR_OFF:
            self._doubt(f"the clock says {now:%Y-%m-%d %H:%M} UTC, and {platform.name}'s {theirs:%Y-%m-%d %H:%M}")
            return False
        self.fault = ""
        self._services.clock_offset.last = theirs - now if theirs else timedelta()
        return True

    def _doubt(self, reason: str) -> None:
        before, self.fault = self.fault, f"{reason}: nothing is posted until it is set right"
        if not before:
            log.error("unhealthy", reason=self.fault, remedy="set it by NTP, such as timedatectl set-ntp true")
