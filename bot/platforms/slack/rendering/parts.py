"""Each textual part of a Reply as Block Kit, in pieces, each with the same words as plain text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from bot.core.reply import AnyPart, Code, Correction, Countdown, Items, Link, Marks, Moment, Note, Prose, Quote, Table
from bot.platforms.layout import (
    Edit,
    Span,
    aligned,
    clip,
    correction_label,
    correction_runs,
    correction_text,
    in_words,
    marked_items,
    pack,
    split,
    table_rows,
    tidy,
    width,
)
from bot.platforms.slack.rendering.rich_text import (
    Json,
    bold_runs,
    bullets,
    escape,
    link,
    preformatted,
    quotation,
    rich_text,
    run,
    section,
    small,
    weight,
)

ROOM = 2400
"""Characters of text in a piece. Escaping makes them longer, and a heading and a source may come with them."""
_LINES = 30
"""Items or rows in a piece: as JSON each is a hundred characters longer than its words."""
_FIELD = 150
_NARROW = 60
"""Columns of a table that a phone still shows side by side."""
_DATE = "{date_long_pretty} at {time}"


class BlockGroup(Struct, frozen=True):
    """Blocks that stay together, and their words for notifications and screen readers, escaped."""

    blocks: tuple[Json, ...]
    text: str

    @property
    def size(self) -> int:
        """Characters of the blocks as JSON, each with what parts it from the next."""
        return sum(width(json.dumps(one, ensure_ascii=False)) + 2 for one in self.blocks)


def text_blocks(part: AnyPart) -> Iterator[BlockGroup]:
    """A part in order, nothing left out; nothing where the part is no text or is blank."""
    match part:
        case Prose():
            return (_group([section(run(piece))], piece) for piece in split_text(part.words, ROOM))
        case Quote():
            return _quotation(part)
        case Correction():
            return _correction(part)
        case Note():
            return _note(part)
        case Items():
            return _items(marked_items(part))
        case Code():
            return _code(part)
        case Table():
            return _table(part)
        case Moment():
            return _date(part)
        case Countdown():
            return _countdown(part)
        case Link():
            label = clip(part.label, _FIELD) or part.address
            return iter([_group([section(link(label, part.address))], label)])
    return iter(())


def heading(text: str) -> Iterator[BlockGroup]:
    """The heading of a section; nothing where it is blank."""
    line = clip(text, 2 * _FIELD)
    return iter([_group([section(run(line, "bold"))], line)] if line else [])


def split_text(text: str, room: int) -> Iterator[str]:
    """The tidied text in pieces of a weight of at most `room`, without white space around them."""
    text = tidy(text)
    return (text[start:end].strip() for start, end in _slices(text, room))


def _slices(text: str, room: int) -> Iterator[Span]:
    return split(text, room, lambda start, end: weight(text[start:end]))


def _group(elements: Iterable[Json], text: str, *more: Json) -> BlockGroup:
    return BlockGroup((rich_text(*elements), *more), escape(text))


def _quotation(part: Quote) -> Iterator[BlockGroup]:
    text = tidy(part.words)
    fields = (part.speaker, part.reference, part.source)
    attribution = " · ".join(line for field in fields if (line := clip(field, _FIELD)))
    slices = list(_slices(text, ROOM))
    for number, (start, end) in enumerate(slices, 1):
        before = "(continued) " if number > 1 else ""
        after = " (continues)" if number < len(slices) else ""
        line = f"{before}— {attribution}{after}"
        # Each line of the plain text is quoted too, as in a mail.
        plain = "\n".join(f"> {row}" for row in text[start:end].rstrip().split("\n"))
        yield _group([quotation(*bold_runs(text, part.marks, start, end))], f"{plain}\n{line}", small(line))


def _correction(part: Correction) -> Iterator[BlockGroup]:
    styles: dict[Edit, tuple[str, ...]] = {"same": (), "deleted": ("strike",), "inserted": ("bold",)}
    label = f"{correction_label(part)} "
    for start, end in _slices(part.words, ROOM):
        runs = [run(words, *styles[edit]) for words, edit in correction_runs(part, start, end)]
        before = [] if start else [run(label, "italic")]
        yield _group([section(*before, *runs)], ("" if start else label) + correction_text(part, start, end))


def _note(part: Note) -> Iterator[BlockGroup]:
    label = "Editors’ note: "
    for piece in split_text(part.words, ROOM):
        yield _group([section(run(label, "italic"), run(piece))], f"{label}{piece}")


def _items(items: Iterable[tuple[str, Marks]]) -> Iterator[BlockGroup]:
    lines = (piece for item, marks in items for piece in _item(item, marks))
    for group in pack(lines, lambda lines: _fits([text for text, _ in lines])):
        yield _group([bullets(runs for _, runs in group)], "\n".join(f"• {text}" for text, _ in group))


def _item(item: str, marks: Marks) -> Iterator[tuple[str, list[Json]]]:
    """An item in pieces, each as plain text and as runs."""
    text = tidy(item).strip()
    for start, end in _slices(text, ROOM):
        piece = text[start:end].rstrip()
        yield piece, bold_runs(text, marks, start, start + len(piece))


def _fits(lines: Sequence[str]) -> bool:
    return len(lines) <= _LINES and sum(map(weight, lines)) <= ROOM


def _code(part: Code) -> Iterator[BlockGroup]:
    label = clip(part.label, _FIELD)
    text = tidy(part.words).strip("\n")
    for start, end in _slices(text, ROOM):
        piece = text[start:end]
        above = [section(run(label, "bold"))] if label else []
        yield _group([*above, preformatted(piece)], f"{label}\n{piece}" if label else piece)


def _table(part: Table) -> Iterator[BlockGroup]:
    rows = table_rows(part)
    lines = aligned(rows, _NARROW)
    if not lines:
        yield from _items((row, ()) for row in in_words(rows))
    for group in pack(lines, _fits):
        text = "\n".join(group)
        yield _group([preformatted(text or " ")], text)


def _date(part: Moment) -> Iterator[BlockGroup]:
    label = clip(part.label, _FIELD)
    fallback = f"{part.at:%d %B %Y, %H:%M} UTC"
    date: Json = {"type": "date", "timestamp": int(part.at.timestamp()), "format": _DATE, "fallback": fallback}
    runs = [run(f"{label}: "), date] if label else [date]
    yield _group([section(*runs)], f"{label}: {fallback}" if label else fallback)


def _countdown(part: Countdown) -> Iterator[BlockGroup]:
    """Slack's dates do not count: the seconds are those that are left now, the moment is exact."""
    words = f"{clip(part.label, _FIELD)} in {part.seconds} {'second' if part.seconds == 1 else 'seconds'}"
    date: Json = {
        "type": "date",
        "timestamp": int(part.at.timestamp()),
        "format": "{time_secs}",
        "fallback": f"{part.at:%H:%M:%S} UTC",
    }
    yield _group([section(run(f"{words}, at "), date)], words)
