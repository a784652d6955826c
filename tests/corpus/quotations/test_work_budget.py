"""A verdict never depends on where a work budget ends: it is the one that all the work leads to, or says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

import pytest

from corpus.corpus import Corpus
from corpus.quotations import token_index
from corpus.quotations import verdict as verdict_module
from corpus.quotations.checked_quotation import CheckedQuotation
from corpus.quotations.extract import Claim
from corpus.work_budget import WorkBudget, work_budget
from tests.samples import one_in

_TRIED = 6  # ends of a budget for each message
CRUSH = "If the rising of the people does not crush imperialism, then we will surely be crushed."
HOPE = "Our whole hope is that our revolution will kindle a European revolution"
MESSAGES = (
    "Comrade Avilov said that peace can be attained only through a coalition",
    "Comrade Lenin said that peace can be attained only through a coalition",
    "Avilov said: “peace can be attained only through a coalition”",
    f"Lenin said that {CRUSH}",
    "Lenin said that the people will rise and crush imperialism",
    CRUSH.upper().replace(",", ""),
    f"{CRUSH[:-1]}, (speech 6.7) [emphasis mine].\n- Lenin, 1917",
    f"“{CRUSH.replace('not', 'never')}” — Trotsky",
    f"He said “yes” and “{HOPE}”, but also “{CRUSH}” (Lenin)",
    f"> {HOPE}\n— Lenin\n\n> {CRUSH.replace('surely', 'hardly')}\n— Trotsky",
    f"“{HOPE[:26]},” said Trotsky, “{HOPE[27:]}”",
    f"Trotsky: {HOPE}\nLenin: {CRUSH}",
    "We shall never form a union with them. What are these men but betrayers of the revolution?",
    "If the rising of the people does not … surely be crushed, he said … to the congress",
    "The revolution isn't the end of the war, and peace won't be made by the Allies",
    "It was the best of times, it was the worst of times",
    "the … in the … of the",
    "That is our course.",
    f"Our teacher says “{CRUSH.upper()}” was said by Trotsky, or by one of the men of the time",
    "“He was the brain and the muscle of the early Soviet Union,” they said, “He did not just talk about revolution”",
)


def says_so(checked: CheckedQuotation) -> bool:
    """Whether it says that not all was looked at, and nothing that more work might contradict."""
    verdict = checked.verdict
    is_true = verdict.confirms and not verdict.changes and verdict.speaker_match != "wrong"
    return verdict.is_partial and not checked.claim.is_reported and (verdict.kind == "undecided" or is_true)


@pytest.fixture
def spent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was spent in turn; rare words are no exception."""
    spent: list[int] = []
    spend = WorkBudget.spend

    def noted(budget: WorkBudget, steps: int) -> None:
        spent.append(steps)
        spend(budget, steps)

    monkeypatch.setattr(token_index, "_RARE", 0)
    monkeypatch.setattr(WorkBudget, "spend", noted)
    return spent


@pytest.fixture(params=["a message", "an essay", "a quotation"])
def check(request: pytest.FixtureRequest, corpus: Corpus) -> Callable[[str], Sequence[CheckedQuotation]]:
    checker = corpus.quotation_checker

    def check_bare(words: str) -> Sequence[CheckedQuotation]:
        return [CheckedQuotation(Claim(words, 0, len(words)), corpus.check_quotation(words, "Lenin"))]

    kinds: dict[str, Callable[[str], Sequence[CheckedQuotation]]] = {
        "a message": checker.check,
        "an essay": checker.check_all,
        "a quotation": check_bare,
    }
    return kinds[request.param]


def test_a_verdict_is_that_of_all_the_work_or_says_so(
    check: Callable[[str], Sequence[CheckedQuotation]], spent: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdict_module, "STEPS_A_WORD", 0)
    for message in MESSAGES:
        spent.clear()
        whole = check(message)
        assert not any(one.verdict.is_partial for one in whole), message
        ends = sorted({*spent, *accumulate(spent)})
        is_tried = one_in(1 + len(ends) // _TRIED)
        for enough in [end for number, end in enumerate(ends) if is_tried(number)]:
            with work_budget(enough - 1):
                found = check(message)
            with monkeypatch.context() as patch:
                # Each reading has a budget of its own, too: that of the longest may end, and those of others not.
                patch.setattr(verdict_module, "STEPS", enough - 1)
                found = (*found, *check(message))
            assert [one for one in found if one not in whole and not says_so(one)] == [], (message, enough)
