"""Indexes of shelves: the index of a choice of texts, built in a process of its own and kept while it is asked for."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from collections.abc import AsyncIterable, Collection
from contextlib import suppress
from pathlib import Path

import msgspec

from corpus.errors import CorpusError
from corpus.indexing import index_files, shelf_files
from corpus.indexing.shelf_job import ShelfJob, message
from corpus.progress import Progress, unseen


async def ensure_shelf(
    base: Path,
    key: str,
    texts: AsyncIterable[bytes],
    unused: Collection[str],
    sentences: int = 0,
    progress: Progress = unseen,
) -> Path:
    """The index of the corpus whose index is in `base`, with the frozen `texts` added and without the `unused` ones.

    `key` names that choice: the same key is the same index. It is built in a process of its own where it is not there,
    to which the texts go one after the other. Raises CorpusError where it cannot be. `sentences` is how many the added
    texts have, for `progress`.
    """
    cache, sources = shelf_files.folder(base), _sources(base, key)
    found = await asyncio.to_thread(_find_index, cache, sources)
    job = ShelfJob(str(base), frozenset(unused), str(cache), sources, sentences)
    return found or await _build_index(job, texts, progress)


def _sources(base: Path, key: str) -> str:
    """The hash of what a shelf's index is made from: the name of the base has that of the code and the base's texts."""
    return hashlib.sha256(f"{base.name}\0{key}".encode()).hexdigest()[:16]


def _find_index(cache: Path, sources: str) -> Path | None:
    for file in index_files.indexes(cache, sources):
        if index_files.is_whole(file):
            with suppress(OSError):
                os.utime(file)
            return file
    return None


async def _build_index(job: ShelfJob, texts: AsyncIterable[bytes], progress: Progress) -> Path:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "corpus.indexing.shelf_child"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(index_files.CODE.parent)},
    )
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the child was started without pipes")
    listening = asyncio.create_task(_last_line(child.stdout, progress))
    try:
        with suppress(ConnectionError):  # it ended early: its status says so
            await _send(child.stdin, job, texts)
        last = await listening
        await child.wait()
    finally:
        listening.cancel()
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()  # a cancelled build leaves no process behind either
    if child.returncode:
        # Where it was killed, its last line is how far it was.
        reason = "the process that builds it was ended" if not last or last.isdecimal() else last
        raise CorpusError(f"{index_files.unwritten(Path(job.cache), reason)}.")
    await asyncio.to_thread(shelf_files.clear, Path(job.cache))
    return Path(last)


async def _send(stdin: asyncio.StreamWriter, job: ShelfJob, texts: AsyncIterable[bytes]) -> None:
    stdin.write(message(msgspec.msgpack.encode(job)))
    async for text in texts:
        stdin.write(message(text))
        await stdin.drain()
    stdin.close()


async def _last_line(stdout: asyncio.StreamReader, progress: Progress) -> str:
    """The last line that the child writes. Those before it are per cents."""
    last = ""
    async for line in stdout:
        last = line.decode().strip()
        if last.isdecimal():
            progress(int(last) / 100)
    return last
