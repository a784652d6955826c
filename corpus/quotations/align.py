"""Alignment of quoted words with the texts: exact, in order with words left out, nearest, or in matching blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from corpus.errors import OutOfTime
from corpus.quotations.alignment_edges import begin_with, end_with
from corpus.quotations.equal_words import equal_words, without_parts_of_dates
from corpus.quotations.parse import Fragment, QuotedWord
from corpus.quotations.token_arrays import places_in
from corpus.quotations.token_index import TokenIndex
from corpus.search.query import MIN_RUN
from corpus.work_budget import spend

if TYPE_CHECKING:
    from corpus.quotations.token_arrays import Positions

MOST_WAYS = 200
"""Ways in which a quotation is in the texts that are looked at one by one."""
_BUCKET = 8  # words by which two places may be apart and still vote for one passage
_CANDIDATES = 4
_VOTERS = 12  # words, the rarest, that say where to look
_MOST_VOTES = 300_000  # places that these words have in all: a word with more says nothing of where to look
_VOTE = 20  # steps of a work budget that it takes to count one of these
_COMPARISON = 100  # steps that it takes to begin an edit distance
_WORD = 64  # words that it compares in a step
_FAR = 40  # words that a passage may be longer or shorter than the quotation
TINY = 3
"""Words: a smaller fragment occurs wherever one looks."""
_STOPS = frozenset(".!?…")  # that end a sentence
REACH = 60
"""Words that an elision beside a tiny fragment may leave out."""


class Alignment(NamedTuple):
    """Positions `start:end` of the texts aligned with a quotation, of whose words `equal` (counted from 0) are there.

    From position `first` to before `last` is the part of it that begins and ends with such a word.
    """

    start: int
    end: int
    equal: tuple[int, ...]
    first: int
    last: int


class Matches(NamedTuple):
    """Ways in which fragments are in the texts, MOST_WAYS of them at most, and how many there are."""

    ways: list[tuple[int, ...]]
    total: int


class MatchingBlock(NamedTuple):
    """Words `first:last` of the quotation that are side by side in the texts, from position `start` on."""

    first: int
    last: int
    start: int

    @property
    def end(self) -> int:
        """The position after it."""
        return self.start + self.last - self.first


def ordered_matches(index: TokenIndex, fragments: Sequence[Fragment]) -> Matches:
    """The ways in which all fragments are in one text, in order: where each starts. The closest together first."""
    import numpy as np

    first, *others = [index.find([word.key for word in fragment]) for fragment in fragments]
    if not others:
        return Matches([(start,) for start in first[:MOST_WAYS].tolist()], len(first))
    ways, borders = first[:, None], index.text_ends(first)
    for (one, other), starts in zip(pairwise(fragments), others, strict=True):
        ends = ways[:, -1] + len(one)
        after = np.append(starts, np.iinfo(starts.dtype).max)[places_in(starts, ends)]
        is_tiny = min(len(one), len(other)) < TINY
        fits = (after < borders) & (after - ends <= (REACH if is_tiny else borders))
        ways, borders = np.column_stack((ways, after))[fits], borders[fits]
    closest = np.argsort(ways[:, -1] - ways[:, 0], kind="stable")[:MOST_WAYS]
    return Matches([tuple(way) for way in ways[closest].tolist()], len(ways))


def exact_alignment(start: int, many: int) -> Alignment:
    """The alignment of words that are at a position as they are."""
    return Alignment(start, start + many, tuple(range(many)), start, start + many)


def nearest_alignment(
    index: TokenIndex, words: Sequence[QuotedWord], blocks: Sequence[MatchingBlock]
) -> Alignment | None:
    """The alignment of least edit distance: the fewest words left out, added or changed. `blocks` are the words'.

    Of a quotation that is in the texts as it is, `TokenIndex.find` tells. Where time runs out, the best so far.
    """
    keys = [word.key for word in words]
    spanned = _spanned(index, words, blocks)
    tried = {spanned} if spanned else set()
    best = _beside(index, words, *spanned) if spanned else None
    with suppress(OutOfTime):
        for position, offset in islice(_shortlist(index, keys), _CANDIDATES):
            if best and len(best.equal) >= len(keys) - 1:
                break
            span = _fitted(index, keys, position, offset)
            if span not in tried:
                tried.add(span)
                one = _beside(index, words, *span)
                best = one if best is None else max(best, one, key=_merit)
    return best


def _spanned(index: TokenIndex, words: Sequence[QuotedWord], found: Sequence[MatchingBlock]) -> tuple[int, int] | None:
    """From the first piece to the last, where they follow each other in one text and not too far apart."""
    if len(found) < 2:
        return None
    start = found[0].start - found[0].first
    end = found[-1].start + len(words) - found[-1].first
    low, high = index.bounds(found[0].start)
    ordered = all(one.end <= other.start for one, other in pairwise(found))
    if not ordered or end - start > 2 * len(words) or start < low or end > high:
        return None
    return start, end


def _merit(one: Alignment) -> tuple[int, int, int]:
    return len(one.equal), one.start - one.end, -one.start


def _shortlist(index: TokenIndex, keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Positions that many words of the quotation are near, and where the quotation would start, best first."""
    import numpy as np

    voters = _voters(index, keys)
    if not voters:
        return
    spend(_VOTE * sum(len(found) for _, found in voters))
    positions = np.concatenate([found for _, found in voters])
    offsets = np.concatenate([found - n for n, found in voters])
    # A rare word says more.
    weights = np.concatenate([np.full(len(found), 1_000_000 // len(found)) for _, found in voters])
    one, other = offsets // _BUCKET, (offsets + _BUCKET // 2) // _BUCKET
    buckets = np.column_stack((one, other)).ravel()
    counted = np.column_stack((weights, np.where(one == other, 0, weights))).ravel()
    known, first, places = np.unique(buckets, return_index=True, return_inverse=True)
    votes = np.bincount(places, counted)
    chosen: list[int] = []
    for place in np.lexsort((first, -votes))[: 3 * _CANDIDATES]:
        bucket = int(known[place])
        if all(abs(bucket - seen) > 1 for seen in chosen):
            chosen.append(bucket)
            voter = first[place] // 2
            yield int(positions[voter]), int(offsets[voter])


def _voters(index: TokenIndex, keys: Sequence[str]) -> list[tuple[int, Positions]]:
    """The rarest words of the quotation, each with its place in it and where it is in the texts."""
    times = [index.times(key) for key in keys]
    rarest = sorted((n for n, many in enumerate(times) if many), key=lambda n: times[n])[:_VOTERS]
    sums = accumulate(times[n] for n in rarest)
    return [(n, index.positions(keys[n])) for n, total in zip(rarest, sums, strict=True) if total <= _MOST_VOTES]


def _fitted(index: TokenIndex, keys: Sequence[str], position: int, offset: int) -> tuple[int, int]:
    """The span around `offset`, in the text of `position`, that is nearest to the quotation."""
    from rapidfuzz.distance import Levenshtein

    low, high = index.bounds(position)
    many, far = len(keys), min(max(6, len(keys) // 2), _FAR)
    near = max(offset, low)
    begin = max(low, near - 2 * far)
    words, quoted = _as_characters(index.key_numbers(begin, min(high, near + many + 2 * far)), index.numbers_of(keys))

    spend(6 * far * (_COMPARISON + many * (1 + many // _WORD)))

    def cost(start: int, end: int) -> tuple[int, int, int]:
        return Levenshtein.distance(words[start - begin : end - begin], quoted), abs(end - start - many), start - end

    def best_start(middle: int, end: int | None) -> int:
        starts = range(max(low, middle - far), min(middle + far + 1, end or high))
        return min(starts, key=lambda start: (*cost(start, end or min(start + many, high)), abs(start - middle)))

    start = best_start(near, None)
    ends = range(min(max(start + 1, start + many - far), high), min(start + many + far, high) + 1)
    end = min(ends, key=lambda end: cost(start, end))
    return best_start(start, end), end


def _as_characters(words: Sequence[int], quoted: Sequence[int]) -> tuple[str, str]:
    """Two sequences with a character for each number: rapidfuzz hashes each item of a list, and none of a string."""
    characters = {number: chr(n) for n, number in enumerate({*words, *quoted})}
    return "".join(map(characters.__getitem__, words)), "".join(map(characters.__getitem__, quoted))


def _beside(index: TokenIndex, words: Sequence[QuotedWord], start: int, end: int) -> Alignment:
    equal = equal_words(index, start, end, words)
    if whole := without_parts_of_dates(index, start, end, words, equal):
        edges = begin_with(index, words, whole[0], start), end_with(index, words, whole[-1], end)
        if edges != (start, end):
            start, end = edges
            equal = equal_words(index, start, end, words)
    first, last = (equal[0][1], equal[-1][1] + 1) if equal else (start, end)
    return Alignment(start, end, tuple(n for n, _ in equal), first, last)


def matching_blocks(index: TokenIndex, words: Sequence[QuotedWord]) -> list[MatchingBlock]:
    """The matching blocks: the quotation cut, from its beginning, into the longest runs that are in the texts.

    A run has MIN_RUN words at least, or is a whole sentence of both. Where time runs out, those found so far.
    """
    found: list[MatchingBlock] = []
    with suppress(OutOfTime):
        found.extend(_matching_blocks(index, words))
    return found


def _matching_blocks(index: TokenIndex, words: Sequence[QuotedWord]) -> Iterator[MatchingBlock]:
    keys = [word.key for word in words]
    before: MatchingBlock | None = None
    n = 0
    while n < len(keys):
        fewest = 2 if _starts_sentence(words, n) else MIN_RUN
        block = _longest(index, keys, n, fewest, before)
        if block and (block.last - n >= MIN_RUN or _is_sentence(index, words, block)):
            yield block
            before, n = block, block.last
        else:
            n += 1


def _starts_sentence(words: Sequence[QuotedWord], n: int) -> bool:
    return not n or not _STOPS.isdisjoint(words[n - 1].after)


def _is_sentence(index: TokenIndex, words: Sequence[QuotedWord], block: MatchingBlock) -> bool:
    """Whether a block, which begins a sentence of the quotation, is one or more whole ones, there and in the text."""
    ends = block.last == len(words) or not _STOPS.isdisjoint(words[block.last - 1].after)
    return ends and index.starts_sentence(block.start) and index.starts_sentence(block.end)


def _longest(
    index: TokenIndex, keys: Sequence[str], first: int, fewest: int, before: MatchingBlock | None
) -> MatchingBlock | None:
    """The longest run of words from the `first` on that is in the texts, of `fewest` words at least."""
    for many in range(min(MIN_RUN, len(keys) - first), fewest - 1, -1):
        starts = index.find(keys[first : first + many])
        if len(starts):
            starts, many = index.extend(starts, keys[first:], many)
            return MatchingBlock(first, first + many, _likeliest(index, starts, before))
    return None


def _likeliest(index: TokenIndex, starts: Positions, before: MatchingBlock | None) -> int:
    """Of several places, the one that goes on where the block before ends, or else one that begins a sentence."""
    follows = starts[starts >= before.end] if before else starts[:0]
    for found in (follows, index.at_sentence_starts(starts)):
        if len(found):
            return int(found[0])
    return int(starts[0])


def are_contiguous(found: Sequence[MatchingBlock]) -> bool:
    """Whether each block goes on where the one before ends."""
    return all(one.end == other.start for one, other in pairwise(found))
