"""A cache for functions of a word: bounded in entries and in size, so that nothing long that people type stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

LONGEST_WORD = 40
"""Characters of what is kept: what is longer is no word."""

Result = TypeVar("Result")


def word_cache(entries: int) -> Callable[[Callable[[str], Result]], Callable[[str], Result]]:
    """Keep the results for the `entries` words that were asked for last; longer strings are worked out anew."""

    def decorate(function: Callable[[str], Result]) -> Callable[[str], Result]:
        cached = lru_cache(maxsize=entries)(function)

        @wraps(function)
        def look_up(word: str) -> Result:
            return cached(word) if len(word) <= LONGEST_WORD else function(word)

        return look_up

    return decorate
