"""Boolean queries: words, phrases and beginnings of words that a sentence is to have, or not, and alternatives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from corpus.errors import OutOfTime
from corpus.language.tokens import Phrase
from corpus.search.expressions import (
    AndQuery,
    ButNotQuery,
    Expression,
    OrQuery,
    every_form,
    every_term,
    prefix,
    side_by_side,
)
from corpus.search.grading import Candidate, distinct, term_forms
from corpus.search.query import Query
from corpus.search.reader import SentenceReader
from corpus.search.search_result import Hit, SearchResult

Queries = Mapping[str, Query]
"""Words as they are parsed."""


class AllOf(NamedTuple):
    """What a sentence is to have: words in any form, phrases, beginnings of words, one of each group; and what not."""

    words: str = ""
    phrases: tuple[Phrase, ...] = ()
    begun: tuple[str, ...] = ()
    groups: tuple[AnyOf, ...] = ()
    without: tuple[AllOf, ...] = ()

    @property
    def is_wanted(self) -> bool:
        """Whether there is anything that it is to have."""
        return any(self[:4])

    def __str__(self) -> str:
        each = [self.words, *map(" ".join, self.phrases), *(f"{one}…" for one in self.begun)]
        wanted = [*(f"“{one}”" for one in each if one), *(f"({one})" for one in self.groups)]
        without = f" without {' or '.join(map(str, self.without))}" if self.without else ""
        return f"{' and '.join(wanted)}{without}"


class AnyOf(NamedTuple):
    """Alternatives, of which a sentence is to have one."""

    sides: tuple[AllOf, ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.sides))

    def wanted(self) -> Iterator[AllOf]:
        """All that a sentence may have, that of groups too."""
        for side in self.sides:
            yield side
            for group in side.groups:
                yield from group.wanted()

    def words(self) -> str:
        """All words that a sentence may have."""
        each = self.wanted()
        return " ".join(word for one in each for word in (one.words, *map(" ".join, one.phrases), *one.begun) if word)

    def queries(self, parse: Callable[[str], Query]) -> dict[str, Query]:
        """The words that it has, parsed."""
        each = [one for side in self.wanted() for one in (side, *AnyOf(side.without).wanted())]
        return {one.words: parse(one.words) for one in each if one.words}


def expression_of(wanted: AnyOf, queries: Queries) -> Expression:
    """The expression for a boolean query."""
    return _any([_side(one, queries, every_term) for one in wanted.sides])


def _side(side: AllOf, queries: Queries, forms: Callable[[Query], Expression]) -> Expression:
    parts = [*map(side_by_side, side.phrases), *([forms(queries[side.words])] if side.words else [])]
    parts += [*(prefix([one]) for one in side.begun), *(expression_of(group, queries) for group in side.groups)]
    every = parts[0] if len(parts) == 1 else AndQuery(tuple(parts))
    if not side.without:
        return every
    # Of a word to leave out, all forms are, but not what means the same.
    return ButNotQuery(every, _any([_side(one, queries, every_form) for one in side.without]))


def _any(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else OrQuery(tuple(parts))


def boolean_result(
    reader: SentenceReader, places: Sequence[int], wanted: AnyOf, queries: Queries, total: int
) -> SearchResult:
    """What was found, by the ids of the sentences: the words that were wanted are marked.

    Raises OutOfTime where that is nothing, since there was no time to look everywhere.
    """
    if reader.ran_out and not places:
        raise OutOfTime
    each = list(wanted.wanted())
    parsed = [queries[one.words] for one in each if one.words]
    terms = [term_forms(term) for query in parsed for term in query.terms]
    phrases, begun = [phrase for one in each for phrase in one.phrases], [word for one in each for word in one.begun]

    def hit(candidate: Candidate) -> tuple[tuple[int, int], ...]:
        spans = [span for phrase in phrases for span in candidate.phrase_marks(phrase)]
        spans += [span for word in begun for span in candidate.prefix_marks((word,))]
        return distinct([*spans, *candidate.marks(terms, synonyms=True)])

    hits = tuple(Hit(reference, hit(candidate), "phrase") for reference, candidate in reader.candidates(places))
    corrections = tuple(one for query in parsed for one in query.corrections)
    return SearchResult(hits, max(total, len(hits)), corrections, is_partial=reader.ran_out)
