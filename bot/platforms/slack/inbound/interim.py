"""Interim messages: who waits for an answer longer than a moment hears that it is being worked on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

PATIENCE = 2.5
"""Seconds that an answer may take without a word: Slack itself shows nothing meanwhile."""

T = TypeVar("T")


async def with_interim(answer: Awaitable[T], send: Callable[[], Awaitable[None]]) -> T:
    """An answer, when it is there. Where it takes long, `send` sends the interim message, which is sent before it."""
    begun: list[asyncio.Future[None]] = []
    loop = asyncio.get_running_loop()
    timer = loop.call_later(PATIENCE, lambda: begun.append(asyncio.ensure_future(send())))
    try:
        return await answer
    finally:
        timer.cancel()
        await asyncio.gather(*begun)
