"""Backups of a store in an SQLite file, made while it is in use, and checked."""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.storage import heartbeat
from bot.storage.errors import DamagedStore, StoreError, reason_of
from bot.storage.migrate import own_migrations
from bot.storage.sqlite import damaged

_LOG_SUFFIXES = ("-wal", "-shm")
_PRIMARY_CODE = 0xFF
"""The bits of an extended result code of SQLite's that are the primary one."""


def back_up(store: Path, target: Path) -> int:
    """Write a checked copy of a store, even one in use, and return its size in bytes. Raises StoreError.

    The target is replaced only by a copy that is sound.
    """
    with _plain_errors(store, "see that it may be read"):
        if not store.is_file():
            raise StoreError(
                f"There is no store {store.absolute()} to back up: set DATA_DIR or DATABASE_URL to where it is."
            )
    copy = target.with_name(f"{target.name}.unfinished")
    with _plain_errors(target, "name another file, or make room"):
        _refuse_target(store, target)
        _refuse_unreadable(store)
        try:
            _copy_sound(store, copy)
            _check(copy)
            os.replace(copy, target)
        finally:
            copy.unlink(missing_ok=True)
        return target.stat().st_size


def restore(backup: Path, store: Path) -> Path | None:
    """Put a checked copy of a backup in a store's place; returns where the old store is kept. Raises StoreError.

    Nobody may be using the store.
    """
    with _plain_errors(backup, "name the file that `backup` wrote"):
        if not backup.is_file():
            raise StoreError(f"There is no backup {backup.absolute()}: name the file that `backup` wrote.")
        _check(backup)
    copy = store.with_name(f"{store.name}.unfinished")
    with _plain_errors(store, "see that its folder may be written to, or make room"):
        store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _copy(backup, copy)
            with closing(sqlite3.connect(copy)) as connection, connection:
                note_restore(connection)
            return _swap(copy, store)
        finally:
            copy.unlink(missing_ok=True)


def note_restore(connection: sqlite3.Connection) -> None:
    """Note in a restored store that nothing is known of what was posted since, and that no process uses it."""
    note = heartbeat.NEVER.as_json()
    connection.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (heartbeat.KEY, note))
    with suppress(sqlite3.OperationalError):  # an old backup has no such table
        connection.execute("DELETE FROM connections")


def _refuse_target(store: Path, target: Path) -> None:
    """Raises StoreError where a backup would replace the store, its log, or something that is not a file."""
    files = [store.resolve().with_name(store.resolve().name + suffix) for suffix in ("", *_LOG_SUFFIXES, "-journal")]
    if target.resolve() in files or (target.exists() and target.samefile(store)):
        raise StoreError(f"{target.absolute()} is the store itself: name another file for the backup.")
    if target.exists() and not target.is_file():
        # The copy would replace a device such as /dev/null as well.
        raise StoreError(f"{target.absolute()} is not a file: name one for the backup.")


def _refuse_unreadable(store: Path) -> None:
    """Raises StoreError where it is the store that SQLite cannot use, and not the target."""
    try:
        with closing(sqlite3.connect(store)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        remedy = "see that Smolny's user may write beside it, and that its disk has room"
        raise StoreError(f"The store {store.absolute()} cannot be read ({error}): {remedy}.") from error
    except sqlite3.DatabaseError as error:
        raise damaged(store) from error


def _swap(copy: Path, store: Path) -> Path | None:
    kept = None
    if store.exists():
        with suppress(DamagedStore):  # what people restore for
            close_log(store)
        kept = _unused_name(store)
        # A log that could not be closed would be taken for the backup's.
        for suffix in (*_LOG_SUFFIXES, ""):
            part = store.with_name(store.name + suffix)
            if part.exists():
                os.replace(part, kept.with_name(kept.name + suffix))
    os.replace(copy, store)
    return kept


def _unused_name(store: Path) -> Path:
    """Where the old store is kept. What an earlier restore put aside may be the one that somebody still wants."""
    first = store.with_name(f"{store.name}.before-restore")
    names = itertools.chain([first], (first.with_name(f"{first.name}-{number}") for number in itertools.count(2)))
    return next(name for name in names if not name.exists())


def close_log(store: Path) -> None:
    """Bring what the write-ahead log holds into the file.

    Raises StoreError where somebody else has it open or it may not be written to, and DamagedStore.
    """
    try:
        with closing(sqlite3.connect(store, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & _PRIMARY_CODE not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreError(f"The store {store.absolute()} cannot be used ({error}): make it writable.") from error
        raise StoreError(f"The store {store.absolute()} is in use: stop Smolny first, then try again.") from None
    except sqlite3.DatabaseError as error:
        raise damaged(store) from error


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        # One file, without a log beside it, that can be carried anywhere.
        new.execute("PRAGMA journal_mode = DELETE")


def _copy_sound(store: Path, target: Path) -> None:
    """Copy a store. Raises StoreError where it is the store that cannot be read, and not the target."""
    try:
        _copy(store, target)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise damaged(store) from error


def _check(file: Path) -> None:
    """Raises StoreError where a file is no sound store of this version or an older one."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        [verdict] = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise StoreError(f"{file.absolute()} is damaged: use another backup.")
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "migrations" not in tables:
            raise StoreError(f"{file.absolute()} isn't a store of Smolny's: name the file that `backup` wrote.")
        [newest] = connection.execute("SELECT max(number) FROM migrations").fetchone()
    if newest and newest > own_migrations()[-1].number:
        raise StoreError(f"{file.absolute()} is of a newer version of Smolny: install that one first.")


@contextmanager
def _plain_errors(file: Path, remedy: str) -> Iterator[None]:
    """Turn what SQLite and the file system say into a sentence."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{file.absolute()} cannot be used ({reason_of(error)}): {remedy}.") from error
