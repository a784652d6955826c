"""The instants at which a local time comes round. All of it is a function of its arguments.

- A time that the clocks skip is due at the first instant after the gap.
- A time that comes twice is due the first time.
- A local date that never was (Apia went from 29 to 31 December 2011) has nothing due; each other date has one instant.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from msgspec import Struct

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)

# ZoneInfo itself keeps eight zones and reads the others again each time.
_zone = cache(ZoneInfo)


class Timetable(Struct, frozen=True):
    """A local time on some days of each week. `zone` is an IANA name; `days` are ISO weekdays, Monday 1 to Sunday 7."""

    time: time
    zone: str
    days: frozenset[int]

    @classmethod
    def of(cls, time_of_day: str, zone: str, days: str) -> Timetable:
        """The timetable from the form in which it is kept: "09:00", "Europe/Berlin" and "12345"."""
        return cls(time.fromisoformat(time_of_day), zone, frozenset(int(day) for day in days))


class Due(Struct, frozen=True):
    """`at`, in UTC, is when the local day `local_date` has its turn.

    Where the clocks skip the last minutes of a day (Nuuk in March), `at` is the first instant of the day after.
    """

    at: datetime
    local_date: date


def next_due(timetable: Timetable, after: datetime, beyond: date | None = None) -> Due:
    """The first that is due later than `after`, an aware datetime, and on a local date later than `beyond`."""
    return next(upcoming(timetable, after, beyond))


def upcoming(timetable: Timetable, after: datetime, beyond: date | None = None) -> Iterator[Due]:
    """All that is due from then on, in order, one a local date and without end."""
    if not timetable.days:
        raise ValueError("a timetable needs a day of the week")
    zone = _zone(timetable.zone)
    day = after.astimezone(zone).date() - _DAY
    if beyond is not None:
        day = max(day, beyond + _DAY)
    while True:
        if day.isoweekday() in timetable.days:
            at = instant(day, timetable.time, zone)
            if at is not None and at > after:
                yield Due(at, day)
        day += _DAY


def instant(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """When the clocks of a zone first show a time of a day or, if they skip it, a later one. None: no such day."""
    wall = datetime.combine(day, at)
    first = wall.replace(tzinfo=zone).astimezone(UTC)
    if _wall(first, zone) == wall:
        return first
    # Skipped. The offset from before the gap, which Python takes, leads behind it, and the one from after before it.
    gap = _change(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), first, zone)
    return gap if day in {_wall(gap - _SECOND, zone).date(), _wall(gap, zone).date()} else None


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second, later than `before` and at most `after`, from which the zone has another offset."""
    old = before.astimezone(zone).utcoffset()
    low, high = 0, int((after - before) / _SECOND)
    while high - low > 1:
        middle = (low + high) // 2
        if (before + middle * _SECOND).astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return before + high * _SECOND
