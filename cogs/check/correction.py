"""A checked quotation as it was typed, its changed words struck out and the text's put in place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.core.reply import Correction

if TYPE_CHECKING:
    from corpus.quotations.diff import Change
    from corpus.quotations.verdict import Verdict

LONGEST = 1_500
"""Characters of a quotation that are shown."""

_Edit = tuple[int, int, str]
"""A slice of the quotation to strike out, and what to put behind it."""


def corrected(claim: str, verdict: Verdict) -> Correction:
    """The claim with each change of words in place; where its words are a text's, the claim as it is."""
    words = re.sub(r"\s", " ", claim.rstrip())  # behind it was an attribution, or what is no part of it
    edits = sorted(edit for change in verdict.changes if change.is_of_words for edit in _edits(change))
    pieces: list[str] = []
    deleted: list[tuple[int, int]] = []
    inserted: list[tuple[int, int]] = []
    length = position = 0

    def add(piece: str) -> tuple[int, int]:
        nonlocal length
        piece = re.sub(" {2,}", " ", piece)  # what interrupted the quotation was taken out of it
        pieces.append(piece)
        length += len(piece)
        return length - len(piece), length

    for start, end, put in edits:
        if start < position or start > LONGEST:
            continue
        add(words[position:start])
        if start < end:
            deleted.append(add(words[start:end]))
        if put:
            add(" " if start < end else "")
            inserted.append(add(put))
            add(" " if start == end else "")
        position = end
    rest = words[position : max(position, LONGEST)]
    add(f"{rest}…" if len(words) > LONGEST else rest)
    return Correction("".join(pieces), tuple(deleted), tuple(inserted))


def _edits(change: Change) -> Iterator[_Edit]:
    start, end = change.quoted_at
    if change.kind == "moved":
        yield start, end, ""
        if change.missing_at is not None:
            yield change.missing_at, change.missing_at, change.text
    else:
        yield start, end, change.text


def as_word_diff(correction: Correction) -> str:
    """A correction as plain text: [-deleted-] {+inserted+}."""
    edits = [(*span, "[-", "-]") for span in correction.deleted]
    edits += [(*span, "{+", "+}") for span in correction.inserted]
    words = correction.words
    for start, end, opening, closing in sorted(edits, reverse=True):
        words = f"{words[:start]}{opening}{words[start:end]}{closing}{words[end:]}"
    return words.strip()
