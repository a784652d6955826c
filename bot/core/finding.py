"""Findings of `doctor`: what is wrong with the setup, and what to do about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

from msgspec import Struct

from bot.core.platform import Undelivered

MissingPermissions = Callable[[str], Awaitable[Sequence[str]]]
"""Names what is missing for posting in a channel. Raises Undelivered."""

_CLOCK_WRONG = timedelta(seconds=5)
"""A Date header counts whole seconds, and is on its way for some more."""
_CLOCK_USELESS = timedelta(minutes=1)


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


class Finding(Struct, frozen=True):
    """What a check found, and what to do about it: empty where all is well."""

    check: str
    level: Level
    found: str
    remedy: str = ""


def http_date(header: str) -> datetime | None:
    """The time in a Date header, to the second; None where it is none."""
    try:
        return parsedate_to_datetime(header).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def clock_finding(check: str, date: str, now: datetime) -> Finding:
    """The finding on this machine's clock, by the Date header of an answer that has just come."""
    theirs = http_date(date)
    if theirs is None:
        return Finding(check, Level.OK, "cannot be compared: no time came with the answer")
    ahead = now - theirs
    found = f"is {abs(ahead).total_seconds():.0f} s {'ahead of' if ahead > timedelta() else 'behind'} the platform's"
    if abs(ahead) <= _CLOCK_WRONG:
        return Finding(check, Level.OK, "agrees with the platform's")
    level = Level.FAULT if abs(ahead) > _CLOCK_USELESS else Level.WARNING
    return Finding(check, level, found, "let the system set it by NTP, such as timedatectl set-ntp true")


async def channel_findings(platform: str, channels: Sequence[str], missing: MissingPermissions) -> list[Finding]:
    """A finding for each channel that cannot be posted in, after one on all of them."""
    faults = [fault for one in channels if (fault := await _channel_fault(platform, one, missing))]
    count = f"{len(channels) - len(faults)} of {len(channels)}"
    found = f"{count} that are due next can be posted in" if channels else "none has a daily fact"
    return [Finding(f"{platform} channels", Level.OK, found), *faults]


async def _channel_fault(platform: str, channel: str, missing: MissingPermissions) -> Finding | None:
    check = f"{platform} channel {channel}"
    try:
        names = await missing(channel)
    except Undelivered as error:
        return Finding(check, Level.WARNING, str(error), "see /daily list in its server")
    return Finding(check, Level.WARNING, f"lacks {', '.join(names)}", "allow it there") if names else None
