"""Schedules: when one is due, by a time of day, a time zone and days of the week, and why one is paused."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.errors import UserError
from bot.storage.quiz_schedules import QuizSchedule
from bot.storage.schedules import Schedule
from bot.timetable.arithmetic import Timetable
from corpus.language.phrasing import plural

REASONS: Final = {
    "asked": "paused",
    "gone": "paused, because the channel is gone",
    "forbidden": "paused, because I'm not allowed to post there",
    "refused": "paused, because the channel refused my posts two days in a row",
    "left": "paused, because I was removed from here",
    "unreadable": "paused, because I can't read its time or time zone: please set it again",
    "changed": "the schedule was changed just as it was due",
    "removed": "the schedule was removed just as it was due",
}
"""The reasons for pauses and skipped days, in words; a reason that is not here is shown as it is."""


def too_late(grace: timedelta) -> str:
    """The reason for a day that passed: downtime, or more to post than the platform lets through."""
    return f"I could not post within {plural(round(grace / timedelta(hours=1)), 'hour')}"


class UnreadableTimetable(UserError):
    """A time or a time zone that this machine does not know, such as after an older version was installed."""

    def __init__(self) -> None:
        super().__init__("I can't read its time or time zone any more. Please set it again.")


def timetable_of(one: Schedule | QuizSchedule) -> Timetable:
    """When a schedule is due. Raises UnreadableTimetable."""
    try:
        ZoneInfo(one.zone)
        return Timetable.of(one.local_time, one.zone, one.days)
    except (ValueError, ZoneInfoNotFoundError):
        raise UnreadableTimetable from None


def is_readable(one: Schedule) -> bool:
    """Whether the time and zone of a schedule can be read."""
    with suppress(UnreadableTimetable):
        return bool(timetable_of(one))
    return False
