"""Chapters that are named with their text: `reed chapter 4`, `ch. IV of the book`, `reed, on the eve`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from bot.core.errors import Mistyped
from bot.core.reply import Button
from cogs.shared.lists import shortened
from cogs.shared.references import TextId
from corpus.chapters import (
    act_and_scene,
    chapter_end,
    chapter_place,
    division_number,
    division_parts,
    first_of_several,
    is_number_alone,
    names_division,
    titled_place,
    without_kind,
)
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.language.division_words import DIVISION_OR_ABBREVIATION
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.phrasing import capitalized, plural
from corpus.names.place_requests import requested_place
from corpus.position import Position
from corpus.reference import Reference
from corpus.text_model import Text

_LONGEST: Final = 120
"""Characters of the longest name of a chapter with its text; nothing longer is looked at."""
_LOOKED_THROUGH: Final = 50
"""Texts in which a chapter is looked for that no text is named with."""
_DOTTED: Final = lazy_pattern(
    rf"({DIVISION_OR_ABBREVIATION} ?[0-9ivxl]{{1,7}})[.:]([0-9]{{1,4}})(?![0-9.])", re.IGNORECASE
)
_COUNTED: Final = lazy_pattern(rf"(?:^|(?<=the )|(?<=[oi][fn] ))([0-9]{{1,3}}) ({DIVISION_OR_ABBREVIATION})(?![a-z])")
"""An ordinal number in figures before what it numbers: “the 2 chapter”."""
_AROUND: Final = " ,.:;()[]“”„\"'"
_LINKS: Final = (" of ", " in ", " from ", " von ", " aus ", ", ", " (")
_BESIDE: Final = lazy_pattern(r"^(?:of|in|from|von|aus) +(?=\S)|['’]s$|(?:['’]s)?,? +the$", re.IGNORECASE)
_TEXT_FIRST: Final = lazy_pattern(r"(?P<text>[^,:]{1,100})[,:] *(?P<rest>.+)|(?P<id>(?:the )?[^ ]+) (?P<more>.+)")


class NamedChapter(NamedTuple):
    """A chapter as it was typed, by its number or its title, and the text that it is to be in."""

    text: TextId
    chapter: str
    by_title: bool = False
    within: tuple[Position, ...] = ()
    """The paragraph or the sentence of the chapter that was typed: of a sentence, its paragraph before it."""

    def place(self, corpus: Corpus) -> Reference | None:
        """The paragraph with which it begins, or the place within it; None where the text has no such place."""
        text, start = corpus.texts[self.text], self._start(corpus)
        if start is None:
            return None
        found: Reference | None = Reference(text.id, text.paragraphs[start].number)
        places = range(start, chapter_end(text, start, "" if self.by_title else self.chapter)) if self.within else None
        for position in self.within:
            if found := position.within(text, places):
                place = text.place(found.paragraph)
                places = range(place, place + 1)
        return found

    def _start(self, corpus: Corpus) -> int | None:
        text = corpus.texts[self.text]
        return titled_place(text, self.chapter) if self.by_title else chapter_place(text, self.chapter)

    def missing(self, corpus: Corpus) -> Mistyped:
        """The error where the text has no such place, with a button to what it has."""
        text, start = corpus.texts[self.text], self._start(corpus)
        if start is None:
            return _no_such_chapter(corpus, text, self.chapter)
        length = plural(chapter_end(text, start, "" if self.by_title else self.chapter) - start, "paragraph")
        said = f"“{shortened(self.chapter.strip(' ,'), 40)}” of {text.name} has {length}, and no such place."
        place = Reference(text.id, text.paragraphs[start].number)
        return Mistyped(said, [Button(f"Read {place}", "read.page", str(place))])


def named_chapter(corpus: Corpus, typed: str, text: TextId | None = None) -> NamedChapter | None:
    """The chapter that the whole of `typed` names, in the text that it names or in `text`; None for other words.

    One by its number may not be there; one by its title is. A paragraph or a sentence of it may be named beside it.
    Without a text, it is one in the only text that has it.
    """
    may_be_one = text or corpus.text_names.may_be_in(typed) or names_division(typed) or act_and_scene(typed) != typed
    if len(typed) > _LONGEST or not may_be_one:
        return None
    words = " ".join(typed.split()).rstrip("?!.")
    # As it is, too: a title may begin with "From" or "What".
    forms = dict.fromkeys((requested_place(words), words))
    return next((found for form in forms if (found := _chapter_of_words(corpus, form, text))), None)


def _chapter_of_words(corpus: Corpus, words: str, text: TextId | None) -> NamedChapter | None:
    # First, as "chapter 4 § 2" is no heading 2 below some chapter 4.
    if within := _with_place_within(corpus, words, text):
        return within
    numbered = _by_number(corpus, words, text)
    if numbered and (is_number_alone(numbered.chapter) or numbered.place(corpus)):
        return numbered
    titled = next((one for one in _by_title(corpus, words, text) if one.place(corpus)), None)
    return titled or _of_act_and_scene(corpus, words, text)


def _with_place_within(corpus: Corpus, words: str, text: TextId | None) -> NamedChapter | None:
    """A chapter with a paragraph or a sentence of it: "chapter 4, second paragraph", "§ 2 of chapter 4"."""
    position = Position.read(_DOTTED.sub(r"\1 paragraph \2", words))
    of = _COUNTED.sub(r"\2 \1", position.of) if position else ""
    chapter = named_chapter(corpus, of, text) if of else None
    return chapter._replace(within=(*chapter.within, position)) if chapter and position else None


def _of_act_and_scene(corpus: Corpus, words: str, text: TextId | None) -> NamedChapter | None:
    """The scene of two Roman numbers, "macbeth II.ii", where a text has it."""
    spelt = act_and_scene(words)
    found = _by_number(corpus, spelt, text) if spelt != words else None
    return found if found and found.place(corpus) else None


def chapter_from_words(corpus: Corpus, typed: str, text: TextId | None = None) -> Reference | None:
    """The paragraph with which a chapter that was typed begins; None for other words.

    Raises Mistyped where the text has no such chapter.
    """
    chapter = named_chapter(corpus, typed, text)
    if chapter is None:
        return None
    if place := chapter.place(corpus):
        return place
    raise chapter.missing(corpus)


def _no_such_chapter(corpus: Corpus, text: Text, typed: str) -> Mistyped:
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
    parts = division_parts(first_of_several(words))
    if parts is None:
        return None
    if named := _text(corpus, parts.before):
        return NamedChapter(named, parts.numbers + parts.behind)
    for title, name in (("", parts.behind), *_parted(parts.behind)):
        if named := _text(corpus, name):
            return NamedChapter(named, f"{parts.before}{parts.numbers}{title}")
    return NamedChapter(text, "".join(parts)) if text else _in_only_text(corpus, "".join(parts))


def _in_only_text(corpus: Corpus, words: str) -> NamedChapter | None:
    """The number of a chapter, where it is all that was typed, in the only one of the texts that has it."""
    texts = islice(corpus.texts, _LOOKED_THROUGH) if is_number_alone(words) else ()
    found = [one for id_ in texts if (one := NamedChapter(TextId(id_), words)).place(corpus)]
    return found[0] if len(found) == 1 else None


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
