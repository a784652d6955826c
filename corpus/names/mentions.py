"""Mentions: where the texts speak of a person, and whom they name in the same sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from corpus.index_file import IndexFile
from corpus.note_model import Person
from corpus.reference import Reference

SCHEMA = """
CREATE TABLE mention (person INTEGER NOT NULL, sentence INTEGER NOT NULL, PRIMARY KEY (person, sentence)) WITHOUT ROWID;
CREATE INDEX mention_sentence ON mention (sentence, person);
"""
_EVERY = -1  # as a limit


class NameSearch(Protocol):
    """Finds names as the texts print them; the token index does."""

    def sentences_with_name(self, name: str) -> Iterable[int]:
        """The id of every sentence that has the name."""
        ...


class Sentences(Protocol):
    """Sentences by their ids in the index; the passage store has them."""

    def references(self, sentences: Sequence[int]) -> list[Reference]:
        """The references of sentences, in that order."""
        ...

    def ids(self, reference: Reference) -> range:
        """The ids of the sentences of a passage."""
        ...


class Company(NamedTuple):
    """Somebody who is mentioned together with a person, and in how many sentences."""

    person: Person
    other: Person
    sentences: int


def write_mentions(
    connection: sqlite3.Connection, people: Sequence[Person], sentences: Sentences, names: NameSearch
) -> None:
    """Writes which sentences mention which people: by the notes, or by one of their names."""
    for statement in SCHEMA.split(";"):
        connection.execute(statement)
    for number, person in enumerate(people):
        found = {one for reference in person.references for one in sentences.ids(reference)}
        for name in (person.name, *person.aliases):
            found.update(names.sentences_with_name(name))
        connection.executemany("INSERT INTO mention VALUES (?, ?)", ((number, one) for one in found))


class Mentions:
    """The sentences that speak of each of some people."""

    def __init__(self, index: IndexFile, sentences: Sentences, people: Sequence[Person]) -> None:
        self._index, self._sentences, self._people = index, sentences, people
        self._numbers = {person.id: number for number, person in enumerate(people)}

    def of(self, person: Person, start: int = 0, limit: int = _EVERY) -> list[Reference]:
        """Sentences that speak of the person, in the order of the texts: `limit` of them from a place on, or all."""
        query = "SELECT sentence FROM mention WHERE person = ? ORDER BY sentence LIMIT ? OFFSET ?"
        rows = self._index.rows(query, (self._numbers[person.id], limit, start))
        return self._sentences.references([sentence for (sentence,) in rows])

    def count(self, person: Person) -> int:
        """How many sentences speak of the person."""
        return sum(self.count_by_text(person).values())

    def count_by_text(self, person: Person) -> dict[str, int]:
        """How many sentences of each text speak of the person, where any do, in the order of the texts."""
        query = """
            SELECT text, (
                SELECT count(*) FROM mention WHERE person = ? AND sentence >= source.sentence
                AND sentence < source.sentence + source.sentences
            ) FROM source ORDER BY sentence
        """
        return {text: count for text, count in self._index.rows(query, (self._numbers[person.id],)) if count}

    def first_in_text(self, person: Person, text: str, limit: int) -> list[Reference]:
        """The first sentences of a text that speak of the person."""
        query = """
            SELECT mention.sentence FROM source JOIN mention ON person = ? AND mention.sentence >= source.sentence
            AND mention.sentence < source.sentence + source.sentences WHERE text = ? ORDER BY mention.sentence LIMIT ?
        """
        rows = self._index.rows(query, (self._numbers[person.id], text, limit))
        return self._sentences.references([sentence for (sentence,) in rows])

    def among(self, references: Iterable[Reference]) -> list[Person]:
        """Of whom any of some sentences speak, in the order of the notes."""
        found = {one for reference in references for one in self._in(reference)}
        return [self._people[number] for number in sorted(found)]

    def is_with_others(self, person: Person) -> bool:
        """Whether a sentence that speaks of the person speaks of somebody else as well."""
        query = """
            SELECT 1 FROM mention own JOIN mention other ON other.sentence = own.sentence
            WHERE own.person = :person AND other.person <> :person LIMIT 1
        """
        return bool(self._index.rows(query, {"person": self._numbers[person.id]}))

    def together_with(self, person: Person) -> list[Company]:
        """Other people whom the same sentences mention, the most frequent first."""
        query = """
            SELECT other.person, count(*) FROM mention own JOIN mention other ON other.sentence = own.sentence
            WHERE own.person = :person AND other.person <> :person
            GROUP BY other.person ORDER BY count(*) DESC, other.person
        """
        rows = self._index.rows(query, {"person": self._numbers[person.id]})
        return [Company(person, self._people[number], sentences) for number, sentences in rows]

    def shared(self, person: Person, other: Person, limit: int) -> list[Reference]:
        """The first sentences that speak of both."""
        query = """
            SELECT own.sentence FROM mention own JOIN mention other ON other.sentence = own.sentence
            WHERE own.person = ? AND other.person = ? ORDER BY own.sentence LIMIT ?
        """
        rows = self._index.rows(query, (self._numbers[person.id], self._numbers[other.id], limit))
        return self._sentences.references([sentence for (sentence,) in rows])

    def _in(self, reference: Reference) -> Iterator[int]:
        for sentence in self._sentences.ids(reference):
            for (number,) in self._index.rows("SELECT person FROM mention WHERE sentence = ?", (sentence,)):
                yield number
