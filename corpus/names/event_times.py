"""Times counted from an event: `the day before the congress`, `two years after Lenin's death`, `since the war`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from corpus.calendar import LAST_OLD_STYLE_DAY, DateQuery, DateRange
from corpus.date_reading import Dates
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS
from corpus.language.tokens import folded
from corpus.model import Event
from corpus.names.finder import Finder

_LONGEST: Final = 120
"""Characters of the longest time that is read; nothing longer is looked at."""
_NUMBER: Final = rf"[0-9]{{1,3}}|an?|the|{'|'.join(sorted(CARDINALS, key=len, reverse=True))}"
_FORM: Final = lazy_pattern(
    r"(?:what (?:else )?(?:happened|took place|occurred) )?(?:on )?"
    rf"(?:(?:the )?(?P<eve>eve) of|(?:(?P<many>{_NUMBER}) (?P<unit>day|week|month|year)s? )?"
    r"(?P<side>before|after|following|since|until)) (?P<event>.+)"
)


class EventTime(NamedTuple):
    """A time, and the event from which it is counted."""

    dates: Dates
    event: Event


def read_event_time(typed: str, finder: Finder) -> EventTime | None:
    """The time that the whole of `typed` counts from an event of the notes; None where it is none."""
    match = _FORM.fullmatch(folded(typed).strip(" ?!.")) if len(typed) <= _LONGEST else None
    event = finder.event_named(match["event"]) if match else None
    if match is None or event is None:
        return None
    side = "before" if match["eve"] else match["side"]
    if side in folded(event.name).split():
        return None  # “before the uprising” is a part of the name “The dispute before the uprising”
    unit = "day" if match["eve"] else match["unit"]
    if not unit:
        return EventTime(_open(event, side), event)
    many = match["many"] or "1"
    number = int(many) if many.isdigit() else CARDINALS.get(many, 1)
    dates = _counted(event, unit, number if side in ("after", "following") else -number)
    return EventTime(dates, event) if dates and side not in ("since", "until") else None


def _open(event: Event, side: str) -> DateRange:
    """All the time on one side of an event, with it for `since` and `until`."""
    first, last = event.date.first, (event.until or event.date).last
    match side:
        case "before":
            return DateRange(None, _day(first - timedelta(days=1)))
        case "until":
            return DateRange(None, _day(last))
        case "since":
            return DateRange(_day(first), None)
        case _:
            return DateRange(_day(last + timedelta(days=1)), None)


def _counted(event: Event, unit: str, number: int) -> DateQuery | None:
    """The day, month or year that is so many units after an event (before, where negative).

    None where the event is dated less precisely than that, or no calendar goes so far.
    """
    known = (event.until or event.date) if number > 0 else event.date
    then = known.last if number > 0 else known.first
    try:
        if unit == "year":
            return DateQuery(then.replace(day=1, year=then.year + number).year)
        if unit == "month" and known.month:
            years, month = divmod(then.month - 1 + number, 12)
            return DateQuery(then.replace(day=1, year=then.year + years).year, month + 1)
        if known.day:
            return _day(then + timedelta(days=number * (7 if unit == "week" else 1)))
    except (ValueError, OverflowError):
        return None
    return None


def _day(day: date) -> DateQuery:
    return DateQuery(day.year, day.month, day.day, "gregorian" if day <= LAST_OLD_STYLE_DAY else None)
