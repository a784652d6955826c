"""Editions of a text: the hash of what was frozen, and how a later edition keeps the numbers of an earlier one.

A number is for ever. Where a text is added again, sentences that are the same to the letter keep theirs, also those of
a paragraph that has moved; new ones get new ones, and numbers of what is gone are tombstones. Nothing is matched by
likeness.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import count, groupby, takewhile
from typing import NamedTuple

import msgspec

from corpus.model import Address, Paragraph, Sentence, Text, Tombstone

_Number = tuple[int, int]  # of a paragraph, and of a sentence in it
_OFTEN = 50  # times that a sentence stands in a text


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
    pieces = _with_moved_paragraphs(old, new, _matched(old, new))
    numbers = _paragraph_numbers(old, pieces)
    paragraphs = tuple(_joined(number, run, old, new) for number, run in _runs(pieces, numbers))
    known = {(one.number, sentence.number) for one in paragraphs for sentence in one.sentences}
    text = msgspec.structs.replace(new, paragraphs=paragraphs)
    return msgspec.structs.replace(text, tombstones=(*old.tombstones, *_gone(old, known)))


def _matched(old: Text, new: Text) -> list[_Piece]:
    before = [(one.words[s.start : s.end], (one.number, s.number)) for one in old.paragraphs for s in one.sentences]
    after = [(at, s, one.words[s.start : s.end]) for at, one in enumerate(new.paragraphs) for s in one.sentences]
    kept: dict[int, _Number] = {}
    for at_before, at_after in _same([words for words, _ in before], [words for *_, words in after]):
        kept[at_after] = before[at_before][1]
    return [_Piece(at, sentence, kept.get(place)) for place, (at, sentence, _) in enumerate(after)]


def _same(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of sentences that are the same in both, in the same order.

    One that stands very often is matched only beside others: to try all of its places takes more than a minute.
    """
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    backwards = zip(reversed(before[start:]), reversed(after[start:]), strict=False)
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], backwards))
    middle_before, middle_after = before[start : len(before) - end], after[start : len(after) - end]
    times = Counter(middle_after)
    matcher = SequenceMatcher(lambda words: times[words] > _OFTEN, middle_before, middle_after, autojunk=False)
    yield from ((place, place) for place in range(start))
    for block in matcher.get_matching_blocks():
        yield from ((start + block.a + step, start + block.b + step) for step in range(block.size))
    yield from ((len(before) - place, len(after) - place) for place in range(end, 0, -1))


def _with_moved_paragraphs(old: Text, new: Text, pieces: list[_Piece]) -> list[_Piece]:
    """The pieces, with the numbers of paragraphs that stand elsewhere now, word for word, and not within another."""
    kept = [(place, piece.kept[0]) for place, piece in enumerate(pieces) if piece.kept]
    last = {number: place for place, number in kept}
    gone: dict[tuple[str, ...], list[Paragraph]] = {}
    for one in old.paragraphs:
        if one.number not in last:
            gone.setdefault(_said(one), []).append(one)
    numbered = list[_Piece]()
    current, open_until = 0, -1  # the paragraph before, and where the last of its sentences stands
    for _, run in groupby(pieces, key=lambda piece: piece.paragraph):
        whole = list(run)
        if not any(piece.kept for piece in whole) and len(numbered) > open_until:
            found = gone.get(_said(new.paragraphs[whole[0].paragraph]))
            whole = _kept_as(found.pop(0), whole) if found else whole
        current = next((piece.kept[0] for piece in reversed(whole) if piece.kept), current)
        open_until = max(open_until, last.get(current, -1))
        numbered += whole
    return numbered


def _said(paragraph: Paragraph) -> tuple[str, ...]:
    """The words of each sentence."""
    return tuple(paragraph.words[one.start : one.end] for one in paragraph.sentences)


def _kept_as(paragraph: Paragraph, pieces: list[_Piece]) -> list[_Piece]:
    """The pieces with the numbers of an old paragraph's sentences, one after the other."""
    numbers = ((paragraph.number, one.number) for one in paragraph.sentences)
    return [piece._replace(kept=number) for piece, number in zip(pieces, numbers, strict=True)]


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
    moved_within = _not_kept(old, number, run)
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
        moved = piece.sentence
        same = moved_within.get(source.words[moved.start : moved.end])
        own = piece.kept[1] if piece.kept else same.pop(0) if same else next(fresh)
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


def _not_kept(old: Text, number: int, run: list[_Piece]) -> dict[str, list[int]]:
    """The numbers of a paragraph's old sentences that no piece has kept, by their words: they may only have moved."""
    taken = {piece.kept[1] for piece in run if piece.kept}
    found: dict[str, list[int]] = {}
    for paragraph in (one for one in old.paragraphs if one.number == number):
        for one in paragraph.sentences:
            if one.number not in taken:
                found.setdefault(paragraph.words[one.start : one.end], []).append(one.number)
    return found


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
