"""Breaking words into lines that fit a width."""

from __future__ import annotations

import math
import re

from cogs.shared.drawing.fonts import Font, drawn

_SPACE = re.compile(" (?!· )")
"""Where a line may be broken."""


def wrapped(words: str, font: Font, width: float) -> tuple[str, ...]:
    """Lines no wider than `width` pixels, broken at spaces; a word that is wider by itself is broken anywhere.

    No line begins with the dot that parts two things, unless the word before it fills a line.
    """
    lines: list[str] = []
    row = ""
    for word in _words(drawn(words, font.face), font, width):
        longer = f"{row} {word}" if row else word
        if font.width(longer) <= width:
            row = longer
            continue
        if row:
            lines.append(row)
        *full, row = _broken(word, font, width)
        lines.extend(full)
    return (*lines, row)


def balanced(words: str, font: Font, width: float) -> tuple[str, ...]:
    """As few lines as `wrapped` makes of it, but of about the same length, so that no last line holds one word."""
    lines = wrapped(words, font, width)
    longest = max(font.width(word) for word in _words(drawn(words, font.face), font, width))
    # No narrower than the longest word, which would be broken.
    narrow, wide = min(math.ceil(longest), round(width)) - 1, round(width)
    while wide - narrow > 1:
        middle = (narrow + wide) // 2
        tried = wrapped(words, font, middle)
        if len(tried) > len(lines):
            narrow = middle
        else:
            lines, wide = tried, middle
    return lines


def clipped(words: str, font: Font, width: float) -> str:
    """One line: what is cut ends with an ellipsis."""
    line = drawn(words, font.face)
    if font.width(line) <= width:
        return line
    while line and font.width(f"{line}…") > width:
        line = line[:-1].rstrip()
    return f"{line}…"


def _words(line: str, font: Font, width: float) -> list[str]:
    """The words of a line, the dot that parts two things with that before it, where both fit."""
    return [part for word in _SPACE.split(line) for part in ([word] if font.width(word) <= width else word.split(" "))]


def _broken(word: str, font: Font, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and font.width(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
