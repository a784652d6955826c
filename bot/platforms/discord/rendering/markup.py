"""Words in, Discord markup out. Words are shown as they are: they cannot mention, link, format or break out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from bot.platforms.discord.rendering.limits import width

Span = tuple[int, int]
Dress = Callable[[int, int], str]
"""Markup of the slice from start to end of some words."""

# Discord gives up on lone surrogates and control characters, and marks of direction would turn our own words round as
# well. Each is one character, so that offsets stay true.
_UNSPEAKABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MARKUP = re.compile(
    r"""
    [\\*_~|`<>@\[\]]               # emphasis, spoilers, code, mentions, timestamps, masked links
    | :(?=\S)                      # addresses that become links, :emoji:
    | (?m:^)[^\S\n]*[-+\#]         # headings, small print and lists, at the start of a line
    | (?m:^)[^\S\n]*\d+(?=[.)])     # numbered lists
    """,
    re.VERBOSE,
)
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*\s+")


def tidy(words: str) -> str:
    """The words without what cannot be sent at all; as many characters as before."""
    return _UNSPEAKABLE.sub("\ufffd", words.replace("\r\n", " \n").replace("\r", "\n"))


def escape(words: str) -> str:
    """Markup that shows `words` literally, wherever on a line it stands."""
    return _MARKUP.sub(_escaped, words)


def _escaped(found: re.Match[str]) -> str:
    # A number's full stop is escaped, not the number: a backslash before a digit would be shown.
    return f"{found[0]}\\" if found[0][-1].isdigit() else f"{found[0][:-1]}\\{found[0][-1]}"


def bold(words: str, marks: Iterable[Span], start: int, end: int) -> str:
    """The slice from `start` to `end`, escaped, the marked spans bold. Marks that overlap or lie outside do no harm."""
    pieces, position = [], start
    for first, last in _joined(marks):
        first, last = max(first, position), min(last, end)
        for word in re.finditer(r"\S[^\n]*\S|\S", words[first:last]):
            pieces += [escape(words[position : first + word.start()]), f"**{escape(word[0])}**"]
            position = first + word.end()
    return "".join([*pieces, escape(words[position:end])])


def _joined(marks: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch made one: two bold runs side by side would show their asterisks."""
    joined: list[Span] = []
    for first, last in sorted(marks):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        elif first < last:
            joined.append((first, last))
    return joined


def block_quote(markup: str) -> str:
    return "\n".join(f"> {line}" for line in markup.split("\n"))


def small(markup: str) -> str:
    """Small print; it is made line by line."""
    return "\n".join(f"-# {line}" for line in markup.split("\n") if line.strip())


def pieces(words: str, room: int, dress: Dress | None = None) -> Iterator[str]:
    """Markup of all the words, in pieces at most `room` long: cut at a sentence's end or else at white space."""
    shown = dress or (lambda start, end: escape(words[start:end]))
    start = 0
    while start < len(words):
        end = _piece_end(words, start, room, shown)
        if words[start:end].strip():
            yield shown(start, end)
        start = end


def _piece_end(words: str, start: int, room: int, dress: Dress) -> int:
    end = min(len(words), start + room)
    while (size := width(dress(start, end))) > room:
        end = start + max(1, (end - start) * room // size)
    if end == len(words):
        return end
    half = start + (end - start) // 2
    ends = [half + found.end() for found in _SENTENCE_END.finditer(words[half:end])]
    ends = ends or [half + found.end() for found in re.finditer(r"\s+", words[half:end])]
    return ends[-1] if ends else end
