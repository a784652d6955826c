"""Context: words of a sentence that a quotation leaves out although they turn round, limit or report what it says."""

from __future__ import annotations

import re

from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.negations import NEGATIONS
from corpus.language.number_signs import unit_in_words
from corpus.language.numbers import number_at_start
from corpus.language.speech_verbs import DENYING_VERB, REPORTING_VERB
from corpus.language.tokens import tokens
from corpus.text_model import Paragraph

_GOVERNING = NEGATIONS | {"if", "unless", "lest", "whether", "either", "neither"}
_NEAR = 30  # characters beside a place, in which the rest of a number is
_MARKS = " ,.()“”\"‘’'"
_THAT = lazy_pattern(r"\bthat\W*$", re.IGNORECASE)
"""The end of a report, which few clauses have: to look for its verb takes a hundred times as long."""
_REPORT = lazy_pattern(rf"\b(?:{REPORTING_VERB}|{DENYING_VERB})\b[^,;:]*\bthat\W*$", re.IGNORECASE)
_ENDS = lazy_pattern(r"[;:—]|, ?(?:but|yet)\b", re.IGNORECASE)
"""Where what was said before governs no longer: “we have no hope, but …”."""
_LIMIT = lazy_pattern(r"(?:only )?(?:if|unless|except|provided|so long as|as long as)\b", re.IGNORECASE)


def governing_words_before(paragraph: Paragraph, start: int) -> str:
    """What a sentence has before a place, where it decides what the rest of it says: “We do not say”.

    Or where it has the beginning of a number: “five” before “million people”.
    """
    sentence = next(one for one in paragraph.sentences if start < one.end)
    clause = _last_clause(paragraph.words[sentence.start : start])
    if _governs(clause):
        return clause
    return clause.split()[-1] if clause and _cuts_number(paragraph.words, start - 1) else ""


def governing_words_after(paragraph: Paragraph, end: int) -> str:
    """What a sentence has after a place, where it limits what is before, or goes on with its number.

    “unless the rest of the world joined”; “million people” behind “an army of five”.
    """
    sentence = next(one for one in paragraph.sentences if end <= one.end)
    rest = paragraph.words[end : sentence.end].strip(_MARKS)
    return rest if _LIMIT.match(rest) or _cuts_number(paragraph.words, end) else ""


def _cuts_number(words: str, place: int) -> bool:
    """Whether a place is within a number, or between one and its unit: five | million, 25 | per cent."""
    if words[place : place + 1] not in (" ", "-"):
        return False
    *_, last = words[max(0, place - _NEAR) : place].split() or [""]
    before, after = ([token.word for token in tokens(one)] for one in (last, words[place : place + _NEAR]))
    number, many = number_at_start([before[-1], *after]) if before else (None, 0)
    is_counted = number is not None and number.kind == "cardinal" and unit_in_words(after)[1] > 0
    return many > 1 or is_counted


def _last_clause(before: str) -> str:
    *_, clause = _ENDS.split(before)
    return clause.strip(_MARKS)


def _governs(clause: str) -> bool:
    words = {token.word for token in tokens(clause)}
    return not words.isdisjoint(_GOVERNING) or bool(_THAT.search(clause) and _REPORT.search(clause))
