"""The report on a file that is to be added: what was found in it, what would be left out, and what looks odd."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.reply import AnyPart, Items, Note, Prose
from cogs.shared.lists import shortened
from corpus.language.phrasing import and_list, plural
from corpus.source.adding import Proposal
from corpus.source.adding_report import LeftOut, Oddity, Report

_EXAMPLE = 60  # characters of an example


def report_parts(proposal: Proposal) -> tuple[AnyPart, ...]:
    """What was found in a file, to be read before it is kept."""
    report = proposal.report
    return (
        Items(tuple(_findings(proposal))),
        *_left_out(report),
        *_oddities(report),
        *((Note(report.refusal),) if report.refusal else ()),
    )


def _findings(proposal: Proposal) -> Iterator[str]:
    report = proposal.report
    yield f"Title: {report.title}"
    yield f"Author: {report.author or 'not named'}"
    yield f"Date: {report.date or 'not known'}"
    yield f"Kind: {proposal.text.kind} source"
    lengths = [plural(report.paragraphs, "paragraph"), plural(report.sentences, "sentence")]
    divisions = [plural(report.divisions, "division")] if report.divisions else []
    yield f"Length: {and_list([*divisions, *lengths])}, {plural(report.words, 'word')}"
    yield f"Begins: “{report.first}”"
    yield f"Ends: “{report.last}”"
    yield f"Cited as: {proposal.text.id} {proposal.text.paragraphs[0].number}, edition {proposal.edition}"
    if report.kept_numbers or report.tombstones:
        kept = plural(report.kept_numbers, "sentence keeps its number", "sentences keep their numbers")
        yield f"A new edition: {kept}, {report.new_numbers:,} new, {report.tombstones:,} gone"


def _left_out(report: Report) -> tuple[AnyPart, ...]:
    if not report.left_out:
        return (Prose("Nothing would be left out."),)
    return (Prose("What would be left out:"), Items(tuple(map(_omission, report.left_out))))


def _omission(one: LeftOut) -> str:
    what = f"{one.reason.rstrip('.')}: {plural(one.times, 'time')}, {plural(one.words, 'word')}"
    example = next((example for example in one.examples if any(map(str.isalnum, example))), "")
    return f"{what} (“{shortened(example, _EXAMPLE)}”)" if example else what


def _oddities(report: Report) -> tuple[AnyPart, ...]:
    if not report.oddities:
        return ()
    return (Prose("What looks odd, and stays as it is:"), Items(tuple(map(_oddity, report.oddities))))


def _oddity(one: Oddity) -> str:
    return f"{one.what}: {plural(one.times, 'time')} (“{shortened(one.examples[0], _EXAMPLE)}”)"
