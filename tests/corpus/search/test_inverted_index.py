"""The inverted index in memory: it finds, ranks and counts as FTS5 does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.corpus import Corpus
from corpus.index_file import IndexFile
from corpus.language.tokens import tokens
from corpus.reference import Reference
from corpus.search.expressions import AndQuery, ButNotQuery, Expression, OrQuery, PhraseQuery, within
from corpus.search.inverted_index import InvertedIndex, read_inverted_index
from corpus.search.reader import IndexReader
from tests.bench.scale_texts import shipped_sentences


@st.composite
def phrases(draw: st.DrawFn) -> Expression:
    """Words of a sentence, side by side, as they are or as stems; the last one perhaps only begun."""
    found = tokens(draw(st.sampled_from(shipped_sentences())))
    start = draw(st.integers(0, max(0, len(found) - 1)))
    some = found[start : start + draw(st.integers(1, 3))]
    if draw(st.booleans()):
        return PhraseQuery("stems", tuple(token.stem for token in some))
    *words, last = [token.word for token in some] or ["no"]
    cut = draw(st.integers(1, len(last)))
    return PhraseQuery("words", (*words, last[:cut]), is_prefix=draw(st.booleans()))


def nested(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    parts = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return (
        st.builds(AndQuery, parts)
        | st.builds(OrQuery, parts)
        | st.builds(ButNotQuery, inner, inner)
        | st.builds(within, inner, st.sampled_from(["t0", "t1"]))
    )


@pytest.fixture
def readers(corpus: Corpus) -> Iterator[tuple[InvertedIndex, IndexReader]]:
    index, reader = IndexFile(corpus.file), IndexReader(corpus.file)
    yield read_inverted_index(index), reader
    reader.close()
    index.close()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(expression=st.recursive(phrases(), nested, max_leaves=8), limit=st.sampled_from([1, 3, 200]))
def test_it_finds_and_ranks_as_fts5_does(
    readers: tuple[InvertedIndex, IndexReader], expression: Expression, limit: int
) -> None:
    inverted, stored = readers
    assert inverted.find(expression, limit) == stored.find(expression, limit)
    assert inverted.rank(expression, limit) == stored.rank(expression, limit)
    assert inverted.count(expression) == stored.count(expression)


def test_sentences_are_the_same(readers: tuple[InvertedIndex, IndexReader]) -> None:
    inverted, stored = readers
    ids = range(1, len(shipped_sentences()) + 1)
    found, known = inverted.candidates(ids), stored.candidates(ids)
    assert [(place, one.words) for place, one in found] == [(place, one.words) for place, one in known]


def test_an_index_without_sentences_finds_nothing() -> None:
    empty = InvertedIndex([])
    assert empty.rank(PhraseQuery("words", ("peace",)), 5) == empty.find(PhraseQuery("stems", ("peac",)), 5) == []


def test_more_words_of_a_phrase_count_once_where_they_overlap() -> None:
    reference = Reference("text", 1, 1)
    index = InvertedIndex(
        [(1, "t0", reference, "on and on and on"), (2, "t0", reference, "on and off"), (3, "t0", reference, "")]
    )
    assert index.rank(PhraseQuery("words", ("on", "and")), 5) == [1, 2]
