"""Lines of styled words, and where they break."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

_PIECE = re.compile(r"(?:\S| (?=· ))+|\s+")
Fragment = tuple[str, str]
"""A style's name and words."""
LABEL = "label"
"""The style of what is on a button, behind its key."""
_KEY = len("[10]")


class Line(Struct, frozen=True):
    """One line. `indent` columns are before it, `hang` more before what wraps; an `exact` one never wraps."""

    spans: tuple[Fragment, ...]
    indent: int = 0
    hang: int = 0
    exact: bool = False


def wrap(line: Line, width: int | None) -> Iterator[list[Fragment]]:
    """The rows that a line takes at a width, broken at white space only: a longer word sticks out, and stays whole.

    None begins with the dot that parts two things: it stays behind the first of them. A label that fits into a row
    is not broken.
    """
    if line.exact or width is None:
        yield _indented(line.spans, line.indent)
        return
    row: list[Fragment] = []
    gap: list[Fragment] = []
    indent = line.indent
    for is_gap, word in _words(line.spans, width - indent - _KEY):
        if is_gap:
            gap = word
        elif row and indent + _columns(row) + _columns(gap) + _columns(word) > width:
            yield _indented(row, indent)
            row, gap, indent = word, [], line.indent + line.hang
        else:
            row, gap = row + gap + word, []
    yield _indented(row, indent)


def _words(spans: tuple[Fragment, ...], room: int) -> Iterator[tuple[bool, list[Fragment]]]:
    """White space and words by turns; a word may be of several styles, and is a whole label that has room."""
    pieces = (
        (style, piece)
        for style, words in spans
        for piece in ([words] if style == LABEL and _columns([(style, words)]) <= room else _PIECE.findall(words))
    )
    for is_gap, run in groupby(pieces, key=lambda span: span[1].isspace()):
        yield is_gap, list(run)


def _columns(spans: list[Fragment]) -> int:
    # A tenth of a second to import, and of no use in a pipe.
    from wcwidth import wcswidth

    return sum(max(0, wcswidth(words)) for _, words in spans)


def _indented(spans: list[Fragment] | tuple[Fragment, ...], indent: int) -> list[Fragment]:
    return [("", " " * indent), *spans] if indent else list(spans)
