"""Phrases of a text and of a quotation as they are written, with the signs of the numbers at their edges."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.language.number_signs import sign_before, unit_after
from corpus.quotations.equal_words import typed_words
from corpus.quotations.parse import QuotedWord
from corpus.quotations.printed_tokens import Span
from corpus.quotations.token_index import TokenIndex

_GROUP = 3  # figures between commas


def printed_phrase(index: TokenIndex, start: int, end: int) -> str:
    """The words of a text from position `start` to before `end`, with the sign before them and the unit after them."""
    if start == end:
        return ""
    sign, unit, _ = printed_signs(index, start, end)
    return f"{sign}{index.words(start, end)}{unit}"


def printed_signs(index: TokenIndex, start: int, end: int) -> tuple[str, str, Span]:
    """The signs before and after words of a text, and where these are with them."""
    at = index.spans(start, end)[0]
    words = index.paragraph(at).words
    sign, unit = sign_before(words, at.start), unit_after(words, at.end)
    return sign, unit, at._replace(start=at.start - len(sign), end=at.end + len(unit))


def typed_phrase(words: Sequence[QuotedWord]) -> str:
    """Words of a quotation, each number with its signs."""
    typed = ""
    for first, last in typed_words(words):
        typed += f"{words[first].sign}{words[first].form}{words[last - 1].unit}"
        typed += _between(words[last - 1], words[last]) if last < len(words) else ""
    return " ".join(typed.split())


def _between(one: QuotedWord, other: QuotedWord) -> str:
    """What parts two words where it makes one of them, or is one: 5,000 and twenty-five, Marx & Engels."""
    is_group = one.after == "," and one.form.isdigit() and other.form.isdigit() and len(other.form) == _GROUP
    if is_group or (one.after == "-" and not other.sign):
        return one.after
    return " & " if "&" in one.after else " "
