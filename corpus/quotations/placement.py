"""The placement of a quotation's fragments: each beside the passage that it is nearest to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from corpus.language.english import STOP_WORDS
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

_NEAR = 0.4  # of the words, and of those of weight: a passage that keeps fewer is not worth showing
_NEAR_CONTENT = 2  # words: nor is one that shares a single word of weight
_NAMED = 0.8  # of the words: a quotation that keeps more is that of a name or title, even if it keeps nothing else


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


def unplaced_fragments(fragments: Sequence[Fragment], placed: Sequence[Placement]) -> Iterator[Fragment]:
    """The fragments that are near no passage: no text has anything of them."""
    offsets = {n for one in placed for n in range(one.offset, one.offset + len(one.fragment))}
    starts = accumulate(map(len, fragments), initial=0)
    return (fragment for fragment, start in zip(fragments, starts, strict=False) if start not in offsets)


def is_near(one: Placement) -> bool:
    """Whether a passage has enough of a quotation's words to be worth showing."""
    keys = keys_of(one.fragment)
    content = content_words(keys)
    own = len(content.intersection(one.at.equal))
    return len(one.at.equal) >= _NEAR * len(keys) and own >= max(_NEAR * len(content), _NEAR_CONTENT)


def content_words(keys: Sequence[str]) -> set[int]:
    """Which of the words say something by themselves."""
    return {n for n, key in enumerate(keys) if key not in STOP_WORDS}


def shares_only_a_name(index: TokenIndex, placed: Sequence[Placement]) -> bool:
    """Whether a quotation has nothing of its passage but a name, as “The Provisional Government has fallen” has."""
    if len(placed) != 1:
        return False
    fragment, at, _ = placed[0]
    is_unbroken = at.equal[-1] - at.equal[0] + 1 == len(at.equal) == at.last - at.first
    if not is_unbroken or len(at.equal) > _NAMED * len(fragment):
        return False
    own = zip(index.forms[at.first : at.last], index.keys[at.first : at.last], strict=True)
    content = [form for form, key in own if key not in STOP_WORDS]
    return all(form[0].isupper() for form in content) and not all(map(str.isupper, content))


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
