"""Names and questions in other languages as the notes have them: `Троцкого in 1917` is asked as `Trotsky in 1917`."""

from __future__ import annotations

from typing import Final

from corpus.corpus import Corpus
from corpus.language.lazy_pattern import lazy_pattern
from corpus.names.foreign_questions import foreign_question

_LONGEST: Final = 300
"""Characters; what is longer stays as it is."""
_WORD: Final = lazy_pattern("[\u0400-\u052f]+")
_NAME: Final = lazy_pattern("[\u0400-\u052f]{3}")
"""Shorter words are words of the language: “и” is “and”."""
_WORDS: Final = lazy_pattern("[\u0400-\u052f]+(?:[-. ]+[\u0400-\u052f]+)*")


def with_latin_names(corpus: Corpus, typed: str) -> str:
    """What was typed, with the surname in the notes for each name in Cyrillic that is one person's."""
    if len(typed) > _LONGEST or not _WORD.search(typed):
        return typed
    return _WORDS.sub(lambda found: _surname(corpus, found[0]) or _each_surname(corpus, found[0]), typed)


def question_in_english(corpus: Corpus, typed: str) -> str:
    """A question in another language in English, with the surname in the notes: `когда умер Ленин`; else the same."""
    asked = foreign_question(typed)
    return asked.in_english(_surname_of(corpus, asked.name) or asked.name) if asked else typed


def _each_surname(corpus: Corpus, words: str) -> str:
    return _WORD.sub(lambda found: _surname(corpus, found[0]) or found[0], words)


def _surname(corpus: Corpus, name: str) -> str:
    """The surname of the only person who is called so, by which others are found as well; empty for other words."""
    return _surname_of(corpus, name) if _NAME.search(name) else ""


def _surname_of(corpus: Corpus, name: str) -> str:
    people = corpus.finder.people(name) if corpus.finder.has_person(name) else ()
    if len(people) != 1:
        return ""
    words = [word for word in people[0].name.split() if not word.isupper()]  # no number of a tsar
    if words[0] == "The":
        return " ".join(words)  # of a party or a body: “Government” alone is another
    return words[-1] if people[0] in corpus.finder.people(words[-1]) else people[0].name
