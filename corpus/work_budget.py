"""Work budgets: how much a piece of work may look at. What has used it up stops, and says so.

Work is counted, not timed: a slow or a busy machine takes longer, and comes to the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from corpus.errors import OutOfTime

A_SECOND = 100_000_000
"""Steps that take about a second of a processor: one is a word of the texts that is looked at among many."""


class WorkBudget:
    """A number of steps from now on. Within another budget, no more than is left of that."""

    def __init__(self, steps: float, outer: WorkBudget | None = None) -> None:
        self._left, self._outer = steps, outer
        self.ran_out = False
        """Whether some work within it was stopped, or left undone, as a budget was used up."""

    def spend(self, steps: int) -> None:
        """Counts steps that are about to be taken. Raises OutOfTime where there are not so many left."""
        chain = tuple(self._chain())
        for one in chain:
            one._left -= steps
        if any(one._left < 0 for one in chain):
            for one in chain:
                one.ran_out = True
            raise OutOfTime

    def _chain(self) -> Iterator[WorkBudget]:
        budget: WorkBudget | None = self
        while budget:
            yield budget
            budget = budget._outer


_current: ContextVar[WorkBudget | None] = ContextVar("work budget", default=None)


@contextmanager
def work_budget(steps: float = float("inf")) -> Iterator[WorkBudget]:
    """A budget for what is done within the block; without steps, that of around it, to know whether it was enough."""
    budget = WorkBudget(steps, _current.get())
    token = _current.set(budget)
    try:
        yield budget
    finally:
        _current.reset(token)


def spend(steps: int) -> None:
    """Counts steps. Raises OutOfTime where there is a budget, and it has not so many left."""
    if budget := _current.get():
        budget.spend(steps)
