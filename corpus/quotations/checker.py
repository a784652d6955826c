"""The checker: from what somebody pasted to a verdict on each quotation in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial

from corpus.errors import OutOfTime
from corpus.names.attributions import Attribution, AttributionReader
from corpus.names.finder import Finder
from corpus.quotations.checked_quotation import (
    CheckedQuotation,
    is_found,
    is_remark,
    kept_share,
    own_around,
    uncertain,
    words_around,
)
from corpus.quotations.extract import Claim, Extraction, Extractor, is_signature
from corpus.quotations.limits import ENOUGH, LONGEST, MOST
from corpus.quotations.own_frames import (
    begins_in_texts,
    begins_sentence,
    is_altered_beside,
    is_changed_frame,
    is_cut_at_sentence,
    is_whole_sentence,
    may_have_frame,
)
from corpus.quotations.requests import without_request
from corpus.quotations.token_index import TokenIndex
from corpus.quotations.verdict import STEPS, STEPS_A_WORD, check_quotation
from corpus.work_budget import A_SECOND, work_budget

_STEPS = 10 * A_SECOND
"""Of a work budget, for all quotations of a message or of a text."""
_DEPTH = 2  # of blocks in a message: block quotes in messages of a chat
_WHOLE = 2  # readings of all of a message, beside which its quotations are checked one by one
_MOST_INTERRUPTED = 50  # quotations of one text that are put together again
_LONGEST_INTERRUPTED = 1_000  # characters
_OPENING = '“„"«'
_OWN = 0.5  # of the words around marked ones that are too few to tell: where so many are, all of it is the quotation
_EXPLAINED = 0.75  # of the words around a quotation: where so many are the text's, they are part of what is quoted
_CHANGED = ("altered", "not in these texts")
"""Verdicts on a message that may only be due to the frame in it."""


class QuotationChecker:
    """Finds the quotations in a message and compares each with the texts."""

    def __init__(self, index: TokenIndex, finder: Finder) -> None:
        self._index, self._finder = index, finder
        attributions = AttributionReader(index.texts, finder)
        self._extractor, self._is_known = Extractor(attributions), attributions.is_known
        self._begins_in_texts = partial(begins_in_texts, index)

    def check(self, message: str, speaker: str = "") -> tuple[CheckedQuotation, ...]:
        """Each quotation with its verdict, in order. `speaker` is said to have said them all.

        Raises NotUnderstood where there are no words, or more than anybody quotes.
        """
        self._index.load()
        with self._index.mapped():
            return self._check_message(message, speaker)

    def _check_message(self, message: str, speaker: str) -> tuple[CheckedQuotation, ...]:
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
            yield from self._best(extraction, speaker, block)
            return
        for one in extraction.quoted:
            inner = one.in_block(block).with_words_beside(extraction.message)
            yield from self._in_blocks(self._extractor.extract(one.words), speaker, inner, depth + 1)

    def _best(self, extraction: Extraction, speaker: str, block: Claim | None = None) -> tuple[CheckedQuotation, ...]:
        """The verdicts on what a message quotes. Where a reading of it was not looked at whole, they say so."""
        with work_budget() as budget:
            found = self._likeliest(extraction, speaker, block)
        found = tuple(
            CheckedQuotation(claim.with_words_beside(extraction.message), verdict) for claim, verdict in found
        )
        return tuple(map(uncertain, found)) if budget.ran_out else found

    def _likeliest(self, extraction: Extraction, speaker: str, block: Claim | None) -> tuple[CheckedQuotation, ...]:
        """All of a message if all of it is quoted; what it marks as quoted; or the message without its frames."""
        raw = Claim(extraction.message, 0, len(extraction.message))
        everything = self._check(raw.in_block(block), speaker)
        if not is_found(everything):
            everything = self._check(extraction.unlabelled.in_block(block), speaker, everything)
        if is_found(everything) and not may_have_frame(everything, extraction):
            return (everything,)
        whole = self._whole_without_frames(extraction, everything, speaker, block)
        if is_found(everything) and not is_found(whole):
            return (everything,)
        if extraction.reported and not (is_found(whole) or self._is_all_quoted(everything, [extraction.reported])):
            reported = self._check_reported(extraction.reported.in_block(block), speaker, everything)
            if reported is not everything:
                return (reported,)
        if is_found(whole):
            return (whole,)
        if quoted := [one for one in extraction.quoted if self._index.read(one.words).keys]:
            framed = self._in_open_frame(extraction, speaker, block)
            return (framed,) if framed else self._quoted_or_whole(quoted, whole, speaker, block)
        return (self._without_lead_in(extraction, whole, speaker, block),)

    def _in_open_frame(self, extraction: Extraction, speaker: str, block: Claim | None) -> CheckedQuotation | None:
        """A quotation that has marks of its own, and nothing that parts it from its frame: “per marx he said “…””."""
        first, last = extraction.quoted[0].start, max(one.end for one in extraction.quoted)
        with suppress(OutOfTime):
            for claim, is_beside_sentence in self._claims_in_open_frames(extraction):
                has_own_words = any(map(str.isalnum, "".join(words_around(claim, extraction.quoted))))
                if claim.start <= first and last <= claim.end and has_own_words:
                    checked = self._check(claim.in_block(block), speaker)
                    if self._is_framed(checked, extraction, is_beside_sentence=is_beside_sentence):
                        return checked
        return None

    def _is_framed(self, checked: CheckedQuotation, extraction: Extraction, *, is_beside_sentence: bool) -> bool:
        """Whether a claim is a text's words, and what it leaves out of the message a frame and no part of theirs.

        “We say” is none where the text has “We do not say”.
        """
        if (
            not is_found(checked)
            or checked.verdict.before
            or is_changed_frame(self._index, checked, extraction.message)
        ):
            return False
        return not is_beside_sentence or is_cut_at_sentence(self._index, checked, extraction.unlabelled.start)

    def _quoted_or_whole(
        self, quoted: Iterable[Claim], whole: CheckedQuotation, speaker: str, block: Claim | None
    ) -> tuple[CheckedQuotation, ...]:
        """What a message marks as quoted; all of it where only words of what it quotes are marked."""
        quoted = self._uninterrupted(quoted)
        checked = tuple(self._check(claim.in_block(block), speaker) for claim in quoted)
        own, is_all_quoted = own_around(whole, quoted), self._is_all_quoted(whole, quoted)
        if all(map(is_found, checked)) and all(speaker or one.speaker for one in quoted):
            # A frame may have some words of the text by chance; more of them are quoted, too, and were changed.
            is_changed = whole.verdict.kind == "altered" and len(own) >= ENOUGH
            return (whole,) if is_all_quoted and is_changed else checked
        if is_all_quoted:
            return (whole,)
        stretch = self._quoted_stretch(whole, quoted) if any(map(is_found, checked)) else None
        if stretch:
            changed = self._check(stretch, speaker, whole)
            return (whole if is_found(changed) else changed,)
        if not any(map(self._is_long, quoted)) and self._is_explained(own, whole.claim, quoted, _OWN):
            return (whole,)
        return tuple(inner for one in checked for inner in self._within_marks(one, speaker, block))

    def _within_marks(
        self, checked: CheckedQuotation, speaker: str, block: Claim | None
    ) -> tuple[CheckedQuotation, ...]:
        """What is marked within a marked quotation, where the words around it are no text's: “He said “…” and left”."""
        outer = checked.claim
        if is_found(checked) or not any(mark in outer.words for mark in _OPENING):
            return (checked,)
        claims = [one.moved(outer.start) for one in self._extractor.extract(outer.words).quoted if self._is_long(one)]
        if not claims or len(own_around(checked, claims)) >= ENOUGH:
            return (checked,)
        return tuple(self._check(one.in_block(block), speaker) for one in claims)

    def _whole_without_frames(
        self, extraction: Extraction, everything: CheckedQuotation, speaker: str, block: Claim | None
    ) -> CheckedQuotation:
        """The message without its frames; all of it where these are the text's words, as they are or changed."""
        whole = extraction.whole
        unframed = self._check(whole.in_block(block), speaker, everything)
        is_frame = not whole.speaker or whole.is_marked or self._is_known(whole.speaker)
        is_changed = not is_frame and is_changed_frame(self._index, unframed, extraction.message)
        is_changed = is_changed or (
            not whole.is_marked and is_altered_beside(self._index, unframed, extraction.message)
        )
        if not (whole.speaker or whole.reference) and whole.start > extraction.unlabelled.start:
            # A date before the words. Where no sentence begins with these, it is a part of theirs that was changed.
            is_changed = is_found(unframed) and not begins_sentence(self._index, unframed.verdict.spans[0])
        return everything if is_changed or self._is_all_quoted(everything, [whole]) else unframed

    def _without_lead_in(
        self, extraction: Extraction, whole: CheckedQuotation, speaker: str, block: Claim | None
    ) -> CheckedQuotation:
        """The words without what leads to them, such as “is it true that he said”, where the rest is a text's."""
        changed: list[CheckedQuotation] = []
        nameless: CheckedQuotation | None = None
        with suppress(OutOfTime):
            for claim, is_beside_sentence in self._claims_behind_frames(extraction, whole):
                is_in_text = whole.verdict.kind not in _CHANGED or bool(own_around(whole, [claim]))
                checked = self._check(claim.in_block(block), speaker)
                if self._is_framed(checked, extraction, is_beside_sentence=is_beside_sentence):
                    if checked.claim.speaker:
                        return checked
                    nameless = nameless or checked
                is_cut = not is_beside_sentence or is_cut_at_sentence(self._index, checked, extraction.unlabelled.start)
                if checked.verdict.kind == "altered" and is_cut and not is_in_text:
                    changed.append(checked)  # nothing before it is like the text
            if nameless:
                return nameless
            for claim in filter(self._begins_in_texts, extraction.without_name):
                checked = self._check(claim.in_block(block), speaker)
                if is_whole_sentence(self._index, checked) and not is_changed_frame(
                    self._index, checked, extraction.message
                ):
                    return checked
        return nameless or max(changed, key=lambda one: one.verdict.kept / one.verdict.words, default=whole)

    def _claims_behind_frames(self, extraction: Extraction, whole: CheckedQuotation) -> Iterator[tuple[Claim, bool]]:
        """What may be left of a message without what leads to it or frames it, and whether only whole sentences can."""
        for claim in extraction.without_lead_in:
            is_in_text = whole.verdict.kind != "altered" or bool(own_around(whole, [claim]))
            if not is_in_text or self._begins_in_texts(claim):
                yield claim, False
        yield from self._claims_in_open_frames(extraction)

    def _claims_in_open_frames(self, extraction: Extraction) -> Iterator[tuple[Claim, bool]]:
        for claim in filter(self._begins_in_texts, self._extractor.without_open_frames(extraction)):
            yield claim, False
        for claim in filter(self._begins_in_texts, self._extractor.beside_sentences(extraction)):
            yield claim, True

    def _uninterrupted(self, claims: Iterable[Claim]) -> list[Claim]:
        """The claims, with those made one that words such as “said Trotsky” part."""
        found: list[Claim] = []
        many = 0
        for claim in claims:
            before = found[-1] if found and found[-1].is_interrupted and many < _MOST_INTERRUPTED else None
            if before:
                many += 1
                with work_budget() as budget:
                    whole = self._joined(before, claim)
                parts = [whole] if whole else [before, claim]
                found[-1:] = [one._replace(is_partial=before.is_partial or budget.ran_out) for one in parts]
            else:
                found.append(claim)
        return found

    def _joined(self, claim: Claim, rest: Claim) -> Claim | None:
        """The whole of an interrupted quotation. With a capital after the interruption a new sentence may begin."""
        if rest.end - claim.start > _LONGEST_INTERRUPTED:
            return None
        ways = [claim.joined(rest, comma=comma) for comma in (True, False)]
        checked = [self._check(one, "") for one in ways]
        found = [one.claim for one in checked if one.verdict.kind in ("verbatim", "shortened")]
        found += [one.claim for one in checked if one.verdict.confirms]
        goes_on = rest.words.lstrip()[:1].islower()
        return found[0] if found else ways[1] if goes_on else None

    def _check_reported(self, claim: Claim, speaker: str, everything: CheckedQuotation) -> CheckedQuotation:
        """What follows “he said that”: a quotation only if its words are the text's."""
        checked = self._check(claim, speaker)
        message = everything.claim.words
        if not self._is_known(claim.speaker) and is_changed_frame(self._index, checked, message):
            return everything
        if is_altered_beside(self._index, checked, message):
            return everything
        return CheckedQuotation(checked.claim._replace(is_reported=not is_found(checked)), checked.verdict)

    def check_all(self, text: str) -> tuple[CheckedQuotation, ...]:
        """Each quotation of a whole text, such as an essay, with its verdict, in order; at most `MOST`."""
        self._index.load()
        with self._index.mapped(), work_budget(_STEPS):
            return tuple(self._best_of(claim) for claim in self.extracted(text)[:MOST])

    def extracted(self, text: str) -> list[Claim]:
        """The quotations of a whole text that are long enough to tell."""
        claims = self._uninterrupted(self._extractor.extract_all(text))
        fit = (one for one in claims if self._is_long(one) and len(one.words) <= LONGEST)
        return sorted(fit, key=lambda claim: claim.start)

    def _best_of(self, claim: Claim) -> CheckedQuotation:
        """The longest quotation of a claim: a block quote may say within it whose it is."""
        found = self._best(self._extractor.extract(claim.words), "", claim)
        longest = max(found, key=lambda one: one.verdict.words)
        return uncertain(longest) if claim.is_partial else longest

    def _is_long(self, claim: Claim) -> bool:
        return len(self._index.read(claim.words).keys) >= ENOUGH

    def _check(self, claim: Claim, speaker: str, known: CheckedQuotation | None = None) -> CheckedQuotation:
        """A claim with the verdict on it: that on `known` where it says the same of the same words."""
        claim = claim._replace(attribution=Attribution(speaker).or_else(claim.attribution))
        if known and (claim.words, claim.attribution) == (known.claim.words, known.claim.attribution):
            return CheckedQuotation(claim, known.verdict)
        verdict = check_quotation(self._index, self._finder, claim.words, claim.speaker or None, claim.attribution)
        return CheckedQuotation(claim, verdict)

    def _is_all_quoted(self, whole: CheckedQuotation, claims: Sequence[Claim]) -> bool:
        """Whether the words around some quotations are the text's as well, so that all of it was meant."""
        if whole.verdict.kind not in ("altered", "pieced together"):
            return False
        # A text may have the title of a book among its own words.
        if whole.verdict.kind == "pieced together" and is_signature(whole.claim, claims[-1]):
            return False
        return self._is_explained(own_around(whole, claims), whole.claim, claims)

    def _quoted_stretch(self, whole: CheckedQuotation, claims: Sequence[Claim]) -> Claim | None:
        """What is quoted of a message where it has marked quotations within it, and a remark before or after it."""
        own = own_around(whole, claims)
        if len(own) < ENOUGH or is_signature(whole.claim, claims[-1]):
            return None
        claim = whole.claim
        spans = [*own, *((one.start - claim.start, one.end - claim.start) for one in claims)]
        first, last = min(start for start, _ in spans), max(end for _, end in spans)
        stretch = claim._replace(
            words=claim.words[first:last], start=claim.start + first, end=claim.start + last, has_words_beside=True
        )
        return stretch if self._is_explained(own, stretch, claims) else None

    def _is_explained(
        self, own: Sequence[tuple[int, int]], whole: Claim, claims: Sequence[Claim], share: float = _EXPLAINED
    ) -> bool:
        many = sum(len(self._index.read(words).keys) for words in words_around(whole, claims))
        return many > 0 and len(own) >= share * many
