"""Embeddings: what means nearly the same is near, whatever the words; by the table and by the transformer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import SHIPPED
from corpus.corpus import Corpus
from corpus.indexing.build import ensure
from corpus.search import semantic as semantic_module
from corpus.search.embeddings import Embedder, transformer, word_vectors
from corpus.search.semantic import NO_NEIGHBOURS, VectorFile

EVERY_TIME = settings(max_examples=40, deadline=None)
MODELS = pytest.mark.parametrize("model", [word_vectors, transformer])


@MODELS
def test_what_means_the_same_is_nearer_than_what_does_not(model: Callable[[], Embedder]) -> None:
    for one, like, other in (
        ("he was murdered", "somebody killed him", "he bought a loaf of bread"),
        ("the soldiers ran away", "troops fled", "the opera was sung in Italian"),
        ("a secret agreement between states", "a treaty that nobody may know of", "how to grow tomatoes"),
    ):
        first, second, third = model().embed([one, like, other])
        assert first @ second > first @ third


@MODELS
@EVERY_TIME
@given(st.lists(st.text(max_size=60) | st.sampled_from(["\ud800", "", "a" * 3_000]), max_size=5))
def test_embeddings_have_the_length_1_or_are_nothing(model: Callable[[], Embedder], sentences: list[str]) -> None:
    vectors = model().embed(sentences)
    assert vectors.shape == (len(sentences), model().size)
    lengths = np.linalg.norm(vectors, axis=1)
    assert bool(np.all((np.abs(lengths - 1) < 1e-3) | (lengths == 0)))


async def test_a_transformer_finds_what_the_table_does_not(cache: Path) -> None:
    corpus = await Corpus.open(SHIPPED, cache, transformer=True)
    try:
        found = await corpus.hybrid_search("an interruption from the audience")
    finally:
        await corpus.close()
    assert "speech 6.10" in {str(hit.reference) for hit in found.hits[:3]}


async def test_lost_embeddings_are_made_anew(tmp_path: Path) -> None:
    file = ensure(SHIPPED, tmp_path)
    vectors = file.with_suffix(".words")
    sound = vectors.read_bytes()
    for damage in (b"", sound[:100], None):
        if damage is None:
            vectors.unlink()
        else:
            vectors.write_bytes(damage)
        corpus = await Corpus.open(SHIPPED, tmp_path)
        try:
            assert (await corpus.hybrid_search("giving in to the empires")).hits
        finally:
            await corpus.close()
        assert vectors.read_bytes() == sound


async def test_nothing_is_like_what_has_no_known_word(corpus: Corpus) -> None:
    assert corpus.semantic.nearest("qzx wvk jjq") == NO_NEIGHBOURS


async def test_of_many_sentences_the_nearest_are_compared_by_all_numbers(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = word_vectors()
    vectors = VectorFile(corpus.file.with_suffix(".words"), corpus.sentence_count(), model)
    queries = model.embed(["the workers take power", "nobody had any food", "an army of deserters"])
    exact = [vectors.nearest(one, 200) for one in queries]
    monkeypatch.setattr(semantic_module, "_EXACT", 0)
    monkeypatch.setattr(semantic_module, "_SHORTLIST", 60)
    for query, (places, cosines) in zip(queries, exact, strict=True):
        found, near = vectors.nearest(query, 5)
        assert found.tolist() == places[:5].tolist()
        assert np.allclose(near, cosines[:5], atol=1e-5)
