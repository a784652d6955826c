"""Deferrals: Discord is told in time that an answer is being worked on, in a crowd by turns."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

QUICK = 2.0
"""Seconds. Discord waits three for the first answer, the way there and back included."""
_EARLIEST = 0.5
_IN_TIME = 2.25
"""Seconds until which the answers of a crowd come in time, and the last of its deferrals."""
_EACH = 0.002  # seconds that a deferral takes: of a crowd, who comes later is looked after so much earlier
_AGAIN = 0.1  # seconds until somebody is looked after again
_AT_ONCE = 64  # requests: for all of a crowd at once, as many connections would be made


class Crowd:
    """All who wait for an answer: how many they are, and how many have been answered."""

    def __init__(self) -> None:
        self.waiting = self.answered = 0
        self.turns = asyncio.Semaphore(_AT_ONCE)
        """To send a deferral."""


class Deferral:
    """The deferral of one answer: sent where the answer will not be there in time, or has files.

    `send` sends it; `age` is how many seconds ago somebody asked.
    """

    def __init__(self, crowd: Crowd, send: Callable[[], Awaitable[None]], age: float) -> None:
        self._crowd, self._send = crowd, send
        self._turn = crowd.answered + crowd.waiting
        self._answered = crowd.answered
        self._task: asyncio.Task[None] | None = None
        self._is_sent = False
        crowd.waiting += 1
        self._loop = asyncio.get_running_loop()
        self._came = self._loop.time()
        self._began = self._came - age
        # Most answers are there before the event loop's next turn, and need no timer.
        self._timer: asyncio.Handle = self._loop.call_soon(self._set_timer)

    def stop(self) -> None:
        """The answer is there: nothing is deferred any more by itself."""
        self._timer.cancel()
        self._crowd.waiting -= 1
        self._crowd.answered += 1

    async def finish(self, *, is_needed: bool = False) -> None:
        """Wait for a deferral that is sent; one whose turn has not come is not sent any more, unless it `is_needed`.

        Raises discord.HTTPException where Discord does not take it.
        """
        if is_needed:
            self._start()
        if self._task and (is_needed or self._is_sent):
            await self._task
        elif self._task:
            self._task.cancel()

    def _before(self) -> int:
        """How many who came before wait for an answer, if all are answered in the order in which they came."""
        return self._turn - self._crowd.answered

    def _latest(self) -> float:
        """The age at which the deferrals of all before it have to begin, so that its own is in time."""
        return _IN_TIME - _EACH * self._before()

    def _set_timer(self) -> None:
        look = min(QUICK, max(_EARLIEST, self._latest()))
        # A timer costs 0.03 ms less than a task to wait for.
        self._timer = self._loop.call_at(self._began + look, self._look)

    def _look(self) -> None:
        """Defers the answer, unless those before it are answered so quickly that its turn will come in time."""
        now = self._loop.time()
        age, waited = now - self._began, now - self._came
        before, answered = self._before(), self._crowd.answered - self._answered
        if before > 0 and (age < self._latest() or before * waited <= answered * (_IN_TIME - age)):
            self._timer = self._loop.call_later(max(_AGAIN, self._latest() - age), self._look)
        elif before <= 0 and age < QUICK:
            self._timer = self._loop.call_later(QUICK - age, self._start)
        else:
            self._start()

    def _start(self) -> None:
        self._task = self._task or self._loop.create_task(self._in_turn())

    async def _in_turn(self) -> None:
        async with self._crowd.turns:
            self._is_sent = True
            await self._send()
