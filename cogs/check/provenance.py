"""What somebody says of where and when quoted words were said, where the text that has them says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.core.context import Context
from cogs.shared.lists import and_list, shortened
from corpus.calendar import DateQuery
from corpus.language.tokens import folded
from corpus.model import Text

if TYPE_CHECKING:
    from corpus.quotations.checker import Checked


def provenance_lines(ctx: Context, checked: Checked) -> Iterator[str]:
    """A line for each of a wrong reference, another source and a wrong date; of words that are no text's, nothing."""
    claim, verdict = checked
    if not verdict.spans or verdict.kind in ("not in these texts", "undecided"):
        return
    places = [span.reference for span in verdict.spans]
    texts = [ctx.corpus.texts[one] for one in dict.fromkeys(place.text for place in places)]
    if claim.reference and not any(one.overlaps(claim.reference) for one in places):
        yield f"You gave {claim.reference}; it is {and_list(dict.fromkeys(map(str, places)))}."
    if verdict.attribution == "wrong":
        return
    if claim.said.source and not any(_is_named(claim.said.source, text) for text in texts):
        known = any(_is_named(claim.said.source, text) for text in ctx.corpus.texts.values())
        given = shortened(claim.said.source, 60) + ("" if known else ", which I don't have")
        yield f"You gave {given}; here it is {and_list(text.title for text in texts)}."
    for text in texts:
        if text.kind == "primary" and text.date and _are_others(claim.said.dates, text):
            given = and_list(dict.fromkeys(map(str, claim.said.dates)))
            yield f"You gave {given}; {text.name} is dated {text.date}."


def _is_named(source: str, text: Text) -> bool:
    """Whether a title is the text's, its name, or one of where it was printed."""
    title = folded(source)
    return title in map(folded, (text.name, text.title, text.name.removeprefix("the "))) or title in folded(
        _edition(text)
    )


def _edition(text: Text) -> str:
    return " ".join((text.edition, *text.sources, text.citations.chicago))


def _are_others(dates: tuple[DateQuery, ...], text: Text) -> bool:
    """Whether there are dates, and none of them can be the text's, or when it was printed."""
    edition = _edition(text)
    printed = (one for one in dates if one.month is None and str(one.year) in edition)
    return bool(dates) and not any(printed) and not any(_fits(one, text) for one in dates)


def _fits(asked: DateQuery, text: Text) -> bool:
    own = text.date
    return own is not None and any(one.first <= own.last and own.first <= one.last for one in asked.readings())
