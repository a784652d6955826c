"""The process that builds the index of a shelf: a job on standard input, the file's name on standard output."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from corpus.search.build import build_index
from corpus.search.shelf import ShelfJob


def main() -> None:
    """Build one index, more gently than whoever answers meanwhile."""
    with suppress(AttributeError, OSError):
        os.nice(5)
    job = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=ShelfJob)
    texts = {text.id: text for text in job.contents.texts}
    file = build_index(texts, job.contents.notes, Path(job.cache), job.sources)
    sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main()
