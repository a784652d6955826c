"""Attributions: reading whose words a quotation is said to be, from “Trotsky, 1917” or “as Lenin once wrote”."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from corpus.date_reading import read_dates
from corpus.errors import NotUnderstood
from corpus.language.english import STOP_WORDS
from corpus.language.tokens import folded
from corpus.model import Text
from corpus.names.finder import Finder
from corpus.reference import ParagraphRange, Reference

VERBS = (
    r"(?:said|says|saying|wrote|writes|told|tells|argue[sd]|declare[sd]|claim(?:s|ed)|put|puts|exclaim(?:s|ed)"
    r"|warn(?:s|ed)|state[sd]|remark(?:s|ed)|note[sd]|ask(?:s|ed)|replie[sd]|add(?:s|ed)|spoke|shout(?:s|ed))"
)
_FRAME = re.compile(
    rf"^(?:(?:according to|(?:attributed|ascribed|credited) to|in the words of|to quote|as|by|from|in"
    rf"|quote|quoting|source|speaker|author)\b[:\s]*)+"
    rf"|\s+(?:once\s+|famously\s+|also\s+)?{VERBS}(?:\s+(?:it|so|this))?(?:\s+in\s+\d{{4}})?$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(
    r"['’]s?\s+(?:[\w-]+\s+){0,3}(?:speech|words?|book|lines?|quotes?|quotations?|writings?|address|letters?|essays?|report"
    r"|remarks?|lectures?|autobiography|memoirs?|diary|works?|articles?|pamphlet|history|saying|phrase|testament|statement"
    r"|reply|answer|notes?|rede)(?:\s+[\w ]{1,40})?$",
    re.IGNORECASE,
)
"""What is somebody's and has their words: “Trotsky's speech of 1917”, but not “Lenin's brother”."""
_WHERE = re.compile(
    r"\s+(?:(?:qtd\.?|quoted|cited) in|to|in|at|before|on|during|when|after)\s.*$", re.IGNORECASE | re.DOTALL
)
"""Behind a name, when and to whom it was said: “Avilov to the Congress”."""
_YEARS = re.compile(r"(?:c\.? ?|circa |in )?\d{3,4}s?(?: ?[-–—] ?\d{2,4})?")
_PAGES = re.compile(
    r"(?:pp?\.?|pages?|vol\.?|ch\.?|chapter|lines?|ll?\.) ?[\divxlc]{1,8}(?: ?[-–—] ?\d{1,5})?", re.IGNORECASE
)
_SEGMENTS = re.compile(r"[,;:()\[\]\n|]+|\s[—–―-]{1,2}\s")
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_NOBODY = frozenset(("unknown", "anonymous", "anon", "author unknown", "unknown author", "source unknown"))
_PARTICLES = frozenset(("&", "and", "de", "la", "of", "the", "von", "van", "der", "den", "bin", "al"))
_MOST_WORDS = 6
_LONGEST = 200  # characters: what is longer is no attribution


class Attributed(Struct, frozen=True):
    """An attribution as read: a name, a reference, both, or (where it is only a year or a page) neither."""

    name: str = ""
    reference: Reference | ParagraphRange | None = None


class AttributionReader:
    """Reads attributions; knows the people of the notes, and the texts."""

    def __init__(self, texts: Mapping[str, Text], finder: Finder) -> None:
        self._texts, self._finder = texts, finder
        titles = [(text.name, text.title, text.name.removeprefix("the ")) for text in texts.values()]
        self._titles = frozenset(folded(title) for names in titles for title in names)
        self._speakers = frozenset(folded(one.name) for text in texts.values() for one in text.speakers())

    def read(self, words: str, *, known: bool = False, alone: bool = False) -> Attributed | None:
        """The attribution that the words are; None where they are none.

        With `known`, only one with a known name; with `alone`, only one that begins with it and says nothing else.
        """
        if len(words) > _LONGEST:
            return None
        if whole := self._reference(words.strip(" .\t\n\"“”'‘’()[]")):
            return Attributed("", whole)
        name, reference = "", None
        details = unknown = 0
        for segment in (one.strip(" .\t\"“”'‘’«»*_~-—–―") for one in _SEGMENTS.split(words)):
            if segment and self._is_detail(segment):
                details += 1
                unknown += alone and not (name or reference)
            elif segment and (found := self._reference(segment)):
                reference = reference or found
            elif segment and not name:
                name = self._name(segment, known=known)
                unknown += not name
            elif segment and self.is_known(f"{segment} {name}"):
                name = f"{segment} {name}"  # the surname was first
            elif segment:
                unknown += 1
        if (name or reference) and not (alone and unknown):
            return Attributed(name, reference)
        return Attributed() if details and not unknown and not known else None

    def _reference(self, segment: str) -> Reference | ParagraphRange | None:
        found = Reference.read(segment) or ParagraphRange.read(segment)
        return found if found and found.text in self._texts else None

    def _is_detail(self, segment: str) -> bool:
        """Whether it only says where or when: a year, a date, a page, the title of a text."""
        if _YEARS.fullmatch(segment) or _PAGES.fullmatch(segment) or folded(segment) in self._titles | _NOBODY:
            return True
        try:
            return read_dates(segment) is not None
        except NotUnderstood:
            return True

    def _name(self, segment: str, *, known: bool) -> str:
        bare = _POSSESSIVE.sub("", _FRAME.sub("", segment).strip()).strip()
        bare = re.sub(r"\s+\d{4}$", "", bare)
        for one in (bare, _WHERE.sub("", bare)):
            if 1 <= len(one.split()) <= _MOST_WORDS and self.is_known(one):
                return one
        if len(bare.split()) > _MOST_WORDS:
            return ""
        return bare if not known and _has_form_of_name(bare) else ""

    def is_known(self, name: str) -> bool:
        """Whether the notes or the texts know somebody of this name."""
        if folded(name) in self._speakers or self._finder.has_person(name):
            return True
        return _has_form_of_name(name) and bool(self._finder.people_by_form.match(name).possible)


def _has_form_of_name(words: str) -> bool:
    """Whether words look like somebody's full name: two or more with capitals, none of them a stop word."""
    found = [word for word in words.split() if word.lower() not in _PARTICLES]
    return len(found) > 1 and all(
        _NAME_WORD.fullmatch(word) and word[0].isupper() and folded(word).strip(".") not in STOP_WORDS for word in found
    )
