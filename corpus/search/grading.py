"""Grading: how well a sentence matches a parsed query, and which of its words to mark. Pure: no database, no order."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence, Set
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, get_args

from corpus.language.tokens import Phrase, Token, folded, tokens
from corpus.search.query import MIN_RUN, Query, Term

Grade = Literal["verbatim", "phrase", "words", "inflected", "synonyms", "some", "meaning"]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""Best first."""
SIDE_BY_SIDE: tuple[Grade, ...] = ("verbatim", "phrase")
"""Of sentences that have all words as they were typed, in their order."""

_KEPT = 500  # terms in memory: half a megabyte
_SOME_RUN = 3
"""The fewest words side by side whose order says where they are from."""

Marks = tuple[tuple[int, int], ...]
"""Slices of a sentence's words."""


class AnyOf(NamedTuple):
    """Phrases of which a sentence needs one: single stems, which are looked for at once, and longer ones."""

    stems: frozenset[str]
    phrases: tuple[Phrase, ...]

    @classmethod
    def of(cls, phrases: Sequence[Phrase]) -> AnyOf:
        if not phrases:
            return _NONE
        single = frozenset([phrase[0] for phrase in phrases if len(phrase) == 1])
        return cls(single, tuple([phrase for phrase in phrases if len(phrase) > 1]))


_NONE = AnyOf(frozenset(), ())


class TermForms(NamedTuple):
    """The forms of a term, as they are looked for in many sentences; `starts` are the first stems of all of them."""

    starts: frozenset[str]
    parts: tuple[AnyOf, ...]
    synonyms: AnyOf
    relatives: AnyOf


@lru_cache(maxsize=_KEPT)
def term_forms(term: Term) -> TermForms:
    """The forms of a term. They are kept, as people ask for the same words."""
    starts = frozenset([one[0] for phrases in (*term.parts, term.synonyms, term.relatives) for one in phrases])
    return TermForms(starts, tuple(map(AnyOf.of, term.parts)), AnyOf.of(term.synonyms), AnyOf.of(term.relatives))


class Candidate:
    """A candidate: a sentence that may answer a query."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.tokens: tuple[Token, ...] = tokens(words)

    @cached_property
    def forms(self) -> Phrase:
        return tuple(token.word for token in self.tokens)

    @cached_property
    def folded(self) -> str:
        return folded(self.words)

    @cached_property
    def stems(self) -> Phrase:
        return tuple(token.stem for token in self.tokens)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.stems)

    def grade(self, query: Query) -> tuple[Grade, Marks]:
        """The best grade that holds, and the words that make it hold."""
        side_by_side = distinct(self._spans(query.words, self.forms)) if query.is_quotable else ()
        if side_by_side:
            quoted = folded(query.typed).strip('" ') in self.folded
            return ("verbatim" if quoted else "phrase"), side_by_side
        terms = list(map(term_forms, query.terms))
        if all(word in self.forms for term in query.terms for word in term.words):
            return "words", self.marks(terms, synonyms=False)
        if all(map(self.has_parts, terms)):
            return "inflected", self.marks(terms, synonyms=False)
        complete = all(self.has_parts(term) or self.has_any(term.synonyms) for term in terms)
        return ("synonyms" if complete else "some"), self.marks(terms, synonyms=True)

    def times(self, phrase: Phrase, *, stemmed: bool) -> int:
        """How often words, or stems, stand side by side in it."""
        return len(_places(phrase, self.stems if stemmed else self.forms))

    def phrase_marks(self, phrase: Phrase) -> Marks:
        """Where words stand side by side."""
        return tuple(self._spans(phrase, self.forms))

    def marks(self, terms: Sequence[TermForms], *, synonyms: bool) -> Marks:
        """Where the terms stand, each stretch once, in order."""
        wanted = [part for term in terms for part in term.parts]
        if synonyms:
            wanted += [one for term in terms for one in (term.synonyms, term.relatives)]
        single = frozenset[str]().union(*[one.stems for one in wanted])
        spans = [(token.start, token.end) for token, key in zip(self.tokens, self.stems, strict=True) if key in single]
        longer = [span for one in wanted for phrase in one.phrases for span in self._spans(phrase, self.stems)]
        return distinct(spans + longer) if longer else tuple(spans)

    def stems_among(self, stems: frozenset[str]) -> Set[str]:
        """Those of some stems that it has."""
        return stems & self._known

    def has_parts(self, term: TermForms) -> bool:
        """Whether it has each word of a term in some form."""
        return all(map(self.has_any, term.parts))

    def has_any(self, one: AnyOf) -> bool:
        """Whether it has one of the phrases."""
        return not one.stems.isdisjoint(self._known) or (bool(one.phrases) and self._has(one.phrases))

    def longest_run(self, words: Phrase) -> Marks:
        """The longest run of `words`, of MIN_RUN or more side by side, that it has; empty where it has none."""
        if not self._may_have_run(words, MIN_RUN):
            return ()
        length, place = self._longest_run(words)
        return ((self.tokens[place - length + 1].start, self.tokens[place].end),) if length >= MIN_RUN else ()

    def run_length_of(self, query: Query, grade: Grade) -> int:
        """How many words of a query, graded so, it has side by side; 0 where they are so few that this says nothing."""
        if not query.has_run:
            return 0
        # What was quoted is not looked through once more: it was a tenth of what six words of a sentence took.
        return len(query.words) if grade in SIDE_BY_SIDE else self.run_length(query.words)

    def run_length(self, words: Phrase) -> int:
        """How many of `words` it has side by side at most; 0 for fewer than three, which say nothing."""
        if not self._may_have_run(words, _SOME_RUN):
            return 0
        length, _ = self._longest_run(words)
        return length if length >= _SOME_RUN else 0

    def _may_have_run(self, words: Phrase, length: int) -> bool:
        """Whether it has so many of the words, side by side or not: a quick test that most sentences fail."""
        lacking = len(words) - length
        for word in words if lacking >= 0 else ():
            lacking -= word not in self.forms
            if lacking < 0:
                return False
        return lacking >= 0

    def _longest_run(self, words: Phrase) -> tuple[int, int]:
        """The length of the longest run of `words`, and the place of its last word."""
        best = (0, 0)
        none = lengths = [0] * (len(words) + 1)
        for place, form in enumerate(self.forms):
            if form not in words:
                lengths = none
                continue
            lengths = [0, *(lengths[n] + 1 if form == word else 0 for n, word in enumerate(words))]
            best = max(best, (max(lengths), -place))
        return best[0], -best[1]

    def prefix_marks(self, words: Phrase) -> Marks:
        """Where `words` stand side by side when the last of them is but begun."""
        *_, begun = words
        before = len(words) - 1
        if not before:
            ends = [n for n, form in enumerate(self.forms) if form.startswith(begun)]
            return tuple([(self.tokens[n].start, self.tokens[n].end) for n in ends])
        starts = [n for n in _places(words[:-1], self.forms[:-1]) if self.forms[n + before].startswith(begun)]
        return distinct([(self.tokens[n].start, self.tokens[n + before].end) for n in starts])

    def has_prefix(self, beginning: str) -> bool:
        """Whether one of its words begins so."""
        return any(token.word.startswith(beginning) for token in self.tokens)

    def word_marks(self, stems: Container[str], beginning: str) -> Marks:
        """The marks of words with one of the stems, or with a beginning."""
        return tuple((t.start, t.end) for t in self.tokens if t.stem in stems or t.word.startswith(beginning))

    def _has(self, phrases: Sequence[Phrase]) -> bool:
        return any(map(self._has_phrase, phrases))

    def _has_phrase(self, phrase: Phrase) -> bool:
        # Nearly all are single words, and most sentences lack them: each search asks hundreds of times.
        return phrase[0] in self._known and (len(phrase) == 1 or bool(_places(phrase, self.stems)))

    def _spans(self, phrase: Phrase, within: Phrase) -> Iterator[tuple[int, int]]:
        for n in _places(phrase, within):
            yield self.tokens[n].start, self.tokens[n + len(phrase) - 1].end


def _places(phrase: Phrase, within: Phrase) -> list[int]:
    """Where a phrase begins in a sentence."""
    # Most sentences lack most phrases' first word: to look for it first saves a tenth of what a search takes.
    if not phrase or phrase[0] not in within:
        return []
    return [n for n, word in enumerate(within) if word == phrase[0] and within[n : n + len(phrase)] == phrase]


def distinct(spans: Iterable[tuple[int, int]]) -> Marks:
    """The stretches in order, none of them beginning within another."""
    found = list(spans)
    if len(found) < 2:
        return tuple(found)  # mostly
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
