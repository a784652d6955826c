"""The index file, read-only: rows by SQL, each thread with a connection of its own; and files that are mapped."""

from __future__ import annotations

import mmap
import os
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import finalize

from corpus.errors import IndexUnreadable

_SMALL = 8_000_000  # bytes of a file that may stay in memory


class MappedFile:
    """A file beside an index that is mapped into memory, not read. A file without a byte is none to the system."""

    def __init__(self, file: Path) -> None:
        self._descriptor = os.open(file, os.O_RDONLY)
        finalize(self, os.close, self._descriptor)
        is_empty = file.stat().st_size == 0
        self.content = b"" if is_empty else mmap.mmap(self._descriptor, 0, access=mmap.ACCESS_READ)

    def read(self, start: int, size: int) -> bytes:
        """Some bytes, for which nothing is mapped: the system maps megabytes around whatever is looked at."""
        return os.pread(self._descriptor, size, start) if hasattr(os, "pread") else self.content[start : start + size]

    def release(self) -> None:
        """Give back the memory of what was looked at in a large file; the system still has it at hand."""
        if isinstance(self.content, mmap.mmap) and len(self.content) > _SMALL:
            with suppress(AttributeError, OSError):  # not on every system
                self.content.madvise(mmap.MADV_DONTNEED)


class IndexFile:
    """An index file. Connections are opened at first need, also after `close`: nobody waits for another's query."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        # A thread goes on after the task that waited for it was cancelled, and may open one after `close`.
        finalize(self, _close, self._connections).atexit = False

    def rows(self, query: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query. Raises IndexUnreadable, and sqlite3.DatabaseError where the file is no index."""
        connection = self.connection
        try:
            return connection.execute(query, values).fetchall()
        except sqlite3.OperationalError as error:
            raise IndexUnreadable(error) from error

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is None:
            known = self._local.connection = open_read_only(self.file)
            self._connections.append(known)
        return known

    def close(self) -> None:
        """Close every connection; nobody may be using one."""
        self._local = threading.local()
        _close(self._connections)


def _close(connections: list[sqlite3.Connection]) -> None:
    while connections:
        connections.pop().close()


def open_read_only(file: Path) -> sqlite3.Connection:
    """A connection to a file that nobody changes any more, so that no lock is taken. Any thread may close it.

    Raises IndexUnreadable.
    """
    uri = f"file:{quote(str(file))}?mode=ro&immutable=1"
    try:
        return sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise IndexUnreadable(error) from error
