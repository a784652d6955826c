"""When a daily fact is due, and why it is too late for one."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from bot.storage.schedules import Schedule
from bot.timetable.arithmetic import Timetable
from cogs.shared.timetables import UnreadableTimetable, read_timetable
from corpus.language.phrasing import plural


def timetable_of(one: Schedule) -> Timetable:
    """When a schedule is due. Raises UnreadableTimetable."""
    return read_timetable(one.local_time, one.zone, one.days)


def is_readable(one: Schedule) -> bool:
    """Whether the time and zone of a schedule can be read."""
    with suppress(UnreadableTimetable):
        return bool(timetable_of(one))
    return False


def too_late(grace: timedelta) -> str:
    """The reason for a day that passed: downtime, or more to post than the platform lets through."""
    return f"I could not post within {plural(round(grace / timedelta(hours=1)), 'hour')}"
