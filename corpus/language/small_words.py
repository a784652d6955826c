"""Articles and prepositions of the languages in which people type, folded: beside a name they say nothing."""

from __future__ import annotations

from typing import Final

from corpus.language.alternation import any_of

DEFINITE_ARTICLES: Final = ("der", "die", "das", "den", "dem", "des", "le", "la", "les")
"""German and French."""
_INDEFINITE: Final = ("ein", "eine", "einen", "einem", "einer", "eines", "un", "une")
FOREIGN_ARTICLES: Final = frozenset((*DEFINITE_ARTICLES, *_INDEFINITE))
"""German and French."""
ARTICLES: Final = FOREIGN_ARTICLES | {"a", "an", "the"}
THE: Final = rf"(?:{any_of(DEFINITE_ARTICLES)} |l')"
"""A pattern for a definite one, with the space behind it."""
ABOUT: Final = (
    "uber", "zu", "zum", "zur", "sur", "a propos de", "a propos du", "au sujet de", "au sujet du",
    "concernant", "о", "об", "обо", "про", "на тему",  # noqa: RUF001 - Russian.
)  # fmt: skip
"""What stands before a subject in German, French and Russian."""
_FOREIGN_PREPOSITIONS: Final = """
ab am an auf aus bei beim bis durch fur gegen im mit nach ohne seit uber um unter vom von vor wahrend zu zum zur
zwischen und oder

apres au aux avant avec chez dans de depuis du en entre et jusqu'a jusqu'au jusqu'en ou par pendant pour sans sous sur
vers

без в во для до за и из к ко между на над о об обо от перед по под после при про с со у
время год года году
"""  # noqa: RUF001 - Russian.
FOREIGN_SMALL_WORDS: Final = FOREIGN_ARTICLES | frozenset(_FOREIGN_PREPOSITIONS.split())
"""German, French and Russian, with the “время” of “во время” and the “года” of dates."""


FOREIGN_LINKS: Final = any_of(("und", "et", "и", "gegen", "contre", "против"))
"""A pattern for “and” and “against” in German, French and Russian, between things that are compared."""


def is_telling(word: str) -> bool:
    """Whether a folded word may tell what is meant, as a number or a German article does not."""
    return not word.isdecimal() and word not in FOREIGN_SMALL_WORDS
