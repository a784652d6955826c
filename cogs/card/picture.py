"""A quotation as a card to share: as large as it fits, whole, with whose words they are and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from cogs.shared.drawing.fonts import Font, has
from cogs.shared.drawing.scene import ACCENT, FAINT, INK, RULE, Bar, Box, Mark, Scene, Stroke, Words
from cogs.shared.drawing.typeset import balanced, clipped

WIDTH, HEIGHT = 1200, 630
"""Pixels: the format in which chats and networks show a shared picture whole."""
SIZES = range(64, 29, -2)
"""Pixels of the quotation's letters; the smallest are still read on a phone, where a card is 5 cm wide."""

_EDGE = 18
_LEFT, _RIGHT = 110, WIDTH - 80
_TOP, _MARGIN = 52, 36
_SPEAKER, _SOURCE = Font("sans bold", 34), Font("sans", 30)
_LEADING = 1.06


class Unfit(Exception):
    """The passage cannot be set on a card whole and letter for letter."""


def card(words: str, speaker: str, source: str, reference: str, colour: int = ACCENT) -> Scene:
    """The card of a passage. `source` is the text's title and date, `colour` its accent as 0xRRGGBB.

    Raises Unfit where the passage is too long for a card, or has letters that the typeface lacks.
    """
    where = _where(source, reference)
    foot = HEIGHT - 2 * _MARGIN - _SPEAKER.height - len(where) * _SOURCE.height
    fitted = _fitted(words, foot) if all(has("serif", letter) for letter in words) else None
    if fitted is None:
        raise Unfit
    marks: tuple[Mark, ...] = (
        Bar(Box(0, 0, _EDGE, HEIGHT), colour),
        *_set(fitted, foot),
        Stroke(((_LEFT, foot + _MARGIN / 2), (_RIGHT, foot + _MARGIN / 2)), RULE),
        Words(clipped(speaker, _SPEAKER, _RIGHT - _LEFT), _SPEAKER, _LEFT, foot + _MARGIN),
        *_signed(where, foot + _MARGIN + _SPEAKER.height),
    )
    return Scene(WIDTH, HEIGHT, marks)


def _fitted(words: str, foot: float) -> tuple[tuple[str, ...], Font] | None:
    """The lines at the largest size at which they fit."""
    for size in SIZES:
        font = Font("serif", size)
        lines = balanced(words, font, _RIGHT - _LEFT)
        if len(lines) * font.height * _LEADING <= foot - _TOP:
            return lines, font
    return None


def _set(fitted: tuple[Sequence[str], Font], foot: float) -> list[Words]:
    lines, font = fitted
    step = font.height * _LEADING
    top = _TOP + (foot - _TOP - step * len(lines)) / 2
    return [Words(line, font, _LEFT, top + number * step, INK) for number, line in enumerate(lines)]


def _where(source: str, reference: str) -> tuple[str, ...]:
    """Where the words stand, on one line or two: if anything is cut, it is the source and not the reference."""
    lines = balanced(f"{source} · {reference}", _SOURCE, _RIGHT - _LEFT)
    if len(lines) <= 2:
        return lines
    end = f" · {reference}"
    return (f"{clipped(source, _SOURCE, _RIGHT - _LEFT - _SOURCE.width(end))}{end}",)


def _signed(where: Sequence[str], top: float) -> list[Words]:
    step = _SOURCE.height
    return [Words(line, _SOURCE, _LEFT, top + number * step, FAINT) for number, line in enumerate(where)]
