"""Number words: cardinal and ordinal numbers of one word, and the round ones that multiply them."""

from __future__ import annotations

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
SIZES: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9}


def begins_number(word: str) -> bool:
    """Whether a number of one or several words may begin with a folded word."""
    return word.isdecimal() or word in CARDINALS
