"""The clock: a function that gives the time, which tests replace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives aware times in UTC."""


def utc_now() -> datetime:
    """What time it is by this machine's clock."""
    return datetime.now(UTC)
