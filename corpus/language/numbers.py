"""Numbers as people write them, in figures, in words or in Roman numerals, with the value that they have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final, Literal, NamedTuple

from corpus.language.number_words import CARDINALS, ORDINALS, SIZES
from corpus.language.roman_numerals import ROMAN_NUMERAL, roman_value
from corpus.language.tokens import folded

MOST_WORDS: Final = 12
"""Words of a number, or of a date."""
MULTIPLES: Final = frozenset(("hundred", *SIZES))
_FIRST_WORDS: Final = frozenset(("a", *CARDINALS, *ORDINALS))
"""Words with which a number in words begins: a hundred, five, fifth."""
_FIGURES: Final = re.compile(r"([0-9]{1,12})(st|nd|rd|th|d)?")
_ROMAN: Final = re.compile(ROMAN_NUMERAL)
_NO_WORD: Final = re.compile("[ivx]{2,5}")
"""Roman numerals in small letters that are no word."""
_HUNDRED, _GROUP = 100, 3


class Number(NamedTuple):
    """A number, with its signs: £, %. Roman numerals are of either kind.

    A “decimal” is figures such as 12.500: thousands to one reader, a fraction to another; only the same are the same.
    """

    value: int
    kind: Literal["cardinal", "ordinal", "roman", "decimal"]
    signs: str = ""


def number_at_start(words: Sequence[str]) -> tuple[Number | None, int]:
    """The number with which words begin, and how many of them it has; signs are no words of it."""
    if figures := _FIGURES.fullmatch(folded(words[0]).replace("'", "")):
        return _in_figures(figures, words[1:])
    is_capital = words[0] != "I" and words[0].isupper()
    if (is_capital or _NO_WORD.fullmatch(words[0])) and _ROMAN.fullmatch(words[0].lower()):
        return Number(roman_value(words[0].lower()), "roman"), 1
    if folded(words[0]) not in _FIRST_WORDS:
        return None, 0
    return _in_words([folded(word) for word in words[:MOST_WORDS]])


def _in_figures(figures: re.Match[str], others: Sequence[str]) -> tuple[Number, int]:
    """A number in figures with those that follow after a comma, and with its size: 5,000,000 or 5 million."""
    if figures[2]:
        return Number(int(figures[1]), "ordinal"), 1
    is_grouped = len(figures[1]) <= _GROUP and figures[1] != "0"
    groups = [*takewhile(lambda one: len(one) == _GROUP and one.isdecimal(), others)] if is_grouped else []
    value, many = int(figures[1] + "".join(groups)), 1 + len(groups)
    size = SIZES.get(others[many - 1].lower()) if many <= len(others) else None
    return Number(value * (size or 1), "cardinal"), many + bool(size)


def _in_words(words: Sequence[str]) -> tuple[Number | None, int]:
    """The number that begins with the first word: “twenty-five”, “a hundred and fifth”, “nineteen seventeen”."""
    total = part = 0
    for n, word in enumerate(words):
        before, after = words[n - 1] if n else "", words[n + 1] if n + 1 < len(words) else ""
        ordinal = ORDINALS.get(word)
        value = CARDINALS.get(word, ordinal)
        if value is not None and _goes_on(part, value, before):
            part = part * _HUNDRED + value if _is_year(part, value, before) else part + value
        elif word == "hundred" and (0 < part < _HUNDRED or before == "a"):
            part = (part or 1) * _HUNDRED
        elif word in SIZES and (part or before == "a"):
            total, part = total + (part or 1) * SIZES[word], 0
        elif not (word == "and" and before in MULTIPLES) and not (word == "a" and not n and after in MULTIPLES):
            return _ended(total + part, words[:n])
        if ordinal is not None:
            return Number(total + part, "ordinal"), n + 1
    return _ended(total + part, words)


def _ended(value: int, words: Sequence[str]) -> tuple[Number | None, int]:
    many = len(words) - (words[-1:] == ["and"])
    is_number = value > 0 or list(words) == ["zero"]
    return (Number(value, "cardinal"), many) if is_number else (None, 0)


def _goes_on(part: int, value: int, before: str) -> bool:
    """Whether a number of one word continues one that has begun."""
    is_unit = part % _HUNDRED > 0 and part % 10 == 0 and value < 10 and before in CARDINALS
    return part == 0 or before in ("and", "hundred") or is_unit or _is_year(part, value, before)


def _is_year(part: int, value: int, before: str) -> bool:
    """Whether a number of two figures is followed by another: “nineteen seventeen”."""
    return 10 < part < 21 and value >= 10 and before in CARDINALS
