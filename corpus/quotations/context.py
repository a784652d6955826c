"""Context: words of a sentence that a quotation leaves out although they turn round, limit or report what it says."""

from __future__ import annotations

import re

from corpus.language.negations import NEGATIONS
from corpus.language.speech_verbs import REPORTING_VERB
from corpus.language.tokens import tokens
from corpus.text_model import Paragraph

_GOVERNING = NEGATIONS | {"if", "unless", "lest", "whether", "either", "neither"}
_MARKS = " ,.()“”\"‘’'"
_THAT = re.compile(r"\bthat\W*$", re.IGNORECASE)
"""The end of a report, which few clauses have: to look for its verb takes a hundred times as long."""
_REPORT = re.compile(rf"\b{REPORTING_VERB}\b[^,;:]*\bthat\W*$", re.IGNORECASE)
_ENDS = re.compile(r"[;:—]|, ?(?:but|yet)\b", re.IGNORECASE)
"""Where what was said before governs no longer: “we have no hope, but …”."""
_LIMIT = re.compile(r"(?:only )?(?:if|unless|except|provided|so long as|as long as)\b", re.IGNORECASE)


def governing_words_before(paragraph: Paragraph, start: int) -> str:
    """What a sentence has before a place, where it decides what the rest of it says: “We do not say”."""
    sentence = next(one for one in paragraph.sentences if start < one.end)
    clause = _last_clause(paragraph.words[sentence.start : start])
    return clause if _governs(clause) else ""


def governing_words_after(paragraph: Paragraph, end: int) -> str:
    """What a sentence has after a place, where it limits what is before: “unless the rest of the world joined”."""
    sentence = next(one for one in paragraph.sentences if end <= one.end)
    rest = paragraph.words[end : sentence.end].strip(_MARKS)
    return rest if _LIMIT.match(rest) else ""


def _last_clause(before: str) -> str:
    *_, clause = _ENDS.split(before)
    return clause.strip(_MARKS)


def _governs(clause: str) -> bool:
    words = {token.word for token in tokens(clause)}
    return not words.isdisjoint(_GOVERNING) or bool(_THAT.search(clause) and _REPORT.search(clause))
