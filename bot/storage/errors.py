"""What can go wrong with the store and with files, and how to say it in a sentence or in the log."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Mapping

_MORE_ROOM = "make room on the disk, or set DATABASE_URL or DATA_DIR to another one"
REMEDIES: Mapping[int | None, str] = {
    sqlite3.SQLITE_FULL: _MORE_ROOM,
    # What a quota or a limit of files' sizes comes as.
    sqlite3.SQLITE_IOERR: _MORE_ROOM,
    sqlite3.SQLITE_BUSY: "end the other program that has locked it, or wait until that is done",
}
"""What mends SQLite, by its error codes."""
_UNUSABLE = {*REMEDIES, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
_UNUSABLE_STATES = ("08", "28", "3D", "53", "57", "58", "25006", "55P03")
"""How PostgreSQL's codes begin for connections, logins, a missing database, room, shutdowns, disks, and locks."""


class StoreError(Exception):
    """The store cannot be opened. The message is one sentence on what is wrong, and how to mend it."""


class DamagedStore(StoreError):
    """The store is a file that SQLite cannot read."""


class StoreAway(Exception):
    """The database's server cannot be reached, or does not answer; its cause is what the system says of that.

    It is no OSError, or whoever waits for a platform would take it for the platform's network.
    """


def is_unusable(error: Exception) -> bool:
    """Whether it is the store that is out of reach, full or locked, and not a query that is wrong."""
    state = getattr(error, "sqlstate", None) or ""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return isinstance(error, StoreAway) or code in _UNUSABLE or state.startswith(_UNUSABLE_STATES)


def reason_of(error: Exception) -> str:
    """What the system says of a file that it could not open, read or write, for the middle of a sentence."""
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or str(error) or "no reason given").lower()


def database_errors() -> tuple[type[Exception], ...]:
    """What a database raises while it is in use; PostgreSQL's library is not loaded for that.

    What else that library raises comes as StoreAway.
    """
    asyncpg = sys.modules.get("asyncpg")
    return (sqlite3.Error, StoreAway, *((asyncpg.PostgresError, asyncpg.InterfaceError) if asyncpg else ()))


def failure(error: Exception) -> str:
    """What a command says where the store fails in its middle, and what mends it."""
    remedy = REMEDIES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "docs/operations.md says what it may be")
    return f"The store failed before this was done ({error_name(error)}): {remedy}."


def error_name(error: BaseException) -> str:
    """An error's class, with its database's own code if it has one: `OperationalError SQLITE_FULL`. No words of it."""
    if isinstance(error, StoreAway) and error.__cause__:
        return error_name(error.__cause__)
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
