"""Times counted from an event: `the day before the congress`, `two years after Lenin's death`, `since the war`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from msgspec import structs

from corpus.calendar import DateQuery, DateRange, HistoricalDate, day_query
from corpus.date_reading import Dates, read_dates
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS
from corpus.language.tokens import folded
from corpus.names.finder import Finder
from corpus.note_model import Event

_LONGEST: Final = 120
"""Characters of the longest time that is read; nothing longer is looked at."""
_LEAP_YEAR: Final = 1904
"""The year in which a day of any year is counted from."""
_NUMBER: Final = rf"[0-9]{{1,3}}|an?|the|(?:a )?(?:couple of|few)|{'|'.join(sorted(CARDINALS, key=len, reverse=True))}"
_ASKED: Final = r"(?:(?:what|which events?) (?:else )?(?:happened|came|comes|took place|occurred) |events? )?"
_UNITS: Final = {
    "day": ("day", 1), "night": ("day", 1), "morning": ("day", 1), "afternoon": ("day", 1), "evening": ("day", 1),
    "week": ("day", 7), "fortnight": ("day", 14), "month": ("month", 1), "year": ("year", 1), "decade": ("year", 10),
}  # fmt: skip
"""In what each word counts, and how many of them it is."""
_SEVERAL: Final = {"day": 7, "week": 28, "month": 365, "year": 3_650}
"""The days that are looked at for "the days before", "the weeks after" and so on."""
_COUNTED: Final = (
    rf"(?:(?P<many>{_NUMBER}) )?(?:next |following |previous )?(?P<unit>{'|'.join(_UNITS)})(?P<plural>s)? "
)
_NEAR: Final = r"(?:shortly|just|soon|right|immediately) (?P<near>before|after)"
_FORM: Final = lazy_pattern(
    rf"{_ASKED}(?:(?:on|in|at|during) )?(?:(?:the )?(?P<eve>eve) of|(?:the )?week (?P<around>of)|{_NEAR}"
    rf"|(?:{_COUNTED})?(?P<side>before|after|following|since|until)) (?P<event>.+)"
)
_UNFINISHED: Final = lazy_pattern(
    rf"{_ASKED}(?:on )?"
    rf"(?:(?:the )?(?P<eve>eve)(?: of)?|(?:(?:(?:{_NUMBER}|how many) )?(?:day|week|month|year)s? |how long )?"
    r"(?P<side>before|after|following|since|until|till|prior to|from|between|during|vor|nach|seit|bis))(?: the| a| an)?"
)
_EXCLUDED: Final = lazy_pattern(
    r"(?:(?:all|any(?:thing|one|body)?|every(?:thing|one|body)?|events?) )?"
    r"(?:not|except(?: for)?|but(?: not)?|without|excluding)\b."
    r"|who not\b.|(?:what|who|which(?: [a-z]+)?) (?:did|do|does|was|were|is|are|has|have|had)(?: not|n't)\b."
    r"|(?:(?:what|who|which(?: [a-z]+)?|events? that) )?never (?:happened|took|occurred|was|were|came)\b"
)
_TWO: Final = lazy_pattern(
    rf"{_ASKED}(?:(?:from|between|since) (?P<first>.+?) (?:to|until|till|and)|(?P<start>.+?) (?:to|until|till)) "
    r"(?P<last>.+)"
)
_PHASE: Final = lazy_pattern(r"(?:the )?(?:(?P<start>start|beginning|outbreak)|(?P<end>end)) of (?P<event>.+)")


class EventTime(NamedTuple):
    """A time, and the events from which it is counted, or the date."""

    dates: Dates
    events: tuple[Event, ...]
    date: DateQuery | None = None


class _Span(NamedTuple):
    """An event, or its beginning or its end alone, or a date as it was typed: the first date and the last."""

    event: Event | None
    first: HistoricalDate
    last: HistoricalDate
    typed: DateQuery | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        return (self.event,) if self.event else ()


def read_event_time(typed: str, finder: Finder) -> EventTime | None:
    """The time that the whole of `typed` counts from events of the notes, or from a date; None where it is not one.

    Raises NotUnderstood for a date that does not exist, or that people read in two ways.
    """
    words = folded(typed).strip(" ?!.") if len(typed) <= _LONGEST else ""
    if (match := _TWO.fullmatch(words)) and not finder.event_called(words):
        ends = match["first"] or match["start"], match["last"]
        one, other = (_date_span(end) or _span(end, finder) for end in ends)
        return _between(one, other) if one and other and (one.event or other.event) else None
    match = _FORM.fullmatch(words)
    return _counted_time(match, finder) if match else None


def _counted_time(match: re.Match[str], finder: Finder) -> EventTime | None:
    span = _start(match, finder)
    side = match["side"] or match["near"] or "before"
    if span is None or (span.event and side in folded(span.event.name).split()):
        return None  # “before the uprising” is a part of the name “The dispute before the uprising”
    if match["around"]:
        monday = span.first.first - timedelta(days=span.first.first.weekday())
        return _time(_days(span, monday, 7), span) if span.first.day else None
    unit = "day" if match["eve"] or match["near"] else match["unit"]
    if not unit:
        return EventTime(_open(span, side), span.events)
    if side in ("since", "until"):
        return None
    is_after = side in ("after", "following")
    if many := _several(match):
        return _time(_beside(span, many, is_after=is_after), span) if span.first.day else None
    kind, times = _UNITS[unit]
    number = times * _number(match["many"] or "1")
    return _time(_counted(span, kind, number if is_after else -number), span)


def _start(match: re.Match[str], finder: Finder) -> _Span | None:
    """What is counted from: an event, or a date where something is counted."""
    is_counted = match["unit"] or match["eve"] or match["near"] or match["around"]
    return (_date_span(match["event"]) if is_counted else None) or _span(match["event"], finder)


def _time(dates: Dates | None, span: _Span) -> EventTime | None:
    return EventTime(dates, span.events, span.typed) if dates else None


def _several(match: re.Match[str]) -> int:
    """The days of a time that is more than a day: "the days before", "the week after"; 0 for one that is counted."""
    if match["near"]:
        return _SEVERAL["day"]
    is_some = (match["many"] or "the") in ("the", "few", "a few")
    if is_some and match["plural"]:
        return _SEVERAL.get(match["unit"], _SEVERAL["day"])
    return _SEVERAL["day"] if match["many"] == "the" and match["unit"] == "week" else 0


def _number(many: str) -> int:
    return int(many) if many.isdigit() else 2 if "couple" in many else CARDINALS.get(many, 1)


def event_span(typed: str, finder: Finder) -> DateRange | None:
    """The time of the event that the whole of `typed` names; None where it names none, or several."""
    span = _span(folded(typed).strip(" ?!."), finder) if len(typed) <= _LONGEST else None
    between = _between(span, span) if span else None
    return between.dates if between and isinstance(between.dates, DateRange) else None


def unknown_start(typed: str, finder: Finder) -> str | Event:
    """The words from which `typed` counts days, weeks, months or years, where they name no event or several.

    Or where they are a month or a year; the event, where the notes do not know its day. Empty where nothing is counted.
    """
    words = folded(typed).strip(" ?!.") if len(typed) <= _LONGEST else ""
    match = _FORM.fullmatch(words)
    if match is None or not (match["unit"] or match["eve"] or match["near"] or match["around"]):
        return ""
    named = finder.event_named(words)
    if named is not None and (match["side"] or match["near"] or "eve") in folded(named.name).split():
        return ""
    span = _start(match, finder)
    if span is None:
        return str(match["event"])
    if span.first.day:
        return ""
    return span.event or str(match["event"])


def unfinished_side(typed: str) -> str:
    """The word after which `typed` breaks off, such as "before" in "the day before"; nothing where it does not."""
    match = _UNFINISHED.fullmatch(folded(typed).strip(" ?!.…")) if len(typed) <= _LONGEST else None
    return (match["side"] or "on the eve of") if match else ""


def excludes(typed: str) -> bool:
    """Whether `typed` asks for anything but something: "not 1917", "except Lenin", "what didn't happen"."""
    return bool(_EXCLUDED.match(folded(typed)))


def _span(words: str, finder: Finder) -> _Span | None:
    phase = _PHASE.fullmatch(words)
    name = phase["event"] if phase else words
    event = finder.event_named(name)
    if event is None or (name[:4].isdecimal() and finder.event_called(name) is None):
        return None  # “1917 peace” is a year and a topic
    last = event.until or event.date
    if phase:
        return _Span(event, last, last) if phase["end"] else _Span(event, event.date, event.date)
    return _Span(event, event.date, last)


def _date_span(words: str) -> _Span | None:
    """A date as it was typed; of any year where it has none."""
    asked = read_dates(words)
    if not isinstance(asked, DateQuery):
        return None
    readings = (asked if asked.year else structs.replace(asked, year=_LEAP_YEAR)).readings()
    return _Span(None, readings[0], readings[0], asked)


def _between(one: _Span, other: _Span) -> EventTime:
    """From the first of two events or dates to the last, with both."""
    first = min(one, other, key=lambda span: span.first.first)
    last = max(one, other, key=lambda span: span.last.last)
    dates = DateRange(first.typed or day_query(first.first.first), last.typed or day_query(last.last.last))
    return EventTime(dates, (*one.events, *other.events))


def _open(span: _Span, side: str) -> DateRange:
    """All the time on one side of an event, with it for `since` and `until`."""
    match side:
        case "before":
            return DateRange(None, day_query(span.first.first - timedelta(days=1)))
        case "until":
            return DateRange(None, day_query(span.last.last))
        case "since":
            return DateRange(day_query(span.first.first), None)
        case _:
            return DateRange(day_query(span.last.last + timedelta(days=1)), None)


def _beside(span: _Span, many: int, *, is_after: bool) -> DateRange:
    """So many days right before or after."""
    start = span.last.last + timedelta(days=1) if is_after else span.first.first - timedelta(days=many)
    return _days(span, start, many)


def _days(span: _Span, start: date, many: int) -> DateRange:
    return DateRange(_typed_day(span, start), _typed_day(span, start + timedelta(days=many - 1)))


def _counted(span: _Span, unit: str, number: int) -> DateQuery | None:
    """The day, month or year that is so many units after an event or a date (before, where negative).

    None where that is known less precisely, or no calendar goes so far.
    """
    known = span.last if number > 0 else span.first
    then = known.last if number > 0 else known.first
    try:
        if unit == "year":
            return DateQuery(then.replace(day=1, year=then.year + number).year)
        if unit == "month" and known.month:
            years, month = divmod(then.month - 1 + number, 12)
            return DateQuery(then.replace(day=1, year=then.year + years).year, month + 1)
        if known.day:
            return _typed_day(span, then + timedelta(days=number))
    except (ValueError, OverflowError):
        return None
    return None


def _typed_day(span: _Span, day: date) -> DateQuery:
    """A day in the calendar of the date from which it is counted; of any year where that is."""
    if span.typed is None:
        return day_query(day)
    then = HistoricalDate.of(day, span.typed.calendar or "gregorian")
    return DateQuery(then.year if span.typed.year else None, then.month, then.day, span.typed.calendar)
