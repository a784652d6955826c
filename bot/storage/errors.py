"""What can go wrong with the store: before it is open, and what the log calls what goes wrong later."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot be opened. The message tells whoever runs the bot what is wrong, and what mends it."""


class DamagedStore(StoreError):
    """The store is a file that SQLite cannot read."""


def error_name(error: BaseException) -> str:
    """An error's class, with its database's own code if it has one: `OperationalError SQLITE_FULL`. No words of it."""
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
