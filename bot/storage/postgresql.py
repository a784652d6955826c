"""The store in PostgreSQL, for several hosts that share the work. Imported only when a URL asks for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any

import asyncpg
from aiosql.adapters.asyncpg import AsyncPGAdapter

from bot.storage.errors import StoreError
from bot.storage.migrate import migrate
from bot.storage.session import Query, Session, load

CONNECT_SECONDS = 10.0
STATEMENT_SECONDS = 30.0
CLOSE_SECONDS = 3.0


class PostgresSession(Session):
    """Queries over one connection, or over whichever the pool lends."""

    def __init__(self, queries: dict[str, Query], adapter: AsyncPGAdapter, connection: Any) -> None:
        super().__init__(queries)
        self._adapter = adapter
        self._connection = connection

    async def fetch(self, query: Query, values: dict[str, Any]) -> Sequence[Any]:
        rows: Sequence[Any] = await self._connection.fetch(query.sql, *self._ordered(query, values))
        return rows

    async def change(self, query: Query, values: dict[str, Any]) -> int:
        status: str = await self._connection.execute(query.sql, *self._ordered(query, values))
        return int(status.rpartition(" ")[2])  # such as "UPDATE 3"

    async def execute(self, statement: str) -> None:
        await self._connection.execute(statement)

    def _ordered(self, query: Query, values: dict[str, Any]) -> list[Any]:
        """The values in the order of `$1`, `$2`, …"""
        return [values[name] for name in self._adapter.var_sorted[query.name]]


class PostgresDatabase:
    """A pool of connections."""

    def __init__(self, pool: Any) -> None:
        self._adapter = AsyncPGAdapter()  # type: ignore[no-untyped-call]  # aiosql leaves its functions bare
        self._queries = load("postgresql", self._adapter)
        self._pool = pool
        self.reader: Session = PostgresSession(self._queries, self._adapter, pool)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        async with self._pool.acquire() as connection, connection.transaction():
            yield PostgresSession(self._queries, self._adapter, connection)

    async def close(self) -> None:
        try:
            await asyncio.wait_for(self._pool.close(), CLOSE_SECONDS)
        except TimeoutError:
            self._pool.terminate()


async def open_postgresql(url: str) -> PostgresDatabase:
    """Connect. Raises StoreError."""
    with _told():
        async with AsyncExitStack() as undo:
            database = PostgresDatabase(await _connect(url))
            undo.push_async_callback(database.close)
            await migrate(database)
            undo.pop_all()
            return database


async def _connect(url: str) -> Any:
    try:
        return await asyncpg.create_pool(
            url, min_size=1, max_size=10, timeout=CONNECT_SECONDS, command_timeout=STATEMENT_SECONDS
        )
    except (ValueError, asyncpg.InterfaceError):
        # A password with a slash in it ends up in what the parser complains about: nothing of that is shown.
        raise StoreError(
            "DATABASE_URL cannot be read: write it as postgresql://user:password@host:5432/database, "
            "with %2F for each / in the password, and so on."
        ) from None


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the server says into a sentence."""
    try:
        yield
    except (asyncpg.PostgresError, OSError) as error:
        raise StoreError(
            f"The PostgreSQL of DATABASE_URL does not let Smolny in ({str(error) or 'no answer'}): "
            "see that it runs, and that its user, password and database are right."
        ) from error
