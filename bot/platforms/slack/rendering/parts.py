"""Each part of a Reply that is text, as Block Kit: in pieces, each with the same words as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.reply import AnyPart, Code, Items, Link, Moment, Note, Prose, Quote, Table
from bot.platforms.slack.inbound.mrkdwn import escape
from bot.platforms.slack.rendering.limits import clip
from bot.platforms.slack.rendering.rich_text import (
    Json,
    bullets,
    link,
    marked,
    pieces,
    preformatted,
    quotation,
    rich_text,
    run,
    section,
    small,
    spans,
    tidy,
    weight,
)

ROOM = 2400
"""Characters of words in a piece. Escaping makes them longer, and a heading and a source may stand with them."""
_LINES = 30
"""Items or rows in a piece: as JSON each is a hundred characters longer than its words."""
_FIELD = 150
_NARROW = 60
"""Columns of a table that a phone still shows side by side."""
_WHEN = "{date_long_pretty} at {time}"


@dataclass(frozen=True)
class Piece:
    """Blocks that stay together, and their words for notifications and screen readers, escaped."""

    blocks: tuple[Json, ...]
    text: str


def texts(part: AnyPart) -> Iterator[Piece]:
    """A part in order, nothing left out; nothing where the part is no text or is blank."""
    match part:
        case Prose():
            return (_piece([section(run(words))], words) for words in pieces(tidy(part.words), ROOM))
        case Quote():
            return _quote(part)
        case Note():
            return _note(part)
        case Items():
            return _items(part.items)
        case Code():
            return _code(part)
        case Table():
            return _table(part)
        case Moment():
            return _moment(part)
        case Link():
            label = clip(tidy(part.label), _FIELD) or part.address
            return iter([_piece([section(link(label, part.address))], label)])
    return iter(())


def heading(words: str) -> Iterator[Piece]:
    line = clip(tidy(words), 2 * _FIELD)
    return iter([_piece([section(run(line, "bold"))], line)] if line else [])


def _piece(elements: Iterable[Json], words: str, *more: Json) -> Piece:
    return Piece((rich_text(*elements), *more), escape(words))


def _quote(part: Quote) -> Iterator[Piece]:
    words = tidy(part.words)
    fields = (part.speaker, part.reference, part.source)
    whose = " · ".join(line for field in fields if (line := clip(tidy(field), _FIELD)))
    said = list(spans(words, ROOM))
    for number, (start, end) in enumerate(said, 1):
        before = "(continued) " if number > 1 else ""
        after = " (continues)" if number < len(said) else ""
        line = f"{before}— {whose}{after}"
        # Each line of the plain words is quoted too, as in a mail.
        quoted = "\n".join(f"> {row}" for row in words[start:end].rstrip().split("\n"))
        yield _piece([quotation(*marked(words, part.marks, start, end))], f"{quoted}\n{line}", small(line))


def _note(part: Note) -> Iterator[Piece]:
    for words in pieces(tidy(part.words), ROOM):
        label = "Editors’ note: "
        yield _piece([section(run(label, "italic"), run(words))], f"{label}{words}")


def _items(items: Iterable[str]) -> Iterator[Piece]:
    lines = (piece for item in items for piece in pieces(tidy(item), ROOM))
    return (_listed(held) for held in _grouped(lines))


def _grouped(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines, as many together as there is room for."""
    held: list[str] = []
    for line in lines:
        if held and (len(held) == _LINES or sum(map(weight, held)) + weight(line) > ROOM):
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def _listed(held: Sequence[str]) -> Piece:
    return _piece([bullets(held)], "\n".join(f"• {words}" for words in held))


def _code(part: Code) -> Iterator[Piece]:
    label = clip(tidy(part.label), _FIELD)
    words = tidy(part.words).strip("\n")
    for start, end in spans(words, ROOM):
        piece = words[start:end]
        above = [section(run(label, "bold"))] if label else []
        yield _piece([*above, preformatted(piece)], f"{label}\n{piece}" if label else piece)


def _table(part: Table) -> Iterator[Piece]:
    rows = [[" ".join(tidy(cell).split()) for cell in row] for row in (part.columns, *part.rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    if sum(widths) + 2 * len(widths) > _NARROW:
        columns, *body = rows
        yield from _items(_in_words(columns, row) for row in body)
        return
    for held in _grouped(_aligned(row, widths) for row in rows):
        lines = "\n".join(held)
        yield _piece([preformatted(lines or " ")], lines)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)).rstrip()


def _in_words(columns: Sequence[str], row: Sequence[str]) -> str:
    first, *rest = row
    return " · ".join([first, *(f"{name}: {cell}" for name, cell in zip(columns[1:], rest, strict=True) if cell)])


def _moment(part: Moment) -> Iterator[Piece]:
    label = clip(tidy(part.label), _FIELD)
    fallback = f"{part.at:%d %B %Y, %H:%M} UTC"
    date: Json = {"type": "date", "timestamp": int(part.at.timestamp()), "format": _WHEN, "fallback": fallback}
    runs = [run(f"{label}: "), date] if label else [date]
    yield _piece([section(*runs)], f"{label}: {fallback}" if label else fallback)
