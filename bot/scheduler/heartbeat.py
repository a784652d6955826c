"""The heartbeat of a process: each minute it notes that the store is in use.

Where the last note is old at a start, and no process had stopped in order, the store may be from a backup, or a copy of
one that is in use elsewhere: what was posted since is then looked for in the channels.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.core.job import DATE_BEGINS, DATE_ENDS, Services
from bot.logger import Logger
from bot.storage.heartbeat import Note, last_note, put_note

log = Logger(__name__)

_NOTEWORTHY: Final = timedelta(seconds=5)


class Heartbeat:
    """That of one process, whose `services` all have the same store."""

    def __init__(self, services: Sequence[Services]) -> None:
        self._services = services
        self._lock = asyncio.Lock()
        self._last: datetime | None = None
        self._is_clock_off = False

    async def beat(self, now: datetime) -> None:
        """Note that the store is in use, unless that was noted lately; at first, find out since when it was not."""
        async with self._lock:
            first, *_ = self._services
            if self._last and abs(now - self._last) < first.times.heartbeat:
                return
            await self._compare_clock()
            async with first.store.transaction() as tx:
                note = self._following(await last_note(tx), now)
                await put_note(tx, note)
            self._last = now
            for one in self._services:
                one.downtime.span = note.downtime

    async def _compare_clock(self) -> None:
        """All processes go by the database's clock. That ours is another is said once, as it may be the wrong one."""
        store, before = self._services[0].store, self._is_clock_off
        await store.compare_clock()
        self._is_clock_off = abs(store.clock_offset) >= _NOTEWORTHY
        if self._is_clock_off and not before:
            ahead = store.clock_offset.total_seconds()
            log.warning("the database's clock is another", ahead=round(ahead), remedy="set both by NTP")

    def doubt(self) -> None:
        """Begin anew: the clock jumped, as where a machine slept, or was put back to what it was before."""
        self._last = None

    async def stop(self) -> None:
        """Note that the store is put away in order. Where that fails, the next start looks as after a crash."""
        if self._last is None:
            return
        first, *_ = self._services
        async with asyncio.timeout(first.times.stopping.total_seconds()), first.store.transaction() as tx:
            await put_note(tx, Note(first.clock(), in_order=True, downtime=first.downtime.span))

    def _following(self, before: Note | None, now: datetime) -> Note:
        if before is None:
            return Note(now)
        longest = self._services[0].times.downtime
        is_over = self._last is None and not before.in_order and now - before.at > longest
        return Note(now, downtime=_with_earlier(before, now) if is_over else before.downtime)


def _with_earlier(before: Note, now: datetime) -> tuple[datetime, datetime]:
    """The downtime that is over now, with one before it whose dates still have their posts."""
    since, until = before.downtime or (before.at, before.at)
    return (since if now - until < DATE_ENDS - DATE_BEGINS else before.at), now
