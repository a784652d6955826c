"""Which process holds an SQLite file for writing, as far as the system says so: Linux does."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_LOCKS: Final = Path("/proc/locks")
_WRITING: Final = 120
"""The byte of the file beside the write-ahead log that SQLite locks while it writes."""


def holder(file: Path) -> int | None:
    """The process that is in a write transaction; None where none is, or none that is known.

    The file is not opened for that: as a process closes it, it loses all locks that it has there.
    """
    try:
        inode = str(file.with_name(f"{file.name}-shm").stat().st_ino)
        locks = _LOCKS.read_text()
    except OSError:
        return None
    for line in locks.splitlines():
        # Such as: 1: POSIX ADVISORY WRITE 595 00:1b:61733 120 120
        _, *kind, process, where, first, last = line.split()
        is_there = kind == ["POSIX", "ADVISORY", "WRITE"] and where.rpartition(":")[2] == inode
        if is_there and last != "EOF" and int(first) <= _WRITING <= int(last) and int(process) > 0:
            return int(process)
    return None
