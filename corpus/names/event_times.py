"""Times counted from an event: `the day before the congress`, `two years after Lenin's death`, `since the war`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from corpus.calendar import LAST_OLD_STYLE_DAY, DateQuery, DateRange, HistoricalDate
from corpus.date_reading import Dates
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS
from corpus.language.tokens import folded
from corpus.names.finder import Finder
from corpus.note_model import Event

_LONGEST: Final = 120
"""Characters of the longest time that is read; nothing longer is looked at."""
_NUMBER: Final = rf"[0-9]{{1,3}}|an?|the|{'|'.join(sorted(CARDINALS, key=len, reverse=True))}"
_ASKED: Final = r"(?:(?:what|which events?) (?:else )?(?:happened|came|comes|took place|occurred) |events? )?"
_FORM: Final = lazy_pattern(
    rf"{_ASKED}(?:on )?"
    rf"(?:(?:the )?(?P<eve>eve) of|(?:(?P<many>{_NUMBER}) (?P<unit>day|week|month|year)s? )?"
    r"(?P<side>before|after|following|since|until)) (?P<event>.+)"
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
_TWO: Final = lazy_pattern(rf"{_ASKED}(?:from|between|since) (?P<first>.+?) (?:to|until|till|and) (?P<last>.+)")
_PHASE: Final = lazy_pattern(r"(?:the )?(?:(?P<start>start|beginning|outbreak)|(?P<end>end)) of (?P<event>.+)")


class EventTime(NamedTuple):
    """A time, and the events from which it is counted."""

    dates: Dates
    events: tuple[Event, ...]


class _Span(NamedTuple):
    """An event, or its beginning or its end alone: the first date and the last."""

    event: Event
    first: HistoricalDate
    last: HistoricalDate


def read_event_time(typed: str, finder: Finder) -> EventTime | None:
    """The time that the whole of `typed` counts from events of the notes; None where it is not one."""
    words = folded(typed).strip(" ?!.") if len(typed) <= _LONGEST else ""
    if match := _TWO.fullmatch(words):
        return _between(_span(match["first"], finder), _span(match["last"], finder))
    match = _FORM.fullmatch(words)
    span = _span(match["event"], finder) if match else None
    if match is None or span is None:
        return None
    side = "before" if match["eve"] else match["side"]
    if side in folded(span.event.name).split():
        return None  # “before the uprising” is a part of the name “The dispute before the uprising”
    unit = "day" if match["eve"] else match["unit"]
    if not unit:
        return EventTime(_open(span, side), (span.event,))
    many = match["many"] or "1"
    number = int(many) if many.isdigit() else CARDINALS.get(many, 1)
    dates = _counted(span, unit, number if side in ("after", "following") else -number)
    return EventTime(dates, (span.event,)) if dates and side not in ("since", "until") else None


def event_span(typed: str, finder: Finder) -> DateRange | None:
    """The time of the event that the whole of `typed` names; None where it names none, or several."""
    span = _span(folded(typed).strip(" ?!."), finder) if len(typed) <= _LONGEST else None
    between = _between(span, span)
    return between.dates if between and isinstance(between.dates, DateRange) else None


def unknown_start(typed: str, finder: Finder) -> str:
    """The words from which `typed` counts days, weeks, months or years, where they name no event or several."""
    words = folded(typed).strip(" ?!.") if len(typed) <= _LONGEST else ""
    match = _FORM.fullmatch(words)
    if match is None or not (match["unit"] or match["eve"]):
        return ""
    named = finder.event_named(words)
    is_name = named is not None and (match["side"] or "eve") in folded(named.name).split()
    return "" if is_name or _span(match["event"], finder) else str(match["event"])


def unfinished_side(typed: str) -> str:
    """The word after which `typed` breaks off, such as "before" in "the day before"; nothing where it does not."""
    match = _UNFINISHED.fullmatch(folded(typed).strip(" ?!.…")) if len(typed) <= _LONGEST else None
    return (match["side"] or "on the eve of") if match else ""


def excludes(typed: str) -> bool:
    """Whether `typed` asks for anything but something: "not 1917", "except Lenin", "what didn't happen"."""
    return bool(_EXCLUDED.match(folded(typed)))


def _span(words: str, finder: Finder) -> _Span | None:
    phase = _PHASE.fullmatch(words)
    event = finder.event_named(phase["event"] if phase else words)
    if event is None:
        return None
    last = event.until or event.date
    if phase:
        return _Span(event, last, last) if phase["end"] else _Span(event, event.date, event.date)
    return _Span(event, event.date, last)


def _between(one: _Span | None, other: _Span | None) -> EventTime | None:
    """From one event to another, with both."""
    if one is None or other is None:
        return None
    first, last = min(one.first.first, other.first.first), max(one.last.last, other.last.last)
    return EventTime(DateRange(_day(first), _day(last)), (one.event, other.event))


def _open(span: _Span, side: str) -> DateRange:
    """All the time on one side of an event, with it for `since` and `until`."""
    match side:
        case "before":
            return DateRange(None, _day(span.first.first - timedelta(days=1)))
        case "until":
            return DateRange(None, _day(span.last.last))
        case "since":
            return DateRange(_day(span.first.first), None)
        case _:
            return DateRange(_day(span.last.last + timedelta(days=1)), None)


def _counted(span: _Span, unit: str, number: int) -> DateQuery | None:
    """The day, month or year that is so many units after an event (before, where negative).

    None where the event is dated less precisely than that, or no calendar goes so far.
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
            return _day(then + timedelta(days=number * (7 if unit == "week" else 1)))
    except (ValueError, OverflowError):
        return None
    return None


def _day(day: date) -> DateQuery:
    return DateQuery(day.year, day.month, day.day, "gregorian" if day <= LAST_OLD_STYLE_DAY else None)
