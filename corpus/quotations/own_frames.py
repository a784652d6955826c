"""Frames of a text's own: “Historians ask:” does not frame a quotation where the text itself has “People ask:”."""

from __future__ import annotations

import re

from corpus.language.speech_verbs import SPEECH_INFINITIVE, SPEECH_VERB
from corpus.language.tokens import tokens
from corpus.quotations.printed_tokens import Span
from corpus.quotations.token_index import TokenIndex
from corpus.quotations.verdict import Verdict

_NEAR = 100  # characters of a text beside a quotation
_LONGER = 2  # words of the text that are looked at beyond as many as were cut off
_OPENING = "…“\"‘'«"
_ENDS = re.compile(
    rf"(?:[:?—–]|\s-|\b(?:{SPEECH_VERB}|{SPEECH_INFINITIVE})(?:\s+\w{{1,20}}){{0,2}}|\bthat)$", re.IGNORECASE
)
_BEGINS = re.compile(rf"[\s”\"’'»]*(?:[—–(]|-(?=\s)|{SPEECH_VERB}\b)", re.IGNORECASE)


def is_frame_of_text(index: TokenIndex, verdict: Verdict, before: str, after: str) -> bool:
    """Whether what was cut off before or after a text's words is like the text's own words there.

    Then it is not a frame around a quotation, but a change of the text.
    """
    first, last = verdict.spans[0], verdict.spans[-1]
    own_before = _words_before(index, first)
    own_after = _words_after(index, last)
    is_frame = _ends_with_frame(own_before) and (not _is_question(own_before) or _is_question(before))
    return (_has_words(before) and (is_frame or _is_like(before, own_before, at_end=True))) or (
        _has_words(after) and (bool(_BEGINS.match(own_after)) or _is_like(after, own_after, at_end=False))
    )


def begins_sentence(index: TokenIndex, span: Span) -> bool:
    """Whether a sentence of a text begins with a span."""
    paragraph = index.paragraph(span)
    sentence = next(one for one in paragraph.sentences if span.start < one.end)
    return not _has_words(paragraph.words[sentence.start : span.start])


def ends_sentence(index: TokenIndex, span: Span) -> bool:
    """Whether a sentence of a text ends with a span."""
    paragraph = index.paragraph(span)
    sentence = next(one for one in paragraph.sentences if span.end <= one.end)
    return not _has_words(paragraph.words[span.end : sentence.end])


def _words_before(index: TokenIndex, span: Span) -> str:
    """What a text has before a span: at a paragraph's beginning, the end of the one before."""
    start = index.paragraph(span).words[max(0, span.start - _NEAR) : span.start]
    text = index.texts[span.reference.text]
    place = text.place(span.reference.paragraph) - 1
    return start if _has_words(start) or place < 0 else text.paragraphs[place].words[-_NEAR:]


def _words_after(index: TokenIndex, span: Span) -> str:
    """What a text has after a span: at a paragraph's end, the beginning of the next one."""
    rest = index.paragraph(span).words[span.end : span.end + _NEAR]
    text = index.texts[span.reference.text]
    place = text.place(span.reference.paragraph) + 1
    return rest if _has_words(rest) or place == len(text.paragraphs) else text.paragraphs[place].words[:_NEAR]


def _ends_with_frame(words: str) -> bool:
    return bool(_ENDS.search(words.rstrip(f" {_OPENING}")))


def _is_question(words: str) -> bool:
    """Whether words end with a question: only another question stands in its place, not “according to Marx”."""
    return words.rstrip(f" {_OPENING}").endswith("?")


def _is_like(cut: str, own: str, *, at_end: bool) -> bool:
    """Whether what was cut off shares a content word with what the text has there."""
    typed = [token for token in tokens(cut[:_NEAR]) if token.is_content]
    many = len(typed) + _LONGER
    words = [token for token in tokens(own) if token.is_content]
    near = words[-many:] if at_end else words[:many]
    return not {token.stem for token in typed}.isdisjoint(token.stem for token in near)


def _has_words(words: str) -> bool:
    return any(map(str.isalnum, words))
