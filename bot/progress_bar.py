"""A progress bar on the terminal, for work that takes longer than a second."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from corpus.progress import Progress

_PATIENCE = 1.0  # seconds after which the bar comes
_STEP = 0.25  # seconds after which it is rewritten
_WIDTH = 24

Result = TypeVar("Result")


async def with_bar(what: str, work: Callable[[Progress], Awaitable[Result]]) -> Result:
    """The result of `work`. What takes longer than a second shows how much is done, where somebody sees it."""
    bar = _Bar(what)
    task = asyncio.ensure_future(work(bar.set))
    try:
        await asyncio.wait([task], timeout=_PATIENCE)
        while not task.done() and sys.stderr.isatty():
            sys.stderr.write(f"\r{bar.line()}\x1b[K")
            sys.stderr.flush()
            await asyncio.wait([task], timeout=_STEP)
        return await task
    finally:
        task.cancel()
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")


class _Bar:
    """A line that says how much of some work is done; while nobody knows, only that it goes on."""

    def __init__(self, what: str) -> None:
        self._what, self._since, self._fraction = what, time.monotonic(), 0.0

    def set(self, fraction: float) -> None:
        self._fraction = fraction

    def line(self) -> str:
        seconds = time.monotonic() - self._since
        done = int(self._fraction * _WIDTH)
        moving = int(4 * seconds) % _WIDTH
        filled = (at < done if self._fraction else abs(moving - at) < 2 for at in range(_WIDTH))
        bar = "".join("#" if one else "." for one in filled)
        return f"{self._what} [{bar}] {f'{self._fraction:.0%}, ' if self._fraction else ''}{seconds:.0f} s"
