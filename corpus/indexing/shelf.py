"""Indexes of shelves: the index of a choice of texts, built in a process of its own and kept while it is asked for."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from collections.abc import AsyncIterable, Collection, Iterable, Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import structs

from corpus.errors import CorpusError
from corpus.index_file import IndexFile
from corpus.indexing import build, index_files, shelf_files
from corpus.indexing.partial import PartialIndex, PartialIndexes, partial_name
from corpus.note_model import Event, Notes
from corpus.progress import Progress, counted, unseen
from corpus.quotations.token_rows import TokenReader
from corpus.reference import Reference
from corpus.search.paraphrases import read_paraphrases
from corpus.search.passages import PassageStore
from corpus.source.frozen import thaw
from corpus.text_model import Text

_LENGTH = 8  # bytes of a length
_SHARE = 0.85  # of the work on an index that is done when all sentences are written


class ShelfJob(msgspec.Struct, frozen=True):
    """What the process that builds an index is told, before it gets the texts that are added, each frozen."""

    base: str
    unused: frozenset[str]
    cache: str
    sources: str
    sentences: int


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


def build_shelf(stream: BinaryIO, progress: Progress) -> Path:
    """Builds the index of a job that is on a stream, with the texts after it."""
    messages = _messages(stream)
    job = msgspec.msgpack.decode(next(messages), type=ShelfJob)
    with closing(IndexFile(Path(job.base))) as base:
        shipped = index_files.contents(base)
        used = [one for one in shipped.texts if one.id not in job.unused]
        paraphrases = (one for one in read_paraphrases(base) if one.reference.text not in job.unused)
        passages = PassageStore(base)
        total = job.sentences + sum(passages.count(one.id) for one in used)
        done = counted(count(), round(total / _SHARE), progress)
        cache, reader = Path(job.cache), TokenReader(shipped.notes.spellings)
        cache.mkdir(parents=True, exist_ok=True)
        partials = PartialIndexes(cache, reader, lambda: next(done))
        joined = (one for one in _partials(partials, job, used, messages) if one.header.id not in job.unused)
        notes = notes_on(shipped.notes, {one.id for one in used})
        return build.join_indexes(joined, notes, cache, job.sources, paraphrases)


def _partials(
    partials: PartialIndexes, job: ShelfJob, used: Iterable[Text], added: Iterable[bytes]
) -> Iterator[PartialIndex]:
    """The partial index of each text. The name of the base's index stands for the code and the base's texts."""
    base = Path(job.base).name.encode()
    for text in used:
        yield partials.ensure(partial_name(base, text.id.encode()), text)
    for content in added:
        yield partials.ensure(partial_name(base, b"added", content), thaw(content))


def _message(content: bytes) -> bytes:
    """Content as it is written to a stream: after its length."""
    return len(content).to_bytes(_LENGTH) + content


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    while length := stream.read(_LENGTH):
        yield stream.read(int.from_bytes(length))


def notes_on(notes: Notes, texts: Collection[str]) -> Notes:
    """The notes as far as they are on these texts; what rests on none of them is left out."""

    def on(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
        return tuple(one for one in references if one.text in texts)

    def is_on(references: tuple[Reference, ...]) -> bool:
        return bool(references) and all(one.text in texts for one in references)

    people = tuple(structs.replace(one, references=on(one.references)) for one in notes.people if on(one.references))
    known = {one.id for one in people}
    events = tuple(_event_on(one, on(one.references), known) for one in notes.events if on(one.references))
    topics = tuple(structs.replace(one, references=on(one.references)) for one in notes.topics if on(one.references))
    return structs.replace(
        notes,
        people=people,
        events=events,
        topics=topics,
        highlights=on(notes.highlights),
        examples=tuple(one for one in notes.examples if one.text in texts),
        glossary=tuple(one for one in notes.glossary if is_on(one.references)),
        facts=tuple(one for one in notes.facts if is_on(one.references)),
        questions=tuple(one for one in notes.questions if is_on(one.references)),
    )


def _event_on(event: Event, references: tuple[Reference, ...], people: Collection[str]) -> Event:
    concerns = tuple(one for one in event.concerns if one in people)
    return structs.replace(event, references=references, concerns=concerns)


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
        file = await listening
        await child.wait()
    finally:
        listening.cancel()
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()  # whoever was cancelled leaves no process behind either
    if child.returncode:
        raise CorpusError(f"The index of the texts cannot be written in {job.cache}.")
    await asyncio.to_thread(shelf_files.clear, Path(job.cache))
    return Path(file)


async def _send(stdin: asyncio.StreamWriter, job: ShelfJob, texts: AsyncIterable[bytes]) -> None:
    stdin.write(_message(msgspec.msgpack.encode(job)))
    async for text in texts:
        stdin.write(_message(text))
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
