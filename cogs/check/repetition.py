"""Whether the reply to a checked quotation repeats what its asker typed and no text says: then nobody else sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.context import Context
from corpus.names.finder import Finder
from corpus.names.name_forms import joint_names
from corpus.quotations.provenance import is_named

if TYPE_CHECKING:
    from corpus.quotations.checked_quotation import CheckedQuotation

_ORDINARY = frozenset(" \n\r\t.,;:!?…-‐‑–—―'\"’‘“”„«»‹›()[]")  # noqa: RUF001 - marks that people put into quotations.


def repeats_foreign_words(ctx: Context, checked: CheckedQuotation) -> bool:
    """Whether a verdict shows anything typed that is not a text's own words, in ordinary print, or a known name."""
    claim, verdict = checked
    if not (verdict.confirms or verdict.kind == "wrong speaker") or verdict.asides or verdict.repeats > 1:
        return True
    if claim.speaker and not known_names(ctx.corpus.finder, claim.speaker) and verdict.speaker_match != "right":
        return True
    texts = ctx.corpus.texts.values()
    if claim.attribution.source and not any(is_named(claim.attribution.source, text) for text in texts):
        return True
    return any(change.kind == "letters" for change in verdict.changes) or _has_odd_characters(ctx, checked)


def known_name(finder: Finder, typed: str) -> str:
    """The name in the notes of the one person whom a typed name means, or nothing."""
    people = finder.people(typed)
    return people[0].name if len(people) == 1 else ""


def known_names(finder: Finder, typed: str) -> list[str]:
    """The names in the notes of whom a typed name means, or “Lenin and Trotsky”; none where one of them is unknown."""
    whole = known_name(finder, typed)
    each = [whole] if whole else [known_name(finder, one) for one in joint_names(typed)]
    return each if all(each) else []


def _has_odd_characters(ctx: Context, checked: CheckedQuotation) -> bool:
    """Whether there are characters that are in no quotation: no letter, figure or usual mark, and not the text's."""
    spans = checked.verdict.spans
    own = {one for span in spans for one in ctx.corpus.texts[span.reference.text].words_at(span.reference)}
    return any(not (one.isalnum() or one in _ORDINARY or one in own) for one in set(checked.claim.words))
