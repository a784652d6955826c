"""Marks of less-than and greater-than around a quotation are no tags of HTML, whatever word it begins with."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.quotations.checked_quotation import is_found


@pytest.mark.parametrize("form", ["<<{}>>", "<{}>", "< {} >", "Trotsky: <<{}>>", "<<{}>> — Trotsky"])
async def test_what_is_in_them_is_checked(corpus: Corpus, form: str) -> None:
    words = "a union with Skobelev and Tereshchenko, which amounts to a complete submission to imperialism"
    (checked,) = corpus.quotation_checker.check(form.format(words))
    assert is_found(checked)
    assert not any(map(is_found, corpus.quotation_checker.check(form.format(words.replace("with", "without")))))


@pytest.mark.parametrize("form", ["<a href='x'>{}</a>", "<p>{}<br /></p>", '<span class="b">{}</span >', "<b>{}</b>"])
async def test_tags_are_left_out(corpus: Corpus, form: str) -> None:
    (checked,) = corpus.quotation_checker.check(form.format("a union with Skobelev and Tereshchenko"))
    assert checked.verdict.kind == "verbatim"
    assert "<" not in checked.claim.words
