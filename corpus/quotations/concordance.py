"""Concordance: a word wherever it stands, with what stands around it (keyword in context)."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from corpus.language.english import STOP_WORDS, stem
from corpus.language.tokens import folded
from corpus.names.speakers import Speaker
from corpus.quotations.token_index import TokenIndex
from corpus.reference import Reference


class ConcordanceLine(NamedTuple):
    """A keyword in context: the sentence, the words as printed there, and some of the paragraph around them.

    `is_cut` tells of either side whether the paragraph has more.
    """

    reference: Reference
    before: str
    words: str
    after: str
    is_cut: tuple[bool, bool]
    speaker: Speaker


class Occurrences(NamedTuple):
    """The occurrences of words: positions in `Corpus.token_index`, and how many words they are."""

    positions: tuple[int, ...]
    many: int


def occurrences(index: TokenIndex, words: str, *, exactly: bool = False) -> Occurrences:
    """Where words stand side by side, in any form or in this one; case, accents and a possessive ’s never matter."""
    row = index.read(words)
    as_one = _same_form if exactly else stem
    wanted = list(map(as_one, row.forms if exactly else row.keys))
    written = list(map(as_one, index.forms if exactly else index.keys))
    many = len(wanted)
    starts = (n for n, word in enumerate(written) if wanted and word == wanted[0])
    found = (n for n in starts if written[n : n + many] == wanted)
    if row.forms and all(len(form) > 1 and form.isupper() and form.lower() in STOP_WORDS for form in row.forms):
        # US in capitals is the country, and no "us".
        found = (n for n in found if all(form.isupper() for form in index.forms[n : n + many]))
    return Occurrences(tuple(found), many)


def count_forms(index: TokenIndex, found: Occurrences) -> Counter[str]:
    """In which forms the words stand, in small letters, and how often in each. A possessive ’s makes no form."""
    row = index.forms
    return Counter(_same_form(" ".join(row[n : n + found.many])).lower() for n in found.positions)


def concordance_line(index: TokenIndex, found: Occurrences, position: int, room: int) -> ConcordanceLine:
    """The place at a position, with at most `room` characters on either side, cut between words."""
    span = index.spans(position, position + found.many)[0]
    words = index.paragraph(span).words
    before, after = words[: span.start], words[span.end :]
    left = before if len(before) <= room else before[-room:].partition(" ")[2]
    right = after if len(after) <= room else after[:room].rpartition(" ")[0]
    cut = len(left) < len(before), len(right) < len(after)
    speaker = index.speakers(position, position + 1)[0]
    return ConcordanceLine(span.reference, left, words[span.start : span.end], right, cut, speaker)


def _same_form(form: str) -> str:
    return folded(form).removesuffix("'s")
