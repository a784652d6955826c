"""Dates as history has them: in the Julian calendar (Old Style) or the Gregorian (New Style), to the year, the month or the day.

Russia used the Julian calendar until 31 January 1918 (Old Style), which was followed by 14 February 1918 (New Style).
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

Calendar = Literal["julian", "gregorian"]
Precision = Literal["year", "month", "day"]


class HistoricalDate(Struct, frozen=True):
    """A date in the calendar its source used, as precise as the source is.

    Raises ValueError where the calendar has no such date.
    """

    year: int
    month: int | None = None
    day: int | None = None
    calendar: Calendar = "gregorian"
