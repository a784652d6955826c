"""What somebody quotes, read: its words in fragments, cut where it says that something is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from corpus.quotations.token_index import ELISION, Row, Wording

_SIC = re.compile(r"\s*\[sic!?\]", re.IGNORECASE)
_FITTED = re.compile(r"\[(\w{1,2})\](?=\w)")  # a letter changed to fit the sentence: “[T]he revolution”
_HYPHEN = re.compile("[-‐‑\u00ad]\\s*")  # noqa: RUF001 - a hyphen in its characters, perhaps at a line's end
_AROUND = f'"{ELISION}()[]'


class Word(NamedTuple):
    """A word of the quotation. `form` is empty where it is part of the compound before it. `after` are marks."""

    key: str
    form: str
    after: str


Fragment = tuple[Word, ...]


class Quoted(NamedTuple):
    """A quotation: at least one fragment of at least one word, unless it has no words. `tail` are its last marks."""

    fragments: tuple[Fragment, ...]
    pieces: int
    """How many pieces white space parts it into: the texts' own free-standing “…” counts as one."""
    tail: str

    @property
    def words(self) -> list[Word]:
        return [word for fragment in self.fragments for word in fragment]


def read(wording: Wording, quotation: str) -> Quoted:
    """The quotation as the texts would be read, however it is typed."""
    if "[" in quotation:
        quotation = _FITTED.sub(r"\1", _SIC.sub("", quotation))
    words = _words(wording, wording.read(quotation))
    tail = words[-1].after.strip(_AROUND) if words else ""
    return Quoted(tuple(_fragments(words)), len(quotation.split()), tail)


def _fragments(words: list[Word]) -> Iterator[Fragment]:
    cuts = [n for n, word in enumerate(words[:-1], 1) if ELISION in word.after]
    for start, end in pairwise([0, *cuts, len(words)]):
        if words:
            yield tuple(words[start:end])


def _words(wording: Wording, row: Row) -> list[Word]:
    """The words, compounds cut or joined as the texts have them."""
    words = list(map(Word, row.keys, row.forms, row.marks))
    odd = [n for n, word in enumerate(words) if word.after == "-" or not wording.positions(word.key)]
    for n in reversed(odd):
        word = words[n]
        if joined := _joined(wording, row, n):
            words[n : n + 2] = [Word(joined, word.form + words[n + 1].form, words[n + 1].after)]
        elif word.key in wording.compounds:
            first, second = wording.compounds[word.key]
            words[n : n + 1] = [Word(first, word.form, "-"), Word(second, "", word.after)]
    return words


def _joined(wording: Wording, row: Row, n: int) -> str:
    """The key of a word that a hyphen cuts here and not in the texts, or nothing."""
    if row.marks[n] != "-" or n + 1 == len(row.keys) or not _HYPHEN.fullmatch(row.between[n + 1]):
        return ""
    joined = row.keys[n] + row.keys[n + 1]
    return joined if wording.positions(joined) and joined not in wording.compounds else ""
