"""What a message quotes: its blockquotes, else what stands in quotation marks, else all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BLOCK = re.compile(r"(?:^[ \t]*>[^\n]*(?:\n|$))+", re.MULTILINE)
_REST = re.compile(r"^[ \t]*>>>\s*(.+)", re.MULTILINE | re.DOTALL)
_MARKER = re.compile(r"^[ \t]*>+[ \t]?", re.MULTILINE)
_BY = re.compile(r"^[\s\"”’»)]*(?:[—–―]|--?\s)\s*(?P<name>[^\W\d_][^\n,(\[:;]{0,60})")
_LAST_LINE = re.compile(r"\n[ \t]*(?=(?:[—–―]|--?\s)[^\n]*\s*$)")
_PAIRS = {"“": "”", "„": "“”", "«": "»", '"': '"'}
_MOST_NAME_WORDS = 6


class Quotation(NamedTuple):
    """Quoted words, and the name that stands behind them after a dash, or nothing."""

    words: str
    speaker: str


def quotations(message: str) -> list[Quotation]:
    """The quotations of a message, in order; at least one."""
    found = [*_blocks(message)] or [*_in_marks(message)]
    return found or [_with_name(message, "")]


def _blocks(message: str) -> Iterator[Quotation]:
    if rest := _REST.search(message):
        yield _with_name(rest[1], "")
        return
    for block in _BLOCK.finditer(message):
        yield _with_name(_MARKER.sub("", block[0]), message[block.end() :])


def _in_marks(message: str) -> Iterator[Quotation]:
    """What stands between quotation marks; those within others belong to the words."""
    start, depth, closing = 0, 0, ""
    for n, mark in enumerate(message):
        if depth and mark in closing and not (mark == '"' and _opens(message, n)):
            depth -= 1
            if not depth:
                yield Quotation(message[start:n], _name(message[n + 1 :]))
        elif mark in _PAIRS and (mark != '"' or _opens(message, n)):
            start, closing = (n + 1, _PAIRS[mark]) if not depth else (start, closing)
            depth += (mark in closing or _PAIRS[mark] == closing) if depth else 1


def _opens(message: str, n: int) -> bool:
    """Whether a straight mark opens: it stands before a word and not behind one."""
    before, after = message[n - 1 : n], message[n + 1 : n + 2]
    return (not before or before.isspace() or before in "([—–-“") and bool(after) and not after.isspace()


def _with_name(words: str, after: str) -> Quotation:
    """Words whose last line, or what follows them, may say whose they are."""
    if cut := _LAST_LINE.search(words.rstrip()):
        return Quotation(words[: cut.start()], _name(words[cut.end() :]))
    return Quotation(words, _name(after))


def _name(after: str) -> str:
    match = _BY.match(after)
    name = match["name"].strip(" .*_") if match else ""
    return name if len(name.split()) <= _MOST_NAME_WORDS else ""
