"""`backup` and `restore`, as programs of their own, beside a store that is in use."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from bot.storage.backup import back_up, restore
from bot.storage.connections import all_connections, claim_connection
from bot.storage.errors import StoreError
from bot.storage.heartbeat import NEVER, Note, last_note, put_note
from bot.storage.migrate import MIGRATIONS, migrations
from bot.storage.store import Store
from tests.command_line import smolny
from tests.storage.test_faults import nobody


async def greeting(path: Path) -> str | None:
    store = await Store.open(str(path))
    try:
        return await store.get_setting("greeting")
    finally:
        await store.close()


async def greet(path: Path, words: str) -> None:
    store = await Store.open(str(path))
    await store.set_setting("greeting", words)
    await store.close()


async def test_a_backup_of_a_store_in_use_comes_back(tmp_path: Path) -> None:
    path, backup = tmp_path / "data" / "smolny.db", tmp_path / "backup.db"
    store = await Store.open(str(path))
    await store.set_setting("greeting", "hello")
    async with store.transaction() as tx:
        await claim_connection(tx, "discord", "one")
        await put_note(tx, Note(store.now()))
    done = await asyncio.to_thread(smolny, tmp_path, "backup", str(backup))
    assert (done.returncode, done.stderr) == (0, "")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    await store.set_setting("greeting", "later")

    refused = await asyncio.to_thread(smolny, tmp_path, "restore", str(backup))
    assert refused.returncode == 1
    assert "stop Smolny first" in refused.stderr
    await store.close()
    assert await greeting(path) == "later"

    done = await asyncio.to_thread(smolny, tmp_path, "restore", str(backup))
    assert (done.returncode, done.stderr) == (0, "")
    assert await greeting(path) == "hello"
    restored = await Store.open(str(path))
    assert await all_connections(restored.reader) == [], "nobody waits for a process that is no more"
    assert await last_note(restored.reader) == NEVER
    await restored.close()
    assert await greeting(path.with_name("smolny.db.before-restore")) == "later"
    assert sorted(os.listdir(tmp_path)) == ["backup.db", "data"]


@pytest.mark.parametrize("name", ["smolny.db", "../data/smolny.db", "smolny.db-wal", "link.db", "hard.db"])
async def test_a_backup_never_takes_the_place_of_the_store(tmp_path: Path, name: str) -> None:
    path = tmp_path / "data" / "smolny.db"
    store = await Store.open(str(path))
    (path.parent / "link.db").symlink_to(path)
    (path.parent / "hard.db").hardlink_to(path)
    with pytest.raises(StoreError, match="is the store itself"):
        back_up(path, path.parent / name)
    await store.set_setting("greeting", "hello")
    await store.close()
    assert await greeting(path) == "hello"


@pytest.mark.parametrize("kind", ["folder", "pipe", "device"])
async def test_a_backup_takes_the_place_of_files_alone(tmp_path: Path, kind: str) -> None:
    path, target = tmp_path / "smolny.db", tmp_path / "target"
    await greet(path, "hello")
    makers: dict[str, Callable[[Path], object]] = {
        "folder": os.mkdir,
        "pipe": os.mkfifo,
        "device": partial(os.symlink, "/dev/null"),
    }
    makers[kind](target)
    with pytest.raises(StoreError, match="target is not a file: name one for the backup"):
        back_up(path, target)
    assert not target.is_file()


def refusals_to_nobody(folder: Path, said: Connection) -> None:
    """What somebody is told who may not look into a folder."""
    nobody()
    found = []
    works: tuple[Callable[[Path, Path], object], ...] = (back_up, restore)
    for work in works:
        try:
            work(folder / "a.db", folder / "b.db")
        except StoreError as error:
            found.append(str(error))
    said.send(found)


def test_a_folder_of_somebody_else_is_told(sockets: Path, processes: ForkServerContext) -> None:
    (sockets / "a.db").touch()
    sockets.chmod(0)
    ours, theirs = processes.Pipe()
    processes.Process(target=refusals_to_nobody, args=(sockets, theirs)).start()
    assert ours.poll(20)
    assert ours.recv() == [
        f"{sockets}/a.db cannot be used (permission denied): see that it may be read.",
        f"{sockets}/a.db cannot be used (permission denied): name the file that `backup` wrote.",
    ]


def refusal_of_backup(store: Path, target: Path, said: Connection) -> None:
    nobody()
    try:
        back_up(store, target)
    except StoreError as error:
        said.send(str(error))


def test_the_file_that_cannot_be_used_is_the_one_named(sockets: Path, processes: ForkServerContext) -> None:
    """SQLite makes a file beside a store to read it, which a full disk or a folder for reading does not let it."""
    store = sockets / "closed" / "a.db"
    store.parent.mkdir()
    asyncio.run(greet(store, "hello"))
    store.chmod(0o444)
    store.parent.chmod(0o555)
    sockets.chmod(0o777)
    ours, theirs = processes.Pipe()
    processes.Process(target=refusal_of_backup, args=(store, sockets / "b.db", theirs)).start()
    assert ours.poll(20)
    assert ours.recv() == (
        f"The store {store} cannot be read (attempt to write a readonly database): "
        "see that Smolny's user may write beside it, and that its disk has room."
    )
    store.parent.chmod(0o755)


async def test_each_restore_keeps_what_was_there(tmp_path: Path) -> None:
    path, backup = tmp_path / "smolny.db", tmp_path / "backup.db"
    await greet(backup, "backup")
    await greet(path, "first")
    kept = []
    for _ in range(3):
        kept.append(restore(backup, path))
    assert [await greeting(one) for one in kept if one] == ["first", "backup", "backup"]


async def test_a_damaged_store_is_refused_and_restored(tmp_path: Path) -> None:
    path, backup = tmp_path / "data" / "smolny.db", tmp_path / "backup.db"
    await greet(path, "hello")
    assert smolny(tmp_path, "backup", str(backup)).returncode == 0
    path.write_bytes(b"nonsense" * 1000)
    refused = smolny(tmp_path, "ask", "/help")
    assert refused.returncode == 1
    assert "restore" in refused.stderr
    with pytest.raises(StoreError, match=f"The store {path} is damaged"):
        back_up(path, backup)
    log = path.with_name("smolny.db-wal")
    log.write_bytes(b"a log that is not the backup's")
    assert smolny(tmp_path, "restore", str(backup)).returncode == 0
    assert await greeting(path) == "hello"
    assert not log.exists()


async def test_only_sound_backups_of_this_version_are_restored(tmp_path: Path) -> None:
    path, backup = tmp_path / "data" / "smolny.db", tmp_path / "backup.db"
    await greet(path, "hello")
    await greet(backup, "newer")
    number = migrations(MIGRATIONS)[-1].number + 1
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("INSERT INTO migrations (number, name, checksum) VALUES (?, 'next', '')", (number,))
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE notes (words TEXT)")
    (tmp_path / "text.db").write_text("a text, and no database " * 100)
    for name, said in [
        ("backup", "newer version"),
        ("other", "isn't a store"),
        ("text", "cannot be used"),
        ("no", "no backup"),
    ]:
        refused = smolny(tmp_path, "restore", str(tmp_path / f"{name}.db"))
        assert refused.returncode == 1
        assert said in refused.stderr
    assert await greeting(path) == "hello"


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_postgresql_has_tools_of_its_own(tmp_path: Path, command: str) -> None:
    done = smolny(tmp_path, command, "file", DATABASE_URL="postgresql://u:hunter2@h/db")
    assert done.returncode == 1
    assert "pg_dump" in done.stderr
    assert "hunter2" not in done.stderr


def test_without_a_store_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    done = smolny(tmp_path, "backup", "file")
    assert done.returncode == 1
    assert "no store" in done.stderr
    assert list(tmp_path.iterdir()) == []
