"""Marked quotations of a message: each by itself, or all of it where only words of what it quotes are marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.quotations.checked_quotation import CheckedQuotation, is_found
from corpus.quotations.claim_checker import ClaimChecker
from corpus.quotations.extract import Claim, Extractor
from corpus.quotations.limits import ENOUGH
from corpus.quotations.surroundings import Surroundings, own_words_around

_OPENING = "“„\"«‘'"


def marked_or_whole(
    checker: ClaimChecker, extractor: Extractor, claims: Sequence[Claim], whole: CheckedQuotation
) -> tuple[CheckedQuotation, ...]:
    """What a message marks as quoted; all of it, `whole`, where only words of what it quotes are marked."""
    checked = tuple(map(checker.check, claims))
    around = Surroundings(checker, whole, claims)
    if all(map(is_found, checked)) and all(checker.speaker or one.speaker for one in claims):
        # A frame may have some words of the text by chance; more of them are quoted, too, and were changed.
        is_changed = whole.verdict.kind == "altered" and len(around.own) >= ENOUGH
        return (whole,) if is_changed and around.are_quoted else checked
    if around.are_quoted:
        return (whole,)
    if any(map(is_found, checked)) and (stretch := around.stretch()):
        changed = checker.check(stretch, whole)
        return (whole if is_found(changed) else changed,)
    if not any(map(checker.is_long, claims)) and around.are_mostly_own:
        return (whole,)
    return tuple(inner for one in checked for inner in _within(checker, extractor, one))


def _within(checker: ClaimChecker, extractor: Extractor, checked: CheckedQuotation) -> Iterator[CheckedQuotation]:
    """What is marked within a marked quotation, where the words around it are no text's: “He said “…” and left”."""
    outer = checked.claim
    claims = []
    if not is_found(checked) and any(mark in outer.words for mark in _OPENING):
        marked = (one.moved(outer.start) for one in extractor.extract(outer.words).quoted)
        claims = [one for one in marked if checker.is_long(one)]
    is_within = claims and len(own_words_around(checked, claims)) < ENOUGH
    yield from map(checker.check, claims) if is_within else [checked]
