"""The labels of a timeline: what each says, line by line, and how wide and high it is."""

from __future__ import annotations

from msgspec import Struct

from cogs.shared.dates import join_dates, year_behind
from cogs.shared.drawing.fonts import Font
from cogs.shared.drawing.scene import FAINT, INK, Words
from cogs.shared.drawing.typeset import balanced
from corpus.calendar import LAST_OLD_STYLE_DAY, STYLES
from corpus.note_model import Event

DATE, OTHER, NAME = Font("sans bold", 34), Font("sans", 29), Font("serif", 38)
_GAP = 14
"""Pixels between the dates in the two calendars, where they are on one line."""


class Label(Struct, frozen=True):
    """An event's words as lines of words that are beside each other."""

    lines: tuple[tuple[tuple[str, Font, int], ...], ...]

    @property
    def width(self) -> float:
        return max(sum(font.width(words) for words, font, _ in line) + _GAP * (len(line) - 1) for line in self.lines)

    @property
    def height(self) -> float:
        return sum(max(font.height for _, font, _ in line) for line in self.lines)

    def at(self, left: float, top: float) -> list[Words]:
        """The words of the block whose upper left corner is there."""
        placed = []
        for line in self.lines:
            height = max(font.height for _, font, _ in line)
            start = left
            for words, font, colour in line:
                placed.append(Words(words, font, start, top + height - font.height, colour))
                start += font.width(words) + _GAP
            top += height
        return placed


def label(event: Event, width: float) -> Label:
    """The label of an event, no wider than `width` pixels: its date in both calendars, and its name."""
    new, old = dates(event)
    beside = old and DATE.width(new) + _GAP + OTHER.width(old) <= width
    lines = (
        [[(new, DATE, INK), (old, OTHER, FAINT)]]
        if beside
        else [
            *([(line, DATE, INK)] for line in balanced(new, DATE, width)),
            *([(line, OTHER, FAINT)] for line in (balanced(old, OTHER, width) if old else ())),
        ]
    )
    lines += [[(line, NAME, INK)] for line in balanced(event.name, NAME, width)]
    return Label(tuple(map(tuple, lines)))


def dates(event: Event) -> tuple[str, str]:
    """An event's date as a label says it: in the New Style, and what the Old Style made of it while it was in use."""
    first, last = event.date, event.until or event.date
    if first.day is not None:
        new = join_dates(first.new_style, last.new_style)
        if first.first > LAST_OLD_STYLE_DAY:
            return new, ""
        old = join_dates(first.old_style, last.old_style)
        # The year is said once where it is the same in both.
        return new, f"{old.removesuffix(year_behind(new))} ({STYLES['julian']})"
    in_doubt = first.month is not None and (first.calendar == "julian" or first.first <= LAST_OLD_STYLE_DAY)
    return join_dates(first, last), STYLES[first.calendar] if in_doubt else ""
