"""Bring a database up to what this version of the code expects.

Migrations are files such as `0002_subscriptions.sql`, each with a number of its own; numbers may have gaps. Each is
applied once, in its number's turn, in a transaction of its own. An applied file is never edited: its checksum is kept
to notice.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from bot.storage.database import Transactional
from bot.storage.errors import StoreError
from bot.storage.session import Session, query

MIGRATIONS = Path(__file__).with_name("migrations")
_OTHER_TEXTS = {10: "e6c09f1ff9cd22b1ffb37d8adc7794bab42a4ae84caf4f62b059554daaedb48d"}
"""The checksum of a migration that some stores were made with before its first text was put back."""


class Migration(Struct, frozen=True):
    """One file of statements."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


class Applied(Struct, frozen=True):
    """A migration that a store has seen."""

    number: int
    name: str
    checksum: str


_CREATE = """
CREATE TABLE IF NOT EXISTS migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL
)
"""


@query("SELECT number, name, checksum FROM migrations ORDER BY number")
async def applied_migrations(session: Session) -> list[Applied]:
    """What a store has seen, in order."""


@query("INSERT INTO migrations (number, name, checksum) VALUES (:number, :name, :checksum)")
async def record_migration(tx: Session, applied: Applied) -> int:
    """Note that a migration was applied."""


def migrations(folder: Path) -> list[Migration]:
    """The migrations of a folder, in order. Line ends are read alike, whatever the checkout made of them."""
    found = [
        Migration(int(file.stem.partition("_")[0]), file.stem, file.read_text("utf-8"))
        for file in sorted(folder.glob("*.sql"))
    ]
    if len({one.number for one in found}) < len(found):
        raise ValueError(f"two migrations have one number: {[one.name for one in found]}")
    return found


@cache
def own_migrations() -> Sequence[Migration]:
    """Those of this version, read once."""
    return tuple(migrations(MIGRATIONS))


async def migrate(database: Transactional, folder: Path = MIGRATIONS) -> None:
    """Apply what is missing. Several processes may do this at once. Raises StoreError."""
    known = own_migrations() if folder == MIGRATIONS else migrations(folder)
    if await _is_up_to_date(database, known):
        return
    while await _apply_next(database, known):
        pass


async def _is_up_to_date(database: Transactional, known: Sequence[Migration]) -> bool:
    """Whether there is nothing to apply: asked without the lock, for which a start would wait behind a slow writer."""
    try:
        applied = {one.number: one for one in await applied_migrations(database.reader)}
    except database.errors:
        # A new store has no such table.
        return False
    _check(applied, known)
    return len(applied) == len(known)


async def _apply_next(database: Transactional, known: Sequence[Migration]) -> bool:
    """Apply one migration, if one is missing: asked under the lock, as another process may be at it."""
    async with database.transaction() as tx:
        await tx.hold("migrations")
        await tx.execute(_CREATE)
        applied = {one.number: one for one in await applied_migrations(tx)}
        _check(applied, known)
        missing = next((one for one in known if one.number not in applied), None)
        if missing is None:
            return False
        for statement in statements(missing.sql):
            await tx.execute(statement)
        await record_migration(tx, Applied(missing.number, missing.name, missing.checksum))
        return True


def _check(applied: Mapping[int, Applied], known: Sequence[Migration]) -> None:
    if unknown := sorted(applied.keys() - {one.number for one in known}):
        raise StoreError(
            f"The store is of a newer Smolny (at migration {unknown[-1]}, which this version does not know): "
            "get the newer version, or set DATABASE_URL to another database."
        )
    for migration in known:
        before = applied.get(migration.number)
        if before and before.checksum not in (migration.checksum, _OTHER_TEXTS.get(migration.number)):
            raise StoreError(
                f"The migration {migration.name} is not the one that this store was made with ({before.name}): "
                "put the original file back, and make the change in a new migration."
            )


def statements(sql: str) -> Iterator[str]:
    """The single statements of a script: SQLite's own way to run a script commits the transaction it is in."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in statement.splitlines()):
        raise ValueError(f"the last statement does not end: {statement.strip()}")
