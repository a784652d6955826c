"""Where reading starts, in one line: `reed chapter 4`, `the second chapter of reed`, `the last paragraph of reed`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cogs.shared.chapters import NamedChapter, named_chapter
from cogs.shared.lists import shortened
from cogs.shared.other_words import without_courtesy
from cogs.shared.references import TextId, paragraphs_from_words, reference_from_words
from corpus.chapters import chapter_place, first_of_several
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.typed_numbers import read_number
from corpus.names.place_requests import requested_place
from corpus.position import Position
from corpus.reference import ParagraphRange, Reference
from corpus.text_model import Text

_PARAGRAPH_WORDS = frozenset({"paragraph", "par", "para", "p", "no", "number"})
_SOME_TEXT = "text"
_HIGHEST = 10**6
_FROM_THERE = lazy_pattern(
    r"^(?:from|starting (?:at|from)) (?=\S)|(?<=\S) (?:to the end|on|onwards?|and on|ff\.?)$", re.IGNORECASE
)
"""What says of a paragraph that it is where reading starts, as it is without."""
_NUMBER_ALONE = lazy_pattern(r"[0-9]{1,6}(?:[.:][0-9]{1,6})?(?:[-\u2013][0-9.:]{1,12})?")
_GOES_ON = lazy_pattern(
    r"(?:to|until|through|bis|on|onwards?|and|ff\.?|sentence|satz|paragraph|absatz|[-\u2013])(?!\w)", re.IGNORECASE
)
"""A word behind a number that belongs to it."""


class ParagraphNumber(int):
    """The number of a paragraph. Where a sentence is named too, the paragraph that it is in."""

    through: int | None = None
    """The last paragraph, where several are named."""
    from_end: bool = False
    """Whether it is counted from the end of the text."""
    chapter: str = ""
    """The chapter that is named, where no paragraph is."""

    @classmethod
    def of(cls, several: ParagraphRange) -> ParagraphNumber:
        number = cls(several.first)
        number.through = several.last
        return number

    @classmethod
    def at(cls, position: Position) -> ParagraphNumber:
        number = cls(position.number)
        number.from_end = position.from_end
        return number

    @classmethod
    def in_chapter(cls, name: str) -> ParagraphNumber:
        number = cls(1)
        number.chapter = name
        return number

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> ParagraphNumber:
        """The paragraph of "4", "4.2", "4-6", "¶4", "IV", "paragraph 4" or "last", or the chapter of other words.

        Raises NotUnderstood where none of the texts has such a chapter.
        """
        typed = first_of_several(requested_place(typed), of_lists=True)
        typed = _FROM_THERE.sub("", typed.strip()) or typed
        place = Reference.read(f"{_SOME_TEXT} {typed}")
        several = ParagraphRange.read(f"{_SOME_TEXT} {typed}") if place is None else None
        if several and several.text == _SOME_TEXT:
            return cls.of(several)
        number = read_number(typed) if place is None else None
        if number and number.value in range(1, _HIGHEST) and number.beside <= _PARAGRAPH_WORDS:
            return cls(int(number.value))
        if place is None and (position := _position_alone(typed)):
            return cls.at(position)
        if place and place.paragraph and place.text == _SOME_TEXT:
            return cls(place.paragraph)
        if not any(map(str.isalpha, typed)):
            raise NotUnderstood("Write the paragraph as a whole number from 1, such as 4, or with a sentence, as 4.2.")
        if not any(_chapter_of(corpus, text, typed) for text in corpus.texts.values()):
            lacks = f"None of the texts has a chapter “{shortened(typed, 40)}”."
            write = "Write its number or heading, or a paragraph, such as 4"
            raise NotUnderstood(f"{lacks} {write}; /quote finds the words in the texts.")
        return cls.in_chapter(typed)

    @classmethod
    def leading_words(cls, words: Sequence[str]) -> int:
        """How many words at the beginning of a typed line are the place: one where it is a number, else all."""
        return 1 if _NUMBER_ALONE.fullmatch(words[0]) and not _GOES_ON.match(" ".join(words[1:2])) else len(words)


def chapter_start(corpus: Corpus, text: Text, typed: str) -> Reference:
    """The paragraph of a text with which a chapter begins that was typed, or a place in it. Raises Mistyped."""
    if place := _chapter_of(corpus, text, typed):
        return place
    raise (named_chapter(corpus, typed, TextId(text.id)) or NamedChapter(TextId(text.id), typed)).missing(corpus)


def _chapter_of(corpus: Corpus, text: Text, typed: str) -> Reference | None:
    named = named_chapter(corpus, typed, TextId(text.id))
    if named and (place := named.place(corpus)):
        return place if place.text == text.id else None
    start = chapter_place(text, typed)
    return None if start is None else Reference(text.id, text.paragraphs[start].number)


def _position_alone(typed: str) -> Position | None:
    """The paragraph of "last", "the last paragraph" or "the end"; None for what names something that it is in."""
    forms = (typed, f"{typed} paragraph", f"{typed} of it")
    found = next((one for form in forms if (one := Position.read(form))), None)
    return found if found and found.of in ("", "it") and not found.in_sentences else None


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
        bare = without_courtesy(typed)
        words = first_of_several(requested_place(bare), of_lists=True)
        if text := TextId.exact(bare, corpus) or TextId.exact(words, corpus):
            return cls.at(text)
        chapter = named_chapter(corpus, first_of_several(bare, of_lists=True))
        if chapter and (start := chapter.place(corpus)):
            return cls.at(start.text, ParagraphNumber(start.paragraph))
        if text := TextId.only_with(words, corpus):
            return cls.at(text)
        first, rest = _parted(words)
        if rest and (text := TextId.named(first, corpus) or TextId.only_with(first, corpus)):
            return cls.at(text, ParagraphNumber.parse(rest, corpus))
        if place := cls._of_reference(f"paragraph {words}" if _NUMBER_ALONE.fullmatch(words) else words, corpus):
            return place
        if chapter:
            raise chapter.missing(corpus)
        return cls.at(TextId.parse(words, corpus))

    @classmethod
    def _of_reference(cls, typed: str, corpus: Corpus) -> ReadingPlace | None:
        """The place of a reference of any form: `paragraph 4 of the speech`. Raises NotUnderstood."""
        if reference := reference_from_words(corpus, typed, in_part=True):
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
