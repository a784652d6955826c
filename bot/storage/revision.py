"""A revision of something that many keep copies of: while it stays the same, nobody has changed the thing."""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import Generic, TypeVar

from bot.bounded_dict import BoundedDict
from bot.storage.session import Session
from bot.storage.settings import get_setting, put_setting
from bot.storage.store import Store

FRESH = 5.0
"""Seconds for which another process's change may go unseen; twice as many while the store is slow."""


KEPT = 60.0
"""Seconds for which a copy is believed that nobody has changed."""
Key = TypeVar("Key")
Value = TypeVar("Value")


class RevisionCache(Generic[Key, Value]):
    """Copies of `most` values at the most, each good while the revision at which it was read is the current one."""

    def __init__(self, most: int) -> None:
        self._copies = BoundedDict[Key, tuple[str | None, float, Value]](most)

    def get(self, key: Key, revision: str | None) -> Value | None:
        """The copy, or None where there is none of this revision, or only an old one."""
        read_at, until, value = self._copies.get(key, (None, 0.0, None))
        return value if read_at == revision and until > time.monotonic() else None

    def put(self, key: Key, revision: str | None, value: Value) -> Value:
        """Keep a copy, and give it back."""
        self._copies[key] = (revision, time.monotonic() + KEPT, value)
        return value

    def clear(self) -> None:
        """Forget all copies."""
        self._copies.clear()


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
