"""What a time is counted from: an event that is named so, its beginning or end, or a date."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, NamedTuple

from msgspec import structs

from corpus.calendar import DateQuery, DateRange, HistoricalDate, day_query
from corpus.date_reading import Dates, read_dates
from corpus.language.alternation import phrases
from corpus.language.lazy_pattern import lazy_pattern
from corpus.names.finder import Finder
from corpus.names.index import content_stems, folded_words
from corpus.note_model import Event

_LEAP_YEAR: Final = 1904
"""The year in which a day of any year is counted from."""
_PHASE: Final = lazy_pattern(r"(?:the )?(?:(?P<start>start|beginning|outbreak)|(?P<end>end)) of (?P<event>.+)")
_BEFORE_OTHERS: Final = frozenset(
    phrases("about, after, against, at, before, by, during, for, from, in, into, on, to, until, with")
)
"""Words in a name behind which is something else: the dispute before the uprising is not the uprising."""


class Span(NamedTuple):
    """An event, or its beginning or its end alone, or a date as it was typed: the first date and the last."""

    event: Event | None
    first: HistoricalDate
    last: HistoricalDate
    typed: Dates | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        return (self.event,) if self.event else ()

    @property
    def begin(self) -> DateQuery:
        """The date that it begins with, as it was typed where it was."""
        typed = self.typed.first if isinstance(self.typed, DateRange) else self.typed
        return typed or day_query(self.first.first)

    @property
    def end(self) -> DateQuery:
        """The date that it ends with, as it was typed where it was."""
        typed = self.typed.last if isinstance(self.typed, DateRange) else self.typed
        return typed or day_query(self.last.last)

    @property
    def day_before(self) -> DateQuery:
        return day_query(self.first.first - timedelta(days=1))

    @property
    def day_after(self) -> DateQuery:
        return day_query(self.last.last + timedelta(days=1))


class EventTime(NamedTuple):
    """A time, and the events from which it is counted, or the date."""

    dates: Dates
    events: tuple[Event, ...]
    date: DateQuery | None = None


def event_meant(words: str, finder: Finder) -> Event | None:
    """The only event that is named so; None where there is none, or more."""
    event = finder.event_named(words)
    return event if event and is_named_so(event, words) else None


def is_named_so(event: Event, words: str) -> bool:
    """Whether words are what some name of an event says that it is, and not only what it was before, in or against."""
    stems = set(content_stems(folded_words(words)))
    return any(
        stems.issubset(content_stems(folded_words(name))) and not stems.isdisjoint(_heads(name))
        for name in (event.name, *event.aliases)
    )


def _heads(name: str) -> set[str]:
    """The stems that say what it is: “battle” and “Waterloo”, or “Chairman” and “Soviet” of the Petrograd Soviet."""
    words = folded_words(name)
    behind = next((n for n, word in enumerate(words) if n and word in _BEFORE_OTHERS), len(words))
    whose = next((n for n, word in enumerate(words[:behind]) if word == "of"), behind)
    return {*content_stems(words[:whose]), *content_stems(words[behind - 1 : behind])}


def event_span(words: str, finder: Finder) -> Span | None:
    """The time of the event that folded words name, or of its beginning or end."""
    phase = _PHASE.fullmatch(words)
    name = phase["event"] if phase else words
    event = event_meant(name, finder)
    if event is None or (name[:4].isdecimal() and finder.event_called(name) is None):
        return None  # “1917 peace” is a year and a topic
    last = event.until or event.date
    if phase:
        return Span(event, last, last) if phase["end"] else Span(event, event.date, event.date)
    return Span(event, event.date, last)


def date_span(words: str) -> Span | None:
    """A date as it was typed, or a time that has a beginning and an end; of any year where it has none."""
    asked = read_dates(words)
    if isinstance(asked, DateRange):
        ends = asked.first, asked.last
        return Span(None, ends[0].readings()[0], ends[1].readings()[0], asked) if ends[0] and ends[1] else None
    if asked is None:
        return None
    known = (asked if asked.year else structs.replace(asked, year=_LEAP_YEAR)).readings()[0]
    return Span(None, known, known, asked)
