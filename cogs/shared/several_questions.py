"""Several questions in one line: each gets a button, and what has none is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.core.reply import Button, Prose, Reply
from cogs.shared.lists import fits_button, shortened
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.phrasing import plural

_LONGEST: Final = 1_000
"""Characters of the longest line that is parted."""
_MOST: Final = 5
_BETWEEN: Final = lazy_pattern(r"(?<=\?)\s+(?:(?:and|also|then)\s+)?")


def several_questions(typed: str) -> tuple[str, ...]:
    """The questions of a line, where these are two or more; else none."""
    if len(typed) > _LONGEST or typed.count("?") < 2:
        return ()
    found = tuple(one for one in _BETWEEN.split(typed.strip()) if any(map(str.isalnum, one)))
    return found if len(found) > 1 else ()


def one_at_a_time(questions: tuple[str, ...], action: str, value: Callable[[str], str] = str) -> Reply | None:
    """The reply that offers several questions one by one; None where there are not several that a button can hold."""
    asked = [one for one in questions[:_MOST] if fits_button(value(one))]
    buttons = tuple(Button(shortened(one, 60), action, value(one)) for one in asked)
    said = "That is more than one question. Which one first?"
    if left := len(questions) - len(buttons):
        said += f" There was no room for {plural(left, 'more question')}: please ask again."
    return Reply("Several questions", (Prose(said),), buttons, private=True) if len(buttons) > 1 else None
