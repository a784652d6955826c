"""Deduplication: what a platform sends again, to this process or to another, counts once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.storage.errors import error_name
from bot.storage.session import Session, query
from bot.storage.store import Store

log = structlog.get_logger()

REMEMBERED = 10_000
"""The latest ids that a process knows without the store."""


class Deduplication:
    """Which ids of a platform's came before. Without a store, or while it is away, this process remembers its own."""

    def __init__(self, store: Store | None, platform: str, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._platform = platform
        self._clock = clock
        self._latest: OrderedDict[str, None] = OrderedDict()

    async def is_first(self, identifier: str) -> bool:
        """Whether an id comes for the first time; from now on it does not."""
        if identifier in self._latest:
            return False
        self._latest[identifier] = None
        if len(self._latest) > REMEMBERED:
            self._latest.popitem(last=False)
        return self._store is None or await self._receive(self._store, f"{self._platform} {identifier}")

    async def _receive(self, store: Store, identifier: str) -> bool:
        now = self._clock()
        try:
            return await store.grouped.change(identifier, lambda tx: receive(tx, identifier, now))
        except store.errors as error:
            # Better twice than not at all.
            log.error("deduplication", error=error_name(error))
            return True


@query("INSERT INTO received (id, received_at) VALUES (:identifier, :now) ON CONFLICT (id) DO NOTHING")
async def receive(tx: Session, identifier: str, now: datetime) -> bool:
    """Note that something was received; False where it was before."""
