"""Frames of a text's own: “Historians ask:” does not frame a quotation where the text itself has “People ask:”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.language.english import STOP_WORDS
from corpus.language.number_signs import sign_before
from corpus.language.numbers import number_at_start
from corpus.language.speech_verbs import SPEECH_INFINITIVE, SPEECH_VERB
from corpus.language.tokens import tokens
from corpus.quotations.checked_quotation import CheckedQuotation, is_found
from corpus.quotations.extract import Extraction
from corpus.quotations.limits import ENOUGH
from corpus.quotations.printed_tokens import Span
from corpus.quotations.significance import is_of_person
from corpus.quotations.token_index import TokenIndex
from corpus.quotations.verdict import Verdict
from corpus.quotations.words_set_aside import replaces_word_beside

_LONGEST_FRAME = 400  # characters beside a quotation that are looked at
_FEWEST_BESIDE, _MOST_BESIDE = 2, 12  # words of a text beside a quotation that what was typed there is compared with
_ENOUGH_BESIDE = 7
"""Of these: where fewer were typed, the half of them may be a text's own by chance, such as “he said that”."""
_MOST_TO_NAME = 3  # words to the end of a name, such as “the famous Trotsky”
_ROOT = 5  # letters that a word has in common with another that was made of it
_NEAR = 100  # characters of a text beside a quotation
_LONGER = 2  # words of the text that are looked at beyond as many as were cut off
_OPENING = "…“\"‘'«"
_ENDS = re.compile(
    rf"(?:[:?—–]|\s-|\b(?:{SPEECH_VERB}|{SPEECH_INFINITIVE})(?:\s+\w{{1,20}}){{0,2}}|\bthat)$", re.IGNORECASE
)
_SENTENCE_ENDS = tuple(".!?")
_CLOSED, _OPENED = " \t\n)]}", " \t\n[{"
_SPEECH = re.compile(rf"{SPEECH_VERB}|{SPEECH_INFINITIVE}", re.IGNORECASE)
_BEGINS = re.compile(rf"[\s”\"’'»]*(?:[—–(]|-(?=\s)|{SPEECH_VERB}\b)", re.IGNORECASE)


def may_have_frame(everything: CheckedQuotation, extraction: Extraction) -> bool:
    """Whether a message that is a text's words may be a quotation with a frame: the text has “years Trotsky” for
    “years” — Trotsky, and may have what is in brackets; a play has “MACBETH.” before the words of Macbeth: “…”.
    """
    whole, verdict = extraction.whole, everything.verdict
    is_signed = whole.end < len(extraction.message.rstrip()) or (whole.start > 0 and whole.is_marked)
    is_attributed = bool(whole.speaker or whole.reference or whole.attribution.source)
    return is_attributed and bool(verdict.asides or (is_signed and verdict.kind == "variants"))


def is_changed_frame(index: TokenIndex, checked: CheckedQuotation, message: str) -> bool:
    """Whether what a claim that is a text's leaves out of a message is no frame, but changed words of the text."""
    claim, verdict = checked
    around = message[: claim.start], message[claim.end :]
    if not is_found(checked):
        return False
    is_quoted = any(_quotes_texts(index, one) for one in around) or _ends_with_sentence_of_text(
        index, verdict, around[0]
    )
    return is_quoted or _is_frame_of_text(index, verdict, *around) or is_altered_beside(index, checked, message)


def is_altered_beside(index: TokenIndex, checked: CheckedQuotation, message: str) -> bool:
    """Whether a message has before or after a claim that is a text's what the text has there, with a word changed.

    Such as “it is impossible that” before the words for the text's “it is possible that”, behind “Lenin wrote”.
    """
    claim, verdict = checked
    if not is_found(checked):
        return False
    before, after = _keys(message[: claim.start]), _keys(message[claim.end :])
    own_before = _keys(_sentence_before(index, verdict.spans[0]))
    own_after = _keys(_sentence_after(index, verdict.spans[-1]))
    if _is_other_number(before, own_before, at_end=True) or _is_other_number(after, own_after, at_end=False):
        return True
    around = message[: claim.start], message[claim.start + len(claim.words.rstrip()) :]
    if not (claim.is_marked or claim.reference) and replaces_word_beside(index, verdict.spans, *around):
        return True
    if _has_other_name_after_title(index, after, _keys(_words_after(index, verdict.spans[-1]))):
        return True
    if _leads_to_its_own_name(index, after, own_after):
        return True
    if _goes_on_otherwise(after, own_after) or _has_other_name_beside(index, checked, message, own_before, own_after):
        return True
    exact = not claim.speaker
    return _is_alteration(before[::-1], own_before[::-1], exact=exact) or _is_alteration(after, own_after, exact=exact)


def has_other_number_before(index: TokenIndex, checked: CheckedQuotation, number: str) -> bool:
    """Whether a claim that is a text's has another number before it there: “25. Trotsky’s” for “24, Trotsky’s”."""
    if not is_found(checked) or begins_sentence(index, checked.verdict.spans[0]):
        return False
    return _is_other_number([number], _keys(_sentence_before(index, checked.verdict.spans[0])), at_end=True)


def _has_other_name_after_title(index: TokenIndex, typed: Sequence[str], own: Sequence[str]) -> bool:
    """Whether words are no signature, but what the text has next with another name: “Comrade Kerensky”."""
    is_same_title = len(typed) > 1 and typed[:1] == own[:1] and not is_of_person(index, typed[0])
    return is_same_title and typed[1:2] != own[1:2] and any(is_of_person(index, key) for key in own[1:2])


def _leads_to_its_own_name(index: TokenIndex, typed: Sequence[str], own: Sequence[str]) -> bool:
    """Whether what leads to a name that the text has there as well are other words: “bridge Konovalovs” for “and …”."""
    for n, (one, other) in enumerate(zip(typed[:_MOST_TO_NAME], own, strict=False)):
        if one in (other, other.removesuffix("s")) and is_of_person(index, other):
            others = [word for word in typed[:n] if not (is_of_person(index, word) or _SPEECH.fullmatch(word))]
            return typed[:n] != own[:n] and any(len(word) > 1 for word in others)
    return False


def _goes_on_otherwise(typed: Sequence[str], own: Sequence[str]) -> bool:
    """Whether the first word is the text's own, others are not, and it leads to no name: “— entered Lenin”."""
    if not (typed and typed[:1] == own[:1]) or typed == own[: len(typed)]:
        return False
    return typed[0] not in STOP_WORDS and not _SPEECH.fullmatch(typed[0])


def _has_other_name_beside(
    index: TokenIndex, checked: CheckedQuotation, message: str, own_before: Sequence[str], own_after: Sequence[str]
) -> bool:
    """Whether white space or a bracket parts a text's words from what stands for a name there: “[Lenin] was”.

    Where a sentence begins or ends with the words, a name on its own line is a heading or a signature.
    """
    claim, (first, *_, last) = checked.claim, (*checked.verdict.spans[:1], *checked.verdict.spans)
    before, after = message[: claim.start], message[claim.start + len(claim.words.rstrip()) :]
    typed_before, typed_after = _keys(before)[-1:], _keys(after)[:1]
    is_before = before.rstrip(_CLOSED)[-1:].isalnum() and not begins_sentence(index, first)
    is_after = after.lstrip(_OPENED)[:1].isalnum() and (
        not ends_sentence(index, last)
        or (
            "\n" not in after[: len(after) - len(after.lstrip())]
            and any(is_of_person(index, key) for key in typed_after)
        )
    )
    return (is_before and _is_other_name(index, typed_before, own_before[-1:])) or (
        is_after and _is_other_name(index, typed_after, own_after[:1])
    )


def _is_other_name(index: TokenIndex, typed: Sequence[str], own: Sequence[str]) -> bool:
    return typed != own and any(is_of_person(index, key) for key in own)


def _is_other_number(typed: Sequence[str], own: Sequence[str], *, at_end: bool) -> bool:
    """Whether words end, or begin, with another number than a text's own there, in figures or in words."""
    one, other = _number_beside(typed, at_end=at_end), _number_beside(own, at_end=at_end)
    return one is not None and other is not None and one != other


def _number_beside(words: Sequence[str], *, at_end: bool) -> int | None:
    """The value of the number with which words end, or begin."""
    for n in range(max(0, len(words) - _MOST_BESIDE) if at_end else 0, len(words) if at_end else min(1, len(words))):
        number, many = number_at_start(words[n:])
        if number and (not at_end or n + many == len(words)):
            return number.value
    return None


def _is_alteration(typed: Sequence[str], own: Sequence[str], *, exact: bool) -> bool:
    """Whether words, from the nearest on, are mostly a text's own; `exact`: or are these, with others before them."""
    from rapidfuzz.distance import LCSseq

    own = own[:_MOST_BESIDE]
    near = typed[: len(own)]
    if len(own) < _FEWEST_BESIDE or not near:
        return False
    same = LCSseq.similarity(near, own)
    alike = max(same, sum(_are_alike(one, other) for one, other in zip(near, own, strict=False)))
    many = min(len(own), max(len(near), _ENOUGH_BESIDE))
    return alike > many / 2 and (same < min(len(near), len(own)) or exact)


def _are_alike(one: str, other: str) -> bool:
    """Whether a word is another one or was made of it: possible and impossible, 1917 and 1919."""
    if one == other or (one.isdecimal() and other.isdecimal()):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _ROOT and (short in long or short[:_ROOT] == long[:_ROOT])


def _keys(words: str) -> list[str]:
    return [token.word for token in tokens(words)]


def _sentence_before(index: TokenIndex, span: Span) -> str:
    """What the sentence of a span has before it, or the sentence before that where it has nothing."""
    paragraph = index.paragraph(span)
    starts = (one.start for one in reversed(paragraph.sentences) if one.start < span.start)
    return next(filter(_has_words, (paragraph.words[start : span.start] for start in starts)), "")


def _sentence_after(index: TokenIndex, span: Span) -> str:
    """The same of what is after it."""
    paragraph = index.paragraph(span)
    ends = (one.end for one in paragraph.sentences if one.end > span.end)
    return next(filter(_has_words, (paragraph.words[span.end : end] for end in ends)), "")


def _quotes_texts(index: TokenIndex, frame: str) -> bool:
    """Whether a frame has so many of a text's words side by side that it is quoted itself."""
    keys = index.read(frame[-_LONGEST_FRAME:]).keys
    return any(len(index.find(keys[n : n + ENOUGH])) > 0 for n in range(len(keys) - ENOUGH + 1))


def _ends_with_sentence_of_text(index: TokenIndex, verdict: Verdict, before: str) -> bool:
    """Whether a sentence before a text's words is one that the text has near them: “Which peasants?” behind them."""
    if before.rstrip(_OPENING + " \n")[-1:] not in _SENTENCE_ENDS:
        return False
    typed, paragraph = _keys(before), index.paragraph(verdict.spans[0])
    sentences = (_keys(paragraph.words[one.start : one.end]) for one in paragraph.sentences)
    return any(len(own) >= _FEWEST_BESIDE and typed[-len(own) :] == own for own in sentences)


def _is_frame_of_text(index: TokenIndex, verdict: Verdict, before: str, after: str) -> bool:
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


def is_whole_sentence(index: TokenIndex, checked: CheckedQuotation) -> bool:
    """Whether words are a text's, from the beginning of a sentence to the end of one."""
    spans = checked.verdict.spans
    return is_found(checked) and begins_sentence(index, spans[0]) and ends_sentence(index, spans[-1])


def is_cut_at_sentence(index: TokenIndex, checked: CheckedQuotation, start: int) -> bool:
    """Whether words are a text's, and a sentence begins or ends where a frame was cut off; `start` is the message's."""
    spans = checked.verdict.spans
    if not spans:
        return False
    is_before = checked.claim.start > start
    return begins_sentence(index, spans[0]) if is_before else ends_sentence(index, spans[-1])


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
    words = index.paragraph(span).words
    end = span.start - len(sign_before(words, span.start))
    start = words[max(0, end - _NEAR) : end]
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
