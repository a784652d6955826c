"""One transaction for all small changes that came while the last was under way.

A thousand people who press at once would otherwise wait for a thousand commits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

from msgspec import Struct, field

from bot.storage.session import Session

T = TypeVar("T")
Transaction = Callable[[], AbstractAsyncContextManager[Session]]

_AT_ONCE = 250
"""Changes that one transaction takes: some 50 ms of work, for which the next ones wait."""


class _Change(Struct, eq=False):
    """A change on its way. `lock` names the row that it locks."""

    lock: str
    work: Callable[[Session], Awaitable[Any]]
    done: asyncio.Future[Any] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class GroupCommit:
    """Makes small changes, several in one transaction. One that fails takes none of the others with it."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._waiting: list[_Change] = []
        self._committing: asyncio.Task[None] | None = None
        self._has_begun = False

    async def change(self, lock: str, work: Callable[[Session], Awaitable[T]]) -> T:
        """What a change returns, once it is committed. What it raises takes it back, and it alone.

        `work` may run twice: again alone, where something else of its transaction failed. Who asked may be cancelled
        meanwhile: what was asked for is done all the same.
        """
        mine = _Change(lock, work)
        self._waiting.append(mine)
        if self._committing is None or self._committing.done():
            self._committing = asyncio.create_task(self._commit_all())
        result: T = await mine.done
        return result

    async def close(self) -> None:
        """Wait until what was asked for is done."""
        if self._committing:
            await asyncio.wait([self._committing])

    async def _commit_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
            if await self._commit(batch) is not None:
                await self._commit_each(batch)

    async def _commit_each(self, batch: Sequence[_Change]) -> None:
        """Try each alone: the one whose fault it is hears of it. Where no transaction begins, all that are left do.

        A store that is locked makes each wait: one after the other, the last would for an hour, and `close` as well.
        """
        left = batch
        while left:
            self._has_begun = False
            error = await self._commit(left[:1])
            tried, left = (left[:1], left[1:]) if self._has_begun else (left, ())
            for one in tried:
                if error is not None and not one.done.done():
                    one.done.set_exception(error)

    async def _commit(self, batch: Sequence[_Change]) -> BaseException | None:
        """Make some changes in one transaction. Returns what went wrong, and then nothing of it is done."""
        outcome: list[tuple[_Change, Any]] | BaseException
        [outcome] = await asyncio.gather(self._results(batch), return_exceptions=True)
        if isinstance(outcome, BaseException):
            return outcome
        for one, result in outcome:
            if not one.done.done():
                one.done.set_result(result)
        return None

    async def _results(self, batch: Sequence[_Change]) -> list[tuple[_Change, Any]]:
        async with self._transaction() as tx:
            self._has_begun = True
            # In one order everywhere: two processes that lock the same rows in different orders would stop each other.
            return [(one, await one.work(tx)) for one in sorted(batch, key=lambda one: one.lock)]
