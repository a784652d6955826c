"""The store in PostgreSQL, for several hosts that share the work. Imported only when a URL asks for it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager, nullcontext
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from bot.storage.database import Connections
from bot.storage.errors import StoreAway, StoreError
from bot.storage.migrate import migrate
from bot.storage.session import Query, Session

CONNECT_SECONDS = 10.0
STATEMENT_SECONDS = 30.0
CLOSE_SECONDS = 3.0
STALLED_SECONDS = 5
SETTINGS = {
    # A process that froze in the middle of a transaction lets go of what it locked, and others go on.
    "idle_in_transaction_session_timeout": f"{STALLED_SECONDS}s",
    # A query that waits for a locked row fails within a bearable time.
    "lock_timeout": "15s",
    # So does a host that vanished: without these, the server's system asks after it for two hours.
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "3",
    "tcp_keepalives_count": "2",
}
"""What each connection asks of the server."""

_END_STALLED = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user
        AND state = 'active' AND wait_event = 'ClientRead' AND state_change < clock_timestamp() - $1::interval
"""
"""A statement comes in several messages. While the server waits for the next one, none of its timeouts runs, and what
the transaction has locked stays locked.
"""


class PostgresSession(Session):
    """Queries, each over the connection that is lent for it: a transaction's, or any of the pool."""

    def __init__(self, lend: Callable[[], AbstractAsyncContextManager[Any]]) -> None:
        self._lend = lend

    async def fetch(self, query: Query, values: dict[str, Any]) -> Sequence[Any]:
        async with self._lend() as connection:
            rows: Sequence[Any] = await connection.fetch(query.numbered, *values.values())
            return rows

    async def change(self, query: Query, values: dict[str, Any]) -> int:
        async with self._lend() as connection:
            status: str = await connection.execute(query.numbered, *values.values())
            return int(status.rpartition(" ")[2])  # such as "UPDATE 3"

    async def change_many(self, query: Query, rows: Sequence[dict[str, Any]]) -> None:
        async with self._lend() as connection:
            await connection.executemany(query.numbered, [tuple(row.values()) for row in rows])

    async def execute(self, statement: str) -> None:
        async with self._lend() as connection:
            await connection.execute(statement)

    async def hold(self, name: str) -> None:
        # The number is any that nobody else of this database uses.
        async with self._lend() as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 19171109))", name)

    async def time(self) -> datetime | None:
        async with self._lend() as connection:
            found: datetime = await connection.fetchval("SELECT clock_timestamp()")
            return found

    async def end_stalled(self) -> int:
        async with self._lend() as connection:
            ended: int = await connection.fetchval(_END_STALLED, timedelta(seconds=STALLED_SECONDS))
            return ended

    async def snapshot(self) -> None:
        async with self._lend() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _session_of(connection: Any) -> PostgresSession:
    """All queries over one connection."""
    return PostgresSession(lambda: nullcontext(connection))


class PostgresDatabase:
    """A pool of connections."""

    errors: tuple[type[Exception], ...] = (
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,  # a statement on a connection that was ended at that moment
        OSError,
        StoreAway,
    )

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self.reader: Session = PostgresSession(self._connection)

    def connections(self) -> Connections:
        idle = self._pool.get_idle_size()
        return Connections(self._pool.get_size() - idle, idle)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        async with self._connection() as connection, connection.transaction(), self._ended_if_silent(connection):
            yield _session_of(connection)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        """One of the pool's. Where it is of no use, those that were opened before are not either: all are replaced.

        One to a server that only stands by, as after a failover, would otherwise last as long as it is used. Those that
        a network swallowed would be found out one after the other, each after the longest statement.
        """
        with _told_from_other_errors():
            async with self._pool.acquire() as connection:
                try:
                    async with self._ended_if_silent(connection):
                        yield connection
                except (TimeoutError, asyncpg.ReadOnlySQLTransactionError):
                    await self._pool.expire_connections()
                    raise
                except asyncpg.InterfaceError as error:
                    if _has_ended(connection):
                        raise ConnectionResetError from error
                    raise

    @asynccontextmanager
    async def _ended_if_silent(self, connection: Any) -> AsyncIterator[None]:
        """Nobody waits for the end of a statement that was not answered, nor for that of its transaction."""
        try:
            yield
        except TimeoutError:
            connection.terminate()
            raise

    async def close(self) -> None:
        try:
            await asyncio.wait_for(self._pool.close(), CLOSE_SECONDS)
        except TimeoutError:
            self._pool.terminate()


def _has_ended(connection: Any) -> bool:
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:  # The pool has let go of it already.
        return True


@contextmanager
def _told_from_other_errors() -> Iterator[None]:
    """Let a server that is away be told from what else does not answer, such as a platform."""
    try:
        yield
    except (OSError, asyncpg.InternalClientError) as error:
        raise StoreAway from error


class _Migrating:
    """One connection without time limits: changing a big table, or waiting for who does, takes as long as it takes."""

    errors = PostgresDatabase.errors

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.reader: Session = _session_of(connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        async with self._connection.transaction():
            yield self.reader


async def open_postgresql(url: str) -> PostgresDatabase:
    """Connect. Raises StoreError."""
    with _plain_errors():
        async with AsyncExitStack() as undo:
            connection = await _connection(url)
            undo.push_async_callback(connection.close)
            await migrate(_Migrating(connection))
            return PostgresDatabase(await asyncpg.create_pool(url, min_size=0, max_size=10, **_LIMITS))


async def fetch_version(url: str) -> int | None:
    """The last migration that a database has seen; None where there is no store in it. Raises StoreError."""
    with _plain_errors():
        connection = await _connection(url)
        try:
            if await connection.fetchval("SELECT to_regclass('migrations')") is None:
                return None
            return await connection.fetchval("SELECT max(number) FROM migrations") or 0
        finally:
            await connection.close()


_LIMITS: dict[str, Any] = {
    "timeout": CONNECT_SECONDS,
    "command_timeout": STATEMENT_SECONDS,
    "server_settings": SETTINGS,
}


async def _connection(url: str) -> Any:
    try:
        return await asyncpg.connect(url, timeout=CONNECT_SECONDS)
    except ValueError:
        # A password with a slash in it ends up in what the parser complains about: nothing of that is shown.
        raise StoreError(
            "DATABASE_URL cannot be read: write it as postgresql://user:password@host:5432/database, "
            "with %2F for each / in the password, and so on."
        ) from None


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn what the server says, or fails to say, into a sentence."""
    try:
        yield
    except PostgresDatabase.errors as error:
        reason = re.sub(r"\[Errno \d+\] ", "", str(error)).lower() or "no answer"
        raise StoreError(
            f"The PostgreSQL of DATABASE_URL does not let Smolny in ({reason}): "
            "see that it runs, and that its user, password and database are right."
        ) from error
