"""The reply to a checked quotation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.core.context import Context
from bot.core.reply import AnyPart, Button, Items, Note, Prose, Reply
from cogs.shared.lists import and_list, shortened
from cogs.shared.quotations import passage_menu, quotes_marked
from corpus.quotations.diff import Change
from corpus.quotations.token_index import Span
from corpus.quotations.verdict import ENOUGH, Verdict
from corpus.reference import Reference

SHOWN = 4
"""Passages shown in full; more are offered in a menu."""
LISTED = 12
"""Differences listed one by one."""
_TITLES = {
    "verbatim": "Verbatim",
    "shortened": "Verbatim, shortened",
    "variants": "Verbatim but for {print}",
    "wrong speaker": "Right words, wrong speaker",
    "altered": "Altered",
    "pieced together": "Pieced together",
    "not in these texts": "Not in these texts",
    "too short": "Too short to tell",
}


def verdict_reply(ctx: Context, verdict: Verdict, claimed: str) -> Reply:
    """A verdict, the true passage with its source, and how the quotation differs from it."""
    title = _TITLES[verdict.kind].format(print=and_list(dict.fromkeys(one.kind for one in verdict.changes)))
    passages = _passages(verdict)
    parts = [*_summary(ctx, verdict, passages), *_speaker(ctx, verdict, claimed), *_differences(verdict)]
    parts += _passage_parts(ctx, verdict, passages)
    texts = {passage.reference.text for passage in passages}
    return Reply(title, tuple(parts), _buttons(verdict, passages), text=texts.pop() if len(texts) == 1 else None)


class _Passage(NamedTuple):
    reference: Reference
    slices: list[tuple[int, int]]


def _passages(verdict: Verdict) -> list[_Passage]:
    """The true words by passage, in the quotation's order; what to mark is what it quotes, or what it changes."""
    found: list[_Passage] = []
    for span in verdict.spans:
        joined = _joined(found[-1].reference, span.reference) if found else None
        if joined:
            found[-1] = _Passage(joined, [*found[-1].slices, (span.start, span.end)])
        else:
            found.append(_Passage(span.reference, [(span.start, span.end)]))
    if verdict.kind != "altered":
        return found
    changed = [change.at for change in verdict.changes if change.at]
    return [_Passage(one, [(at.start, at.end) for at in changed if _within(at, one)]) for one, _ in found]


def _joined(one: Reference, other: Reference) -> Reference | None:
    """Two passages as one, where the second goes on in the sentence of the first, or in the next."""
    first, end = one.first or 1, one.last or one.first or 1
    start, last = other.first or 1, other.last or other.first or 1
    if one.context != other.context or not first <= start <= end + 1:
        return None
    last = max(end, last)
    return Reference(one.text, one.paragraph, first, last if last > first else None)


def _within(at: Span, passage: Reference) -> bool:
    return at.reference.context == passage.context


def _summary(ctx: Context, verdict: Verdict, passages: Sequence[_Passage]) -> list[AnyPart]:
    match verdict.kind:
        case "verbatim" | "variants" | "shortened" | "wrong speaker":
            return _confirmation(verdict, passages)
        case "altered":
            return [Prose(f"These are not the words of {_reference_list(passages)}.{_significance(verdict.changes)}")]
        case "pieced together":
            return [Prose(_pieced(verdict))]
        case "too short":
            return [Prose(_too_short(verdict))]
    names = " or ".join(text.name for text in ctx.corpus.texts.values())
    parts: list[AnyPart] = [
        Prose(f"I do not find these words in {names}. That says nothing about other sources: I know these texts alone.")
    ]
    return [*parts, Prose("The nearest passage, which is not what was quoted:")] if passages else parts


def _confirmation(verdict: Verdict, passages: Sequence[_Passage]) -> list[AnyPart]:
    said = f"These are the words of {_reference_list(passages)}."
    if verdict.elisions:
        left = [_elision(one.words, one.paragraphs) for one in verdict.elisions]
        said += f" Left out where it says so: {and_list(left)}."
    if any(one.negates for one in verdict.elisions):
        said += " A negation is among what was left out: read the whole sentence."
    if verdict.places > 1:
        said += f" They stand in {verdict.places} places; this is one of them."
    return [Prose(said)]


def _elision(words: int, paragraphs: int) -> str:
    return f"{_words(words)} across {paragraphs} paragraphs" if paragraphs > 1 else _words(words)


def _significance(changes: Iterable[Change]) -> str:
    """Said plainly where the change turns the sentence round."""
    significance = {"negation": "a negation", "name": "a name", "number": "a number", "date": "a date"}
    changed = {matter for change in changes for matter in change.significance}
    named = and_list(words for matter, words in significance.items() if matter in changed)
    return f" What was changed is {named}." if named else ""


def _pieced(verdict: Verdict) -> str:
    other = verdict.words - verdict.kept
    rest = f" {_words(other)} of it stand in none of them." if other else ""
    return f"The words come from {verdict.places} places and do not stand together as quoted.{rest}"


def _words(count: int) -> str:
    return "one word" if count == 1 else f"{count} words"


def _too_short(verdict: Verdict) -> str:
    many = _words(verdict.words)
    where = {0: "nowhere in these texts", 1: "in one place"}.get(verdict.places, f"in {verdict.places} places")
    few = f"{many[0].upper()}{many[1:]} {'is' if verdict.words == 1 else 'are'} too few to tell a quotation by"
    return f"{few}: I find {'it' if verdict.words == 1 else 'them'} {where}. Give {ENOUGH} words or more."


def _speaker(ctx: Context, verdict: Verdict, claimed: str) -> list[AnyPart]:
    """Whose words they are, where that needs to be said."""
    if not verdict.speakers or verdict.kind in ("not in these texts", "pieced together"):
        return []
    names = and_list(dict.fromkeys(speaker.name for speaker in verdict.speakers))
    notes: list[AnyPart] = [Note(one.note) for one in verdict.speakers if one.note]
    if verdict.kind == "wrong speaker":
        parts: list[AnyPart] = [Prose(f"The speaker is {names}, not {shortened(claimed, 60)}.")]
        return [*parts, *_spoken_of(ctx, verdict, claimed), *notes]
    if claimed and verdict.confirms:
        return [Prose(f"The speaker is right: {names}."), *notes]
    quoted = any(speaker.is_quoted for speaker in verdict.speakers)
    several = len(verdict.speakers) > 1
    return [Prose(f"The speaker is {names}."), *notes] if quoted or several else []


def _spoken_of(ctx: Context, verdict: Verdict, claimed: str) -> list[AnyPart]:
    """That a text speaks of somebody is no quotation of them."""
    spans = {span.reference for span in verdict.spans}
    for person in ctx.corpus.finder.people(claimed):
        if spans.intersection(ctx.corpus.mentions.of(person)):
            return [Prose(f"The passage speaks of {person.name} and does not quote them.")]
    return []


def _differences(verdict: Verdict) -> list[AnyPart]:
    changes = verdict.changes
    if not changes:
        return []
    lines = tuple(_change_line(change) for change in changes[:LISTED])
    more = len(changes) - len(lines)
    rest = (Prose(f"And {more} more of the kind."),) if more else ()
    return [Prose("The text first, the quotation after the arrow:"), Items(lines), *rest]


def _change_line(change: Change) -> str:
    what = f" ({and_list(change.significance)})" if change.significance else ""
    match change.kind:
        case "left out":
            return f"{change.text} → left out{what}"
        case "added":
            return f"nothing → {shortened(change.quoted)}{what}"
        case "moved":
            return f"{change.text} → moved"
        case "changed":
            return f"{change.text} → {shortened(change.quoted)}{what}"
    return f"{change.kind}: {change.text} → {shortened(change.quoted)}"


def _passage_parts(ctx: Context, verdict: Verdict, passages: Sequence[_Passage]) -> list[AnyPart]:
    places = passages[:SHOWN] if verdict.kind != "too short" or len(passages) <= SHOWN else []
    parts: list[AnyPart] = [quote for one in places for quote in quotes_marked(ctx.corpus, one.reference, one.slices)]
    rest = list(dict.fromkeys(one.reference for one in passages[len(places) :]))
    return [*parts, *passage_menu(ctx.corpus, "The other passages" if places else "The passages", rest)]


def _buttons(verdict: Verdict, passages: Sequence[_Passage]) -> tuple[Button, ...]:
    explain = Button("How I check", "check.why")
    if not passages or verdict.kind == "too short":
        return (explain,)
    reference = str(passages[0].reference)
    return (Button("In context", "quote.context", reference), Button("Cite", "quote.cite", reference), explain)


def _reference_list(passages: Sequence[_Passage]) -> str:
    return and_list(dict.fromkeys(str(passage.reference) for passage in passages))
