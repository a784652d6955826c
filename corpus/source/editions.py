"""Editions of a text: the hash of what was frozen, and how a later edition keeps the numbers of an earlier one.

A number is for ever. Where a text is added again, sentences that are the same to the letter keep theirs, also those of
a paragraph that has moved; new ones get new ones, and numbers of what is gone are tombstones. Nothing is matched by
likeness. What is kept of an edition for that is its numbering, which has no words: a text that was removed leaves it
after, so that what is added under its id later takes no number of it for other words.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import count, groupby, takewhile
from typing import NamedTuple

import msgspec
from msgspec import Struct

from corpus.text_model import Address, Paragraph, Sentence, Text, Tombstone

_Number = tuple[int, int]  # of a paragraph, and of a sentence in it
_OFTEN = 50  # times that a sentence is in a text


def edition_of(text: Text) -> str:
    """The edition: the hash of a text's words, their numbers and their speakers, in twelve hexadecimal digits."""
    frozen = [
        (one.number, one.words, [(s.number, s.start, s.end, s.speaker) for s in one.sentences])
        for one in text.paragraphs
    ]
    return hashlib.sha256(msgspec.json.encode(frozen)).hexdigest()[:12]


class NumberedParagraph(Struct, frozen=True, array_like=True):
    """The number of a paragraph, and of each of its sentences the number and a hash of the words."""

    number: int
    sentences: tuple[tuple[int, bytes], ...]


class Numbering(Struct, frozen=True):
    """The numbers of one edition of a text, and those of earlier ones that are gone; without the words."""

    id: str
    edition: str
    paragraphs: tuple[NumberedParagraph, ...]
    tombstones: tuple[Tombstone, ...] = ()

    def numbers(self) -> set[_Number]:
        """The number of each sentence, with that of its paragraph."""
        return {(one.number, number) for one in self.paragraphs for number, _ in one.sentences}


def numbering_of(text: Text) -> Numbering:
    """The numbering of a text."""
    paragraphs = (
        NumberedParagraph(one.number, tuple((s.number, _digest(one.words[s.start : s.end])) for s in one.sentences))
        for one in text.paragraphs
    )
    return Numbering(text.id, edition_of(text), tuple(paragraphs), text.tombstones)


def keeps_numbers(old: Numbering, text: Text) -> bool:
    """Whether each number that there ever was has the same words in a text, or is gone and said to be."""
    new = numbering_of(text)
    found = {(one.number, number): digest for one in new.paragraphs for number, digest in one.sentences}
    gone = {(one.paragraph, one.sentence) for one in text.tombstones}
    before = {(one.number, number): digest for one in old.paragraphs for number, digest in one.sentences}
    return all(number in gone or found.get(number) == digest for number, digest in before.items()) and not any(
        (one.paragraph, one.sentence) in found for one in old.tombstones
    )


def _digest(words: str) -> bytes:
    """The hash of a sentence: the same for the same words, to the letter."""
    return hashlib.sha256(words.encode()).digest()[:8]


class _Piece(NamedTuple):
    """A sentence of the new edition: its paragraph there, itself, and the number that it keeps, if any."""

    paragraph: int
    sentence: Sentence
    kept: _Number | None


def renumbered(old: Numbering, new: Text) -> Text:
    """The new edition with the numbers of the old one for every sentence that both have, in the same order."""
    pieces = _with_moved_paragraphs(old, new, _match_sentences(old, new))
    numbers = _paragraph_numbers(old, pieces)
    paragraphs = tuple(_join_pieces(number, run, old, new) for number, run in _runs(pieces, numbers))
    known = {(one.number, sentence.number) for one in paragraphs for sentence in one.sentences}
    text = msgspec.structs.replace(new, paragraphs=paragraphs)
    return msgspec.structs.replace(text, tombstones=(*old.tombstones, *_new_tombstones(old, known)))


def _match_sentences(old: Numbering, new: Text) -> list[_Piece]:
    before = [(digest, (one.number, number)) for one in old.paragraphs for number, digest in one.sentences]
    after = [
        (at, s, _digest(one.words[s.start : s.end])) for at, one in enumerate(new.paragraphs) for s in one.sentences
    ]
    kept: dict[int, _Number] = {}
    for at_before, at_after in _same([digest for digest, _ in before], [digest for *_, digest in after]):
        kept[at_after] = before[at_before][1]
    return [_Piece(at, sentence, kept.get(place)) for place, (at, sentence, _) in enumerate(after)]


def _same(before: Sequence[bytes], after: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """The places of sentences that are the same in both, in the same order.

    One that occurs very often is matched only beside others: to try all of its places takes more than a minute.
    """
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    backwards = zip(reversed(before[start:]), reversed(after[start:]), strict=False)
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], backwards))
    middle_before, middle_after = before[start : len(before) - end], after[start : len(after) - end]
    times = Counter(middle_after)
    matcher = SequenceMatcher(lambda digest: times[digest] > _OFTEN, middle_before, middle_after, autojunk=False)
    yield from ((place, place) for place in range(start))
    for block in matcher.get_matching_blocks():
        yield from ((start + block.a + step, start + block.b + step) for step in range(block.size))
    yield from ((len(before) - place, len(after) - place) for place in range(end, 0, -1))


def _with_moved_paragraphs(old: Numbering, new: Text, pieces: list[_Piece]) -> list[_Piece]:
    """The pieces, with the numbers of paragraphs that are elsewhere now, word for word, and not within another."""
    kept = [(place, piece.kept[0]) for place, piece in enumerate(pieces) if piece.kept]
    last = {number: place for place, number in kept}
    gone: dict[tuple[bytes, ...], list[NumberedParagraph]] = {}
    for one in old.paragraphs:
        if one.number not in last:
            gone.setdefault(tuple(digest for _, digest in one.sentences), []).append(one)
    numbered = list[_Piece]()
    current, open_until = 0, -1  # the paragraph before, and where the last of its sentences is
    for _, run in groupby(pieces, key=lambda piece: piece.paragraph):
        whole = list(run)
        if not any(piece.kept for piece in whole) and len(numbered) > open_until:
            found = gone.get(_digests(new.paragraphs[whole[0].paragraph]))
            whole = _kept_as(found.pop(0), whole) if found else whole
        current = next((piece.kept[0] for piece in reversed(whole) if piece.kept), current)
        open_until = max(open_until, last.get(current, -1))
        numbered += whole
    return numbered


def _digests(paragraph: Paragraph) -> tuple[bytes, ...]:
    """The hash of each sentence."""
    return tuple(_digest(paragraph.words[one.start : one.end]) for one in paragraph.sentences)


def _kept_as(paragraph: NumberedParagraph, pieces: list[_Piece]) -> list[_Piece]:
    """The pieces with the numbers of an old paragraph's sentences, one after the other."""
    numbers = ((paragraph.number, number) for number, _ in paragraph.sentences)
    return [piece._replace(kept=number) for piece, number in zip(pieces, numbers, strict=True)]


def _paragraph_numbers(old: Numbering, pieces: list[_Piece]) -> list[int]:
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


def _join_pieces(number: int, run: list[_Piece], old: Numbering, new: Text) -> Paragraph:
    """One paragraph of the numbering; where the new edition parts it, its pieces are on lines of their own."""
    words, sentences, addresses = "", list[Sentence](), list[Address]()
    numbered = zip(run, _sentence_numbers(number, run, old, new), strict=True)
    for at, group in groupby(numbered, key=lambda pair: pair[0].paragraph):
        own = [(piece.sentence, kept) for piece, kept in group]
        source = new.paragraphs[at]
        start, end = _slice_of(source, own[0][0], own[-1][0])
        words += ("\n" if words else "") + source.words[start:end]
        shift = len(words) - end
        addresses += _shifted_addresses(source, start, end, shift)
        sentences += (Sentence(kept, one.start + shift, one.end + shift, one.speaker) for one, kept in own)
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


def _slice_of(source: Paragraph, first: Sentence, last: Sentence) -> tuple[int, int]:
    """Where some sentences of a paragraph are, with what is before its first one and after its last, such as a tab."""
    start = 0 if first == source.sentences[0] else first.start
    end = len(source.words) if last == source.sentences[-1] else last.end
    return start, end


def _shifted_addresses(source: Paragraph, start: int, end: int, shift: int) -> Iterator[Address]:
    """The addresses in the slice `start:end` of a paragraph."""
    for one in source.addresses:
        if start <= one.start < end:
            yield Address(one.scheme, one.value, one.start + shift)


def _sentence_numbers(number: int, run: list[_Piece], old: Numbering, new: Text) -> Iterator[int]:
    """The number of each piece's sentence: the one that it keeps, that of the same words before, or a new one."""
    fresh = count(1 + _highest(old, number))
    moved_within = _not_kept(old, number, run)
    for piece in run:
        words = new.paragraphs[piece.paragraph].words[piece.sentence.start : piece.sentence.end]
        same = moved_within.get(_digest(words))
        yield piece.kept[1] if piece.kept else same.pop(0) if same else next(fresh)


def _not_kept(old: Numbering, number: int, run: list[_Piece]) -> dict[bytes, list[int]]:
    """The numbers of a paragraph's old sentences that no piece has kept, by their hash: they may only have moved."""
    taken = {piece.kept[1] for piece in run if piece.kept}
    found: dict[bytes, list[int]] = {}
    for paragraph in (one for one in old.paragraphs if one.number == number):
        for own, digest in paragraph.sentences:
            if own not in taken:
                found.setdefault(digest, []).append(own)
    return found


def _highest(old: Numbering, number: int) -> int:
    """The highest sentence number that a paragraph ever had."""
    living = [own for one in old.paragraphs if one.number == number for own, _ in one.sentences]
    gone = [one.sentence for one in old.tombstones if one.paragraph == number]
    return max([0, *living, *gone])


def _new_tombstones(old: Numbering, known: set[_Number]) -> Iterator[Tombstone]:
    paragraphs = {paragraph for paragraph, _ in known}
    for one in old.paragraphs:
        if one.number not in paragraphs:
            yield Tombstone(one.number, 0, old.edition)
        for number, _ in one.sentences:
            if (one.number, number) not in known:
                yield Tombstone(one.number, number, old.edition)
