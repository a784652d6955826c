"""The likeliest reading of a message: all of it is quoted, or all without its frames, or what it marks as quoted."""

from __future__ import annotations

from corpus.names.attributions import Attribution, AttributionReader
from corpus.quotations.checked_quotation import CheckedQuotation, is_found
from corpus.quotations.claim_checker import ClaimChecker
from corpus.quotations.extract import Claim, Extraction, Extractor
from corpus.quotations.interruptions import without_interruptions
from corpus.quotations.marked_quotations import marked_or_whole
from corpus.quotations.own_frames import begins_sentence, is_altered_beside, is_changed_frame, may_have_frame
from corpus.quotations.surroundings import Surroundings
from corpus.quotations.unframed_words import UnframedWords
from corpus.quotations.unknown_names import is_name_within_clause, is_word_for_name


class MessageReading:
    """What one message quotes, or one block of it. `reader` knows the people of the notes."""

    def __init__(
        self, checker: ClaimChecker, extractor: Extractor, extraction: Extraction, reader: AttributionReader
    ) -> None:
        self._checker, self._extractor = checker, extractor
        self._extraction, self._reader = extraction, reader

    def likeliest(self) -> tuple[CheckedQuotation, ...]:
        """The verdicts on what the message quotes, in order."""
        everything = self._everything()
        if is_found(everything) and not may_have_frame(everything, self._extraction):
            return (everything,)
        unframed = self._without_frames(everything)
        if is_found(everything) and not is_found(unframed):
            return (everything,)
        if not is_found(unframed) and (reported := self._reported(everything)):
            return (reported,)
        is_all = is_found(unframed) and not self._leaves_out_quotation(unframed.claim)
        return (unframed,) if is_all else self._marked(unframed)

    def _everything(self) -> CheckedQuotation:
        """All of the message, or all after a label such as “Quote:”."""
        message = self._extraction.message
        checked = self._checker.check(Claim(message, 0, len(message)))
        if is_found(checked):
            return checked
        unlabelled = self._checker.check(self._extraction.unlabelled, checked)
        return checked if is_altered_beside(self._checker.index, unlabelled, message) else unlabelled

    def _without_frames(self, everything: CheckedQuotation) -> CheckedQuotation:
        """The message without its frames; all of it where these are the text's words, as they are or changed.

        And where no text is like it, and nobody is said to have said it: then it may be a remark itself.
        """
        whole = self._extraction.whole
        unframed = self._checker.check(whole, everything)
        is_remark = unframed.verdict.kind == "not in these texts" and whole.attribution == Attribution()
        is_part = is_remark or self._has_changed_frames(whole, unframed) or self._are_quoted_around(whole, everything)
        return everything if is_part else unframed

    def _has_changed_frames(self, whole: Claim, unframed: CheckedQuotation) -> bool:
        """Whether what was taken for frames are words of the text that were changed."""
        extraction, index = self._extraction, self._checker.index
        if not (whole.speaker or whole.reference) and whole.start > extraction.unlabelled.start:
            # A date before the words. Where no sentence begins with these, it is a part of theirs that was changed.
            return is_found(unframed) and not begins_sentence(index, unframed.verdict.spans[0])
        if whole.is_marked:
            return False
        if is_name_within_clause(index, unframed, extraction.message):
            return True
        if is_word_for_name(index, unframed, extraction.message, self._reader):
            return True
        if whole.speaker and not self._reader.is_known(whole.speaker):
            return is_changed_frame(index, unframed, extraction.message)
        return is_altered_beside(index, unframed, extraction.message)

    def _leaves_out_quotation(self, whole: Claim) -> bool:
        """Whether a frame has a quotation of its own: “Trotsky wrote “…”. Lenin replied: “…””."""
        beside = (one for one in self._extraction.quoted if one.end <= whole.start or whole.end <= one.start)
        kinds = (self._checker.check(one).verdict.kind for one in beside if self._checker.is_long(one))
        return any(kind != "not in these texts" for kind in kinds)

    def _reported(self, everything: CheckedQuotation) -> CheckedQuotation | None:
        """What follows “he said that”: a quotation only if its words are the text's."""
        claim = self._extraction.reported
        if claim is None or self._are_quoted_around(claim, everything):
            return None
        checked = self._checker.check(claim)
        index, message = self._checker.index, everything.claim.words
        if not self._reader.is_known(claim.speaker) and is_changed_frame(index, checked, message):
            return None
        if is_altered_beside(index, checked, message):
            return None
        return CheckedQuotation(checked.claim._replace(is_reported=not is_found(checked)), checked.verdict)

    def _marked(self, unframed: CheckedQuotation) -> tuple[CheckedQuotation, ...]:
        """What the message marks as quoted; where it marks nothing, what is left without what leads to it."""
        words = UnframedWords(self._checker, self._extractor, self._extraction, self._reader)
        quoted = [one for one in self._extraction.quoted if self._checker.count_words(one.words)]
        if not quoted:
            return (words.likeliest(unframed),)
        if framed := words.with_marks():
            return (framed,)
        claims = without_interruptions(self._checker.without_context(), quoted)
        return marked_or_whole(self._checker, self._extractor, claims, unframed)

    def _are_quoted_around(self, claim: Claim, everything: CheckedQuotation) -> bool:
        """Whether the words around a claim are the text's, too, so that all of the message was meant."""
        return Surroundings(self._checker, everything, [claim]).are_quoted
