"""What it takes to add a book to a full shelf, and to remove one: `python -m tests.bench.shelf`, some two minutes.

The index that is left is compared with one that was built whole of the same texts.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from hashlib import sha256
from pathlib import Path

from bot.core.library import MOST_WORDS
from corpus import SHIPPED
from corpus.corpus import Corpus
from corpus.indexing.shelf import ensure_shelf
from corpus.source.frozen import freeze
from tests.bench.scale_texts import scale_texts, source_sentences

_OF_A_BOOK = 6_150  # sentences of the King James Bible, which have 150,000 words
_BOOKS = MOST_WORDS // 150_000 + 1


async def measure(folder: Path) -> None:
    """Prints a line for each step: processor, clock, and the most memory of a building process so far."""
    books = [freeze(one) for one in scale_texts(_BOOKS * _OF_A_BOOK, source_sentences(), _OF_A_BOOK)]
    base = await Corpus.open(SHIPPED, folder)
    await base.close()
    removed = [*books[:10], *books[11:]]
    await _built("a full shelf but one", base.file, books[:-1])
    await _built("a book added", base.file, books)
    joined = await _built("a book removed", base.file, removed)
    for file in joined.parent.glob("*.partial"):
        file.unlink()
    before = _digests(joined)
    joined.unlink()
    whole = await _built("the same built whole", base.file, removed)
    sys.stdout.write("the same index\n" if _digests(whole) == before else "ANOTHER INDEX\n")


async def _built(name: str, base: Path, books: Sequence[bytes]) -> Path:
    async def each() -> AsyncIterator[bytes]:
        for one in books:
            yield one

    before, start = _processor(), time.perf_counter()
    file = await ensure_shelf(base, sha256(b"".join(books)).hexdigest(), each(), ())
    processor, clock = _processor() - before, time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    sys.stdout.write(f"{name}: {processor:.1f} s of a processor, {clock:.1f} s by the clock, {memory} MB\n")
    return file


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _digests(index: Path) -> dict[str, str]:
    """The hash of each file of an index."""
    files = index.parent.glob(f"{index.stem}.*")
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in files}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        asyncio.run(measure(Path(made)))
