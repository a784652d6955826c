"""A revision of something that many keep copies of: while it stays the same, nobody has changed the thing."""

from __future__ import annotations

import asyncio
import secrets
import time

from bot.storage.session import Session
from bot.storage.settings import get_setting, put_setting
from bot.storage.store import Store

FRESH = 5.0
"""Seconds for which another process's change may go unseen; twice as many while the store is slow."""


class Revision:
    """The revision of one thing, read once in a few seconds, however many servers' copies depend on it."""

    def __init__(self, store: Store, name: str) -> None:
        self._store, self._name, self._key = store, name, _key(name)
        self._value: str | None = None
        self._until = float("-inf")
        self._reading = asyncio.Lock()

    async def current(self) -> str | None:
        """The revision, as of a few seconds ago at most; None before the first change."""
        late = time.monotonic() - self._until
        # While one asks, the others go on with what was known a moment ago: of a crowd, hundreds would wait.
        if late >= 0 and not (late < FRESH and self._reading.locked()):
            async with self._reading:
                if time.monotonic() >= self._until:
                    self._value = await get_setting(self._store.reader, self._key)
                    self._until = time.monotonic() + FRESH
        return self._value

    async def change(self, tx: Session) -> None:
        """Make a new revision, in the transaction that changes the thing."""
        await change_revision(tx, self._name)


async def change_revision(tx: Session, name: str) -> None:
    """Make a new revision of a thing, in the transaction that changes it."""
    await put_setting(tx, _key(name), secrets.token_hex(8))


def _key(name: str) -> str:
    return f"revision.{name}"
