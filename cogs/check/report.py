"""The report on many quotations at once, such as those of an essay: a summary, and a file with each verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.core.context import Context
from bot.core.reply import AnyPart, Button, File, Items, Prose, Reply, Tone
from cogs.check.correction import as_word_diff, corrected
from cogs.check.provenance import provenance_lines
from cogs.check.verdict_reply import speaker_line, tone_of, verdict_title
from cogs.shared.lists import shortened
from cogs.shared.speakers import whole_sentence_line
from corpus.language.phrasing import and_list, plural
from corpus.quotations.limits import ENOUGH, MOST

if TYPE_CHECKING:
    from corpus.quotations.checked_quotation import CheckedQuotation

LISTED = 12
"""Quotations listed in the reply; all are in the file."""
_QUOTED = 60  # characters of a quotation in the list
_GROUPS: tuple[tuple[Tone | None, str], ...] = (
    ("good", "word for word"),
    ("caution", "with small differences"),
    ("bad", "wrong"),
    (None, "not in these texts or too short"),
)
_UNDECIDED = "for which I ran out of time"


def report_reply(ctx: Context, found: Sequence[CheckedQuotation], name: str) -> Reply:
    """How many quotations are true, which are not, and a file with all of them. `name` is what was checked."""
    wrong_first = sorted(found, key=lambda one: tone_of(one.verdict) == "good")
    lines = [f"“{shortened(_bare(one), _QUOTED)}”: {verdict_title(ctx, one.verdict)}" for one in wrong_first[:LISTED]]
    more = [f"and {plural(len(found) - LISTED, 'other')}, in the file"] if len(found) > LISTED else []
    parts: tuple[AnyPart, ...] = (
        Prose(f"{and_list(_counts(found)).capitalize()}. Quotations of fewer than {ENOUGH} words are not checked."),
        Items((*lines, *more)),
        *((Prose(f"Only the first {MOST} quotations were checked."),) if len(found) == MOST else ()),
        File("quotations.md", _file(ctx, found, name).encode(), "text/markdown"),
    )
    title = f"{plural(len(found), 'quotation')} in {shortened(name)}"
    return Reply(title, parts, (Button("How I check", "check.why"),), private=True)


def _counts(found: Sequence[CheckedQuotation]) -> Iterator[str]:
    for tone, words in _GROUPS:
        if count := sum(tone_of(one.verdict) == tone and one.verdict.kind != "undecided" for one in found):
            yield f"{count} {words}"
    if count := sum(one.verdict.kind == "undecided" for one in found):
        yield f"{count} {_UNDECIDED}"


def _file(ctx: Context, found: Sequence[CheckedQuotation], name: str) -> str:
    """The report as Markdown: each quotation in order, what was changed in place, and the text's own words."""
    lines = [f"# The quotations in {_literal(name)}", "", f"{and_list(_counts(found)).capitalize()}.", ""]
    for number, one in enumerate(found, 1):
        lines += [f"## {number}. {_literal(verdict_title(ctx, one.verdict))}", ""]
        lines += [_literal(as_word_diff(corrected(one.claim.words, one.verdict))), ""]
        said = (
            speaker_line(ctx.corpus.finder, one),
            whole_sentence_line(one.verdict.before, one.verdict.after),
            _asides(one),
            *provenance_lines(ctx, one),
        )
        lines += [f"{_literal(line)}  " for line in said if line]
        for span in one.verdict.spans:
            text = ctx.corpus.texts[span.reference.text]
            words = " ".join(text.words_at(span.reference).split())
            lines += ["", f"> {_literal(words)}", ">", f"> — {text.title}, {span.reference}"]
        lines.append("")
    return "\n".join([*lines, "[-…-] was quoted and is not the text's; {+…+} is the text's and was not quoted.", ""])


def _bare(one: CheckedQuotation) -> str:
    return one.claim.words.strip(" \n“”\"'")


def _asides(one: CheckedQuotation) -> str:
    return f"Not part of the text: {', '.join(one.verdict.asides)}." if one.verdict.asides else ""


def _literal(words: str) -> str:
    """Words on one line that Markdown shows as they are."""
    return re.sub(r"([\\`*_<>#|])", r"\\\1", " ".join(words.split()))
