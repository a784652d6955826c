"""Famous words that are in none of the texts, by what somebody typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import chain

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
        self._forms = [_joined(stems(form)) for form, _ in forms]
        self._words = [_content_stems(form) for form, _ in forms]

    def load(self) -> None:
        """Imports what compares."""
        import_module("rapidfuzz.fuzz")
        import_module("rapidfuzz.process")

    def find(self, typed: str, *, partly: bool = False) -> FamousQuotation | None:
        """The famous words that are, or stand in, what was typed; `partly`: or of which it is the half, at least."""
        said = _joined(stems(typed[:_LONGEST]))
        places = [place for place, form in enumerate(self._forms) if form in said]
        halves = self._halves(_content_stems(typed[:_LONGEST])) if partly else ()
        first = min(places, default=None) if places else min(chain(self._alike(said), halves), default=None)
        return None if first is None else self._quotations[first]

    def _alike(self, said: str) -> Iterator[int]:
        # For most words no form has a like length, and then the library need not be loaded.
        shortest, longest = _RATIO * len(said), len(said) / _RATIO
        if forms := {n: form for n, form in enumerate(self._forms) if shortest <= len(form) <= longest}:
            from rapidfuzz import fuzz, process

            near = process.extract(said, forms, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
            yield from (n for _, _, n in near)

    def _halves(self, words: frozenset[str]) -> Sequence[int]:
        return [n for n, form in enumerate(self._words) if words and words <= form and 2 * len(words) >= len(form)]


def _content_stems(words: str) -> frozenset[str]:
    return frozenset(token.stem for token in content_words(words))


def _joined(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "
