"""Times between events, or between an event and a date: `from the congress to the end of 1917`."""

from __future__ import annotations

import re
from typing import Final

from msgspec import structs

from corpus.calendar import DateQuery, DateRange
from corpus.date_reading import read_dates
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import folded
from corpus.names.event_spans import EventTime, Span, date_span, event_span
from corpus.names.finder import Finder
from corpus.names.index import content_stems, folded_words
from corpus.note_model import Event

ASKED: Final = r"(?:(?:what|which events?) (?:else )?(?:happened|came|comes|took place|occurred) |events? )?"
_UNTIL: Final = r"to|until|till|through|thru|up to|-"
_TWO: Final = lazy_pattern(
    rf"{ASKED}(?:(?P<lead>from|between|since|after) (?P<first>.+?) "
    rf"(?P<join>{_UNTIL}|(?:(?:and|but) )?(?:before|until)|and)"
    rf"|(?P<start>.+?) (?:{_UNTIL})) (?P<last>.+)"
)
_PAIR: Final = lazy_pattern(
    rf"{ASKED}between (?P<all>(?:the |both )?(?:two )?(?P<noun>[a-z]+s)(?: (?:of|in) (?P<when>.+))?)"
)
_NOW: Final = frozenset(("now", "today", "the present", "the present day"))
_NAME: Final = 3
"""Content words that a name has at most which is a noun with what kind of it: the February Revolution."""


def read_event_range(words: str, finder: Finder) -> EventTime | None:
    """The time between two events, or an event and a date, that the whole of folded words is; None where it is none."""
    if match := _PAIR.fullmatch(words):
        pair = _pair(match, finder)
        return _between(*(Span(one, one.date, one.until or one.date) for one in pair)) if len(pair) == 2 else None
    match = _TWO.fullmatch(words)
    if match is None or _is_name(words, finder):
        return None
    one, other = _ends(match, finder)
    if one and one.event and match["last"] in _NOW:
        return EventTime(DateRange(one.day_after if match["lead"] == "after" else one.begin), one.events)
    if one is None or other is None or not (one.event or other.event):
        return None
    one, other = _of_year(one, other, is_last=False), _of_year(other, one, is_last=True)
    if match["lead"] == "after" or (match["join"] or "").endswith("before"):
        return _within(match, one, other)
    return _between(one, other)


def unknown_end(words: str, finder: Finder) -> str:
    """The end of a time between two that names no event and no date, where the other end does; else nothing."""
    if match := _PAIR.fullmatch(words):
        return str(match["all"]) if len(_pair(match, finder)) != 2 and finder.events_about(match["noun"]) else ""
    match = _TWO.fullmatch(words)
    if match is None or match["start"] or _is_name(words, finder):
        return ""
    one, other = _ends(match, finder)
    if one is None and other is not None:
        return str(match["first"])
    return str(match["last"]) if other is None and one and one.event and match["last"] not in _NOW else ""


def _is_name(words: str, finder: Finder) -> bool:
    """Whether they are some event's name, word for word, as “The offer to take power” is."""
    event = finder.event_called(words)
    return event is not None and words in map(folded, (event.name, *event.aliases))


def _ends(match: re.Match[str], finder: Finder) -> tuple[Span | None, Span | None]:
    first, last = match["first"] or match["start"], match["last"]
    whole = in_full(first, last, finder)
    return (event_span(whole, finder) if whole else _end(first, finder)), _end(last, finder)


def _end(words: str, finder: Finder) -> Span | None:
    return date_span(words) or event_span(words, finder)


def in_full(words: str, beside: str, finder: Finder) -> str:
    """Words with the noun that what is beside them has for both: “the February and the October Revolution”."""
    noun = beside.rpartition(" ")[2]
    if words.endswith("-"):
        compounds = (words[:-1] + noun[start:] for start in range(len(noun)))
        return next((one for one in compounds if finder.event_called(one)), "")
    whole = f"{words} {noun}"
    is_name = words.startswith("the ") or noun.endswith("s") if date_span(words) else not finder.event_named(words)
    return whole if is_name and " " in beside and finder.event_named(whole) else ""


def _pair(match: re.Match[str], finder: Finder) -> list[Event]:
    """The events of a kind and a time, such as the revolutions of 1917, without what contains others of them."""
    when = read_dates(match["when"]) if match["when"] else DateRange()
    if when is None:
        return []
    noun = content_stems(folded_words(match["noun"]))
    found = [
        one
        for one in finder.events_about(match["noun"])
        if (name := content_stems(folded_words(one.name)))[-1:] == noun and 1 < len(name) <= _NAME
        if when.matches(one.date)
    ]
    return [one for one in found if not any(_contains(one, other) for other in found)]


def _contains(one: Event, other: Event) -> bool:
    last, other_last = one.until or one.date, other.until or other.date
    return one is not other and one.date.first <= other.date.first and other_last.last <= last.last


def _of_year(span: Span, beside: Span, *, is_last: bool) -> Span:
    """A date of any year as that next to what is at the other end."""
    if not isinstance(span.typed, DateQuery) or span.typed.year:
        return span
    years = (beside.first.first.year, 1) if is_last else (beside.last.last.year, -1)
    for year in (years[0], sum(years)):
        typed = structs.replace(span.typed, year=year)
        known = next(iter(typed.readings()), None)
        if known and (known.last >= beside.first.first if is_last else known.first <= beside.last.last):
            return Span(None, known, known, typed)
    return span


def _between(one: Span, other: Span) -> EventTime:
    """From the beginning of one to the end of the other, whichever is typed first where neither is before the other."""
    first, last = (other, one) if other.last.last < one.first.first else (one, other)
    return EventTime(DateRange(first.begin, last.end), (*one.events, *other.events))


def _within(match: re.Match[str], one: Span, other: Span) -> EventTime | None:
    """From the day after one, or until the day before the other."""
    if match["lead"] == "after" and match["join"] == "and":
        return None
    first = one.day_after if match["lead"] == "after" else one.begin
    last = other.day_before if match["join"].endswith("before") else other.end
    starts, ends = DateRange(first, last).as_interval()
    return EventTime(DateRange(first, last), (*one.events, *other.events)) if starts <= ends else None
