"""Typed queries over one connection, the same for both databases.

    @query("UPDATE rounds SET state = :state WHERE id = :id")
    async def set_state(tx: Session, id: str, state: State) -> int:
        "How many rounds changed."

The parameters that a statement names are those of its function, or fields of a struct that the function takes; that
they fit is checked at its first use, and by a test for all. What the function returns says how rows are read: `list[T]`
all of them, `T | None` the first, a bare type the only value. Of a statement without rows, `int` is how many it
changed, and `bool` whether it changed any. What only PostgreSQL needs is marked: `/*lock*/` and `/*skip locked*/`
behind a SELECT.

Moments are kept as whole microseconds since 1970 in UTC, in BIGINT columns named `…_at`: an integer has one spelling
only, so that comparing, sorting and indexing cannot go wrong as they do when `Z` meets `+00:00`, and both databases
treat it alike. Sessions take and give aware datetimes. Dates are ISO text in columns named `…_date`; JSON is text.
"""

from __future__ import annotations

import functools
import inspect
import re
import types
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

Row = dict[str, Any]
F = TypeVar("F", bound=Callable[..., Awaitable[Any]])

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NAMED = re.compile(r"'[^']*'|--[^\n]*|(?<![:\w]):(?P<name>[a-z_]+)")
_LOCKS = {"/*lock*/": "FOR UPDATE", "/*skip locked*/": "FOR UPDATE SKIP LOCKED"}


class Query(Struct, frozen=True, dict=True):
    """A statement with named parameters, and how its result is read."""

    name: str
    sql: str
    returns: Any

    @functools.cached_property
    def parameters(self) -> tuple[str, ...]:
        """The parameters' names, each once, in the order in which the statement first names them."""
        return tuple(dict.fromkeys(found["name"] for found in _NAMED.finditer(self.sql) if found["name"]))

    @functools.cached_property
    def numbered(self) -> str:
        """The statement as PostgreSQL takes it: with locks, and `$1`, `$2`, … for the parameters."""
        places = {name: f"${place}" for place, name in enumerate(self.parameters, 1)}
        sql = _NAMED.sub(lambda found: places[found["name"]] if found["name"] else found[0], self.sql)
        for mark, lock in _LOCKS.items():
            sql = sql.replace(mark, lock)
        return sql

    @functools.cached_property
    def has_rows(self) -> bool:
        """Whether it gives rows, not only a count of those that it changed."""
        return self.sql.lstrip().startswith(("SELECT", "WITH")) or "RETURNING" in self.sql


class Session(ABC):
    """One connection: what the functions made by `query` run on."""

    async def run(self, query: Query, values: Mapping[str, object]) -> Any:
        """Run a query; the result is as its function promises."""
        stored = {name: _column_value(values[name]) for name in query.parameters}
        if not query.has_rows:
            changed = await self.change(query, stored)
            return changed > 0 if query.returns is bool else changed
        return _result(query.returns, _rows(await self.fetch(query, stored)))

    async def run_many(self, query: Query, each: Iterable[Mapping[str, object]]) -> None:
        """Run a query that returns no rows once for each of some values."""
        rows = [{name: _column_value(values[name]) for name in query.parameters} for values in each]
        await self.change_many(query, rows)

    @abstractmethod
    async def fetch(self, query: Query, values: dict[str, Any]) -> Sequence[Any]:
        """All rows of a query."""

    @abstractmethod
    async def change(self, query: Query, values: dict[str, Any]) -> int:
        """Run a query that returns no rows, and count those it changed."""

    @abstractmethod
    async def change_many(self, query: Query, rows: Sequence[dict[str, Any]]) -> None:
        """Run a query that returns no rows once for each of some values, in the order of its parameters."""

    @abstractmethod
    async def execute(self, statement: str) -> None:
        """Run one statement that has no parameters and no name, such as a migration's."""

    @abstractmethod
    async def hold(self, name: str) -> None:
        """Let nobody else hold this name until the transaction ends."""

    async def time(self) -> datetime | None:
        """What time it is by the database's own clock; None where that is this machine's."""
        return None

    async def end_stalled(self) -> int:
        """Disconnect processes that froze in the middle of a statement, with what they hold; returns how many."""
        return 0

    @abstractmethod
    async def snapshot(self) -> None:
        """Read one state of the database until the transaction ends; asked before its first query."""


class TypedQuery:
    """The statement of a function. Types are read at its first use: for all there are, that is a sixth of a start."""

    def __init__(self, function: Callable[..., Awaitable[Any]], sql: str) -> None:
        self.name = f"{function.__module__}.{function.__name__}"
        self._function, self._sql = function, sql.strip()

    @functools.cached_property
    def query(self) -> Query:
        """The statement. Raises TypeError where it does not fit its function."""
        hints = get_type_hints(self._function)
        made = Query(self.name, self._sql, hints["return"])
        _check(made, {name: hints[name] for name in self.names})
        return made

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """The function's parameters but for the session."""
        _, *names = inspect.signature(self._function).parameters
        return tuple(names)


QUERIES: list[TypedQuery] = []
"""Every query there is, for tests that look at all of them."""


def query(sql: str) -> Callable[[F], F]:
    """Make a typed function run a statement; its body is its docstring."""

    def make(function: F) -> F:
        made = TypedQuery(function, sql)
        QUERIES.append(made)

        @functools.wraps(function)
        async def run(session: Session, *given: object, **named: object) -> Any:
            arguments = dict(zip(made.names, given, strict=False)) | named
            if arguments.keys() != set(made.names):
                raise TypeError(f"{made.name} takes {made.names}, not {sorted(arguments)}")
            return await session.run(made.query, _values(arguments))

        return cast("F", run)

    return make


def _check(made: Query, hints: Mapping[str, Any]) -> None:
    fields = {field for hint in hints.values() if _is_struct(hint) for field in hint.__struct_fields__}
    single = {name for name, hint in hints.items() if not _is_struct(hint)}
    named = set(made.parameters)
    if not single <= named <= single | fields:
        raise TypeError(f"{made.name} takes {sorted(single)} and names {sorted(named)}")


def _values(arguments: Mapping[str, object]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in arguments.items():
        values |= msgspec.structs.asdict(value) if isinstance(value, Struct) else {name: value}
    return values


def _result(kind: Any, rows: Sequence[Row]) -> Any:
    if get_origin(kind) is list:
        [one] = get_args(kind)
        return _convert([_readable(one, row) for row in rows], kind)
    if get_origin(kind) is types.UnionType:
        one, _ = get_args(kind)
        return _read(one, rows[0]) if rows and rows[0][next(iter(rows[0]))] is not None else None
    return _read(kind, rows[0]) if rows else kind()


def _read(kind: Any, row: Row) -> Any:
    """A row as a struct whose fields are named as the columns, or its only value."""
    return _convert(_readable(kind, row), kind)


def _readable(kind: Any, row: Row) -> Any:
    return row if _is_struct(kind) else next(iter(row.values()))


def _convert(found: Any, kind: Any) -> Any:
    # SQLite has no booleans and gives 0 and 1 for them: hence not strict.
    return msgspec.convert(found, kind, strict=False)


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _column_value(value: object) -> object:
    if isinstance(value, datetime):
        return (value - _EPOCH) // _MICROSECOND
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _rows(found: Sequence[Any]) -> list[Row]:
    """Rows by their columns' names."""
    if not found:
        return []
    names = tuple(found[0].keys())
    rows = [dict(zip(names, row, strict=True)) for row in found]
    for name in names:
        if name.endswith("_at"):
            for row in rows:
                row[name] = _moment(row[name])
    return rows


def _moment(value: object) -> object:
    return _EPOCH + value * _MICROSECOND if isinstance(value, int) else value
