"""A cache for functions of a word: bounded in entries and in size, so that nothing long that people type stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

LONGEST_WORD = 40
"""Characters of what is kept: what is longer is no word."""

Result = TypeVar("Result")


class _Results(dict[str, Result]):
    """The results of a function by its word; a word that is not there is worked out."""

    def __init__(self, function: Callable[[str], Result], entries: int) -> None:
        super().__init__()
        self._function, self._entries = function, entries

    def __missing__(self, word: str) -> Result:
        result = self._function(word)
        if len(word) <= LONGEST_WORD:
            if len(self) >= self._entries:
                self.clear()
            self[word] = result
        return result


def word_cache(entries: int) -> Callable[[Callable[[str], Result]], Callable[[str], Result]]:
    """Keep the results for so many words, and start again when there are more; longer strings are worked out each time.

    A look-up is a dict's own: a query makes a hundred, and functools' cache needs a function around it that looks at
    the length.
    """

    def decorate(function: Callable[[str], Result]) -> Callable[[str], Result]:
        return _Results(function, entries).__getitem__

    return decorate
