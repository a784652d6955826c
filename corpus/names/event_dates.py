"""Events by their dates: those of a date, those that go on then, and the nearest before and after it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from corpus.calendar import DateQuery, DateRange, HistoricalDate
from corpus.date_reading import Dates, YearMissing
from corpus.names.index import unique
from corpus.note_model import Event

_PRECISIONS = ("year", "month", "day")


class EventDates:
    """Finds events by date, in either calendar."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = events

    @cached_property
    def _intervals(self) -> list[tuple[Event, date, date]]:
        """Each event with the first and the last day that it can have had."""
        return [(one, one.date.first, (one.until or one.date).last) for one in self._events]

    # Of events that begin on the same day, both have those first that are first in the notes.

    @cached_property
    def _earliest_first(self) -> list[Event]:
        return sorted(self._events, key=_first_day)

    @cached_property
    def _latest_first(self) -> list[Event]:
        return sorted(self._events, key=_first_day, reverse=True)

    def load(self) -> None:
        """Sort the events, so that the first question does not wait for it."""
        _ = self._intervals, self._earliest_first, self._latest_first

    def on(self, asked: Dates) -> tuple[Event, ...]:
        """The events of a date, or of a range: those that begin then, then those that go on."""
        return tuple(sorted(self._overlapping(asked), key=lambda event: not asked.matches(event.date)))

    def in_any_year(self, asked: YearMissing) -> tuple[Event, ...]:
        """The events that begin or end in a range of dates, in each year that there are events of."""
        years = sorted({year for _, first, last in self._intervals for year in (first.year - 1, first.year, last.year)})
        found = (self._beginning_or_ending(dates) for year in years if (dates := asked.of_year(year)))
        return unique(*found)

    def during(self, asked: Dates) -> list[Event]:
        """The events that go on all of that time, whichever days their own dates mean; none in any year."""
        starts, ends = asked.as_interval() or (date.min, date.max)
        near = (one for one, first, last in self._intervals if first <= starts <= ends <= last)
        return [one for one in near if one.lasts_over(starts, ends)]

    def nearest(self, asked: Dates) -> tuple[Event | None, Event | None]:
        """The last event before a date and the first after it; without a year, in the round of the year."""
        interval = asked.as_interval()
        if interval is None:
            others = (event for event in self._events if not is_on(event, asked))
            return nearest_days(others, asked) if isinstance(asked, DateQuery) else (None, None)
        earlier = bisect_left(self._earliest_first, interval[0], key=_first_day)
        sides = self._latest_first[len(self._latest_first) - earlier :], self._earliest_first[earlier:]
        before, after = (next((one for one in side if not _is_within(one, asked, interval)), None) for side in sides)
        return before, after

    def _beginning_or_ending(self, asked: DateRange) -> list[Event]:
        found = self._overlapping(asked)
        return [one for one in found if asked.matches(one.date) or (one.until and asked.matches(one.until))]

    def _overlapping(self, asked: Dates) -> list[Event]:
        """The events that begin or end then, or go on at that time. Only what overlaps it is looked at closely."""
        starts, ends = asked.as_interval() or (date.min, date.max)
        near = (one for one, first, last in self._intervals if first <= ends and starts <= last)
        return [one for one in near if is_on(one, asked)]


def _first_day(event: Event) -> date:
    return event.date.first


def _is_within(event: Event, asked: Dates, interval: tuple[date, date]) -> bool:
    """Whether `is_on` holds. What does not overlap the interval is not looked at closely."""
    starts, ends = interval
    return event.date.first <= ends and starts <= (event.until or event.date).last and is_on(event, asked)


def is_on(event: Event, asked: Dates) -> bool:
    """Whether the event begins or ends then, or goes on at that time. A date vaguer than was asked for does not say."""
    if asked.matches(event.date):
        return True
    if event.until is None:
        return False
    if isinstance(asked, DateRange):
        return asked.matches(event.until) or event.lasts_over(*asked.as_interval())
    return asked.matches(event.until) or any(_during(event.date, event.until, one) for one in asked.readings())


def _during(since: HistoricalDate, until: HistoricalDate, asked: HistoricalDate) -> bool:
    precise = all(_PRECISIONS.index(end.precision) >= _PRECISIONS.index(asked.precision) for end in (since, until))
    return precise and since.first <= asked.first and asked.last <= until.last


def nearest_days(events: Iterable[Event], query: DateQuery) -> tuple[Event | None, Event | None]:
    """The events next to a day of no year, among those that have a day; after December comes January."""
    dated = sorted((e for e in events if e.date.day is not None), key=_day_of_year)
    if not dated:
        return None, None
    asked = (query.month or 1, query.day or 1)
    place = bisect_left(dated, asked, key=_day_of_year)
    return dated[place - 1], dated[place % len(dated)]


def _day_of_year(event: Event) -> tuple[int, int]:
    return event.date.first.month, event.date.first.day
