"""Famous words that are in none of the texts, by what somebody typed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import reduce
from importlib import import_module
from itertools import chain
from operator import and_

from corpus.language.tokens import content_words, stems
from corpus.note_model import FamousQuotation

_LONGEST = 1_000
"""Characters looked at: famous words are short."""
_ALIKE = 85.0
"""From this similarity on (100 is equality), words are a famous quotation that somebody remembers inexactly."""
_RATIO = 0.739
"""Of two lengths that far apart, the similarity is never so high."""


class FamousQuotations:
    """An index of famous quotations by the forms in which they are quoted. The first that fits is found."""

    def __init__(self, quotations: Iterable[FamousQuotation]) -> None:
        forms = [(stems(form), form, one) for one in quotations for form in one.words]
        self._quotations = [one for *_, one in forms]
        joined = [_joined(keys) for keys, *_ in forms]
        # By length: most forms are longer than what people type, and need not be compared with it.
        self._by_length = sorted(range(len(forms)), key=lambda place: len(joined[place]))
        self._forms = [joined[place] for place in self._by_length]
        self._lengths = [len(form) for form in self._forms]
        self._beginning: dict[str, list[tuple[int, str]]] = {}
        self._with: dict[str, set[int]] = {}
        for place, (keys, form, _) in enumerate(forms):
            self._beginning.setdefault(keys[0], []).append((place, joined[place]))
            for key in _content_stems(form):
                self._with.setdefault(key, set()).add(place)
        self._sizes = [len(_content_stems(form)) for _, form, _ in forms]

    def load(self) -> None:
        """Imports what compares."""
        import_module("rapidfuzz.fuzz")
        import_module("rapidfuzz.process")

    def find(self, typed: str, *, partly: bool = False) -> FamousQuotation | None:
        """The famous words that are, or are in, what was typed; `partly`: or of which it is the half, at least."""
        keys = stems(typed[:_LONGEST])
        said = _joined(keys)
        places = [place for key in keys for place, form in self._beginning.get(key, ()) if form in said]
        halves = self._halves(_content_stems(typed[:_LONGEST])) if partly else ()
        first = min(places) if places else min(chain(self._alike(said), halves), default=None)
        return None if first is None else self._quotations[first]

    def _alike(self, said: str) -> Iterator[int]:
        """The places of the forms that are nearly what was said."""
        start = bisect_left(self._lengths, _RATIO * len(said))
        end = bisect_right(self._lengths, len(said) / _RATIO, start)
        # For most words no form has a like length, and then the library need not be loaded.
        if start < end:
            from rapidfuzz import fuzz, process

            near = process.extract(said, self._forms[start:end], scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
            yield from (self._by_length[start + n] for _, _, n in near)

    def _halves(self, words: frozenset[str]) -> Iterator[int]:
        """The places of the forms of which the words are the half, at least."""
        if words and words <= self._with.keys():
            places = reduce(and_, (self._with[word] for word in words))
            yield from (n for n in places if 2 * len(words) >= self._sizes[n])


def _content_stems(words: str) -> frozenset[str]:
    return frozenset(token.stem for token in content_words(words))


def _joined(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "
