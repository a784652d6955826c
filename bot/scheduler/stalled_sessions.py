"""Database sessions of processes that froze in the middle of a statement: they are ended, so that others can go on.

By a task of its own, as such a session may hold what all jobs wait for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from bot.core.job import Services
from bot.logger import Logger

log = Logger(__name__)


class StalledSessions:
    """Those in the store that all `services` share."""

    def __init__(self, services: Sequence[Services]) -> None:
        self._services = services

    async def run(self) -> None:
        """Go on until cancelled."""
        first, *_ = self._services
        while True:
            # Where the store is out of reach, its sessions have ended, and the jobs say so.
            with suppress(*first.store.errors):
                if ended := await first.store.reader.end_stalled():
                    log.warning("a frozen process was disconnected from the database", sessions=ended)
            await asyncio.sleep(first.times.idle.total_seconds())
