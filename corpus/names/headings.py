"""Heading index: titles and headings of the texts by their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from corpus.chapters import chapter_place, names_division
from corpus.language.tokens import folded
from corpus.names.index import NameIndex, folded_words
from corpus.reference import Reference
from corpus.text_model import Text

_MOST = 2_000
"""Titles and headings that are looked at: no list of them grows with the library."""
_LOOKED_THROUGH = 20
"""Texts that are looked through for a chapter by its number."""


class TextHeading(NamedTuple):
    """A title or a heading, and the paragraph that it is above."""

    words: str
    reference: Reference
    is_title: bool


class HeadingIndex:
    """Finds titles and headings that have all of some words."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self._texts = texts
        self._index = NameIndex(islice(_headings(texts), _MOST), lambda heading: (heading.words,))

    def with_words(self, typed: str, text: str | None = None) -> list[TextHeading]:
        """Titles and headings that have all the words, those that are nothing else first; of one text, or of all."""
        found = self._divisions(typed) or self._index.whole_then_partial(folded_words(typed))
        once: dict[tuple[str, str], TextHeading] = {}
        for one in found:
            once.setdefault((one.reference.text, folded(one.words)), one)
        return [one for one in once.values() if text in (None, one.reference.text)]

    def _divisions(self, typed: str) -> list[TextHeading]:
        """The chapters, acts and the like of the number that was typed, of the first texts."""
        if not names_division(typed):
            return []
        places = ((text, chapter_place(text, typed)) for text in islice(self._texts.values(), _LOOKED_THROUGH))
        return [_heading(text, place) for text, place in places if place is not None]


def _headings(texts: Mapping[str, Text]) -> Iterator[TextHeading]:
    for text in texts.values():
        yield TextHeading(text.title, Reference(text.id, text.paragraphs[0].number), is_title=True)
    for text in texts.values():
        yield from (_heading(text, place) for place in text.headings(0, _MOST))


def _heading(text: Text, place: int) -> TextHeading:
    paragraph = text.paragraphs[place]
    return TextHeading(" ".join(paragraph.heading.split()), Reference(text.id, paragraph.number), is_title=False)
