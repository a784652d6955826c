"""Numbers and names that were set aside: of pages, notes and editors, or instead of those that the text has there."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.language.numbers import number_at_start
from corpus.language.tokens import tokens
from corpus.quotations.parse import ParsedQuotation
from corpus.quotations.printed_tokens import Span
from corpus.quotations.significance import is_of_person
from corpus.quotations.token_index import TokenIndex

_NEAR = 2  # words of a sentence in which its own number is: 1917, page 12, October 24


def replaces_words(index: TokenIndex, quoted: ParsedQuotation, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers or names that were set aside are where the text has others: “in [1920]”, “[Lenin] was”.

    `ranges` are the positions of the fragments, or of all words where these are side by side.
    """
    if not any(map(str.isalnum, "".join(quoted.set_aside))):
        return False
    first, *after = quoted.set_aside[:1] + quoted.set_aside[-len(ranges) :]
    before = (first, *after[:-1])
    spans = [index.spans(start, end) for start, end in ranges]
    return any(
        _is_for_others(index, said_before, _words_before(index, one[0])[: -_NEAR - 1 : -1])
        or _is_for_others(index, said_after, _words_after(index, one[-1])[:_NEAR])
        for one, said_before, said_after in zip(spans, before, after, strict=True)
    )


def _is_for_others(index: TokenIndex, set_aside: str, near: Sequence[str]) -> bool:
    """Whether a number was set aside where the text has one near, or a name where it has another one; nearest first."""
    words = [token.word for token in tokens(set_aside)]
    is_name = any(map(str.isupper, set_aside)) and any(is_of_person(index, word) for word in near[:1])
    return (_has_number(words) and _has_number(near)) or (is_name and near[0] not in words)


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
