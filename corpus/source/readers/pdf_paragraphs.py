"""From the lines of a PDF's pages to paragraphs and headings, by size, gaps, indents and how full a line is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from corpus.source.readers.document import Block, Draft
from corpus.text_model import Address

_GAP = 1.45  # of the usual distance between lines: more of it begins a paragraph
_LARGE = 1.12  # of the body's size: more of it is a heading
_FULL = 0.85  # of the column: a line that ends sooner may end its paragraph
_MIDDLES = (0.5, 0.48, 0.52, 0.45, 0.55)  # of the width: where the gap between two columns may be
_A_COLUMN = 0.25  # of the lines are in each of two columns at least
_CROSSING = 0.1  # of the lines may cross the gap: titles, tables
_ENDS = re.compile(r"[.!?…:;][”’\"')\]»]*$")
_MARKER = re.compile(r"(?:[•‣◦▪–—-]|\(?[0-9]{1,3}[.)])(?=\s)")


class Line(NamedTuple):
    """A line of a page, with its left and right edge and its baseline in points from the page's lower left corner."""

    words: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool


@dataclass
class _Measures:
    """What is usual in this file: the body's size, the distance of its lines, its column."""

    size: float
    pitch: float
    columns: tuple[tuple[float, float], ...]
    """(left, right) of each column of the page, from the left."""

    def right(self, line: Line) -> float:
        """The right edge of the column in which a line begins."""
        return next((right for left, right in reversed(self.columns) if line.left >= left), self.columns[0][1])


@dataclass
class _Paragraph:
    words: str
    size: float
    bold: bool
    last: Line
    addresses: list[Address] = field(default_factory=list)


def add_paragraphs(pages: Sequence[tuple[str, Sequence[Line]]], draft: Draft) -> None:
    """Adds the paragraphs of all pages, each page with its label, to `draft`; those cut by a page's end are joined."""
    lines = [line for _, of_page in pages for line in of_page]
    if not lines:
        return
    usual = _measure(pages, lines)
    held: _Paragraph | None = None
    vocabulary = _vocabulary(lines)
    for label, of_page in pages:
        for number, line in enumerate(of_page):
            is_first = number == 0
            if held is not None and _continues(held, line, usual, is_first=is_first):
                start = _append(held, line, draft, vocabulary)
            else:
                _finish(held, usual, draft)
                held, start = _Paragraph(line.words, line.size, line.bold, line), 0
            if is_first:
                held.addresses.append(Address("page", label, start))
    _finish(held, usual, draft)


def _measure(pages: Sequence[tuple[str, Sequence[Line]]], lines: Sequence[Line]) -> _Measures:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.words)
    size = sizes.most_common(1)[0][0]
    steps = [
        one.baseline - two.baseline
        for _, of_page in pages
        for one, two in pairwise(of_page)
        if one.size == two.size == size and 0 < one.baseline - two.baseline < 4 * size
    ]
    body = [line for line in lines if line.size == size]
    return _Measures(size, _lower_median(steps) if steps else 1.2 * size, _columns(body))


def _columns(lines: Sequence[Line]) -> tuple[tuple[float, float], ...]:
    """The one column or the two in which the lines are, by a gap in the middle that hardly any line crosses."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    for share in _MIDDLES:
        middle = left + share * (right - left)
        sides = [line for line in lines if line.right <= middle], [line for line in lines if line.left >= middle]
        if min(map(len, sides)) > _A_COLUMN * len(lines) and sum(map(len, sides)) > (1 - _CROSSING) * len(lines):
            return tuple((min(line.left for line in side), _usual_right(side)) for side in sides)
    return ((left, _usual_right(lines)),)


def _usual_right(lines: Sequence[Line]) -> float:
    rights = sorted(line.right for line in lines)
    return rights[int(0.9 * (len(rights) - 1))]


def _lower_median(values: Sequence[float]) -> float:
    """The usual distance: gaps between paragraphs are in the upper half."""
    middle = median(values)
    return median([value for value in values if value <= middle])


def _continues(held: _Paragraph, line: Line, usual: _Measures, *, is_first: bool) -> bool:
    """Whether a line belongs to the paragraph before it."""
    if abs(line.size - held.size) > 0.06 * usual.size or (line.bold != held.bold and _is_heading(held, usual)):
        return False
    if _MARKER.match(line.words) and not _MARKER.match(held.words) and _ENDS.search(held.words):
        return False
    last = held.last
    if is_first:
        return not _ENDS.search(held.words) or line.words[:1].islower()
    step = last.baseline - line.baseline
    if step < -usual.pitch:  # the next column
        return not _ENDS.search(held.words)
    if step > _GAP * usual.pitch:
        return False
    ended = bool(_ENDS.search(last.words)) or bool(_MARKER.match(line.words))
    indented = line.left > last.left + 0.5 * usual.size
    short = last.right < _FULL * usual.right(last)
    return not (ended and (indented or short or (bool(_MARKER.match(line.words)) and line.left < last.left)))


def _append(held: _Paragraph, line: Line, draft: Draft, vocabulary: Counter[str]) -> int:
    """Adds a line and gives the offset at which its words begin."""
    broken = re.search(r"([^\W\d_]+)[-\u00ad\u2010]$", held.words)
    if broken and line.words[:1].islower():
        following = re.match(r"[^\W\d_]+", line.words)
        whole = broken[1] + (following[0] if following else "")
        keeps = held.words[-1] != "\u00ad" and vocabulary[f"{broken[1]}-{following[0] if following else ''}".lower()]
        held.words = held.words[:-1] + ("-" if keeps else "")
        draft.joined.append(whole)
    elif not held.words.endswith(("—", "–", "/")):
        held.words += " "
    start = len(held.words)
    held.words += line.words
    held.last = line
    return start


def _vocabulary(lines: Sequence[Line]) -> Counter[str]:
    """Words written with a hyphen inside a line: there the hyphen is the author's."""
    return Counter(word.lower() for line in lines for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", line.words))


def _finish(held: _Paragraph | None, usual: _Measures, draft: Draft) -> None:
    if held is None:
        return
    words = re.sub(r"[ \t]+", " ", held.words.replace("\u00ad", "-")).strip()
    if _is_heading(held, usual):
        draft.add(Block("heading", words, 1 if held.size > 1.5 * usual.size else 2, addresses=tuple(held.addresses)))
        return
    match = _MARKER.match(words)
    marker = match[0] if match else ""
    cut = len(words) - len(words[len(marker) :].lstrip())
    addresses = tuple(Address(one.scheme, one.value, max(0, one.start - cut)) for one in held.addresses)
    draft.add(Block("paragraph", words[cut:], marker=marker, addresses=addresses))


def _is_heading(held: _Paragraph, usual: _Measures) -> bool:
    is_large = held.size > _LARGE * usual.size
    return (
        (is_large or (held.bold and held.size >= usual.size)) and len(held.words) < 200 and not held.words.endswith(".")
    )
