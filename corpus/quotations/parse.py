"""Parsing a quotation: its words in fragments, cut at each elision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from corpus.quotations.token_index import ELISION, TokenIndex, TokenRow

_SIC = re.compile(r"\[sic!?\]", re.IGNORECASE)
_FITTED = re.compile(r"\[(\w{1,2})\](?=\w)")  # a letter changed to fit the sentence: “[T]he revolution”
_HYPHEN = re.compile("[-‐‑\u00ad]\\s*")  # noqa: RUF001 - a hyphen in its characters, perhaps at a line's end
_AROUND = f'"{ELISION}()[]'


class QuotedWord(NamedTuple):
    """A word of the quotation. `form` is empty where it is part of the compound before it. `after` are marks."""

    key: str
    form: str
    after: str


Fragment = tuple[QuotedWord, ...]


class ParsedQuotation(NamedTuple):
    """A parsed quotation: fragments of at least one word, none where it has no words. `tail` are its last marks."""

    fragments: tuple[Fragment, ...]
    pieces: int
    """How many pieces white space parts it into: the texts' own free-standing “…” counts as one."""
    tail: str

    @property
    def words(self) -> list[QuotedWord]:
        return [word for fragment in self.fragments for word in fragment]


def parse_quotation(index: TokenIndex, quotation: str) -> ParsedQuotation:
    """The quotation as the texts would be read, however it is typed."""
    if "[" in quotation:
        quotation = _FITTED.sub(r"\1", _SIC.sub("", quotation))
    words = _words(index, index.read(quotation))
    tail = words[-1].after.strip(_AROUND) if words else ""
    return ParsedQuotation(tuple(_fragments(words)), len(quotation.split()), tail)


def _fragments(words: list[QuotedWord]) -> Iterator[Fragment]:
    cuts = [n for n, word in enumerate(words[:-1], 1) if ELISION in word.after]
    for start, end in pairwise([0, *cuts, len(words)]):
        if words:
            yield tuple(words[start:end])


def _words(index: TokenIndex, row: TokenRow) -> list[QuotedWord]:
    """The words, compounds cut or joined as the texts have them."""
    words = list(map(QuotedWord, row.keys, row.forms, row.punctuation))
    odd = [n for n, word in enumerate(words) if word.after == "-" or not index.positions(word.key)]
    for n in reversed(odd):
        word = words[n]
        if joined := _joined(index, row, n):
            words[n : n + 2] = [QuotedWord(joined, word.form + words[n + 1].form, words[n + 1].after)]
        elif word.key in index.compounds:
            first, second = index.compounds[word.key]
            words[n : n + 1] = [QuotedWord(first, word.form, "-"), QuotedWord(second, "", word.after)]
    return words


def _joined(index: TokenIndex, row: TokenRow, n: int) -> str:
    """The key of a word that a hyphen cuts here and not in the texts, or nothing."""
    if row.punctuation[n] != "-" or n + 1 == len(row.keys) or not _HYPHEN.fullmatch(row.between[n + 1]):
        return ""
    joined = row.keys[n] + row.keys[n + 1]
    return joined if index.positions(joined) and joined not in index.compounds else ""
