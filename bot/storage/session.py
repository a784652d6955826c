"""Named queries over one connection, the same for both databases.

A query's result follows from the mark behind its name in the `.sql` file: none is a list of rows, `^` one row or None,
`$` one value or None, `!` the number of rows changed, `#` nothing. A row is a dict.

Moments are kept as whole microseconds since 1970 in UTC, in BIGINT columns named `…_at`: an integer has one spelling
only, so that comparing, sorting and indexing cannot go wrong as they do when `Z` meets `+00:00`, and both databases
treat it alike. Sessions take and give aware datetimes. Dates are ISO text in columns named `…_date`; JSON is text.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import aiosql
import msgspec
from aiosql.types import SQLOperationType
from msgspec import Struct

QUERIES = Path(__file__).with_name("queries")

Row = dict[str, Any]
T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Query(Struct, frozen=True):
    """A named statement in the dialect of one database."""

    name: str
    sql: str
    operation: SQLOperationType
    parameters: frozenset[str]


class Session(ABC):
    """What a transaction offers, and reading outside one: each named query is a method, its parameters are keywords."""

    def __init__(self, queries: Mapping[str, Query]) -> None:
        self._queries = queries

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        query = self._queries.get(name)
        if query is None:
            raise AttributeError(f"no query is named {name!r}")
        return lambda **arguments: self._run(query, arguments)

    async def _run(self, query: Query, arguments: Mapping[str, object]) -> Any:
        if arguments.keys() != query.parameters:
            raise TypeError(f"{query.name} takes {sorted(query.parameters)}, not {sorted(arguments)}")
        values = {name: _kept(value) for name, value in arguments.items()}
        if query.operation is SQLOperationType.SCRIPT:
            return await self.execute(query.sql)
        if query.operation is SQLOperationType.INSERT_UPDATE_DELETE:
            return await self.change(query, values)
        rows = await self.fetch(query, values)
        if query.operation is SQLOperationType.SELECT:
            return [_row(row) for row in rows]
        if query.operation is SQLOperationType.SELECT_ONE:
            return _row(rows[0]) if rows else None
        return rows[0][0] if rows else None

    @abstractmethod
    async def fetch(self, query: Query, values: dict[str, Any]) -> Sequence[Any]:
        """All rows of a query."""

    @abstractmethod
    async def change(self, query: Query, values: dict[str, Any]) -> int:
        """Run a query that returns no rows, and count those it changed."""

    @abstractmethod
    async def execute(self, statement: str) -> None:
        """Run one statement that has no parameters and no name, such as a migration's."""


def load(dialect: str, adapter: Any) -> dict[str, Query]:
    """All queries for a dialect, by name. `adapter` is aiosql's for the driver, and writes their parameters."""
    loaded: dict[str, Query] = {}
    for file in [*sorted(QUERIES.glob("*.sql")), *sorted((QUERIES / dialect).glob("*.sql"))]:
        named = aiosql.from_path(file, lambda: adapter)
        for name in named.available_queries:
            if name.endswith("_cursor"):
                continue  # aiosql adds one to each query; nothing here reads by cursor
            if name in loaded:
                raise ValueError(f"two queries are named {name!r}")
            query = getattr(named, name)
            loaded[name] = Query(name, query.sql, query.operation, frozenset(query.parameters or ()))
    return loaded


def read(kind: type[T], row: Row) -> T:
    """A row as a frozen struct, whose fields are named as the columns."""
    # SQLite has no booleans and gives 0 and 1 for them: hence not strict.
    return msgspec.convert(row, kind, strict=False)


def _kept(value: object) -> object:
    if isinstance(value, datetime):
        return (value - _EPOCH) // _MICROSECOND
    return value.isoformat() if isinstance(value, date) else value


def _row(row: Any) -> Row:
    return {name: _given(name, value) for name, value in dict(row).items()}


def _given(name: str, value: object) -> object:
    if name.endswith("_at") and isinstance(value, int):
        return _EPOCH + value * _MICROSECOND
    return value
