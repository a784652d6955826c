"""Headings that a file does not mark as such: paragraphs which are nothing but “Chapter 2”, or a day of a diary."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec import structs

from corpus.date_reading import read_date
from corpus.errors import NotUnderstood
from corpus.language.division_headings import division_heading
from corpus.source.readers.document import Block, Document

_LEVEL: Final = 2
_DAYS: Final = 3
"""The level of a day's heading, and how many days make a diary: a letter has one or two."""
_A_DAY: Final = 25
"""Paragraphs of a day, on average at most: in other books dates that stand by themselves are sentences."""
_LONGEST: Final = 40


def with_headings(document: Document) -> Document:
    """The document in which each paragraph that is the heading of a division is one."""
    blocks = (_as_heading(one, _LEVEL) if division_heading(one.words) else one for one in document.blocks)
    return structs.replace(document, blocks=tuple(blocks))


def with_days(document: Document) -> Document:
    """The document in which the days of a diary are headings, where there are several with words below them."""
    known = {words: is_day(words) for words in {block.words for block in document.blocks}}
    days = [known[block.words] for block in document.blocks]
    above_words = sum(day and not following for day, following in pairwise(days))
    if above_words < max(_DAYS, 0.8 * sum(days), len(days) / _A_DAY):
        return document
    return structs.replace(document, blocks=tuple(_day_headings(document.blocks, days)))


def _day_headings(blocks: Sequence[Block], days: Sequence[bool]) -> list[Block]:
    return [_as_heading(block, _DAYS) if day else block for block, day in zip(blocks, days, strict=True)]


def is_day(words: str) -> bool:
    """Whether words are nothing but the date of a day."""
    if len(words) > _LONGEST or not any(map(str.isdigit, words)):
        return False
    try:
        date = read_date(words.rstrip(".:"))
    except NotUnderstood:  # such as 3/4/1917, which is a day for all that
        return True
    return date is not None and date.day is not None


def _as_heading(block: Block, level: int) -> Block:
    is_plain = block.kind == "paragraph" and not (block.marker or block.speaker or block.is_quoted)
    return structs.replace(block, kind="heading", level=level) if is_plain else block
