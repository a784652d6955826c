"""Half-remembered words: the exact search first, then topics and meanings, and never anything but a passage."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.corpus import Corpus
from corpus.language.tokens import folded
from corpus.reference import Reference
from corpus.search.hybrid import reciprocal_rank_fusion
from corpus.search.semantic import SemanticIndex, Vector, shipped_embedder
from tests.bench.paraphrases import paraphrases, rank, share

EVERY_TIME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ONE, TWO, THREE, FOUR = (Reference("speech", 1, n) for n in range(1, 5))


class Letters:
    """A small embedder: words that share runs of three letters are alike."""

    size = 512

    def embed(self, words: Sequence[str]) -> Sequence[Vector]:
        return [self._vector(f" {folded(one)} ") for one in words]

    def _vector(self, words: str) -> Vector:
        counts = [0.0] * self.size
        for n in range(len(words) - 2):
            counts[zlib.crc32(words[n : n + 3].encode("utf-8", "replace")) % self.size] += 1
        length = math.hypot(*counts) or 1.0
        return [count / length for count in counts]


@pytest.fixture
def with_letters(corpus: Corpus) -> Corpus:
    sentences = {one: corpus.passages(one)[0].words for one in corpus.sentences()}
    # A cached property is what is first put there.
    corpus.__dict__["semantic"] = SemanticIndex(sentences, Letters(), alike=0.3)
    return corpus


@pytest.mark.parametrize(
    ("typed", "references"),
    [
        ("how was he killed", {"article 2.1", "article 27.3"}),
        ("working with other parties", {"speech 2.2", "speech 1.9", "speech 3.1", "speech 2.1", "speech 3.3"}),
        ("world revolution", {"speech 6.6", "speech 6.9", "article 18.3"}),
    ],
)
async def test_a_reader_finds_what_they_mean(corpus: Corpus, typed: str, references: set[str]) -> None:
    found = [str(hit.reference) for hit in (await corpus.hybrid_search(typed)).hits]
    assert references.intersection(found[:3])


async def test_paraphrases_are_found_as_often_as_they_were(corpus: Corpus) -> None:
    """Nothing may be tuned to the half held out; both may only get better."""
    every = paraphrases()
    assert len(every) >= 60
    for held_out, least in ((False, 0.95), (True, 0.70)):
        ranks = [await rank(corpus, one) for one in every if one.held_out is held_out]
        assert share(ranks, 3) >= least


async def test_every_paraphrase_names_passages_there_are(corpus: Corpus) -> None:
    known = {str(one) for one in corpus.sentences()}
    assert all(known.issuperset(one.references) for one in paraphrases())


async def test_words_that_a_passage_has_come_first(with_letters: Corpus) -> None:
    for typed in ("gunpowder", "crush imperialism", "He lived on a train", "ice axe in mexico"):
        exact = await with_letters.index.search(typed)
        found = await with_letters.hybrid_search(typed)
        assert found.hits[: len(exact.hits)] == exact.hits


async def test_meaning_finds_what_no_word_does(with_letters: Corpus) -> None:
    typed = "loudly applauding"
    assert not (await with_letters.index.search(typed)).hits
    found = await with_letters.hybrid_search(typed)
    assert str(found.hits[0].reference) == "speech 8.3"
    assert (found.hits[0].grade, found.hits[0].marks, found.suggestions) == ("some", (), ())


async def test_what_is_far_from_every_passage_finds_nothing(with_letters: Corpus) -> None:
    for typed in ("", " ", "zzz qqq xxx", "pizza recipe", "🍕"):
        assert not (await with_letters.hybrid_search(typed)).hits


async def test_one_text_alone_is_asked(with_letters: Corpus) -> None:
    for typed in ("world revolution", "loudly applauding", "how was he killed"):
        for text in with_letters.texts:
            assert {hit.reference.text for hit in (await with_letters.hybrid_search(typed, text)).hits} <= {text}


@EVERY_TIME
@given(typed=st.text(max_size=100) | st.sampled_from(["\x00", "\ud800", "the", "a" * 5_000]))
async def test_whatever_is_found_is_a_passage_once(with_letters: Corpus, typed: str) -> None:
    found = await with_letters.hybrid_search(typed)
    references = [hit.reference for hit in found.hits]
    assert len(set(references)) == len(references) <= found.total
    assert set(references) <= set(with_letters.sentences())


def test_ranks_are_fused_not_scores() -> None:
    assert reciprocal_rank_fusion([[ONE, TWO, THREE], [THREE, TWO], [TWO]]) == [TWO, THREE, ONE]
    assert reciprocal_rank_fusion([[ONE], [TWO]]) == [ONE, TWO]
    assert reciprocal_rank_fusion([[], []]) == []
    assert reciprocal_rank_fusion([[FOUR, FOUR, ONE]]) == [FOUR, ONE]


def test_without_the_extra_there_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.search.semantic._PACKAGE", "no_package_of_this_name")
    shipped_embedder.cache_clear()
    try:
        assert shipped_embedder() is None
    finally:
        shipped_embedder.cache_clear()
