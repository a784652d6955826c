"""Timetables as schedules keep them: a time of day, a time zone and days of the week."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.errors import UserError
from bot.timetable.arithmetic import Timetable


class UnreadableTimetable(UserError):
    """A time or a time zone that this machine does not know, such as after an older version was installed."""

    def __init__(self) -> None:
        super().__init__("I can't read its time or time zone any more. Please set it again.")


def read_timetable(local_time: str, zone: str, days: str) -> Timetable:
    """The timetable of a schedule. Raises UnreadableTimetable."""
    try:
        ZoneInfo(zone)
        return Timetable.of(local_time, zone, days)
    except (ValueError, ZoneInfoNotFoundError):
        raise UnreadableTimetable from None
