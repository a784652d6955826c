"""Chapters that are named with their text: `reed chapter 4`, `ch. IV of the book`, `reed, on the eve`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from bot.core.errors import Mistyped
from bot.core.reply import Button
from cogs.shared.lists import shortened
from cogs.shared.references import TextId
from corpus.chapters import chapter_place, division_number, division_parts, is_number_alone, titled_place, without_kind
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.phrasing import capitalized
from corpus.reference import Reference
from corpus.text_model import Text

_LONGEST: Final = 120
"""Characters of the longest name of a chapter with its text; nothing longer is looked at."""
_AROUND: Final = " ,.:;()[]“”„\"'"
_LINKS: Final = (" of ", " in ", " from ", " von ", " aus ", ", ", " (")
_BEFORE: Final = lazy_pattern(
    r"^(?:see|in|from|cf\.?|read|show(?: me)?|quote|open|go to|(?:the )?(?:beginning|start|opening) of) +(?=\S)",
    re.IGNORECASE,
)
"""What is said before a place."""
_BESIDE: Final = lazy_pattern(r"^(?:of|in|from|von|aus) +(?=\S)|['’]s$|(?:['’]s)?,? +the$", re.IGNORECASE)
_TEXT_FIRST: Final = lazy_pattern(r"(?P<text>[^,:]{1,100})[,:] *(?P<rest>.+)|(?P<id>(?:the )?[^ ]+) (?P<more>.+)")


class NamedChapter(NamedTuple):
    """A chapter as it was typed, by its number or its title, and the text that it is to be in."""

    text: TextId
    chapter: str
    by_title: bool = False

    def place(self, corpus: Corpus) -> Reference | None:
        """The paragraph with which it begins, or None where the text has no such chapter."""
        text = corpus.texts[self.text]
        place = titled_place(text, self.chapter) if self.by_title else chapter_place(text, self.chapter)
        return None if place is None else Reference(text.id, text.paragraphs[place].number)


def named_chapter(corpus: Corpus, typed: str, text: TextId | None = None) -> NamedChapter | None:
    """The chapter that the whole of `typed` names, in the text that it names or in `text`; None for other words.

    One by its number may not be there; one by its title is.
    """
    if len(typed) > _LONGEST or not (text or corpus.text_names.may_be_in(typed)):
        return None
    words = " ".join(typed.split()).rstrip("?!.")
    numbered = _by_number(corpus, words, text)
    if numbered and (is_number_alone(numbered.chapter) or numbered.place(corpus)):
        return numbered
    return next((one for one in _by_title(corpus, words, text) if one.place(corpus)), None)


def chapter_from_words(corpus: Corpus, typed: str, text: TextId | None = None) -> Reference | None:
    """The paragraph with which a chapter that was typed begins; None for other words.

    Raises Mistyped where the text has no such chapter.
    """
    chapter = named_chapter(corpus, typed, text)
    if chapter is None:
        return None
    if place := chapter.place(corpus):
        return place
    raise no_such_chapter(corpus, corpus.texts[chapter.text], chapter.chapter)


def no_such_chapter(corpus: Corpus, text: Text, typed: str) -> Mistyped:
    """The error for a chapter that a text does not have, with a button to what it has."""
    said = f"{capitalized(text.name)} has no chapter “{shortened(typed.strip(), 40)}”"
    start = Button("Read from the start", "read.page", str(Reference(text.id, text.paragraphs[0].number)))
    if text.headings(0, 1):
        return Mistyped(f"{said}. Write its number or heading, or the number of a paragraph.", [start])
    place = _paragraph_numbered_so(corpus, text, typed)
    button = Button(f"Read {place}", "read.page", str(place)) if place else start
    return Mistyped(f"{said}, only paragraphs. Write the number of one.", [button])


def _paragraph_numbered_so(corpus: Corpus, text: Text, typed: str) -> Reference | None:
    """The paragraph with the number that was typed for a chapter, where a text has paragraphs alone."""
    number = division_number(typed)
    try:
        return corpus.resolve(Reference(text.id, number)) if number else None
    except NotUnderstood:
        return None


def _by_number(corpus: Corpus, words: str, text: TextId | None) -> NamedChapter | None:
    """The number of a chapter with the text that is named before it or behind it, or in `text`."""
    parts = division_parts(_BEFORE.sub("", words))
    if parts is None:
        return None
    if named := _text(corpus, parts.before):
        return NamedChapter(named, parts.numbers + parts.behind)
    for title, name in (("", parts.behind), *_parted(parts.behind)):
        if named := _text(corpus, name):
            return NamedChapter(named, f"{parts.before}{parts.numbers}{title}")
    return NamedChapter(text, "".join(parts)) if text else None


def _by_title(corpus: Corpus, words: str, text: TextId | None) -> Iterator[NamedChapter]:
    """What may be the title of a chapter and its text: only what is called a chapter may be "in" a text."""
    title = without_kind(words)
    is_chapter = title != words.lower()
    if text:
        if is_chapter:
            yield NamedChapter(text, title, by_title=True)
        return
    first = _TEXT_FIRST.fullmatch(words)
    pairs = [(first["rest"] or first["more"], first["text"] or first["id"])] if first else []
    for title, name in (*pairs, *_parted(words, _LINKS if is_chapter else _LINKS[:1])):
        if named := _text(corpus, name):
            yield NamedChapter(named, without_kind(title.strip(" ,")), by_title=True)


def _parted(words: str, links: Iterable[str] = _LINKS) -> Iterator[tuple[str, str]]:
    """The words parted at the last of each link: what may be a chapter, and its text."""
    for link in links:
        if link in words:
            chapter, _, name = words.rpartition(link)
            yield chapter, name


def _text(corpus: Corpus, name: str) -> TextId | None:
    bare = _BESIDE.sub("", name.strip(_AROUND)).strip(_AROUND)
    return TextId.named(bare, corpus) if bare else None
