"""A Reply as lines of text: plain for pipes and files, styled for a terminal.

A line is a row of spans, each a style's name and words, in prompt_toolkit's order. Nothing that a reply quotes can move
the cursor, colour the screen or turn the direction of writing: such characters are shown as U+FFFD.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from itertools import count

from bot.core.reply import (
    AnyPart,
    Code,
    Correction,
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
from bot.platforms.layout import aligned, correction_runs, name_sources_once, one_line, spans_within, table_rows, tidy
from bot.platforms.terminal.save_file import savable_parts
from bot.platforms.terminal.wrapping import Fragment, Line, wrap


@dataclass(frozen=True)
class Control:
    """Something to press: a button, one choice of a menu, or a file to save. It is called by its number, from 1."""

    label: str
    action: str = ""
    value: str = ""
    ask: str = ""
    saves: Picture | File | None = None


def controls(reply: Reply) -> tuple[Control, ...]:
    """All there is to press in a reply, in the order in which it is numbered: choices of menus, buttons, files."""
    choices = (
        Control(choice.label, part.action, choice.value)
        for part in reply.parts
        if isinstance(part, Menu)
        for choice in part.choices
    )
    return (*choices, *_row(reply))


def _row(reply: Reply) -> tuple[Control, ...]:
    """What stands in a row below a reply."""
    buttons = (Control(one.label, one.action, one.value, one.ask) for one in reply.buttons if one.enabled)
    return (*buttons, *(Control(f"Save {part.name}", saves=part) for part in savable_parts(reply)))


def plain(reply: Reply, width: int | None = None, *, numbers: bool = True, zone: tzinfo | None = None) -> str:
    """Text without any styles, wrap at `width` columns or not at all, with no newline at its end."""
    rows = (row for line in _lines(reply, numbers, zone) for row in wrap(line, width))
    return "\n".join("".join(words for _, words in row).rstrip() for row in rows)


def styled(reply: Reply, width: int, *, zone: tzinfo | None = None) -> list[Fragment]:
    """Spans for prompt_toolkit, wrap at `width` columns, each line with its newline."""
    rows = (row for line in _lines(reply, True, zone) for row in wrap(line, width))
    return [span for row in rows for span in (*row, ("", "\n"))]


def _lines(reply: Reply, numbers: bool, zone: tzinfo | None) -> Iterator[Line]:
    numbering = count(1)
    blocks = [list(_text("title", reply.title)), list(_text("error", reply.error))]
    parts = name_sources_once(reply.parts)
    blocks += [list(_part(part, numbering if numbers else None, zone)) for part in parts]
    if numbers:
        blocks.append(list(_buttons(reply, numbering)))
    for number, block in enumerate(block for block in blocks if block):
        if number:
            yield Line(())
        yield from block


def _part(part: AnyPart, numbering: Iterator[int] | None, zone: tzinfo | None) -> Iterable[Line]:
    match part:
        case Prose():
            return _text("", part.words)
        case Heading():
            return _text("heading", part.words)
        case Quote():
            return _quote(part)
        case Correction():
            return _correction(part)
        case Note():
            return _text("note", f"Editors’ note: {part.words}")
        case Items():
            return (line for item in part.items for line in _text("", f"• {item}", hang=2))
        case Code():
            return (*_text("faint", part.label and f"{part.label}:"), *_text("code", part.words, exact=True))
        case Table():
            return _table(part)
        case Moment():
            at = part.at.astimezone(zone)
            return _text("", f"{part.label}: {at:%A}, {at.day} {at:%B %Y, %H:%M %Z}")
        case Link():
            return _text("", f"{part.label}: {part.address}")
        case Picture():
            # What the other lines say stands in the reply's other parts too, for which nobody here needs a picture.
            first, *_ = part.alt.split("\n")
            return _text("", f"[Picture: {first}]")
        case File():
            return _text("", f"[File: {part.name}, {len(part.data):,} bytes]")
        case Menu():
            return _menu(part, numbering)


def _text(style: str, words: str, *, hang: int = 0, exact: bool = False) -> Iterator[Line]:
    """Words of one style, a line for each that they have; none for no words."""
    for row in tidy(words).split("\n") if words else ():
        yield Line(((style, row),), hang=hang, exact=exact)


def _quote(part: Quote) -> Iterator[Line]:
    yield from _rows([("", "“"), *_marked(part), ("", "”")], indent=2)
    speaker = f"{part.speaker}, " if part.speaker else ""
    source = f" ({part.source})" if part.source else ""
    yield Line((("faint", one_line(f"— {speaker}{part.reference}{source}")),), indent=2, hang=2)


def _correction(part: Correction) -> Iterator[Line]:
    """A word diff: each run reads the same without colours."""
    forms = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    styles = {"same": "", "deleted": "deleted", "inserted": "inserted"}
    runs = correction_runs(part, 0, len(part.words))
    return _rows([(styles[edit], forms[edit].format(words)) for words, edit in runs], indent=2)


def _marked(part: Quote) -> Iterator[Fragment]:
    text, position = tidy(part.words), 0
    for first, last in spans_within(part.marks, 0, len(text)):
        yield "", text[position:first]
        yield "mark", text[first:last]
        position = last
    yield "", text[position:]


def _rows(spans: Iterable[Fragment], indent: int) -> Iterator[Line]:
    """A line for each newline in the spans."""
    row: list[Fragment] = []
    for style, words in spans:
        first, *others = words.split("\n")
        row.append((style, first))
        for other in others:
            yield Line(tuple(row), indent)
            row = [(style, other)]
    yield Line(tuple(row), indent)


def _table(part: Table) -> Iterator[Line]:
    for number, row in enumerate(aligned(table_rows(part))):
        yield Line((("" if number else "heading", row),), exact=True)


def _menu(part: Menu, numbering: Iterator[int] | None) -> Iterator[Line]:
    if not part.listed:
        yield from _text("", f"{part.prompt}:")
    for choice in part.choices:
        number = f"{next(numbering)}" if numbering else "•"
        detail = f" – {choice.detail}" if choice.detail else ""
        yield Line(
            (("number", number), ("", " " + one_line(f"{choice.label}{detail}"))), indent=2, hang=len(number) + 1
        )


def _buttons(reply: Reply, numbering: Iterator[int]) -> Iterator[Line]:
    labels = [(next(numbering), one.label) for one in _row(reply)]
    spans = [span for number, label in labels for span in (("number", f"[{number}]"), ("", f" {one_line(label)}   "))]
    if spans:
        yield Line(tuple(spans))
