"""The axis of a timeline: where a day is, and which days are written along it in either calendar.

Crowded days get room: where a long time goes by in which nothing begins or ends, the axis is broken, and each side of
the break has a scale of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from math import sqrt
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct

from cogs.shared.drawing.fonts import Font
from corpus.calendar import LAST_OLD_STYLE_DAY, MONTHS, Calendar, HistoricalDate, Precision
from corpus.note_model import Event

BREAK = 40
"""Pixels that a break takes, however long the time is that it leaves out."""
MOST_BREAKS = 3

_MARGIN = 0.05
"""How much of a section's time is shown before and after."""
_BETWEEN = 22
"""Pixels between two labels at least."""
_APART = 26
"""Pixels between the beginnings of two events: where they are nearer, the axis is crowded."""
_LONG = 0.3
"""The share of the time on the axis that a break leaves out at least."""
_YEARS = (101, 9899)
"""Years that both calendars have whole."""
_SHORT = tuple(name[:3] for name in MONTHS)


class Section(Struct, frozen=True):
    """Time from the beginning of the day `first` to the beginning of `last`, over pixels from `left` to `right`.

    Days are proleptic Gregorian ordinals.
    """

    first: int
    last: int
    left: float
    right: float

    @property
    def a_day(self) -> float:
        """Pixels that a day takes."""
        return (self.right - self.left) / (self.last - self.first)


class Scale(Struct, frozen=True, dict=True):
    """Sections in order of time, with a break between any two. A later time is never further left."""

    sections: tuple[Section, ...]

    @property
    def left(self) -> float:
        return self.sections[0].left

    @property
    def right(self) -> float:
        return self.sections[-1].right

    @property
    def breaks(self) -> tuple[tuple[float, float], ...]:
        """Where each break begins and ends."""
        return tuple((one.right, other.left) for one, other in pairwise(self.sections))

    @cached_property
    def _knots(self) -> list[tuple[float, float]]:
        """The points in time at which a section begins or ends, and where they are."""
        return [(day, x) for one in self.sections for day, x in ((one.first, one.left), (one.last, one.right))]

    def at(self, ordinal: float) -> float:
        """Where a point in time is."""
        place = bisect_right(self._knots, ordinal, key=itemgetter(0))
        (day, x), (other_day, other_x) = self._knots[max(0, min(place, len(self._knots) - 1) - 1) :][:2]
        return x + (ordinal - day) * (other_x - x) / (other_day - day)


class Tick(NamedTuple):
    """A day, month or year on the axis.

    Its label is over `x`, from `left` on, and one of no words is not drawn; its time begins at `begins`.
    """

    x: float
    label: str
    left: float
    begins: float


class _Step(NamedTuple):
    unit: Precision
    every: int

    @property
    def days(self) -> float:
        return {"day": 1, "month": 30, "year": 365}[self.unit] * self.every

    @property
    def widest(self) -> str:
        return {"day": "30 Nov", "month": "Nov 1917", "year": "1917"}[self.unit]


_STEPS = (
    *(_Step("day", every) for every in (1, 2, 5, 10)),
    *(_Step("month", every) for every in (1, 2, 3, 6)),
    *(_Step("year", every) for every in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)),
)


def time_span(event: Event) -> tuple[int, int]:
    """The first day on which the event may have been going on, and the day after the last, as ordinals."""
    last = max(event.date.last, event.until.last if event.until else event.date.last)
    return event.date.first.toordinal(), last.toordinal() + 1


def make_scale(events: Sequence[Event], left: float, right: float) -> Scale:
    """A scale on which all the events have room, with as few breaks as the crowd allows."""
    spans = [time_span(event) for event in events]
    points = sorted({point for span in spans for point in span})
    groups = [points]
    scale = _scale_of(groups, left, right)
    while len(groups) <= MOST_BREAKS and _is_crowded(scale, spans) and (parted := _part(groups)):
        groups = parted
        scale = _scale_of(groups, left, right)
    return scale


def _is_crowded(scale: Scale, spans: Sequence[tuple[int, int]]) -> bool:
    places = [scale.at(start) for start in sorted({start for start, _ in spans})]
    return any(other - one < _APART for one, other in pairwise(places))


def _part(groups: Sequence[list[int]]) -> list[list[int]] | None:
    """The groups with one break more, at the longest time without a point; None where none is long enough."""
    gaps = [(b - a, g, n) for g, group in enumerate(groups) for n, (a, b) in enumerate(pairwise(group), 1)]
    longest, g, n = max(gaps, default=(0, 0, 0))
    if longest < _LONG * sum(group[-1] - group[0] for group in groups) or longest < 4:
        return None
    return [*groups[:g], groups[g][:n], groups[g][n:], *groups[g + 1 :]]


def _scale_of(groups: Sequence[list[int]], left: float, right: float) -> Scale:
    """Sections that share the room by how many points they have."""
    shares = [sqrt(len(group)) for group in groups]
    room = right - left - BREAK * (len(groups) - 1)
    sections: list[Section] = []
    for number, group in enumerate(groups):
        before = group[0] - (groups[number - 1][-1] if number else 0)
        after = (groups[number + 1][0] if number + 1 < len(groups) else date.max.toordinal()) - group[-1]
        margin = max(1, round((group[-1] - group[0]) * _MARGIN))
        # Two sections that are near each other keep a day between them at least, which the break leaves out.
        first, last = group[0] - min(margin, max(0, (before - 1) // 2)), group[-1] + min(margin, (after - 1) // 2)
        width = room * shares[number] / sum(shares)
        sections.append(Section(max(1, first), max(last, first + 1), left, left + width))
        left += width + BREAK
    return Scale(tuple(sections))


def ticks(scale: Scale, calendar: Calendar, font: Font) -> tuple[Tick, ...]:
    """As many days of one calendar as their labels leave room for; the first of each year that is labelled says so.

    The Old Style ends with the last day on which Russia used it.
    """
    found: list[Tick] = []
    end = scale.left - _BETWEEN
    for section in scale.sections:
        year = 0
        for day, unit in _days_of(section, calendar, font):
            ordinal = day.first.toordinal()
            begins = scale.at(ordinal)
            x = scale.at(ordinal + 0.5) if unit == "day" else begins
            if not section.left <= x <= section.right:
                continue
            label = _label(day, unit, with_year=day.year != year)
            width = font.width(label)
            start = x - width / 2
            if start < end + _BETWEEN or start + width > scale.right:
                label = ""
            else:
                end, year = start + width, day.year
            found.append(Tick(x, label, start, begins))
    return tuple(found)


def _days_of(section: Section, calendar: Calendar, font: Font) -> Iterator[tuple[HistoricalDate, Precision]]:
    steps = (step for step in _STEPS if step.days * section.a_day >= font.width(step.widest) + _BETWEEN)
    step = next(steps, _STEPS[-1])
    for day in _days(section, calendar, step):
        if calendar == "gregorian" or day.first <= LAST_OLD_STYLE_DAY:
            yield day, step.unit


def _days(section: Section, calendar: Calendar, step: _Step) -> Iterator[HistoricalDate]:
    first, last = (_month_of(ordinal, calendar) for ordinal in (section.first, section.last))
    # A tick on the 31st would be right beside the one on the 1st.
    latest = 31 if step.every == 1 else 31 - step.every // 2
    days = range(1, latest + 1, step.every) if step.unit == "day" else range(1, 2)
    for year in range(first[0], last[0] + 1):
        for month in _months(year, step):
            for day in days if first <= (year, month) <= last else ():
                if (known := _date_or_none(year, month, day, calendar)) is not None:
                    yield known


def _month_of(ordinal: int, calendar: Calendar) -> tuple[int, int]:
    """The year and the month of a day in a calendar, or those nearest to it that both calendars have."""
    first, last = (day.toordinal() for day in (date(_YEARS[0], 1, 1), date(_YEARS[1], 12, 31)))
    day = HistoricalDate.of(date.fromordinal(min(max(ordinal, first), last)), calendar)
    return day.year, day.month or 1


def _months(year: int, step: _Step) -> range:
    """The months of a year in which a step may have a day."""
    if step.unit == "year":
        return range(1, 1 if year % step.every else 2)
    return range(1, 13, step.every if step.unit == "month" else 1)


def _date_or_none(year: int, month: int, day: int, calendar: Calendar) -> HistoricalDate | None:
    try:
        return HistoricalDate(year, month, day, calendar)
    except ValueError:
        return None


def _label(day: HistoricalDate, unit: Precision, *, with_year: bool) -> str:
    if unit == "year" or day.month is None:
        return str(day.year)
    name = _SHORT[day.month - 1]
    short = name if unit == "month" else f"{day.day} {name}"
    return f"{short} {day.year}" if with_year else short
