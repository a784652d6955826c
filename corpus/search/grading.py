"""Grading: how well a sentence matches a parsed query, and which of its words to mark. Pure: no database, no order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, get_args

from corpus.language.tokens import Phrase, Token, content_words, folded, tokens
from corpus.search.query import MIN_RUN, Query, Term

Grade = Literal["verbatim", "phrase", "words", "inflected", "synonyms", "some", "meaning"]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""Best first."""

_OTHER_WORD = 0.3  # of what the word itself would tell

Marks = tuple[tuple[int, int], ...]
"""Slices of a sentence's words."""


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
        side_by_side = _distinct(self._spans(query.words, self.forms)) if query.is_quotable else ()
        if side_by_side:
            quoted = folded(query.typed).strip('" ') in self.folded
            return ("verbatim" if quoted else "phrase"), side_by_side
        if all(word in self.forms for term in query.terms for word in term.words):
            return "words", self.marks(query.terms, synonyms=False)
        if all(self._has_parts(term) for term in query.terms):
            return "inflected", self.marks(query.terms, synonyms=False)
        complete = all(map(self.has, query.terms))
        return ("synonyms" if complete else "some"), self.marks(query.terms, synonyms=True)

    def times(self, phrase: Phrase, *, stemmed: bool) -> int:
        """How often words, or stems, stand side by side in it."""
        return len(_places(phrase, self.stems if stemmed else self.forms))

    def marks(self, terms: Sequence[Term], *, synonyms: bool) -> Marks:
        """Where the terms stand, each stretch once, in order."""
        phrases = {phrase for term in terms for part in term.parts for phrase in part}
        phrases |= {phrase for term in terms for phrase in (*term.synonyms, *term.relatives) if synonyms}
        return _distinct(
            span for phrase in filter(self._has_phrase, phrases) for span in self._spans(phrase, self.stems)
        )

    def has(self, term: Term) -> bool:
        """Whether the term stands in it, or a synonym."""
        return self._has_parts(term) or self._has(term.synonyms)

    def has_relative(self, term: Term) -> bool:
        """Whether it has a word of the same root."""
        return self._has(term.relatives)

    def weight(self, term: Term, frequency: int) -> float:
        """How much a term tells that stands in it: the rarer the more, and less where another word stands for it."""
        return (1 if self._has_parts(term) else _OTHER_WORD) / max(1, frequency)

    def longest_run(self, words: Phrase) -> Marks:
        """The longest run of `words`, of MIN_RUN or more side by side, that it has; empty where it has none."""
        if len(words) < MIN_RUN:
            return ()
        best = (0, 0)
        none = lengths = [0] * (len(words) + 1)
        for place, form in enumerate(self.forms):
            if form not in words:
                lengths = none
                continue
            lengths = [0, *(lengths[n] + 1 if form == word else 0 for n, word in enumerate(words))]
            best = max(best, (max(lengths), -place))
        length, place = best[0], -best[1]
        if length < MIN_RUN:
            return ()
        return ((self.tokens[place - length + 1].start, self.tokens[place].end),)

    def prefix_marks(self, words: Phrase) -> Marks:
        """Where `words` stand side by side when the last of them is but begun."""
        cut = len(words[-1])
        return _distinct(
            (self.tokens[n].start, self.tokens[n + len(words) - 1].end)
            for n in range(len(self.forms) - len(words) + 1)
            if self.forms[n : n + len(words) - 1] == words[:-1] and self.forms[n + len(words) - 1][:cut] == words[-1]
        )

    def has_prefix(self, beginning: str) -> bool:
        """Whether one of its words begins so."""
        return any(token.word.startswith(beginning) for token in self.tokens)

    def word_marks(self, words: Phrase) -> Marks:
        """Where `words` that say something stand in any order, in any form, the last of them perhaps but begun."""
        stems = {token.stem for word in words for token in content_words(word)}
        return tuple((t.start, t.end) for t in self.tokens if t.stem in stems or t.word.startswith(words[-1]))

    def _has_parts(self, term: Term) -> bool:
        return all(map(self._has, term.parts))

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


def _distinct(spans: Iterable[tuple[int, int]]) -> Marks:
    """The stretches in order, none of them beginning within another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
