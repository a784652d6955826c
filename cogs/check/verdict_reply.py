"""The reply to a checked quotation: the verdict, the claim corrected in place, and the true passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET

from bot.core.context import Context
from bot.core.reply import AnyPart, Button, Heading, Items, Note, Prose, Reply, Tone
from cogs.check.correction import corrected
from cogs.check.provenance import provenance_lines
from cogs.check.repetition import known_names, repeats_foreign_words
from cogs.shared.lists import shortened
from cogs.shared.quotations import passage_menu, quotes_marked
from cogs.shared.speakers import speaker_names, whole_sentence_line
from corpus.language.negations import NEGATIONS
from corpus.language.phrasing import and_list, capitalized, lower_article, or_list, plural
from corpus.language.tokens import folded, tokens
from corpus.names.finder import Finder
from corpus.names.name_forms import joint_names
from corpus.names.speakers import Speaker
from corpus.quotations.limits import ENOUGH
from corpus.reference import Reference
from corpus.text_model import Text

if TYPE_CHECKING:
    from corpus.quotations.checked_quotation import CheckedQuotation
    from corpus.quotations.diff import Change
    from corpus.quotations.printed_tokens import Span
    from corpus.quotations.verdict import Verdict, VerdictKind

SHOWN = 4
"""Passages shown in full; more are offered in a menu."""
LISTED = 12
"""Differences of print that are listed one by one."""
_TONES: dict[VerdictKind, Tone | None] = {
    "verbatim": "good",
    "shortened": "good",
    "variants": "caution",
    "wrong speaker": "bad",
    "altered": "bad",
    "pieced together": "bad",
    "not in these texts": None,
    "undecided": None,
    "too short": None,
}
_SIGNS: dict[Tone | None, str] = {"good": "✓", "caution": "≈", "bad": "✗", None: "?"}
_UNDECIDED = (
    "These words are so common that I ran out of time before I had looked everywhere, so they may be in the texts. "
    "Please check a shorter piece, with rarer words in it."
)
_NEAREST = (
    "I stopped looking before I had looked everywhere, so the texts may have these very words, or a passage that is "
    "nearer than the one below. Please check a shorter piece, with rarer words in it."
)
_PARTIAL = "I stopped looking after a moment, so this is about these words alone, and not all of what you sent."
_WITHOUT_NEGATION = ", without the negation before it"
_PRINT = {"letters": "letters of another alphabet"}


def verdict_reply(ctx: Context, checked: CheckedQuotation, *, is_public: bool = False) -> Reply:
    """A verdict at a glance, what was checked, how it differs, and the true passage with its source.

    `is_public`: what was checked is where the reply goes. Otherwise a reply that repeats what is no text's is
    private, and its asker may share the passage.
    """
    claim, verdict = checked
    passages = _passages(verdict)
    tone = tone_of(verdict)
    private = tone is None or (not is_public and repeats_foreign_words(ctx, checked))
    parts: list[AnyPart] = [corrected(claim.words, verdict), *_summary(verdict, passages)]
    parts += [Prose(_PARTIAL)] if verdict.is_partial and verdict.kind != "undecided" else []
    parts += _speaker(ctx, checked) + _asides(verdict)
    parts += [Prose(line) for line in provenance_lines(ctx, checked)] + _print_differences(verdict)
    parts += _passage_parts(ctx, verdict, passages)
    buttons = _buttons(verdict, passages, shares=private)
    return Reply(verdict_title(ctx, verdict), tuple(parts), buttons, private=private, tone=tone or UNSET)


def tone_of(verdict: Verdict) -> Tone | None:
    """How good a verdict is at a glance. Words may say the opposite without a negation, and no text repeats them.

    Nor does a “…” say that words are missing where the text has one, too.
    """
    is_other = _leaves_out_negation(verdict) or _has_hidden_elision(verdict) or verdict.repeats > 1
    return "caution" if is_other and verdict.kind in ("verbatim", "shortened") else _TONES[verdict.kind]


def _leaves_out_negation(verdict: Verdict) -> bool:
    """Whether a negation that governs the words is among what was left out, within them or before them."""
    return _shortened_by_negation(verdict) or _negation_before(verdict)


def _shortened_by_negation(verdict: Verdict) -> bool:
    return any(one.negates for one in verdict.elisions)


def _has_hidden_elision(verdict: Verdict) -> bool:
    return any(one.is_hidden for one in verdict.elisions)


def _negation_before(verdict: Verdict) -> bool:
    return any(token.word in NEGATIONS for token in tokens(verdict.before))


def verdict_title(ctx: Context, verdict: Verdict) -> str:
    """The verdict in a few words, with its sign."""
    repeated = f", {_times_in_a_row(verdict)}" if verdict.repeats > 1 else ""
    return f"{_SIGNS[tone_of(verdict)]} {_title(ctx, verdict)}{repeated}"


def _times_in_a_row(verdict: Verdict) -> str:
    return f"{'twice' if verdict.repeats == 2 else f'{verdict.repeats} times'} in a row"


class _Passage(NamedTuple):
    reference: Reference
    slices: list[tuple[int, int]]


def _passages(verdict: Verdict) -> list[_Passage]:
    """The true words by passage, in the quotation's order; what to mark is what it quotes, or what it changes."""
    found: list[_Passage] = []
    for span in verdict.spans:
        joined = _joined_reference(found[-1].reference, span.reference) if found else None
        if joined:
            found[-1] = _Passage(joined, [*found[-1].slices, (span.start, span.end)])
        else:
            found.append(_Passage(span.reference, [(span.start, span.end)]))
    if verdict.kind != "altered":
        return found
    changed = [change.at for change in verdict.changes if change.at]
    return [_Passage(one, [(at.start, at.end) for at in changed if _within(at, one)]) for one, _ in found]


def _joined_reference(one: Reference, other: Reference) -> Reference | None:
    """Two passages as one, where the second goes on in the sentence of the first, or in the next."""
    first, end = one.first or 1, one.last or one.first or 1
    start, last = other.first or 1, other.last or other.first or 1
    if one.context != other.context or not first <= start <= end + 1:
        return None
    last = max(end, last)
    return Reference(one.text, one.paragraph, first, last if last > first else None)


def _within(at: Span, passage: Reference) -> bool:
    return at.reference.context == passage.context


def _title(ctx: Context, verdict: Verdict) -> str:
    match verdict.kind:
        case "verbatim":
            return f"Word for word{_WITHOUT_NEGATION if _negation_before(verdict) else ''}"
        case "shortened" if _shortened_by_negation(verdict):
            return "Word for word, shortened by a negation"
        case "shortened" if _has_hidden_elision(verdict) and not _negation_before(verdict):
            return "Word for word, shortened beside the text's own ellipsis"
        case "shortened":
            return f"Word for word, shortened{_WITHOUT_NEGATION if _negation_before(verdict) else ''}"
        case "variants":
            kinds = dict.fromkeys(_PRINT.get(one.kind, one.kind) for one in verdict.changes)
            return f"Word for word, except {and_list(kinds)}"
        case "wrong speaker":
            return "Right words, wrong speaker"
        case "altered":
            return "Changed"
        case "pieced together":
            return f"Stitched together from {verdict.places} places"
        case "too short":
            return "Too short to be sure"
        case "undecided":
            return "Ran out of time"
    return f"Not in {or_list(_names(ctx.corpus.texts.values()))}"


def _names(texts: Iterable[Text]) -> list[str]:
    names = [text.name for text in texts]
    return names if len(names) < 4 else ["these texts"]


def _summary(verdict: Verdict, passages: Sequence[_Passage]) -> list[AnyPart]:
    match verdict.kind:
        case "verbatim" | "variants" | "shortened" | "wrong speaker":
            said = [_confirmation(verdict, passages), whole_sentence_line(verdict.before, verdict.after)]
            return [Prose(one) for one in said if one]
        case "altered":
            has = "have" if len(passages) > 1 else "has"
            changed = _significance(verdict.changes)
            return [Prose(f"{capitalized(_reference_list(passages))} {has} other words.{changed}")]
        case "pieced together":
            return [Prose(_pieced_summary(verdict))]
        case "too short":
            return [Prose(_too_short(verdict, passages))]
        case "undecided":
            return [Prose(_NEAREST if passages else _UNDECIDED)]
    parts: list[AnyPart] = [Prose("It may still come from somewhere else: I only know these texts.")]
    return [*parts, Prose("The nearest passage, which is not what was quoted, is below.")] if passages else parts


def _confirmation(verdict: Verdict, passages: Sequence[_Passage]) -> str:
    said = f"These are the words of {_reference_list(passages)}."
    if verdict.repeats > 1:
        said += f" You have them {_times_in_a_row(verdict)}, and the text doesn't."
    if verdict.elisions:
        left = [_elision(one.words, one.paragraphs) for one in verdict.elisions]
        said += f" Left out where it says so: {and_list(left)}."
    if _has_hidden_elision(verdict):
        said += " The text has an ellipsis of its own there: write “[…]”, so that yours can be told from it."
    if _shortened_by_negation(verdict):
        said += " A negation is among what was left out: read the whole sentence."
    return f"{said} They appear in {verdict.places} places; this is one of them." if verdict.places > 1 else said


def _elision(words: int, paragraphs: int) -> str:
    return f"{_words(words)} across {paragraphs} paragraphs" if paragraphs > 1 else _words(words)


def _significance(changes: Iterable[Change]) -> str:
    """Said plainly where the change turns the sentence round."""
    significance = {"negation": "a negation", "name": "a name", "number": "a number", "date": "a date"}
    changed = {matter for change in changes for matter in change.significance}
    named = and_list(words for matter, words in significance.items() if matter in changed)
    return f" What was changed is {named}." if named else ""


def _pieced_summary(verdict: Verdict) -> str:
    other = verdict.words - verdict.kept
    rest = f" {capitalized(_words(other))} of it are in none of them." if other > 1 else ""
    return f"The words come from {verdict.places} places, and aren't together as quoted.{rest}"


def _words(count: int) -> str:
    return "one word" if count == 1 else f"{count} words"


def _too_short(verdict: Verdict, passages: Sequence[_Passage]) -> str:
    few = capitalized(_words(verdict.words))
    if verdict.places == 1:
        too_few = "is too little" if verdict.words == 1 else "are too few"
        return f"These words are in {_reference_list(passages)}, but {few.lower()} {too_few} to be sure."
    times = f"in {verdict.places} places" if verdict.places else "nowhere in these texts"
    is_found = "it appears" if verdict.words == 1 else "they appear"
    enough = "isn't enough" if verdict.words == 1 else "aren't enough"
    instead = ", or use /word to see where" if verdict.places else ""
    return f"{few} {enough} ({is_found} {times}). Please give at least {ENOUGH}{instead}."


def _speaker(ctx: Context, checked: CheckedQuotation) -> list[AnyPart]:
    """Whose words they are, where that needs to be said."""
    claim, verdict = checked
    if not verdict.speakers or verdict.kind in ("not in these texts", "pieced together"):
        return []
    quoted = any(speaker.is_quoted for speaker in verdict.speakers)
    if not (claim.speaker or claim.has_words_beside or quoted) and len(verdict.speakers) == 1:
        return []
    notes: list[AnyPart] = [*_frame(ctx, verdict), *(Note(one.note) for one in _distinct(verdict.speakers) if one.note)]
    spoken_of = _spoken_of(ctx, checked) if verdict.speaker_match == "wrong" else []
    return [Prose(speaker_line(ctx.corpus.finder, checked)), *spoken_of, *notes]


def speaker_line(finder: Finder, checked: CheckedQuotation) -> str:
    """Who says the words, and whether that is who is said to say them; nothing where they are in no text."""
    claim, verdict = checked
    if not verdict.speakers or verdict.kind in ("not in these texts", "pieced together"):
        return ""
    each = dict.fromkeys(name for speaker in _distinct(verdict.speakers) for name in speaker_names(speaker))
    names = and_list(each)
    known = [lower_article(one) for one in known_names(finder, claim.speaker)]
    claimed = or_list(known) or lower_article(shortened(claim.speaker, 60))
    match verdict.speaker_match:
        case "partly":
            return f"Only a part is by {claimed}: this was said by {names}."
        case "right" if len(known) != 1 and not _all_within(joint_names(claim.speaker), names):
            return f"Said by {names}, one of those you named."
        case "right":
            return f"The speaker is right: {names}."
        case "wrong":
            return f"Said by {names}, not {claimed}."
        case "author":
            return f"Said by {names}, in a text by {claimed}."
        case "unknown" if all(speaker.is_unnamed for speaker in verdict.speakers):
            return f"Said by {names}: I can't tell whether that is {claimed}."
        case "unknown" if not known:
            return f"Said by {names}. I don't know {claimed}, so I can't tell whether that is right."
    return f"Said by {names}."


def _all_within(claimed: Sequence[str], names: str) -> bool:
    """Whether each of some names, by its last word, is among those of the speakers; one alone is."""
    return len(claimed) == 1 or all(folded(one.split()[-1]) in folded(names).split() for one in claimed)


def _distinct(speakers: Iterable[Speaker]) -> Iterable[Speaker]:
    """The speakers without a voice that another one includes, such as a shout with the record's words around it."""
    by_person = {one.person or one.name: one for one in speakers}
    return by_person.values()


def _frame(ctx: Context, verdict: Verdict) -> Iterator[Prose]:
    """That a quoted voice and the sentence around it are not one speaker's."""
    for speaker in verdict.speakers:
        if speaker.is_quoted and not (speaker.also or speaker.is_unnamed):
            own = ctx.corpus.texts[speaker.text].speaker
            yield Prose(f"The sentence below is {_possessive(lower_article(own))}; the marked words are quoted in it.")


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _spoken_of(ctx: Context, checked: CheckedQuotation) -> list[AnyPart]:
    """That a text speaks of somebody is no quotation of them."""
    spans = {span.reference for span in checked.verdict.spans if span.reference.last is None}
    known = ctx.corpus.finder.people(checked.claim.speaker)
    spoken_of = ctx.corpus.mentions.among(spans) if known else []
    for person in known:
        if person in spoken_of:
            return [Prose(f"The passage speaks of {person.name} and does not quote them.")]
    return []


def _asides(verdict: Verdict) -> list[AnyPart]:
    """Editors' brackets and footnote marks, which are not part of the words."""
    if not verdict.asides:
        return []
    return [Prose(f"Not part of the text: {', '.join(shortened(one) for one in verdict.asides)}.")]


def _print_differences(verdict: Verdict) -> list[AnyPart]:
    """Differences of print, one by one; changed words are shown in place."""
    changes = [change for change in verdict.changes if not change.is_of_words]
    if not changes:
        return []
    lines = [f"{_PRINT.get(one.kind, one.kind)}: {one.text} → {shortened(one.quoted)}" for one in changes[:LISTED]]
    more = [f"and {plural(len(changes) - LISTED, 'other')} like these"] if len(changes) > LISTED else []
    return [Prose("Original → as quoted:"), Items((*lines, *more))]


def _passage_parts(ctx: Context, verdict: Verdict, passages: Sequence[_Passage]) -> Iterator[AnyPart]:
    if verdict.kind == "too short" and verdict.places > 1:
        return
    places, text = passages[:SHOWN], ""
    for one in places:
        if one.reference.text != text:
            text = one.reference.text
            yield Heading(f"In {ctx.corpus.texts[text].name}", text=text)
        yield from quotes_marked(ctx.corpus, one.reference, one.slices)
    rest = list(dict.fromkeys(one.reference for one in passages[len(places) :]))
    yield from passage_menu(ctx.corpus, "The other passages", rest)


def _buttons(verdict: Verdict, passages: Sequence[_Passage], *, shares: bool) -> tuple[Button, ...]:
    explain = Button("How I check", "check.why")
    if not passages or verdict.kind == "too short":
        return (explain,)
    reference = str(passages[0].reference)
    share = (Button("Share the passage", "quote.share", reference, "primary"),) if shares else ()
    return (*share, Button("In context", "quote.context", reference), Button("Cite", "quote.cite", reference), explain)


def _reference_list(passages: Sequence[_Passage]) -> str:
    return and_list(dict.fromkeys(str(passage.reference) for passage in passages))
