"""Lists in replies: shortened labels, menus, and the pager."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from bot.core.reply import Button, Choice, Menu
from corpus.language.phrasing import cut_off

LABEL = 100
"""Characters that a choice shows on the strictest platform."""
MENU = 25
"""Choices that a menu holds on the strictest platform."""

VALUE = 60
"""Code units of typed words that a button's value holds beside an action's name, on the strictest platform."""

Item = TypeVar("Item")


def shortened(words: str, room: int = LABEL) -> str:
    """Words cut to `room` characters at a word's end, with an ellipsis that says so."""
    words = " ".join(words.split())
    if len(words) <= room:
        return words
    cut = words[: room - 1]
    return cut_off(cut[: cut.rfind(" ")] if " " in cut else cut)


class Page(NamedTuple, Generic[Item]):
    """One page of a list: its items, its number from 1, how many pages there are, and the place of its first item."""

    items: Sequence[Item]
    number: int
    pages: int
    start: int
    total: int

    @property
    def range(self) -> str:
        """Which items of how many, for a title: "11–20 of 43". Nothing where the page is the whole list."""
        if self.pages == 1:
            return ""
        last = self.start + len(self.items)
        of = f"{last:,} of {self.total:,}"
        return f"{self.start + 1:,}–{of}" if len(self.items) > 1 else of


def paginate(items: Sequence[Item], number: int, size: int) -> Page[Item]:
    """A page of a list; a number past either end gives the first or the last page. An empty list has one empty page."""
    pages = max(1, -(-len(items) // size))
    number = min(max(number, 1), pages)
    start = (number - 1) * size
    return Page(items[start : start + size], number, pages, start, len(items))


def page_buttons(page: Page[Item], action: str, value: Callable[[int], str]) -> tuple[Button, ...]:
    """Buttons to the pages before and after; none where one page is all. `value` gives the value of a page number."""
    if page.pages == 1:
        return ()
    return (
        Button("◀ Previous", action, value(page.number - 1), enabled=page.number > 1),
        Button("Next ▶", action, value(page.number + 1), enabled=page.number < page.pages),
    )


def page_number(typed: str) -> int | None:
    """A page's number, from 1, from a button's value; None where it is not one."""
    return max(1, int(typed)) if re.fullmatch("[0-9]{1,6}", typed) else None


def fits_button(typed: str) -> bool:
    """Whether typed words fit into a button's value; platforms count UTF-16 code units."""
    return len(typed.encode("utf-16-le", "surrogatepass")) // 2 <= VALUE


def menu(prompt: str, action: str, choices: Sequence[Choice]) -> tuple[Menu, ...]:
    """A menu of as many choices as every platform holds, or nothing where there are none."""
    return (Menu(prompt, action, tuple(choices[:MENU])),) if choices else ()
