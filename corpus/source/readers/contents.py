"""Tables of contents that a file does not mark as such: runs of short lines that name the headings which follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.source.readers.document import CONTENTS, Block, Document, Draft

_RUN = 3
_TITLES = re.compile(r"(?:table of )?contents", re.I)
_LEADERS = re.compile(r"[\s.·…_]*(?:\s(?:[0-9]{1,4}|[ivxlc]{1,7}))?$", re.I)
_PAGE = re.compile(r"\s[0-9]{1,4}$")
_NUMBER = re.compile(r"^(?:chapter\s+)?(?:[0-9]+(?:\.[0-9]+)*\.?|[ivxlc]+\.)\s+", re.I)


def without_contents(document: Document) -> Document:
    """The document without its table of contents, which is listed among what is left out."""
    titles = (line for block in document.blocks if block.kind == "heading" for line in _lines(block))
    headings = {_key(line) for line in titles if not _PAGE.search(line)} - {""}
    runs = list(_runs(document.blocks, headings))
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


def _runs(blocks: tuple[Block, ...], headings: set[str]) -> Iterator[range]:
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and _names_headings(blocks[end], headings):
            end += 1
        lines = sum(len(_lines(block)) for block in blocks[start:end])
        if lines >= _RUN or (end > start and start and _is_title(blocks[start - 1])):
            yield range(start, end)
        start = max(end, start + 1)


def _names_headings(block: Block, headings: set[str]) -> bool:
    """Whether most lines of a paragraph are headings of the document."""
    lines = _lines(block)
    if block.kind == "heading" and not all(map(_PAGE.search, lines)):
        return False
    known = sum(_key(line) in headings for line in lines)
    return len(block.words) < 120 * len(lines) and 2 * known > len(lines)


def _is_title(block: Block) -> bool:
    return bool(_TITLES.fullmatch(block.words.strip(" .:")))


def _lines(block: Block) -> list[str]:
    return [line for line in block.words.split("\n") if line.strip()]


def _key(line: str) -> str:
    bare = _LEADERS.sub("", _NUMBER.sub("", line.strip()))
    return re.sub(r"[\W_]+", " ", bare).casefold().strip()
