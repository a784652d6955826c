"""Anchors: from exact words to the place where they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from corpus.reference import Reference
from corpus.source.note_forms import Anchor
from corpus.text_model import Paragraph, Text

_ALIKE = str.maketrans('‘’“”"–—\u00a0', "'''''-- ")
_FAR = 80  # characters of the words that a reason repeats


class Place(NamedTuple):
    """Where an anchor's words are: the slice `start:end` of a paragraph."""

    text: Text
    paragraph: Paragraph
    start: int
    end: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the sentences that the words touch."""
        return tuple(s.number for s in self.paragraph.sentences if s.start < self.end and self.start < s.end)

    @property
    def reference(self) -> Reference:
        """The whole sentences that the words touch."""
        touched = self.numbers
        last = touched[-1] if len(touched) > 1 else None
        return Reference(self.text.id, self.paragraph.number, touched[0], last)

    @property
    def sentences(self) -> str:
        """The words of those sentences."""
        start, end = self.paragraph.span(self.reference)
        return self.paragraph.words[start:end]


def locate(texts: Mapping[str, Text], anchor: Anchor) -> Place | str:
    """The only place of the anchor's words, or the reason why there is none."""
    text = texts.get(anchor.text)
    if text is None:
        return f"there is no text `{anchor.text}`; the texts are {', '.join(texts) or 'none'}"
    if not anchor.words.strip():
        return "an anchor needs words"
    places = [Place(text, *place) for place in _places(text, anchor.words)]
    if len(places) == 1:
        return places[0]
    quoted = f"“{anchor.words[:_FAR]}{'…' if len(anchor.words) > _FAR else ''}”"
    if places:
        where = ", ".join(str(place.reference) for place in places[:5])
        return f"{quoted} is {len(places)} times in {text.name} ({where}); take more words"
    return f"{quoted} is not in one paragraph of {text.name}{_hint(text, anchor.words)}"


def _places(text: Text, words: str) -> Iterator[tuple[Paragraph, int, int]]:
    for paragraph in text.paragraphs:
        start = paragraph.words.find(words)
        while start >= 0:
            yield paragraph, start, start + len(words)
            start = paragraph.words.find(words, start + 1)


def _hint(text: Text, words: str) -> str:
    """Where the words would be if quotation marks, dashes and capitals were the text's."""
    wanted = words.translate(_ALIKE).casefold()
    for paragraph in text.paragraphs:
        start = paragraph.words.translate(_ALIKE).casefold().find(wanted)
        if start >= 0:
            return f"; the text has “{paragraph.words[start : start + len(words)]}”"
    return ""
