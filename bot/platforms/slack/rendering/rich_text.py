"""Rich text: Slack's only way to show words literally. Nothing in them is read as markup, so nothing needs escaping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.platforms.slack.inbound.mrkdwn import escape

Json = dict[str, Any]
Span = tuple[int, int]

# Slack gives up on lone surrogates and control characters; each is one character, so that offsets stay true.
_UNSPEAKABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*\s+")


def tidy(words: str) -> str:
    """The words without what cannot be sent at all; as many characters as before."""
    return _UNSPEAKABLE.sub("\ufffd", words.replace("\r\n", " \n").replace("\r", "\n"))


def rich_text(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def section(*runs: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(runs)}


def quotation(*runs: Json) -> Json:
    return {"type": "rich_text_quote", "elements": list(runs)}


def preformatted(words: str) -> Json:
    return {"type": "rich_text_preformatted", "elements": [run(words)]}


def bullets(items: Iterable[str]) -> Json:
    return {"type": "rich_text_list", "style": "bullet", "elements": [section(run(item)) for item in items]}


def run(words: str, *styles: str) -> Json:
    """A run of text, which must not be empty. `styles` are bold, italic, …"""
    made: Json = {"type": "text", "text": words}
    return made | {"style": dict.fromkeys(styles, True)} if styles else made


def link(words: str, address: str) -> Json:
    """A run of text that leads to an address."""
    return {"type": "link", "url": address, "text": words}


def small(words: str) -> Json:
    """Small grey print."""
    return {"type": "context", "elements": [{"type": "plain_text", "text": words, "emoji": False}]}


def header(words: str) -> Json:
    return {"type": "header", "text": {"type": "plain_text", "text": words, "emoji": False}}


def marked(words: str, marks: Iterable[Span], start: int, end: int) -> list[Json]:
    """The slice from `start` to `end` as runs, the marked spans bold. Marks that overlap or lie outside do no harm."""
    runs: list[Json] = []
    position = start
    for first, last in sorted(marks):
        first, last = max(first, position), min(last, end)
        if first < last:
            runs += [run(words[position:first])] if position < first else []
            runs.append(run(words[first:last], "bold"))
            position = last
    return [*runs, run(words[position:end])] if position < end else runs


def spans(words: str, room: int) -> Iterator[Span]:
    """All of `words` in slices that weigh at most `room`: cut at a sentence's end, or else at white space."""
    start = 0
    while start < len(words):
        end = _cut(words, start, room)
        if words[start:end].strip():
            yield start, end
        start = end


def pieces(words: str, room: int) -> Iterator[str]:
    """The slices themselves, without white space around them."""
    return (words[start:end].strip() for start, end in spans(words, room))


def weight(words: str) -> int:
    """How many characters of a message's `text` the words take: entities and quoted lines are longer."""
    return len(escape(words)) + 5 * words.count("\n")


def _cut(words: str, start: int, room: int) -> int:
    end = min(len(words), start + room)
    while (size := weight(words[start:end])) > room:
        end = start + max(1, (end - start) * room // size)
    if end == len(words):
        return end
    half = start + (end - start) // 2
    ends = [half + found.end() for found in _SENTENCE_END.finditer(words[half:end])]
    ends = ends or [half + found.end() for found in re.finditer(r"\s+", words[half:end])]
    return ends[-1] if ends else end
