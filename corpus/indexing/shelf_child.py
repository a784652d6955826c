"""The process that builds the index of a shelf: a job and its texts come in; per cents and the file's name go out."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from corpus.indexing.shelf_build import build_shelf
from corpus.progress import each_per_cent


def main() -> None:
    """Build one index, at a lower priority than the process that answers meanwhile."""
    with suppress(AttributeError, OSError):
        os.nice(5)
    sys.stdout.write(f"{build_shelf(sys.stdin.buffer, each_per_cent(_write_per_cent))}\n")


def _write_per_cent(done: int) -> None:
    sys.stdout.write(f"{done}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
