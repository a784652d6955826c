"""Expressions for FTS5. Every word in them comes from `corpus.language.tokens` and stands in quotation marks.

So no character that somebody types means anything to FTS5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.search.query import RUN, Asked, Phrase, Unit

SCHEMA = """
CREATE TABLE source (text TEXT PRIMARY KEY, term TEXT NOT NULL);
CREATE TABLE sentence (
    id INTEGER PRIMARY KEY, text TEXT NOT NULL, paragraph INTEGER NOT NULL, number INTEGER NOT NULL, words TEXT NOT NULL
);
CREATE VIRTUAL TABLE passage USING fts5(
    words, keys, source, content = '', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 0'
);
"""


def tiers(asked: Asked) -> list[str]:
    """Ways to have all that is asked, closest first; each finds what the ones before it find, and more."""
    together = side_by_side(asked.words)
    if not asked.units:
        return [together]
    return [
        together,
        _all(f"words : {_quoted([word])}" for unit in asked.units for word in unit.words),
        _all(_parts(unit) for unit in asked.units),
        _all(any_form(unit) for unit in asked.units),
    ]


def side_by_side(words: Sequence[str]) -> str:
    return f"words : {_quoted(words)}"


def begun(words: Sequence[str]) -> str:
    """The words side by side, the last of them only begun."""
    return f"words : {_quoted(words)} *"


def scattered(words: Sequence[str], keys: Iterable[str]) -> str:
    """Words with all the keys in any order, and the last word at least begun."""
    return _all([*(f"keys : {_quoted([key])}" for key in keys), f"words : {_quoted(words[-1:])} *"])


def any_run(words: Sequence[str]) -> str:
    """Any RUN of the words side by side. There are as many."""
    return _any(side_by_side(words[n : n + RUN]) for n in range(len(words) - RUN + 1))


def any_form(unit: Unit) -> str:
    """The unit or a synonym of it."""
    return _any([_parts(unit), *_phrases(unit.synonyms)])


def any_unit(units: Iterable[Unit]) -> str:
    return _any(any_form(unit) for unit in units)


def within(expression: str, term: str | None) -> str:
    """The same, in the text whose term in the index that is."""
    return expression if term is None else f'source : "{term}" AND ({expression})'


def _parts(unit: Unit) -> str:
    return _all(_any(_phrases(part)) for part in unit.parts)


def _phrases(phrases: Iterable[Phrase]) -> list[str]:
    return [f"keys : {_quoted(phrase)}" for phrase in phrases]


def _all(expressions: Iterable[str]) -> str:
    return f"({' AND '.join(expressions)})"


def _any(expressions: Iterable[str]) -> str:
    return f"({' OR '.join(expressions)})"


def _quoted(words: Sequence[str]) -> str:
    return f'"{" ".join(words)}"'
