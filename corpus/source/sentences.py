"""Sentence segmentation. The rule is fixed: numbers of sentences are for ever."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_MARKER = re.compile(r"(?:[•‣◦*-]|[0-9]{1,3}[.)])(?=\s)")
_STOP = re.compile(r"[.!?…][”’\"')\]»]*\s+")
_OPENERS = "“‘\"'([«"


def marker(line: str) -> str:
    """The bullet or number that a list item starts with, or nothing."""
    match = _MARKER.match(line)
    return match[0] if match else ""


def slices(words: str, starts: Iterable[str] = (), joins: Iterable[str] = ()) -> list[tuple[int, int]]:
    """The sentences of a paragraph as offsets `start:end`, without the spaces between them.

    A sentence ends at `.`, `!`, `?` or `…` with the quotation marks and brackets that close there, when the next word
    is not written small. `starts` are words at which one starts all the same, `joins` words inside which none ends.
    """
    joined = [span for phrase in joins for span in _spans(words, phrase)]
    firsts = {match.end() for match in _STOP.finditer(words) if _opens(words, match.end())}
    firsts = {at for at in firsts if not any(start < at < end for start, end in joined)}
    firsts |= {start for phrase in starts for start, _ in _spans(words, phrase)}
    edges = sorted({0, *firsts})
    return [(a, a + len(words[a:b].rstrip())) for a, b in zip(edges, [*edges[1:], len(words)], strict=True)]


def _opens(words: str, at: int) -> bool:
    """Whether a sentence can start at `at`: past opening marks is a letter that is not small, or a digit."""
    while at < len(words) and words[at] in _OPENERS:
        at += 1
    return at < len(words) and words[at].isalnum() and not words[at].islower()


def _spans(words: str, phrase: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(re.escape(phrase), words):
        yield match.start(), match.end()
