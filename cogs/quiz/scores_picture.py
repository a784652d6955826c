"""The leaderboard as a picture."""

from __future__ import annotations

from collections.abc import Sequence

from bot.storage.round import Standing
from cogs.shared.drawing.fonts import Font
from cogs.shared.drawing.scene import ACCENT, FAINT, RULE, Bar, Box, Mark, Scene, Words
from cogs.shared.drawing.typeset import clipped

WIDTH = 1000
_EDGE, _STEP, _TOP = 48, 64, 158
_NAME_AT, _BAR_AT, _BAR_TO, _FIGURES_AT = 130, 430, 760, 785
_TITLE, _NAME, _FIGURES = Font("serif", 52), Font("sans bold", 32), Font("sans", 30)


def league(title: str, under: str, rows: Sequence[tuple[str, Standing]]) -> Scene:
    """A row for each person: place, name, a bar as long as the share of right answers, and the figures.

    `under` is a smaller line under the title: which group it is, and when.
    """
    room = WIDTH - 2 * _EDGE
    heading = Words(clipped(title, _TITLE, room), _TITLE, _EDGE, 30)
    marks: list[Mark] = [heading, Words(clipped(under, _FIGURES, room), _FIGURES, _EDGE, heading.box.bottom + 2, FAINT)]
    for number, (place, one) in enumerate(rows):
        marks += _row(place, one, _TOP + number * _STEP)
    return Scene(WIDTH, _TOP + len(rows) * _STEP + _EDGE, tuple(marks))


def _row(place: str, one: Standing, top: float) -> list[Mark]:
    length = (_BAR_TO - _BAR_AT) * one.right_ones / one.asked
    share = f"{100 * one.right_ones / one.asked:.0f} %, {one.right_ones} of {one.asked}"
    return [
        Bar(Box(_BAR_AT, top + 8, _BAR_TO, top + 34), RULE, 6),
        *([Bar(Box(_BAR_AT, top + 8, _BAR_AT + length, top + 34), ACCENT, 6)] if one.right_ones else []),
        Words(place, _FIGURES, _EDGE, top, FAINT),
        Words(clipped(one.name, _NAME, _BAR_AT - _NAME_AT - 20), _NAME, _NAME_AT, top),
        Words(clipped(share, _FIGURES, WIDTH - _FIGURES_AT - 20), _FIGURES, _FIGURES_AT, top, FAINT),
    ]
