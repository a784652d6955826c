"""What the bot says: a Reply and its parts, before any platform renders it.

A part is plain words with a meaning; how it looks is each platform's `render.py`. No part holds markup: whatever
stands in it is shown as it is. A word enters here when two features need it and every platform can say it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

Marks = tuple[tuple[int, int], ...]
"""(start, end) offsets of words to be marked."""


class Part(Struct, frozen=True, tag_field="kind", tag=str.lower):
    """The base of all parts; `kind` in JSON is the lower-case name of the class."""


class Prose(Part, frozen=True):
    """A paragraph of the bot's own words."""

    words: str


class Heading(Part, frozen=True):
    """The title of what follows. `text` is the id of the text that it is about, if it is about one."""

    words: str
    text: str | None = None


class Quote(Part, frozen=True):
    """A slice of a text, verbatim, by one speaker. `marks` are (start, end) offsets of what was asked for."""

    words: str
    reference: str
    speaker: str
    text: str
    source: str = ""
    """Title and date of the text, for people: "Trotsky Opposes Coalition, 8 November 1917"."""
    marks: Marks = ()


class Correction(Part, frozen=True):
    """Words as somebody wrote them, corrected in place: a word diff.

    `words` holds both what was written and what is right; `deleted` and `inserted` are (start, end) offsets of what is
    only in the one or the other.
    """

    words: str
    deleted: tuple[tuple[int, int], ...] = ()
    inserted: tuple[tuple[int, int], ...] = ()


class Note(Part, frozen=True):
    """Words of the editors, always shown as theirs."""

    words: str


class Items(Part, frozen=True):
    """A list; each item is on a line of its own. `marks` are for each item the offsets of what was asked for."""

    items: tuple[str, ...]
    marks: tuple[Marks, ...] | UnsetType = UNSET


class Code(Part, frozen=True):
    """Words to be copied exactly: a citation, a usage line."""

    words: str
    label: str = ""


class Table(Part, frozen=True):
    """Rows under column names; every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Moment(Part, frozen=True):
    """A point in time, shown in the reader's own time where the platform can. `at` is aware."""

    label: str
    at: datetime


class Countdown(Part, frozen=True):
    """The time until a moment, which counts down by itself where the platform can: "Closes in 20 seconds".

    `at` is aware; `seconds` are left as this is said.
    """

    label: str
    at: datetime
    seconds: int


class Link(Part, frozen=True):
    """A line that leads to `address`, one that a platform or we made: never what somebody typed."""

    label: str
    address: str


class Picture(Part, frozen=True):
    """A PNG image. `alt` says in words all that the picture says."""

    name: str
    data: bytes
    alt: str


class File(Part, frozen=True):
    """A file to download."""

    name: str
    data: bytes
    media_type: str


class Choice(Struct, frozen=True):
    """One thing to choose: `label` is shown, `value` is what choosing it stands for.

    `marks` are offsets in the label of what was asked for; they show where the choice is in a list.
    """

    label: str
    value: str
    detail: str = ""
    marks: Marks | UnsetType = UNSET


class Menu(Part, frozen=True):
    """Choices of which one is picked; picking calls `action` with the choice's value.

    `listed` choices are worth reading by themselves: where a menu is closed until somebody opens it, they also stand
    above it as a list.
    """

    prompt: str
    action: str
    choices: tuple[Choice, ...]
    listed: bool = False


AnyPart = (
    Prose
    | Heading
    | Quote
    | Correction
    | Note
    | Items
    | Code
    | Table
    | Moment
    | Countdown
    | Link
    | Picture
    | File
    | Menu
)


Tone = Literal["good", "caution", "bad"]


class Button(Struct, frozen=True, cache_hash=True):
    """Pressing it calls `action` with `value`.

    With `ask`, the platform first asks the presser for a line of text under that label: the action's `typed`.
    An `option` is one of several answers to a question: where buttons are keys, these are numbers and others letters.
    """

    label: str
    action: str
    value: str = ""
    style: Literal["plain", "primary", "danger"] = "plain"
    enabled: bool = True
    ask: str = ""
    option: bool = False


class Reply(Struct, frozen=True):
    """One answer. `private` answers reach only the one who asked.

    `error` is a sentence about what the asker can mend or, with `incident` (a short id in the log), an apology.
    `mistyped`: it is about what was typed, so that other words may have an answer. `text` is the id of the text that
    the whole answer is about: it lends its colour, unless the answer is a verdict with a `tone`. `repeat` is the call
    that gives the same answer again, where it was chosen by chance.

    A post may `mention` a role, by its id, and open a `thread` of that name, where the platform can.
    """

    title: str = ""
    parts: tuple[AnyPart, ...] = ()
    buttons: tuple[Button, ...] = ()
    private: bool = False
    error: str = ""
    incident: str = ""
    text: str | None = None
    tone: Tone | UnsetType = UNSET
    repeat: str | UnsetType = UNSET
    mention: str | UnsetType = UNSET
    thread: str | UnsetType = UNSET
    mistyped: bool | UnsetType = UNSET

    def quotes(self) -> Iterable[Quote]:
        return (part for part in self.parts if isinstance(part, Quote))
