"""The axis of a timeline: where a day stands, and which days are written along it in either calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cogs.shared.drawing.fonts import Font
from corpus.calendar import MONTHS, Calendar, HistoricalDate, Precision
from corpus.model import Event

_MARGIN = 0.05
"""How much of the time between the first and the last day is shown before and after."""
_BETWEEN = 26
"""Pixels between two labels at least."""
_YEARS = (101, 9899)
"""Years that both calendars have whole."""
_SHORT = tuple(name[:3] for name in MONTHS)


@dataclass(frozen=True)
class Scale:
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

    def at(self, ordinal: float) -> float:
        """Where a point in time stands."""
        return self.left + (ordinal - self.first) * self.a_day


class Tick(NamedTuple):
    """A day on the axis, at `x`; `left` is where its label starts, and a label of no words is not drawn."""

    x: float
    label: str
    left: float


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


def spanned(event: Event) -> tuple[int, int]:
    """The first day on which the event may have been going on, and the day after the last, as ordinals."""
    last = max(event.date.last, event.until.last if event.until else event.date.last)
    return event.date.first.toordinal(), last.toordinal() + 1


def scale_of(events: Sequence[Event], left: float, right: float) -> Scale:
    """A scale on which all the events have room."""
    spans = [spanned(event) for event in events]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    margin = max(1, round((last - first) * _MARGIN))
    return Scale(max(1, first - margin), min(date.max.toordinal(), last + margin), left, right)


def ticks(scale: Scale, calendar: Calendar, font: Font) -> tuple[Tick, ...]:
    """As many days of one calendar as their labels leave room for; the first of each year that is labelled says so."""
    step = next((step for step in _STEPS if step.days * scale.a_day >= font.width(step.widest) + _BETWEEN), _STEPS[-1])
    found: list[Tick] = []
    end, year = scale.left - _BETWEEN, 0
    for day in _days(scale, calendar, step):
        x = scale.at(day.first.toordinal() + (0.5 if step.unit == "day" else 0))
        label = _label(day, step.unit, with_year=day.year != year)
        start = x - font.width(label) / 2
        if not scale.left <= x <= scale.right:
            continue
        if start < end + _BETWEEN or start + font.width(label) > scale.right:
            label = ""
        else:
            end, year = start + font.width(label), day.year
        found.append(Tick(x, label, start))
    return tuple(found)


def _days(scale: Scale, calendar: Calendar, step: _Step) -> Iterator[HistoricalDate]:
    first, last = (date.fromordinal(ordinal).year for ordinal in (scale.first, scale.last))
    for year in range(max(_YEARS[0], first - 1), min(_YEARS[1], last + 1) + 1):
        if step.unit == "year":
            days = [(1, 1)] if year % step.every == 0 else []
        elif step.unit == "month":
            days = [(month, 1) for month in range(1, 13, step.every)]
        else:
            # A tick on the 31st would stand right beside the one on the 1st.
            latest = 31 if step.every == 1 else 31 - step.every // 2
            days = [(month, day) for month in range(1, 13) for day in range(1, latest + 1, step.every)]
        for month, day in days:
            if (known := _known(year, month, day, calendar)) is not None:
                yield known


def _known(year: int, month: int, day: int, calendar: Calendar) -> HistoricalDate | None:
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
