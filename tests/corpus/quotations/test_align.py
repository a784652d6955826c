"""Alignment: the passage that an altered quotation is nearest to, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

import pytest

from corpus.corpus import Corpus
from corpus.quotations.align import matching_blocks, nearest_alignment
from corpus.quotations.parse import parse_quotation
from corpus.quotations.token_index import TokenIndex

ODD = "zqxjk"
FAR = 200  # words from a passage: what stands there is no part of it

Disturb = Callable[[TokenIndex, int, list[str]], list[str]]
"""Changes the words of a passage, which begins at a position."""


def passages(index: TokenIndex, many: int, step: int) -> list[int]:
    """Where passages of so many words begin that lie in one text."""
    starts = range(0, len(index.keys) - many, step)
    return [start for start in starts if start + many <= index.bounds(start)[1]]


@cache
def rare_phrases(index: TokenIndex, many: int) -> list[int]:
    """Where so many words begin that stand once each."""
    once = [index.times(key) == 1 for key in index.keys[:]]
    return [n for n in range(index.size - many + 1) if all(once[n : n + many])]


def far_from(start: int, places: list[int]) -> list[int]:
    return [place for place in places if abs(place - start) > FAR]


def added(index: TokenIndex, start: int, own: list[str]) -> list[str]:
    return [word for n, one in enumerate(own) for word in ([one, ODD] if n % 2 else [one])]


def changed(index: TokenIndex, start: int, own: list[str]) -> list[str]:
    return [ODD if n % 4 == 3 else one for n, one in enumerate(own)]


def changed_and_cut(index: TokenIndex, start: int, own: list[str]) -> list[str]:
    """A fifth of the words left out in the middle, without an elision."""
    return changed(index, start, own[: len(own) * 2 // 5] + own[len(own) * 3 // 5 :])


def with_rare_words(index: TokenIndex, start: int, own: list[str]) -> list[str]:
    """Words added that say more of where to look than most of the passage's own, and stand elsewhere, one by one."""
    places = Random(start).sample(far_from(start, rare_phrases(index, 1)), len(own) // 3)
    return [word for n, one in enumerate(own) for word in ([one, index.forms[places[n // 3]]] if n % 3 == 2 else [one])]


def with_a_rare_phrase(index: TokenIndex, start: int, own: list[str]) -> list[str]:
    """Three words added that stand elsewhere side by side."""
    broken = [word for n, one in enumerate(own) for word in ([one, ODD] if n % 3 == 2 else [one])]
    place = Random(start).choice(far_from(start, rare_phrases(index, 3)))
    middle = len(broken) // 2
    return [*broken[:middle], *index.forms[place : place + 3], *broken[middle:]]


@pytest.mark.parametrize(
    ("disturb", "many", "step"),
    [(added, 15, 5), (changed, 15, 5), (changed_and_cut, 80, 80), (with_rare_words, 30, 20),
     (with_a_rare_phrase, 12, 20)],
)  # fmt: skip
async def test_no_disturbance_hides_a_passage(corpus: Corpus, disturb: Disturb, many: int, step: int) -> None:
    index = corpus.token_index
    for start in passages(index, many, step):
        own = index.forms[start : start + many]
        typed = disturb(index, start, own)
        parsed = parse_quotation(index, " ".join(typed))
        found = nearest_alignment(index, parsed.words, matching_blocks(index, parsed.words))
        assert found is not None
        kept = [word for word in typed if word in own]
        assert len(found.equal) >= len(kept), (start, typed)
        assert found.start < start + many
        assert found.end > start
