"""Words for the divisions of books, in English and German: chapter, act, section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from corpus.language.alternation import any_of

DIVISIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "chapter": ("chapter", "kapitel"),
    "act": ("act", "akt"),
    "scene": ("scene", "szene"),
    "part": ("part", "teil"),
    "book": ("book", "buch"),
    "section": ("section", "abschnitt"),
    "canto": ("canto",),
    "letter": ("letter",),
    "volume": ("volume",),
    "appendix": ("appendix", "anhang"),
}
"""The words for each kind of division; a kind is called by the first."""
_ABBREVIATIONS: Final = {"chap.": "chapter", "chap": "chapter", "ch.": "chapter", "ch": "chapter", "vol.": "volume"}
KINDS: Final[Mapping[str, str]] = {word: kind for kind, words in DIVISIONS.items() for word in words} | _ABBREVIATIONS
"""The kind of division that a word in small letters, or its abbreviation, stands for."""
DIVISION: Final = any_of(word for words in DIVISIONS.values() for word in words)
"""A pattern for a word."""
DIVISION_OR_ABBREVIATION: Final = any_of(word.replace(".", r"\.") for word in KINDS)
"""A pattern for a word or its abbreviation, in small letters."""
