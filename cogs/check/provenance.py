"""A claim's reference, source and date, where they differ from those of the text that has the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.core.context import Context
from cogs.shared.lists import and_list, shortened
from corpus.quotations.provenance import has_other_date, has_other_reference, has_other_source, is_named

if TYPE_CHECKING:
    from corpus.quotations.checker import Checked


def provenance_lines(ctx: Context, checked: Checked) -> Iterator[str]:
    """A line for each of a wrong reference, source and date; none for words that are in no text."""
    claim, verdict = checked
    if not verdict.spans or verdict.kind in ("not in these texts", "undecided"):
        return
    said, places = claim.said, [span.reference for span in verdict.spans]
    texts = [ctx.corpus.texts[one] for one in dict.fromkeys(place.text for place in places)]
    if has_other_reference(said, places):
        yield f"You gave {said.reference}; it is {and_list(dict.fromkeys(map(str, places)))}."
    if verdict.attribution == "wrong":
        return
    if has_other_source(said, texts):
        known = any(is_named(said.source, text) for text in ctx.corpus.texts.values())
        given = shortened(said.source, 60) + ("" if known else ", which I don't have")
        yield f"You gave {given}; here it is {and_list(text.title for text in texts)}."
    for text in texts:
        if has_other_date(said, text):
            given = and_list(dict.fromkeys(map(str, said.dates)))
            yield f"You gave {given}; {text.name} is dated {text.date}."
