"""How well a sentence answers what was typed, and which of its words to mark. Pure: no database, no order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, get_args

from corpus.language.tokens import Token, folded, telling, tokens

Grade = Literal["verbatim", "phrase", "words", "inflected", "synonyms", "some"]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""Best first."""

Phrase = tuple[str, ...]
"""Keys (`corpus.language.english.stem`) that stand side by side."""
Marks = tuple[tuple[int, int], ...]

RUN = 4
"""So many words side by side are no accident: they are quoted, even where each of them says nothing by itself."""


class Unit(NamedTuple):
    """One thing asked for: a word, or words that have synonyms together.

    `parts` has, for each word, what may stand for it without a change of meaning (its inflections and spellings);
    `synonyms` may stand for the whole.
    """

    words: tuple[str, ...]
    parts: tuple[tuple[Phrase, ...], ...]
    synonyms: tuple[Phrase, ...] = ()


class Asked(NamedTuple):
    """What was typed, read: `words` are all its words, slips mended; `units` those that say something.

    `read_as` are the words mended, `unknown` the typed words that stand nowhere and for nothing.
    """

    typed: str
    words: tuple[str, ...]
    units: tuple[Unit, ...]
    read_as: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def has_run(self) -> bool:
        """Whether there are so many words that some of them side by side are no accident."""
        return len(self.words) >= RUN

    @property
    def is_quotable(self) -> bool:
        """Whether the words side by side, as typed, are worth looking for."""
        return bool(self.units) or self.has_run


class Candidate:
    """A sentence that may answer."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.tokens: tuple[Token, ...] = tokens(words)

    @cached_property
    def forms(self) -> Phrase:
        return tuple(token.word for token in self.tokens)

    @cached_property
    def keys(self) -> Phrase:
        return tuple(token.stem for token in self.tokens)

    def grade(self, asked: Asked) -> tuple[Grade, Marks]:
        """The best grade that holds, and the words that make it hold."""
        side_by_side = _distinct(self._spans(asked.words, self.forms)) if asked.is_quotable else ()
        if side_by_side:
            quoted = folded(asked.typed).strip('" ') in folded(self.words)
            return ("verbatim" if quoted else "phrase"), side_by_side
        if all(word in self.forms for unit in asked.units for word in unit.words):
            return "words", self.marks(asked.units, synonyms=False)
        if all(self._has_parts(unit) for unit in asked.units):
            return "inflected", self.marks(asked.units, synonyms=False)
        complete = len(self.matched(asked.units)) == len(asked.units)
        return ("synonyms" if complete else "some"), self.marks(asked.units, synonyms=True)

    def marks(self, units: Sequence[Unit], *, synonyms: bool) -> Marks:
        """Where the units stand, each stretch once, in order."""
        phrases = {phrase for unit in units for part in unit.parts for phrase in part}
        phrases |= {phrase for unit in units for phrase in unit.synonyms if synonyms}
        return _distinct(span for phrase in phrases for span in self._spans(phrase, self.keys))

    def matched(self, units: Sequence[Unit]) -> tuple[Unit, ...]:
        """The units that stand in it, synonyms included."""
        return tuple(unit for unit in units if self._has_parts(unit) or self._has(unit.synonyms))

    def longest_run(self, words: Phrase) -> Marks:
        """The longest stretch of `words`, RUN or more, that stands in it side by side; empty where there is none."""
        best = (0, 0)
        lengths = [0] * (len(words) + 1)
        for place, form in enumerate(self.forms):
            lengths = [0, *(lengths[n] + 1 if form == word else 0 for n, word in enumerate(words))]
            best = max(best, (max(lengths), -place))
        length, place = best[0], -best[1]
        if length < RUN:
            return ()
        return ((self.tokens[place - length + 1].start, self.tokens[place].end),)

    def begun(self, words: Phrase) -> Marks:
        """Where `words` stand side by side when the last of them is but begun."""
        cut = len(words[-1])
        return _distinct(
            (self.tokens[n].start, self.tokens[n + len(words) - 1].end)
            for n in range(len(self.forms) - len(words) + 1)
            if self.forms[n : n + len(words) - 1] == words[:-1] and self.forms[n + len(words) - 1][:cut] == words[-1]
        )

    def scattered(self, words: Phrase) -> Marks:
        """Where `words` that say something stand in any order, in any form, the last of them perhaps but begun."""
        keys = {token.stem for word in words for token in telling(word)}
        return tuple((t.start, t.end) for t in self.tokens if t.stem in keys or t.word.startswith(words[-1]))

    def _has_parts(self, unit: Unit) -> bool:
        return all(self._has(part) for part in unit.parts)

    def _has(self, phrases: Sequence[Phrase]) -> bool:
        return any(True for phrase in phrases for _ in self._spans(phrase, self.keys))

    def _spans(self, phrase: Phrase, within: Phrase) -> Iterator[tuple[int, int]]:
        for n in range(len(within) - len(phrase) + 1):
            if phrase and within[n : n + len(phrase)] == phrase:
                yield self.tokens[n].start, self.tokens[n + len(phrase) - 1].end


def _distinct(spans: Iterable[tuple[int, int]]) -> Marks:
    """The stretches in order, none of them beginning within another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
