"""The editors' notes on the texts: people, events, topics, facts, questions. Plain frozen values; no file is read."""

from __future__ import annotations

import datetime
from typing import Literal

from msgspec import Struct

from corpus.calendar import Calendar, HistoricalDate
from corpus.reference import Reference

QuestionKind = Literal["choice", "who", "text", "open", "date"]
DatedBy = Literal["text", "heading", "editors"]
Bounds = Literal["certain", "disputed"]
AnswerType = Literal["person", "place", "number", "date", "thing", "phrase", "text"]


class Person(Struct, frozen=True):
    id: str
    name: str
    aliases: tuple[str, ...]
    note: str
    references: tuple[Reference, ...]
    life: str = ""


class Event(Struct, frozen=True):
    """Something that happened.

    `dated_by` says who gives the date: the words of a text, a text's heading, or the editors. Where the `bounds` are
    disputed, nobody can say for certain what came before or after. `concerns` are the ids of the people whom the event
    is about; whether they were present is left unsaid.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    date: HistoricalDate
    until: HistoricalDate | None
    dated_by: DatedBy
    concerns: tuple[str, ...]
    topics: tuple[str, ...]
    note: str
    references: tuple[Reference, ...]
    bounds: Bounds = "certain"

    def lasts_over(self, first: datetime.date, last: datetime.date) -> bool:
        """Whether it goes on from one day to another, whichever days its own dates mean: "1917" may be all of it."""
        return self.until is not None and self.date.last <= first and last <= self.until.first


class Topic(Struct, frozen=True):
    id: str
    name: str
    synonyms: tuple[str, ...]
    comparison: str
    references: tuple[Reference, ...]


class Fact(Struct, frozen=True):
    """The editors' words on what a text says; `references` are the passages that prove them, one at least."""

    id: str
    words: str
    date: HistoricalDate | None
    topics: tuple[str, ...]
    references: tuple[Reference, ...]
    note: str = ""


class Question(Struct, frozen=True):
    """A quiz question that the editors wrote; `references` are the passages that prove the answer, one at least."""

    id: str
    kind: QuestionKind
    ask: str
    answer: str
    answer_type: AnswerType
    accept: tuple[str, ...]
    distractors: tuple[str, ...]
    calendar: Calendar | None
    topics: tuple[str, ...]
    references: tuple[Reference, ...]
    note: str = ""


class Paraphrases(Struct, frozen=True):
    """A sentence in other words, by which a search finds it. They are never shown."""

    reference: Reference
    words: tuple[str, ...]


class Term(Struct, frozen=True):
    """A word of the texts that has to be explained: the forms in which it is asked for, and the editors' note."""

    words: tuple[str, ...]
    note: str
    references: tuple[Reference, ...]


class FamousQuotation(Struct, frozen=True):
    """Famous words that are in none of the texts: the forms in which they are quoted, and where they come from."""

    words: tuple[str, ...]
    note: str


class ExampleNote(Struct, frozen=True):
    """What people may type, shown in help and errors: its kind (of `corpus.examples`), and the text it is found in."""

    kind: str
    typed: str
    text: str


class Notes(Struct, frozen=True):
    """All that the editors know about the texts.

    `highlights` are passages worth reading that need no context; `elsewhere` are famous words that are in none of the
    texts; `synonyms` and `spellings` are groups of words that stand for each other.
    """

    people: tuple[Person, ...] = ()
    events: tuple[Event, ...] = ()
    topics: tuple[Topic, ...] = ()
    facts: tuple[Fact, ...] = ()
    questions: tuple[Question, ...] = ()
    highlights: tuple[Reference, ...] = ()
    glossary: tuple[Term, ...] = ()
    elsewhere: tuple[FamousQuotation, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    spellings: tuple[tuple[str, ...], ...] = ()
    examples: tuple[ExampleNote, ...] = ()
