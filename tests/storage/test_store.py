"""Transactions, readers and settings, on both databases."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.storage import sqlite
from bot.storage.database import Connections
from bot.storage.errors import StoreError
from bot.storage.session import Query, Session
from bot.storage.settings import get_setting, put_setting
from bot.storage.sqlite import READERS
from bot.storage.store import Store
from tests.databases import DURABILITY
from tests.processes import LOADED

SLOW = """
    WITH RECURSIVE counted(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM counted WHERE i < 2000000)
    SELECT max(i) FROM counted
"""


async def test_a_setting_is_remembered_across_a_restart(database_url: str) -> None:
    first = await Store.open(database_url)
    assert await first.get_setting("commands") is None
    await first.set_setting("commands", "one")
    await first.set_setting("commands", "two \u2019 \U0001f3f4 ';--")
    await first.close()
    second = await Store.open(database_url)
    assert await second.get_setting("commands") == "two \u2019 \U0001f3f4 ';--"
    await second.close()


async def test_each_commit_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", DURABILITY)
    opened = await sqlite.open_sqlite(tmp_path / "store.db")
    [[level]] = await opened._writer.execute_fetchall("PRAGMA synchronous")
    assert level == 2  # FULL
    await opened.close()


async def test_what_is_deleted_is_overwritten_however_sqlite_was_built(tmp_path: Path) -> None:
    writer = await sqlite._connect(tmp_path / "store.db")
    await writer.execute_fetchall("PRAGMA secure_delete = OFF")
    await sqlite._prepare(writer)
    [[is_overwritten]] = await writer.execute_fetchall("PRAGMA secure_delete")
    await writer.close()
    assert is_overwritten


async def test_an_error_takes_the_whole_transaction_back(store: Store) -> None:
    await store.set_setting("kept", "yes")

    async def stumble() -> None:
        async with store.transaction() as tx:
            await put_setting(tx, "kept", "no")
            await put_setting(tx, "new", "no")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await stumble()
    assert await store.get_setting("kept") == "yes"
    assert await store.get_setting("new") is None
    await store.set_setting("new", "after all")
    assert await store.get_setting("new") == "after all"


@pytest.mark.parametrize("turns", range(6))
async def test_being_cancelled_takes_the_transaction_back_and_frees_the_store(store: Store, turns: int) -> None:
    async def write() -> None:
        async with store.transaction() as tx:
            await put_setting(tx, "cancelled", "yes")
            await asyncio.sleep(60)

    task = asyncio.create_task(write())
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await store.get_setting("cancelled") is None
    await asyncio.wait_for(store.set_setting("next", "yes"), 60)
    assert await store.get_setting("next") == "yes"


async def test_writers_take_turns(store: Store) -> None:
    async def count() -> None:
        async with store.transaction() as tx:
            await tx.execute("UPDATE settings SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE key = 'count'")

    await store.set_setting("count", "0")
    await asyncio.gather(*(count() for _ in range(50)))
    assert await store.get_setting("count") == "50"


async def test_readers_are_opened_as_they_are_needed(tmp_path: Path) -> None:
    store = await Store.open(str(tmp_path / "smolny.db"))
    assert store.connections() == Connections(used=0, idle=2)
    slow = asyncio.create_task(store.reader.execute(SLOW))
    await asyncio.sleep(0)
    cancelled = asyncio.create_task(store.get_setting("commands"))
    await asyncio.sleep(0)
    cancelled.cancel()
    assert await store.get_setting("commands") is None
    assert not slow.done()
    assert store.connections().used == 1
    await asyncio.gather(slow, *(store.get_setting("commands") for _ in range(9)))
    assert store.connections() == Connections(used=0, idle=1 + READERS)
    await store.close()


@pytest.mark.parametrize("name", ["smolny.db", "a name #1 with 100% ? of it.db"])
async def test_a_file_that_was_moved_away_is_read_on_and_not_made_anew(tmp_path: Path, name: str) -> None:
    store = await Store.open(str(tmp_path / name))
    await store.set_setting("word", "kept")
    move_away(tmp_path)
    slow = asyncio.create_task(store.reader.execute(SLOW))
    assert await asyncio.gather(*(store.get_setting("word") for _ in range(9))) == ["kept"] * 9
    await slow
    assert os.listdir(tmp_path) == ["elsewhere"]
    await store.close()


def move_away(folder: Path) -> None:
    parts, elsewhere = list(folder.iterdir()), folder / "elsewhere"
    elsewhere.mkdir()
    for part in parts:
        part.rename(elsewhere / part.name)


async def test_where_no_thread_is_to_be_had_for_another_reader_the_first_one_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await Store.open(str(tmp_path / "smolny.db"))
    await store.set_setting("word", "kept")
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        assert await asyncio.gather(*(store.get_setting("word") for _ in range(9))) == ["kept"] * 9
    await store.close()


def refuse(_: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


async def test_a_reader_sees_what_is_committed_and_waits_for_no_writer(store: Store) -> None:
    await store.set_setting("word", "before")
    async with store.transaction() as tx:
        await put_setting(tx, "word", "after")
        slow = asyncio.create_task(tx.execute(SLOW))
        assert await store.get_setting("word") == "before"
        assert not slow.done()
        await slow
    assert await store.get_setting("word") == "after"


def _open_once(url: str) -> str | None:
    async def settle() -> str | None:
        store = await Store.open(url)
        await store.set_setting("opened", "yes")
        found = await store.get_setting("opened")
        await store.close()
        return found

    return asyncio.run(settle())


async def test_outside_a_transaction_there_is_all_that_is_in_one(database_url: str) -> None:
    store = await Store.open(database_url)
    await use_everything(store.reader)
    async with store.transaction() as tx:
        await use_everything(tx)
    await store.close()


async def use_everything(session: Session) -> None:
    await session.snapshot()
    await session.execute("SELECT 1")
    await session.hold("a name")
    await session.run_many(Query("forget", "DELETE FROM settings WHERE key = :key", int), ())
    assert await get_setting(session, "greeting") is None
    assert await session.end_stalled() == 0
    await session.time()


def test_several_processes_may_open_a_new_database_at_once(new_database_url: str) -> None:
    with LOADED.Pool(4) as processes:
        assert processes.map(_open_once, [new_database_url] * 12, chunksize=1) == ["yes"] * 12


DIE = """
import asyncio, sys
from bot.storage.settings import put_setting
from bot.storage.sqlite import READERS
from bot.storage.store import Store
async def main():
    store = await Store.open(sys.argv[1])
    await store.set_setting("first", "committed")
    async with store.transaction() as tx:
        await put_setting(tx, "first", "lost")
        await put_setting(tx, "second", "lost")
        print("half-way", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


async def test_a_kill_in_the_middle_of_a_transaction_loses_that_one_only(database_url: str) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", DIE, database_url, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"half-way\n"
    process.kill()
    await process.wait()
    store = await Store.open(database_url)
    assert await store.get_setting("first") == "committed"
    assert await store.get_setting("second") is None
    await asyncio.wait_for(store.set_setting("second", "free"), 60)
    await store.close()


STUMBLE = """
import asyncio, sys
from bot.storage.settings import put_setting
from bot.storage.sqlite import READERS
from bot.storage.store import Store
async def main():
    store = await Store.open(sys.argv[1])
    raise SystemExit(3)
asyncio.run(main())
"""


async def test_a_program_that_stumbles_before_it_closes_its_store_ends(database_url: str) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", STUMBLE, database_url)
    assert await asyncio.wait_for(process.wait(), 60) == 3


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}"])
async def test_a_path_is_a_store_and_its_folders_are_made(tmp_path: Path, form: str) -> None:
    file = tmp_path / "two" / "new folders" / "store.db"
    store = await Store.open(form.format(file))
    await store.close()
    assert file.exists()


async def test_a_url_with_three_slashes_is_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = await Store.open("sqlite:///data/store.db")
    await store.close()
    assert (tmp_path / "data" / "store.db").exists()


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("mysql://ada:secret@host/store", "neither with sqlite"),
        ("sqlite://", "does not name a file"),
        ("sqlite:///:memory:", "does not name a file"),
        ("", "does not name a file"),
        ("postgresql://ada:sec/ret@host/store", "cannot be read"),
        ("postgresql://ada:secret@localhost:1/store", "does not let Smolny in"),
        ("postgresql://ada:secret@localhost:99999/store", "cannot be read|does not let Smolny in"),
    ],
)
async def test_a_wrong_url_is_told_without_its_password(url: str, hint: str) -> None:
    with pytest.raises(StoreError, match=hint) as raised:
        await Store.open(url)
    assert "secret" not in str(raised.value)
    assert "sec" not in str(raised.value)
    assert "DATABASE_URL" in str(raised.value)


async def test_a_database_that_is_not_there_is_told(postgresql_url: str) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        await Store.open(postgresql_url.replace("smolny_test", "no_such"))


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for place, says in ((tmp_path / "file" / "store.db", "may write to"), (tmp_path, "is a folder: name a file in it")):
        with pytest.raises(StoreError, match=says):
            await Store.open(str(place))


async def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    file.write_text("a letter, and a long one. " * 500)
    with pytest.raises(StoreError, match="damaged or isn't an SQLite database"):
        await Store.open(str(file))
    assert file.read_text().startswith("a letter")


async def test_a_database_with_damaged_pages_is_told(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    store = await Store.open(str(file))
    async with store.transaction() as tx:
        for key in range(200):
            await put_setting(tx, str(key), "words " * 100)
    await store.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * 4096 * 8 + whole[8192 + 4096 * 8 :])
    with pytest.raises(StoreError, match="damaged or isn't an SQLite database"):
        await Store.open(str(file))
