"""Whether quoted words stand in the texts. A comparison of the words decides; no score ever confirms a quotation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.language.english import STOP_WORDS
from corpus.names.speakers import Speaker, fits, of_the_whole
from corpus.quotations.align import Aligned, Piece, are_one_passage, exactly, in_order, nearest, pieces
from corpus.quotations.diff import Change, in_print, of_words
from corpus.quotations.parse import Fragment, Quoted, read
from corpus.quotations.significance import are_negations
from corpus.quotations.token_index import Stretch, Wording

Kind = Literal[
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


class LeftOut(Struct, frozen=True):
    """Words for which an elision of the quotation stands. `negates`: a negation is among them, in the same sentence."""

    words: int
    paragraphs: int
    negates: bool


class Verdict(Struct, frozen=True):
    """What is true of a quotation.

    `stretches` are the true words, in the quotation's order: those it quotes, or the nearest where it quotes none.
    `places` counts where they stand thus; `kept` of `words` words of the quotation are the text's. `changes` are of
    words where it is altered, of print alone where it is not.
    """

    kind: Kind
    stretches: tuple[Stretch, ...] = ()
    changes: tuple[Change, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    places: int = 0
    words: int = 0
    kept: int = 0

    @property
    def confirms(self) -> bool:
        """Whether the words are a text's, word for word."""
        return self.kind in ("verbatim", "shortened", "variants")


def judge(corpus: Corpus, quotation: str, speaker: str | None = None) -> Verdict:
    """Compares a quotation with the texts, and the one who is said to have said it with the one who does.

    Raises NotUnderstood where there are no words, or more than anybody quotes.
    """
    if len(quotation) > LONGEST:
        raise NotUnderstood(f"That is too much at once. Please check at most {LONGEST:,} characters.")
    quoted = read(corpus.wording, quotation)
    if not quoted.fragments:
        raise NotUnderstood("There are no words to check. Please give the words of the quotation.")
    ways = in_order(corpus.wording, quoted.fragments)
    if _is_short(quoted):
        return _short(corpus, quoted, ways)
    if ways:
        return min((_found(corpus, quoted, way, len(ways), speaker) for way in ways), key=_blame)
    return _not_found(corpus, quoted)


class _Placed(NamedTuple):
    """A fragment of the quotation beside the passage it comes from. `offset` counts the words before it."""

    fragment: Fragment
    at: Aligned
    offset: int


def _is_short(quoted: Quoted) -> bool:
    words = len(quoted.words)
    return words < ENOUGH and not (words >= _ENOUGH_REAL and quoted.pieces >= ENOUGH)


def _short(corpus: Corpus, quoted: Quoted, ways: Sequence[tuple[int, ...]]) -> Verdict:
    stretches = [one for way in ways for one in _stretches(corpus.wording, quoted, way)]
    kept = len(quoted.words) if ways else 0
    return Verdict("too short", tuple(stretches), places=len(ways), words=len(quoted.words), kept=kept)


def _found(corpus: Corpus, quoted: Quoted, way: tuple[int, ...], places: int, claimed: str | None) -> Verdict:
    """All words stand in a text, in order, one fragment after the other."""
    wording, many = corpus.wording, len(quoted.words)
    changes = list(_print(wording, quoted, way))
    left_out = _left_out(wording, quoted, way)
    ranges = [(start, start + len(fragment)) for start, fragment in zip(way, quoted.fragments, strict=True)]
    said = _speakers(corpus, ranges)
    kind: Kind = "shortened" if left_out else "variants" if changes else "verbatim"
    if claimed and not all(fits(claimed, one, corpus.texts[one.text], corpus.finder) for one in said):
        kind = "wrong speaker"
    if any(change.is_of_words for change in changes):
        kind = "altered"
    stretches = tuple(_stretches(wording, quoted, way))
    return Verdict(kind, stretches, tuple(changes), left_out, said, places, many, many)


def _blame(verdict: Verdict) -> tuple[bool, bool, int]:
    """Of several places, the one that speaks for the quotation counts."""
    return verdict.kind == "altered", verdict.kind == "wrong speaker", len(verdict.changes)


def _print(wording: Wording, quoted: Quoted, way: tuple[int, ...]) -> Sequence[Change]:
    changes: list[Change] = []
    end = way[0]
    for n, (start, fragment) in enumerate(zip(way, quoted.fragments, strict=True), 1):
        if n > 1 and start == end and "…" not in wording.marks[end - 1]:
            changes.append(_needless(wording, end))
        last = n == len(way)
        changes += in_print(wording, start, fragment, quoted.tail if last else "")
        end = start + len(fragment)
    return changes


def _needless(wording: Wording, position: int) -> Change:
    """An elision where the text leaves nothing to leave out."""
    before, after = wording.forms[position - 1], wording.forms[position]
    at = wording.stretches(position - 1, position + 1)[0]
    return Change("punctuation", wording.words(position - 1, position + 1), f"{before} … {after}", at=at)


def _left_out(wording: Wording, quoted: Quoted, way: tuple[int, ...]) -> tuple[LeftOut, ...]:
    found = []
    for fragment, start, after in zip(quoted.fragments[:-1], way[:-1], way[1:], strict=True):
        end = start + len(fragment)
        if after > end:
            places = wording.stretches(end - 1, after + 1)
            inside = len(places) == 1 and places[0].reference.last is None
            negates = inside and are_negations(wording.keys[end:after])
            found.append(LeftOut(after - end, len(places), negates))
    return tuple(found)


def _stretches(wording: Wording, quoted: Quoted, way: tuple[int, ...]) -> list[Stretch]:
    starts = zip(way, quoted.fragments, strict=True)
    return [one for start, fragment in starts for one in wording.stretches(start, start + len(fragment))]


def _speakers(corpus: Corpus, ranges: Sequence[tuple[int, int]]) -> tuple[Speaker, ...]:
    return of_the_whole(speaker for start, end in ranges for speaker in corpus.wording.speakers(start, end))


def _not_found(corpus: Corpus, quoted: Quoted) -> Verdict:
    wording = corpus.wording
    keys = [word.key for word in quoted.words]
    placed = _place(wording, quoted.fragments)
    kept = [n + one.offset for one in placed for n in one.at.equal]
    cut = _cut(wording, quoted.fragments)
    covered = sum(piece.last - piece.first for piece in cut)
    ordered = _is_one_passage(wording, placed)
    scattered = len(cut) > 1 and not are_one_passage(cut) and (covered > len(kept) or not ordered)
    if scattered and covered >= _KEPT * len(keys):
        return _pieced(corpus, cut, len(keys), covered)
    if ordered and _keeps(keys, kept, placed):
        return _altered(corpus, placed, len(keys), len(kept))
    ranges = [(one.at.first, one.at.last) for one in placed if _is_near(one)]
    near = tuple(found for start, end in ranges for found in wording.stretches(start, end))
    return Verdict("not in these texts", near, speakers=_speakers(corpus, ranges), words=len(keys), kept=covered)


def _place(wording: Wording, fragments: Sequence[Fragment]) -> list[_Placed]:
    """The fragments beside the passages that they are nearest to: together where no elision is the quotation's own."""
    apart = _place_each(wording, fragments)
    if len(fragments) == 1:
        return apart
    together = _place_each(wording, [tuple(word for fragment in fragments for word in fragment)])
    return together if _cost(wording, together) <= _cost(wording, apart) else apart


def _cost(wording: Wording, placed: Sequence[_Placed]) -> int:
    """How many words have to be left out, added or changed."""
    beside = ((wording.keys[one.at.start : one.at.end], _keys(one.fragment)) for one in placed)
    return sum(Levenshtein.distance(text, quoted) for text, quoted in beside)


def _place_each(wording: Wording, fragments: Sequence[Fragment]) -> list[_Placed]:
    """Each after the one before, where it can be."""
    placed: list[_Placed] = []
    offset = 0
    for fragment in fragments:
        keys = _keys(fragment)
        end = placed[-1].at.end if placed else 0
        exact = wording.find(keys)
        start = next((one for one in exact if one >= end), exact[0] if exact else None)
        if start is not None:
            placed.append(_Placed(fragment, exactly(start, len(keys)), offset))
        elif at := nearest(wording, keys):
            placed.append(_Placed(fragment, at, offset))
        offset += len(keys)
    return placed


def _keys(fragment: Fragment) -> list[str]:
    return [word.key for word in fragment]


def _is_one_passage(wording: Wording, placed: Sequence[_Placed]) -> bool:
    """Whether all stand in one text, in order."""
    ends = [one.at.end for one in placed]
    starts = [one.at.start for one in placed]
    texts = {wording.text_of(start) for start in starts}
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


def _altered(corpus: Corpus, placed: Sequence[_Placed], words: int, kept: int) -> Verdict:
    wording = corpus.wording
    ranges = [(one.at.start, one.at.end) for one in placed]
    changes = [change for one in placed for change in of_words(wording, one.at.start, one.at.end, one.fragment)]
    stretches = tuple(found for start, end in ranges for found in wording.stretches(start, end))
    return Verdict(
        "altered", stretches, tuple(changes), speakers=_speakers(corpus, ranges), places=1, words=words, kept=kept
    )


def _cut(wording: Wording, fragments: Sequence[Fragment]) -> list[Piece]:
    found, offset = [], 0
    for fragment in fragments:
        cut = pieces(wording, _keys(fragment))
        found += [Piece(one.first + offset, one.last + offset, one.start) for one in cut]
        offset += len(fragment)
    return found


def _pieced(corpus: Corpus, cut: Sequence[Piece], words: int, covered: int) -> Verdict:
    ranges = [(piece.start, piece.start + piece.last - piece.first) for piece in cut]
    stretches = tuple(found for start, end in ranges for found in corpus.wording.stretches(start, end))
    said = _speakers(corpus, ranges)
    return Verdict("pieced together", stretches, speakers=said, places=len(cut), words=words, kept=covered)
