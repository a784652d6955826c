"""Passages in the index: paragraphs and sentences by number, read when asked for, with a bounded cache."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple, overload

import msgspec
from msgspec import structs

from corpus.index_file import IndexFile
from corpus.reference import Reference
from corpus.search.part import SearchPart
from corpus.text_model import Paragraph, Paragraphs, Text, TextSpeaker

SCHEMA = """
CREATE TABLE source (
    text TEXT PRIMARY KEY, tag TEXT NOT NULL, paragraph INTEGER NOT NULL, paragraphs INTEGER NOT NULL,
    sentence INTEGER NOT NULL, sentences INTEGER NOT NULL
);
CREATE TABLE paragraph (
    id INTEGER PRIMARY KEY, text TEXT NOT NULL, number INTEGER NOT NULL, sentence INTEGER NOT NULL,
    heading TEXT NOT NULL, content BLOB NOT NULL
);
CREATE TABLE speaker (text TEXT NOT NULL, name TEXT NOT NULL, kind TEXT, person TEXT);
CREATE UNIQUE INDEX paragraph_number ON paragraph (text, number);
CREATE INDEX paragraph_heading ON paragraph (text, id) WHERE heading <> '';
CREATE TABLE sentence (
    id INTEGER PRIMARY KEY, text TEXT NOT NULL, paragraph INTEGER NOT NULL, number INTEGER NOT NULL, words TEXT NOT NULL
);
"""
_KEPT = 4_096  # paragraphs in memory: some megabytes
_RUN = 256  # paragraphs that are read at once where one follows the other


class TextPlace(NamedTuple):
    """Where a text is in the index: its tag, and the ids of its first paragraph and sentence."""

    tag: str
    paragraph: int
    sentence: int


class PassageWriter:
    """Writes texts into a database that has the tables of SCHEMA. Ids of paragraphs and sentences count from 1."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._texts, self._paragraph, self._sentence = 0, 1, 1

    def add(self, part: SearchPart) -> TextPlace:
        """Writes a text, behind those before it; returns where it is."""
        place = TextPlace(f"t{self._texts}", self._paragraph, self._sentence)
        self._connection.executemany("INSERT INTO paragraph VALUES (?, ?, ?, ?, ?, ?)", _paragraphs(part, place))
        sentences = enumerate(part.sentences, place.sentence)
        rows = ((n, part.text, one.paragraph, one.number, one.words) for n, one in sentences)
        self._connection.executemany("INSERT INTO sentence VALUES (?, ?, ?, ?, ?)", rows)
        speakers = ((part.text, *one) for one in part.speakers)
        self._connection.executemany("INSERT INTO speaker VALUES (?, ?, ?, ?)", speakers)
        many = len(part.paragraphs), len(part.sentences)
        row = (part.text, place.tag, place.paragraph, many[0], place.sentence, many[1])
        self._connection.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?)", row)
        self._texts += 1
        self._paragraph += many[0]
        self._sentence += many[1]
        return place


def _paragraphs(part: SearchPart, place: TextPlace) -> Iterator[tuple[object, ...]]:
    sentence = place.sentence
    for n, one in enumerate(part.paragraphs, place.paragraph):
        yield n, part.text, one.number, sentence, one.heading, one.content
        sentence += one.sentences


class PassageStore:
    """Reads what `PassageWriter` wrote."""

    def __init__(self, index: IndexFile) -> None:
        self._index = index
        self._references: dict[int, Reference] = {}
        self.paragraph = lru_cache(maxsize=_KEPT)(self._paragraph)
        self.is_aside = lru_cache(maxsize=_KEPT)(self._is_aside)

    def texts(self, headers: Iterable[Text]) -> dict[str, Text]:
        """The texts of which these are the headers, with their paragraphs."""
        rows = self._index.rows("SELECT text, paragraph, paragraphs FROM source")
        places = {text: StoredParagraphs(self, self._index, text, first, count) for text, first, count in rows}
        return {one.id: structs.replace(one, paragraphs=places[one.id]) for one in headers}

    def references(self, sentences: Sequence[int]) -> list[Reference]:
        """The references of sentences by their ids, in that order."""
        known = self._references
        with suppress(KeyError):
            return [known[one] for one in sentences]  # of a small corpus, nearly always
        found = {one: known[one] for one in sentences if one in known}
        if lacking := [one for one in sentences if one not in found]:
            query = "SELECT id, text, paragraph, number FROM sentence WHERE id IN (SELECT value FROM json_each(?))"
            rows = self._index.rows(query, (msgspec.json.encode(lacking).decode(),))
            found |= {row[0]: Reference(*row[1:]) for row in rows}
            self._references = {**known, **found} if len(known) + len(found) <= _KEPT else found
        return [found[one] for one in sentences]

    def count(self, text: str | None = None) -> int:
        """How many sentences a text has, or all of them."""
        ((count,),) = self._index.rows(
            "SELECT coalesce(sum(sentences), 0) FROM source WHERE :text IS NULL OR text = :text", {"text": text}
        )
        return int(count)

    def sentence_at(self, place: int, text: str | None = None) -> Reference:
        """The sentence at a place, from 0, of a text or of all."""
        ((first,),) = self._index.rows(
            "SELECT min(sentence) FROM source WHERE :text IS NULL OR text = :text", {"text": text}
        )
        return self.references([first + place])[0]

    def ids(self, reference: Reference) -> range:
        """The ids of the sentences of a passage. Raises LookupError where there is none."""
        query = "SELECT id, sentence FROM paragraph WHERE text = ? AND number = ?"
        rows = self._index.rows(query, (reference.text, reference.paragraph))
        if not rows:
            raise LookupError(str(reference))
        paragraph = self.paragraph(rows[0][0])
        places = range(len(paragraph.sentences))[paragraph.places(reference)]
        return range(rows[0][1] + places.start, rows[0][1] + places.stop)

    def sample(self, most: int) -> list[Reference]:
        """Sentences from all over the texts, evenly spaced, or all where there are not so many."""
        count = self.count()
        return self.references(range(1, count + 1, max(1, -(-count // most))))

    def _is_aside(self, sentence: int) -> bool:
        """Whether a sentence, by its id, is a stage direction or an interjection in brackets."""
        from corpus.source.stage_directions import is_aside

        query = (
            "SELECT paragraph.id, sentence.number FROM sentence JOIN paragraph"
            " ON paragraph.text = sentence.text AND paragraph.number = sentence.paragraph"
            " WHERE sentence.id = ? AND substr(sentence.words, 1, 1) IN ('(', '[')"
        )
        return any(is_aside(self.paragraph(one), number) for one, number in self._index.rows(query, (sentence,)))

    def _paragraph(self, number: int) -> Paragraph:
        ((content,),) = self._index.rows("SELECT content FROM paragraph WHERE id = ?", (number,))
        return msgspec.msgpack.decode(content, type=Paragraph)


class StoredParagraphs(Paragraphs):
    """The paragraphs of one text in the index: `count` of them, the first of which has the id `first`."""

    def __init__(self, store: PassageStore, index: IndexFile, text: str, first: int, count: int) -> None:
        self._store, self._index, self._text, self._first, self._count = store, index, text, first, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Paragraph: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Paragraph]: ...
    def __getitem__(self, place: int | slice) -> Paragraph | Sequence[Paragraph]:
        if isinstance(place, slice):
            return tuple(self._store.paragraph(self._first + n) for n in range(*place.indices(self._count)))
        if not -self._count <= place < self._count:
            raise IndexError(place)
        return self._store.paragraph(self._first + place % self._count)

    def __iter__(self) -> Iterator[Paragraph]:
        """All, past the cache: reading everything must not drive out what others are reading."""
        query = "SELECT content FROM paragraph WHERE id >= ? AND id < ? ORDER BY id"
        end = self._first + self._count
        for start in range(self._first, end, _RUN):
            for (content,) in self._index.rows(query, (start, min(start + _RUN, end))):
                yield msgspec.msgpack.decode(content, type=Paragraph)

    def place(self, number: int) -> int | None:
        if 1 <= number <= self._count and self[number - 1].number == number:
            return number - 1
        rows = self._index.rows("SELECT id FROM paragraph WHERE text = ? AND number = ?", (self._text, number))
        return rows[0][0] - self._first if rows else None

    def nearest(self, number: int) -> int:
        before = "SELECT max(number) FROM paragraph WHERE text = ? AND number <= ?"
        after = "SELECT min(number) FROM paragraph WHERE text = ? AND number >= ?"
        found = [self._index.rows(query, (self._text, number))[0][0] for query in (before, after)]
        return min((int(one) for one in found if one is not None), key=lambda one: abs(one - number))

    def speakers(self) -> frozenset[TextSpeaker]:
        rows = self._index.rows("SELECT name, kind, person FROM speaker WHERE text = ?", (self._text,))
        return frozenset(TextSpeaker(*row) for row in rows)

    def headings(self, place: int, limit: int) -> list[int]:
        before = "SELECT id FROM paragraph WHERE text = ? AND heading <> '' AND id <= ? ORDER BY id DESC LIMIT ?"
        after = "SELECT id FROM paragraph WHERE text = ? AND heading <> '' AND id > ? ORDER BY id LIMIT ?"
        found = [self._index.rows(query, (self._text, self._first + place, limit)) for query in (before, after)]
        earlier, later = ([row[0] - self._first for row in rows] for rows in found)
        return [*reversed(earlier), *later]
