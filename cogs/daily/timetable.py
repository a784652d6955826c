"""When a daily fact is due, and why it is too late for one."""

from __future__ import annotations

from datetime import timedelta

from bot.storage.schedules import Schedule
from bot.timetable.arithmetic import Timetable


def timetable_of(one: Schedule) -> Timetable:
    """When a schedule is due. Raises ValueError, and ZoneInfoNotFoundError for a zone that this machine lacks."""
    return Timetable.of(one.local_time, one.zone, one.days)


def too_late(grace: timedelta) -> str:
    """The reason for a day that passed: downtime, or more to post than the platform lets through."""
    hours = round(grace / timedelta(hours=1))
    return f"I could not post within {hours} {'hour' if hours == 1 else 'hours'}"
