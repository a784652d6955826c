"""Famous words that are in none of the texts are known for what they are, and nothing else is."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.quotations.famous import famous_quotation


async def test_each_form_is_known_alone_and_in_a_sentence(corpus: Corpus) -> None:
    for one in corpus.notes.elsewhere:
        for form in one.words:
            for typed in (form, form.upper(), f"“{form}!”", f"Somebody once said, {form}, in 1917."):
                assert famous_quotation(corpus.notes, typed) == one, typed


@pytest.mark.parametrize(
    "typed",
    [
        "the dustbins of history",
        "workers of the world unite",
        "ten days who shook the world",
        "a million death is a statistic",
    ],
)
async def test_a_slip_does_not_matter(corpus: Corpus, typed: str) -> None:
    assert famous_quotation(corpus.notes, typed)


async def test_no_sentence_of_the_texts_is_famous_words_from_elsewhere(corpus: Corpus) -> None:
    for reference in corpus.sentences():
        words = corpus.passages(reference)[0].words
        assert famous_quotation(corpus.notes, words) is None, words


@pytest.mark.parametrize("typed", ["", "history", "war", "peace", "the revolution", "power", "x" * 5_000, "🎉"])
async def test_a_common_word_is_not_famous(corpus: Corpus, typed: str) -> None:
    assert famous_quotation(corpus.notes, typed) is None


async def test_the_half_of_it_is_enough_for_whoever_found_nothing(corpus: Corpus) -> None:
    found = famous_quotation(corpus.notes, "dustbin", partly=True)
    assert found == famous_quotation(corpus.notes, "dustbin of history")
    assert famous_quotation(corpus.notes, "zebra", partly=True) is None
    assert famous_quotation(corpus.notes, "the of", partly=True) is None
