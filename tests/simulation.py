"""Simulated time: an event loop in which waiting takes no time, so that years of real code run in minutes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from datetime import datetime, timedelta
from heapq import heappop
from typing import Any, TypeVar

T = TypeVar("T")

SETTLED = 60.0
"""Seconds that the simulated Discord waits for an answer: a busy machine may take long."""


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop that sets its clock forward to the next timer whenever there is nothing to do until then."""

    def __init__(self) -> None:
        super().__init__()
        self._seconds = 0.0

    def time(self) -> float:
        return self._seconds

    def _run_once(self) -> None:
        # A timer that was cancelled is not waited for, and what comes after it would be, in real time.
        while self._scheduled and self._scheduled[0].cancelled():  # type: ignore[attr-defined]  # asyncio's own
            heappop(self._scheduled)._scheduled = False  # type: ignore[attr-defined]  # as above
            self._timer_cancelled_count -= 1  # type: ignore[attr-defined]  # as above
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]  # asyncio's own
            self._seconds = max(self._seconds, self._scheduled[0].when())  # type: ignore[attr-defined]  # as above
        super()._run_once()  # type: ignore[misc]  # as above

    def run_in_executor(  # type: ignore[override]  # asyncio's returns a Future as well, which mypy cannot see
        self, executor: Executor | None, func: Callable[..., T], *args: Any
    ) -> asyncio.Future[T]:
        """Do it at once: no time passes while a thread works."""
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - it is handed on.
            done.set_exception(error)
        return done


class SimulatedClock:
    """The clock of a simulated loop, which can be set forward while nobody runs who would notice."""

    def __init__(self, start: datetime) -> None:
        self._start = start

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=asyncio.get_running_loop().time())

    def skip(self, time: timedelta) -> None:
        self._start += time


def simulate(main: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns, in simulated time."""
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        return runner.run(main)
