"""Posting once: where an earlier try may have posted, look before posting again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec import Struct

from bot.core.job import Services
from bot.core.platform import TryLater, Undelivered
from bot.core.reply import Reply
from bot.logger import Logger
from bot.storage import pace

log = Logger(__name__)

T = TypeVar("T")
_PREPARATIONS = 3  # of one post in one turn


async def with_timeout(call: Awaitable[T], patience: timedelta) -> T:
    """What a call to a platform returns. Raises Undelivered, also when no answer comes in time."""
    try:
        async with asyncio.timeout(patience.total_seconds()):
            return await call
    except TimeoutError:
        raise TryLater("no answer in time", unknown=True) from None


class Span(Struct, frozen=True):
    """Between these moments a try of ours may have posted a message."""

    first: datetime
    last: datetime


def span(first: datetime | None, last: datetime | None) -> Span | None:
    """A span as two columns hold it."""
    return None if first is None or last is None else Span(first, last)


async def look(services: Services, channel: str, key: str, unsure: Span) -> str | None:
    """The id of a message that may have been posted then; None where it is not there. Raises Undelivered."""
    times = services.times
    # The platform dates messages by its own clock.
    off = services.clock_offset.last
    since, until = unsure.first + off - times.skew, unsure.last + off + times.skew
    return await with_timeout(services.platform.find(channel, key, since, until), times.look)


class PostOnce:
    """One message of ours in a channel, which is to be there once. Every process that tries uses the same `key`.

    `unsure` is when it may have been posted, as far as is known: the next try begins with it.
    """

    def __init__(self, services: Services, channel: str, key: str, unsure: Span | None) -> None:
        self._services = services
        self._channel = channel
        self._key = key
        self.unsure = unsure
        self.was_there = False

    async def run(self, prepare: Callable[[Span], Awaitable[Reply | None]]) -> str | None:
        """The message's id. Raises Undelivered.

        `prepare` records the span before anything is posted, as a process that dies while posting cannot. It raises
        LeaseLost if another process has the work by now. What it returns is posted; None: nothing is.
        """
        platform = self._services.platform
        if self.unsure and (found := await look(self._services, self._channel, self._key, self.unsure)):
            self.was_there = True
            return found
        await self._wait_for_turn()
        trying, reply = await self._prepared(prepare)
        self.unsure = None
        if reply is None:
            return None
        self.unsure = trying
        try:
            post = platform.post(self._channel, reply, self._key)
            message = await with_timeout(post, self._services.times.patience)
        except Undelivered as error:
            if not (isinstance(error, TryLater) and error.unknown):
                self.unsure = None
            raise
        self.unsure = None
        return message

    async def _prepared(self, prepare: Callable[[Span], Awaitable[Reply | None]]) -> tuple[Span, Reply | None]:
        """When it is tried, and what is posted then. Where this took long, it is prepared again just before the post.

        A process that was frozen meanwhile may have lost the lease, and hears of it so. Where it takes long each time,
        something else is wrong than that: raises TryLater.
        """
        clock, times = self._services.clock, self._services.times
        for _ in range(_PREPARATIONS):
            now = clock()
            trying = Span(now, now + times.patience)
            reply = await prepare(trying)
            if reply is None or clock() - now < times.lease / 2:
                return trying, reply
        log.warning("a post takes too long to prepare", channel=self._channel, tries=_PREPARATIONS)
        self.unsure = None  # it was looked for, and nothing has been posted since
        raise TryLater("it took too long to prepare")

    async def _wait_for_turn(self) -> None:
        """Where a channel has a pace of its own, wait until it may have its next message."""
        platform = self._services.platform
        if not platform.channel_pace:
            return
        async with self._services.store.transaction() as tx:
            name = f"{platform.name} {self._channel}"
            wait = await pace.reserve(tx, name, platform.channel_pace, self._services.clock())
        await asyncio.sleep(wait.total_seconds())
