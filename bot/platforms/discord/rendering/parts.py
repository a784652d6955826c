"""Each textual part of a Reply as Discord markup, in pieces that fit into a text display."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.core.reply import AnyPart, Code, Items, Link, Moment, Note, Prose, Quote, Table
from bot.platforms.discord.rendering.limits import clip, width
from bot.platforms.discord.rendering.markup import block_quote, bold, escape, pieces, small, tidy

_ROOM = 3300
_QUOTED_ROOM = 2400
"""Leaves room for the line that says whose words they are, and for a heading above."""
_FIELD = 150
_NARROW = 44
"""Columns of a table that a phone still shows side by side."""


def texts(part: AnyPart) -> Iterator[str]:
    """Markup of a part, in order, nothing left out; nothing where the part is no text or is blank."""
    match part:
        case Prose():
            return pieces(tidy(part.words).strip(), _ROOM)
        case Quote():
            return _quote(part)
        case Note():
            return (
                f"*Editors\N{RIGHT SINGLE QUOTATION MARK} note:* {piece}"
                for piece in pieces(tidy(part.words).strip(), _ROOM)
            )
        case Items():
            return _lines([f"- {piece}" for item in part.items for piece in _item(item)])
        case Code():
            return _code(part)
        case Table():
            return _table(part)
        case Moment():
            return iter([_moment(part)])
        case Link():
            return iter([f"[{escape(clip(tidy(part.label), _FIELD))}]({part.address})"])
    return iter(())


def title(words: str) -> str:
    return _line(words, "### {}")


def heading(words: str) -> str:
    return _line(words, "**{}**")


def _line(words: str, form: str) -> str:
    line = clip(tidy(words), 2 * _FIELD)
    return form.format(escape(line)) if line else ""


def _quote(part: Quote) -> Iterator[str]:
    words = tidy(part.words)

    def dress(start: int, end: int) -> str:
        return block_quote(bold(words, part.marks, start, end).rstrip())

    said = list(pieces(words.rstrip(), _QUOTED_ROOM, dress))
    fields = (part.speaker, part.reference, part.source)
    whose = " · ".join(escape(line) for field in fields if (line := clip(tidy(field), _FIELD)))
    for number, piece in enumerate(said, 1):
        above = f"{small('(continued)')}\n" if number > 1 else ""
        below = " (continues)" if number < len(said) else ""
        yield f"{above}{piece}\n{small(f'— {whose}{below}')}"


def _item(words: str) -> Iterator[str]:
    tidied = tidy(words).strip()
    return pieces(tidied, _ROOM, lambda start, end: escape(tidied[start:end]).rstrip().replace("\n", "\n  "))


def _lines(lines: Iterable[str], form: str = "{}") -> Iterator[str]:
    """The lines, as many together as there is room for."""
    held: list[str] = []
    for line in lines:
        if held and width("\n".join([*held, line])) > _ROOM:
            yield form.format("\n".join(held))
            held = []
        held.append(line)
    if held:
        yield form.format("\n".join(held))


def _code(part: Code) -> Iterator[str]:
    words = tidy(part.words).strip("\n")
    label = heading(part.label)
    above = f"{label}\n" if label else ""
    # Nothing escapes three backticks in a code block: such words are shown as plain text, and copied as exactly.
    fenced = "```" not in words
    for piece in pieces(words, _ROOM, lambda start, end: words[start:end]) if fenced else pieces(words, _ROOM):
        yield above + (f"```\n{piece}\n```" if fenced else piece)
        above = ""


def _table(part: Table) -> Iterator[str]:
    rows = [[" ".join(tidy(cell).split()) for cell in row] for row in (part.columns, *part.rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    if sum(widths) + 2 * len(widths) <= _NARROW and not any("`" in cell for row in rows for cell in row):
        return _lines((_aligned(row, widths) for row in rows), "```\n{}\n```")
    columns, *body = rows
    return _lines(f"- {piece}" for row in body for piece in _item(_in_words(columns, row)))


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)).rstrip()


def _in_words(columns: Sequence[str], row: Sequence[str]) -> str:
    first, *rest = row
    return " · ".join([first, *(f"{name}: {cell}" for name, cell in zip(columns[1:], rest, strict=True) if cell)])


def _moment(part: Moment) -> str:
    seconds = int(part.at.timestamp())
    label = escape(clip(tidy(part.label), _FIELD))
    return f"{label}{': ' if label else ''}<t:{seconds}:F> (<t:{seconds}:R>)"
