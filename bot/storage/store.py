"""The store: open it, read from it, change it in transactions.

store = await Store.open("sqlite:///data/smolny.db")
async with store.transaction() as tx:
    await put_setting(tx, "greeting", "hello")
greeting = await get_setting(store.reader, "greeting")
await store.close()
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.storage.address import check_server, sqlite_file
from bot.storage.database import Connections, Database
from bot.storage.errors import StoreError
from bot.storage.group_commit import GroupCommit
from bot.storage.session import Session
from bot.storage.settings import get_setting, put_setting
from bot.storage.sqlite import open_sqlite

_DIFFERENT: Final = timedelta(seconds=1)
"""Clocks that are nearer to each other than this are taken for equal."""
_ABSURD: Final = timedelta(hours=1)
"""Where they are further apart, one of them was never set, and it need not be ours."""


class Store:
    """What the bot remembers, in either database. Made by `Store.open`."""

    def __init__(self, database: Database, file: Path | None = None) -> None:
        self._database = database
        self._file = file
        self._opened = file and _identity(file)
        self.grouped = GroupCommit(database.transaction)
        """For small changes of which many come at once: several share a transaction."""
        self.clock_offset = timedelta()
        """How far the database's clock is ahead of this machine's."""

    @classmethod
    async def open(cls, url: str) -> Store:
        """Open a store and bring its tables up to date. Raises StoreError.

        `url` is a file's path, `sqlite:///relative/path`, `sqlite:////absolute/path`, or `postgresql://user:password@host/database`.
        """
        file = _file_of(url)
        store = cls(await (open_sqlite(file) if file else _open_server(url)), file)
        with suppress(*store.errors):  # its next use says so
            await store.compare_clock()
        return store

    def now(self) -> datetime:
        """The time by the database's clock: the same in all processes, on however many machines."""
        return datetime.now(UTC) + self.clock_offset

    async def compare_clock(self) -> None:
        """Find out how far the clocks are apart now."""
        before = datetime.now(UTC)
        theirs = await self.reader.time()
        if theirs is not None:
            after = datetime.now(UTC)
            offset = theirs - before - (after - before) / 2
            self.clock_offset = offset if _DIFFERENT <= abs(offset) <= _ABSURD else timedelta()

    async def close(self) -> None:
        """Let go of the file or the server. What was committed is safe without it."""
        await self.grouped.close()
        await self._database.close()

    def fault(self) -> str:
        """What is wrong with the store's file, in one line; empty where nothing is, or where there is none."""
        if self._file is None or _identity(self._file) == self._opened:
            return ""
        return "store: its file was moved, deleted or replaced, and what happens now is lost: put it back, and restart"

    def connections(self) -> Connections:
        """How many connections to the database are in use, and how many are not."""
        return self._database.connections()

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What queries raise where the database is busy, full or out of reach."""
        return self._database.errors

    @property
    def reader(self) -> Session:
        """Queries that read what is committed, outside a transaction. It does not wait for writers."""
        return self._database.reader

    def transaction(self) -> AbstractAsyncContextManager[Session]:
        """A write transaction: `async with store.transaction() as tx`. Any error, and cancelling, takes all of it back.

        Never open one inside another: over SQLite the inner would wait for the outer for ever.
        """
        return self._database.transaction()

    async def get_setting(self, key: str) -> str | None:
        """What was last set for `key`, None where nothing was."""
        return await get_setting(self.reader, key)

    async def set_setting(self, key: str, value: str) -> None:
        """Remember `value` for `key`."""
        async with self.transaction() as tx:
            await put_setting(tx, key, value)


def _identity(file: Path) -> tuple[int, int] | None:
    """Which file it is that a path leads to; None where it leads to none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _file_of(url: str) -> Path | None:
    """The file that an address names; None where it is a server's. Raises StoreError."""
    file = sqlite_file(url)
    # SQLite would keep what has no name, or this one, in memory, and lose it.
    if file is not None and file.name.strip() in {"", ":memory:"}:
        raise StoreError("DATABASE_URL does not name a file: write it as sqlite:///data/smolny.db.")
    return file


async def _open_server(url: str) -> Database:
    check_server(url)
    from bot.storage.postgresql import open_postgresql

    return await open_postgresql(url)
