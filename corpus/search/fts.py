"""Expressions for FTS5. Every word in them comes from `corpus.language.tokens` and stands in quotation marks.

So no character that somebody types means anything to FTS5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.language.tokens import Phrase
from corpus.search.query import MIN_RUN, Query, Term

SCHEMA = """
CREATE VIRTUAL TABLE passage USING fts5(
    words, stems, source, content = '', prefix = '1 2 3 4', tokenize = 'unicode61 remove_diacritics 0'
);
"""


def every_term(query: Query) -> str:
    """Every term in any form, or a synonym of it; the words side by side where there is no term."""
    return _all(map(any_form, query.terms)) if query.terms else side_by_side(query.words)


def looser_tiers(query: Query) -> list[str]:
    """Ways to have every term between its words side by side and any form of it, closest first; each finds more."""
    if not query.terms:
        return []
    ways = (
        _all(f"words : {_quoted([word])}" for term in query.terms for word in term.words),
        _all(map(_parts, query.terms)),
    )
    closer = (side_by_side(query.words), every_term(query))
    return [one for one in dict.fromkeys(ways) if one not in closer]


def side_by_side(words: Sequence[str]) -> str:
    return f"words : {_quoted(words)}"


def prefix(words: Sequence[str]) -> str:
    """The words side by side, the last of them only begun."""
    return f"words : {_quoted(words)} *"


def all_words(words: Sequence[str], stems: Iterable[str]) -> str:
    """Words with all the stems in any order, and the last word at least begun."""
    return _all([*(f"stems : {_quoted([key])}" for key in stems), f"words : {_quoted(words[-1:])} *"])


def any_run(words: Sequence[str]) -> str:
    """Any MIN_RUN of the words side by side. There are as many."""
    return _any(side_by_side(words[n : n + MIN_RUN]) for n in range(len(words) - MIN_RUN + 1))


def any_form(term: Term) -> str:
    """The term or a synonym of it."""
    return _any([_parts(term), *_phrases(term.synonyms)])


def any_term(terms: Iterable[Term]) -> str:
    """Any of the terms, in any form, or a word of the same root."""
    return _any(expression for term in terms for expression in (any_form(term), *_phrases(term.relatives)))


def within(expression: str, tag: str) -> str:
    """The same, in the text whose tag in the index that is."""
    return f'source : "{tag}" AND ({expression})'


def _parts(term: Term) -> str:
    return _all(_any(_phrases(part)) for part in term.parts)


def _phrases(phrases: Iterable[Phrase]) -> list[str]:
    return [f"stems : {_quoted(phrase)}" for phrase in phrases]


def _all(expressions: Iterable[str]) -> str:
    return _joined(" AND ", expressions)


def _any(expressions: Iterable[str]) -> str:
    return _joined(" OR ", expressions)


def _joined(operator: str, expressions: Iterable[str]) -> str:
    every = list(expressions)
    return every[0] if len(every) == 1 else f"({operator.join(every)})"


def _quoted(words: Sequence[str]) -> str:
    return f'"{" ".join(words)}"'
