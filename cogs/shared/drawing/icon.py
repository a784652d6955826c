"""The quotation mark of cards, and the bot's icon that is made of it: `docs/icon.png`, to upload as its avatar."""

from __future__ import annotations

from cogs.shared.drawing.scene import ACCENT, PAPER, Bar, Box, Dot, Mark, Scene, Stroke

ICON = 512
"""Pixels of the icon's side: the least that both Discord and Slack take."""


def quotation_mark(left: float, top: float, height: float, colour: int) -> tuple[Mark, ...]:
    """An opening quotation mark, of shapes and not of letters: it is not part of the words beside it."""
    one = height / 4
    return tuple(
        mark
        for start in (left, left + 0.65 * height)
        for mark in (
            Dot(start + one, top + 3 * one, one, colour),
            Stroke(
                (
                    (start + 0.32 * one, top + 3 * one),
                    (start + 0.5 * one, top + 1.5 * one),
                    (start + 1.7 * one, top + 0.25 * one),
                ),
                colour,
                0.62 * one,
            ),
        )
    )


def icon() -> Scene:
    """The bot's icon."""
    height = 210
    marks = quotation_mark((ICON - 1.15 * height) / 2, (ICON - height) / 2, height, PAPER)
    return Scene(ICON, ICON, (Bar(Box(0, 0, ICON, ICON), ACCENT), *marks))
