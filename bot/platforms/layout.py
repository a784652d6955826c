"""What renderers share, pure: characters that no platform sends, cutting and packing text, tables as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import Literal, TypeVar

from msgspec import UNSET
from msgspec.structs import replace

from bot.core.reply import (
    AnyPart,
    Button,
    Choice,
    Code,
    Correction,
    Countdown,
    Heading,
    Items,
    Link,
    Marks,
    Menu,
    Moment,
    Prose,
    Quote,
    Reply,
    Table,
)
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.phrasing import cut_off

Span = tuple[int, int]
"""Start and end offsets of a slice of text."""

Edit = Literal["same", "deleted", "inserted"]

Element = TypeVar("Element")

# Control characters but for tab and newline, marks of direction, and halves of surrogate pairs: no chat client takes
# all of them, and they could move a terminal's cursor or turn our own words round.
_UNSENDABLE = lazy_pattern("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SENTENCE_END = lazy_pattern(r"[.!?…][”’\"')\]]*\s+")
_WHITE_SPACE = lazy_pattern(r"\s+")


def tidy(text: str) -> str:
    """The text with U+FFFD for each character that cannot be sent; as many characters as before."""
    if text.isprintable():
        return text  # nearly always, and found out in a third of the time
    return _UNSENDABLE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", " \n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The tidied text on one line, its white space made single spaces."""
    if text.isprintable() and "  " not in text:
        return text.strip()  # nearly always, as in `tidy`
    return " ".join(tidy(text).split())


def width(text: str) -> int:
    """The length in UTF-16 code units: the strictest count that any chat client uses."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def fits_in(text: str, room: int) -> bool:
    """Whether the text is at most `room` UTF-16 code units long: a character has two at most, so few are counted."""
    return 2 * len(text) <= room or width(text) <= room


def prefix(text: str, most: int) -> str:
    """The longest beginning of the text that is at most `most` UTF-16 code units long."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * max(0, most)].decode("utf-16-le", "ignore")


def clip(text: str, most: int) -> str:
    """The text on one line of at most `most` UTF-16 code units; if cut, it ends with a whole word and an ellipsis."""
    line = one_line(text)
    if fits_in(line, most):
        return line
    head = prefix(line, most - 1)
    whole, space, _ = head.rpartition(" ")
    return cut_off(whole if space and len(whole) > most // 2 else head)


def split(text: str, room: int, size: Callable[[int, int], int]) -> Iterator[Span]:
    """Slices that cover the text, each of a `size` of at most `room`, cut at a sentence's end or else at white space.

    `size` measures the slice from start to end as it will be sent, markup included. Blank slices are left out.
    """
    start = 0
    while start < len(text):
        end = _slice_end(text, start, room, size)
        if text[start:end].strip():
            yield start, end
        start = end


def _slice_end(text: str, start: int, room: int, size: Callable[[int, int], int]) -> int:
    end = min(len(text), start + room)
    while (units := size(start, end)) > room:
        end = start + max(1, (end - start) * room // units)
    if end == len(text):
        return end
    half = start + (end - start) // 2
    for boundary in (_SENTENCE_END, _WHITE_SPACE):
        ends = [half + found.end() for found in boundary.finditer(text[half:end])]
        if ends:
            return ends[-1]
    return end


def spans_within(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The parts of spans that lie between start and end, in order, those that overlap or touch made one."""
    merged: list[Span] = []
    for first, last in sorted((max(first, start), min(last, end)) for first, last in spans):
        if first >= last:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def pack(elements: Iterable[Element], fits: Callable[[Sequence[Element]], bool]) -> Iterator[list[Element]]:
    """The elements in groups, in order, as many together as fit. One that fits nowhere is a group of its own.

    What begins a group that fits has to fit.
    """
    every = list(elements)
    # Nearly always all fit together; to find out once costs less than one by one.
    if every and fits(every):
        yield every
        return
    group: list[Element] = []
    for element in every:
        if group and not fits([*group, element]):
            yield group
            group = []
        group.append(element)
    if group:
        yield group


def correction_runs(part: Correction, start: int, end: int) -> Iterator[tuple[str, Edit]]:
    """The slice of a correction from `start` to `end` as runs, in order, each with what was done to it."""
    text, position = tidy(part.words), start
    edits: list[tuple[int, int, Edit]] = [(*span, "deleted") for span in part.deleted]
    edits += [(*span, "inserted") for span in part.inserted]
    for first, last, edit in sorted(edits):
        first, last = max(first, position), min(last, end)
        if first < last:
            if position < first:
                yield text[position:first], "same"
            yield text[first:last], edit
            position = last
    if position < end:
        yield text[position:end], "same"


def correction_label(part: Correction) -> str:
    """What is before a correction, so that its words are not taken for the bot's own."""
    return "As quoted, put right:" if part.deleted or part.inserted else "As quoted:"


def correction_text(part: Correction, start: int, end: int) -> str:
    """The slice of a correction as plain text, in the form of a word diff: [-deleted-] {+inserted+}."""
    forms = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    return "".join(forms[edit].format(words) for words, edit in correction_runs(part, start, end))


def table_rows(table: Table) -> list[list[str]]:
    """A table's cells, each on one line; the column names come first."""
    return [[one_line(cell) for cell in row] for row in (table.columns, *table.rows)]


def aligned(rows: Sequence[Sequence[str]], most: int | None = None) -> list[str]:
    """Rows as lines of a monospaced table; none where a line would be longer than `most` columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if most is not None and sum(widths) + 2 * len(widths) > most:
        return []
    return ["  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in rows]


def in_words(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as lines of prose that name each column, for a table too wide to align."""
    columns, *body = rows
    for first, *rest in body:
        named = (f"{name}: {cell}" for name, cell in zip(columns[1:], rest, strict=True) if cell)
        yield " · ".join([first, *named])


def name_sources_once(parts: Sequence[AnyPart]) -> Iterator[AnyPart]:
    """Of quotations in a row from one source, the last names it, and the speaker too where it is the same."""
    for part, following in zip_longest(parts, parts[1:]):
        if isinstance(part, Quote) and isinstance(following, Quote) and part.source == following.source:
            yield replace(part, source="", speaker="" if part.speaker == following.speaker else part.speaker)
        else:
            yield part


def list_choices(parts: Iterable[AnyPart]) -> Iterator[AnyPart]:
    """The parts, with a list above each menu whose choices are worth reading before it is opened."""
    for part in parts:
        if isinstance(part, Menu) and part.listed:
            labels = tuple(f"{one.label} – {one.detail}" if one.detail else one.label for one in part.choices)
            marks = tuple(one.marks or () for one in part.choices)
            yield Items(labels, marks if any(marks) else UNSET)
        yield part


def marked_items(part: Items) -> Iterable[tuple[str, Marks]]:
    """Each item with what is marked in it."""
    return zip(part.items, part.marks, strict=True) if part.marks else ((item, ()) for item in part.items)


Change = Callable[[str], str]


def map_words(reply: Reply, own: Change, listed: Change) -> Reply:
    """A reply with `own` applied to the bot's own words, and `listed` to lists and choices, which may quote.

    Quotations, notes and the cells of tables stay as they are.
    """
    return replace(
        reply,
        title=own(reply.title),
        parts=tuple(_map_part(part, own, listed) for part in reply.parts),
        buttons=tuple(replace(one, label=own(one.label), ask=own(one.ask)) for one in reply.buttons),
        error=own(reply.error),
    )


def _map_part(part: AnyPart, own: Change, listed: Change) -> AnyPart:
    match part:
        case Prose() | Heading():
            return replace(part, words=own(part.words))
        case Code():
            return replace(part, words=listed(part.words), label=own(part.label))
        case Items():
            return replace(part, items=tuple(map(listed, part.items)))
        case Menu():
            return replace(
                part, prompt=own(part.prompt), choices=tuple(map_choice(one, listed) for one in part.choices)
            )
        case Moment() | Countdown() | Link():
            return replace(part, label=own(part.label))
    return part


def map_choice(choice: Choice, change: Change) -> Choice:
    """A choice with `change` applied to what is shown of it. In changed words marks would be off."""
    label = change(choice.label)
    marks = choice.marks if label == choice.label else UNSET
    return replace(choice, label=label, detail=change(choice.detail), marks=marks)


def button_rows(buttons: Iterable[Button], room: int) -> Iterator[list[Button]]:
    """Buttons in rows of at most `room`; the answers to a question are in rows of their own."""
    for _, alike in groupby(buttons, key=attrgetter("option")):
        row = list(alike)
        yield from (row[start : start + room] for start in range(0, len(row), room))
