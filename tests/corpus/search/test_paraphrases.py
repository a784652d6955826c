"""Paraphrases in memory: they are ranked as FTS5 ranks them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.corpus import Corpus
from corpus.index_file import IndexFile
from corpus.search import paraphrases
from corpus.search.paraphrases import ParaphraseIndex, StemRanking
from tests.bench.paraphrases import SETS, read_set

TYPED = [one.typed for name in SETS for one in read_set(name).paraphrase]
WORDS = sorted({word for typed in TYPED for word in typed.split()})


@pytest.fixture
def indexes(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ParaphraseIndex, ParaphraseIndex]]:
    """One that ranks in memory, and one that asks FTS5."""
    file = IndexFile(corpus.file)
    in_memory, stored = ParaphraseIndex(file), ParaphraseIndex(file)
    in_memory.search("peace")
    with monkeypatch.context() as patch:
        patch.setattr(paraphrases, "_IN_MEMORY", 0)
        stored.search("peace")
    yield in_memory, stored
    file.close()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.sampled_from(TYPED) | st.lists(st.sampled_from([*WORDS, "xyzzyq", "don't", "U.S.S.R."])).map(" ".join))
def test_they_are_ranked_as_fts5_ranks_them(indexes: tuple[ParaphraseIndex, ParaphraseIndex], typed: str) -> None:
    in_memory, stored = indexes
    assert in_memory.search(typed) == stored.search(typed)


def test_a_rare_stem_tells_more_and_equals_keep_their_order() -> None:
    words = ["peac war", "land war", "peac war", "peac land", "bread war", "bread war", "war war"]
    ranking = StemRanking([one.split() for one in words])
    assert ranking.rank(["land", "peac", "xyzzyq"], 5) == [3, 1, 0, 2]
    assert ranking.rank(["peac"], 1) == [0]
    assert StemRanking([]).rank(["peac"], 5) == []
