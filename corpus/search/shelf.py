"""Indexes of shelves: the index of a choice of texts, built in a process of its own and kept while it is asked for."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
from msgspec import structs

from corpus.errors import CorpusError
from corpus.model import Event, Notes, Text
from corpus.reference import Reference
from corpus.search import build

KEPT: Final = 64
"""Files of shelves' indexes that stay in the cache, the newest ones."""


class ShelfJob(msgspec.Struct, frozen=True):
    """What the process that builds an index is told."""

    contents: build.Contents
    cache: str
    sources: str


async def ensure_shelf(base: Path, key: str, texts: Sequence[Text], unused: Collection[str]) -> Path:
    """The index of the corpus whose index is in `base`, with `texts` added and without the `unused` ones.

    `key` names that choice: the same key is the same index. It is built in a process of its own where it is not there.
    Raises CorpusError where it cannot be.
    """
    cache, sources = base.parent / "shelves", _sources(base, key)
    found = await asyncio.to_thread(_found, cache, sources)
    if found is not None:
        return found
    contents = await asyncio.to_thread(_contents, base, texts, frozenset(unused))
    return await _built(ShelfJob(contents, str(cache), sources))


def has_index(base: Path, key: str) -> bool:
    """Whether the index of a choice of texts is there already."""
    return _found(base.parent / "shelves", _sources(base, key)) is not None


def _sources(base: Path, key: str) -> str:
    """The hash of what a shelf's index is made from: the name of the base has that of the code and the base's texts."""
    return hashlib.sha256(f"{base.name}\0{key}".encode()).hexdigest()[:16]


def _found(cache: Path, sources: str) -> Path | None:
    for file in build.indexes(cache, sources):
        if build.is_whole(file):
            with suppress(OSError):
                os.utime(file)
            return file
    return None


def _contents(base: Path, texts: Sequence[Text], unused: frozenset[str]) -> build.Contents:
    shipped = build.contents(base)
    chosen = tuple(text for text in (*shipped.texts, *texts) if text.id not in unused)
    return build.Contents(chosen, notes_on(shipped.notes, {text.id for text in chosen}))


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
        glossary=tuple(one for one in notes.glossary if is_on(one.references)),
        facts=tuple(one for one in notes.facts if is_on(one.references)),
        questions=tuple(one for one in notes.questions if is_on(one.references)),
    )


def _event_on(event: Event, references: tuple[Reference, ...], people: Collection[str]) -> Event:
    concerns = tuple(one for one in event.concerns if one in people)
    return structs.replace(event, references=references, concerns=concerns)


async def _built(job: ShelfJob) -> Path:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "corpus.search.shelf_child"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(build.CODE.parent)},
    )
    try:
        said, _ = await child.communicate(await asyncio.to_thread(msgspec.msgpack.encode, job))
    finally:
        with suppress(ProcessLookupError):
            child.kill()
    if child.returncode:
        raise CorpusError(f"The index of the texts cannot be written in {job.cache}.")
    await asyncio.to_thread(_clear, Path(job.cache))
    return Path(said.decode().strip())


def _clear(cache: Path) -> None:
    """Remove the indexes that nobody has asked for longest, beyond KEPT."""
    files = sorted(build.indexes(cache), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[KEPT:]:
        build.remove_index(file)
