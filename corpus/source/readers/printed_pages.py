"""What printing left in a plain text: numbers and heads of pages, numbers of lines, and hyphens at lines' ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from corpus.source.readers.document import RUNNING_HEAD, Draft

_FEWEST: Final = 3
"""Numbers one after the other that make a count of pages or lines; two may be anything."""
_GAP: Final = 4  # pages that may have no number, as where a chapter begins
_A_PAGE: Final = 5  # lines at least
_WIDEST: Final = 200  # characters of a line with a page's number
_BLANK: Final = 9  # lines around a page's number
_PAGE: Final = re.compile(
    r"[-–—\[({]*\s*(?:(?:page|pg\.?|p\.|seite|s\.|стр\.)\s*)?(?P<alone>[0-9]{1,4})\s*[-–—\])}.]*"
    r"|(?P<left>[0-9]{1,4})\s{2,}(?P<right_head>\S.{1,70})|(?P<left_head>\S.{0,70}\S)\s{2,}(?P<right>[0-9]{1,4})",
    re.I,
)
_INLINE: Final = re.compile(r"\[(?:Pg|Page|p\.) ?([0-9]{1,4})\] ?|\{([0-9]{1,4})\} ?", re.I)
_ENDED: Final = re.compile(r"[.!?:;…][”’\"')\]»]*$")
_LONG: Final = 5  # figures
_LINE_NUMBER: Final = "The number of a line."
BROKEN: Final = "The hyphen of a word that was broken at a line's end."
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEGUN: Final = re.compile(r"([^\W\d_]+)-$")
_LONGEST_WORD: Final = 40
_MOSTLY: Final = 3
_HEADING: Final = 2  # lines that are no verse


class _Number(NamedTuple):
    """A number in the margin: the line that has it, and what else is on the line."""

    line: int
    number: int
    rest: str


def without_pages(lines: Sequence[str], draft: Draft) -> list[str]:
    """The lines without the numbers and running heads of pages; a paragraph that one of them parted is whole again."""
    lines = _without_inline_numbers(lines, draft)
    found = {one.line for run in _runs(lines) for one in run}
    found |= _heads_beside(lines, found)
    kept: list[str] = []
    for number, line in enumerate(lines):
        if number not in found:
            kept.append(line)
            continue
        draft.omit(line, RUNNING_HEAD)
        following = (one for n, one in enumerate(lines[number : number + _BLANK], number) if n not in found)
        kept.append(_JOINT if _is_parted(_first(reversed(kept[-_BLANK:])), _first(following)) else "")
    return list(_joined(kept))


_JOINT: Final = "\0"
"""Stands for a line that was left out within a sentence, and for the blank lines around it."""


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """The lines without the joints, and without the blank ones beside them."""
    for number, line in enumerate(lines):
        before, behind = lines[max(0, number - _BLANK) : number], lines[number + 1 : number + _BLANK]
        if line != _JOINT and (line.strip() or _JOINT not in (_first(reversed(before)), _first(behind))):
            yield line


def _first(lines: Iterable[str]) -> str:
    """The first line with words, or nothing."""
    return next((line for line in lines if line.strip()), "")


def _is_parted(before: str, after: str) -> bool:
    """Whether a sentence goes on from one line to the next."""
    return bool(before.strip()) and not _ENDED.search(before.strip()) and after.strip()[:1].islower()


def _without_inline_numbers(lines: Sequence[str], draft: Draft) -> list[str]:
    """The lines without marks such as “[Pg 12]”, where they count the pages."""
    numbers = [int(match[1] or match[2]) for line in lines for match in _INLINE.finditer(line)]
    if len(numbers) < _FEWEST or numbers != sorted(numbers):
        return list(lines)

    def drop(match: re.Match[str]) -> str:
        draft.omit(match[0], RUNNING_HEAD)
        return ""

    return [_INLINE.sub(drop, line) if "[" in line or "{" in line else line for line in lines]


def _runs(lines: Sequence[str]) -> Iterator[list[_Number]]:
    """Runs of lines that number the pages: the numbers grow by one or a few, with a page's lines between."""
    run: list[_Number] = []
    for one in _page_lines(lines):
        if run and 0 < one.number - run[-1].number <= _GAP and one.line - run[-1].line > _A_PAGE:
            run.append(one)
            continue
        if run and one.line - run[-1].line <= _A_PAGE and one.number - run[-1].number != 1:
            continue  # another number on the same page
        if _numbers_pages(run, lines):
            yield run
        run = [one]
    if _numbers_pages(run, lines):
        yield run


def _page_lines(lines: Sequence[str]) -> Iterator[_Number]:
    for number, line in enumerate(lines):
        if len(line) <= _WIDEST and (match := _PAGE.fullmatch(line.strip())):
            shown = match["alone"] or match["left"] or match["right"]
            yield _Number(number, int(shown), match["right_head"] or match["left_head"] or "")


def _numbers_pages(run: Sequence[_Number], lines: Sequence[str]) -> bool:
    """Whether these are pages' numbers and no chapters': they part sentences, or have heads that come again."""
    if len(run) < _FEWEST:
        return False
    heads = Counter(one.rest.casefold() for one in run if one.rest)
    again = sum(times for times in heads.values() if times > 1)
    parted = sum(_parts(lines, one.line) for one in run)
    return 2 * max(again, 3 * parted) >= len(run)


def _parts(lines: Sequence[str], number: int) -> bool:
    """Whether a line is within a sentence; heads in capitals may be beside it."""
    before = reversed(lines[max(0, number - _BLANK) : number])
    behind = lines[number + 1 : number + _BLANK]
    return _is_parted(*(_first(one for one in near if not one.isupper()) for near in (before, behind)))


def _heads_beside(lines: Sequence[str], found: set[int]) -> set[int]:
    """Lines in capitals or by themselves that come again and again beside pages' numbers, and mostly there.

    What is elsewhere more often is no head, as a name above each speech of a play.
    """
    beside = {n for number in found for n in (*_beside(lines, number, 1), *_beside(lines, number, -1))}
    times = Counter(lines[number].strip() for number in beside)
    everywhere = Counter(map(str.strip, lines))
    heads = {line for line, many in times.items() if many >= _FEWEST and 2 * many >= everywhere[line]}
    return {number for number in beside if lines[number].strip() in heads}


def _beside(lines: Sequence[str], number: int, step: int) -> Iterator[int]:
    for other in range(number + step, number + _A_PAGE * step, step):
        if not 0 <= other < len(lines):
            return
        if lines[other].strip():
            beyond = lines[other + step : other + 2 * step : step] if other + step >= 0 else ()
            if lines[other].isupper() or not any(map(str.strip, beyond)):
                yield other
            return


def without_line_numbers(lines: Sequence[str], draft: Draft) -> list[str]:
    """The lines of verse without the numbers in their margin, which count the lines."""
    kept = list(lines)
    for numbered in (_numbered_right, _numbered_left):
        found = [one for number, line in enumerate(lines) if (one := numbered(number, line))]
        for one in _line_numbers(found, lines):
            draft.omit(str(one.number), _LINE_NUMBER)
            kept[one.line] = one.rest
    return kept


def _numbered_right(line: int, words: str) -> _Number | None:
    rest, _, number = words.rpartition("  ")
    number = number.strip()
    is_number = number.isdecimal() and len(number) < _LONG and rest.strip()
    return _Number(line, int(number), rest.rstrip()) if is_number else None


def _numbered_left(line: int, words: str) -> _Number | None:
    number, _, rest = words.strip().partition(" ")
    margin = len(words) - len(rest.lstrip())
    is_number = number.isdecimal() and len(number) < _LONG and rest
    return _Number(line, int(number), " " * margin + rest.lstrip()) if is_number else None


def _line_numbers(found: Sequence[_Number], lines: Sequence[str]) -> list[_Number]:
    """The numbers that grow by as much as there are lines to the next or the one before; none where most do not.

    There may be headings among the lines, but not between two numbers that are all there are.
    """
    is_full = [bool(line.strip()) for line in lines]
    headings = _HEADING if len(found) >= _FEWEST else 0
    counting = [
        (one, two)
        for one, two in pairwise(found)
        if two.number > one.number + 1
        and 0 <= sum(is_full[one.line : two.line]) - (two.number - one.number) <= headings
    ]
    if 4 * len(counting) < 3 * (len(found) - 1):
        return []
    return sorted({one for pair in counting for one in pair})


class Hyphens:
    """Whether the hyphen at a line's end is its author's, by how a text writes its words elsewhere."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._words = Counter(word.casefold() for line in lines for word in _WORD.findall(line))
        broken = [self._is_broken(one, two) for one, two in pairwise(lines)]
        self._breaks = broken.count(True) >= max(_FEWEST, _MOSTLY * broken.count(False))
        """Whether most of this text's hyphens at lines' ends only break a word."""

    def breaks(self, before: str, after: str) -> bool:
        """Whether the hyphen with which a line ends only breaks a word that goes on in the next."""
        known = self._is_broken(before, after)
        return self._breaks if known is None else known

    def _is_broken(self, before: str, after: str) -> bool | None:
        """The same, by the very word; None where it is nowhere else, and where no hyphen is."""
        begun, rest = _BEGUN.search(before.rstrip()[-_LONGEST_WORD:]), _WORD.match(after.lstrip())
        if not (begun and rest and rest[0][0].islower()):
            return None
        whole, parted = f"{begun[1]}{rest[0]}".casefold(), f"{begun[1]}-{rest[0]}".casefold()
        if self._words[whole] == self._words[parted]:
            return None
        return self._words[whole] > self._words[parted]
