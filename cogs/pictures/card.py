"""A quotation as a card to share: as large as it fits, whole, with whose words they are and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from cogs.pictures.fonts import Font, has
from cogs.pictures.scene import ACCENT, FAINT, INK, RULE, Bar, Box, Mark, Scene, Stroke, Words
from cogs.pictures.typeset import balanced, clipped

WIDTH, HEIGHT = 1200, 630
"""Pixels: the format in which chats and networks show a shared picture whole."""
SIZES = range(64, 29, -2)
"""Pixels of the quotation's letters; the smallest are still read on a phone, where a card is 5 cm wide."""

_EDGE = 18
_LEFT, _RIGHT = 110, WIDTH - 80
_TOP, _FOOT = 52, 476
"""The quotation stands between these."""
_SPEAKER, _SOURCE = Font("sans bold", 34), Font("sans", 30)
_LEADING = 1.06


class Unfit(Exception):
    """The passage cannot be set on a card whole and letter for letter."""


def card(words: str, speaker: str, source: str, reference: str, colour: int = ACCENT) -> Scene:
    """The card of a passage. `source` is the text's title and date, `colour` its accent as 0xRRGGBB.

    Raises Unfit where the passage is too long for a card, or has letters that the typeface lacks.
    """
    lines = _fitted(words) if all(has("serif", letter) for letter in words) else None
    if lines is None:
        raise Unfit
    marks: tuple[Mark, ...] = (
        Bar(Box(0, 0, _EDGE, HEIGHT), colour),
        *_set(lines),
        Stroke(((_LEFT, _FOOT + 18), (_RIGHT, _FOOT + 18)), RULE),
        *_signed(speaker, source, reference),
    )
    return Scene(WIDTH, HEIGHT, marks)


def _fitted(words: str) -> tuple[tuple[str, ...], Font] | None:
    """The lines at the largest size at which they fit."""
    for size in SIZES:
        font = Font("serif", size)
        lines = balanced(words, font, _RIGHT - _LEFT)
        if len(lines) * font.height * _LEADING <= _FOOT - _TOP:
            return lines, font
    return None


def _set(fitted: tuple[Sequence[str], Font]) -> list[Words]:
    lines, font = fitted
    step = font.height * _LEADING
    top = _TOP + (_FOOT - _TOP - step * len(lines)) / 2
    return [Words(line, font, _LEFT, top + number * step, INK) for number, line in enumerate(lines)]


def _signed(speaker: str, source: str, reference: str) -> list[Words]:
    """Whose words they are, and below it where they stand: the reference is never cut."""
    where = f" · {reference}"
    room = _RIGHT - _LEFT - _SOURCE.width(where)
    top = _FOOT + 36
    return [
        Words(clipped(speaker, _SPEAKER, _RIGHT - _LEFT), _SPEAKER, _LEFT, top),
        Words(f"{clipped(source, _SOURCE, room)}{where}", _SOURCE, _LEFT, top + _SPEAKER.height, FAINT),
    ]
