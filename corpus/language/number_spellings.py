"""Spellings of a number: the other ways to write it, in figures and in words, of which a text has one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.language.number_words import CARDINALS, ORDINALS, SIZES, begins_number
from corpus.language.numbers import number_at_start

_LONG, _LONGEST = 5, 12  # figures: four may be a year's
_THOUSAND: Final = 1_000
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
    return ((value // size, name) for name, size in reversed(SIZES.items()) if value and value % size == 0)


def spellings_of_number(words: Sequence[str]) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """How many of the first words are one number, and the other ways to write it: 5 000 000, five million, 5000000.

    Of folded words, so that a comma or a stop between the figures makes no difference. 0 words where none is a number
    of a thousand or more.
    """
    if not (words and begins_number(words[0])):
        return 0, ()
    number, many = number_at_start([_singular(word) for word in words])
    value = number.value if number and number.kind == "cardinal" else 0
    if not _THOUSAND <= value < 10**_LONGEST:
        return 0, ()
    ways = [(f"{value}",), tuple(f"{value:,}".split(","))]
    for part, name in _rounds(value):
        if part < SIZES[name]:
            ways += [(f"{part}", name), *([(_WORDS_OF_CARDINALS[part], name)] if part in _WORDS_OF_CARDINALS else [])]
    return many, tuple(way for way in ways if way != tuple(words[:many]))


def _singular(word: str) -> str:
    """“millions” as “million”."""
    one = word.removesuffix("s")
    return one if one in SIZES else word


def ordinal_in_words(word: str) -> str:
    """An ordinal number in figures as its word, "2nd" as "second"; any other word as it is."""
    if not word[:1].isdigit():
        return word  # mostly
    figures = _FIGURES.fullmatch(word)
    return _WORDS_OF_ORDINALS.get(int(figures[1]), word) if figures and figures[2] else word


def _with_ending(value: int) -> str:
    teens = 10 < value % 100 < 14
    return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"
