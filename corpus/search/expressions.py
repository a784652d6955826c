"""Search expressions: which sentences match, said once for FTS5 and for the inverted index in memory.

Every word in them comes from `corpus.language.tokens`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from corpus.language.tokens import Phrase
from corpus.search.query import MIN_RUN, Query, Term

_KEPT = 500  # terms in memory, as people ask for the same words: half a megabyte

Column = Literal["words", "stems", "source"]


class PhraseQuery(Struct, frozen=True):
    """Words side by side in a column; where it `is_prefix`, the last of them need only be begun."""

    column: Column
    words: Phrase
    is_prefix: bool = False


class AndQuery(Struct, frozen=True):
    """All of several expressions."""

    parts: tuple[Expression, ...]


class OrQuery(Struct, frozen=True, cache_hash=True):
    """Any of several expressions."""

    parts: tuple[Expression, ...]


class ButNotQuery(Struct, frozen=True):
    """What matches one expression and not another."""

    wanted: Expression
    without: Expression


Expression = PhraseQuery | AndQuery | OrQuery | ButNotQuery


def every_term(query: Query) -> Expression:
    """Every term in any form, or a synonym of it; the words side by side where there is no term."""
    return _all(map(any_form, query.terms)) if query.terms else side_by_side(query.words)


def every_form(query: Query) -> Expression:
    """Every term in any form, but no synonym of it; the words side by side where there is no term."""
    return _all(map(_parts, query.terms)) if query.terms else side_by_side(query.words)


def looser_tiers(query: Query) -> list[Expression]:
    """Ways to have every term between its words side by side and any form of it, closest first; each finds more."""
    if not query.terms:
        return []
    ways = (
        _all(side_by_side([word]) for term in query.terms for word in term.words),
        _all(map(_parts, query.terms)),
    )
    closer = (side_by_side(query.words), every_term(query))
    return [one for one in dict.fromkeys(ways) if one not in closer]


def side_by_side(words: Sequence[str]) -> Expression:
    return PhraseQuery("words", tuple(words))


def prefix(words: Sequence[str]) -> Expression:
    """The words side by side, the last of them only begun."""
    return PhraseQuery("words", tuple(words), is_prefix=True)


def all_stems(stems: Iterable[str]) -> Expression:
    """All the stems in any order."""
    return _all(PhraseQuery("stems", (stem,)) for stem in stems)


def all_words(words: Sequence[str], stems: Iterable[str]) -> Expression:
    """Words with all the stems in any order, and the last word at least begun."""
    return _all([all_stems(stems), prefix(words[-1:])])


def any_run(words: Sequence[str]) -> Expression:
    """Any MIN_RUN of the words side by side. There are as many."""
    return _any(side_by_side(words[n : n + MIN_RUN]) for n in range(len(words) - MIN_RUN + 1))


@lru_cache(maxsize=_KEPT)
def any_form(term: Term) -> Expression:
    """The term or a synonym of it."""
    return _any([_parts(term), *_phrases(term.synonyms)])


def any_term(terms: Iterable[Term]) -> Expression:
    """Any of the terms, in any form, or a word of the same root."""
    return _any(expression for term in terms for expression in (any_form(term), *_phrases(term.relatives)))


def any_stem(stems: Iterable[str]) -> Expression:
    """Any of the stems."""
    return _any(_phrases((key,) for key in stems))


def within(expression: Expression, tag: str) -> Expression:
    """The same, in the text whose tag in the index that is."""
    return AndQuery((PhraseQuery("source", (tag,)), expression))


def _parts(term: Term) -> Expression:
    return _all(_any(_phrases(part)) for part in term.parts)


def _phrases(phrases: Iterable[Phrase]) -> list[Expression]:
    return [PhraseQuery("stems", phrase) for phrase in phrases]


def _all(expressions: Iterable[Expression]) -> Expression:
    every = tuple(expressions)
    return every[0] if len(every) == 1 else AndQuery(every)


def _any(expressions: Iterable[Expression]) -> Expression:
    every = tuple(expressions)
    return every[0] if len(every) == 1 else OrQuery(every)
