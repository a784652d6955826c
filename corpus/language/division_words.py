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
_OTHER_FORMS: Final = {
    "chapter": ("chapters", "chap.", "chap", "ch.", "ch", "chs."),
    "act": ("acts", "akte"),
    "scene": ("scenes", "sc.", "sc", "szenen"),
    "part": ("parts", "pt.", "teile"),
    "section": ("sections", "abschnitte"),
    "letter": ("letters",),
    "volume": ("vol.", "volumes"),
}
KINDS: Final[Mapping[str, str]] = {
    word: kind for table in (DIVISIONS, _OTHER_FORMS) for kind, words in table.items() for word in words
}
"""The kind of division that a word in small letters, its plural or its abbreviation stands for."""
RANKS: Final = ("appendix", "volume", "book", "part", "act", "letter", "canto", "chapter", "scene", "section")
"""The kinds from the widest to the narrowest: an act has scenes, and each act has a first scene."""
DIVISION: Final = any_of(word for words in DIVISIONS.values() for word in words)
"""A pattern for a word."""
DIVISION_OR_ABBREVIATION: Final = any_of(word.replace(".", r"\.") for word in KINDS)
"""A pattern for a word, its plural or its abbreviation, in small letters."""
