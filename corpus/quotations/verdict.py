"""The verdict on a quotation. A comparison of the words decides; no score ever confirms a quotation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from corpus.errors import NotUnderstood
from corpus.language.english import STOP_WORDS
from corpus.names.finder import Finder
from corpus.names.speakers import Speaker, is_speaker, speakers_of_passage
from corpus.quotations.align import (
    Alignment,
    MatchingBlock,
    are_contiguous,
    exact_alignment,
    matching_blocks,
    nearest_alignment,
    ordered_matches,
)
from corpus.quotations.diff import Change, typographic_changes, word_changes
from corpus.quotations.parse import Fragment, ParsedQuotation, parse_quotation
from corpus.quotations.significance import are_negations
from corpus.quotations.token_index import Span, TokenIndex

VerdictKind = Literal[
    "verbatim",
    "shortened",
    "variants",
    "wrong speaker",
    "altered",
    "pieced together",
    "not in these texts",
    "too short",
]

ENOUGH = 5  # words: fewer are anybody's
_ENOUGH_REAL = 3  # words among as many pieces, where the text's own “…” stands between them
LONGEST = 20_000
"""Characters of a quotation that are judged at most."""
_KEPT = 0.6  # of the words: a quotation that keeps fewer is no alteration of the passage
_KEPT_TELLING = 0.5  # of the words that say something by themselves
_NEAR = 0.4  # of both: a passage that keeps fewer is not worth showing
_NEAR_TELLING = 2  # words: nor is one that shares a single word of weight


class Elision(Struct, frozen=True):
    """What a quotation leaves out where it has “…”. `negates`: a negation is among it, in the same sentence."""

    words: int
    paragraphs: int
    negates: bool


class Verdict(Struct, frozen=True):
    """The verdict on a quotation: what is true of it.

    `spans` are the true words, in the quotation's order: those it quotes, or the nearest where it quotes none.
    `places` counts where they stand thus; `kept` of `words` words of the quotation are the text's. `changes` are of
    words where it is altered, of print alone where it is not.
    """

    kind: VerdictKind
    spans: tuple[Span, ...] = ()
    changes: tuple[Change, ...] = ()
    elisions: tuple[Elision, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    places: int = 0
    words: int = 0
    kept: int = 0

    @property
    def confirms(self) -> bool:
        """Whether the words are a text's, word for word."""
        return self.kind in ("verbatim", "shortened", "variants")


def check_quotation(index: TokenIndex, finder: Finder, quotation: str, speaker: str | None = None) -> Verdict:
    """Compares a quotation with the texts, and the one who is said to have said it with the one who does.

    Raises NotUnderstood where there are no words, or more than anybody quotes.
    """
    if len(quotation) > LONGEST:
        raise NotUnderstood(f"That is too much at once. Please check at most {LONGEST:,} characters.")
    quoted = parse_quotation(index, quotation)
    if not quoted.fragments:
        raise NotUnderstood("There are no words to check. Please give the words of the quotation.")
    ways = ordered_matches(index, quoted.fragments)
    if _is_short(quoted):
        return _short(index, quoted, ways)
    if ways:
        return min((_found(index, finder, quoted, way, len(ways), speaker) for way in ways), key=_blame)
    return _not_found(index, quoted)


class _Placed(NamedTuple):
    """A fragment of the quotation beside the passage it comes from. `offset` counts the words before it."""

    fragment: Fragment
    at: Alignment
    offset: int


def _is_short(quoted: ParsedQuotation) -> bool:
    words = len(quoted.words)
    return words < ENOUGH and not (words >= _ENOUGH_REAL and quoted.pieces >= ENOUGH)


def _short(index: TokenIndex, quoted: ParsedQuotation, ways: Sequence[tuple[int, ...]]) -> Verdict:
    spans = [one for way in ways for one in _stretches(index, quoted, way)]
    kept = len(quoted.words) if ways else 0
    return Verdict("too short", tuple(spans), places=len(ways), words=len(quoted.words), kept=kept)


def _found(
    index: TokenIndex, finder: Finder, quoted: ParsedQuotation, way: tuple[int, ...], places: int, claimed: str | None
) -> Verdict:
    """All words stand in a text, in order, one fragment after the other."""
    many = len(quoted.words)
    changes = list(_print(index, quoted, way))
    elisions = _elisions(index, quoted, way)
    ranges = [(start, start + len(fragment)) for start, fragment in zip(way, quoted.fragments, strict=True)]
    said = _speakers(index, ranges)
    kind: VerdictKind = "shortened" if elisions else "variants" if changes else "verbatim"
    if claimed and not all(is_speaker(claimed, one, index.texts[one.text], finder) for one in said):
        kind = "wrong speaker"
    if any(change.is_of_words for change in changes):
        kind = "altered"
    spans = tuple(_stretches(index, quoted, way))
    return Verdict(kind, spans, tuple(changes), elisions, said, places, many, many)


def _blame(verdict: Verdict) -> tuple[bool, bool, int]:
    """Of several places, the one that speaks for the quotation counts."""
    return verdict.kind == "altered", verdict.kind == "wrong speaker", len(verdict.changes)


def _print(index: TokenIndex, quoted: ParsedQuotation, way: tuple[int, ...]) -> Sequence[Change]:
    changes: list[Change] = []
    end = way[0]
    for n, (start, fragment) in enumerate(zip(way, quoted.fragments, strict=True), 1):
        if n > 1 and start == end and "…" not in index.punctuation[end - 1]:
            changes.append(_needless(index, end))
        last = n == len(way)
        changes += typographic_changes(index, start, fragment, quoted.tail if last else "")
        end = start + len(fragment)
    return changes


def _needless(index: TokenIndex, position: int) -> Change:
    """An elision where the text leaves nothing to leave out."""
    before, after = index.forms[position - 1], index.forms[position]
    at = index.spans(position - 1, position + 1)[0]
    return Change("punctuation", index.words(position - 1, position + 1), f"{before} … {after}", at=at)


def _elisions(index: TokenIndex, quoted: ParsedQuotation, way: tuple[int, ...]) -> tuple[Elision, ...]:
    found = []
    for fragment, start, after in zip(quoted.fragments[:-1], way[:-1], way[1:], strict=True):
        end = start + len(fragment)
        if after > end:
            places = index.spans(end - 1, after + 1)
            inside = len(places) == 1 and places[0].reference.last is None
            negates = inside and are_negations(index.keys[end:after])
            found.append(Elision(after - end, len(places), negates))
    return tuple(found)


def _stretches(index: TokenIndex, quoted: ParsedQuotation, way: tuple[int, ...]) -> list[Span]:
    starts = zip(way, quoted.fragments, strict=True)
    return [one for start, fragment in starts for one in index.spans(start, start + len(fragment))]


def _speakers(index: TokenIndex, ranges: Sequence[tuple[int, int]]) -> tuple[Speaker, ...]:
    return speakers_of_passage(speaker for start, end in ranges for speaker in index.speakers(start, end))


def _not_found(index: TokenIndex, quoted: ParsedQuotation) -> Verdict:
    keys = [word.key for word in quoted.words]
    placed = _place(index, quoted.fragments)
    kept = [n + one.offset for one in placed for n in one.at.equal]
    cut = _cut(index, quoted.fragments)
    covered = sum(piece.last - piece.first for piece in cut)
    ordered = _is_one_passage(index, placed)
    scattered = len(cut) > 1 and not are_contiguous(cut) and (covered > len(kept) or not ordered)
    if scattered and covered >= _KEPT * len(keys):
        return _pieced(index, cut, len(keys), covered)
    if ordered and _keeps(keys, kept, placed):
        return _altered(index, placed, len(keys), len(kept))
    ranges = [(one.at.first, one.at.last) for one in placed if _is_near(one)]
    near = tuple(found for start, end in ranges for found in index.spans(start, end))
    return Verdict("not in these texts", near, speakers=_speakers(index, ranges), words=len(keys), kept=covered)


def _place(index: TokenIndex, fragments: Sequence[Fragment]) -> list[_Placed]:
    """The fragments beside the passages that they are nearest to: together where no elision is the quotation's own."""
    apart = _place_each(index, fragments)
    if len(fragments) == 1:
        return apart
    together = _place_each(index, [tuple(word for fragment in fragments for word in fragment)])
    return together if _cost(index, together) <= _cost(index, apart) else apart


def _cost(index: TokenIndex, placed: Sequence[_Placed]) -> int:
    """How many words have to be left out, added or changed."""
    beside = ((index.keys[one.at.start : one.at.end], _keys(one.fragment)) for one in placed)
    return sum(Levenshtein.distance(text, quoted) for text, quoted in beside)


def _place_each(index: TokenIndex, fragments: Sequence[Fragment]) -> list[_Placed]:
    """Each after the one before, where it can be."""
    placed: list[_Placed] = []
    offset = 0
    for fragment in fragments:
        keys = _keys(fragment)
        end = placed[-1].at.end if placed else 0
        exact = index.find(keys)
        start = next((one for one in exact if one >= end), exact[0] if exact else None)
        if start is not None:
            placed.append(_Placed(fragment, exact_alignment(start, len(keys)), offset))
        elif at := nearest_alignment(index, keys):
            placed.append(_Placed(fragment, at, offset))
        offset += len(keys)
    return placed


def _keys(fragment: Fragment) -> list[str]:
    return [word.key for word in fragment]


def _is_one_passage(index: TokenIndex, placed: Sequence[_Placed]) -> bool:
    """Whether all stand in one text, in order."""
    ends = [one.at.end for one in placed]
    starts = [one.at.start for one in placed]
    texts = {index.text_of(start) for start in starts}
    return len(texts) == 1 and all(end <= start for end, start in zip(ends[:-1], starts[1:], strict=True))


def _keeps(keys: Sequence[str], kept: Sequence[int], placed: Sequence[_Placed]) -> bool:
    """Whether enough of the words are the passage's, and enough of those that say something."""
    longer = max(len(keys), sum(one.at.end - one.at.start for one in placed))
    telling = _telling(keys)
    own = len(telling.intersection(kept))
    return len(kept) >= _KEPT * longer and own >= _KEPT_TELLING * len(telling) and (own > 0 or not telling)


def _is_near(one: _Placed) -> bool:
    keys = _keys(one.fragment)
    own = len(_telling(keys).intersection(one.at.equal))
    return len(one.at.equal) >= _NEAR * len(keys) and own >= max(_NEAR * len(_telling(keys)), _NEAR_TELLING)


def _telling(keys: Sequence[str]) -> set[int]:
    return {n for n, key in enumerate(keys) if key not in STOP_WORDS}


def _altered(index: TokenIndex, placed: Sequence[_Placed], words: int, kept: int) -> Verdict:
    ranges = [(one.at.start, one.at.end) for one in placed]
    changes = [change for one in placed for change in word_changes(index, one.at.start, one.at.end, one.fragment)]
    spans = tuple(found for start, end in ranges for found in index.spans(start, end))
    return Verdict(
        "altered", spans, tuple(changes), speakers=_speakers(index, ranges), places=1, words=words, kept=kept
    )


def _cut(index: TokenIndex, fragments: Sequence[Fragment]) -> list[MatchingBlock]:
    found, offset = [], 0
    for fragment in fragments:
        cut = matching_blocks(index, _keys(fragment))
        found += [MatchingBlock(one.first + offset, one.last + offset, one.start) for one in cut]
        offset += len(fragment)
    return found


def _pieced(index: TokenIndex, cut: Sequence[MatchingBlock], words: int, covered: int) -> Verdict:
    ranges = [(piece.start, piece.start + piece.last - piece.first) for piece in cut]
    spans = tuple(found for start, end in ranges for found in index.spans(start, end))
    said = _speakers(index, ranges)
    return Verdict("pieced together", spans, speakers=said, places=len(cut), words=words, kept=covered)
