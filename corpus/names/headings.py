"""Heading index: titles and headings of the texts by their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from corpus.model import Text
from corpus.names.index import NameIndex, folded_words
from corpus.reference import Reference

_MOST = 2_000
"""Titles and headings that are looked at: no list of them grows with the library."""


class TextHeading(NamedTuple):
    """A title or a heading, and the paragraph that it is above."""

    words: str
    reference: Reference
    is_title: bool


class HeadingIndex:
    """Finds titles and headings in which all of some words stand."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self._index = NameIndex(islice(_headings(texts), _MOST), lambda heading: (heading.words,))

    def with_words(self, typed: str, text: str | None = None) -> list[TextHeading]:
        """Titles and headings that have all the words, those that are nothing else first; of one text, or of all."""
        words = folded_words(typed)
        found = dict.fromkeys((*self._index.exact(words), *self._index.partial(words)))
        return [one for one in found if text in (None, one.reference.text)]


def _headings(texts: Mapping[str, Text]) -> Iterator[TextHeading]:
    for text in texts.values():
        yield TextHeading(text.title, Reference(text.id, text.paragraphs[0].number), is_title=True)
    for text in texts.values():
        for place in text.headings(0, _MOST):
            paragraph = text.paragraphs[place]
            words = " ".join(paragraph.heading.split())
            yield TextHeading(words, Reference(text.id, paragraph.number), is_title=False)
