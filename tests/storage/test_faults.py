"""What happens to a store in an SQLite file: a full disk, a file for reading only, another program's lock, a kill."""

from __future__ import annotations

import asyncio
import os
import pwd
import resource
import shutil
import sqlite3
import subprocess
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable, Coroutine
from contextlib import closing
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from bot.core.app import App
from bot.core.context import Person, Place
from bot.core.funnel import STORE_AWAY
from bot.platforms.typed_commands import answer_line
from bot.storage import sqlite
from bot.storage.errors import StoreError, error_name
from bot.storage.lock_holder import holder
from bot.storage.migrate import MIGRATIONS, applied_migrations, migrate, migrations
from bot.storage.schema import stored_version
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from tests.logs import capture_logs
from tests.processes import until


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


async def test_a_full_disk_refuses_what_is_new_and_keeps_what_is_there(file: Path) -> None:
    store = await Store.open(str(file))
    await store.set_setting("kept", "yes")
    await limit_pages(store, 1)
    with pytest.raises(store.errors, match="full") as raised:
        await store.set_setting("new", "words " * 10_000)
    assert error_name(raised.value) == "OperationalError SQLITE_FULL"
    assert await store.get_setting("kept") == "yes"
    assert await store.get_setting("new") is None
    await limit_pages(store, 1_000_000)
    await store.set_setting("new", "after all")
    assert await store.get_setting("new") == "after all"
    await store.close()


async def limit_pages(store: Store, number: int) -> None:
    """Let the file grow to so many pages; SQLite takes a smaller number than it has for the one that it has."""
    async with store.transaction() as tx:
        await tx.execute(f"PRAGMA max_page_count = {number}")


FILLS = """
CREATE TRIGGER fills AFTER INSERT ON server_rules BEGIN INSERT INTO room VALUES (hex(zeroblob(100000))); END
"""


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("PRAGMA query_only = ON", "OperationalError SQLITE_READONLY"),
        ("PRAGMA max_page_count = 1", "OperationalError SQLITE_FULL"),
        ("PRAGMA locking_mode = NORMAL", "OperationalError SQLITE_BUSY"),
    ],
)
async def test_a_store_that_takes_nothing_is_said_and_the_log_says_why_in_one_line(
    file: Path, corpus: Corpus, statement: str, error: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    store = await Store.open(str(file))
    app = App(FEATURES, corpus, store)
    ctx = app.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"))
    async with store.transaction() as tx:
        await tx.execute("CREATE TABLE room (words TEXT)")
        await tx.execute(FILLS)
        await tx.execute(statement)
    with closing(sqlite3.connect(file, isolation_level=None)) as other, capture_logs() as lines:
        if error.endswith("BUSY"):
            other.execute("BEGIN IMMEDIATE")
        reply = await app.act("settings.lookups", "private", ctx)
        assert not (await answer_line(app, "/quote gunpowder", ctx)).error
    assert (reply.error, reply.private) == (STORE_AWAY, True)
    [line] = lines
    assert (line["event"], line["error"].partition(" (")[0], line["incident"]) == ("failed", error, reply.incident)
    assert "where" not in line
    await store.close()


async def test_a_query_that_is_wrong_is_still_the_fault_of_the_bot(file: Path, corpus: Corpus) -> None:
    store = await Store.open(str(file))
    app = App(FEATURES, corpus, store)
    ctx = app.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"))
    async with store.transaction() as tx:
        await tx.execute("DROP TABLE server_rules")
    with capture_logs() as lines:
        reply = await app.act("settings.lookups", "private", ctx)
    assert reply.incident in reply.error
    assert [one["where"][-1] for one in lines] == ["OperationalError SQLITE_ERROR"]
    await store.close()


def small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))


def nobody() -> None:
    """A user whom permissions restrict: they do not restrict root."""
    if os.geteuid() == 0:
        os.setuid(pwd.getpwnam("nobody").pw_uid)


Look = Callable[[str], Coroutine[None, None, object]]


def open_store(url: str, limit: Callable[[], None], said: Connection, look: Look) -> None:
    """Open a store, or look into it, as a process with a limit, and send back what was said about it."""
    limit()
    try:
        asyncio.run(look(url))
        said.send("opened")
    except StoreError as error:
        said.send(str(error))


def opened(processes: ForkServerContext, file: Path, limit: Callable[[], None], look: Look = Store.open) -> str:
    ours, theirs = processes.Pipe()
    process = processes.Process(target=open_store, args=(str(file), limit, theirs, look))
    process.start()
    try:
        assert ours.poll(20)
        return str(ours.recv())
    finally:
        process.kill()
        process.join()


def test_a_disk_that_is_full_at_the_start_is_said(processes: ForkServerContext, file: Path) -> None:
    said = opened(processes, file, small_files)
    assert str(file) in said
    assert "make room on the disk" in said


@pytest.mark.parametrize(("folder", "look"), [(0o555, Store.open), (0o755, Store.open), (0o444, stored_version)])
def test_a_file_that_may_only_be_read_is_said(
    processes: ForkServerContext, sockets: Path, folder: int, look: Look
) -> None:
    """Folders that may be read only, and one that may not be looked into, at a start and by `doctor`."""
    file = sockets / "store.db"
    asyncio.run(made(file))
    file.chmod(0o444)
    sockets.chmod(folder)
    said = opened(processes, file, nobody, look)
    assert str(file) in said
    assert "a place that Smolny may write to" in said


async def made(file: Path) -> None:
    store = await Store.open(str(file))
    await store.close()


async def test_a_lock_of_another_program_holds_up_writers_only(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await made(file)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        store = await asyncio.wait_for(Store.open(str(file)), 60)
        assert await store.get_setting("word") is None
        with pytest.raises(store.errors, match="locked"):
            await store.set_setting("word", "lost")
        other.execute("COMMIT")
    await store.set_setting("word", "kept")
    assert await store.get_setting("word") == "kept"
    await store.close()


FROZEN = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("begun", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
"""


async def test_who_holds_the_store_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await made(file)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    store = await Store.open(str(file))
    frozen = await asyncio.create_subprocess_exec(sys.executable, "-c", FROZEN, str(file), stdout=PIPE)
    try:
        assert frozen.stdout
        assert await frozen.stdout.readline() == b"begun\n"
        with pytest.raises(store.errors) as caught:
            await store.set_setting("word", "lost")
        # Other systems do not say.
        known = f" (process {frozen.pid} holds it)" if sys.platform == "linux" else ""
        assert error_name(caught.value) == f"OperationalError SQLITE_BUSY{known}"
    finally:
        frozen.kill()
        await frozen.wait()
    await store.set_setting("word", "kept")
    assert holder(file) is None
    await store.close()


async def test_a_file_that_another_program_keeps_to_itself_is_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("CREATE TABLE notes (words TEXT)")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="the other program"):
            await asyncio.wait_for(Store.open(str(file)), 60)
        with pytest.raises(StoreError, match="the other program"):
            await stored_version(str(file))


MIGRATE = """
import asyncio, sys
from pathlib import Path
from bot.storage.migrate import migrate
from bot.storage.store import Store
async def main():
    store = await Store.open(sys.argv[1])
    print("opened", flush=True)
    await migrate(store._database, Path(sys.argv[2]))
asyncio.run(main())
"""
ENDLESS = """
CREATE TABLE half (number INTEGER);
INSERT INTO half WITH RECURSIVE counted(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM counted) SELECT i FROM counted;
"""


async def test_a_kill_in_the_middle_of_a_migration_leaves_nothing_of_it(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    added = folder / "9999_added.sql"
    added.write_text(ENDLESS)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", MIGRATE, str(file), str(folder), stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"opened\n"
    log = file.with_name("store.db-wal")
    before = log.stat().st_size
    # What does not fit into the cache goes into the log, not yet committed.
    await until(lambda: log.stat().st_size > before + 5_000_000)
    process.kill()
    await process.wait()
    added.write_text("CREATE TABLE half (words TEXT);")
    store = await Store.open(str(file))
    await migrate(store._database, folder)
    assert (await applied_migrations(store.reader))[-1].number == migrations(folder)[-1].number
    await store.close()
