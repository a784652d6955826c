"""The verdict on a quotation. A comparison of the words decides; no score ever confirms a quotation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import Literal

from msgspec import Struct, structs

from corpus.errors import NotUnderstood, OutOfTime
from corpus.names.attributions import Attribution
from corpus.names.finder import Finder
from corpus.names.speakers import Speaker, SpeakerMatch, match_speaker, speakers_of_passage
from corpus.quotations.align import Matches, MatchingBlock, are_contiguous, matching_blocks, ordered_matches
from corpus.quotations.context import governing_words_after, governing_words_before
from corpus.quotations.copies import copies
from corpus.quotations.diff import Change, added_words, changes_of_print, typographic_changes, word_changes
from corpus.quotations.elisions import Elision, elisions_between
from corpus.quotations.limits import ENOUGH, LONGEST
from corpus.quotations.parse import Fragment, ParsedQuotation, QuotedWord, readings
from corpus.quotations.placement import (
    Blocks,
    Placement,
    content_words,
    is_near,
    is_one_passage,
    place_fragments,
    shares_only_a_name,
    stray_words,
    unplaced_fragments,
)
from corpus.quotations.printed_tokens import Span
from corpus.quotations.provenance import disputed_matters
from corpus.quotations.token_index import TokenIndex
from corpus.quotations.words_set_aside import replaces_words
from corpus.work_budget import A_SECOND, work_budget

VerdictKind = Literal[
    "verbatim",
    "shortened",
    "variants",
    "wrong speaker",
    "altered",
    "pieced together",
    "not in these texts",
    "undecided",
    "too short",
]

_SHOWN = 10  # places of words that are too few to tell
_ENOUGH_REAL = 3  # words among as many pieces, where the text's own “…” is between them
STEPS, STEPS_A_WORD = A_SECOND // 10, A_SECOND // 1_000
"""Of a work budget, for the comparison of a quotation."""
_KEPT = 0.6  # of the words: a quotation that keeps fewer is no alteration of the passage
_COMPARED = 0.4  # of the words: where fewer are, the others are no other way to write what the passage has
_PIECES = 0.9  # of the words: where so many are in the texts in pieces, it is made of these
_KEPT_CONTENT = 0.5  # of the words that say something by themselves
_MOST_COPIES = 3  # of the same words that differ in print


class Verdict(Struct, frozen=True):
    """The verdict on a quotation: what is true of it.

    `spans` are the true words, in the quotation's order: those it quotes, or the nearest where it quotes none.
    `places` counts where they are; `kept` of `words` words of the quotation are the text's, at the slices `own` of it.
    `changes` are of words where it is altered, of print alone where it is not. `asides` are editors' brackets
    and marks of footnotes, which were not compared. `speaker_match` says whether the speaker who was named is right.
    "undecided" is what a work budget ran out for, so that more work might have led to another verdict; `spans` are then
    the nearest words so far. `is_partial`: not all was looked at, which is true of words that are confirmed, too, where
    they are a part of what somebody sent.
    """

    kind: VerdictKind
    spans: tuple[Span, ...] = ()
    changes: tuple[Change, ...] = ()
    elisions: tuple[Elision, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    places: int = 0
    words: int = 0
    kept: int = 0
    own: tuple[tuple[int, int], ...] = ()
    asides: tuple[str, ...] = ()
    speaker_match: SpeakerMatch | None = None
    is_partial: bool = False
    before: str = ""
    """What the sentence has before the words, where it turns round, limits or reports what they say."""
    after: str = ""
    repeats: int = 1
    """How many times a quotation has the words one after the other, where a text has them once."""

    @property
    def confirms(self) -> bool:
        """Whether the words are a text's, word for word."""
        return self.kind in ("verbatim", "shortened", "variants")

    @property
    def is_found(self) -> bool:
        """Whether the words are a text's, whoever is said to have said them."""
        return self.confirms or self.kind == "wrong speaker"


def check_quotation(
    index: TokenIndex,
    finder: Finder,
    quotation: str,
    speaker: str | None = None,
    attribution: Attribution | None = None,
) -> Verdict:
    """Compares a quotation with the texts, and the one who is said to have said it with the one who does.

    Of several places, the one counts that agrees with the reference, source and dates of `attribution`. Where a work
    budget runs out, the verdict says so. Raises NotUnderstood where there are no words, or more than anybody quotes.
    """
    if len(quotation) > LONGEST:
        raise NotUnderstood(f"That is too much at once. Please check at most {LONGEST:,} characters.")
    ways = (parsed for parsed in readings(index, quotation) if parsed.fragments)
    typed = next(ways, None)
    if typed is None:
        raise NotUnderstood("There are no words to check. Please give the words of the quotation.")
    with work_budget(STEPS + STEPS_A_WORD * len(typed.words)) as budget:
        with_speaker_match = partial(_with_speaker_match, index=index, finder=finder, claimed=speaker)
        verdict = _best(index, chain([typed], ways), with_speaker_match, attribution or Attribution())
    if budget.ran_out:
        return undecided(verdict)
    if verdict.kind == "pieced together" and (repeated := copies(quotation, typed.words)):
        each = [check_quotation(index, finder, one, speaker, attribution) for one in _few(repeated)]
        if each and all(one.is_found for one in each):
            own = _slices(typed.words, range(len(typed.words)))
            many = typed.typed_words
            return structs.replace(max(each, key=_rank), repeats=len(repeated), words=many, kept=many, own=own)
    return _in_context(verdict, index)


def _few(repeated: Sequence[str]) -> Sequence[str]:
    """Each of the copies that differ in print once; none where these are too many to compare."""
    different = list(dict.fromkeys(repeated))
    return different if len(different) <= _MOST_COPIES else []


def undecided(verdict: Verdict) -> Verdict:
    """What is left of a verdict that more work might have changed: the passage, as the nearest so far."""
    return Verdict("undecided", verdict.spans, words=verdict.words, is_partial=True)


def _in_context(verdict: Verdict, index: TokenIndex) -> Verdict:
    """The verdict on a text's words with what governs them in their sentence and was left out."""
    if not verdict.is_found:
        return verdict
    first, last = verdict.spans[0], verdict.spans[-1]
    before = governing_words_before(index.paragraph(first), first.start)
    after = governing_words_after(index.paragraph(last), last.end)
    return structs.replace(verdict, before=before, after=after)


def _best(
    index: TokenIndex,
    ways: Iterable[ParsedQuotation],
    with_speaker_match: Callable[[Verdict], Verdict],
    attribution: Attribution,
) -> Verdict:
    """The verdict that speaks most for a quotation, of all ways to read it; so far, where a work budget runs out.

    The ways are worked out one by one: mostly a quotation is true as it was typed.
    """
    found: list[Verdict] = []
    tried: list[ParsedQuotation] = []
    with suppress(OutOfTime):
        for parsed in ways:
            tried.append(parsed)
            found += [
                with_speaker_match(structs.replace(one, asides=parsed.asides)) for one in _verbatim(index, parsed)
            ]
            if not all(any(_rank(one)) for one in found):
                break  # nothing speaks more for it, whatever else it may be read as
    found = found or [*map(with_speaker_match, _nearest(index, tried))]
    disputed = partial(disputed_matters, attribution, texts=index.texts)
    none = Verdict("undecided", words=len(tried[0].words))
    return min(found, key=lambda one: (_rank(one), disputed([at.reference for at in one.spans])), default=none)


def _nearest(index: TokenIndex, ways: Sequence[ParsedQuotation]) -> list[Verdict]:
    """The verdict on the passage that is nearest to a quotation, which is in no text as it is."""
    compared: list[Verdict] = []
    with suppress(OutOfTime):
        for one in ways:
            if verdict := _nearest_verdict(index, one):
                compared.append(structs.replace(verdict, asides=one.asides))
    compared.sort(key=lambda one: (one.kind not in ("variants", "altered"), -one.kept / one.words))
    return compared[:1]


def _verbatim(index: TokenIndex, quoted: ParsedQuotation) -> list[Verdict]:
    """One verdict for each way in which all words are in a text, in order; one where they are too few to tell."""
    found = ordered_matches(index, quoted.fragments)
    if _is_short(quoted):
        return [_short_verdict(index, quoted, found)]
    ways = [way for way in found.ways if not replaces_words(index, quoted, _ranges(quoted, way))]
    return [_match_verdict(index, quoted, way, found.total) for way in ways]


def _with_speaker_match(verdict: Verdict, index: TokenIndex, finder: Finder, claimed: str | None) -> Verdict:
    """The verdict on words that somebody is said to have said."""
    if not claimed or not verdict.speakers or verdict.kind in ("pieced together", "not in these texts"):
        return verdict
    each = {match_speaker(claimed, one, index.texts, finder) for one in verdict.speakers}
    order: tuple[SpeakerMatch, ...] = ("wrong", "unknown", "author", "right")
    whole: SpeakerMatch = "partly" if each >= {"wrong", "right"} else min(each, key=order.index)
    kind = "wrong speaker" if verdict.confirms and whole in ("wrong", "partly") else verdict.kind
    return structs.replace(verdict, kind=kind, speaker_match=whole)


def _is_short(quoted: ParsedQuotation) -> bool:
    words = quoted.typed_words
    return words < ENOUGH and not (words >= _ENOUGH_REAL and quoted.pieces >= ENOUGH)


def _short_verdict(index: TokenIndex, quoted: ParsedQuotation, found: Matches) -> Verdict:
    spans = [one for way in found.ways[:_SHOWN] for one in _spans(index, quoted, way)]
    speakers = _speakers(index, _ranges(quoted, found.ways[0])) if found.total == 1 else ()
    words = quoted.typed_words
    return Verdict("too short", tuple(spans), (), (), speakers, found.total, words, words if found.total else 0)


def _match_verdict(index: TokenIndex, quoted: ParsedQuotation, way: tuple[int, ...], places: int) -> Verdict:
    """All words are in a text, in order, one fragment after the other."""
    many = quoted.typed_words
    changes = tuple(_print_changes(index, quoted, way))
    elisions = tuple(elisions_between(index, _ranges(quoted, way), quoted.in_brackets))
    kind: VerdictKind = "shortened" if elisions else "variants" if changes else "verbatim"
    if any(change.is_of_words for change in changes):
        kind = "altered"
    spans, speakers = tuple(_spans(index, quoted, way)), _speakers(index, _ranges(quoted, way))
    own = _slices(quoted.words, range(len(quoted.words)))
    return Verdict(kind, spans, changes, elisions, speakers, places, many, many, own)


def _ranges(quoted: ParsedQuotation, way: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(start, start + len(fragment)) for start, fragment in zip(way, quoted.fragments, strict=True)]


def _slices(words: Sequence[QuotedWord], numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Where some of the words are in the quotation."""
    return tuple((words[n].start, words[n].end) for n in numbers if words[n].form)


def _rank(verdict: Verdict) -> tuple[bool, bool, int]:
    """Of several places, the one that speaks for the quotation counts."""
    return verdict.kind == "altered", verdict.kind == "wrong speaker", len(verdict.changes)


def _print_changes(index: TokenIndex, quoted: ParsedQuotation, way: tuple[int, ...]) -> Sequence[Change]:
    changes: list[Change] = []
    end: int | None = None
    for n, (start, fragment) in enumerate(zip(way, quoted.fragments, strict=True), 1):
        if start == end and "…" not in index.punctuation[start - 1]:
            changes.append(_needless_elision(index, start))
        last = n == len(way)
        changes += typographic_changes(index, start, fragment, quoted.tail if last else "")
        end = start + len(fragment)
    return changes


def _needless_elision(index: TokenIndex, position: int) -> Change:
    """An elision where the text leaves nothing to leave out."""
    before, after = index.forms[position - 1], index.forms[position]
    at = index.spans(position - 1, position + 1)[0]
    return Change("punctuation", index.words(position - 1, position + 1), f"{before} … {after}", at=at)


def _spans(index: TokenIndex, quoted: ParsedQuotation, way: tuple[int, ...]) -> list[Span]:
    return [one for start, end in _ranges(quoted, way) for one in index.spans(start, end)]


def _speakers(index: TokenIndex, ranges: Sequence[tuple[int, int]]) -> tuple[Speaker, ...]:
    return speakers_of_passage(speaker for start, end in ranges for speaker in index.speakers(start, end))


def _nearest_verdict(index: TokenIndex, quoted: ParsedQuotation) -> Verdict | None:
    """The verdict on the nearest passage; none where that has other words in the place of some that were set aside."""
    keys = [word.key for word in quoted.words]
    blocks = [matching_blocks(index, fragment) for fragment in quoted.fragments]
    placed = place_fragments(index, quoted.fragments, blocks)
    kept = [n + one.offset for one in placed for n in one.at.equal]
    cut = _with_offsets(quoted.fragments, blocks)
    covered = sum(piece.last - piece.first for piece in cut)
    ordered = is_one_passage(index, placed)
    scattered = not are_contiguous(cut) and (covered > len(kept) or not ordered)
    is_pieced = scattered and covered >= _KEPT * len(keys)
    if ordered and len(kept) >= _COMPARED * len(keys):
        altered = _altered_verdict(index, placed, quoted, kept)
        is_alteration = _keeps_enough(keys, kept, placed) and not shares_only_a_name(index, placed)
        if altered is None or altered.confirms or (is_alteration and not is_pieced):
            return altered
    if is_pieced:
        return _pieced_verdict(index, cut, quoted.words)
    if len(cut) > 1 and covered >= _PIECES * len(keys):
        return _pieced_verdict(index, cut, quoted.words)  # all that is between was left out without saying so
    return _unknown_verdict(index, placed, quoted.words, kept, covered)


def _unknown_verdict(
    index: TokenIndex, placed: Sequence[Placement], words: Sequence[QuotedWord], kept: Sequence[int], covered: int
) -> Verdict:
    """No text has the words; where passages are near, they are shown."""
    ranges = [(one.at.first, one.at.last) for one in placed if is_near(one)]
    near = tuple(found for start, end in ranges for found in index.spans(start, end))
    own = _slices(words, kept)
    return Verdict("not in these texts", near, (), (), _speakers(index, ranges), 0, len(words), covered, own)


def _keeps_enough(keys: Sequence[str], kept: Sequence[int], placed: Sequence[Placement]) -> bool:
    """Whether enough of the words are the passage's, and enough of those that say something."""
    longer = max(len(keys), sum(one.at.end - one.at.start for one in placed))
    content = content_words(keys)
    own = len(content.intersection(kept))
    return len(kept) >= _KEPT * longer and own >= _KEPT_CONTENT * len(content)


def _altered_verdict(
    index: TokenIndex, placed: Sequence[Placement], quoted: ParsedQuotation, kept: Sequence[int]
) -> Verdict | None:
    words = quoted.words
    ranges = [(one.at.start, one.at.end) for one in placed]
    changes = [change for one in placed for change in word_changes(index, one.at.start, one.at.end, one.fragment)]
    changes += map(added_words, unplaced_fragments(quoted.fragments, placed))
    spans = tuple(found for start, end in ranges for found in index.spans(start, end))
    speakers, own = _speakers(index, ranges), _slices(words, kept)
    if not changes and len(placed) > 1:  # each fragment is somewhere, and they are no passage
        return Verdict("pieced together", spans, (), (), speakers, len(placed), len(words), len(kept), own)
    if not any(change.is_of_words for change in changes) and not stray_words(placed):
        changes += [one for at in placed for one in changes_of_print(index, at.at.start, at.at.end, at.fragment)]
        if not any(change.is_of_words for change in changes):
            if replaces_words(index, quoted, ranges):
                return None
            own = _slices(words, range(len(words)))
            elisions = tuple(elisions_between(index, ranges, quoted.in_brackets))
            kind: VerdictKind = "shortened" if elisions else "variants"
            return Verdict(kind, spans, tuple(changes), elisions, speakers, 1, len(words), len(words), own)
    return Verdict("altered", spans, tuple(changes), (), speakers, 1, len(words), len(kept), own)


def _with_offsets(fragments: Sequence[Fragment], blocks: Sequence[Blocks]) -> list[MatchingBlock]:
    """The blocks of all fragments, the words of which are counted from the first one's on."""
    found, offset = [], 0
    for fragment, of_fragment in zip(fragments, blocks, strict=True):
        found += [MatchingBlock(one.first + offset, one.last + offset, one.start) for one in of_fragment]
        offset += len(fragment)
    return found


def _pieced_verdict(index: TokenIndex, cut: Sequence[MatchingBlock], words: Sequence[QuotedWord]) -> Verdict:
    ranges = [(block.start, block.end) for block in cut]
    spans = tuple(found for start, end in ranges for found in index.spans(start, end))
    own = _slices(words, (n for block in cut for n in range(block.first, block.last)))
    speakers = _speakers(index, ranges)
    return Verdict("pieced together", spans, (), (), speakers, len(cut), len(words), len(own), own)
