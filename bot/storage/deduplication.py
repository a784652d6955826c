"""Deduplication: what a platform sends again, to this process or to another, counts once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime

from bot.bounded_dict import BoundedDict
from bot.logger import Logger
from bot.storage.errors import error_name
from bot.storage.session import Query, Session, query
from bot.storage.store import Store

log = Logger(__name__)

REMEMBERED = 10_000
"""The latest ids that a process knows without the store."""
_COLLECTED = 0.1
"""Seconds in which ids are collected that one transaction notes: platforms wait longer before they send again."""


class Deduplication:
    """Which ids of a platform's came before. Without a store, or while it is away, this process remembers its own."""

    def __init__(self, store: Store | None, platform: str, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._platform = platform
        self._clock = clock
        self._latest = BoundedDict[str, None](REMEMBERED)
        self._unsaved: list[str] = []
        self._saving: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    async def is_first(self, identifier: str) -> bool:
        """Whether an id comes for the first time; from now on it does not."""
        if not self._is_new_here(identifier):
            return False
        return self._store is None or await self._receive(self._store, self._key(identifier))

    def is_first_here(self, identifier: str) -> bool:
        """Whether an id comes to this process for the first time. Other processes know of it a moment later.

        For what may happen twice if need be: waiting for the store takes as long as a look-up.
        """
        if not self._is_new_here(identifier):
            return False
        if self._store is not None:
            self._unsaved.append(self._key(identifier))
            if self._saving is None:
                self._saving = asyncio.create_task(self._save_soon(self._store))
        return True

    async def close(self) -> None:
        """Wait until other processes know all ids that came to this one."""
        self._closing.set()
        if self._saving is not None:
            await self._saving

    def _is_new_here(self, identifier: str) -> bool:
        if identifier in self._latest:
            return False
        self._latest[identifier] = None
        return True

    def _key(self, identifier: str) -> str:
        return f"{self._platform} {identifier}"

    async def _save_soon(self, store: Store) -> None:
        try:
            while self._unsaved:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closing.wait(), _COLLECTED)
                keys, self._unsaved = self._unsaved, []
                await self._receive_all(store, keys)
        finally:
            # Whatever happened, the next id starts another.
            self._saving = None

    async def _receive_all(self, store: Store, keys: Iterable[str]) -> None:
        now = self._clock()
        # In one order everywhere, so that no two processes wait for each other.
        each = [{"identifier": one, "now": now} for one in sorted(keys)]
        try:
            async with store.transaction() as tx:
                await tx.run_many(_RECEIVE, each)
        except store.errors as error:
            log.error("deduplication", error=error_name(error))

    async def _receive(self, store: Store, identifier: str) -> bool:
        now = self._clock()
        try:
            return await store.grouped.change(identifier, lambda tx: receive(tx, identifier, now))
        except store.errors as error:
            # Better twice than not at all.
            log.error("deduplication", error=error_name(error))
            return True


_RECEIVE = Query(
    "receive", "INSERT INTO received (id, received_at) VALUES (:identifier, :now) ON CONFLICT (id) DO NOTHING", bool
)


@query(_RECEIVE.sql)
async def receive(tx: Session, identifier: str, now: datetime) -> bool:
    """Note that something was received; False where it was before."""
