"""When to try again."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.platform import TryLater, Undelivered
from bot.storage.deliveries import Delivery

FIRST = timedelta(seconds=10)
LONGEST = timedelta(minutes=15)
_MOST = 86_400.0
"""Seconds that a platform may ask for: it is believed for a day, which is longer than any grace."""
_LOOKS = 20
"""Tries to find out whether a post is there, before it is left open for good."""


def next_try(
    delivery: Delivery, error: Undelivered, now: datetime, grace: timedelta, *, unsure: bool = False
) -> datetime | None:
    """When a delivery that could not be made is tried again: the last time as the grace period ends. None: no more.

    Each pause is twice the one before, and no shorter than what the platform asks for. What failed together is spread
    over half as long again, so that it does not come back together. Where the post may be there, it is looked for
    after the grace period too: that posts nothing.
    """
    ends = delivery.due_at + grace
    if now >= ends and unsure and delivery.tries < _LOOKS:
        ends = now + LONGEST
    if now >= ends:
        return None
    asked = timedelta(seconds=min(error.after or 0, _MOST)) if isinstance(error, TryLater) else timedelta()
    doubled = FIRST * (1 << min(delivery.tries - 1, 20))
    pause = max(min(doubled, LONGEST), asked)
    return min(now + pause * (1 + _share(delivery) / 2), ends)


def is_last(delivery: Delivery, error: Undelivered, now: datetime, grace: timedelta) -> bool:
    """Whether no other try comes before the grace period ends."""
    following = next_try(delivery, error, now, grace)
    return following is None or following == delivery.due_at + grace


def _share(delivery: Delivery) -> float:
    """From 0 to 1, another for each delivery and the same for each try."""
    return int(delivery.nonce[:8], 16) / 0xFFFFFFFF
