"""A quotation as a card to share: as large as it fits, whole, with its speaker, source and reference."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

from cogs.shared.drawing.fonts import Font, has
from cogs.shared.drawing.icon import quotation_mark
from cogs.shared.drawing.scene import ACCENT, FAINT, INK, Bar, Box, Mark, Scene, Words
from cogs.shared.drawing.typeset import balanced, clipped, wrapped

WIDTH, HEIGHT = 1200, 630
"""Pixels: the format in which chats and networks show a shared picture whole."""
SIZES = range(64, 29, -2)
"""Pixels of the quotation's letters; the smallest are still read on a phone, where a card is 5 cm wide."""
BOT = "Smolny"

_LEFT, _RIGHT = 142, WIDTH - 66
_TOP, _MARGIN = 44, 32
_SPEAKER, _SOURCE, _BOT = Font("sans bold", 34), Font("sans", 29), Font("sans bold", 26)
_LEADING = 1.06


class Unfit(Exception):
    """The passage cannot be set on a card whole and letter for letter."""


class Undrawn(Unfit):
    """The typeface lacks letters of the passage, or of whose it is and where it is from."""


def card(words: str, speaker: str, source: str, reference: str, colour: int = ACCENT, *, dark: bool = False) -> Scene:
    """The card of a passage. `source` is the text's title and date, `colour` its accent as 0xRRGGBB.

    Raises Unfit where the passage is too long for a card, and Undrawn where letters cannot be drawn.
    """
    if not all(has("serif", letter) for letter in words) or not _is_legible(speaker, source):
        raise Undrawn
    byline = _byline(source, reference)
    foot = HEIGHT - _TOP - _SPEAKER.height - len(byline) * _SOURCE.height - _MARGIN
    fitted = _fitting_lines(words, foot)
    if fitted is None:
        raise Unfit
    lines = _set(fitted, foot)
    top = foot + _MARGIN
    marks: tuple[Mark, ...] = (
        *quotation_mark(_LEFT - 92, lines[0].top + 14, 62, colour),
        *lines,
        Bar(Box(_LEFT, top - _MARGIN / 2 - 2, _LEFT + 90, top - _MARGIN / 2 + 2), colour),
        Words(clipped(speaker, _SPEAKER, _RIGHT - _LEFT), _SPEAKER, _LEFT, top),
        *_source_lines(byline, top + _SPEAKER.height),
    )
    return Scene(WIDTH, HEIGHT, marks, dark)


def _is_legible(speaker: str, source: str) -> bool:
    """Whether a reader of the card can tell who says it and where. A symbol, such as an emoji, may be lacking."""
    letters = (one for one in normalize("NFC", speaker + source) if one.isalnum())
    return all(has("sans bold", one) and has("sans", one) for one in letters)


def _fitting_lines(words: str, foot: float) -> tuple[tuple[str, ...], Font] | None:
    """The lines at the largest size at which they fit."""
    for size in SIZES:
        font = Font("serif", size)
        # To balance lines makes them no fewer, and takes ten times as long as to break them.
        many = len(wrapped(words, font, _RIGHT - _LEFT))
        if many * font.height * _LEADING <= foot - _TOP:
            return balanced(words, font, _RIGHT - _LEFT), font
    return None


def _set(fitted: tuple[Sequence[str], Font], foot: float) -> list[Words]:
    lines, font = fitted
    step = font.height * _LEADING
    # A little above the middle, which is where the eye takes the middle to be.
    top = _TOP + (foot - _TOP - step * len(lines)) * 0.45
    return [Words(line, font, _LEFT, top + number * step, INK) for number, line in enumerate(lines)]


def _byline(source: str, reference: str) -> tuple[str, ...]:
    """The source and the reference, on one line or two: if anything is cut, it is the source."""
    width = _RIGHT - _LEFT - _BOT.width(BOT) - 30
    lines = balanced(f"{source} · {reference}", _SOURCE, width)
    if len(lines) <= 2:
        return lines
    end = f" · {reference}"
    return (f"{clipped(source, _SOURCE, width - _SOURCE.width(end))}{end}",)


def _source_lines(byline: Sequence[str], top: float) -> list[Words]:
    """The source, and the bot's name at the end of its last line."""
    lines = [Words(line, _SOURCE, _LEFT, top + number * _SOURCE.height, FAINT) for number, line in enumerate(byline)]
    bottom = lines[-1].box.bottom - _BOT.height - 2
    return [Words(BOT, _BOT, _RIGHT - _BOT.width(BOT), bottom, FAINT), *lines]
