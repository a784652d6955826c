"""The store's commands: `backup`, `restore` and `copy-store`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from bot.core.errors import SetupError
from bot.settings import Settings, checked_database, home_path
from bot.storage.address import sqlite_file
from bot.storage.backup import back_up, restore


async def run(settings: Settings, chosen: Namespace) -> int:
    """The exit status. Raises SetupError, StoreError."""
    if chosen.command == "copy-store":
        return await _copy(chosen.stores)
    store, file = _store_file(settings), home_path("The path", chosen.file)
    if chosen.command == "backup":
        size = back_up(store, file)
        sys.stdout.write(f"Backed up to {file}, {size:,} bytes, checked.\n")
        return 0
    kept = restore(file, store)
    sys.stdout.write(f"Restored {store} from {file}.{f' What was there is now {kept.name}.' if kept else ''}\n")
    return 0


async def _copy(stores: Sequence[str]) -> int:
    if len(stores) != 2:
        raise SetupError("copy-store takes two stores, FROM and TO: a file or an address each, in quotation marks.")
    source, target = (checked_database(name, url) for name, url in zip(("FROM", "TO"), stores, strict=True))
    from bot.storage.copy import copy_store

    sums, is_new = await copy_store(source, target)
    for name, one in sums.items():
        sys.stdout.write(f"{name}: {one.rows:,}\n")
    total = f"{sum(one.rows for one in sums.values()):,} rows in {len(sums)} tables"
    sys.stdout.write(f"Copied {total}, checked.\n" if is_new else f"TO has this copy already: {total}, checked.\n")
    return 0


def _store_file(settings: Settings) -> Path:
    if (file := sqlite_file(settings.store_url)) is not None:
        return file
    raise SetupError("The store is in PostgreSQL: back it up with pg_dump, and restore it with pg_restore.")
