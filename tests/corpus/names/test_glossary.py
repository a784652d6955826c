"""Terms that the editors explain are found by the word, in any form of it."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.names.glossary import term_of


async def test_each_term_is_found_by_its_words(corpus: Corpus) -> None:
    for term in corpus.notes.glossary:
        assert all(term_of(corpus.notes, word) == term for word in term.words)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("DEMOCRACY", "democracy"),
        ("Quasi-democracy", "democracy"),
        ("kulaks", "kulak"),
        ("land committee", "land committees"),
    ],
)
async def test_other_forms_are_the_same_term(corpus: Corpus, typed: str, word: str) -> None:
    found = term_of(corpus.notes, typed)
    assert found
    assert word in found.words


@pytest.mark.parametrize("typed", ["", "!", "zebra", "the", "democracy in America"])
async def test_other_words_are_no_term(corpus: Corpus, typed: str) -> None:
    assert term_of(corpus.notes, typed) is None
