"""A claim's reference, source, chapter and date, where they differ from those of the text that has the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.core.context import Context
from cogs.shared.lists import shortened
from corpus.language.phrasing import and_list
from corpus.quotations.provenance import (
    divisions_of,
    has_other_date,
    has_other_division,
    has_other_reference,
    has_other_source,
    is_named,
)
from corpus.reference import Reference

if TYPE_CHECKING:
    from corpus.quotations.checked_quotation import CheckedQuotation

_SHOWN = ("chapter", "act", "canto", "page")


def provenance_lines(ctx: Context, checked: CheckedQuotation) -> Iterator[str]:
    """A line for each of a wrong reference, source, chapter and date; none for words that are in no text."""
    claim, verdict = checked
    if not verdict.spans or verdict.kind in ("not in these texts", "undecided"):
        return
    attribution, places = claim.attribution, [span.reference for span in verdict.spans]
    texts = [ctx.corpus.texts[one] for one in dict.fromkeys(place.text for place in places)]
    if has_other_reference(attribution, places):
        yield f"You gave {attribution.reference}; it is {and_list(dict.fromkeys(map(str, places)))}."
    if verdict.speaker_match in ("wrong", "partly"):
        return
    if has_other_source(attribution, texts):
        known = any(is_named(attribution.source, text) for text in ctx.corpus.texts.values())
        given = shortened(attribution.source, 60) + ("" if known else ", which I don't have")
        yield f"You gave {given}; here it is {and_list(text.title for text in texts)}."
    if has_other_division(attribution, places, ctx.corpus.texts):
        where = and_list(dict.fromkeys(map(str, places))) + _in_division(ctx, places[0])
        yield f"You gave {attribution.division}; it is {where}."
    for text in texts:
        if has_other_date(attribution, text):
            given = and_list(dict.fromkeys(map(str, attribution.dates)))
            names_calendar = any(one.calendar for one in attribution.dates)
            own = text.date.styled() if text.date and names_calendar else text.date
            yield f"You gave {given}; {text.name} is dated {own}."


def _in_division(ctx: Context, place: Reference) -> str:
    found = divisions_of(ctx.corpus.texts[place.text], place)
    return next((f", in {kind} {found[kind][0]}" for kind in _SHOWN if kind in found), "")
