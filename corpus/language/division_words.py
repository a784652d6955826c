"""Words for the divisions of books in several languages: chapter, act, section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from corpus.language.alternation import any_of, phrases

_TABLE: Final = {
    "chapter": "chapter, kapitel, chapitre, capítulo, capitulo, capitolo, глава",
    "act": "act, akt, aufzug, acte, acto, atto, акт, действие",
    "scene": "scene, szene, auftritt, scène, escena, scena, сцена, явление",
    "part": "part, teil, partie, parte, часть",
    "book": "book, buch, livre, libro, книга",
    "section": "section, abschnitt, sección, seccion, sezione, раздел",
    "canto": "canto",
    "letter": "letter, lettre, lettera, письмо",
    "volume": "volume, tome, tomo, том",
    "appendix": "appendix, anhang, appendice, apéndice, apendice, приложение",
}
DIVISIONS: Final[Mapping[str, tuple[str, ...]]] = {kind: phrases(words) for kind, words in _TABLE.items()}
"""The words for each kind of division; a kind is called by the first."""
_ABBREVIATIONS: Final = {"chap.": "chapter", "chap": "chapter", "ch.": "chapter", "ch": "chapter", "vol.": "volume"}
KINDS: Final[Mapping[str, str]] = {word: kind for kind, words in DIVISIONS.items() for word in words} | _ABBREVIATIONS
"""The kind of division that a word in small letters, or its abbreviation, stands for."""
DIVISION: Final = any_of(word for words in DIVISIONS.values() for word in words)
"""A pattern for a word."""
DIVISION_OR_ABBREVIATION: Final = any_of(word.replace(".", r"\.") for word in KINDS)
"""A pattern for a word or its abbreviation, in small letters."""
