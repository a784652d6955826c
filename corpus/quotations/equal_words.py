"""Equal words: which words of a quotation are a text's, in order; each with its position there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.language.written_forms import numbers_and_dates
from corpus.quotations.parse import QuotedWord
from corpus.quotations.token_index import TokenIndex

_Pair = tuple[int, int]
"""A word of the quotation, and the position of the text's where it is the same."""


def equal_words(index: TokenIndex, start: int, end: int, words: Sequence[QuotedWord]) -> list[_Pair]:
    """Words of the quotation, counted from 0, that are in the text there, in order; each with its position.

    Of a typed word that was cut into several, none is the text's but with all others: there is no “was” in “wasn't”.
    """
    from rapidfuzz.distance import Levenshtein

    quoted = index.numbers_of([word.key for word in words])
    blocks = Levenshtein.opcodes(index.key_numbers(start, end), quoted).as_matching_blocks()
    found = {block.b + n: start + block.a + n for block in blocks for n in range(block.size)}
    for first, last in typed_words(words) if not all(word.form for word in words) else ():
        at = found.get(first)
        if last - first > 1 and (at is None or any(found.get(n) != at + n - first for n in range(first, last))):
            for n in range(first, last):
                found.pop(n, None)
    return list(found.items())


def typed_words(words: Sequence[QuotedWord]) -> Iterator[_Pair]:
    """From which word on to before which other one a single one was typed: most often one of them."""
    first = 0
    for n in range(1, len(words) + 1):
        if n == len(words) or words[n].form:
            yield first, n
            first = n


def comparable_words(index: TokenIndex, start: int, end: int, words: Sequence[QuotedWord]) -> list[_Pair]:
    """Equal words without those that are a part of a number or of a date, the rest of which is written otherwise."""
    return without_parts_of_dates(index, start, end, words, equal_words(index, start, end, words))


def without_parts_of_dates(
    index: TokenIndex, start: int, end: int, words: Sequence[QuotedWord], equal: Sequence[_Pair]
) -> list[_Pair]:
    """The same of equal words that are known.

    Where a date has as many words, those that differ tell which one is meant: 25 October, 24 October.
    """
    of_typed = set(numbers_and_dates([word.key for word in words]))
    of_own = {(start + first, start + last) for first, last in numbers_and_dates(index.keys[start:end])}
    found = dict(equal)
    for side, spans, others in ((0, of_typed, of_own), (1, of_own, of_typed)):
        for span in spans:
            if not _is_in_step(equal, side, span, others):
                for n, _ in _within(equal, side, span):
                    found.pop(n, None)
    return list(found.items())


def _is_in_step(equal: Sequence[_Pair], side: int, span: _Pair, others: set[_Pair]) -> bool:
    """Whether the words of a date are the other side's, or stand in the places of those of a date there."""
    first, last = span
    within = _within(equal, side, span)
    shifts = {one[1 - side] - one[side] for one in _within(equal, side, (first - 1, last + 1))}
    if len(shifts) != 1:
        return False
    shift = min(shifts)
    return len(within) == last - first or (first + shift, last + shift) in others


def _within(equal: Sequence[_Pair], side: int, span: _Pair) -> list[_Pair]:
    """Those of equal words that are in a span of the quotation, side 0, or of the text."""
    return [one for one in equal if span[0] <= one[side] < span[1]]
