"""How much time is between two events or days, or was since one, or is until its anniversary."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from bot.core.context import Context
from bot.core.errors import Mistyped
from bot.core.reply import Prose, Reply
from cogs.event.replies import event_parts, event_reply, with_remark
from cogs.shared.asker import dates_of, today
from cogs.shared.dates import long_date
from cogs.shared.lists import shortened
from corpus.calendar import DateQuery, HistoricalDate
from corpus.date_reading import read_dates
from corpus.language.phrasing import as_typed, lower_article, plural
from corpus.names.elapsed_times import ElapsedTime, Unit, elapsed_time, later, whole_units
from corpus.names.event_spans import event_meant, is_named_so
from corpus.note_model import Event

COUNTED = 3
"""Events that are named where a time may be counted from several."""


class _Moment(NamedTuple):
    """The beginning and the end of an event, or of a day, month or year, or of the day that it is."""

    name: str
    start: HistoricalDate
    end: HistoricalDate
    event: Event | None = None


async def elapsed_time_reply(ctx: Context, typed: str) -> Reply | None:
    """The time that is asked for, with the dates that it is counted from; None where none is."""
    asked = elapsed_time(typed)
    if asked is None or (asked.is_age and not ctx.corpus.finder.events_about(asked.first)):
        return None
    asked = asked._replace(first=as_typed(asked.first, typed), last=as_typed(asked.last, typed))
    now = await today(ctx)
    if asked.is_ahead:
        return _until_next(ctx, now, await _moment(ctx, asked.last, now, now, is_ahead=True), asked.unit)
    first, last = await _in_full(ctx, asked.first, asked.last), await _in_full(ctx, asked.last, asked.first)
    begin, end = await _day_with_year(ctx, first), await _day_with_year(ctx, last)
    one = await _moment(ctx, first, now, end or now)
    return _between(ctx, asked, one, await _moment(ctx, last, now, begin or now, is_ahead=begin is not None))


async def _in_full(ctx: Context, words: str, beside: str) -> str:
    """Words with the noun that what is beside them has for both: “February” beside “October Revolution”."""
    others, _, noun = beside.rpartition(" ")
    if not (words and others):
        return words
    asked = await dates_of(ctx, words)
    has_year = isinstance(asked, DateQuery) and asked.year is not None
    if has_year or (asked is None and ctx.corpus.finder.event_named(words)):
        return words
    whole = f"{words} {noun}"
    return whole if ctx.corpus.finder.event_named(whole) else words


async def _day_with_year(ctx: Context, words: str) -> date | None:
    """The day that a date with a year begins with; a date without one beside it is the nearest to that."""
    asked = await dates_of(ctx, words) if words else None
    days = asked.readings() if isinstance(asked, DateQuery) else ()
    return days[0].first if days else None


def unknown_start_error(ctx: Context, start: str) -> Mistyped:
    """The error for a time counted from something that is not an event, or may be several, or is no day."""
    if read_dates(start):
        return Mistyped(f"I can't count from “{shortened(start, 60)}”. Please give the day, as in 24 May 1917.")
    about = ctx.corpus.finder.events_about(start)
    several = [one for one in about if is_named_so(one, start)]
    if about and len(several) < 2:
        return Mistyped(
            f"“{shortened(start, 60)}” is not an event, so I can't count from it. Please name an event or a day. "
            "/event lists the events I know."
        )
    if several:
        names = "; ".join(one.name for one in several[:COUNTED])
        return Mistyped(f"“{shortened(start, 60)}” may be several events. Please count from one, for example: {names}.")
    return Mistyped(
        f"I don't know when “{shortened(start, 60)}” was, so I can't count from it. /event lists the events I know."
    )


def uncounted_remark(ctx: Context, start: str, *, of_its_events: bool = True) -> str:
    """What is said of a place, a person or several events, which are no one event; as a rule, above their events."""
    finder = ctx.corpus.finder
    found = () if finder.has_person(start) else finder.events_about(start) or finder.events_mentioning(start)
    name = shortened(start, 60)
    if sum(is_named_so(one, start) for one in found) > 1:
        return f"“{name}” may be several events. To count from one, give its whole name."
    return f"“{name}” is not an event, so I can't count from it.{' Events with these words:' if of_its_events else ''}"


async def _moment(ctx: Context, words: str, now: date, near: date, *, is_ahead: bool = False) -> _Moment:
    """What some words name: a date, or one event. Raises UserError for anything else.

    A date of any year is the last one until the day `near`; `is_ahead`: the next one from it on.
    """
    if not words:
        return _Moment("today", _gregorian(now), _gregorian(now))
    asked = await dates_of(ctx, words)
    if isinstance(asked, DateQuery) and (day := _day_of(asked, near, is_ahead=is_ahead)):
        return _Moment("", day, day)
    about = () if asked else ctx.corpus.finder.events_about(words)
    named = None if asked else ctx.corpus.finder.event_named(words)
    event = event_meant(words, ctx.corpus.finder) if named else about[0] if len(about) == 1 else None
    if event is None:
        raise unknown_start_error(ctx, words)
    return _Moment(lower_article(event.name), event.date, event.until or event.date, event)


def _day_of(asked: DateQuery, near: date, *, is_ahead: bool) -> HistoricalDate | None:
    """The date that was typed; of any year, the last one of its name until a day, or the next."""
    if asked.year:
        return next(iter(asked.readings()), None)
    years = range(near.year, near.year + 9) if is_ahead else range(near.year, near.year - 9, -1)
    found = (next(iter(DateQuery(year, asked.month, asked.day).readings()), None) for year in years)
    return next((one for one in found if one and (one.first >= near if is_ahead else one.first <= near)), None)


def _between(ctx: Context, asked: ElapsedTime, one: _Moment, other: _Moment) -> Reply:
    first, last = (one, other) if one.start.first <= other.start.first else (other, one)
    # What the other event is a part of had not ended then.
    side, start = ("end", first.end) if first.end.last <= last.start.last else ("beginning", first.start)
    counted = _counted(start, last.start, asked.unit)
    said = f"From {_named(first, side)}, to {_named(last, 'beginning')}."
    events = [moment.event for moment in (first, last) if moment.event]
    if len(events) == 1:
        return with_remark(event_reply(ctx, events[0]), f"{counted}. {said}")
    return Reply(counted, (Prose(said), *(event_parts(events) if events else ())))


def _named(moment: _Moment, side: str) -> str:
    day = moment.end if side == "end" else moment.start
    name = moment.name
    if moment.start != moment.end:
        # Many an event's name has no article, and “the end of Fall of …” is no English.
        name = f"the {side} of {name}" if name.startswith("the ") else f"{name} (its {side})"
    return ", ".join(filter(None, (name, long_date(day))))


def _until_next(ctx: Context, now: date, to: _Moment, unit: Unit) -> Reply:
    """How long it is until a day, or until the next anniversary of one that is past."""
    day = to.start.first
    years = max(0, now.year - day.year)
    if years and later(day, "year", years) < now:
        years += 1
    then = later(day, "year", years) if day < now else day
    if to.event and to.start.day is None:
        said = "The notes give no day for it, so I can't count to its anniversary."
    else:
        after = f", {plural(years, 'year')} after {to.name or long_date(to.start)}" if day < now else ""
        counted = _counted(_gregorian(now), _gregorian(then), unit or "day")
        said = f"{counted}. From today, {_gregorian(now)}, to {_gregorian(then)}{after}."
    return with_remark(event_reply(ctx, to.event), said) if to.event else Reply("", (Prose(said),))


def _gregorian(day: date) -> HistoricalDate:
    return HistoricalDate.of(day, "gregorian")


def _counted(first: HistoricalDate, last: HistoricalDate, unit: Unit) -> str:
    """The time from one date to another: to the day where both days are known, else as nearly as they say."""
    if first.day and last.day:
        return _to_the_day(first.first, last.first, unit)
    if not (first.month or last.month):
        return f"About {plural(last.year - first.year, 'year')}"
    is_by_month = first.month and last.month and unit == "month"
    name: Unit = "month" if is_by_month else "year"
    least, most = (whole_units(*days, name) for days in ((first.last, last.first), (first.first, last.last)))
    if most < 1:
        return f"Less than a {name}"
    number = f"{least:,}" if least == most else f"{max(least, 0):,} to {most:,}"
    why = "" if unit in ("", name) else f" (not every date is known to the {unit})"
    return f"{number} {name}{'' if most == 1 else 's'}{why}"


def _to_the_day(first: date, last: date, unit: Unit) -> str:
    """The time between two days in whole units, and the days that are left."""
    days = (last - first).days
    name: Unit = unit or ("year" if whole_units(first, last, "year") else "day")
    number = whole_units(first, last, name)
    if name == "day":
        return plural(days, "day")
    left = (last - later(first, name, number)).days
    rest = f" and {plural(left, 'day')}" if left else ""
    return f"{plural(number, name)}{rest} ({plural(days, 'day')})"
