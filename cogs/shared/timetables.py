"""Schedules: when one is due, by a time of day, a time zone and days of the week, and why one is paused."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.errors import UserError
from bot.timetable.arithmetic import Timetable

REASONS: Final = {
    "asked": "paused",
    "gone": "paused, because the channel is gone",
    "forbidden": "paused, because I'm not allowed to post there",
    "refused": "paused, because the channel refused my posts two days in a row",
    "left": "paused, because I was removed from the server",
    "unreadable": "paused, because I can't read its time or time zone: please set it again",
    "changed": "the schedule was changed just as it was due",
    "removed": "the schedule was removed just as it was due",
}
"""The reasons for pauses and skipped days, in words; a reason that is not here is shown as it is."""


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
