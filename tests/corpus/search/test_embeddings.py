"""Embeddings: what means nearly the same is near, whatever the words; by the table and by the transformer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.corpus import Corpus
from corpus.index_file import IndexFile
from corpus.indexing.index_files import ensure
from corpus.language.tokens import tokens
from corpus.search import late_interaction, vector_file
from corpus.search.embeddings import TABLE, Embedder, Vocabulary, transformer, vector_lengths, word_vectors
from corpus.search.late_interaction import LateInteraction, Words, pair
from corpus.search.semantic import NO_NEIGHBOURS
from corpus.search.vector_file import VectorFile, greatest
from tests.corpus.sample import write_sample

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


async def test_the_table_has_the_stems_that_the_stemmer_makes(corpus: Corpus) -> None:
    """Names apart. Where the stemmer changes, `tests/bench/distil.py` must be run again."""
    entries = set((TABLE / "words.txt").read_text(encoding="ascii").split("\n"))
    sentences = [passage.words for one in corpus.sentences() for passage in corpus.passages(one)]
    found = [t for one in sentences for t in tokens(one) if t.is_content and one[t.start].islower()]
    lacking = [token.word for token in found if token.stem not in entries]
    assert len(found) > 500
    assert len(lacking) < 0.03 * len(found), lacking


@pytest.mark.parametrize(
    ("stems", "rows"),
    [
        ("put", [0]),
        ("down put", [1, 0]),
        ("put down", [2]),
        ("he put down root here", [3]),
        ("put down put down root put", [2, 3, 0]),
        ("nothing of it", []),
        ("", []),
        ("root0ed", [4]),
    ],
)
def test_a_phrase_that_the_table_has_is_no_longer_its_words(stems: str, rows: list[int]) -> None:
    vocabulary = Vocabulary(["put", "down", "put down", "put down root", "root"])
    assert vocabulary.rows(stems.split()) == rows


def test_phrases_mean_what_their_words_do_not() -> None:
    tape, officials, ribbon = word_vectors().embed(["red tape", "bureaucracy", "a ribbon of red cloth"])
    assert tape @ officials > tape @ ribbon


@EVERY_TIME
@given(st.lists(st.lists(st.sampled_from(["army", "train", "red tape", "peace", "he"]), min_size=1), min_size=1))
def test_words_pair_with_those_nearest_to_them_in_any_order(sentences: list[list[str]]) -> None:
    model = word_vectors()
    rows = [model.rows(" and ".join(one)) for one in sentences]
    vectors = model.word_vectors([row for one in rows for row in one])
    words = Words(vectors, vector_lengths(vectors))
    for turned in (1, -1):
        query = model.word_vectors(rows[0][::turned])
        scores = pair(Words(query, vector_lengths(query)), words, list(map(len, rows)))
        assert scores[0] == pytest.approx(1, abs=1e-4)
        assert bool(np.all((scores >= 0) & (scores < 1 + 1e-4)))


@pytest.mark.parametrize("typed", ["peace", "army train peace", "red tape and land of peace and bread of workers " * 4])
@pytest.mark.parametrize("length", [1, 3, 14])
def test_the_same_words_have_the_same_score_wherever_they_are(corpus: Corpus, typed: str, length: int) -> None:
    rows = {1: range(length), 2: range(length), 3: [11], 4: range(5, 42)}
    pairs = LateInteraction(IndexFile(corpus.file), word_vectors(), rows)
    query = word_vectors().token_embeddings(typed)
    for sentences in ([1, 3, 2, 3, 2, 1], [4, 1, 4, 4, 4, 2, 4, 4, 1]):
        scores = pairs.scores(query, sentences)
        assert len({scores[place] for place, one in enumerate(sentences) if one in (1, 2)}) == 1


async def test_a_transformer_finds_what_the_table_does_not(tmp_path: Path) -> None:
    folder = write_sample(tmp_path / "sample")
    found = []
    for is_transformed in (True, False):
        corpus = await Corpus.open(folder, tmp_path / "cache", transformer=is_transformed)
        try:
            await corpus.warm_up()
            is_loaded = "_by_transformer" in vars(corpus.semantic)
            assert not is_loaded, "whoever asks first would wait for all sentences"
            for typed in ("a ruler's chin", "somebody signs at the bottom of a page"):
                found.append([str(hit.reference) for hit in (await corpus.hybrid_search(typed)).hits[:1]])
        finally:
            await corpus.close()
    assert found == [["novel 1.3"], ["letter 4.2"], [], ["letter 4.2"]]


async def test_lost_embeddings_are_made_anew(tmp_path: Path) -> None:
    folder = write_sample(tmp_path / "sample")
    file = ensure(folder, tmp_path / "cache")
    vectors = file.with_suffix(".words")
    sound = vectors.read_bytes()
    for damage in (b"", sound[:100], None):
        if damage is None:
            vectors.unlink()
        else:
            vectors.write_bytes(damage)
        corpus = await Corpus.open(folder, tmp_path / "cache")
        try:
            assert (await corpus.hybrid_search("the king had a big jaw")).hits
        finally:
            await corpus.close()
        assert vectors.read_bytes() == sound


async def test_nothing_is_like_what_has_no_known_word(corpus: Corpus) -> None:
    assert corpus.semantic.nearest("qzx wvk jjq") == NO_NEIGHBOURS


async def test_of_many_sentences_the_nearest_are_compared_by_all_numbers(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = word_vectors()
    few = VectorFile(corpus.file.with_suffix(".words"), corpus.sentence_count(), model)
    monkeypatch.setattr(vector_file, "_FEW", 0)
    vectors = VectorFile(corpus.file.with_suffix(".words"), corpus.sentence_count(), model)
    queries = model.embed(["the workers take power", "nobody had any food", "an army of deserters"])
    exact = [vectors.nearest(one, 200) for one in queries]
    for query, (places, cosines) in zip(queries, exact, strict=True):
        as_floats = few.nearest(query, 200)
        assert np.array_equal(as_floats[0], places)
        assert np.array_equal(as_floats[1], cosines)
    monkeypatch.setattr(vector_file, "_EXACT", 0)
    monkeypatch.setattr(vector_file, "_SHORTLIST", 60)
    for query, (places, cosines) in zip(queries, exact, strict=True):
        found, near = vectors.nearest(query, 5)
        assert found.tolist() == places[:5].tolist()
        assert np.allclose(near, cosines[:5], atol=1e-5)


def test_the_greatest_are_found_in_their_order_with_all_that_are_as_great() -> None:
    numbers = np.array([3, 1, 5, 1, 4, 1], np.float32)
    assert greatest(numbers, 2).tolist() == [2, 4]
    assert greatest(numbers, 4).tolist() == [0, 1, 2, 3, 4, 5]
    assert greatest(numbers, 9).tolist() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("words", [1, 8, 9, 60])
def test_words_are_paired_alike_however_many_are_compared_at_once(words: int, monkeypatch: pytest.MonkeyPatch) -> None:
    table = word_vectors()
    asked, others = table.word_vectors(range(words)), table.word_vectors(range(500, 650))
    query, found = Words(asked, vector_lengths(asked)), Words(others, vector_lengths(others))
    scores = []
    for few, at_once in ((0, 250_000), (0, 20_000), (60, 250_000)):
        monkeypatch.setattr(late_interaction, "_FEW", few)
        monkeypatch.setattr(late_interaction, "_AT_ONCE", at_once)
        scores.append(pair(query, found, [50, 1, 99]).tolist())
    assert scores[0] == scores[1] == scores[2]
