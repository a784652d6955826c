"""A Reply as lines of text: plain for pipes and files, styled for a terminal.

A line is a row of spans, each a style's name and words, in prompt_toolkit's order. Nothing that a reply quotes can move
the cursor, colour the screen or turn the direction of writing: such characters are shown as U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from itertools import count

from msgspec.structs import replace

from bot.core.reply import (
    AnyPart,
    Code,
    File,
    Heading,
    Items,
    Link,
    Menu,
    Moment,
    Note,
    Picture,
    Prose,
    Quote,
    Reply,
    Table,
)
from bot.platforms.terminal.save_file import kept_parts
from bot.platforms.terminal.wrapping import Line, Span, wrapped

# Control characters but for tab and newline, marks of direction, and halves of surrogate pairs.
_UNSAFE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Press:
    """Something to press: a button, one choice of a menu, or a file to save. It is called by its number, from 1."""

    label: str
    action: str = ""
    value: str = ""
    ask: str = ""
    saves: Picture | File | None = None


def presses(reply: Reply) -> tuple[Press, ...]:
    """All there is to press in a reply, in the order in which it is numbered: choices of menus, buttons, files."""
    choices = (
        Press(choice.label, part.action, choice.value)
        for part in reply.parts
        if isinstance(part, Menu)
        for choice in part.choices
    )
    return (*choices, *_row(reply))


def _row(reply: Reply) -> tuple[Press, ...]:
    """What stands in a row below a reply."""
    buttons = (Press(one.label, one.action, one.value, one.ask) for one in reply.buttons if one.enabled)
    return (*buttons, *(Press(f"Save {part.name}", saves=part) for part in kept_parts(reply)))


def plain(reply: Reply, width: int | None = None, *, numbers: bool = True, zone: tzinfo | None = None) -> str:
    """Text without any styles, wrapped at `width` columns or not at all, with no newline at its end."""
    rows = (row for line in _lines(reply, numbers, zone) for row in wrapped(line, width))
    return "\n".join("".join(words for _, words in row).rstrip() for row in rows)


def styled(reply: Reply, width: int, *, zone: tzinfo | None = None) -> list[Span]:
    """Spans for prompt_toolkit, wrapped at `width` columns, each line with its newline."""
    rows = (row for line in _lines(reply, True, zone) for row in wrapped(line, width))
    return [span for row in rows for span in (*row, ("", "\n"))]


def shown(words: str) -> str:
    """Words that are safe on any terminal."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", words)


def _flat(words: str) -> str:
    """Words that are safe, on one line."""
    return shown(words).replace("\n", " ")


def _lines(reply: Reply, numbers: bool, zone: tzinfo | None) -> Iterator[Line]:
    numbering = count(1)
    blocks = [list(_one("title", reply.title)), list(_one("error", reply.error))]
    parts = _sources_once(reply.parts)
    blocks += [list(_part(part, numbering if numbers else None, zone)) for part in parts]
    if numbers:
        blocks.append(list(_buttons(reply, numbering)))
    for number, block in enumerate(block for block in blocks if block):
        if number:
            yield Line(())
        yield from block


def _sources_once(parts: Iterable[AnyPart]) -> Iterator[AnyPart]:
    """Titles are long: quotations from one text, one after another, name it once."""
    source = ""
    for part in parts:
        again = isinstance(part, Quote) and part.source == source
        yield replace(part, source="") if again else part
        source = part.source if isinstance(part, Quote) else source


def _part(part: AnyPart, numbering: Iterator[int] | None, zone: tzinfo | None) -> Iterable[Line]:
    match part:
        case Prose():
            return _one("", part.words)
        case Heading():
            return _one("heading", part.words)
        case Quote():
            return _quote(part)
        case Note():
            return _one("note", f"Editors’ note: {part.words}")
        case Items():
            return (line for item in part.items for line in _one("", f"• {item}", hang=2))
        case Code():
            return (*_one("faint", part.label and f"{part.label}:"), *_one("code", part.words, exact=True))
        case Table():
            return _table(part)
        case Moment():
            at = part.at.astimezone(zone)
            return _one("", f"{part.label}: {at:%A}, {at.day} {at:%B %Y, %H:%M %Z}")
        case Link():
            return _one("", f"{part.label}: {part.address}")
        case Picture():
            # What the other lines say stands in the reply's other parts too, for which nobody here needs a picture.
            first, *_ = part.alt.split("\n")
            return _one("", f"[Picture: {first}]")
        case File():
            return _one("", f"[File: {part.name}, {len(part.data):,} bytes]")
        case Menu():
            return _menu(part, numbering)


def _one(style: str, words: str, *, hang: int = 0, exact: bool = False) -> Iterator[Line]:
    """Words of one style, a line for each that they have; none for no words."""
    for row in shown(words).split("\n") if words else ():
        yield Line(((style, row),), hang=hang, exact=exact)


def _quote(part: Quote) -> Iterator[Line]:
    yield from _rows([("", "“"), *_marked(part), ("", "”")], indent=2)
    source = f" ({part.source})" if part.source else ""
    yield Line((("faint", _flat(f"— {part.speaker}, {part.reference}{source}")),), indent=2, hang=2)


def _marked(part: Quote) -> Iterator[Span]:
    end = 0
    for start, stop in sorted(part.marks):
        yield "", shown(part.words[end:start])
        yield "mark", shown(part.words[max(start, end) : stop])
        end = max(end, stop)
    yield "", shown(part.words[end:])


def _rows(spans: Iterable[Span], indent: int) -> Iterator[Line]:
    """A line for each newline in the spans."""
    row: list[Span] = []
    for style, words in spans:
        first, *others = words.split("\n")
        row.append((style, first))
        for other in others:
            yield Line(tuple(row), indent)
            row = [(style, other)]
    yield Line(tuple(row), indent)


def _table(part: Table) -> Iterator[Line]:
    rows = [[_flat(cell) for cell in row] for row in (part.columns, *part.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield Line((("" if number else "heading", "  ".join(cells).rstrip()),), exact=True)


def _menu(part: Menu, numbering: Iterator[int] | None) -> Iterator[Line]:
    yield from _one("", f"{part.prompt}:")
    for choice in part.choices:
        number = f"{next(numbering)}" if numbering else "•"
        detail = f" – {choice.detail}" if choice.detail else ""
        yield Line((("number", number), ("", _flat(f" {choice.label}{detail}"))), indent=2, hang=len(number) + 1)


def _buttons(reply: Reply, numbering: Iterator[int]) -> Iterator[Line]:
    labels = [(next(numbering), one.label) for one in _row(reply)]
    spans = [span for number, label in labels for span in (("number", f"[{number}]"), ("", f" {_flat(label)}   "))]
    if spans:
        yield Line(tuple(spans))
