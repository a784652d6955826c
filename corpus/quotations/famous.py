"""Famous words that are in none of the texts, by what somebody typed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from importlib import import_module
from itertools import chain
from operator import and_

from corpus.language.tokens import content_words, stems
from corpus.model import FamousQuotation

_LONGEST = 1_000
"""Characters looked at: famous words are short."""
_ALIKE = 85.0
"""From this similarity on (100 is equality), words are a famous quotation that somebody remembers inexactly."""
_RATIO = 0.7
"""Of two lengths that far apart, the similarity is never so high."""


class FamousQuotations:
    """An index of famous quotations by the forms in which they are quoted. The first that fits is found."""

    def __init__(self, quotations: Iterable[FamousQuotation]) -> None:
        forms = [(form, one) for one in quotations for form in one.words]
        self._quotations = [one for _, one in forms]
        # By length: most forms are longer than what people type, and need not be compared with it.
        self._forms = sorted(enumerate(_joined(stems(form)) for form, _ in forms), key=_length)
        self._sizes = [len(_content_stems(form)) for form, _ in forms]
        self._with: dict[str, set[int]] = {}
        for place, (form, _) in enumerate(forms):
            for key in _content_stems(form):
                self._with.setdefault(key, set()).add(place)

    def load(self) -> None:
        """Imports what compares."""
        import_module("rapidfuzz.fuzz")
        import_module("rapidfuzz.process")

    def find(self, typed: str, *, partly: bool = False) -> FamousQuotation | None:
        """The famous words that are, or stand in, what was typed; `partly`: or of which it is the half, at least."""
        said = _joined(stems(typed[:_LONGEST]))
        places = [place for place, form in self._of_lengths(0, len(said)) if form in said]
        halves = self._halves(_content_stems(typed[:_LONGEST])) if partly else ()
        first = min(places) if places else min(chain(self._alike(said), halves), default=None)
        return None if first is None else self._quotations[first]

    def _of_lengths(self, shortest: float, longest: float) -> Sequence[tuple[int, str]]:
        """The places and forms between two lengths, both included."""
        start = bisect_left(self._forms, shortest, key=_length)
        return self._forms[start : bisect_right(self._forms, longest, start, key=_length)]

    def _alike(self, said: str) -> Iterator[int]:
        # For most words no form has a like length, and then the library need not be loaded.
        if forms := dict(self._of_lengths(_RATIO * len(said), len(said) / _RATIO)):
            from rapidfuzz import fuzz, process

            near = process.extract(said, forms, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
            yield from (n for _, _, n in near)

    def _halves(self, words: frozenset[str]) -> Iterator[int]:
        """The places of the forms of which the words are the half, at least."""
        if words and words <= self._with.keys():
            places = reduce(and_, (self._with[word] for word in words))
            yield from (n for n in places if 2 * len(words) >= self._sizes[n])


def _length(form: tuple[int, str]) -> int:
    return len(form[1])


def _content_stems(words: str) -> frozenset[str]:
    return frozenset(token.stem for token in content_words(words))


def _joined(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "
