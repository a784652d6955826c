"""Each textual part of a Reply as Discord markup, in pieces that fit into a text display."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from bot.core.reply import AnyPart, Code, Correction, Countdown, Items, Link, Marks, Moment, Note, Prose, Quote, Table
from bot.platforms.discord.rendering.markup import block_quote, bold, escape, small, split_markup
from bot.platforms.layout import (
    aligned,
    clip,
    correction_label,
    correction_runs,
    in_words,
    marked_items,
    pack,
    table_rows,
    tidy,
    width,
)

_ROOM = 3300
_QUOTATION_ROOM = 2400
"""Leaves room for the line with speaker, reference and source, and for a heading above."""
_FIELD = 150
_NARROW = 44
"""Columns of a table that a phone still shows side by side."""


def text_markup(part: AnyPart) -> Iterator[str]:
    """Markup of a part, in order, nothing left out; nothing where the part is no text or is blank."""
    match part:
        case Prose():
            return split_markup(tidy(part.words).strip(), _ROOM)
        case Quote():
            return _quotation(part) if part.marks else iter(_kept_quotation(part))
        case Correction():
            return _correction(part)
        case Note():
            label = "*Editors\N{RIGHT SINGLE QUOTATION MARK} note:*"
            return (f"{label} {piece}" for piece in split_markup(tidy(part.words).strip(), _ROOM))
        case Items():
            return _joined([f"- {piece}" for item, marks in marked_items(part) for piece in _item(item, marks)])
        case Code():
            return _code(part)
        case Table():
            return _table(part)
        case Moment():
            return iter([_timestamp(part)])
        case Countdown():
            return iter([f"{escape(clip(part.label, _FIELD))} <t:{int(part.at.timestamp())}:R>"])
        case Link():
            return iter([f"[{escape(clip(part.label, _FIELD))}]({part.address})"])
    return iter(())


def title(text: str) -> str:
    """The title of a reply."""
    return _line(text, "### {}")


def heading(text: str) -> str:
    """The heading of a section."""
    return _line(text, "**{}**")


def _line(text: str, form: str) -> str:
    line = clip(text, 2 * _FIELD)
    return form.format(escape(line)) if line else ""


# Passages never change, and most answers show some without marks: a third of what rendering them takes is saved.
@lru_cache(maxsize=1_024)
def _kept_quotation(part: Quote) -> tuple[str, ...]:
    return tuple(_quotation(part))


def _quotation(part: Quote) -> Iterator[str]:
    text = tidy(part.words)

    def render(start: int, end: int) -> str:
        return block_quote(bold(text, part.marks, start, end).rstrip())

    pieces = list(split_markup(text.rstrip(), _QUOTATION_ROOM, render))
    attribution = _attribution(part.speaker, part.reference, part.source)
    for number, piece in enumerate(pieces, 1):
        above = f"{small('(continued)')}\n" if number > 1 else ""
        below = " (continues)" if number < len(pieces) else ""
        yield f"{above}{piece}\n{small(f'— {attribution}{below}')}"


@lru_cache(maxsize=1_024)
def _attribution(*fields: str) -> str:
    # Kept apart from the quotation, of which each question marks other words.
    return " · ".join([escape(line) for field in fields if (line := clip(field, _FIELD))])


def _correction(part: Correction) -> Iterator[str]:
    forms = {"same": "{}", "deleted": "~~{}~~", "inserted": "**{}**"}

    def render(start: int, end: int) -> str:
        runs = correction_runs(part, start, end)
        return "".join(forms[edit].format(escape(words)) for words, edit in runs if edit == "same" or words.strip())

    pieces = split_markup(part.words, _QUOTATION_ROOM, render)
    return (piece if number else f"*{correction_label(part)}* {piece}" for number, piece in enumerate(pieces))


def _item(item: str, marks: Marks = ()) -> Iterator[str]:
    text = tidy(item).strip()
    return split_markup(text, _ROOM, lambda start, end: bold(text, marks, start, end).rstrip().replace("\n", "\n  "))


def _joined(lines: Iterable[str], form: str = "{}") -> Iterator[str]:
    """The lines, as many together as there is room for."""
    return (form.format("\n".join(group)) for group in pack(lines, _fits))


def _fits(lines: Sequence[str]) -> bool:
    return sum(map(width, lines)) + len(lines) - 1 <= _ROOM


def _code(part: Code) -> Iterator[str]:
    text = tidy(part.words).strip("\n")
    label = heading(part.label)
    above = f"{label}\n" if label else ""
    # Nothing escapes three backticks in a code block: such text is shown as plain words, and copied as exactly.
    fenced = "```" not in text
    for piece in split_markup(text, _ROOM, (lambda start, end: text[start:end]) if fenced else None):
        yield above + (f"```\n{piece}\n```" if fenced else piece)
        above = ""


def _table(part: Table) -> Iterator[str]:
    rows = table_rows(part)
    lines = aligned(rows, _NARROW)
    if lines and not any("`" in line for line in lines):
        return _joined(lines, "```\n{}\n```")
    return _joined(f"- {piece}" for row in in_words(rows) for piece in _item(row))


def _timestamp(part: Moment) -> str:
    seconds = int(part.at.timestamp())
    label = escape(clip(part.label, _FIELD))
    return f"{label}{': ' if label else ''}<t:{seconds}:F> (<t:{seconds}:R>)"
