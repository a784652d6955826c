"""The process that builds the index of a shelf: a job and its texts come in; per cents and the file's name go out.

Where it cannot be written, the reason goes out instead of the name, and the exit status is 1.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import suppress

from corpus.indexing.index_files import reason_of
from corpus.indexing.shelf_build import build_shelf
from corpus.progress import each_per_cent


def main() -> None:
    """Build one index, at a lower priority than the process that answers meanwhile."""
    with suppress(AttributeError, OSError):
        os.nice(5)
    try:
        sys.stdout.write(f"{build_shelf(sys.stdin.buffer, each_per_cent(_write_per_cent))}\n")
    except (OSError, sqlite3.OperationalError) as error:
        sys.stdout.write(f"{reason_of(error)}\n")
        sys.exit(1)


def _write_per_cent(done: int) -> None:
    sys.stdout.write(f"{done}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
