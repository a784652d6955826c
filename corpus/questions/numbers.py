"""Parsing numbers as people type them: in figures, in words, or in both."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.language.tokens import folded

_ONES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_CARDINALS = {word: number for number, word in enumerate(_ONES.split())} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), 2)
}
_ORDINALS = {f"{word}th": number for word, number in _CARDINALS.items()} | {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "ninetieth": 90,
}  # fmt: skip
_SMALL = _CARDINALS | _ORDINALS
_LARGE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_PIECE = re.compile(
    r"(?P<figures>\d{1,3}(?:,\d{3}|(?<=\d) \d{3}(?!\d))+(?!\d)|\d+(?:\.\d+)?)(?P<ending>(?:st|nd|rd|th)\b)?"
    r"|(?P<letters>[^\W\d_]+)|(?P<other>[^\w\s]|_)"
)


class Number(NamedTuple):
    """A number that was typed, whether as an ordinal, and the other words that were typed with it."""

    value: float
    ordinal: bool
    beside: frozenset[str]


def is_number_word(word: str) -> bool:
    """Whether a folded word is a number, or has one in it."""
    return word in _SMALL or word in _LARGE or any(character.isdigit() for character in word)


def read_number(typed: str) -> Number | None:
    """The one number that stands in `typed`; None where there is none, or more than one."""
    words, beside, places, ordinal = _pieces(typed)
    if not words or places != list(range(places[0], places[0] + len(places))):
        return None
    value = _value(words)
    return None if value is None else Number(value, ordinal, frozenset(beside))


def _pieces(typed: str) -> tuple[list[str], list[str], list[int], bool]:
    """The words of the number, all other words, where those of the number stand, and whether one is an ordinal."""
    words: list[str] = []
    beside: list[str] = []
    places: list[int] = []
    ordinal = False
    place = 0
    for match in _PIECE.finditer(re.sub(r"(?<=[a-z])-(?=[a-z])", " ", folded(typed))):
        word = match["figures"] or match["letters"]
        if not word:
            if match["other"] not in ".!?\"'":
                place += 1  # a comma or a slash parts two numbers, and a sign changes one
                beside.append(match["other"])
        elif match["figures"] or word in _SMALL or word in _LARGE:
            words.append(re.sub("[, ]", "", word))
            places.append(place)
            place += 1
            ordinal = ordinal or word in _ORDINALS or bool(match["ending"])
        elif not (word == "and" and words and words[-1] in _LARGE):
            beside.append(word)
            place += 1
    return words, beside, places, ordinal


def _value(words: list[str]) -> float | None:
    """What the words say together, or None where they are several numbers."""
    total, group, last = 0.0, 0.0, float("inf")
    for word in words:
        if word == "hundred":
            group, last = (group or 1) * 100, 100
        elif word in _LARGE:
            total, group, last = total + (group or 1) * _LARGE[word], 0.0, _LARGE[word]
        else:
            small = float(_SMALL.get(word, word))
            if group and not _goes_on(last, small):
                return None
            group, last = group + small, small
    return total + group


def _goes_on(last: float, small: float) -> bool:
    """Whether a number may follow another within one: "hundred five", "twenty five", but not "five six"."""
    return last == 100 > small or (20 <= last < 100 and 1 <= small < 10)
