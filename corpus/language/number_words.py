"""Number words: cardinal and ordinal numbers of one word, and the figures that stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

_ONES: Final = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
CARDINALS: Final = {word: number for number, word in enumerate(_ONES.split())} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), 2)
}
ORDINALS: Final = {f"{word}th": number for word, number in CARDINALS.items()} | {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70,
    "eightieth": 80, "ninetieth": 90,
}  # fmt: skip
_ROUND: Final = {10**9: "billion", 10**6: "million", 10**3: "thousand"}
_SIZES: Final = {name: size for size, name in _ROUND.items()}
_LONG, _LONGEST = 5, 12  # figures: four may be a year's
_GROUP, _THOUSAND = 3, 1_000
_FIGURES: Final = re.compile(r"([0-9]{1,2})(st|nd|rd|th)?")
_WORDS_OF_CARDINALS: Final = {value: word for word, value in CARDINALS.items()}
_WORDS_OF_ORDINALS: Final = {value: word for word, value in ORDINALS.items()}


def other_spellings(word: str) -> tuple[str, ...]:
    """Other ways to write a number below a hundred as one word: "five" and "5", "third" and "3rd", "20th" and "20"."""
    if figures := _FIGURES.fullmatch(word):
        value, words = int(figures[1]), _WORDS_OF_ORDINALS if figures[2] else _WORDS_OF_CARDINALS
        other = figures[1] if figures[2] else _with_ending(value)
        return tuple(filter(None, (words.get(value), other)))
    if word in CARDINALS:
        return (f"{CARDINALS[word]}",)
    return (_with_ending(ORDINALS[word]),) if word in ORDINALS else ()


def spellings_of_day(day: int) -> tuple[tuple[str, ...], ...]:
    """The ways to write the number of a day, most in one word: 24, 24th, twenty four and twenty fourth."""
    figures = f"{day}"
    if words := in_two_words(figures):
        tens, ones = words
        return (figures,), (_with_ending(day),), words, (tens, _WORDS_OF_ORDINALS[CARDINALS[ones]])
    return (figures,), (_with_ending(day),), (_WORDS_OF_CARDINALS[day],), (_WORDS_OF_ORDINALS[day],)


def in_two_words(figures: str) -> tuple[str, str] | None:
    """A number of two figures as the two words it has: 25 is ("twenty", "five"); None where it has one, or is none."""
    value = int(figures) if re.fullmatch("[0-9]{2}", figures) else 0
    if value < 20 or value % 10 == 0:
        return None
    return _WORDS_OF_CARDINALS[value - value % 10], _WORDS_OF_CARDINALS[value % 10]


def in_two_figures(tens: str, ones: str) -> str:
    """Two words that are a number as figures: "twenty" and "five" are "25"; nothing where they are none."""
    ten, one = CARDINALS.get(tens, 0), CARDINALS.get(ones, 0)
    return f"{ten + one}" if ten >= 20 and 0 < one < 10 else ""


def in_round_numbers(figures: str) -> tuple[str, str] | None:
    """A round number of five figures or more as people say it: 5000000 is ("5", "million"); None for any other."""
    if len(figures) < _LONG or not figures.isdecimal() or figures.startswith("0"):
        return None
    value = int(figures) if len(figures) <= _LONGEST else 0
    return next(((f"{part}", name) for part, name in _rounds(value)), None)


def _rounds(value: int) -> Iterator[tuple[int, str]]:
    """The ways to say a number as a round one, the largest first: 5000000 is 5 million, or 5000 thousand."""
    return ((value // size, name) for size, name in _ROUND.items() if value and value % size == 0)


def begins_number(word: str) -> bool:
    """Whether a number of one or several words may begin with a folded word."""
    return word.isdecimal() or word in CARDINALS


def spellings_of_number(words: Sequence[str]) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """How many of the first words are one number, and the other ways to write it: 5 000 000, five million, 5000000.

    Of folded words, so that a comma or a stop between the figures makes no difference. 0 words where none is a number
    of a thousand or more.
    """
    many, value = _number_at(words)
    if not _THOUSAND <= value < 10**_LONGEST:
        return 0, ()
    ways = [(f"{value}",), tuple(f"{value:,}".split(","))]
    for part, name in _rounds(value):
        if part < _SIZES[name]:
            ways += [(f"{part}", name), *([(_WORDS_OF_CARDINALS[part], name)] if part in _WORDS_OF_CARDINALS else [])]
    return many, tuple(way for way in ways if way != tuple(words[:many]))


def _number_at(words: Sequence[str]) -> tuple[int, int]:
    """How many of the first words are one number, and its value."""
    first, second = (*words[:2], "", "")[:2]
    if not begins_number(first):
        return 0, 0
    value = CARDINALS[first] if first in CARDINALS else int(first[: _LONGEST + 1])
    if size := _SIZES.get(second.removesuffix("s")):
        return 2, value * size
    groups = [first, *takewhile(lambda word: len(word) == _GROUP and word.isdecimal(), words[1:])]
    if len(groups) > 1 and first.isdecimal() and len(first) <= _GROUP:
        return len(groups), int("".join(groups)[: _LONGEST + 1])
    return (1, value) if first.isdecimal() and len(first) > _GROUP else (0, 0)


def ordinal_in_words(word: str) -> str:
    """An ordinal number in figures as its word, "2nd" as "second"; any other word as it is."""
    if not word[:1].isdigit():
        return word  # mostly
    figures = _FIGURES.fullmatch(word)
    return _WORDS_OF_ORDINALS.get(int(figures[1]), word) if figures and figures[2] else word


def _with_ending(value: int) -> str:
    teens = 10 < value % 100 < 14
    return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"
