"""A word wherever it stands, with what stands around it."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from corpus.corpus import Corpus
from corpus.language.english import stem
from corpus.language.tokens import folded
from corpus.names.speakers import Speaker
from corpus.reference import Reference


class Line(NamedTuple):
    """One place: the sentence, the words as printed there, and up to so many characters of the paragraph around them.

    `is_cut` tells of either side whether the paragraph has more.
    """

    reference: Reference
    before: str
    words: str
    after: str
    is_cut: tuple[bool, bool]
    speaker: Speaker


class Places(NamedTuple):
    """Where words stand: positions in `Corpus.wording`, and how many words they are."""

    positions: tuple[int, ...]
    many: int


def places(corpus: Corpus, words: str, *, exactly: bool = False) -> Places:
    """Where words stand side by side, in any form or in this one; case, accents and a possessive ’s never matter."""
    row = corpus.wording.read(words)
    as_one = _same_form if exactly else stem
    wanted = list(map(as_one, row.forms if exactly else row.keys))
    written = list(map(as_one, corpus.wording.forms if exactly else corpus.wording.keys))
    many = len(wanted)
    starts = (n for n, word in enumerate(written) if wanted and word == wanted[0])
    return Places(tuple(n for n in starts if written[n : n + many] == wanted), many)


def forms(corpus: Corpus, found: Places) -> Counter[str]:
    """In which forms the words stand, in small letters, and how often in each."""
    row = corpus.wording.forms
    return Counter(" ".join(row[n : n + found.many]).lower() for n in found.positions)


def line(corpus: Corpus, found: Places, position: int, room: int) -> Line:
    """The place at a position, with at most `room` characters on either side, cut between words."""
    stretch = corpus.wording.stretches(position, position + found.many)[0]
    words = corpus.paragraph(stretch.reference).words
    before, after = words[: stretch.start], words[stretch.end :]
    left = before if len(before) <= room else before[-room:].partition(" ")[2]
    right = after if len(after) <= room else after[:room].rpartition(" ")[0]
    cut = len(left) < len(before), len(right) < len(after)
    speaker = corpus.wording.speakers(position, position + 1)[0]
    return Line(stretch.reference, left, words[stretch.start : stretch.end], right, cut, speaker)


def _same_form(form: str) -> str:
    return folded(form).removesuffix("'s")
