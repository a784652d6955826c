"""The files of shelves' indexes beside a base's: which texts they hold, and which of them stay."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

import msgspec

from corpus.index_file import IndexFile
from corpus.indexing import index_files
from corpus.indexing.partial import SUFFIX
from corpus.text_model import Text

KEPT: Final = 64
"""Files of shelves' indexes that stay in the cache, the newest ones."""


def folder(base: Path) -> Path:
    """Where the indexes of shelves are that are made with a base's index."""
    return base.parent / "shelves"


def editions(base: Path) -> dict[Path, set[tuple[str, str]]]:
    """The index files of shelves, each with the ids and editions of the texts that are in it."""
    return {file: set(_editions(file)) for file in index_files.indexes(folder(base))}


def _editions(file: Path) -> list[tuple[str, str]]:
    # Another version's index, or one that somebody else is just removing, is read by nobody.
    with closing(IndexFile(file)) as index, suppress(sqlite3.DatabaseError, msgspec.DecodeError):
        ((kept,),) = index.rows("SELECT texts FROM contents")
        return [(one.id, one.edition_hash) for one in msgspec.msgpack.decode(kept, type=tuple[Text, ...])]
    return []


def remove(base: Path, files: Collection[Path]) -> None:
    """Remove index files of shelves, and what belongs to none that is left."""
    for file in files:
        index_files.remove_index(file)
    clear(folder(base))


def clear(cache: Path) -> None:
    """Remove the indexes that nobody has asked for longest, beyond KEPT, and what belongs to none that is left."""
    files = sorted(index_files.indexes(cache), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[KEPT:]:
        index_files.remove_index(file)
    used = {name for file in files[:KEPT] for name in index_files.partial_names(file)}
    index_files.remove_left(one for one in cache.glob(f"*{SUFFIX}") if one.stem not in used)
    index_files.clear_unfinished(cache)
