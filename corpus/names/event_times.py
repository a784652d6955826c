"""Times counted from an event: `the day before the congress`, `two years after Lenin's death`, `since the war`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from corpus.calendar import DateQuery, DateRange, HistoricalDate, day_query
from corpus.date_reading import Dates
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS
from corpus.language.tokens import folded
from corpus.names.event_ranges import ASKED, read_event_range, unknown_end
from corpus.names.event_spans import EventTime, Span, date_span, event_span
from corpus.names.finder import Finder
from corpus.note_model import Event

_LONGEST: Final = 120
"""Characters of the longest time that is read; nothing longer is looked at."""
NUMBER: Final = rf"[0-9]{{1,3}}|an?|the|(?:a )?(?:couple of|few)|{'|'.join(sorted(CARDINALS, key=len, reverse=True))}"
UNITS: Final = {
    "day": ("day", 1), "night": ("day", 1), "morning": ("day", 1), "afternoon": ("day", 1), "evening": ("day", 1),
    "week": ("day", 7), "fortnight": ("day", 14), "month": ("month", 1), "year": ("year", 1), "decade": ("year", 10),
    "half a year": ("month", 6),
}  # fmt: skip
"""In what each word counts, and how many of them it is."""
_SEVERAL: Final = {"day": 7, "week": 28, "month": 365, "year": 3_650}
"""The days that are looked at for "the days before", "the weeks after" and so on."""
_COUNTED: Final = rf"(?:(?P<many>{NUMBER}) )?(?:next |following |previous )?(?P<unit>{'|'.join(UNITS)})(?P<plural>s)? "
_NEAR: Final = r"(?:shortly|just|soon|right|immediately) (?P<near>before|after)"
_FORM: Final = lazy_pattern(
    rf"{ASKED}(?:(?:on|in|at|during) )?(?:(?:the )?(?P<eve>eve) of|(?:the )?week (?P<around>of)|{_NEAR}"
    rf"|(?:{_COUNTED})?(?P<side>before|after|following|since|until)) (?P<event>.+)"
)
_UNFINISHED: Final = lazy_pattern(
    rf"{ASKED}(?:on )?"
    rf"(?:(?:the )?(?P<eve>eve)(?: of)?|(?:(?:(?:{NUMBER}|how many) )?(?:day|week|month|year)s? |how long )?"
    r"(?P<side>before|after|following|since|until|till|prior to|from|between|during|vor|nach|seit|bis))(?: the| a| an)?"
)
_EXCLUDED: Final = lazy_pattern(
    r"(?:(?:all|any(?:thing|one|body)?|every(?:thing|one|body)?|events?) )?"
    r"(?:not|except(?: for)?|but(?: not)?|without|excluding)\b."
    r"|who not\b.|(?:what|who|which(?: [a-z]+)?) (?:did|do|does|was|were|is|are|has|have|had)(?: not|n't)\b."
    r"|(?:(?:what|who|which(?: [a-z]+)?|events? that) )?never (?:happened|took|occurred|was|were|came)\b"
)


def read_event_time(typed: str, finder: Finder) -> EventTime | None:
    """The time that the whole of `typed` counts from events of the notes, or from a date; None where it is not one.

    Raises NotUnderstood for a date that does not exist, or that people read in two ways.
    """
    words = folded(typed).strip(" ?!.") if len(typed) <= _LONGEST else ""
    if found := read_event_range(words, finder):
        return found
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
    kind, times = UNITS[unit]
    number = times * _number(match["many"] or "1")
    return _time(_counted(span, kind, number if is_after else -number), span)


def _start(match: re.Match[str], finder: Finder) -> Span | None:
    """What is counted from: an event, or a date where something is counted."""
    is_counted = match["unit"] or match["eve"] or match["near"] or match["around"]
    return (_day_span(match["event"]) if is_counted else None) or event_span(match["event"], finder)


def _day_span(words: str) -> Span | None:
    """A date from which something can be counted, which is no time with two ends."""
    span = date_span(words)
    return span if span and isinstance(span.typed, DateQuery) else None


def _time(dates: Dates | None, span: Span) -> EventTime | None:
    return EventTime(dates, span.events, _typed(span)) if dates else None


def _typed(span: Span) -> DateQuery | None:
    return span.typed if isinstance(span.typed, DateQuery) else None


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


def span_of_event(typed: str, finder: Finder) -> DateRange | None:
    """The time of the event that the whole of `typed` names; None where it names none, or several."""
    span = event_span(folded(typed).strip(" ?!."), finder) if len(typed) <= _LONGEST else None
    return DateRange(span.begin, span.end) if span else None


def unknown_start(typed: str, finder: Finder) -> str | Event:
    """The words from which `typed` counts days, weeks, months or years, where they name no event or several.

    Or where they are a month or a year; the event, where the notes do not know its day. Empty where nothing is counted.
    """
    words = folded(typed).strip(" ?!.") if len(typed) <= _LONGEST else ""
    if end := unknown_end(words, finder):
        return end
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


def start_of_no_event(typed: str, finder: Finder) -> str:
    """The words before or after which `typed` asks for all time, where they name no event; else nothing."""
    match = _FORM.fullmatch(folded(typed).strip(" ?!.")) if len(typed) <= _LONGEST else None
    if match is None or match["unit"] or match["eve"] or match["near"] or match["around"]:
        return ""
    if _start(match, finder):
        return ""
    return " ".join(typed.strip(" ?!.").split()[-len(match["event"].split()) :])


def unfinished_side(typed: str) -> str:
    """The word after which `typed` breaks off, such as "before" in "the day before"; nothing where it does not."""
    match = _UNFINISHED.fullmatch(folded(typed).strip(" ?!.…")) if len(typed) <= _LONGEST else None
    return (match["side"] or "on the eve of") if match else ""


def excludes(typed: str) -> bool:
    """Whether `typed` asks for anything but something: "not 1917", "except Lenin", "what didn't happen"."""
    return bool(_EXCLUDED.match(folded(typed)))


def _open(span: Span, side: str) -> DateRange:
    """All the time on one side of an event, with it for `since` and `until`."""
    match side:
        case "before":
            return DateRange(None, span.day_before)
        case "until":
            return DateRange(None, span.end)
        case "since":
            return DateRange(span.begin, None)
        case _:
            return DateRange(span.day_after, None)


def _beside(span: Span, many: int, *, is_after: bool) -> DateRange:
    """So many days right before or after."""
    start = span.last.last + timedelta(days=1) if is_after else span.first.first - timedelta(days=many)
    return _days(span, start, many)


def _days(span: Span, start: date, many: int) -> DateRange:
    return DateRange(_typed_day(span, start), _typed_day(span, start + timedelta(days=many - 1)))


def _counted(span: Span, unit: str, number: int) -> DateQuery | None:
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


def _typed_day(span: Span, day: date) -> DateQuery:
    """A day in the calendar of the date from which it is counted; of any year where that is."""
    typed = _typed(span)
    if typed is None:
        return day_query(day)
    then = HistoricalDate.of(day, typed.calendar or "gregorian")
    return DateQuery(then.year if typed.year else None, then.month, then.day, typed.calendar)
