"""`copy-store` as a program of its own: every table and value arrives, or nothing does."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.storage.copy import BATCH, copy_store
from bot.storage.errors import StoreError
from bot.storage.heartbeat import Note, put_note
from bot.storage.settings import put_setting
from bot.storage.store import Store
from tests.command_line import smolny

ROWS = BATCH + 3
STATES = {"schedules": "active", "deliveries": "sent"}


async def make_store(path: Path) -> None:
    await (await Store.open(str(path))).close()


def columns(database: sqlite3.Connection) -> dict[str, list[tuple[str, str, bool]]]:
    """By table: the name and type of each column, and whether it may be NULL."""
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: database.execute("SELECT * FROM pragma_table_info(?)", (name,)).fetchall() for name in names}
    found.pop("migrations")
    return {
        name: [(column, kind, not (strict or key)) for _, column, kind, strict, _, key in rows]
        for name, rows in found.items()
    }


def value(table: str, column: str, kind: str, may_be_null: bool, number: int) -> Any:
    if may_be_null and number % 3 == 0:
        return None
    if column == "state" and table in STATES:
        return STATES[table]
    return {
        "TEXT": f"{number} «ö» '; -- 😀\n",
        "INTEGER": 2**31 - 1 - number,
        "BIGINT": number - 2**63,
        "BOOLEAN": number % 2 == 0,
        "DOUBLE PRECISION": number / 7,
        "BYTEA": bytes([0, 255, number % 256]) * 9,
    }[kind]


def fill(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        for table, found in columns(database).items():
            rows = [[value(table, *column, number) for column in found] for number in range(ROWS)]
            marks = ", ".join("?" * len(found))
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - names of our own tables.


def contents(path: Path) -> dict[str, set[Sequence[Any]]]:
    with closing(sqlite3.connect(path)) as database:
        return {name: set(database.execute(f"SELECT * FROM {name}")) for name in columns(database)}  # noqa: S608 - names of our own tables.


def copy(folder: Path, source: str, target: str) -> tuple[int, str, str]:
    done = smolny(folder, "copy-store", source, target)
    return done.returncode, done.stdout, done.stderr


async def test_every_table_arrives_in_postgresql_and_comes_back_equal(tmp_path: Path, new_postgresql_url: str) -> None:
    path, back = tmp_path / "store.db", tmp_path / "back.db"
    await make_store(path)
    fill(path)
    status, said, complaint = await asyncio.to_thread(copy, tmp_path, str(path), new_postgresql_url)
    assert (status, complaint) == (0, "")
    assert "checked" in said

    server = await asyncpg.connect(new_postgresql_url)
    with closing(sqlite3.connect(path)) as database:
        for table, found in columns(database).items():
            names = ", ".join(name for name, _, _ in found)
            there = {tuple(row) for row in await server.fetch(f"SELECT {names} FROM {table}")}  # noqa: S608 - names of our own tables.
            here = set(database.execute(f"SELECT {names} FROM {table}"))  # noqa: S608 - names of our own tables.
            assert there == here, table
            assert len(there) == ROWS
    await server.close()

    assert (await asyncio.to_thread(copy, tmp_path, new_postgresql_url, f"sqlite:///{back}"))[0] == 0
    assert contents(back) == contents(path)


async def test_a_copy_may_be_made_again_and_over_nothing_else(tmp_path: Path, new_database_url: str) -> None:
    path = tmp_path / "from.db"
    store = await Store.open(str(path))
    await store.set_setting("greeting", "hello")
    await store.close()
    assert (await asyncio.to_thread(copy, tmp_path, str(path), new_database_url))[0] == 0
    status, said, _ = await asyncio.to_thread(copy, tmp_path, str(path), new_database_url)
    assert status == 0
    assert "already" in said

    target = await Store.open(new_database_url)
    await target.set_setting("greeting", "other")
    status, _, complaint = await asyncio.to_thread(copy, tmp_path, str(path), new_database_url)
    assert status == 1
    assert "something else" in complaint
    assert await target.get_setting("greeting") == "other"
    await target.close()


async def test_what_somebody_is_using_is_not_copied(tmp_path: Path) -> None:
    path, target = tmp_path / "from.db", tmp_path / "to.db"
    store = await Store.open(str(path))
    with pytest.raises(StoreError, match=r"FROM: The store .* is in use: stop Smolny first"):
        await copy_store(str(path), str(target))
    await store.close()
    assert not target.exists()
    assert (await copy_store(str(path), str(target)))[1]


async def test_a_damaged_store_is_not_copied_and_keeps_its_log(tmp_path: Path) -> None:
    path, log = tmp_path / "from.db", tmp_path / "from.db-wal"
    path.write_bytes(b"nonsense" * 1000)
    log.write_bytes(b"what was written last")
    with pytest.raises(StoreError, match=r"FROM: The store .* is damaged"):
        await copy_store(str(path), str(tmp_path / "to.db"))
    assert log.read_bytes() == b"what was written last"


async def test_what_cannot_be_copied_leaves_the_target_empty(tmp_path: Path, new_postgresql_url: str) -> None:
    path = tmp_path / "store.db"
    store = await Store.open(str(path))
    async with store.transaction() as tx:
        for number in range(ROWS):
            await put_setting(tx, f"a{number}", "")
    await store.set_setting("z", "sealed \0 words")  # which PostgreSQL cannot keep
    await store.close()
    status, _, complaint = await asyncio.to_thread(copy, tmp_path, str(path), new_postgresql_url)
    assert status == 1
    assert "Nothing was copied" in complaint
    assert "sealed" not in complaint
    server = await asyncpg.connect(new_postgresql_url)
    assert await server.fetchval("SELECT count(*) FROM settings") == 0
    await server.close()


async def test_a_source_in_postgresql_that_is_in_use_is_not_copied(tmp_path: Path, postgresql_url: str) -> None:
    store = await Store.open(postgresql_url)
    for in_order, ago in ((False, 90), (True, 0), (False, 121)):
        target = str(tmp_path / f"{ago}.db")
        async with store.transaction() as tx:
            await put_note(tx, Note(store.now() - timedelta(seconds=ago), in_order))
        if (in_order, ago) == (False, 90):
            with pytest.raises(StoreError, match="FROM was in use a moment ago: stop every Smolny"):
                await copy_store(postgresql_url, target)
        else:
            _, is_written = await copy_store(postgresql_url, target)
            assert is_written
    await store.close()


@pytest.mark.parametrize("changed", ["from", "to"])
@pytest.mark.parametrize("step", [-1, 1])
async def test_another_schema_version_is_refused(tmp_path: Path, changed: str, step: int) -> None:
    for name in ("from", "to"):
        await make_store(tmp_path / f"{name}.db")
    with closing(sqlite3.connect(tmp_path / f"{changed}.db")) as database, database:
        [newest] = database.execute("SELECT max(number) FROM migrations").fetchone()
        database.execute("UPDATE migrations SET number = ? WHERE number = ?", (newest + step * 1000, newest))
        if step < 0:
            database.execute("DELETE FROM migrations WHERE number < 0")
    status, _, complaint = copy(tmp_path, "from.db", "to.db")
    assert status == 1
    assert f"{changed.upper()} is at schema version" in complaint


@pytest.mark.parametrize(
    "stores",
    [
        ["missing.db", "postgresql://u:hunter2@127.0.0.1:1/db"],
        ["postgresql://u:hunter2@127.0.0.1:1/db", "to.db"],
        ["postgresql://u:hunter2/@127.0.0.1:1/db", "to.db"],
        ["postgres:/u:hunter2@127.0.0.1/db", "to.db"],
        ["mysql://u:hunter2@127.0.0.1/db", "to.db"],
        ["a", "b", "postgresql://u:hunter2@127.0.0.1/db"],
        ["postgresql://u:hunter2@127.0.0.1/db"],
        ["same.db", "sqlite:///./same.db"],
    ],
)
def test_what_is_no_store_is_said_without_its_password(tmp_path: Path, stores: list[str]) -> None:
    done = smolny(tmp_path, "copy-store", *stores)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "hunter2" not in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []
