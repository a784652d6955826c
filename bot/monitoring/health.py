"""Health: whether every platform is connected and timed work goes on, for `/healthz` and the log."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from msgspec import Struct

from bot.core.platform import Platform
from bot.logger import Logger
from bot.scheduler.loop import Scheduler
from bot.storage.store import Store

log = Logger(__name__)

STALLED = 60.0
"""Seconds after which a job that has not looked for work is stuck: it looks every five, and may fail a few times."""
PAUSE = 10.0
"""Seconds between two looks of the watchdog."""


class Health(Struct, frozen=True):
    """The health of one process. `pause` and `stalled` are in seconds."""

    platforms: Sequence[Platform]
    scheduler: Scheduler | None = None
    pause: float = PAUSE
    stalled: float = STALLED
    store: Store | None = None

    def fault(self) -> str:
        """What is wrong, in one line; empty where all is well."""
        faults = [f"{platform.name}: {fault}" for platform in self.platforms if (fault := platform.fault())]
        if self.scheduler and (fault := self.scheduler.fault()):
            faults.append(fault)
        if self.store and (fault := self.store.fault()):
            faults.append(fault)
        for job in self.scheduler.state() if self.scheduler else ():
            if job.silence > self.stalled:
                faults.append(f"{job.platform}: job {job.name} has made no progress for {job.silence:.0f} s")
        return "; ".join(faults)

    async def watch(self) -> None:
        """Log once when health turns bad, and once when it is good again. What only one look sees is no news."""
        before, reported = "", False
        while True:
            await asyncio.sleep(self.pause)
            fault = self.fault()
            if fault and before and not reported:
                log.error("unhealthy", reason=fault)
                reported = True
            elif reported and not fault:
                log.info("healthy again")
                reported = False
            before = fault
