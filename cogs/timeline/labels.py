"""The labels of a timeline: what each says, and where they stand without touching each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cogs.shared.dates import join_dates
from cogs.shared.drawing.fonts import Font
from cogs.shared.drawing.scene import FAINT, INK, Words
from cogs.shared.drawing.typeset import balanced
from corpus.calendar import LAST_OLD_STYLE_DAY, STYLES
from corpus.model import Event

DATE, OTHER, NAME = Font("sans bold", 38), Font("sans", 31), Font("serif", 38)
INDENT = 16
"""Pixels between a label's stem and its words."""


@dataclass(frozen=True)
class Label:
    """An event's words, line by line, as a block whose stem is on its left."""

    lines: tuple[tuple[str, Font, int], ...]

    @property
    def width(self) -> float:
        return INDENT + max(font.width(words) for words, font, _ in self.lines)

    @property
    def height(self) -> float:
        return sum(font.height for _, font, _ in self.lines)

    def at(self, left: float, top: float) -> list[Words]:
        """The words of the block whose upper left corner is there."""
        placed = []
        for words, font, colour in self.lines:
            placed.append(Words(words, font, left + INDENT, top, colour))
            top += font.height
        return placed


def label(event: Event, width: float) -> Label:
    """The label of an event, no wider than `width` pixels: its date in both calendars, and its name."""
    new, old = dates(event)
    said = ((new, DATE, INK), (old, OTHER, FAINT), (event.name, NAME, INK))
    return Label(
        tuple(
            (line, font, colour)
            for words, font, colour in said
            if words
            for line in balanced(words, font, width - INDENT)
        )
    )


def dates(event: Event) -> tuple[str, str]:
    """An event's date as a label says it: first in the New Style, below it what the Old Style makes of it."""
    first, last = event.date, event.until or event.date
    if first.day is not None:
        new, old = join_dates(first.new_style, last.new_style), join_dates(first.old_style, last.old_style)
        # The year is said once where it is the same in both.
        return new, f"{old.removesuffix(_year(new))} ({STYLES['julian']})"
    in_doubt = first.month is not None and (first.calendar == "julian" or first.first <= LAST_OLD_STYLE_DAY)
    return join_dates(first, last), STYLES[first.calendar] if in_doubt else ""


def _year(words: str) -> str:
    """The space and the year at the end of a date in words."""
    return f" {words.rpartition(' ')[2]}"


def spread(wanted: Sequence[float], widths: Sequence[float], left: float, right: float, gap: float) -> list[float]:
    """Where blocks start so that each is as near to where it is `wanted` as their order allows.

    They keep `gap` pixels between each other and stay between `left` and `right`, where there is room for all.
    """
    starts: list[float] = []
    for number, want in enumerate(wanted):
        least = starts[-1] + widths[number - 1] + gap if starts else left
        starts.append(max(want, least))
    most = right
    for number in reversed(range(len(starts))):
        starts[number] = min(starts[number], most - widths[number])
        most = starts[number] - gap
    return starts
