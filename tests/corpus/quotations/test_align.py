"""Alignment: the passage that an altered quotation is nearest to, wherever it stands."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.quotations.align import matching_blocks, nearest_alignment
from corpus.quotations.parse import parse_quotation
from corpus.quotations.token_index import TokenIndex

ODD = "zqxjk"
LONG = 15
"""Words of a passage. Every fourth is changed, or a word is added behind every second."""


def passages(index: TokenIndex, step: int) -> list[int]:
    """Where passages begin that lie in one text."""
    starts = range(0, len(index.keys) - LONG, step)
    return [start for start in starts if start + LONG <= index.bounds(start)[1]]


def with_added(words: list[str]) -> list[str]:
    return [word for n, one in enumerate(words) for word in ([one, ODD] if n % 2 else [one])]


@pytest.mark.parametrize("is_added", [True, False])
async def test_no_number_of_odd_words_in_between_hides_a_passage(corpus: Corpus, is_added: bool) -> None:
    index = corpus.token_index
    for start in passages(index, 5):
        own = [str(word) for word in index.forms[start : start + LONG]]
        typed = with_added(own) if is_added else [ODD if n % 4 == 3 else one for n, one in enumerate(own)]
        parsed = parse_quotation(index, " ".join(typed))
        found = nearest_alignment(index, parsed.words, matching_blocks(index, parsed.words))
        assert found is not None
        kept = sum(word != ODD for word in typed)
        assert len(found.equal) >= kept, (start, typed)
        assert found.start < start + LONG
        assert found.end > start
