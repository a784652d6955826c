"""Attributions: reading whose words a quotation is said to be, from “Trotsky, 1917” or “as Lenin once wrote”."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import Literal

from msgspec import Struct, structs

from corpus.calendar import DateQuery
from corpus.date_reading import read_date, read_dates
from corpus.errors import NotUnderstood
from corpus.language.tokens import folded
from corpus.names.attribution_patterns import (
    BEGINS_PHRASE,
    CITED,
    DATE,
    DIVISION,
    FRAME,
    GERMAN_WORK,
    LAST_YEAR,
    NOBODY,
    PAGE,
    PAGE_NUMBER,
    PAGES,
    POSSESSIVE,
    QUOTE,
    ROLE,
    SEGMENTS,
    TITLE,
    WHERE,
    YEAR,
    YEARS,
)
from corpus.names.finder import Finder
from corpus.names.name_forms import GIVEN_NAMES, LABELS, NameForm, are_titles, form_of_name, joint_names
from corpus.names.people import name_words
from corpus.note_model import Person
from corpus.reference import ParagraphRange, Reference
from corpus.text_model import Text

_MOST_WORDS = 6  # of a name
_GROWN_UP = 16  # years
_LONGEST_TITLE = 10  # words
_MOST_SEGMENTS = 12
_FIRST_YEAR = 1_000  # “the speech, 1917” names no paragraph
_LONGEST = 200  # characters: what is longer is not an attribution

_Kind = Literal["name", "detail", "book", "unknown"]
"""What a segment of an attribution is."""


class Attribution(Struct, frozen=True):
    """An attribution as read: a name, a reference, dates, the title of a source and a place in it, where given."""

    name: str = ""
    reference: Reference | ParagraphRange | None = None
    source: str = ""
    dates: tuple[DateQuery, ...] = ()
    is_book: bool = False
    """Whether the source is a book of somebody who is not said to speak: its year is not that of the words."""
    division: str = ""
    """The number of a chapter, a paragraph, a page or the like, as it was typed."""

    def or_else(self, other: Attribution) -> Attribution:
        """This attribution, with what it does not say from another one."""
        return Attribution(
            self.name or other.name,
            self.reference or other.reference,
            self.source or other.source,
            self.dates or other.dates,
            self.is_book or other.is_book,
            self.division or other.division,
        )

    def with_dates(self, words: str) -> Attribution:
        """This attribution with the dates, and the chapter or the like, in the words that it was read from."""
        if self.is_book:
            return self
        division = self.division or _claimed_division(words)
        return structs.replace(self, dates=self.dates or tuple(claimed_dates(words)), division=division)


def claimed_dates(words: str) -> Iterator[DateQuery]:
    """The dates in words such as “On 7 November 1917 he said”, but not the years of a life."""
    for match in DATE.finditer(words[-_LONGEST:]):
        for typed in (match[0], match["year"]):
            with suppress(NotUnderstood):
                found = read_date(typed)
                if found:
                    yield found
                    break


def _claimed_division(words: str) -> str:
    """The chapter, or else the paragraph or page, in words such as “in chapter 5 he says”."""
    found = [*DIVISION.finditer(words[-_LONGEST:])]
    whole = (one[0] for one in found if not one["kind"].lower().startswith("pa") or one["kind"].lower() == "part")
    return next(whole, found[0][0] if found else "")


class AttributionReader:
    """Reads attributions; knows the people of the notes, and the texts."""

    def __init__(self, texts: Mapping[str, Text], finder: Finder) -> None:
        self._texts, self._finder = texts, finder
        titles = [(text.name, text.title, text.name.removeprefix("the ")) for text in texts.values()]
        self._by_id = {text.id: text.name for text in texts.values()}
        self._titles = frozenset(folded(title) for names in titles for title in names)
        authors = (name for text in texts.values() for name in joint_names(text.author))
        self._authors = {words[-1]: frozenset(words) for name in authors if (words := name_words(name))}
        dates = (text.date for text in texts.values() if text.date and text.kind == "primary")
        self._last_year = max((one.last.year for one in dates), default=0)
        self._speakers = frozenset(folded(one.name) for text in texts.values() for one in text.speakers())

    def read(
        self, words: str, *, form: NameForm = NameForm.SINGLE, alone: bool = False, in_brackets: bool = False
    ) -> Attribution | None:
        """The attribution that the words are; None where they are none.

        `form`: what counts as a name. With `alone`, only one that begins with it and says nothing else. Beside a page,
        and `in_brackets` beside the year of a book, a name is the book's, unless its bearer speaks in the texts or may
        have spoken when they did.
        """
        found = self._read(words, form, alone=alone)
        if not found or not found.name or found.reference or not self._is_citation(words, found.name, in_brackets):
            return found
        return Attribution(source=found.source or FRAME.sub("", _bare(words)), is_book=True)

    def _is_citation(self, words: str, name: str, in_brackets: bool) -> bool:
        is_later = any(int(year) > self._last_year for year in YEAR.findall(words))
        if not (PAGE.search(words) or (in_brackets and (is_later or PAGE_NUMBER.search(words)))):
            return False
        people = self._finder.people(name)
        if any(_may_have_spoken(one, self._last_year) for one in people):
            return False
        speaks = any(folded(one) in self._speakers for one in (name, *(person.name for person in people)))
        return not (speaks or self._authors.keys() & {*name_words(name)})

    def _read(self, words: str, form: NameForm, *, alone: bool) -> Attribution | None:
        if len(words) > _LONGEST:
            return None
        if whole := self._reference(words.strip(" .\t\n\"“”'‘’()[]")):
            return Attribution("", whole)
        segments = [one.strip(" .\t\"“”'‘’«»*_~-—–―") for one in SEGMENTS.split(words)]
        if len(segments) > _MOST_SEGMENTS:
            return None
        segments = self._with_name_for_id(segments)
        found, details, unknown = Attribution(), 0, 0
        for segment in filter(None, segments):
            if alone and not (found.name or found.reference):
                # Only a name will do, and that it is none is sooner known than whether it is a date.
                named = self._with_named(found, segment, form)
                if not named or self._is_detail(segment):
                    return None
                kind, found = named
            else:
                kind, found = self._with_segment(found, segment, NameForm.KNOWN if unknown else form)
            if alone and kind == "unknown":
                return None
            details += kind in ("detail", "book")
            unknown += kind == "unknown"
        if found.name or found.reference:
            return found
        return found if details and not unknown and form > NameForm.KNOWN else None

    def _with_name_for_id(self, segments: list[str]) -> list[str]:
        """“reed, ch. V” or “reed ch. V” with the name of the text for its id, by which commands know it."""
        first, _, rest = segments[0].partition(" ")
        others = [*filter(None, [rest, *segments[1:]])]
        is_cited = first in self._by_id and others and _is_place(others[0])
        return [self._by_id[first], *others] if is_cited else segments

    def _with_segment(self, found: Attribution, segment: str, form: NameForm) -> tuple[_Kind, Attribution]:
        """An attribution with what the next segment adds to it."""
        if self._is_detail(segment):
            return "detail", found.or_else(Attribution(source=self._title(segment)))
        return self._with_named(found, segment, form) or ("unknown", found)

    def _with_named(self, found: Attribution, segment: str, form: NameForm) -> tuple[_Kind, Attribution] | None:
        """An attribution with the reference, the book or the name that the next segment is; None for other words."""
        if reference := self._reference(segment):
            return "name", found.or_else(Attribution("", reference))
        if book := _book_cited(segment):
            return "book", found.or_else(Attribution(source=book, is_book=True))
        more = self._with_segment_behind_name(found, segment) if found.name else self._with_name(found, segment, form)
        return ("name", more) if more else None

    def _with_name(self, found: Attribution, segment: str, form: NameForm) -> Attribution | None:
        name = self._name(segment, form)
        return found.or_else(Attribution(name)) if name else None

    def _with_segment_behind_name(self, found: Attribution, segment: str) -> Attribution | None:
        """With a first name after the surname, with more names, or with the title of a book; None for other words."""
        if self._is_given_name(segment, found.name):
            return structs.replace(found, name=f"{segment} {found.name}")
        if len(joint_names(segment)) > 1 and self.is_known(segment):
            return structs.replace(found, name=f"{found.name}, {segment}")
        return found.or_else(Attribution(source=segment)) if self._is_title(segment) else None

    def _title(self, segment: str) -> str:
        """The title or name of a text, where the segment is one."""
        bare = FRAME.sub("", segment).strip()
        return bare if folded(bare) in self._titles else ""

    def _is_title(self, segment: str) -> bool:
        """Whether a segment after a name has the form of a book's title, and is neither an office nor a name."""
        words = segment.split()
        capitals = sum(word[0].isupper() for word in words)
        if not 1 < len(words) <= _LONGEST_TITLE or not words[-1][0].isupper() or ROLE.search(segment):
            return False
        return bool(TITLE.match(segment)) and 2 * capitals >= len(words) and not self.is_known(segment)

    def _reference(self, segment: str) -> Reference | ParagraphRange | None:
        found = Reference.read(segment) or ParagraphRange.read(segment)
        text = self._texts.get(found.text) if found else None
        if not found or not text:
            return None
        last = found.paragraph if isinstance(found, Reference) else found.last
        if segment[0].isupper() and YEAR.fullmatch(segment.split()[-1]):
            return None  # “Reed 1919”: no id has a capital
        return found if last < _FIRST_YEAR or last <= len(text.paragraphs) else None

    def _is_detail(self, segment: str) -> bool:
        """Whether it only says where or when: a year, a date, a page, the title of a text."""
        if YEARS.fullmatch(segment) or _is_place(segment) or folded(segment) in NOBODY or self._title(segment):
            return True
        try:
            return read_dates(segment) is not None
        except NotUnderstood:
            return True

    def _name(self, segment: str, form: NameForm) -> str:
        bare = POSSESSIVE.sub("", FRAME.sub("", segment).strip()).strip()
        bare = LAST_YEAR.sub("", self._without_german_work(bare))
        if not any(map(str.isalpha, bare)):
            return ""
        both = dict.fromkeys((bare, WHERE.sub("", bare)))
        short = [one for one in both if 1 <= len(one.split()) <= _MOST_WORDS]
        known = (one for one in dict.fromkeys((*short, QUOTE.sub("", bare))) if self.is_known(one))
        # What is cut off after “napoleon” may also show that it is not a name: “misattributed to him”.
        forms = ((one, min(form, NameForm.LOWER_CASE if one == bare else NameForm.SINGLE)) for one in short)
        titled = (self._behind_titles(one) for one in short if form > NameForm.KNOWN)
        shaped = (one for one, most in forms if form_of_name(one) <= most)
        exact = (one for one in short if self._finder.has_person(one) and self.is_known(one))
        return next(filter(None, chain(exact, titled, known, shaped)), "")

    def _without_german_work(self, words: str) -> str:
        """The name in “Lenins Buch”; a known name may end with an s of its own, as in “Engels Rede”."""
        match = GERMAN_WORK.search(words)
        if not match:
            return words
        owner = words[: match.start()]
        bare = owner.removesuffix("s")
        return owner if self.is_known(owner) and not self.is_known(bare) else bare

    def _behind_titles(self, words: str) -> str:
        """The known name after offices and the like, such as “Commander Trotsky”; empty where there is none."""
        parts = words.split()
        for n in range(1, len(parts)):
            name = " ".join(parts[n:])
            if self.is_person(name):
                return name if are_titles(parts[:n], name) else ""
        return ""

    def _is_given_name(self, segment: str, surname: str) -> bool:
        """Whether a segment after a surname is the given name of the same person: “Trotsky, Leon”."""
        form = form_of_name(segment)
        if self.is_known(surname):
            return form <= NameForm.LOWER_CASE and self._finder.has_person(f"{segment} {surname}")
        return form == NameForm.SINGLE and form_of_name(surname) == NameForm.SINGLE

    def _is_author(self, name: str) -> bool:
        """Whether it is the name of a text's author, with the surname, and with a capital: “Reed”, not “reed”."""
        words = name_words(name) if form_of_name(name) <= NameForm.SINGLE else ()
        return bool(words) and self._authors.get(words[-1], frozenset()).issuperset(words)

    def is_title(self, words: str) -> bool:
        """Whether words are the title or the name of a text."""
        return folded(words.strip(" .,")) in self._titles

    def is_person(self, name: str) -> bool:
        """Whether the notes know a person of this name, not a group of people."""
        return bool(self._finder.people_by_form.match(name).certain)

    def is_speaker_in_chat(self, name: str) -> bool:
        """Whether whoever has this name in a chat speaks for a person of the notes who may have said what texts have.

        A first name alone is a classmate's, and so is the name of somebody who only wrote about it later.
        """
        if folded(name) in GIVEN_NAMES:
            return False
        people = self._finder.people_by_form.match(name).certain
        return any(_may_have_spoken(one, self._last_year) for one in people)

    def is_known(self, name: str) -> bool:
        """Whether the notes or the texts know somebody of this name."""
        if BEGINS_PHRASE.match(name):
            return False
        if folded(name) in self._speakers or (folded(name) not in LABELS and self._finder.has_person(name)):
            return True
        if self._is_author(name):
            return True
        names = joint_names(name)
        if len(names) > 1 and all(map(self.is_known, names)):
            return True
        return form_of_name(name) == NameForm.FULL and bool(self._finder.people_by_form.match(name).possible)


def _is_place(segment: str) -> bool:
    """Whether it is a page, a chapter or the like, and nothing else."""
    return bool(PAGES.fullmatch(segment) or DIVISION.fullmatch(segment))


def _may_have_spoken(person: Person, year: int) -> bool:
    """Whether somebody was grown up in a year, and did not only write about it later."""
    born = person.life[:4]
    return born.isdecimal() and int(born) + _GROWN_UP <= year


def _bare(words: str) -> str:
    """Words without the marks around them, and with both brackets of a pair or none."""
    bare = words.strip(" .,()[]")
    return bare + "".join(end for start, end in (("(", ")"), ("[", "]")) if bare.count(start) > bare.count(end))


def _book_cited(segment: str) -> str:
    """The book, or its author, that “quoted in Deutscher” cites; empty where a segment cites none."""
    match = CITED.match(segment)
    book = segment[match.end() :] if match else ""
    return book if book[:1].isupper() and folded(book.split()[0]) not in LABELS and not PAGES.match(book) else ""
