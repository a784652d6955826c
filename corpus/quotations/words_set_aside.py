"""Words that were set aside: numbers of pages and notes, editors' words, or what is there for the text's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from corpus.language.english import STOP_WORDS, stem
from corpus.language.numbers import number_at_start
from corpus.language.pronouns import PERSONAL_PRONOUNS, POSSESSIVE_PRONOUNS
from corpus.language.small_words import ARTICLES
from corpus.language.tokens import Token, tokens
from corpus.quotations.parse import SQUARE, ParsedQuotation, is_editorial
from corpus.quotations.printed_tokens import Span
from corpus.quotations.significance import is_of_person
from corpus.quotations.token_index import TokenIndex

_NEAR = 2  # words of a sentence in which its own number is: 1917, page 12, October 24
_PRONOUNS = PERSONAL_PRONOUNS | POSSESSIVE_PRONOUNS
_OPENING, _CLOSING = ("[", "(", "{"), ("]", ")", "}")
_AS_SQUARE = str.maketrans("(){}", "[][]")
_ELISION = re.compile(r"…|⋯|\.\s?\.")
_BREAKS = frozenset(",;:.!?…—–()")
"""Where a text has one beside an editor's words, these may be an addition: “its hand [to all]” for “its hand, with”."""
_PARTICLES = frozenset(("away", "back", "down", "forth", "off", "out", "up"))
"""Words of a verb, which nobody explains before them: “carry [the war] … ” is not “carry out”."""
_ENDING = re.compile(r"(?<=[a-z]{3})(?:(?<!s)s|ed|ing|ly)$")
_EXPLAINS = re.compile(r"i\. ?e\b|that is\b|namely\b|viz\b|d\. ?h\b|c['’]est\b|то есть\b", re.IGNORECASE)


class _Edge(NamedTuple):
    """Where words of a quotation begin or end: what was set aside there, and what the text's sentence has there."""

    set_aside: str
    own: str
    inner: str
    """The word of the quotation there."""
    is_start: bool

    @property
    def tokens(self) -> Sequence[Token]:
        """Those of the text there, the nearest first."""
        return tokens(self.own)[:: -1 if self.is_start else 1]

    @property
    def near(self) -> Sequence[str]:
        return [token.word for token in self.tokens]

    def in_order(self, many: int) -> Sequence[str]:
        """The nearest words, as the text has them."""
        return self.near[:many][:: -1 if self.is_start else 1]

    @property
    def bracketed(self) -> str:
        """The words in brackets on this side of an elision."""
        side = _ELISION.split(self.set_aside)[-1 if self.is_start else 0].translate(_AS_SQUARE)
        return " ".join(filter(None, chain.from_iterable(SQUARE.findall(side))))

    @property
    def is_break(self) -> bool:
        """Whether the text has a mark there that the quotation has not."""
        nearest = self.tokens[0]
        gap = self.own[nearest.end :] if self.is_start else self.own[: nearest.start]
        return not _BREAKS.isdisjoint(set(gap) - set(self.set_aside))


def replaces_words(index: TokenIndex, quoted: ParsedQuotation, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether words that were set aside are where the text has others: “in [1920]”, “[Lenin] was”, “all [peace]”.

    `ranges` are the positions of the fragments, or of all words where these are side by side.
    """
    if not any(map(str.isalnum, "".join(quoted.set_aside))):
        return False
    return any(
        _has_other_number(one) or _has_other_name(index, one) or _has_other_word(index, one)
        for one in _edges(index, quoted, ranges)
        if one.near
    )


def replaces_word_beside(index: TokenIndex, spans: Sequence[Span], before: str, after: str) -> bool:
    """Whether a bracket that was cut off words has an ordinary word where the text has another one: “all (peace)”."""
    edges = (
        _edge(index, spans[0], before.rstrip() if before.rstrip().endswith(_CLOSING) else "", is_start=True),
        _edge(index, spans[-1], after.lstrip() if after.lstrip().startswith(_OPENING) else "", is_start=False),
    )
    return any(one.near and one.bracketed[:1].islower() and _has_other_word(index, one) for one in edges)


def _edges(index: TokenIndex, quoted: ParsedQuotation, ranges: Sequence[tuple[int, int]]) -> Iterator[_Edge]:
    first, *after = quoted.set_aside[:1] + quoted.set_aside[-len(ranges) :]
    for place, said_before, said_after in zip(ranges, (first, *after[:-1]), after, strict=True):
        spans = index.spans(*place)
        yield _edge(index, spans[0], said_before, is_start=True)
        yield _edge(index, spans[-1], said_after, is_start=False)


def _edge(index: TokenIndex, span: Span, set_aside: str, *, is_start: bool) -> _Edge:
    paragraph = index.paragraph(span)
    at = span.start if is_start else span.end - 1
    sentence = next(one for one in paragraph.sentences if at < one.end)
    own = paragraph.words[sentence.start : span.start] if is_start else paragraph.words[span.end : sentence.end]
    inner = tokens(paragraph.words[span.start : span.end])[0 if is_start else -1].word
    return _Edge(set_aside, own, inner, is_start)


def _has_other_number(edge: _Edge) -> bool:
    return _has_number(_words(edge.set_aside)) and _has_number(edge.in_order(_NEAR))


def _has_other_name(index: TokenIndex, edge: _Edge) -> bool:
    """Whether there is a name for another one. A pronoun may be for any."""
    words = _words(edge.set_aside)
    is_name = any(map(str.isupper, edge.set_aside)) and not _PRONOUNS.issuperset(words)
    return is_name and is_of_person(index, edge.near[0]) and edge.near[0] not in words


def _has_other_word(index: TokenIndex, edge: _Edge) -> bool:
    """Whether words in brackets stand for others that the text has there, and not only explain those before them."""
    said, near = _words(edge.bracketed), edge.near
    if not said or edge.is_break or is_editorial(edge.bracketed) or _EXPLAINS.match(edge.bracketed):
        return False
    if all(one in _PRONOUNS or one.isdecimal() or is_of_person(index, one) for one in said):
        return False  # it is compared as a name or a number
    if near[0] in PERSONAL_PRONOUNS or (near[0] in POSSESSIVE_PRONOUNS and re.search("['’]", edge.bracketed)):
        return False
    if list(map(stem, said)) == list(map(stem, edge.in_order(len(said)))):
        return False
    return edge.is_start or not _may_explain(index, edge, said)


def _may_explain(index: TokenIndex, edge: _Edge, said: Sequence[str]) -> bool:
    """Whether words may say what the word before them means, and the text then goes on: “the soviet [council] of”.

    What is in the same form may, too, where the text's next word is not: “the classes [estates]” for “classes remain”.
    """
    is_phrase = said[0] in ARTICLES or said[0] not in STOP_WORDS
    if edge.inner in PERSONAL_PRONOUNS or is_of_person(index, edge.inner):
        return said[0] in ARTICLES or edge.bracketed[:1].isupper()
    if not is_phrase or edge.inner in STOP_WORDS or edge.near[0] in _PARTICLES:
        return False
    return edge.near[0] in STOP_WORDS - ARTICLES or _ending(said[-1]) == _ending(edge.inner) != _ending(edge.near[0])


def _ending(word: str) -> str:
    """The ending of a plural, a participle or an adverb; something that no word has for others."""
    found = _ENDING.search(word)
    return found[0] if found else f" {word}"


def _words(words: str) -> list[str]:
    return [token.word for token in tokens(words)]


def _has_number(words: Sequence[str]) -> bool:
    return any(number_at_start(words[n:])[0] for n in range(len(words)))
