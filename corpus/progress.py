"""Progress of long work: how much of it is done, as a fraction of 1, for a bar or a line in a chat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[float], None]
T = TypeVar("T")


def unseen(fraction: float) -> None:
    """Shows progress to nobody."""


def counted(items: Iterable[T], total: int, progress: Progress) -> Iterator[T]:
    """The items one by one; before each is worked on, how many of `total` are done."""
    for done, item in enumerate(items):
        progress(min(1.0, done / max(1, total)))
        yield item


def each_per_cent(write: Callable[[int], None]) -> Progress:
    """Progress that is written as whole per cents, from 1 to 100, each at most once."""
    written = 0

    def report(fraction: float) -> None:
        nonlocal written
        if (done := min(100, int(100 * fraction))) > written:
            written = done
            write(done)

    return report
