"""Where a message quotes: its block quotes, and what is between quotation marks, as slices of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Slice = tuple[int, int]

_QUOTED_LINE = re.compile(r"[ \t]*>+[ \t]?")
_REST = re.compile(r"^[ \t]*>>>[ \t]*", re.MULTILINE)
_PAIRS = {"“": "”", "„": "“”\"", "‟": "”", "”": "”", "«": "»", "»": "«", '"': '"', "‹": "›",  # noqa: RUF001 - all marks there are.
          "「": "」", "『": "』", "《": "》", "〈": "〉", "❝": "❞", "❮": "❯", "〝": "〞"}  # fmt: skip  # noqa: RUF001 - all marks there are.
_ALIKE = '"”'
"""Marks that open and close."""
_SINGLE = "‘'‚"  # noqa: RUF001 - what looks alike is what is meant.
_CLOSING = "’'‘"


def block_slices(plain: str) -> Iterator[Slice]:
    """Block quotes: lines side by side that begin with “>”; from “>>>” on, all."""
    if rest := _REST.search(plain):
        yield rest.start(), len(plain)
        return
    start, place = -1, 0
    for line in plain.splitlines(keepends=True):
        if _QUOTED_LINE.match(line):
            start = place if start < 0 else start
        elif start >= 0:
            yield start, place
            start = -1
        place += len(line)
    if start >= 0:
        yield start, place


def without_marks_of_block(block: str) -> str:
    """The lines of a block quote without their “>”."""
    return "".join(_QUOTED_LINE.sub("", line, count=1) for line in block.splitlines(keepends=True))


def blanked(text: str, slices: Iterable[Slice]) -> str:
    """The text with spaces for what is in the slices, which are in order."""
    pieces, position = [], 0
    for start, end in slices:
        pieces += [text[position:start], " " * (end - start)]
        position = end
    return "".join([*pieces, text[position:]])


def marked_slices(plain: str) -> list[Slice]:
    """What is between quotation marks; only where there are no double ones, between single ones."""
    return list(_double(plain)) or list(_single(plain))


def _double(plain: str) -> Iterator[Slice]:
    """Between the outermost marks: those within others belong to the words."""
    start, depth, closing = 0, 0, ""
    for n, mark in enumerate(plain):
        if depth and mark in closing and not (mark == '"' and _opens(plain, n)):
            depth -= 1
            if not depth:
                yield start, n
        elif mark in _PAIRS and (mark not in _ALIKE or _opens(plain, n)):
            if not depth:
                start, closing, depth = n + 1, _PAIRS[mark], 1
            elif mark in closing or _PAIRS[mark] == closing:
                depth += 1


def _single(plain: str) -> Iterator[Slice]:
    """In each line from a mark that opens to the last that closes, best one after a stop: others are apostrophes."""
    place = 0
    for line in plain.splitlines(keepends=True):
        start = next((n for n, mark in enumerate(line) if mark in _SINGLE and _opens(line, n)), len(line))
        ends = [n for n in range(start + 2, len(line)) if line[n] in _CLOSING and _closes(line, n)]
        behind_stops = [n for n in ends if line[n - 1] in ".,!?…;"]
        if ends:
            yield place + start + 1, place + (behind_stops or ends)[-1]
        place += len(line)


def _opens(plain: str, n: int) -> bool:
    """Whether a mark that may open or close opens: it is before a word and not after one."""
    before, after = plain[max(n - 1, 0) : n], plain[n + 1 : n + 2]
    return (not before or before.isspace() or before in "([—–-“>:") and bool(after) and not after.isspace()


def _closes(line: str, n: int) -> bool:
    return not line[n + 1 : n + 2].isalnum() and not line[n - 1].isspace()
