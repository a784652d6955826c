"""Checks of the claims of one message: what somebody may have quoted beside the texts, and whose it is said to be."""

from __future__ import annotations

from corpus.names.attributions import Attribution
from corpus.names.finder import Finder
from corpus.quotations.checked_quotation import CheckedQuotation
from corpus.quotations.extract import Claim
from corpus.quotations.limits import ENOUGH
from corpus.quotations.token_index import TokenIndex
from corpus.quotations.verdict import check_quotation

_BEGINNING = 400  # characters of words that may be a quotation, of which the first are looked for


class ClaimChecker:
    """Checks the claims of a message, or of one block of it.

    `speaker` is said to have said them all, whatever the message says; what is said beside the block holds in it, too.
    """

    def __init__(self, index: TokenIndex, finder: Finder, speaker: str = "", block: Claim | None = None) -> None:
        self.index, self.speaker = index, speaker
        self._finder, self._block = finder, block

    def check(self, claim: Claim, known: CheckedQuotation | None = None) -> CheckedQuotation:
        """A claim with the verdict on it: that on `known` where it says the same of the same words."""
        claim = claim.in_block(self._block)
        claim = claim._replace(attribution=Attribution(self.speaker).or_else(claim.attribution))
        if known and (claim.words, claim.attribution) == (known.claim.words, known.claim.attribution):
            return CheckedQuotation(claim, known.verdict)
        verdict = check_quotation(self.index, self._finder, claim.words, claim.speaker or None, claim.attribution)
        return CheckedQuotation(claim, verdict)

    def without_context(self) -> ClaimChecker:
        """A checker that knows of each claim only what it says itself."""
        return ClaimChecker(self.index, self._finder)

    def count_words(self, words: str) -> int:
        """How many words there are to compare."""
        return len(self.index.read(words).keys)

    def is_long(self, claim: Claim) -> bool:
        """Whether a claim has words enough to tell."""
        return self.count_words(claim.words) >= ENOUGH

    def begins_in_texts(self, claim: Claim) -> bool:
        """Whether the first words of a claim are a text's."""
        keys = self.index.read(claim.words[:_BEGINNING]).keys[:ENOUGH]
        return len(keys) == ENOUGH and len(self.index.find(keys)) > 0
