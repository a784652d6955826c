"""Examples of what to type: those of the notes, else made from the first text, event, person or topic there is."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from enum import Enum
from itertools import chain, islice
from typing import TYPE_CHECKING, assert_never

from corpus.errors import NotUnderstood
from corpus.language.tokens import Token, tokens
from corpus.note_model import Event, Notes
from corpus.quotations.limits import ENOUGH
from corpus.text_model import Text

if TYPE_CHECKING:
    from corpus.names.finder import Finder

_LOOKED_AT = 200
"""Sentences, and notes of a kind, that an example is looked for in."""
_SHORTEST, _LONGEST = 5, 25
"""Letters of a word that is an example."""
_QUOTED = 8
"""Words of a quotation that is an example, at most."""
_PLAIN = re.compile(r"[\w\s,'’-]+")
"""A passage without marks that mean something where people type it."""


class Example(Enum):
    """A kind of example. A `TOPIC` has questions; a `SUBJECT` is any topic or, where there is none, words."""

    WORDS = "words"
    WORD = "word"
    QUOTATION = "quotation"
    PASSAGE = "passage"
    SUBJECT = "subject"
    TOPIC = "topic"
    PERSON = "person"
    DATE = "date"
    DATES = "dates"


def example(kind: Example, texts: Mapping[str, Text], notes: Notes, finder: Finder) -> str:
    """What to type, as an example that a corpus answers; empty where it has nothing of the kind."""
    wanted = Example.TOPIC if kind is Example.SUBJECT else kind
    noted = (one.typed for one in notes.examples if one.kind == wanted.value)
    return next(chain(noted, _candidates(kind, texts, notes, finder)), "")


def _candidates(kind: Example, texts: Mapping[str, Text], notes: Notes, finder: Finder) -> Iterator[str]:
    """Examples of a kind, made from the texts or, where they are of notes, from those."""
    match kind:
        case Example.WORDS | Example.WORD:
            return filter(None, map(_word, _sentences(texts)))
        case Example.SUBJECT:
            return chain(_topics(notes, finder), filter(None, map(_word, _sentences(texts))))
        case Example.QUOTATION:
            return filter(None, map(_quotation, _sentences(texts)))
        case Example.PASSAGE:
            return (f"{text.id} {one.number}" for text in texts.values() for one in islice(text.paragraphs, 1))
        case Example.TOPIC:
            asked = {topic for question in notes.questions for topic in question.topics}
            return _topics(notes, finder, asked)
        case Example.PERSON:
            return (one.name for one in notes.people[:_LOOKED_AT] if finder.people(one.name) == (one,))
        case Example.DATE | Example.DATES:
            return (str(one.date) for one in notes.events[:_LOOKED_AT] if _finds(finder, one))
        case _:
            assert_never(kind)


def _topics(notes: Notes, finder: Finder, ids: Container[str] | None = None) -> Iterator[str]:
    """The names of topics, or only of those with these ids."""
    wanted = (one for one in notes.topics[:_LOOKED_AT] if ids is None or one.id in ids)
    return (one.name for one in wanted if finder.topic(one.name) == one)


def _finds(finder: Finder, event: Event) -> bool:
    """Whether an event is found by its date."""
    try:
        return event in finder.events(str(event.date))
    except NotUnderstood:
        return False


def _sentences(texts: Mapping[str, Text]) -> Iterator[str]:
    return islice((words for text in texts.values() for _, words in text.sentences()), _LOOKED_AT)


def _word(words: str) -> str:
    """The longest plain word of a sentence, if it has one of some length."""
    return max((one.word for one in tokens(words) if _is_plain(one)), key=len, default="")


def _is_plain(one: Token) -> bool:
    return one.word.isalpha() and one.is_content and _SHORTEST <= len(one.word) <= _LONGEST


def _quotation(words: str) -> str:
    """The first words of a sentence, if they are enough to be recognised."""
    found = tokens(words)[:_QUOTED]
    if len(found) < ENOUGH:
        return ""
    quoted = words[found[0].start : found[-1].end]
    return quoted if _PLAIN.fullmatch(quoted) else ""
