"""Rich text blocks: Slack's only way to show text literally. Nothing in a run is read as markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.platforms.layout import Span, spans_within, width

Json = dict[str, Any]
"""An object of Slack's API. Block Kit's hundreds of shapes have no types of their own here."""


def rich_text(*elements: Json) -> Json:
    """A block of sections, quotations, lists and code."""
    return {"type": "rich_text", "elements": list(elements)}


def section(*runs: Json) -> Json:
    """A paragraph."""
    return {"type": "rich_text_section", "elements": list(runs)}


def quotation(*runs: Json) -> Json:
    """A block quotation."""
    return {"type": "rich_text_quote", "elements": list(runs)}


def preformatted(text: str) -> Json:
    """A code block."""
    return {"type": "rich_text_preformatted", "elements": [run(text)]}


def bullets(items: Iterable[Iterable[Json]]) -> Json:
    """A bulleted list, each item of runs."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [section(*runs) for runs in items]}


def run(text: str, *styles: str) -> Json:
    """A run of text, which must not be empty. `styles` are bold, italic, …"""
    made: Json = {"type": "text", "text": text}
    return made | {"style": dict.fromkeys(styles, True)} if styles else made


def link(text: str, address: str) -> Json:
    """A run of text that leads to an address."""
    return {"type": "link", "url": address, "text": text}


def small(text: str) -> Json:
    """A context block: small grey print."""
    return {"type": "context", "elements": [{"type": "plain_text", "text": text, "emoji": False}]}


def header(text: str) -> Json:
    """A header block."""
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}


def bold_runs(text: str, marks: Iterable[Span], start: int, end: int) -> list[Json]:
    """The slice from `start` to `end` as runs, the marked spans bold. Marks that overlap or lie outside do no harm."""
    runs: list[Json] = []
    position = start
    for first, last in spans_within(marks, start, end):
        runs += [run(text[position:first])] if position < first else []
        runs.append(run(text[first:last], "bold"))
        position = last
    return [*runs, run(text[position:end])] if position < end else runs


def escape(text: str) -> str:
    """Text for a field that Slack reads as mrkdwn: it cannot mention anybody or become a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def weight(text: str) -> int:
    """How many characters of a message's `text` the text takes: entities and quoted lines are longer."""
    return width(escape(text)) + 5 * text.count("\n")
