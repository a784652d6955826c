"""The schema: its tables as the migrations make them, and the version of a store that nothing has opened yet."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from bot.storage import sqlite
from bot.storage.address import check_server, sqlite_file
from bot.storage.migrate import own_migrations, statements


class Table(Struct, frozen=True):
    """A table with the declared type of each column, the columns of its key, and the tables that it refers to."""

    name: str
    columns: dict[str, str]
    key: tuple[str, ...]
    parents: frozenset[str]


def newest_version() -> int:
    """The number of the last migration that this version of the code knows."""
    return own_migrations()[-1].number


def tables() -> list[Table]:
    """Every table that holds data, each after those that it refers to. Both databases have the same."""
    with closing(sqlite3.connect(":memory:")) as database:
        for migration in own_migrations():
            for statement in statements(migration.sql):
                database.execute(statement)
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return _parents_first([_table(database, name) for (name,) in names])


def _table(database: sqlite3.Connection, name: str) -> Table:
    columns = database.execute("SELECT name, type, pk FROM pragma_table_info(?)", (name,)).fetchall()
    key = sorted((place, column) for column, _, place in columns if place)
    parents = database.execute('SELECT "table" FROM pragma_foreign_key_list(?)', (name,)).fetchall()
    return Table(
        name,
        {column: kind for column, kind, _ in columns},
        tuple(column for _, column in key),
        frozenset(parent for (parent,) in parents) - {name},
    )


def _parents_first(found: list[Table]) -> list[Table]:
    ordered: list[Table] = []
    while len(ordered) < len(found):
        done = {table.name for table in ordered}
        ready = [table for table in found if table.name not in done and table.parents <= done]
        if not ready:
            raise ValueError("tables refer to each other in a circle")
        ordered += ready
    return ordered


async def stored_version(url: str) -> int | None:
    """The last migration that a store has seen; None where there is no store. Changes nothing. Raises StoreError."""
    if (file := sqlite_file(url)) is not None:
        return _sqlite_version(file)
    check_server(url)
    from bot.storage.postgresql import fetch_version

    return await fetch_version(url)


def _sqlite_version(file: Path) -> int | None:
    with sqlite.explained(file):
        if not file.exists() or file.stat().st_size == 0:
            return None
        address, patience = f"{file.absolute().as_uri()}?mode=ro", sqlite.BUSY_SECONDS
        with closing(sqlite3.connect(address, timeout=patience, uri=True)) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone():
                return None
            [version] = connection.execute("SELECT max(number) FROM migrations").fetchone()
            return version or 0
