"""Where reading starts, in one line: `reed chapter 4`, `the second chapter of reed`, `the last paragraph of reed`."""

from __future__ import annotations

from collections.abc import Sequence

from cogs.shared.chapters import named_chapter, no_such_chapter
from cogs.shared.other_words import without_courtesy
from cogs.shared.references import (
    ParagraphNumber,
    TextId,
    paragraphs_from_words,
    reference_from_words,
)
from corpus.corpus import Corpus


class ReadingPlace(TextId):
    """A text, and perhaps the paragraph or chapter of it that is named beside it, before it or behind it."""

    paragraph: ParagraphNumber | None = None

    @classmethod
    def at(cls, text: str, paragraph: ParagraphNumber | None = None) -> ReadingPlace:
        place = cls(text)
        place.paragraph = paragraph
        return place

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> ReadingPlace:
        """The text of an id, a title or a name, alone or with a place in it. Raises NotUnderstood or UserError."""
        words = without_courtesy(typed)
        if text := TextId.named_in_full(words, corpus):
            return cls.at(text)
        chapter = named_chapter(corpus, words)
        if chapter and (start := chapter.place(corpus)):
            return cls.at(start.text, ParagraphNumber(start.paragraph))
        first, rest = _parted(words)
        if rest and (text := TextId.named(first, corpus)):
            return cls.at(text, ParagraphNumber.parse(rest, corpus))
        if place := cls._of_reference(words, corpus):
            return place
        if chapter:
            raise no_such_chapter(corpus, corpus.texts[chapter.text], chapter.chapter)
        return cls.at(TextId.parse(words, corpus))

    @classmethod
    def _of_reference(cls, typed: str, corpus: Corpus) -> ReadingPlace | None:
        """The place of a reference of any form: `paragraph 4 of the speech`. Raises NotUnderstood."""
        if reference := reference_from_words(corpus, typed):
            return cls.at(reference.text, ParagraphNumber(reference.paragraph))
        several = paragraphs_from_words(corpus, typed)
        return cls.at(several.text, ParagraphNumber.of(several)) if several else None

    @classmethod
    def leading_words(cls, words: Sequence[str]) -> int:
        """All words: only the texts show which of them are a text's."""
        return len(words)


def _parted(words: str) -> tuple[str, str]:
    """The words of a line that begins with a text, and all behind them."""
    split = words.split()
    end = TextId.leading_words(split) if split else 0
    return " ".join(split[:end]), " ".join(split[end:])
