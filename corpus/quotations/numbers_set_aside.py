"""Numbers that a quotation has beside its words: of pages and notes, or instead of those that the text has there."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.language.numbers import number_at_start
from corpus.language.tokens import tokens
from corpus.quotations.parse import ParsedQuotation
from corpus.quotations.printed_tokens import Span
from corpus.quotations.token_index import TokenIndex

_NEAR = 2  # words of a sentence in which its own number is: 1917, page 12, October 24


def replace_numbers(index: TokenIndex, quoted: ParsedQuotation, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers that were set aside are where the text has others beside the words: “to power in [1920]”.

    `ranges` are the positions of the fragments, or of all words where these are side by side.
    """
    if not any(quoted.beside_numbers):
        return False
    first, *after = quoted.beside_numbers[:1] + quoted.beside_numbers[-len(ranges) :]
    before = (first, *after[:-1])
    spans = [index.spans(start, end) for start, end in ranges]
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
