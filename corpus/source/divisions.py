"""Divisions of a text that is being added: in which chapter or act a paragraph is, by the headings above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.language.division_headings import DivisionHeading, division_heading
from corpus.language.division_words import DIVISION, KINDS
from corpus.language.lazy_pattern import lazy_pattern
from corpus.source.readers.document import Block
from corpus.source.readers.headings import is_day

_NAMED: Final = lazy_pattern(rf"(?<!\w)({DIVISION})\s+([ivxlcdm]+|[0-9]+)\b", re.I)
_BARE: Final = lazy_pattern(r"[ivxlcdm]+|[0-9]+(?:\.[0-9]+)*\.?", re.I)
_NATURAL: Final = ("volume", "book", "part", "act", "chapter", "canto", "letter", "scene", "section", "article")
"""Kinds of divisions, the larger before those that are mostly within them."""


class Divisions:
    """Where a reader is among the divisions of a text: each heading opens some and ends others."""

    def __init__(self) -> None:
        self._open: dict[str, str] = {}
        """The number of each division that is open, by its kind, the larger first."""
        self._level = 0
        """Of the heading that opened the smallest."""
        self._is_read = False
        """Whether there was a paragraph since the last heading."""

    def read(self, block: Block) -> None:
        """One more block of the text."""
        if block.kind != "heading":
            self._is_read = True
            return
        found = list(_divisions(block))
        if found:
            for one in found:
                self._begin(one)
            self._level = block.level
        elif block.level < self._level:
            self._open.clear()
        self._is_read = False

    def addresses(self) -> dict[str, str]:
        """The number of each division in which a paragraph is that comes next, by its kind."""
        return dict(self._open)

    def _begin(self, one: DivisionHeading) -> None:
        """A division begins: those of its kind and within it end; where it is a preface or the like, all do."""
        kinds = list(self._open)
        if one.kind in self._open:
            kept = kinds[: kinds.index(one.kind)]
        elif one.kind not in _NATURAL:
            kept = []
        elif self._is_read:
            kept = [kind for kind in kinds if kind in _NATURAL and _NATURAL.index(kind) < _NATURAL.index(one.kind)]
        else:
            kept = kinds
        self._open = {kind: self._open[kind] for kind in kept}
        if one.number:
            self._open[one.kind] = one.number


def _divisions(block: Block) -> Iterator[DivisionHeading]:
    """The divisions that a heading opens, the larger first; a title that only names one opens it, too."""
    lines = [line.strip() for line in block.words.split("\n")]
    found = [one for line in lines for one in _of_line(line)]
    if found:
        yield from found
    elif match := _NAMED.search(lines[0]):
        yield DivisionHeading(KINDS[match[1].lower()], match[2].upper(), "")
    elif number := _bare_number(lines[0], block.level):
        yield DivisionHeading("chapter", number, "")


def _of_line(line: str) -> Iterator[DivisionHeading]:
    """What a line says, and the title in it: "Book II, Chapter 3"."""
    while found := division_heading(line):
        yield found
        line = found.title


def _bare_number(line: str, level: int) -> str:
    """The number with which the heading of a chapter begins, or that is all of it."""
    number = line.split()[0] if line else ""
    is_alone = number == line or number[:1].isdigit()
    is_chapter = level <= 2 and is_alone and _BARE.fullmatch(number) and not is_day(line)
    return number.rstrip(".").upper() if is_chapter else ""


def without_last_headings(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks up to the last paragraph, and the headings behind it, below which there is nothing."""
    end = max((n for n, block in enumerate(blocks, 1) if block.kind != "heading"), default=0)
    return tuple(blocks[:end]), tuple(blocks[end:])
