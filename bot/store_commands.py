"""The store's commands: `backup` and `restore`."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any, Final

from bot.core.errors import SetupError
from bot.settings import Settings, home_path
from bot.storage.backup import back_up, restore

NAMES: Final = ("backup", "restore")


def add_parsers(commands: Any) -> None:
    """Adds the store's commands to the parser of the command line."""
    backup = commands.add_parser("backup", help="write a checked copy of the store, while the bot runs")
    backup.add_argument("file", type=Path, help="where to write it")
    back = commands.add_parser("restore", help="put a backup in the store's place, while the bot is stopped")
    back.add_argument("file", type=Path, help="the file that backup wrote")


def run(settings: Settings, chosen: Namespace) -> int:
    """The exit status. Raises SetupError, StoreError."""
    store, file = _store_file(settings), home_path("The path", chosen.file)
    if chosen.command == "backup":
        size = back_up(store, file)
        sys.stdout.write(f"Backed up to {file}, {size:,} bytes, checked.\n")
        return 0
    kept = restore(file, store)
    sys.stdout.write(f"Restored {store} from {file}.{f' What was there is now {kept.name}.' if kept else ''}\n")
    return 0


def _store_file(settings: Settings) -> Path:
    scheme, separator, rest = settings.store_url.partition("://")
    if not separator:
        return Path(settings.store_url)
    if scheme == "sqlite":
        return Path(rest.removeprefix("/"))
    raise SetupError("The store is in PostgreSQL: back it up with pg_dump, and restore it with pg_restore.")
