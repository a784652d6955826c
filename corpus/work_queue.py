"""Work queue: what takes a while is done in a few threads, what is quick before what is slow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import copy_context
from heapq import heappop, heappush
from itertools import count
from typing import TypeVar

_THREADS = 3
_SLOW = 0.01  # seconds from which on work leaves a thread to what is quicker
_WEIGHT = 500  # seconds that work lets others go before it, for each second that it takes

T = TypeVar("T")


class Turns:
    """A priority semaphore: so many pieces of work at once, of those that wait the one with the lowest rank first.

    The rank is the time at which it came, and later the longer it takes: so nothing waits for ever. What takes no time
    goes before all else.
    """

    def __init__(self, free: int) -> None:
        self._free = free
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()

    @asynccontextmanager
    async def turn(self, seconds: float) -> AsyncIterator[None]:
        """Within the block it is the turn of work that takes so many seconds."""
        await self.take(seconds)
        try:
            yield
        finally:
            self.pass_on()

    async def take(self, seconds: float) -> None:
        """Waits until it is the turn of work that takes so many seconds; `pass_on` ends it."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(asyncio.get_running_loop(), seconds)

    async def _wait(self, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        place = loop.create_future()
        rank = loop.time() + _WEIGHT * seconds if seconds else 0.0
        heappush(self._waiting, (rank, next(self._numbers), place))
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():
                self.pass_on()  # the turn came at the moment at which nobody wanted it any more
            raise

    def pass_on(self) -> None:
        """Whose turn it was is done."""
        while self._waiting:
            *_, place = heappop(self._waiting)
            if not place.done():
                place.set_result(None)
                return
        self._free += 1


class WorkQueue:
    """Work that waits for its turn: in a thread, of which one is always left to what is quick, or on the event loop."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, "corpus")
        self._has_threads = False
        self._every, self._slow, self._here = Turns(_THREADS), Turns(_THREADS - 1), Turns(1)

    async def run(self, work: Callable[[], T], seconds: float) -> T:
        """The outcome of work in a thread that is expected to take so many seconds of a processor.

        It is done in the asker's context: what is left of their work budget is what it has.
        """
        async with AsyncExitStack() as stack:
            if seconds >= _SLOW:
                await stack.enter_async_context(self._slow.turn(seconds))
            await stack.enter_async_context(self._every.turn(seconds))
            self._has_threads = True
            return await asyncio.get_running_loop().run_in_executor(self._threads, copy_context().run, work)

    async def run_here(self, work: Callable[[], T], seconds: float) -> T:
        """The outcome of work of milliseconds, in no thread: the event loop does other things between two such."""
        await self._here.take(seconds)
        try:
            return work()
        finally:
            asyncio.get_running_loop().call_soon(self._here.pass_on)

    async def close(self) -> None:
        if self._has_threads:
            await asyncio.to_thread(self._threads.shutdown)
        else:
            self._threads.shutdown()
