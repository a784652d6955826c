"""A parsed query: the terms that somebody asks for, each with its inflections, spellings and synonyms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from corpus.language.tokens import Phrase, tokens

MIN_RUN = 4
"""So many words side by side are no accident: they are quoted, even where each of them says nothing by itself."""


class Term(Struct, frozen=True, cache_hash=True):
    """One term of a query: a word, or words that have synonyms together.

    `parts` has, for each word, what may stand for it without a change of meaning (its inflections and spellings);
    `synonyms` may stand for the whole; `relatives` are other words of the same root, which only come close: authority
    where an author was asked for.
    """

    words: tuple[str, ...]
    parts: tuple[tuple[Phrase, ...], ...]
    synonyms: tuple[Phrase, ...] = ()
    relatives: tuple[Phrase, ...] = ()


class Query(NamedTuple):
    """A query as parsed: `words` are all its words, typing slips corrected; `terms` those that say something.

    `corrections` has the corrected words as (typed, read), `unknown` the typed words that the texts do not have, and
    that have no synonym there.
    """

    typed: str
    words: tuple[str, ...]
    terms: tuple[Term, ...]
    corrections: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def has_run(self) -> bool:
        """Whether there are so many words that some of them side by side are no accident."""
        return len(self.words) >= MIN_RUN

    @property
    def is_quotable(self) -> bool:
        """Whether the words side by side, as typed, are worth looking for."""
        return bool(self.terms) or self.has_run

    @property
    def names_something_else(self) -> bool:
        """Whether it names something that the texts do not have."""
        return names_something_else(self.typed, self.unknown)


def names_something_else(typed: str, unknown: Sequence[str]) -> bool:
    """Whether a name or a number was typed that the texts do not have: then nothing like it is an answer.

    A word is taken for a name where it has a capital and is not the first.
    """
    _, *rest = tokens(typed) or [None]
    names = {token.word for token in rest if token and typed[token.start].isupper()}
    return not names.isdisjoint(unknown) or any(any(map(str.isdigit, word)) for word in unknown)
