"""Interrupted quotations, put together again: “…,” said Trotsky, “…”."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.quotations.claim_checker import ClaimChecker
from corpus.quotations.extract import Claim
from corpus.work_budget import work_budget

_MOST = 50  # quotations of one text that are put together again
_LONGEST = 1_000  # characters


def without_interruptions(checker: ClaimChecker, claims: Iterable[Claim]) -> list[Claim]:
    """The claims, with those made one that words such as “said Trotsky” part."""
    found: list[Claim] = []
    many = 0
    for claim in claims:
        if not (found and found[-1].is_interrupted and many < _MOST):
            found.append(claim)
            continue
        before = found.pop()
        many += 1
        with work_budget() as budget:
            whole = _joined(checker, before, claim)
        is_partial = before.is_partial or budget.ran_out
        found += [one._replace(is_partial=is_partial) for one in ([whole] if whole else [before, claim])]
    return found


def _joined(checker: ClaimChecker, claim: Claim, rest: Claim) -> Claim | None:
    """The whole of an interrupted quotation. With a capital after the interruption a new sentence may begin."""
    if rest.end - claim.start > _LONGEST:
        return None
    ways = [claim.joined(rest, comma=comma) for comma in (True, False)]
    checked = [checker.check(one) for one in ways]
    found = [one.claim for one in checked if one.verdict.kind in ("verbatim", "shortened")]
    found += [one.claim for one in checked if one.verdict.confirms]
    goes_on = rest.words.lstrip()[:1].islower()
    return found[0] if found else ways[1] if goes_on else None
