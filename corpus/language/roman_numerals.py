"""Roman numerals, in small letters."""

from __future__ import annotations

from typing import Final

ROMAN_NUMERAL: Final = "(?=[mdclxvi])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
"""A pattern for those up to 3,999."""
_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1_000}


def roman_value(numeral: str) -> int:
    """The number that a Roman numeral is: a letter before a larger one is taken away."""
    values = [_VALUES[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
