"""Who speaks in the texts, of the people that the notes know."""

from __future__ import annotations

from corpus.corpus import Corpus
from corpus.language.tokens import folded
from corpus.note_model import Person


def has_words_of(corpus: Corpus, person: Person) -> bool:
    """Whether somebody of this name speaks in a text, or is quoted there."""
    names = {folded(name) for name in (person.name, *person.aliases)}
    return any(
        one.person == person.id or folded(one.name) in names
        for text in corpus.texts.values()
        for one in text.speakers()
    )
