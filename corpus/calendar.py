"""Historical dates: Julian (Old Style) or Gregorian (New Style), to the year, the month or the day.

Russia used the Julian calendar until 31 January 1918 (Old Style), which was followed by 14 February 1918 (New Style).
Both calendars are taken to run without a break through all years: a date can always be given in the other one.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import Literal

from msgspec import Struct, structs

Calendar = Literal["julian", "gregorian"]
Precision = Literal["year", "month", "day"]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STYLES: dict[Calendar, str] = {"gregorian": "New Style", "julian": "Old Style"}
LAST_OLD_STYLE_DAY = date(1918, 2, 13)
"""31 January 1918 (Old Style): the last day that Russia counted by the Julian calendar."""

_NO_SUCH_DAY_IN_RUSSIA = (
    "In Russia no day had this date: 31 January 1918 (Old Style) was followed by 14 February (New Style)."
)
_YEARS = range(100, 9901)  # so that neither conversion ever leaves what datetime.date can hold
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_KNOWN = 1_024  # dates of events that are kept in both calendars
_ASKED = 256  # dates that were asked for last: each is compared with all events
_JULIAN_EPOCH = -1  # the ordinal of 1 January of the year 1 (Old Style), where 1 January 1 (New Style) is 1


class HistoricalDate(Struct, frozen=True):
    """A date in the calendar its source used, as precise as the source is.

    Raises ValueError where the calendar has no such date.
    """

    year: int
    month: int | None = None
    day: int | None = None
    calendar: Calendar = "gregorian"

    def __post_init__(self) -> None:
        refuse_date(self.year, self.month, self.day, (self.calendar,))

    @classmethod
    def from_iso(cls, text: str, calendar: Calendar) -> HistoricalDate:
        """The date that `1917-10-24`, `1917-10` or `1917` is in `calendar`. Raises ValueError for any other form."""
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
            raise ValueError(f"“{text}” isn't a date; write it as 1889-07-14, 1889-07 or 1889.")
        year, month, day = [*map(int, text.split("-")), None, None][:3]
        return cls(year or 0, month, day, calendar)

    @classmethod
    def of(cls, day: date, calendar: Calendar) -> HistoricalDate:
        """A day, given as Python counts it, in `calendar`."""
        date = cls(day.year, day.month, day.day)
        return date if calendar == "gregorian" else date.old_style

    @property
    def precision(self) -> Precision:
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def old_style(self) -> HistoricalDate:
        """The same day in the Julian calendar. A month or a year is no day and stays as it is."""
        if self.day is None or self.calendar == "julian":
            return self
        return HistoricalDate(*_julian(self.first.toordinal()), calendar="julian")

    @property
    def new_style(self) -> HistoricalDate:
        """The same day in the Gregorian calendar. A month or a year is no day and stays as it is."""
        if self.day is None or self.calendar == "gregorian":
            return self
        return HistoricalDate(self.first.year, self.first.month, self.first.day)

    @property
    def first(self) -> date:
        """The first day it can mean, in the Gregorian calendar."""
        return _day(self.year, self.month or 1, self.day or 1, self.calendar)

    @property
    def last(self) -> date:
        """The last day it can mean, in the Gregorian calendar."""
        month = self.month or 12
        return _day(self.year, month, self.day or _length(month, self.year, self.calendar), self.calendar)

    def __str__(self) -> str:
        return _words(self.year, self.month, self.day)

    def styled(self) -> str:
        """The date in its own calendar, which is named where that is in doubt. A year names none."""
        in_doubt = self.month is not None and (self.calendar == "julian" or self.first <= LAST_OLD_STYLE_DAY)
        return f"{self} ({STYLES[self.calendar]})" if in_doubt else str(self)

    def both(self) -> str:
        """The date in both calendars, each named. A month or a year is no day and stays in its own."""
        if self.day is not None:
            over = "" if self.first <= LAST_OLD_STYLE_DAY else ", no longer in use"
            return f"{self.new_style} (New Style), {self.old_style} (Old Style{over})"
        return self.styled()


class DateQuery(Struct, frozen=True):
    """A date as somebody typed it: what was left out is None, and a calendar that was not named may be either.

    There is a year, or a month, or more. `weekday` (Monday 1 to Sunday 7) is kept as typed, right or wrong.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    calendar: Calendar | None = None
    weekday: int | None = None

    @property
    def calendars(self) -> tuple[Calendar, ...]:
        """The calendars in which the typed words may be meant."""
        return (self.calendar,) if self.calendar else ("gregorian", "julian")

    def matches(self, date: HistoricalDate) -> bool:
        """Whether `date` is the one meant, or lies in the year or month meant. A vaguer date does not match.

        A day or a month of any year is one in the calendar of its time: after 1918 in the New Style, unless the query
        names the Old.
        """
        if self.year and date.precision == "month" and self.calendar not in (None, date.calendar):
            return self.day is None and self._overlaps(date)
        styles = _styles(date)
        if self.year is None and self.calendar is None and date.first > LAST_OLD_STYLE_DAY:
            styles = frozenset({date.new_style})
        return any(self._has(d) for d in styles if d.precision != "day" or d.calendar in self.calendars)

    def readings(self) -> tuple[HistoricalDate, ...]:
        """The dates it can mean, one for each calendar that has it; none without a year."""
        if self.year is None:
            return ()
        found = []
        for calendar in self.calendars:
            with suppress(ValueError):
                found.append(HistoricalDate(self.year, self.month, self.day, calendar))
        return tuple(found)

    def as_interval(self) -> tuple[date, date] | None:
        """The first and the last day it can mean, in the Gregorian calendar; None without a year."""
        return _interval(self)

    @property
    def remark(self) -> str:
        """What a reader should hear of it: that Russia had no such day, or of its day of the week. Mostly empty."""
        if self.day is None or self.weekday is None:
            return _NO_SUCH_DAY_IN_RUSSIA if self._is_left_out else ""
        days = {one.first.isoweekday(): one for one in self.readings()}
        if not days:
            return ""
        if self.weekday in days:
            known = f"{_words(self.year, self.month, self.day)} was a {WEEKDAYS[self.weekday - 1]}"
            return f"{known} in the {STYLES[days[self.weekday].calendar]} only, so I read it in that."
        names = (f"a {WEEKDAYS[number - 1]} ({STYLES[one.calendar]})" for number, one in days.items())
        return (
            f"{_words(self.year, self.month, self.day)} was {' or '.join(names)}, not a {WEEKDAYS[self.weekday - 1]}."
        )

    def __str__(self) -> str:
        style = f" ({STYLES[self.calendar]})" if self.calendar else ""
        return _words(self.year, self.month, self.day) + style

    @property
    def _is_left_out(self) -> bool:
        """Whether no day of Russia had this date, as the calendar changed."""
        is_in_gap = self.year == 1918 and self.month == 2 and self.day is not None and self.day < 14
        return is_in_gap and self.calendar != "gregorian"

    def _has(self, date: HistoricalDate) -> bool:
        pairs = ((self.year, date.year), (self.month, date.month), (self.day, date.day))
        return all(asked is None or asked == has for asked, has in pairs)

    def _overlaps(self, date: HistoricalDate) -> bool:
        interval = self.as_interval()
        return interval is not None and interval[0] <= date.last and date.first <= interval[1]


class DateRange(Struct, frozen=True):
    """A time from one date to another, both included, each with a year. None: it is open at that end."""

    first: DateQuery | None = None
    last: DateQuery | None = None

    def as_interval(self) -> tuple[date, date]:
        """The first and the last day it can mean, in the Gregorian calendar."""
        starts = date.min if self.first is None else _in_use(self.first)[0]
        ends = date.max if self.last is None else _in_use(self.last)[1]
        return starts, ends

    def matches(self, date: HistoricalDate) -> bool:
        """Whether all days that `date` can mean lie within. A date that is too vague to tell does not match."""
        starts, ends = self.as_interval()
        return starts <= date.first and date.last <= ends

    @property
    def remark(self) -> str:
        """What a reader should hear of its ends. Mostly empty."""
        return " ".join(end.remark for end in (self.first, self.last) if end and end.remark)

    def __str__(self) -> str:
        if self.first is None:
            return f"until {self.last}" if self.last else "any time"
        return f"{self.first} to {self.last}" if self.last else f"since {self.first}"


def day_query(day: date) -> DateQuery:
    """A day, given as Python counts it, in the New Style, which is named where that is in doubt."""
    return DateQuery(day.year, day.month, day.day, "gregorian" if day <= LAST_OLD_STYLE_DAY else None)


@lru_cache(maxsize=_KNOWN)
def _styles(date: HistoricalDate) -> frozenset[HistoricalDate]:
    """A date and, of a day, the same in both calendars: to work them out was most of comparing it with another."""
    return frozenset((date, date.old_style, date.new_style))


@lru_cache(maxsize=_ASKED)
def _interval(query: DateQuery) -> tuple[date, date] | None:
    readings = query.readings()
    return (min(r.first for r in readings), max(r.last for r in readings)) if readings else None


@lru_cache(maxsize=_ASKED)
def _in_use(query: DateQuery) -> tuple[date, date]:
    """The first and the last day meant. Once Russia had left the Old Style, nobody means it without saying so."""
    later = structs.replace(query, calendar=query.calendar or "gregorian").as_interval()
    if later and later[0] > LAST_OLD_STYLE_DAY:
        return later
    return query.as_interval() or (date.min, date.max)


def _words(year: int | None, month: int | None, day: int | None) -> str:
    name = MONTHS[month - 1] if month else None
    return " ".join(str(part) for part in (day, name, year) if part is not None)


def refuse_date(year: int | None, month: int | None, day: int | None, calendars: tuple[Calendar, ...]) -> None:
    """Raises ValueError, with a sentence, where none of the calendars has the date."""
    faults = [_fault(year, month, day, calendar) for calendar in calendars]
    if faults[0] is not None and all(faults):
        raise ValueError(faults[0])


def _fault(year: int | None, month: int | None, day: int | None, calendar: Calendar) -> str | None:
    if year is not None and year < _YEARS[0]:
        return f"The year {year} is out of reach; write all four figures of a year, such as 1889."
    if year is not None and year not in _YEARS:
        return f"The year {year} is out of reach; write one from {_YEARS[0]} to {_YEARS[-1]}, such as 1889."
    if month is None:
        return None if day is None else "A day needs its month, such as 24 October."
    if not 1 <= month <= 12:
        return f"There is no month {month}; months go from 1 to 12, as in 1889-07."
    longest = 29 if month == 2 and year is None else _length(month, year or 0, calendar)
    if day is None or 1 <= day <= longest:
        return None
    return _no_such_day(year, month, day, longest)


def _no_such_day(year: int | None, month: int, day: int, longest: int) -> str:
    name = _words(year, month, None)
    if year and month == 2 and day == 29 and year % 4 == 0:
        return f"There is no 29 {name} in the Gregorian calendar. The Julian one has it: write “29 {name} Old Style”."
    hint = " If that is a year, write all four figures, such as 1889." if year is None and day > 31 else ""
    return f"There is no {day} {name}: {name} has {longest} days.{hint}"


def _length(month: int, year: int, calendar: Calendar) -> int:
    return 29 if month == 2 and _is_leap(year, calendar) else _DAYS[month - 1]


def _is_leap(year: int, calendar: Calendar) -> bool:
    return year % 4 == 0 and (calendar == "julian" or year % 100 != 0 or year % 400 == 0)


def _day(year: int, month: int, day: int, calendar: Calendar) -> date:
    if calendar == "gregorian":
        return date(year, month, day)
    before = sum(_DAYS[: month - 1]) + (month > 2 and _is_leap(year, calendar))
    return date.fromordinal(_JULIAN_EPOCH + 365 * (year - 1) + (year - 1) // 4 + before + day - 1)


def _julian(ordinal: int) -> tuple[int, int, int]:
    """Year, month and day in the Julian calendar of a Gregorian ordinal (`date.toordinal`)."""
    cycles, rest = divmod(ordinal - _JULIAN_EPOCH, 1461)
    years = min(rest // 365, 3)
    year, month, day = 4 * cycles + years + 1, 1, rest - 365 * years + 1
    while day > (length := _length(month, year, "julian")):
        month, day = month + 1, day - length
    return year, month, day
