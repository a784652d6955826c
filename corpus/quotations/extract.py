"""Extraction of quotations from what people paste: block quotes, quotation marks, and whose they are said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.language.speech_verbs import SPEECH_VERB
from corpus.names.attributions import Attribution, AttributionReader
from corpus.quotations.chat_messages import chat_messages, without_chat_headers
from corpus.quotations.frame_patterns import SIGNATURE
from corpus.quotations.frames import AROUND, FrameReader
from corpus.quotations.limits import ENOUGH
from corpus.quotations.markup import without_markup
from corpus.quotations.open_frames import BESIDE_SENTENCES, WITHIN_SENTENCES, OpenFrame, ReadName, without_open_frames
from corpus.quotations.quoted_slices import blanked, block_slices, marked_slices, without_marks_of_block
from corpus.reference import ParagraphRange, Reference

_INTERRUPTION = re.compile(
    rf"[\s,—–-]*(?:[^\W\d_][^\n.,:;!?“”\"]{{0,60}}\s)?{SPEECH_VERB}\b[^\n.:;!?“”\"]{{0,60}}[,—–]\s*", re.IGNORECASE
)
"""What may be in the middle of a quotation: “…,” said Trotsky, “…”."""


_ENDS = ".!?…"
_MARKS = "“”„\"«»‘’'"
_SINGLE = "‘’'"


class Claim(NamedTuple):
    """Words that are said to be quoted: the slice `start:end` of the plain message, and whose they are said to be.

    `is_reported`: they are after “he said that”, and are not said to be the very words. `is_interrupted`: words such
    as “said Trotsky” are after them, and then the quotation goes on. `is_partial`: not all was looked at that may
    show whether it goes on. `has_words_beside`: the message has other words as well, which may say whose it is.
    """

    words: str
    start: int
    end: int
    attribution: Attribution = Attribution()
    is_reported: bool = False
    is_interrupted: bool = False
    is_partial: bool = False
    has_words_beside: bool = False

    @property
    def speaker(self) -> str:
        """The name of whoever is said to have said it, or nothing."""
        return self.attribution.name

    @property
    def reference(self) -> Reference | ParagraphRange | None:
        """The reference that was given, or None."""
        return self.attribution.reference

    def with_attribution(self, other: Attribution) -> Claim:
        """This claim, with what is not known of it yet from another attribution."""
        return self._replace(attribution=self.attribution.or_else(other))

    @property
    def is_marked(self) -> bool:
        """Whether quotation marks are around all of it."""
        words = self.words.strip()
        if len(words) < 2 or words[0] not in _MARKS or words[-1] not in _MARKS:
            return False
        return (words[0] in _SINGLE) == (words[-1] in _SINGLE)  # “the workers’ ends with an apostrophe

    def in_block(self, block: Claim | None) -> Claim:
        """This claim of a block quote, with whose it is said to be beside the block."""
        if block is None:
            return self
        return self.with_attribution(block.attribution)._replace(has_words_beside=block.has_words_beside)

    def with_words_beside(self, message: str) -> Claim:
        """This claim, knowing whether its message has other words as well."""
        others = message[: self.start] + message[self.end :]
        return self._replace(has_words_beside=self.has_words_beside or any(map(str.isalnum, others)))

    def beside_others(self) -> Claim:
        """This claim as one of a message that has other words as well."""
        return self._replace(has_words_beside=True)

    def moved(self, shift: int) -> Claim:
        """The same of a message in which it is further on."""
        return self._replace(start=self.start + shift, end=self.end + shift)

    def joined(self, rest: Claim, *, comma: bool) -> Claim:
        """This claim with the rest of the quotation; a `comma` before what interrupts it is the quotation's own."""
        words = self.words if comma else self.words.rstrip(" ,—–-")
        gap = " " * (rest.start - self.start - len(words))
        attribution = self.attribution.or_else(rest.attribution)
        return rest._replace(words=words + gap + rest.words, start=self.start, attribution=attribution)


def is_signature(whole: Claim, quoted: Claim) -> bool:
    """Whether what follows a marked quotation of a message says where it is from, such as a book that nobody knows."""
    return bool(SIGNATURE.fullmatch(whole.words, max(quoted.end - whole.start, 0)))


class Extraction(NamedTuple):
    """What a message may quote: all of it without its frames, or the parts of it that are marked as quoted."""

    message: str
    unlabelled: Claim
    """All of it after a label such as “Quote:”."""
    whole: Claim
    quoted: tuple[Claim, ...]
    in_blocks: bool
    """The parts are block quotes or messages, each of which may say within it whose it is."""
    is_chat: bool = False
    """The parts are messages, some of which may be remarks."""
    reported: Claim | None = None
    """What follows “he said that” in a message without quotation marks."""
    without_lead_in: tuple[Claim, ...] = ()
    """What may be left without what leads to it, such as “is it true that he said”, where nothing is marked."""
    without_name: tuple[Claim, ...] = ()
    """What may be left without a known name before or behind it, where nothing is marked."""


class Extractor:
    """Extracts quotations from messages."""

    def __init__(self, attributions: AttributionReader) -> None:
        self._frames, self._is_in_chat = FrameReader(attributions), attributions.is_speaker_in_chat
        self._is_title = attributions.is_title
        self._read_name: ReadName = lambda name, form: attributions.read(name, form=form, alone=True)

    def extract(self, message: str) -> Extraction:
        """The quotations of a message, in order."""
        plain = without_markup(message, self._is_in_chat)
        messages = self._messages(plain)
        blocks = messages or tuple(self._blocks(plain))
        quoted = blocks or tuple(self._in_marks(plain)) or self._turns(plain)
        label = self._frames.label_end(plain)
        unlabelled, whole = Claim(plain[label:], label, len(plain)), self._without_frames(plain)
        if quoted:
            return Extraction(plain, unlabelled, whole, quoted, bool(blocks), is_chat=bool(messages))
        return Extraction(
            plain,
            unlabelled,
            whole,
            (),
            in_blocks=False,
            reported=self._reported(plain),
            without_lead_in=tuple(self._without_lead_in(plain, whole)),
            without_name=tuple(self._without_name(plain, label)),
        )

    def without_open_frames(self, extraction: Extraction) -> Iterator[Claim]:
        """What may be left of a message without such as “according to karl marx”, where nothing parts it from that."""
        whole, label = extraction.whole, extraction.unlabelled.start
        for ends in dict.fromkeys([(whole.start, whole.end), (label, len(extraction.message))]):
            yield from self._framed(extraction, *ends, WITHIN_SENTENCES)

    def beside_sentences(self, extraction: Extraction) -> Iterator[Claim]:
        """The same, where only whole sentences can be what is left."""
        yield from self._framed(extraction, extraction.unlabelled.start, len(extraction.message), BESIDE_SENTENCES)

    def _framed(self, extraction: Extraction, start: int, end: int, frames: Sequence[OpenFrame]) -> Iterator[Claim]:
        plain, known = extraction.message, extraction.whole.attribution
        for first, last, found in without_open_frames(self._read_name, plain, start, end, frames):
            yield Claim(plain[first:last], first, last, found.or_else(known))

    def extract_all(self, text: str) -> Iterator[Claim]:
        """The block quotes of a whole text and what quotation marks hold outside of them."""
        plain = without_chat_headers(without_markup(text, self._is_in_chat))
        yield from self._blocks(plain)
        yield from self._in_marks(blanked(plain, block_slices(plain)))

    def _messages(self, plain: str) -> tuple[Claim, ...]:
        """The messages in what was copied out of a chat, and their authors, where these are people of the notes.

        Any other name is that of whoever posted the words. Remarks beside longer messages are left out.
        """
        claims = [
            Claim(plain[start:end], start, end, Attribution(name if self._is_in_chat(name) else ""))
            for start, end, name in chat_messages(plain)
        ]
        return tuple(one for one in claims if one.words.count(" ") + 1 >= ENOUGH) or tuple(claims)

    def _turns(self, plain: str) -> tuple[Claim, ...]:
        """What each says in a conversation, or in the one turn of a message."""
        return tuple(
            Claim(plain[start:end], start, end, attribution) for start, end, attribution in self._frames.turns(plain)
        )

    def _without_frames(self, words: str) -> Claim:
        start, end, attribution = self._frames.without_frames(words)
        return Claim(words[start:end], start, end, attribution)

    def _reported(self, plain: str) -> Claim | None:
        found = self._frames.reported(plain)
        if found is None:
            return None
        return Claim(plain[found.start : found.end], found.start, found.end, found.attribution)

    def _without_lead_in(self, plain: str, whole: Claim) -> Iterator[Claim]:
        for start, end, attribution in self._frames.without_lead_in(plain, whole.start, whole.end):
            claim = Claim(plain[start:end], start, end, attribution.or_else(whole.attribution))
            # “Is it true? According to Lenin, …”
            framed = self._without_frames(claim.words)
            yield from [framed.moved(start).with_attribution(claim.attribution)] if framed.start else []
            yield claim

    def _without_name(self, plain: str, label: int) -> Iterator[Claim]:
        for start, end, attribution in self._frames.without_name(plain, label, len(plain)):
            yield Claim(plain[start:end], start, end, attribution)

    def _blocks(self, plain: str) -> Iterator[Claim]:
        for start, end in block_slices(plain):
            words = without_marks_of_block(plain[start:end])
            if any(map(str.isalnum, words)):
                attribution = self._frames.after("\n" + plain[end : end + AROUND]) or self._frames.before(plain[:start])
                yield Claim(words, start, end, attribution or Attribution())

    def _in_marks(self, plain: str) -> Iterator[Claim]:
        marked = marked_slices(plain)
        # Beside a quotation, the title of a text says where it is from.
        slices = [one for one in marked if not self._is_title(plain[slice(*one)])] or marked
        edges = pairwise([(0, -1), *slices, (len(plain) + 1, 0)])
        gaps = [plain[end + 1 : start - 1] for (_, end), (start, _) in edges]  # without the marks
        last, is_taken, named = Attribution(), False, None
        are_signed = len(slices) > 1 and bool(self._frames.after(gaps[-1]))
        for n, ((start, end), before, after) in enumerate(zip(slices, gaps[:-1], gaps[1:], strict=True)):
            ends = plain[start:end].rstrip()[-1:] in _ENDS
            is_last = n == len(slices) - 1
            is_introduced = not is_taken and self._frames.is_introduced(before, after if is_last else f"{after}“")
            attribution_after, named_before = None, named
            named = None if is_last or are_signed else self._frames.name_alone(after)
            if not (is_introduced or named):
                attribution_after = self._frames.after(after) if is_last else self._frames.between(after, ends=ends)
            is_taken = bool(attribution_after)
            attribution = attribution_after or named_before or self._frames.before(before)
            if n and not attribution and self._frames.keeps_speaker(before):
                attribution = last
            is_interrupted = not is_introduced and bool(_INTERRUPTION.fullmatch(after))
            last = attribution or Attribution()
            yield Claim(plain[start:end], start, end, last, is_interrupted=is_interrupted)
