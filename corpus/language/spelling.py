"""Spelling correction: the known word that somebody meant. Numbers are never corrected, short words neither."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile
from typing import Protocol

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = "aeiouy"
_LONG = 8  # letters of a word in which two slips are forgiven
_LONGEST = 40  # letters of a word that somebody may have meant
_SHARED, _SHARED_PART = 5, 0.6
"""Letters, and the part of a word, that a relative of it begins with."""
_MOST_RELATIVES = 50
_ALIKE = 0.7
"""From this similarity on (1 is equality), a word is worth offering to somebody who found nothing."""


class NearWords:
    """A quick test for whether a word is one of some words but for a slip, where no more than one is forgiven.

    Of two words so near, the same is left when a letter is taken out of each: where nothing is the same, they need not
    be compared. Of a longer word nothing is known: what is left of it without two letters is too much to look up.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._left = frozenset(left for word in words for left in _without_a_letter(word, len(word) <= _LONG))

    def may_have(self, word: str) -> bool:
        """Whether one of the words may be the word, or near it."""
        slips = typos_allowed(word)
        return slips > 1 or not self._left.isdisjoint(_without_a_letter(word, slips > 0))


def _without_a_letter(word: str, is_near: bool) -> list[str]:
    """The word and, for those that are near it, what is left without each of its letters."""
    return [word, *[word[:n] + word[n + 1 :] for n in range(len(word))]] if is_near else [word]


class WordLetters:
    """Words with their letters, by which the few that may be near another are found before any are compared."""

    def __init__(self, words: Iterable[str]) -> None:
        import numpy as np

        self._words = list(words)
        self._masks = np.array(list(map(letter_mask, self._words)), np.uint32)

    def near(self, typed: str, edits: int) -> list[str]:
        """The words that have most of the letters of `typed`: all that so many edits make of it, and others."""
        import numpy as np

        differing = np.bitwise_count(self._masks ^ np.uint32(letter_mask(typed)))
        return [self._words[n] for n in (differing <= 2 * edits).nonzero()[0].tolist()]


class Vocabulary(Protocol):
    """Known words, each with how often it occurs in the corpus, wherever they are kept."""

    def of_lengths(self, lengths: range, typed: str, edits: int, initials: str = "") -> list[str]:
        """Words of these lengths: all that so many edits make of `typed`, and perhaps others.

        Where there are `initials`, only those that begin with one of them.
        """

    def beginning(self, letters: str) -> Iterable[str]:
        """Words that begin with these letters."""

    def count(self, word: str) -> int:
        """How often a known word occurs in the corpus."""


class WordTable:
    """Words by length and first letter, so that few have to be compared with a short one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[tuple[int, str], list[str]] = {}
        for word in words:
            for initial in ("", word[0]):
                self._words.setdefault((len(word), initial), []).append(word)

    def of_lengths(self, lengths: range, initials: str = "") -> list[str]:
        """The words of these lengths that begin with one of the letters; with any where there are none."""
        found: list[str] = []
        for length in lengths:
            for initial in dict.fromkeys(initials) or ("",):
                found += self._words.get((length, initial), ())
        return found


class CountedWords:
    """A vocabulary in memory."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = {word: count for word, count in counts.items() if word.isalpha()}
        self._table = WordTable(self._counts)

    def of_lengths(self, lengths: range, typed: str, edits: int, initials: str = "") -> list[str]:
        return self._table.of_lengths(lengths, initials)

    def beginning(self, letters: str) -> Iterable[str]:
        return (word for word in self._counts if word.startswith(letters))

    def count(self, word: str) -> int:
        return self._counts[word]


class Speller:
    """A spelling corrector over a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._letters: WordLetters | None = None

    def load(self) -> None:
        """Keeps the letters of all words, which takes numpy: so few of them are compared with what is typed."""
        self._letters = WordLetters(self._vocabulary.of_lengths(range(2 * _LONGEST), "", _LONGEST))

    def correct(self, typed: str) -> str | None:
        """The word meant by `typed`, a folded word that is not known: one slip off, or two from eight letters on."""
        slips = typos_allowed(typed)
        if not slips:
            return None
        words = self._slips_of(typed, slips)
        if not words:
            return None  # mostly, and then the library need not be loaded
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near = process.extract(typed, words, scorer=OSA.distance, score_cutoff=slips, limit=None)
        likely = [self._merit(typed, word, distance) for word, distance, _ in near if _is_likely(typed, word)]
        return min(likely)[-1] if likely else None

    def suggest(self, typed: str, limit: int) -> tuple[str, ...]:
        """Words that begin with `typed`, the shortest first, those that look like it, best first, and relatives."""
        if not typed.isalpha() or len(typed) > _LONGEST:
            return ()
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        begun = self._vocabulary.beginning(typed) if len(typed) > 2 else ()
        words = self._alike(typed)
        alike = process.extract(typed, words, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=None)
        count = self._vocabulary.count
        first = sorted((len(word), -count(word), word) for word in begun)
        then = sorted((-similarity, -count(word), word) for word, similarity, _ in alike)
        return tuple(dict.fromkeys([*(word for _, _, word in (*first, *then)), *self._relatives(typed)]))[:limit]

    def _relatives(self, typed: str) -> list[str]:
        """Words that have most of the beginning in common, as of one family: submission, where "submit" was typed."""
        shared = max(_SHARED, int(len(typed) * _SHARED_PART))
        begun = self._vocabulary.beginning(typed[:shared]) if len(typed) > shared else ()
        return sorted(islice(begun, _MOST_RELATIVES), key=lambda word: (-self._vocabulary.count(word), word))

    def _alike(self, typed: str) -> list[str]:
        """Words that may be alike."""
        lengths = range(int(len(typed) * _ALIKE), int(len(typed) / _ALIKE) + 2)
        if self._letters:
            return self._letters.near(typed, int(lengths[-1] * (1 - _ALIKE)))
        return [word for length in lengths for word in self._alike_of_length(typed, length)]

    def _alike_of_length(self, typed: str, length: int) -> list[str]:
        edits = int(max(length, len(typed)) * (1 - _ALIKE))
        return self._vocabulary.of_lengths(range(length, length + 1), typed, edits)

    def _slips_of(self, typed: str, slips: int) -> list[str]:
        """Words that it may be: a short one begins with one of its first two letters, or it is another word."""
        if self._letters:
            return self._letters.near(typed, slips)
        lengths = range(len(typed) - slips, len(typed) + slips + 1)
        words = self._vocabulary.of_lengths(lengths, typed, slips, "" if len(typed) >= _LONG else typed[:2])
        letters = frozenset(typed)
        return [word for word in words if len(letters.difference(word)) <= slips and _may_be(typed, word, slips)]

    def _merit(self, typed: str, word: str, distance: float) -> tuple[float, bool, int, str]:
        return distance, word[0] != typed[0], -self._vocabulary.count(word), word


def typos_allowed(word: str) -> int:
    """The edit distance that is forgiven in a word of this length; two letters swapped count as one edit."""
    if not word.isalpha() or len(word) < 5 or len(word) > _LONGEST:
        return 0
    return 1 if len(word) < _LONG else 2


def words_beginning(words: Sequence[str], letters: str) -> Iterator[str]:
    """Those of words in alphabetical order that begin with these letters."""
    return takewhile(lambda word: word.startswith(letters), islice(words, bisect_left(words, letters), None))


def letter_mask(word: str) -> int:
    """The letters of a word as bits of a whole number below 2**32. An edit changes two of them at most."""
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 31)
    return mask


def _may_be(typed: str, word: str, slips: int) -> bool:
    """Whether so few edits may make one of the other: all but so many letters of either half are near their places."""
    half = len(typed) // 2
    before, behind = word[: half + slips], word[-(len(typed) - half + slips) :]
    return len(_without(typed[:half], before)) + len(_without(typed[half:], behind)) <= slips


def _without(word: str, letters: str) -> str:
    """A word without each of the letters, once."""
    for letter in letters:
        word = word.replace(letter, "", 1)
    return word


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
