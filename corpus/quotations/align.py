"""Alignment of quoted words with the texts: exact, in order with words left out, nearest, or in matching blocks."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from corpus.quotations.diff import equal_words
from corpus.quotations.parse import Fragment, QuotedWord
from corpus.quotations.token_index import TokenIndex
from corpus.search.query import MIN_RUN

_BUCKET = 8  # words by which two places may be apart and still vote for one passage
_CANDIDATES = 4
_VOTERS = 12  # words, the rarest, that say where to look
_FAR = 40  # words that a passage may be longer or shorter than the quotation
_TINY = 3  # words: a smaller fragment stands wherever one looks
_STOPS = frozenset(".!?…")  # that end a sentence
_REACH = 60  # words that an elision beside a tiny fragment may leave out


class Alignment(NamedTuple):
    """Positions `start:end` of the texts aligned with a quotation, of whose words `equal` (counted from 0) are there.

    From position `first` to before `last` is the part of it that begins and ends with such a word.
    """

    start: int
    end: int
    equal: tuple[int, ...]
    first: int
    last: int


class MatchingBlock(NamedTuple):
    """Words `first:last` of the quotation that stand side by side in the texts, from position `start` on."""

    first: int
    last: int
    start: int


def ordered_matches(index: TokenIndex, fragments: Sequence[Fragment]) -> list[tuple[int, ...]]:
    """Every way in which all fragments stand in one text, in order: where each starts. The closest together first."""
    found = [index.find([word.key for word in fragment]) for fragment in fragments]
    if len(fragments) == 1:
        return [(start,) for start in found[0]]
    ways = [way for first in found[0] if (way := _way(index, first, found, fragments))]
    return sorted(ways, key=lambda way: way[-1] - way[0])


def _way(index: TokenIndex, first: int, found: Sequence[list[int]], fragments: Sequence[Fragment]) -> tuple[int, ...]:
    _, border = index.bounds(first)
    way = [first]
    for n, starts in enumerate(found[1:], 1):
        end = way[-1] + len(fragments[n - 1])
        place = bisect_left(starts, end)
        reach = _REACH if min(len(fragments[n - 1]), len(fragments[n])) < _TINY else border
        if place == len(starts) or starts[place] >= border or starts[place] - end > reach:
            return ()
        way.append(starts[place])
    return tuple(way)


def exact_alignment(start: int, many: int) -> Alignment:
    """The alignment of words that stand at a position as they are."""
    return Alignment(start, start + many, tuple(range(many)), start, start + many)


def nearest_alignment(index: TokenIndex, words: Sequence[QuotedWord]) -> Alignment | None:
    """The alignment of least edit distance: the fewest words left out, added or changed.

    Of a quotation that stands in the texts as it is, `TokenIndex.find` tells.
    """
    keys = [word.key for word in words]
    best = _spanned(index, keys, matching_blocks(index, words))
    for position, offset in _shortlist(index, keys):
        if best and len(best.equal) >= len(keys) - 1:
            break
        one = _fitted(index, keys, position, offset)
        if best is None or _merit(one) > _merit(best):
            best = one
    return best


def _spanned(index: TokenIndex, keys: Sequence[str], found: Sequence[MatchingBlock]) -> Alignment | None:
    """From the first piece to the last, where they follow each other in one text and not too far apart."""
    if len(found) < 2:
        return None
    start = found[0].start - found[0].first
    end = found[-1].start + len(keys) - found[-1].first
    low, high = index.bounds(found[0].start)
    ordered = all(one.start + one.last - one.first <= other.start for one, other in pairwise(found))
    if not ordered or end - start > 2 * len(keys) or start < low or end > high:
        return None
    return _beside(index, keys, start, end)


def _merit(one: Alignment) -> tuple[int, int, int]:
    return len(one.equal), one.start - one.end, -one.start


def _shortlist(index: TokenIndex, keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Positions that many words of the quotation stand near, and where the quotation would start, best first."""
    votes: Counter[int] = Counter()
    voters: dict[int, tuple[int, int]] = {}
    known = [n for n, key in enumerate(keys) if index.positions(key)]
    for n in sorted(known, key=lambda n: len(index.positions(keys[n])))[:_VOTERS]:
        positions = index.positions(keys[n])
        for position in positions:
            for bucket in {(position - n) // _BUCKET, (position - n + _BUCKET // 2) // _BUCKET}:
                votes[bucket] += 1_000_000 // len(positions)  # a rare word says more
                voters.setdefault(bucket, (position, position - n))
    chosen: list[int] = []
    for bucket, _ in votes.most_common(3 * _CANDIDATES):
        if all(abs(bucket - other) > 1 for other in chosen) and len(chosen) < _CANDIDATES:
            chosen.append(bucket)
            yield voters[bucket]


def _fitted(index: TokenIndex, keys: Sequence[str], position: int, offset: int) -> Alignment:
    """The span around `offset`, in the text of `position`, that is nearest to the quotation."""
    low, high = index.bounds(position)
    many, far = len(keys), min(max(6, len(keys) // 2), _FAR)

    def cost(start: int, end: int) -> tuple[int, int, int]:
        return Levenshtein.distance(index.keys[start:end], keys), abs(end - start - many), start - end

    def best_start(middle: int, end: int | None) -> int:
        starts = range(max(low, middle - far), max(low, min(middle + far, (end or high) - 1)) + 1)
        return min(starts, key=lambda start: (*cost(start, end or min(start + many, high)), abs(start - middle)))

    start = best_start(min(max(offset, low), high - 1), None)
    ends = range(max(start + 1, start + many - far), min(start + many + far, high) + 1)
    end = min(ends or [high], key=lambda end: cost(start, end))
    start = best_start(start, end)
    return _beside(index, keys, start, end)


def _beside(index: TokenIndex, keys: Sequence[str], start: int, end: int) -> Alignment:
    equal = equal_words(index, start, end, keys)
    first, last = (equal[0][1], equal[-1][1] + 1) if equal else (start, end)
    return Alignment(start, end, tuple(n for n, _ in equal), first, last)


def matching_blocks(index: TokenIndex, words: Sequence[QuotedWord]) -> list[MatchingBlock]:
    """The matching blocks: the quotation cut, from its beginning, into the longest runs that stand in the texts.

    A run has MIN_RUN words at least, or is a whole sentence of both.
    """
    keys = [word.key for word in words]
    found: list[MatchingBlock] = []
    n = 0
    while n < len(keys):
        block = _longest(index, keys, n, found[-1] if found else None)
        if block.last - n >= MIN_RUN or _is_sentence(index, words, block):
            found.append(block)
            n = block.last
        else:
            n += 1
    return found


def _is_sentence(index: TokenIndex, words: Sequence[QuotedWord], block: MatchingBlock) -> bool:
    """Whether a block is one or more whole sentences, of the quotation and of the text."""
    ends = block.last == len(words) or not _STOPS.isdisjoint(words[block.last - 1].after)
    starts = not block.first or not _STOPS.isdisjoint(words[block.first - 1].after)
    many = block.last - block.first
    whole = index.starts_sentence(block.start) and index.starts_sentence(block.start + many)
    return many > 1 and starts and ends and whole


def _longest(index: TokenIndex, keys: Sequence[str], first: int, before: MatchingBlock | None) -> MatchingBlock:
    starts = list(index.positions(keys[first]))
    last = first
    while starts:
        last += 1
        longer = [s for s in starts if last < len(keys) and index.keys[s + last - first] == keys[last]]
        if not longer:
            break
        starts = longer
    # Of several places, the one that goes on where the block before ends, or else one that begins a sentence.
    follows = (s for s in starts if before and s >= before.start + before.last - before.first)
    whole = (s for s in starts if index.starts_sentence(s))
    return MatchingBlock(first, last, next(chain(follows, whole, starts, [0])))


def are_contiguous(found: Sequence[MatchingBlock]) -> bool:
    """Whether each block goes on where the one before ends."""
    return all(one.start + one.last - one.first == other.start for one, other in pairwise(found))
