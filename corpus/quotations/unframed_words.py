"""Words of a message without a frame that only they can show to be one: “is it true that he said …”, “per marx …”."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from corpus.errors import OutOfTime
from corpus.names.attributions import AttributionReader
from corpus.quotations.checked_quotation import CheckedQuotation, is_found
from corpus.quotations.claim_checker import ClaimChecker
from corpus.quotations.extract import Claim, Extraction, Extractor
from corpus.quotations.own_frames import is_changed_frame, is_cut_at_sentence, is_whole_sentence
from corpus.quotations.surroundings import own_words_around, words_around
from corpus.quotations.unknown_names import is_word_for_name

_CHANGED = ("altered", "not in these texts")
"""Verdicts on a message that may only be due to the frame in it."""


class _Rest(NamedTuple):
    """What is left of a message without what may be a frame, perhaps one only where a sentence begins or ends."""

    claim: Claim
    is_beside_sentence: bool


class UnframedWords:
    """Looks for a text's words in a message by taking off what may be a frame: then what was taken off is one."""

    def __init__(
        self, checker: ClaimChecker, extractor: Extractor, extraction: Extraction, reader: AttributionReader
    ) -> None:
        self._checker, self._extractor = checker, extractor
        self._extraction, self._reader = extraction, reader

    def with_marks(self) -> CheckedQuotation | None:
        """A quotation that has marks of its own, and nothing that parts it from its frame: “per marx he said “…””."""
        quoted = self._extraction.quoted
        first, last = quoted[0].start, max(one.end for one in quoted)
        with suppress(OutOfTime):
            for rest in self._in_open_frames():
                claim = rest.claim
                has_own_words = any(map(str.isalnum, "".join(words_around(claim, quoted))))
                if claim.start <= first and last <= claim.end and has_own_words:
                    checked = self._checker.check(claim)
                    if self._is_framed(checked, rest):
                        return checked
        return None

    def likeliest(self, whole: CheckedQuotation) -> CheckedQuotation:
        """A text's words, best with a name in their frame, or else the least changed; `whole` where there are none."""
        found: list[CheckedQuotation] = []
        changed: list[CheckedQuotation] = []
        with suppress(OutOfTime):
            for rest in self._behind_lead_ins_or_in_frames(whole):
                checked = self._checker.check(rest.claim)
                if self._is_framed(checked, rest):
                    found.append(checked)
                elif self._is_changed(checked, rest, whole):
                    changed.append(checked)
                if found and found[-1].claim.speaker:
                    return found[-1]
            if not found:
                found.extend(islice(self._without_names(), 1))
        nearest = max(changed, key=lambda one: one.verdict.kept / one.verdict.words, default=whole)
        return found[0] if found else nearest

    def _behind_lead_ins_or_in_frames(self, whole: CheckedQuotation) -> Iterator[_Rest]:
        for claim in self._extraction.without_lead_in:
            is_in_text = whole.verdict.kind != "altered" or bool(own_words_around(whole, [claim]))
            if not is_in_text or self._checker.begins_in_texts(claim):
                yield _Rest(claim, is_beside_sentence=False)
        yield from self._in_open_frames()

    def _in_open_frames(self) -> Iterator[_Rest]:
        begins = self._checker.begins_in_texts
        for claim in filter(begins, self._extractor.without_open_frames(self._extraction)):
            yield _Rest(claim, is_beside_sentence=False)
        for claim in filter(begins, self._extractor.beside_sentences(self._extraction)):
            yield _Rest(claim, is_beside_sentence=True)

    def _without_names(self) -> Iterator[CheckedQuotation]:
        """Whole sentences of a text beside nothing but a known name."""
        index, message = self._checker.index, self._extraction.message
        for claim in filter(self._checker.begins_in_texts, self._extraction.without_name):
            checked = self._checker.check(claim)
            if is_whole_sentence(index, checked) and not is_changed_frame(index, checked, message):
                yield checked

    def _is_framed(self, checked: CheckedQuotation, rest: _Rest) -> bool:
        """Whether words are a text's, and what the message has beside them a frame and no part of theirs.

        “We say” is none where the text has “We do not say”.
        """
        if not is_found(checked) or checked.verdict.before:
            return False
        index, message = self._checker.index, self._extraction.message
        if is_word_for_name(index, checked, message, self._reader):
            return False
        return not is_changed_frame(index, checked, message) and self._is_cut_right(checked, rest)

    def _is_changed(self, checked: CheckedQuotation, rest: _Rest, whole: CheckedQuotation) -> bool:
        """Whether words are a text's with some changed, and what the message has beside them is not like the text."""
        if checked.verdict.kind != "altered" or not self._is_cut_right(checked, rest):
            return False
        return whole.verdict.kind in _CHANGED and not own_words_around(whole, [rest.claim])

    def _is_cut_right(self, checked: CheckedQuotation, rest: _Rest) -> bool:
        start = self._extraction.unlabelled.start
        return not rest.is_beside_sentence or is_cut_at_sentence(self._checker.index, checked, start)
