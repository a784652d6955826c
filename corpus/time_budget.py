"""Time budgets: how much of a processor's time a piece of work may take. What has used it up stops, and says so.

The time is that of the thread alone: on a busy machine work takes longer, but looks at no less.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from corpus.errors import OutOfTime


class TimeBudget:
    """Seconds of processor time from now on, in this thread."""

    def __init__(self, seconds: float, outer: TimeBudget | None = None) -> None:
        end = time.thread_time() + seconds
        self._end: float = min(end, outer._end) if outer else end
        self.ran_out = False
        """Whether some work was stopped, or left undone, for want of time."""

    def check(self) -> None:
        """Raises OutOfTime where it is used up."""
        if time.thread_time() > self._end:
            self.ran_out = True
            raise OutOfTime


_current: ContextVar[TimeBudget | None] = ContextVar("time budget", default=None)


@contextmanager
def time_budget(seconds: float) -> Iterator[TimeBudget]:
    """A budget for what is done within the block, in this thread; within another one, no more than is left of that."""
    budget = TimeBudget(seconds, _current.get())
    token = _current.set(budget)
    try:
        yield budget
    finally:
        _current.reset(token)


def check_time() -> None:
    """Raises OutOfTime where there is a budget, and it is used up."""
    if budget := _current.get():
        budget.check()
