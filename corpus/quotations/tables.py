"""Tables of Markdown in what people paste: each row becomes a block quote, with its other cells as a signature."""

from __future__ import annotations

import re
from itertools import pairwise

_ROW = re.compile(r"[ \t]*\|(?!\|)(.*[^|])\|[ \t]*")
_RULE = re.compile(r"(?:[ \t]*\|)?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?)?[ \t]*")
_NUMBER = 3  # figures of the number of a row; a year has more
_CELLS = re.compile(r"(?<!\\)\|")


def without_tables(message: str) -> str:
    """A message with the rows of its tables as block quotes, and without their heads."""
    if "|" not in message:
        return message
    lines = message.split("\n")
    heads = {one for one, other in pairwise(range(len(lines))) if _RULE.fullmatch(lines[other])}
    kept = (line for n, line in enumerate(lines) if n not in heads and not _RULE.fullmatch(line))
    return "\n".join(map(_quoted, kept))


def _quoted(line: str) -> str:
    """A row as a block quote of its longest cell; any other line as it is."""
    row = _ROW.fullmatch(line)
    cells = [cell.strip() for cell in _CELLS.split(row[1])] if row else []
    if len(cells) < 2:
        return line
    longest = max(cells, key=len)
    others = [one for one in cells if one and one is not longest and (len(one) > _NUMBER or not one.isdecimal())]
    return f"\n> {longest}\n" + (f"> — {', '.join(others)}\n" if others else "")
