"""The placement of a quotation's fragments: each beside the passage that it is nearest to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.quotations.align import (
    REACH,
    TINY,
    Alignment,
    MatchingBlock,
    exact_alignment,
    matching_blocks,
    nearest_alignment,
)
from corpus.quotations.parse import Fragment
from corpus.quotations.token_index import TokenIndex

Blocks = Sequence[MatchingBlock]


class Placement(NamedTuple):
    """A fragment of a quotation, and the passage it comes from. `offset` counts the words before it."""

    fragment: Fragment
    at: Alignment
    offset: int


def place_fragments(index: TokenIndex, fragments: Sequence[Fragment], blocks: Sequence[Blocks]) -> list[Placement]:
    """The fragments beside the passages that they are nearest to: together where no elision is the quotation's own."""
    apart = _place_each(index, fragments, blocks)
    if len(fragments) == 1:
        return apart
    every = tuple(word for fragment in fragments for word in fragment)
    together = _place_each(index, [every], [matching_blocks(index, every)])
    return together if _cost(index, together) <= _cost(index, apart) + stray_words(apart) else apart


def stray_words(placed: Sequence[Placement]) -> int:
    """How many words are in tiny fragments that are too far from the one beside them to be from the same passage."""
    return sum(
        min(len(one.fragment), len(other.fragment))
        for one, other in pairwise(placed)
        if min(len(one.fragment), len(other.fragment)) < TINY and not 0 <= other.at.start - one.at.end <= REACH
    )


def _cost(index: TokenIndex, placed: Sequence[Placement]) -> int:
    """How many words have to be left out, added or changed."""
    from rapidfuzz.distance import Levenshtein

    beside = ((index.key_numbers(one.at.start, one.at.end), index.numbers_of(keys_of(one.fragment))) for one in placed)
    return sum(Levenshtein.distance(text, quoted) for text, quoted in beside)


def _place_each(index: TokenIndex, fragments: Sequence[Fragment], blocks: Sequence[Blocks]) -> list[Placement]:
    """Each after the one before, where it can be."""
    placed: list[Placement] = []
    offset = 0
    for fragment, of_fragment in zip(fragments, blocks, strict=True):
        keys = keys_of(fragment)
        end = placed[-1].at.end if placed else 0
        exact = index.find(keys)
        if len(exact):
            after = exact[exact >= end]
            start = int(after[0] if len(after) else exact[0])
            placed.append(Placement(fragment, exact_alignment(start, len(keys)), offset))
        elif at := nearest_alignment(index, fragment, of_fragment):
            placed.append(Placement(fragment, at, offset))
        offset += len(keys)
    return placed


def keys_of(fragment: Fragment) -> list[str]:
    return [word.key for word in fragment]


def is_one_passage(index: TokenIndex, placed: Sequence[Placement]) -> bool:
    """Whether all are in one text, in order."""
    texts = {index.text_of(one.at.start) for one in placed}
    return len(texts) == 1 and all(one.at.end <= other.at.start for one, other in pairwise(placed))
