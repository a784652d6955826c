"""The times that the scheduler keeps to, and how long it waits for a platform."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import TypeVar

from msgspec import Struct

from bot.core.platform import TryLater

T = TypeVar("T")

PATIENCE = timedelta(seconds=20)
"""How long a platform has for one call."""


class Terms(Struct, frozen=True):
    """How late, how long, how often.

    `grace`: how late a post may still go out. `lease`: how long a claim holds; who has not settled by then is taken for
    dead. `patience`: how long a platform has for one call here, so that looking, posting and settling fit into a lease.
    `recheck`: how often it is looked whether a lost permission or channel is back.
    """

    grace: timedelta = timedelta(hours=6)
    lease: timedelta = timedelta(minutes=2)
    patience: timedelta = PATIENCE
    recheck: timedelta = timedelta(hours=1)


async def patiently(said: Awaitable[T], patience: timedelta = PATIENCE) -> T:
    """What a platform answers. Raises Undelivered, also where the answer takes too long."""
    try:
        async with asyncio.timeout(patience.total_seconds()):
            return await said
    except TimeoutError:
        raise TryLater("no answer in time", unknown=True) from None
