"""Quotations with the verdicts on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import structs

from corpus.quotations.extract import Claim
from corpus.quotations.verdict import Verdict, undecided


class CheckedQuotation(NamedTuple):
    """A quotation as it was found in a message, and the verdict on it."""

    claim: Claim
    verdict: Verdict


def is_found(checked: CheckedQuotation) -> bool:
    """Whether the words are a text's, whoever is said to have said them."""
    return checked.verdict.is_found


def kept_share(checked: Sequence[CheckedQuotation]) -> tuple[bool, float]:
    """Whether all quotations are a text's words, and the share of their words that are."""
    words = sum(one.verdict.words for one in checked)
    return all(map(is_found, checked)), sum(one.verdict.kept for one in checked) / words if words else 0.0


def uncertain(checked: CheckedQuotation) -> CheckedQuotation:
    """What may be said of a claim where another reading, that was not looked at whole, may say something else of it.

    That words are a text's, and nobody else's than is said, is true however the rest is read.
    """
    claim, verdict = checked
    if verdict.confirms and not verdict.changes:
        return CheckedQuotation(claim, structs.replace(verdict, is_partial=True))
    return CheckedQuotation(claim._replace(is_reported=False), undecided(verdict))


def is_remark(checked: CheckedQuotation) -> bool:
    """Whether words in a chat without a speaker are short, or are a whole message that is like no passage."""
    claim, verdict = checked
    is_elsewhere = verdict.kind == "not in these texts" and not (verdict.spans or claim.start)
    return not claim.speaker and (is_elsewhere or verdict.kind == "too short")
