"""The store in an SQLite file: one connection writes, others read, so that no reader waits for what is slow."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiosqlite

from bot.storage.database import Connections
from bot.storage.errors import REMEDIES, DamagedStore, StoreError, reason_of
from bot.storage.lock_holder import holder
from bot.storage.migrate import migrate
from bot.storage.session import Query, Session

BUSY_SECONDS = 10.0
"""How long to wait for another process that is writing."""
MIGRATION_SECONDS = 3600.0
"""How long to wait for another process that brings a big store up to date."""
SYNCHRONOUS = "FULL"
"""Each commit waits for the disk: a claim that a power cut took back would let a day be posted twice."""
READERS = 3
"""Connections that read, at most: while slow queries have some, a quick one finds another."""
CHECKED_SIZE = 64 * 1024 * 1024
"""A bigger file is checked only after an unclean stop: reading all of it takes longer than people wait."""


class SqliteSession(Session):
    """Queries over one connection to the file."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def fetch(self, query: Query, values: dict[str, Any]) -> Sequence[Any]:
        return list(await self._connection.execute_fetchall(query.sql, values))

    async def change(self, query: Query, values: dict[str, Any]) -> int:
        async with self._connection.execute(query.sql, values) as cursor:
            return cursor.rowcount

    async def change_many(self, query: Query, rows: Sequence[dict[str, Any]]) -> None:
        await self._connection.executemany(query.sql, rows)

    async def execute(self, statement: str) -> None:
        await self._connection.execute_fetchall(statement)

    async def hold(self, name: str) -> None:
        """A write transaction has the whole database already."""

    async def snapshot(self) -> None:
        """While it lasts, nobody else changes anything."""


class SqliteReaders(Session):
    """Queries over whichever of some connections is free. Each but the first is opened when all others are in use.

    `connect` opens one more. Most processes never need it, and a start and an idle one are spared its thread.
    """

    def __init__(self, first: aiosqlite.Connection, connect: Callable[[], Awaitable[aiosqlite.Connection]]) -> None:
        self._connect = connect
        self._open = [first]
        self._opening: set[asyncio.Task[None]] = set()
        self._free: asyncio.LifoQueue[SqliteSession] = asyncio.LifoQueue()
        self._free.put_nowait(SqliteSession(first))

    @property
    def count(self) -> int:
        return len(self._open)

    @property
    def idle(self) -> int:
        return self._free.qsize()

    async def close(self) -> None:
        await asyncio.gather(*self._opening)
        for connection in self._open:
            await connection.close()

    async def _open_another(self) -> None:
        # One that cannot be opened, or has no thread, is not waited for: another will be free.
        with suppress(sqlite3.Error, RuntimeError):
            self._open.append(await self._connect())
            self._free.put_nowait(SqliteSession(self._open[-1]))

    @asynccontextmanager
    async def _one(self) -> AsyncIterator[SqliteSession]:
        if self._free.empty() and self.count + len(self._opening) < READERS:
            # A task of its own, so that no look-up that is cancelled leaves it half open.
            opening = asyncio.create_task(self._open_another())
            self._opening.add(opening)
            opening.add_done_callback(self._opening.discard)
        session = await self._free.get()
        try:
            yield session
        finally:
            self._free.put_nowait(session)

    async def fetch(self, query: Query, values: dict[str, Any]) -> Sequence[Any]:
        async with self._one() as session:
            return await session.fetch(query, values)

    async def change(self, query: Query, values: dict[str, Any]) -> int:
        async with self._one() as session:
            return await session.change(query, values)

    async def change_many(self, query: Query, rows: Sequence[dict[str, Any]]) -> None:
        async with self._one() as session:
            await session.change_many(query, rows)

    async def execute(self, statement: str) -> None:
        async with self._one() as session:
            await session.execute(statement)

    async def hold(self, name: str) -> None:
        """Nothing is held outside a transaction."""

    async def snapshot(self) -> None:
        """Each query reads a state of its own outside a transaction."""


class SqliteDatabase:
    """An open file. Writers of this process take turns by a lock, those of others by SQLite's own."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, path: Path, writer: aiosqlite.Connection, readers: SqliteReaders) -> None:
        self._path = path
        self._readers = readers
        self.reader: Session = readers
        self._session = SqliteSession(writer)
        self._writer = writer
        self._lock = asyncio.Lock()

    def connections(self) -> Connections:
        idle, writing = self._readers.idle, self._lock.locked()
        return Connections(self._readers.count - idle + writing, idle + (not writing))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        async with self._lock, AsyncExitStack() as undo:
            undo.push_async_callback(self._roll_back)
            # Taking the write lock first: an upgrade from reading to writing half-way can fail, and cannot wait.
            with _naming_who_holds(self._path):
                await self._session.execute("BEGIN IMMEDIATE")
            yield self._session
            await self._session.execute("COMMIT")
            undo.pop_all()

    async def _roll_back(self) -> None:
        # When we are cancelled, BEGIN or COMMIT may still run in the connection's thread: this queues behind.
        await asyncio.shield(self._writer.rollback())

    async def close(self) -> None:
        await self._readers.close()
        await self._writer.close()


@contextmanager
def _naming_who_holds(path: Path) -> Iterator[None]:
    """Add to the code of an error, which the log and the doctor show, which process it is that does not let go."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY and (process := holder(path)):
            error.sqlite_errorname += f" (process {process} holds it)"
        raise


async def open_sqlite(path: Path) -> SqliteDatabase:
    """Open the file, and make it and its folder where there are none. Raises StoreError."""
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Tried here first: aiosqlite's thread outlives a connection that cannot be opened, and may print a traceback.
        sqlite3.connect(path).close()
        is_checked = _wants_check(path)
        async with AsyncExitStack() as undo:
            writer = await _connect(path)
            undo.push_async_callback(writer.close)
            await _prepare(writer)
            if is_checked:
                await _check(writer, path)
            reader = await _reader(path)
            undo.push_async_callback(reader.close)
            database = SqliteDatabase(path, writer, SqliteReaders(reader, partial(_reader, path)))
            await writer.execute_fetchall(f"PRAGMA busy_timeout = {MIGRATION_SECONDS * 1000:.0f}")
            await migrate(database)
            await writer.execute_fetchall(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
            undo.pop_all()
            return database


def _wants_check(path: Path) -> bool:
    return path.stat().st_size < CHECKED_SIZE or path.with_name(f"{path.name}-wal").exists()


async def _reader(path: Path) -> aiosqlite.Connection:
    # Not made anew where it was moved away: an empty store would be read beside the one that is open.
    reader = await _connect(f"file:{quote(str(path))}?mode=rw")
    await reader.execute_fetchall("PRAGMA query_only = ON")
    return reader


async def _connect(path: Path | str) -> aiosqlite.Connection:
    """Connect to a file, by its path or its URI."""
    connection = aiosqlite.connect(path, timeout=BUSY_SECONDS, isolation_level=None, uri=isinstance(path, str))
    # A program that dies of an error before it closes its store must die, and not wait for this thread for ever.
    connection._thread.daemon = True
    await connection
    connection.row_factory = sqlite3.Row
    return connection


async def _prepare(writer: aiosqlite.Connection) -> None:
    await _write_ahead(writer)
    # What is deleted is overwritten, too: not every SQLite is built to do that by itself.
    settings = (f"synchronous = {SYNCHRONOUS}", "foreign_keys = ON", "secure_delete = ON")
    await writer.executescript("".join(f"PRAGMA {one};" for one in settings))


async def _check(writer: aiosqlite.Connection, path: Path) -> None:
    [[verdict]] = await writer.execute_fetchall("PRAGMA quick_check(1)")
    if verdict != "ok":
        raise damaged(path)


async def _write_ahead(writer: aiosqlite.Connection) -> None:
    """Switch to write-ahead logging. When two processes do this at once, SQLite does not wait its busy timeout."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            await writer.execute_fetchall("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.05)
        else:
            return


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say into a sentence."""
    try:
        if path.is_dir():
            raise StoreError(f"The store {path.absolute()} is a folder: name a file in it.")
        yield
    except (OSError, sqlite3.OperationalError) as error:
        code = error.sqlite_errorcode & 0xFF if isinstance(error, sqlite3.Error) else None
        remedy = REMEDIES.get(code, "set DATABASE_URL or DATA_DIR to a place that Smolny may write to")
        raise StoreError(f"The store {path.absolute()} cannot be opened ({reason_of(error)}): {remedy}.") from error
    except sqlite3.DatabaseError as error:
        raise damaged(path) from error


def damaged(path: Path) -> DamagedStore:
    """What is said of a store that SQLite cannot read."""
    return DamagedStore(
        f"The store {path.absolute()} is damaged or isn't an SQLite database: put a backup in its place "
        "(python -m bot restore FILE), or move it away to start afresh."
    )
