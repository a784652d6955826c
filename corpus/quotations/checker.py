"""The checker: from what somebody pasted to a verdict on each quotation in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.names.attributions import AttributionReader
from corpus.names.finder import Finder
from corpus.quotations.checked_quotation import CheckedQuotation, is_found, is_remark, kept_share, uncertain
from corpus.quotations.claim_checker import ClaimChecker
from corpus.quotations.extract import Claim, Extraction, Extractor
from corpus.quotations.interruptions import without_interruptions
from corpus.quotations.limits import LONGEST, MOST
from corpus.quotations.markup import without_struck_words
from corpus.quotations.message_reading import MessageReading
from corpus.quotations.own_frames import has_other_number_before
from corpus.quotations.requests import without_request
from corpus.quotations.token_index import TokenIndex
from corpus.quotations.verdict import STEPS, STEPS_A_WORD
from corpus.work_budget import A_SECOND, work_budget

_STEPS = 10 * A_SECOND
"""Of a work budget, for all quotations of a message or of a text."""
_DEPTH = 2  # of blocks in a message: block quotes in messages of a chat
_NUMBERED = re.compile(r"[\s>(§]{0,9}(?P<number>\d{1,3})[.)]?\s+(?=[^\W\d_])")
"""The number of a list or a paragraph directly before a quotation, or one of its own."""
_WHOLE = 2  # readings of all of a message, beside which its quotations are checked one by one


class QuotationChecker:
    """Finds the quotations in a message and compares each with the texts."""

    def __init__(self, index: TokenIndex, finder: Finder) -> None:
        self._index, self._finder = index, finder
        attributions = AttributionReader(index.texts, finder)
        self._extractor, self._attributions = Extractor(attributions), attributions

    def check(self, message: str, speaker: str = "") -> tuple[CheckedQuotation, ...]:
        """Each quotation with its verdict, in order. `speaker` is said to have said them all.

        Raises NotUnderstood where there are no words, or more than anybody quotes.
        """
        self._index.load()
        with self._index.mapped():
            return self._check_message(message, speaker)

    def _check_message(self, message: str, speaker: str) -> tuple[CheckedQuotation, ...]:
        found = self._check_struck(message, speaker, self._check_asked(message, speaker))
        numbered = _NUMBERED.match(message)
        if numbered and has_other_number_before(self._index, found[0], numbered["number"]):
            return self._check_asked(f"{numbered['number']} {message[numbered.end() :]}", speaker)
        return found

    def _check_struck(
        self, message: str, speaker: str, found: tuple[CheckedQuotation, ...]
    ) -> tuple[CheckedQuotation, ...]:
        """What was found in a message, without the words that are struck out in it where a text has these, too."""
        rest = without_struck_words(message)
        if rest == message or not any(map(is_found, found)):
            return found
        others = self._check_asked(rest, speaker)
        if len(others) != len(found):
            return found
        return tuple(other if is_found(one) else one for one, other in zip(found, others, strict=True))

    def _check_asked(self, message: str, speaker: str) -> tuple[CheckedQuotation, ...]:
        found, asked = self._check_plain(message, speaker), without_request(message)
        if asked == message or any(map(is_found, found)) or not self._index.read(asked).keys:
            return found
        others = self._check_plain(asked, speaker)
        return max(found, tuple(one._replace(claim=one.claim.beside_others()) for one in others), key=kept_share)

    def _check_plain(self, message: str, speaker: str) -> tuple[CheckedQuotation, ...]:
        extraction = self._extractor.extract(message)
        steps = STEPS * (_WHOLE + len(extraction.quoted)) + _WHOLE * STEPS_A_WORD * message.count(" ")
        with work_budget(min(steps, _STEPS)):
            found = tuple(self._in_blocks(extraction, speaker))
        quotations = tuple(one for one in found if not (extraction.is_chat and is_remark(one)))
        return quotations or found

    def _in_blocks(
        self, extraction: Extraction, speaker: str, block: Claim | None = None, depth: int = 0
    ) -> Iterator[CheckedQuotation]:
        """The verdicts on what each block of a message quotes: a message of a chat may have block quotes in it."""
        if not extraction.in_blocks or depth == _DEPTH:
            yield from self._likeliest(extraction, speaker, block)
            return
        for one in extraction.quoted:
            inner = one.in_block(block).with_words_beside(extraction.message)
            yield from self._in_blocks(self._extractor.extract(one.words), speaker, inner, depth + 1)

    def _likeliest(self, extraction: Extraction, speaker: str, block: Claim | None) -> Iterator[CheckedQuotation]:
        """The verdicts on what a message quotes. Where a reading of it was not looked at whole, they say so."""
        checker = ClaimChecker(self._index, self._finder, speaker, block)
        with work_budget() as budget:
            found = MessageReading(checker, self._extractor, extraction, self._attributions).likeliest()
        for claim, verdict in found:
            checked = CheckedQuotation(claim.with_words_beside(extraction.message), verdict)
            yield uncertain(checked) if budget.ran_out else checked

    def check_all(self, text: str) -> tuple[CheckedQuotation, ...]:
        """Each quotation of a whole text, such as an essay, with its verdict, in order; at most `MOST`."""
        self._index.load()
        with self._index.mapped(), work_budget(_STEPS):
            return tuple(self._longest_of(claim) for claim in self.extracted(text)[:MOST])

    def extracted(self, text: str) -> list[Claim]:
        """The quotations of a whole text that are long enough to tell."""
        checker = ClaimChecker(self._index, self._finder)
        claims = without_interruptions(checker, self._extractor.extract_all(text))
        fit = (one for one in claims if checker.is_long(one) and len(one.words) <= LONGEST)
        return sorted(fit, key=lambda claim: claim.start)

    def _longest_of(self, claim: Claim) -> CheckedQuotation:
        """The longest quotation of a claim: a block quote may say within it whose it is."""
        found = self._likeliest(self._extractor.extract(claim.words), "", claim)
        longest = max(found, key=lambda one: one.verdict.words)
        return uncertain(longest) if claim.is_partial else longest
