"""Quotations that are a text's words but for a part: however small it is, they are not confirmed."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.quotations.checked_quotation import is_found

ARMY = "Then, he built an army of five million people from scratch"


@pytest.mark.parametrize("invented", ["Xylophones", "xylophones quuxed", "Zinovievists quuxed xylophones"])
@pytest.mark.parametrize("form", ["{army} … {}", "{} … {army}", "{army} [...] {}", "“{army} … {}” — Trotsky"])
async def test_a_fragment_of_which_no_text_has_a_word_is_added(corpus: Corpus, form: str, invented: str) -> None:
    (checked,) = corpus.quotation_checker.check(form.format(invented, army=ARMY))
    assert checked.verdict.kind == "altered"
    assert [(one.kind, one.quoted) for one in checked.verdict.changes] == [("added", invented)]


@pytest.mark.parametrize("words", ["who hasn’t slept in", "who has not slept in", "who … hasn't slept in"])
@pytest.mark.parametrize("number", ["\n13", "\n- 13 -", " [13]", "\nPage 13"])
async def test_another_number_is_changed_however_the_words_beside_it_are_spelt(
    corpus: Corpus, words: str, number: str
) -> None:
    message = f"He looks like a caffeinated professor {words}{number}"
    assert not any(map(is_found, corpus.quotation_checker.check(message)))


@pytest.mark.parametrize("page", ["- 12 -", "12", "— 12 —"])
@pytest.mark.parametrize("rest", ["of a coalition, it is no coalition with the peasants", "second - that’s the course"])
async def test_what_is_behind_a_page_is_no_signature(corpus: Corpus, page: str, rest: str) -> None:
    beginning = {
        "of": "Comrade Avilov spoke",
        "second": "will strangle our revolution. (“There is still a third!” shouts someone.) The",
    }[rest.split()[0]]
    message = f"{beginning}\n{page}\n{rest}"
    assert not any(map(is_found, corpus.quotation_checker.check(message)))
