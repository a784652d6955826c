"""The rate limit of posts: one message a second and channel, kept by waiting."""

from __future__ import annotations

import asyncio

from bot.bounded_dict import BoundedDict

_CHANNELS = 10_000


class RateLimit:
    """One message each so many `seconds` in each channel. A busy channel does not delay another."""

    def __init__(self, seconds: float = 1.0) -> None:
        self.seconds = seconds
        # The oldest turns are over long before there are so many channels.
        self._next = BoundedDict[str, float](_CHANNELS)

    async def acquire(self, channel: str) -> None:
        """Wait until the channel may have its next message."""
        now = asyncio.get_running_loop().time()
        turn = max(now, self._next.get(channel, now))
        self._next[channel] = turn + self.seconds
        await asyncio.sleep(turn - now)
