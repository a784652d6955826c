"""When to try again."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.platform import Platform, TryLater
from bot.core.times import Times

_MOST = 86_400.0
"""Seconds that a platform may ask for: it is believed for a day, which is longer than any grace."""


def retry_delay(tries: int, error: Exception, share: float, times: Times, platform: Platform) -> timedelta:
    """How long to wait after so many tries that failed.

    Each delay is twice the one before, and no shorter than what the platform asks for. What failed together is spread
    over half as long again by its `share`, from 0 to 1, so that it does not come back together. Where the outcome is
    unknown and the platform swallows no repeats, the post needs time to show before it is looked for.
    """
    wanted = timedelta()
    if isinstance(error, TryLater):
        wanted = timedelta(seconds=min(error.after or 0, _MOST))
        if error.unknown and not platform.swallows:
            wanted = max(wanted, times.first_look)
    doubled = times.first_try * (1 << min(tries - 1, 20))
    return max(min(doubled, times.longest_pause), wanted) * (1 + share / 2)


def next_try(now: datetime, wait: timedelta, ends: datetime) -> datetime | None:
    """When to try again: the last time as the grace period ends. None: no more."""
    return None if now >= ends else min(now + wait, ends)
