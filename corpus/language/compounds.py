"""Words that are printed in one or in several: any one, court-yard, U.S.S.R.; and numbers and ligatures in two ways."""

from __future__ import annotations

import re

from corpus.language.tokens import folded

_PARTED = re.compile(r"[\s-]+|(?<=[^\W\d_])\.")
_ORDINAL = re.compile(r"([0-9]+)(?:st|nd|rd|th|d)")
_LIGATURES = (("æ", "ae"), ("œ", "oe")), (("æ", "e"), ("œ", "e"))


def are_same_in_print(one: str, other: str) -> bool:
    """Whether two strings have the same letters in the same order, whatever parts or joins their words.

    An ordinal is the same with its old ending (23d, 23rd), and a ligature the same as its letters, or as a plain e.
    """
    return bool(_spellings(one) & _spellings(other))


def _spellings(words: str) -> set[str]:
    joined = _ORDINAL.sub(r"\1th", _PARTED.sub("", folded(words)))
    return {_replace_ligatures(joined, ways) for ways in _LIGATURES}


def _replace_ligatures(words: str, ways: tuple[tuple[str, str], ...]) -> str:
    for ligature, letters in ways:
        words = words.replace(ligature, letters)
    return words
