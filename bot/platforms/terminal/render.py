"""A Reply as lines of text: plain for pipes and files, styled for a terminal.

A line is a row of spans, each a style's name and words, in prompt_toolkit's order. Nothing that a reply quotes can move
the cursor, colour the screen or turn the direction of writing: such characters are shown as U+FFFD.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from itertools import chain, count
from string import ascii_lowercase

from msgspec import Struct, structs

from bot.core.reply import (
    AnyPart,
    Button,
    Code,
    Correction,
    Countdown,
    File,
    Heading,
    Items,
    Link,
    Marks,
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
from bot.platforms.terminal.wrapping import LABEL, Fragment, Line, wrap

_MOST, _FEW = 7, 5
"""Choices of a menu that all are shown and, of one that has more, how many are; the others are a key away."""
_MOST_LISTED, _FEW_LISTED = 12, 10
"""The same of a menu whose choices are worth reading by themselves."""
MORE = "m"


class Control(Struct, frozen=True):
    """Something to press: a button, one choice of a menu, a file to save, or `more` of a long menu."""

    label: str
    action: str = ""
    value: str = ""
    ask: str = ""
    saves: Picture | File | None = None
    more: Reply | None = None


def _split(reply: Reply) -> tuple[Reply, Reply | None]:
    """A reply whose menus have no more choices than one takes in, and a reply with the others, if there are any."""
    front, left = [], []
    for part in reply.parts:
        if isinstance(part, Menu):
            most, few = (_MOST_LISTED, _FEW_LISTED) if part.listed else (_MOST, _FEW)
            if len(part.choices) > most:
                # Who asks for more reads it.
                left.append(structs.replace(part, choices=part.choices[few:], listed=True))
                part = structs.replace(part, choices=part.choices[:few])
        front.append(part)
    rest = Reply(parts=tuple(left), buttons=reply.buttons, private=reply.private) if left else None
    return structs.replace(reply, parts=tuple(front)), rest


def controls(reply: Reply) -> dict[str, Control]:
    """All there is to press in a reply, by its key: numbers for what is chosen from, letters for all else.

    A letter is that of the label, so that the same button has the same key under one answer and the next.
    """
    reply, rest = _split(reply)
    choices = (
        Control(choice.label, part.action, choice.value)
        for part in reply.parts
        if isinstance(part, Menu)
        for choice in part.choices
    )
    options = (_control(one) for one in reply.buttons if one.option and one.enabled)
    return {str(number): one for number, one in enumerate((*choices, *options), 1)} | _lettered(reply, rest)


def _lettered(reply: Reply, rest: Reply | None) -> dict[str, Control]:
    # What cannot be pressed keeps its letter, or that of the button beside it would change from page to page.
    buttons = [(one.enabled, _control(one)) for one in reply.buttons if not one.option]
    files = [(True, Control(f"Save {part.name}", saves=part)) for part in savable_parts(reply)]
    keys: dict[str, tuple[bool, Control]] = {}
    if rest:
        left = sum(len(part.choices) for part in rest.parts if isinstance(part, Menu))
        keys[MORE] = True, Control(f"{left} more", more=rest)
    for is_enabled, control in (*buttons, *files):
        keys[_letter(control.label, keys)] = is_enabled, control
    return {key: control for key, (is_enabled, control) in keys.items() if is_enabled}


def _letter(label: str, taken: Mapping[str, object]) -> str:
    """A letter for a label: that of one of its words, else another in it, else any; two where all are taken."""
    words = label.casefold().split()
    wanted = chain((word[0] for word in words), "".join(words), ascii_lowercase)
    # `m` is no button's, or who asks for more once too often would press it.
    free = (one for one in wanted if one in ascii_lowercase and one not in taken and one != MORE)
    return next(free, "") or next(key for n in count(1) if (key := f"z{n}") not in taken)


def _control(button: Button) -> Control:
    return Control(button.label, button.action, button.value, button.ask)


def plain(reply: Reply, width: int | None = None, *, numbers: bool = True, zone: tzinfo | None = None) -> str:
    """Text without any styles, wrapped at `width` columns or not at all, with no newline at its end."""
    rows = (row for line in _lines(reply, numbers, zone) for row in wrap(line, width))
    return "\n".join("".join(words for _, words in row).rstrip() for row in rows)


def styled(reply: Reply, width: int, *, zone: tzinfo | None = None) -> list[Fragment]:
    """Spans for prompt_toolkit, wrapped at `width` columns, each line with its newline."""
    rows = (row for line in _lines(reply, True, zone) for row in wrap(line, width))
    return [span for row in rows for span in (*row, ("", "\n"))]


def _lines(reply: Reply, numbers: bool, zone: tzinfo | None) -> Iterator[Line]:
    numbering = count(1)
    front = _split(reply)[0] if numbers else reply
    blocks = [list(_text("title", reply.title)), list(_text("error", reply.error))]
    parts = name_sources_once(front.parts)
    blocks += [list(_part(part, numbering if numbers else None, zone)) for part in parts]
    if numbers:
        blocks.append(list(_buttons(reply, next(numbering) - 1)))
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
        case Countdown():
            unit = "second" if part.seconds == 1 else "seconds"
            return _text("", f"{part.label} in {part.seconds} {unit}, at {part.at.astimezone(zone):%H:%M:%S}")
        case Link():
            return _text("", f"{part.label}: {part.address}")
        case Picture():
            # What the other lines say is in the reply's other parts too, for which nobody here needs a picture.
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
    yield from _rows([("", "“"), *_marked(tidy(part.words), part.marks), ("", "”")], indent=2)
    speaker = f"{part.speaker}, " if part.speaker else ""
    source = f" ({part.source})" if part.source else ""
    yield Line((("faint", one_line(f"— {speaker}{part.reference}{source}")),), indent=2, hang=2)


def _correction(part: Correction) -> Iterator[Line]:
    """A word diff: each run reads the same without colours."""
    forms = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    styles = {"same": "", "deleted": "deleted", "inserted": "inserted"}
    runs = correction_runs(part, 0, len(part.words))
    return _rows([(styles[edit], forms[edit].format(words)) for words, edit in runs], indent=2)


def _marked(text: str, marks: Marks) -> Iterator[Fragment]:
    position = 0
    for first, last in spans_within(marks, 0, len(text)):
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
        number = f"[{next(numbering)}]" if numbering else "•"
        detail = f" – {choice.detail}" if choice.detail else ""
        words = _marked(one_line(f"{choice.label}{detail}"), choice.marks or ())
        yield Line((("number", number), ("", " "), *words), indent=2, hang=len(number) + 1)


def _buttons(reply: Reply, chosen: int) -> Iterator[Line]:
    """What is in a row below a reply: all but the menus' `chosen` choices, which have their lines above."""
    row = [*controls(reply).items()][chosen:]
    spans = [
        span for key, one in row for span in (("number", f"[{key}]"), (LABEL, f" {one_line(one.label)}"), ("", "   "))
    ]
    if spans:
        yield Line(tuple(spans))
