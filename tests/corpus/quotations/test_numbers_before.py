"""A number before a quotation is that of a list or a paragraph, unless the text has another one there."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.quotations.checked_quotation import is_found

FORMS = ["{}. ", "{}) ", "({}) ", "§ {} ", "§{} ", "> {}. ", "  {}. ", "{} ", "“{}. "]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (25, "Trotsky’s teams seized the telegraph offices, the banks, and the bridges."),
        (6, "million people from scratch. Before he was a general, Trotsky was a writer"),
    ],
)
async def test_another_number_than_the_texts_is_changed(corpus: Corpus, form: str, number: int, words: str) -> None:
    assert not any(map(is_found, corpus.quotation_checker.check(form.format(number) + words)))


@pytest.mark.parametrize("form", FORMS[:-2])
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (24, "Trotsky’s teams seized the telegraph offices, the banks, and the bridges."),
        (3, "Then, he built an army of five million people from scratch."),
        (25, "Our whole hope is that our revolution will kindle a European revolution."),
    ],
)
async def test_that_of_a_list_is_left_out(corpus: Corpus, form: str, number: int, words: str) -> None:
    assert all(map(is_found, corpus.quotation_checker.check(form.format(number) + words)))
