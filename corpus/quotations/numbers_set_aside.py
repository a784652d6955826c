"""Numbers that a quotation has beside its words: of pages and notes, or instead of those that the text has there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from corpus.language.numbers import number_at_start
from corpus.language.tokens import tokens
from corpus.quotations.align import ordered_matches
from corpus.quotations.parse import ParsedQuotation
from corpus.quotations.printed_tokens import Span
from corpus.quotations.token_index import TokenIndex

_NEAR = 2  # words of a sentence in which its own number is: 1917, page 12, October 24


def replace_numbers(index: TokenIndex, quoted: ParsedQuotation) -> bool:
    """Whether numbers that were set aside are where each text with the words has others: “to power in [1920]”."""
    if not any(quoted.beside_numbers):
        return False
    ways = ordered_matches(index, quoted.fragments).ways
    return bool(ways) and all(map(partial(_replace_numbers, index, quoted), ways))


def _replace_numbers(index: TokenIndex, quoted: ParsedQuotation, way: Sequence[int]) -> bool:
    spans = [index.spans(start, start + len(one)) for start, one in zip(way, quoted.fragments, strict=True)]
    first, *after = quoted.beside_numbers
    before = (first, *after[:-1])
    return any(
        (is_before and _has_number(_words_before(index, one[0])[-_NEAR:]))
        or (is_after and _has_number(_words_after(index, one[-1])[:_NEAR]))
        for one, is_before, is_after in zip(spans, before, after, strict=True)
    )


def _words_before(index: TokenIndex, span: Span) -> list[str]:
    """The words of a sentence before a place in it."""
    paragraph = index.paragraph(span)
    sentence = next(one for one in paragraph.sentences if span.start < one.end)
    return [token.word for token in tokens(paragraph.words[sentence.start : span.start])]


def _words_after(index: TokenIndex, span: Span) -> list[str]:
    """The words of a sentence after a place in it."""
    paragraph = index.paragraph(span)
    sentence = next(one for one in paragraph.sentences if span.end <= one.end)
    return [token.word for token in tokens(paragraph.words[span.end : sentence.end])]


def _has_number(words: Sequence[str]) -> bool:
    return any(number_at_start(words[n:])[0] for n in range(len(words)))
