"""Discord markup that shows text literally: it cannot mention, link, format or break out of a quotation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from bot.platforms.layout import Span, fits_in, spans_within, split, width

Render = Callable[[int, int], str]
"""Markup of the slice from start to end of some text."""

# Two expressions take a third of the time of one: each alone tells the engine what to look for.
_ANYWHERE = re.compile(
    r"""
    [\\*_~|`<>@\[\]:]              # emphasis, spoilers, code, mentions, timestamps, masked links,
    (?: (?<!:) | (?=\S) )          # and colons of addresses that become links, of :emoji:, but before white space
    """,
    re.VERBOSE,
)
_AT_A_LINES_START = re.compile(
    r"""
    ^[^\S\n]* (?: [-+\#]           # headings, small print and lists
    | \d+(?=[.)]) )                # numbered lists
    """,
    re.VERBOSE | re.MULTILINE,
)


_RUN = re.compile(r"\S[^\n]*\S|\S")
"""What is on one line, without the white space around it."""


def escape(text: str) -> str:
    """Markup that shows the text literally, wherever on a line it begins."""
    if text.isalnum():
        return text  # as most words are that are marked
    escaped = _ANYWHERE.sub(_escape_match, text)
    # Of one line, as nearly all is, only the start is looked at: to look for others took half of escaping it.
    is_plain = "\n" not in escaped and not _AT_A_LINES_START.match(escaped)
    return escaped if is_plain else _AT_A_LINES_START.sub(_escape_match, escaped)


def _escape_match(found: re.Match[str]) -> str:
    # A number's full stop is escaped, not the number: a backslash before a digit would be shown.
    return f"{found[0]}\\" if found[0][-1].isdigit() else f"{found[0][:-1]}\\{found[0][-1]}"


def mention_commands(markup: str, ids: Mapping[str, int]) -> str:
    """Markup with each known command as one that can be pressed: `/quote` becomes `</quote:123>`."""
    if not ids or "/" not in markup:
        return markup
    # The longest first: /daily set before /daily.
    names = "|".join(re.escape(name) for name in sorted(ids, key=len, reverse=True))
    return re.sub(rf"(?<![^\s(])/({names})(?![\w/-])", lambda found: f"</{found[1]}:{ids[found[1]]}>", markup)


def bold(text: str, marks: Iterable[Span], start: int, end: int) -> str:
    """The slice from `start` to `end`, escaped, the marked spans bold. Marks that overlap or lie outside do no harm."""
    whole = text[start:end]
    # Mostly nothing is escaped: that is found out of the whole, not piece by piece.
    literal = str if escape(whole) == whole else escape
    markup, position = [], start
    for first, last in _bold_runs(text, marks, start, end):
        markup += [literal(text[position:first]), f"**{literal(text[first:last])}**"]
        position = last
    return "".join([*markup, literal(text[position:end])])


def _bold_runs(text: str, marks: Iterable[Span], start: int, end: int) -> list[Span]:
    """The marked spans inside a slice, without white space around them, none over two lines and no two touching.

    Two bold runs side by side would show their asterisks.
    """
    runs: list[Span] = []
    for first, last in spans_within(marks, start, end):
        if text[first:last].isalnum():
            runs.append((first, last))  # a word, as nearly all are
        else:
            runs += [(first + run.start(), first + run.end()) for run in _RUN.finditer(text[first:last])]
    return runs


def block_quote(markup: str) -> str:
    """Markup as a block quotation."""
    return "\n".join(f"> {line}" for line in markup.split("\n"))


def small(markup: str) -> str:
    """Markup as small print, which Discord makes line by line."""
    return "\n".join(f"-# {line}" for line in markup.split("\n") if line.strip())


def split_markup(text: str, room: int, render: Render | None = None) -> Iterator[str]:
    """Markup of all the text, in pieces at most `room` long: cut at a sentence's end or else at white space."""
    markup = render or (lambda start, end: escape(text[start:end]))
    # Nearly everything fits: its markup is made once, not to be measured and then again.
    if len(text) <= room and fits_in(whole := markup(0, len(text)), room):
        return iter([whole] if text.strip() else [])
    return (markup(start, end) for start, end in split(text, room, lambda start, end: width(markup(start, end))))
