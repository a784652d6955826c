"""Which texts are in English, by how many small English words they begin with: no file says it of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from corpus.language.english import looks_english
from corpus.language.tokens import tokens
from corpus.text_model import Text

_TEXTS = 20
"""Texts that are looked at where it is asked of all."""
_PARAGRAPHS = 20
_WORDS = 300
"""Of the beginning of a text."""


class EnglishTexts:
    """Knows of each text whether it is in English."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self._texts = texts
        self._known: dict[str, bool] = {}

    def __contains__(self, text: str) -> bool:
        """Whether the text of an id is in English."""
        if text not in self._known:
            self._known[text] = looks_english(islice(_first_words(self._texts[text]), _WORDS))
        return self._known[text]

    @property
    def are_all(self) -> bool:
        """Whether the texts are in English, by the first of them."""
        return all(text in self for text in islice(self._texts, _TEXTS))


def _first_words(text: Text) -> Iterator[str]:
    for paragraph in text.paragraphs[:_PARAGRAPHS]:
        yield from (one.word for one in tokens(paragraph.words))
