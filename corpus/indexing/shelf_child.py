"""The process that builds the index of a shelf: a job and its texts come in, the name of the file goes out."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from corpus.indexing.shelf import build_shelf


def main() -> None:
    """Build one index, more gently than whoever answers meanwhile."""
    with suppress(AttributeError, OSError):
        os.nice(5)
    sys.stdout.write(f"{build_shelf(sys.stdin.buffer)}\n")


if __name__ == "__main__":
    main()
