"""What is around some quotations of a message: other words, or more of what it quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from corpus.quotations.checked_quotation import CheckedQuotation
from corpus.quotations.claim_checker import ClaimChecker
from corpus.quotations.extract import Claim, is_signature
from corpus.quotations.limits import ENOUGH

_EXPLAINED = 0.75  # of the words around quotations: where so many are the text's, they are part of what is quoted
_OWN = 0.5  # of the words around marked ones that are too few to tell: where so many are, all of it is the quotation


class Surroundings:
    """The words of a message, `whole`, around some quotations in it."""

    def __init__(self, checker: ClaimChecker, whole: CheckedQuotation, claims: Sequence[Claim]) -> None:
        self._checker, self._whole, self._claims = checker, whole, claims

    @cached_property
    def own(self) -> list[tuple[int, int]]:
        """Where the text's own words are among them."""
        return own_words_around(self._whole, self._claims)

    @property
    def is_signature(self) -> bool:
        """Whether what follows the quotations says where they are from."""
        return is_signature(self._whole.claim, self._claims[-1])

    @property
    def are_quoted(self) -> bool:
        """Whether these words are the text's, too, so that all of the message was meant."""
        kind = self._whole.verdict.kind
        if kind not in ("altered", "pieced together"):
            return False
        # A text may have the title of a book among its own words.
        return not (kind == "pieced together" and self.is_signature) and self._are_own(self._whole.claim, _EXPLAINED)

    @property
    def are_mostly_own(self) -> bool:
        """Whether so many are the text's that quotations of few words were only marked words of a longer one."""
        return self._are_own(self._whole.claim, _OWN)

    def stretch(self) -> Claim | None:
        """All that is quoted of a message that has a remark before or after it, and its quotations within that."""
        if len(self.own) < ENOUGH or self.is_signature:
            return None
        claim = self._whole.claim
        spans = [*self.own, *((one.start - claim.start, one.end - claim.start) for one in self._claims)]
        first, last = min(start for start, _ in spans), max(end for _, end in spans)
        stretch = claim._replace(
            words=claim.words[first:last], start=claim.start + first, end=claim.start + last, has_words_beside=True
        )
        return stretch if self._are_own(stretch, _EXPLAINED) else None

    def _are_own(self, whole: Claim, share: float) -> bool:
        many = sum(map(self._checker.count_words, words_around(whole, self._claims)))
        return many > 0 and len(self.own) >= share * many


def own_words_around(whole: CheckedQuotation, claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """Where the text's own words are outside some quotations of a message."""
    shift = whole.claim.start
    return [one for one in whole.verdict.own if not any(claim.start <= one[0] + shift < claim.end for claim in claims)]


def words_around(whole: Claim, claims: Sequence[Claim]) -> Iterator[str]:
    """What is before, between and after some quotations of a message."""
    done = whole.start
    for claim in claims:
        yield whole.words[done - whole.start : max(claim.start, done) - whole.start]
        done = max(claim.end, done)
    yield whole.words[done - whole.start :]
