"""The job that removes the indexes of texts that are on no shelf any more from this machine: they have all words."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from bot.core.job import BriefWork, Job, Services
from bot.storage.claimant import Claimant
from bot.storage.library import is_on_a_shelf

EVERY = timedelta(minutes=30)
"""Between two looks of one process, as each machine has indexes of its own."""
AGAIN = timedelta(minutes=3)
"""Between the look that finds an index unused and its removal: answers under way may still read it."""


def shelf_index_jobs(services: Services) -> list[Job]:
    """Removing the indexes of texts that are gone."""
    return [ShelfIndexJob(services)]


class ShelfIndexJob:
    """Looks now and then; an index that is unused at two looks is removed."""

    name = "shelf indexes"

    def __init__(self, services: Services) -> None:
        self._services = services
        self.idle = services.times.idle
        self.next: datetime | None = None
        self.doubtful: frozenset[Path] = frozenset()

    async def next_at(self) -> datetime | None:
        # Not known at the start, where the clock may still be wrong.
        self.next = self.next or self._services.clock() + AGAIN
        return self.next

    async def claim(self, room: int, by: Claimant) -> list[ShelfIndexWork]:
        if self.next is None or self.next > by.now:
            return []
        self.next = by.now + EVERY
        return [ShelfIndexWork(self._services, self)]


class ShelfIndexWork(BriefWork, Struct):
    """One look at the indexes of shelves on this machine."""

    services: Services
    job: ShelfIndexJob
    name: str = "shelf indexes"

    async def run(self) -> None:
        # What builds indexes is loaded with it, and most processes never need that.
        from corpus.indexing import shelf_files

        base, reader = self.services.corpus, self.services.store.reader
        kept = {(text.id, text.edition_hash) for text in base.texts.values()}
        found = await asyncio.to_thread(shelf_files.editions, base.file)
        gone = {one for one in set().union(*found.values()) - kept if not await is_on_a_shelf(reader, *one)}
        orphans = frozenset(file for file, texts in found.items() if texts & gone)
        removed = orphans & self.job.doubtful
        await asyncio.to_thread(shelf_files.remove, base.file, removed)
        self.job.doubtful = orphans - removed
        if self.job.doubtful:
            self.job.next = self.services.clock() + AGAIN
