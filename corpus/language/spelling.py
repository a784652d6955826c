"""Spelling correction: the known word that somebody meant. Numbers are never corrected, short words neither."""

from __future__ import annotations

from collections.abc import Mapping

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = "aeiouy"
_LONG = 8  # letters of a word in which two slips are forgiven
_ALIKE = 0.7
"""From this similarity on (1 is equality), a word is worth offering to somebody who found nothing."""


class Speller:
    """A spelling corrector over a vocabulary: the known words, each with how often it stands in the corpus."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = {word: count for word, count in counts.items() if word.isalpha()}
        self._by_length: dict[int, dict[str, list[str]]] = {}
        for word in self._counts:
            self._by_length.setdefault(len(word), {}).setdefault(word[0], []).append(word)

    def correct(self, typed: str) -> str | None:
        """The word meant by `typed`, a folded word that is not known: one slip off, or two from eight letters on."""
        slips = typos_allowed(typed)
        if not slips:
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near = process.extract(
            typed, self._of_length(typed, slips), scorer=OSA.distance, score_cutoff=slips, limit=None
        )
        likely = [self._merit(typed, word, distance) for word, distance, _ in near if _is_likely(typed, word)]
        return min(likely)[-1] if likely else None

    def suggest(self, typed: str, limit: int) -> tuple[str, ...]:
        """Words that begin as `typed` does, then those that look like it, best first."""
        if not typed.isalpha():
            return ()
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        same = (word for one in self._by_length.values() for word in one.get(typed[0], ()))
        begun = sorted((word for word in same if len(typed) > 2 and word.startswith(typed)), key=len)
        alike = process.extract(
            typed, list(self._counts), scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=limit
        )
        return tuple(dict.fromkeys([*begun, *(word for word, _, _ in alike)]))[:limit]

    def _of_length(self, typed: str, slips: int) -> list[str]:
        """Words that it may be: a short one begins with one of its first two letters, or it is another word."""
        lengths = range(len(typed) - slips, len(typed) + slips + 1)
        begun = [self._by_length.get(length, {}) for length in lengths]
        if len(typed) >= _LONG:
            return [word for one in begun for words in one.values() for word in words]
        return [word for one in begun for first in dict.fromkeys(typed[:2]) for word in one.get(first, ())]

    def _merit(self, typed: str, word: str, distance: float) -> tuple[float, bool, int, str]:
        return distance, word[0] != typed[0], -self._counts[word], word


def typos_allowed(word: str) -> int:
    """The edit distance that is forgiven in a word of this length; two letters swapped count as one edit."""
    if not word.isalpha() or len(word) < 5 or len(word) > 40:
        return 0
    return 1 if len(word) < _LONG else 2


def _is_likely(typed: str, word: str) -> bool:
    """Whether a slip between short words is one that people make: most words one letter off are just other words."""
    if len(typed) >= _LONG:
        return True
    wrong = [(one, other) for one, other in zip(typed, word, strict=False) if one != other]
    if len(typed) != len(word) or len(wrong) != 1:
        return typed[0] == word[0] or sorted(typed) == sorted(word)
    return typed[0] == word[0] and (len(typed) == 7 or _are_neighbours(*wrong[0]))


def _are_neighbours(one: str, other: str) -> bool:
    """Whether one letter is easily typed for the other."""
    vowels = one in _VOWELS and other in _VOWELS
    return vowels or any(one + other in row or other + one in row for row in _KEYS)
