"""Bring a database up to what this version of the code expects.

Migrations are files such as `0002_subscriptions.sql`, numbered from 1 without a gap. Each is applied once, in its
number's turn, in a transaction of its own. An applied file is never edited: its checksum is kept to notice.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from bot.storage.errors import StoreError
from bot.storage.session import Row, Session

MIGRATIONS = Path(__file__).with_name("migrations")


class Database(Protocol):
    """What both databases are to the store."""

    reader: Session

    def transaction(self) -> AbstractAsyncContextManager[Session]: ...

    async def close(self) -> None: ...


class Migration(Struct, frozen=True):
    """One file of statements."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations(folder: Path) -> list[Migration]:
    """The migrations of a folder, in order. Line ends are read alike, whatever the checkout made of them."""
    found = [
        Migration(int(file.stem.partition("_")[0]), file.stem, file.read_text("utf-8"))
        for file in sorted(folder.glob("*.sql"))
    ]
    if [one.number for one in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"migrations are numbered from 1 without a gap, not {[one.name for one in found]}")
    return found


async def migrate(database: Database, folder: Path = MIGRATIONS) -> None:
    """Apply what is missing. Several processes may do this at once. Raises StoreError."""
    known = migrations(folder)
    while await _apply_next(database, known):
        pass


async def _apply_next(database: Database, known: Sequence[Migration]) -> bool:
    """Apply one migration, if one is missing: asked under the lock, as another process may be at it."""
    async with database.transaction() as tx:
        await tx.lock_migrations()
        await tx.create_migrations()
        applied = await tx.applied_migrations()
        _check(applied, known)
        if len(applied) == len(known):
            return False
        migration = known[len(applied)]
        for statement in statements(migration.sql):
            await tx.execute(statement)
        await tx.record_migration(number=migration.number, name=migration.name, checksum=migration.checksum)
        return True


def _check(applied: Sequence[Row], known: Sequence[Migration]) -> None:
    if len(applied) > len(known):
        raise StoreError(
            f"The store is of a newer Smolny (at migration {len(applied)}, while this version knows {len(known)}): "
            "get the newer version, or set DATABASE_URL to another database."
        )
    for row, migration in zip(applied, known, strict=False):
        if row["checksum"] != migration.checksum:
            raise StoreError(
                f"The migration {migration.name} is not the one that this store was made with ({row['name']}): "
                "put the original file back, and make the change in a new migration."
            )


def statements(sql: str) -> Iterator[str]:
    """The single statements of a script: SQLite's own way to run a script commits the transaction it stands in."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in statement.splitlines()):
        raise ValueError(f"the last statement does not end: {statement.strip()}")
