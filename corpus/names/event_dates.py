"""When events were: on a date or not, and which are next to a day of any year."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from corpus.calendar import DateQuery, DateRange, HistoricalDate
from corpus.date_reading import Dates
from corpus.note_model import Event

_PRECISIONS = ("year", "month", "day")


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
