"""Editions of a text: the hash of what was frozen, and how a later edition keeps the numbers of an earlier one.

A number is for ever. Where a text is added again, sentences that are the same to the letter keep theirs, new ones get
new ones, and numbers of what is gone are tombstones. Nothing is matched by likeness.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import count
from typing import NamedTuple

import msgspec

from corpus.model import Address, Paragraph, Sentence, Text, Tombstone

_Number = tuple[int, int]  # of a paragraph, and of a sentence in it


def edition_of(text: Text) -> str:
    """The edition: the hash of a text's words, their numbers and their speakers, in twelve hexadecimal digits."""
    frozen = [
        (one.number, one.words, [(s.number, s.start, s.end, s.speaker) for s in one.sentences])
        for one in text.paragraphs
    ]
    return hashlib.sha256(msgspec.json.encode(frozen)).hexdigest()[:12]


class _Piece(NamedTuple):
    """A sentence of the new edition: its paragraph there, itself, and the number that it keeps, if any."""

    paragraph: int
    sentence: Sentence
    kept: _Number | None


def renumbered(old: Text, new: Text) -> Text:
    """The new edition with the numbers of the old one for every sentence that both have, in the same order."""
    pieces = _matched(old, new)
    numbers = _paragraph_numbers(old, pieces)
    paragraphs = tuple(_joined(number, run, old, new) for number, run in _runs(pieces, numbers))
    known = {(one.number, sentence.number) for one in paragraphs for sentence in one.sentences}
    text = msgspec.structs.replace(new, paragraphs=paragraphs)
    return msgspec.structs.replace(text, tombstones=(*old.tombstones, *_gone(old, known)))


def _matched(old: Text, new: Text) -> list[_Piece]:
    before = [(one.words[s.start : s.end], (one.number, s.number)) for one in old.paragraphs for s in one.sentences]
    after = [(at, s, one.words[s.start : s.end]) for at, one in enumerate(new.paragraphs) for s in one.sentences]
    matcher = SequenceMatcher(None, [words for words, _ in before], [words for *_, words in after], autojunk=False)
    kept: dict[int, _Number] = {}
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            kept[block.b + step] = before[block.a + step][1]
    return [_Piece(at, sentence, kept.get(place)) for place, (at, sentence, _) in enumerate(after)]


def _paragraph_numbers(old: Text, pieces: list[_Piece]) -> list[int]:
    """The paragraph number of each piece: that of the sentences around it which keep theirs, or a new one."""
    fresh = count(1 + max([one.number for one in old.paragraphs] + [gone.paragraph for gone in old.tombstones]))
    last = {piece.kept[0]: place for place, piece in enumerate(pieces) if piece.kept}
    own = dict(_first_kept(reversed(pieces)))
    numbers: list[int] = []
    current, paragraph = 0, -1
    for place, piece in enumerate(pieces):
        if piece.kept:
            current = piece.kept[0]
        elif place > last.get(current, -1) and piece.paragraph != paragraph:
            current = own.get(piece.paragraph) or next(fresh)
        paragraph = piece.paragraph
        numbers.append(current)
    return numbers


def _first_kept(backwards: Iterator[_Piece]) -> Iterator[tuple[int, int]]:
    for piece in backwards:
        if piece.kept:
            yield piece.paragraph, piece.kept[0]


def _runs(pieces: list[_Piece], numbers: list[int]) -> Iterator[tuple[int, list[_Piece]]]:
    run: list[_Piece] = []
    for place, piece in enumerate(pieces):
        if run and numbers[place] != numbers[place - 1]:
            yield numbers[place - 1], run
            run = []
        run.append(piece)
    if run:
        yield numbers[-1], run


def _joined(number: int, run: list[_Piece], old: Text, new: Text) -> Paragraph:
    """One paragraph of the numbering; where the new edition parts it, its pieces stand on lines of their own."""
    words, sentences, addresses = "", [], list[Address]()
    fresh = count(1 + _highest(old, number))
    at = -1
    for piece in run:
        source = new.paragraphs[piece.paragraph]
        if piece.paragraph != at:
            start = min(one.sentence.start for one in run if one.paragraph == piece.paragraph)
            end = max(one.sentence.end for one in run if one.paragraph == piece.paragraph)
            words += ("\n" if words else "") + source.words[start:end]
            shift = len(words) - end
            whole = len(source.addresses) and start == source.sentences[0].start
            addresses += (
                Address(one.scheme, one.value, max(0, one.start + shift))
                for one in source.addresses
                if start <= one.start < end or (whole and one.start < start)
            )
            at = piece.paragraph
        own = piece.kept[1] if piece.kept else next(fresh)
        moved = piece.sentence
        sentences.append(Sentence(own, moved.start + shift, moved.end + shift, moved.speaker))
    first = new.paragraphs[run[0].paragraph]
    begins = run[0].sentence.number == 1
    return Paragraph(
        number,
        words,
        tuple(sentences),
        marker=first.marker if begins else "",
        heading=first.heading if begins else "",
        addresses=tuple(addresses),
    )


def _highest(old: Text, number: int) -> int:
    """The highest sentence number that a paragraph ever had."""
    living = [s.number for one in old.paragraphs if one.number == number for s in one.sentences]
    gone = [one.sentence for one in old.tombstones if one.paragraph == number]
    return max([0, *living, *gone])


def _gone(old: Text, known: set[_Number]) -> Iterator[Tombstone]:
    edition = edition_of(old)
    paragraphs = {paragraph for paragraph, _ in known}
    for one in old.paragraphs:
        if one.number not in paragraphs:
            yield Tombstone(one.number, 0, edition)
        for sentence in one.sentences:
            if (one.number, sentence.number) not in known:
                yield Tombstone(one.number, sentence.number, edition)
