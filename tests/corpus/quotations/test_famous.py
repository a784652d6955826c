"""Famous words that are in none of the texts are known for what they are, and nothing else is."""

from __future__ import annotations

from itertools import product

import pytest

from corpus.corpus import Corpus
from corpus.note_model import FamousQuotation
from corpus.quotations.famous import FamousQuotations


async def test_each_form_is_known_alone_and_in_a_sentence(corpus: Corpus) -> None:
    for one in corpus.notes.elsewhere:
        for form in one.words:
            for typed in (form, form.upper(), f"“{form}!”", f"Somebody once said, {form}, in 1917."):
                assert corpus.famous_quotations.find(typed) == one, typed


@pytest.mark.parametrize(
    "typed",
    [
        "the dustbins of history",
        "workers of the world unite",
        "ten days who shook the world",
        "a million death is a statistic",
        "you are pitiful isolated individuals",
        "The Provisional Government’s been deposed",
        "revolutions are the locomotive of history",
    ],
)
async def test_a_slip_does_not_matter(corpus: Corpus, typed: str) -> None:
    assert corpus.famous_quotations.find(typed)


@pytest.mark.parametrize(
    ("letters", "others", "is_found"), [(18, 3, True), (18, 4, False), (98, 15, True), (98, 16, False)]
)
def test_words_that_are_alike_to_85_in_a_hundred_are_the_famous_ones(letters: int, others: int, is_found: bool) -> None:
    """A space on either side counts."""
    one = FamousQuotation(("q" * letters,), "Nobody said it.")
    found = FamousQuotations([one]).find("x" * others + "q" * (letters - others))
    assert found == (one if is_found else None)


def test_of_two_lengths_it_depends_on_what_they_share_whether_they_are_alike() -> None:
    for form, said in product(range(2, 40), repeat=2):
        one = FamousQuotation(("q" * form,), "Nobody said it.")
        is_alike = 200 * (min(form, said) + 2) >= 85 * (form + said + 4)
        assert (FamousQuotations([one]).find("q" * said) is not None) == is_alike, (form, said)


async def test_no_sentence_of_the_texts_is_famous_words_from_elsewhere(corpus: Corpus) -> None:
    for reference in corpus.sentences():
        words = corpus.passages(reference)[0].words
        assert corpus.famous_quotations.find(words) is None, words


@pytest.mark.parametrize("typed", ["", "history", "war", "peace", "the revolution", "power", "x" * 5_000, "🎉"])
async def test_a_common_word_is_not_famous(corpus: Corpus, typed: str) -> None:
    assert corpus.famous_quotations.find(typed) is None


async def test_of_several_the_first_of_the_notes_is_found(corpus: Corpus) -> None:
    one, other = corpus.notes.elsewhere[:2]
    assert corpus.famous_quotations.find(f"{other.words[0]}, {one.words[0]}") == one


async def test_what_is_behind_the_longest_message_is_not_read(corpus: Corpus) -> None:
    words = "a million deaths is a statistic"
    typed = f"{'z' * (999 - len(words))} {words}"
    assert corpus.famous_quotations.find(typed)
    assert corpus.famous_quotations.find(f"z{typed}") is None


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [("history dustbin", True), ("dustbin", True), ("decide votes", True), ("analysis", False), ("ash", False),
     ("fewer", True), ("control trust", True), ("control", False), ("verify", True), ("history dustbin zebra", False)],
)  # fmt: skip
async def test_half_of_the_words_in_any_order_is_enough_and_less_is_not(
    corpus: Corpus, typed: str, is_found: bool
) -> None:
    assert (corpus.famous_quotations.find(typed, partly=True) is not None) == is_found
    assert corpus.famous_quotations.find(typed) is None


async def test_the_half_of_it_is_enough_for_whoever_found_nothing(corpus: Corpus) -> None:
    found = corpus.famous_quotations.find("dustbin", partly=True)
    assert found == corpus.famous_quotations.find("dustbin of history")
    assert corpus.famous_quotations.find("zebra", partly=True) is None
    assert corpus.famous_quotations.find("the of", partly=True) is None
