"""What can go wrong with the store and with files, and how to say it in a sentence or in the log."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot be opened. The message is one sentence on what is wrong, and how to mend it."""


class DamagedStore(StoreError):
    """The store is a file that SQLite cannot read."""


def reason_of(error: Exception) -> str:
    """What the system says of a file that it could not open, read or write, for the middle of a sentence."""
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or str(error) or "no reason given").lower()


def error_name(error: BaseException) -> str:
    """An error's class, with its database's own code if it has one: `OperationalError SQLITE_FULL`. No words of it."""
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
