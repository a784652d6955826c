"""Building the index of a shelf, from a job and the texts that are added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import structs

from corpus.index_file import IndexFile
from corpus.indexing import build, index_files
from corpus.indexing.partial import PartialIndex, PartialIndexes, partial_name
from corpus.indexing.shelf_job import ShelfJob, messages
from corpus.note_model import Event, Notes
from corpus.progress import Progress, counted
from corpus.quotations.token_rows import TokenReader
from corpus.reference import Reference
from corpus.search.paraphrases import kept_rows
from corpus.search.passages import PassageStore
from corpus.source.frozen import thaw
from corpus.text_model import Text

_SHARE = 0.85  # of the work on an index that is done when all sentences are written


def build_shelf(stream: BinaryIO, progress: Progress) -> Path:
    """Builds the index of a job that is on a stream, with the texts after it."""
    received = messages(stream)
    job = msgspec.msgpack.decode(next(received), type=ShelfJob)
    with closing(IndexFile(Path(job.base))) as base:
        shipped = index_files.contents(base)
        used = [one for one in shipped.texts if one.id not in job.unused]
        paraphrases = [one for one in kept_rows(base) if one.reference.text not in job.unused]
        passages = PassageStore(base)
        total = job.sentences + sum(passages.count(one.id) for one in used)
        done = counted(count(), round(total / _SHARE), progress)
        cache, reader = Path(job.cache), TokenReader(shipped.notes.spellings)
        cache.mkdir(parents=True, exist_ok=True)
        partials = PartialIndexes(cache, reader, lambda: next(done))
        joined = (one for one in _partials(partials, job, used, received) if one.header.id not in job.unused)
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


def notes_on(notes: Notes, texts: Collection[str]) -> Notes:
    """The notes as far as they are on these texts; what rests on other texts alone is left out.

    What rests on no text, as an event that the texts leave out does, stays beside whatever the notes are on.
    """
    is_noted = any(one.text in texts for event in notes.events for one in event.references)

    def on(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
        return tuple(one for one in references if one.text in texts)

    def stays(references: tuple[Reference, ...]) -> bool:
        return bool(on(references)) if references else is_noted

    def is_on(references: tuple[Reference, ...]) -> bool:
        return bool(references) and all(one.text in texts for one in references)

    people = tuple(structs.replace(one, references=on(one.references)) for one in notes.people if stays(one.references))
    known = {one.id for one in people}
    events = tuple(_event_on(one, on(one.references), known) for one in notes.events if stays(one.references))
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
