"""Elisions: what a quotation leaves out where it has “…”, and whether who reads it can tell that it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from corpus.quotations.significance import are_negations
from corpus.quotations.token_index import TokenIndex
from corpus.quotations.token_rows import ELISION


class Elision(Struct, frozen=True):
    """What a quotation leaves out where it has “…”.

    `negates`: a negation is among it, in the sentence in which the quotation goes on. `is_hidden`: the text has a “…”
    of its own right before or after it, and no brackets say that this one is somebody else's.
    """

    words: int
    paragraphs: int
    negates: bool
    is_hidden: bool


def elisions_between(
    index: TokenIndex, ranges: Sequence[tuple[int, int]], in_brackets: Sequence[bool]
) -> Iterator[Elision]:
    """What is left out between ranges of positions that follow each other; `in_brackets`: which say so with “[…]”."""
    for ((_, end), (after, _)), is_marked in zip(pairwise(ranges), in_brackets, strict=False):
        if after > end:
            negates = are_negations(index.keys[max(end, index.sentence_start(after)) : after])
            is_own = any(ELISION in index.punctuation[one - 1] for one in (end, after))
            yield Elision(after - end, len(index.spans(end - 1, after + 1)), negates, is_own and not is_marked)
