"""Two quotations in one message: each has its verdict and its speaker, and neither is a frame of the other."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus

FIRST = "our whole hope is that our revolution will kindle a European revolution"
OTHER = "he built an army of five million people from scratch"


@pytest.mark.parametrize(
    "form",
    [
        "Trotsky wrote “{}”. Lenin replied: “{}”",
        "Trotsky told the Congress: “{}”. Lenin answered: “{}”",
        "“{}” — Trotsky; “{}” — Lenin",
        "“{}” — Trotsky. “{}” — Lenin",
        "Trotsky: “{}” Lenin: “{}”",
        "“{}” (Trotsky)\n“{}” (Lenin)",
        "According to Trotsky, “{}”, while Lenin wrote: “{}”",
    ],
)
@pytest.mark.parametrize(
    ("first", "kinds"),
    [(FIRST, ["verbatim", "wrong speaker"]), (FIRST.replace("hope", "fear"), ["altered", "wrong speaker"])],
)
async def test_each_is_checked(corpus: Corpus, form: str, first: str, kinds: list[str]) -> None:
    found = corpus.quotation_checker.check(form.format(first, OTHER))
    assert [one.verdict.kind.replace("variants", "verbatim") for one in found] == kinds
    assert [one.claim.speaker for one in found] == ["Trotsky", "Lenin"]


@pytest.mark.parametrize("label", ["Document 25\n", "Source 25: ", "Task 25:\n"])
async def test_another_number_than_the_texts_is_none_of_a_label(corpus: Corpus, label: str) -> None:
    (true,) = corpus.quotation_checker.check(f"{label}{OTHER}")
    assert true.verdict.confirms
    changed = corpus.quotation_checker.check(f"{label}Trotsky’s teams seized the telegraph offices")
    assert not any(one.verdict.confirms for one in changed)
