"""Addresses of stores: a file's path, `sqlite:///file`, or `postgresql://user:password@host/database`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from bot.storage.errors import StoreError


def sqlite_file(address: str) -> Path | None:
    """The file that an address names; None where it is a server's."""
    scheme, separator, rest = address.partition("://")
    if not separator:
        return Path(address)
    return Path(rest.removeprefix("/")) if scheme == "sqlite" else None


def check_server(address: str) -> None:
    """Raises StoreError where an address is neither a file's nor a server's, or where no library speaks to one."""
    if address.partition("://")[0] not in {"postgresql", "postgres"}:
        # Nothing of it is repeated: it may hold a password.
        raise StoreError("DATABASE_URL begins neither with sqlite:/// nor with postgresql://: write one of these.")
    if find_spec("asyncpg") is None:
        raise StoreError("PostgreSQL needs one more library: make install brings it.")
