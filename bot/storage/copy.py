"""A copy of a whole store in another one, such as a file's in PostgreSQL, checked before it counts."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import msgspec
from msgspec import Struct

from bot.storage.address import sqlite_file
from bot.storage.backup import close_log
from bot.storage.errors import StoreError
from bot.storage.heartbeat import is_in_use
from bot.storage.schema import Table, newest_version, stored_version, tables
from bot.storage.session import Query, Session
from bot.storage.store import Store

BATCH = 500
"""Rows that are in memory at a time."""
BATCH_OF_FILES = 4
"""The same, in a table with whole texts."""
_SUMS = 2**128


class Sum(Struct, frozen=True):
    """How many rows a table has, and the sum of their digests, which is the same in whatever order they come."""

    rows: int = 0
    digests: int = 0

    def plus(self, rows: Sequence[Mapping[str, Any]]) -> Sum:
        return Sum(self.rows + len(rows), (self.digests + sum(map(_digest, rows))) % _SUMS)


async def copy_store(source_url: str, target_url: str) -> tuple[dict[str, Sum], bool]:
    """Copy every table; returns each one's sum, and whether anything was written. Raises StoreError.

    The target is empty, or holds this very copy already. All of it is written in one transaction, or none.
    """
    if _place(source_url) == _place(target_url):
        raise StoreError("FROM and TO are the same store: name another for TO.")
    await _check_versions(source_url, target_url)
    _refuse_if_in_use(source_url)
    async with _open_store("FROM", source_url) as source, _open_store("TO", target_url) as target:
        with _plain_errors(source, target):
            if sqlite_file(source_url) is None and await is_in_use(source.reader, source.now()):
                raise StoreError(
                    "FROM was in use a moment ago: stop every Smolny that uses it; in two minutes it is free."
                )
            async with source.transaction() as reading, target.transaction() as writing:
                # Nothing else changes what is read, and nobody else copies to the same place.
                await reading.snapshot()
                await writing.hold("copy-store")
                return await _copy_all(reading, writing)


async def _copy_all(reading: Session, writing: Session) -> tuple[dict[str, Sum], bool]:
    there = {table.name: await _sum(writing, table) for table in tables()}
    if any(one.rows for one in there.values()):
        if there != {table.name: await _sum(reading, table) for table in tables()}:
            raise StoreError("TO holds something else already: name an empty database, or empty that one.")
        return there, False
    return {table.name: await _copy_table(reading, writing, table) for table in tables()}, True


async def _copy_table(reading: Session, writing: Session, table: Table) -> Sum:
    names = ", ".join(f'"{name}"' for name in table.columns)
    values = ", ".join(f":{name}" for name in table.columns)
    insert = Query(f"copy {table.name}", f'INSERT INTO "{table.name}" ({names}) VALUES ({values})', int)  # noqa: S608 - names of our own schema; values are bound.
    copied = Sum()
    async for rows in _batches(reading, table):
        await writing.change_many(insert, rows)
        copied = copied.plus(rows)
    if copied != await _sum(writing, table):
        raise StoreError(f"The copy of the table {table.name} is not equal to it, so nothing was copied: try again.")
    return copied


async def _sum(session: Session, table: Table) -> Sum:
    found = Sum()
    async for rows in _batches(session, table):
        found = found.plus(rows)
    return found


async def _batches(session: Session, table: Table) -> AsyncIterator[list[dict[str, Any]]]:
    """All rows in the order of their key, some at a time."""
    size = BATCH_OF_FILES if "BYTEA" in table.columns.values() else BATCH
    last: dict[str, Any] = {}
    while rows := [
        _with_booleans(table, row) for row in await session.fetch(_page(table, size, after=bool(last)), last)
    ]:
        yield rows
        last = {name: rows[-1][name] for name in table.key}


def _page(table: Table, size: int, *, after: bool) -> Query:
    names, key = (", ".join(f'"{name}"' for name in some) for some in (table.columns, table.key))
    where = f"WHERE ({key}) > ({', '.join(f':{name}' for name in table.key)})" if after else ""
    sql = f'SELECT {names} FROM "{table.name}" {where} ORDER BY {key} LIMIT {size}'  # noqa: S608 - names of our own schema, a size of our own; values are bound.
    return Query(f"read {table.name}", sql, list)


def _with_booleans(table: Table, row: Any) -> dict[str, Any]:
    """A row with real booleans, for which SQLite gives 0 and 1."""
    return {
        name: bool(row[name]) if kind == "BOOLEAN" and row[name] is not None else row[name]
        for name, kind in table.columns.items()
    }


def _digest(row: Mapping[str, Any]) -> int:
    return int.from_bytes(hashlib.blake2b(msgspec.msgpack.encode(row), digest_size=16).digest())


async def _check_versions(source_url: str, target_url: str) -> None:
    with _about("FROM"):
        source = await stored_version(source_url)
    with _about("TO"):
        target = await stored_version(target_url)
    newest = newest_version()
    if source is None:
        raise StoreError("FROM isn't a store of Smolny's: name the file or the database that Smolny has used.")
    for name, version in (("FROM", source), ("TO", target)):
        if version is not None and version != newest:
            raise StoreError(
                f"{name} is at schema version {version}, and this Smolny is at {newest}: "
                + ("start this version on it once." if version < newest else "use the newer Smolny.")
            )


def _refuse_if_in_use(url: str) -> None:
    """What a running bot does after the copy would not be in it: it would post the same day again."""
    if file := sqlite_file(url):
        with _about("FROM"):
            close_log(file)


def _place(url: str) -> str:
    file = sqlite_file(url)
    return str(file.resolve()) if file else url


@asynccontextmanager
async def _open_store(name: str, url: str) -> AsyncIterator[Store]:
    with _about(name):
        store = await Store.open(url)
    try:
        yield store
    finally:
        await store.close()


@contextmanager
def _about(name: str) -> Iterator[None]:
    """Say which of the two stores an error is about."""
    try:
        yield
    except StoreError as error:
        raise StoreError(f"{name}: {str(error).replace('DATABASE_URL', name)}") from error


@contextmanager
def _plain_errors(*stores: Store) -> Iterator[None]:
    try:
        yield
    except tuple(kind for store in stores for kind in store.errors) as error:
        # Not what the database says: it may repeat what people wrote.
        reason = type(error).__name__
        raise StoreError(
            f"Nothing was copied ({reason}): stop every Smolny that uses FROM or TO, and try again."
        ) from None
