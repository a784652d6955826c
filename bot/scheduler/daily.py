"""Daily facts go out: due rows in, posts out, at the pace that the platforms allow.

A tick claims no more than may be posted until the next one, so that the pace needs no other clock, what is claimed is
posted well within its lease, and a hundred thousand that are due at once wait in the database and not in memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Final

import structlog

from bot.core.app import utc_now
from bot.core.platform import Platform
from bot.scheduler.claiming import claim
from bot.scheduler.delivering import Delivering
from bot.scheduler.mending import Mending
from bot.scheduler.terms import Terms
from bot.storage import deliveries, schedules
from bot.storage.deliveries import Claim
from bot.storage.store import Store
from corpus.corpus import Corpus

log = structlog.get_logger()

TICK: Final = timedelta(milliseconds=250)
A_TICK: Final = 10
"""Posts in a tick: 40 in a second, of the 50 requests that Discord allows a bot."""
IDLE: Final = timedelta(seconds=5)
"""The longest time between two looks: so long may a schedule that was just set wait."""
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_AT_ONCE: Final = 400
"""Posts under way at once on one platform; more would mean that it does not answer."""
STOPPING: Final = 1.0
"""Seconds that posts under way have to come to an end."""


class DailyFacts:
    """Posts the daily facts of some platforms. `clock` gives aware UTC times."""

    def __init__(
        self,
        store: Store,
        corpus: Corpus,
        platforms: Sequence[Platform],
        *,
        clock: Callable[[], datetime] = utc_now,
        terms: Terms = Terms(),  # noqa: B008 - it is frozen.
    ) -> None:
        self._clock = clock
        self._terms = terms
        # No process before or after has this name: what it left behind is not ours.
        owner = token_hex(8)
        self._desks = [_Desk(owner, store, corpus, platform, clock, terms) for platform in platforms]

    async def run(self) -> None:
        """Go on until cancelled. What is under way then is ended, if it takes no longer than a moment."""
        try:
            while True:
                began = self._clock()
                pause = await self._tick(began)
                await asyncio.sleep(max(pause - (self._clock() - began), timedelta()).total_seconds())
        finally:
            await self._stop()

    async def step(self, now: datetime) -> bool:
        """Do one tick's share of what is due at `now`, and wait until it is done. True: there is more."""
        for desk in self._desks:
            await desk.begin(now)
        for desk in self._desks:
            await desk.end()
        return await self._next_at() <= now

    async def _tick(self, now: datetime) -> timedelta:
        """Begin what is due; returns the time until there may be more."""
        try:
            for desk in self._desks:
                await desk.begin(now)
            return min(max(await self._next_at() - now, TICK), IDLE)
        except Exception as error:  # noqa: BLE001 - the loop: a database that is away now is back later
            log.error("daily facts", error=type(error).__name__)
            return IDLE

    async def _next_at(self) -> datetime:
        return min([await desk.next_at() for desk in self._desks], default=_NEVER)

    async def _stop(self) -> None:
        for desk in self._desks:
            with suppress(TimeoutError):
                await asyncio.wait_for(desk.end(), STOPPING / len(self._desks))
            await desk.leave()


class _Desk:
    """The daily facts of one platform."""

    def __init__(
        self, owner: str, store: Store, corpus: Corpus, platform: Platform, clock: Callable[[], datetime], terms: Terms
    ) -> None:
        self._owner = owner
        self._store = store
        self._platform = platform
        self._terms = terms
        self._mending = Mending(store, platform, clock, terms)
        self._delivering = Delivering(store, corpus, platform, clock, terms, self._mending)
        self._under_way: set[asyncio.Task[None]] = set()

    async def begin(self, now: datetime) -> None:
        """Begin a tick's share of what is due. What belongs to a platform that is not connected waits."""
        room = min(A_TICK, _AT_ONCE - len(self._under_way))
        if room <= 0 or not self._platform.is_ready():
            return
        by = Claim(self._owner, now, now + self._terms.lease)
        for one in await claim(self._store, self._platform.name, room, by, self._terms.grace):
            self._spawn(self._delivering.deliver(one))
        if self._mending.is_due(now):
            self._spawn(self._mending.step(now))

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()):
            # Our own fault, and this delivery's alone: its lease runs out, and then it is taken up again.
            log.error("daily fact", error=type(error).__name__)

    async def next_at(self) -> datetime:
        """When there is something to do that may be known of now."""
        if not self._platform.is_ready():
            return _NEVER
        due_at = await schedules.next_due_at(self._store.reader, self._platform.name)
        retry_at = await deliveries.next_retry_at(self._store.reader, self._platform.name)
        return min(due_at or _NEVER, retry_at or _NEVER)

    async def end(self) -> None:
        """Wait until nothing is under way."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def leave(self) -> None:
        """Drop what is under way: whoever takes the claims over looks first whether it was posted."""
        left = [*self._under_way]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
