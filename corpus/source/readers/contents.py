"""Tables of contents that a file does not mark as such: runs of short lines that name the headings which follow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from corpus.source.readers.document import CONTENTS, Block, Document, Draft

_RUN = 3
_TITLES = re.compile(r"(?:table of )?contents", re.I)
_LEADERS = re.compile(r"(?<![\s.·…_])[\s.·…_]*(?:\s(?:[0-9]{1,4}|[ivxlc]{1,7}))?$", re.I)
_PAGE = re.compile(r"\s[0-9]{1,4}$")
_NUMBER = re.compile(r"^(?:chapter\s+)?(?:[0-9]+(?:\.[0-9]+)*\.?|[ivxlc]+\.)\s+", re.I)


def without_contents(document: Document) -> Document:
    """The document without its table of contents, which is listed among what is left out."""
    last = {key: number for number, block in enumerate(document.blocks) for key in _headings(block)}
    runs = list(_preceding(document.blocks, list(_runs(document.blocks, last))))
    if not runs:
        return document
    draft = Draft(document.metadata, omissions=list(document.omissions), joined=list(document.joined))
    left_out = {number for run in runs for number in run}
    for number, block in enumerate(document.blocks):
        if number in left_out or (number + 1 in left_out and _is_title(block)):
            draft.omit(f"{block.marker} {block.words}", CONTENTS)
        else:
            draft.blocks.append(block)
    return draft.document()


def _headings(block: Block) -> list[str]:
    """The lines of a heading, as they are compared: none that ends with a page's number, as in a table of contents."""
    lines = _lines(block) if block.kind == "heading" else []
    return [key for line in lines if not _PAGE.search(line) and (key := _key(line))]


def _runs(blocks: tuple[Block, ...], last: Mapping[str, int]) -> Iterator[range]:
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and _names_headings(blocks[end], end, last):
            end += 1
        lines = sum(len(_lines(block)) for block in blocks[start:end])
        if lines >= _RUN or (end > start and start and _is_title(blocks[start - 1])):
            yield range(start, end)
        start = max(end, start + 1)


def _names_headings(block: Block, number: int, last: Mapping[str, int]) -> bool:
    """Whether most lines of a paragraph are headings of the document, or those of a heading come again.

    `last` is where each heading comes last.
    """
    lines = _lines(block)
    after = number if _headings(block) else -1
    known = sum(last.get(_key(line), -1) > after for line in lines)
    return len(block.words) < 120 * len(lines) and 2 * known > len(lines)


def _preceding(blocks: tuple[Block, ...], runs: Sequence[range]) -> Iterator[range]:
    """The runs whose headings come again behind them, the last run first."""
    behind: Counter[str] = Counter()
    end = len(blocks)
    for run in reversed(runs):
        behind.update(key for block in blocks[run.stop : end] for key in _headings(block))
        end = run.stop
        if _precedes(blocks[run.start : run.stop], behind):
            yield run


def _precedes(run: Sequence[Block], behind: Mapping[str, int]) -> bool:
    """Whether the headings in a run, if there are any, come as often `behind` it as in it.

    So they do in a table of contents. “BOOK I”, “CHAPTER I” and “I” below each other only begin a book.
    """
    within = Counter(key for block in run for line in _lines(block) if (key := _key(line)))
    if not any(map(_headings, run)):
        return True
    named = sum(behind.get(key, 0) == times for key, times in within.items())
    return 2 * named > len(within)


def _is_title(block: Block) -> bool:
    return bool(_TITLES.fullmatch(block.words.strip(" .:")))


def _lines(block: Block) -> list[str]:
    return [line for line in block.words.split("\n") if line.strip()]


def _key(line: str) -> str:
    bare = _LEADERS.sub("", _NUMBER.sub("", line.strip()))
    return re.sub(r"[\W_]+", " ", bare).casefold().strip()
