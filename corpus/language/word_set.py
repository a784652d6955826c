"""The set of words of what was typed: a quick look at which forms it cannot have."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.language.tokens import folded

_WORD = re.compile(r"[^\W\d_]+|\d+")
_SHORT = 200
"""Characters of the longest request."""


def word_set(typed: str) -> frozenset[str]:
    """The words, folded: runs of letters, and of figures, so that `ch.4` has `ch` and `4`."""
    return _short_word_set(typed) if len(typed) <= _SHORT else _word_set(typed)


def _word_set(typed: str) -> frozenset[str]:
    return frozenset(_WORD.findall(folded(typed)))


# A question is looked at for words of a chapter, a request and more. Nothing long that people type is kept.
_short_word_set = lru_cache(maxsize=64)(_word_set)
