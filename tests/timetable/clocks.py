"""Another way to say when clocks show what, slow and plain: the offsets of a zone as a list of spans."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

FIRST, LAST = datetime(1989, 12, 1, tzinfo=UTC), datetime(2041, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
STEP = 6 * DAY
"""No clocks change twice in so few days: the nearest changes of any zone are a week, but for an hour, apart."""


class Span(NamedTuple):
    """From `start` to just before `end` the clocks are `offset` ahead of UTC, and show from `first` to `last`."""

    start: datetime
    end: datetime
    offset: timedelta
    first: datetime
    last: datetime

    @classmethod
    def of(cls, start: datetime, end: datetime, zone: ZoneInfo) -> Span:
        offset = start.astimezone(zone).utcoffset() or timedelta()
        return cls(start, end, offset, *(at.replace(tzinfo=None) + offset for at in (start, end)))


@functools.cache
def zones() -> Sequence[str]:
    """All zone names; of those that are the same zone under several names, the first."""
    named = (files("tzdata") / "zones").read_text().split()
    rules: dict[bytes, str] = {}
    for name in named:
        rules.setdefault(files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes(), name)
    return tuple(rules.values())


@functools.cache
def spans(name: str) -> Sequence[Span]:
    """The spans of a zone from December 1989 to May 2041."""
    zone = ZoneInfo(name)
    starts = [FIRST]
    at, offset = FIRST, FIRST.astimezone(zone).utcoffset()
    while at < LAST:
        following = (at + STEP).astimezone(zone).utcoffset()
        if following != offset:
            starts.append(_change(at, at + STEP, zone))
        at, offset = at + STEP, following
    bounds = pairwise([*starts, LAST])
    return tuple(Span.of(a, b, zone) for a, b in bounds)


def _change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    return high


def first_reached(name: str, wall: datetime) -> datetime:
    """The first instant at which the clocks of a zone show `wall` or later."""
    for span in spans(name)[_near(name, wall) :]:
        if span.last > wall:
            return max(span.start, wall.replace(tzinfo=UTC) - span.offset)
    raise ValueError("later than the spans reach")


def exists(name: str, day: date) -> bool:
    """Whether the clocks of a zone ever show the date."""
    start = datetime.combine(day, datetime.min.time())
    return any(span.first < start + DAY and span.last > start for span in spans(name)[_near(name, start) :])


def _near(name: str, wall: datetime) -> int:
    """Of the spans, the first that can have anything to do with a wall time."""
    return bisect_right(_lasts(name), wall - 3 * DAY)


@functools.cache
def _lasts(name: str) -> Sequence[datetime]:
    return [span.last for span in spans(name)]
