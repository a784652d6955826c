"""The reply to words that report what somebody said instead of quoting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.context import Context
from bot.core.reply import AnyPart, Button, Prose, Reply
from cogs.shared.quotations import quotes_marked

if TYPE_CHECKING:
    from corpus.quotations.checked_quotation import CheckedQuotation

SHOWN = 2
"""Passages that may be reported."""


def reported_speech_reply(ctx: Context, checked: CheckedQuotation) -> Reply:
    """That a report needs no words of the text, and the passages that it may report."""
    found = list({span.reference: span for span in checked.verdict.spans}.values())[:SHOWN]
    said = (
        "“He said that …” reports what somebody said, so the words need not be the text's own, and I can't check them."
    )
    instead = "This may be the passage:" if found else "/quote finds passages by words."
    parts: list[AnyPart] = [Prose(f"{said} {instead}")]
    for span in found:
        parts += quotes_marked(ctx.corpus, span.reference, [(span.start, span.end)])
    share = [Button("Share the passage", "quote.share", str(found[0].reference), "primary")] if found else []
    return Reply("? Reported, not quoted", tuple(parts), (*share, Button("How I check", "check.why")), private=True)
