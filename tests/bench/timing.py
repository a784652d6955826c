"""Timings and how they are told."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from statistics import quantiles
from typing import NamedTuple


class Timing(NamedTuple):
    """What was measured, and the seconds that each repetition took."""

    name: str
    seconds: Sequence[float]

    @property
    def p50(self) -> float:
        return quantiles(self.seconds, n=100)[49]

    @property
    def p99(self) -> float:
        return quantiles(self.seconds, n=100)[98]


async def timed(name: str, works: Sequence[Callable[[], Awaitable[float | None]]]) -> Timing:
    """Do each piece of work once, and time it, unless it says itself how many seconds it took."""
    seconds = []
    for work in works:
        started = time.perf_counter()
        took = await work()
        seconds.append(time.perf_counter() - started if took is None else took)
    return Timing(name, seconds)


def told(timings: Sequence[Timing]) -> str:
    """A table. The first timing is what the others are compared with."""
    base = timings[0]
    lines = [f"{'':46}{'p50 ms':>9}{'p99 ms':>9}{'p50 ratio':>11}"]
    for one in timings:
        ratio = one.p50 / base.p50
        lines.append(f"{one.name:46}{one.p50 * 1000:9.2f}{one.p99 * 1000:9.2f}{ratio:11.2f}")
    return "\n".join(lines)
