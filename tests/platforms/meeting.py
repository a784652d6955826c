"""Meeting the bot on a platform, in the same words for all: each platform's tests bring a `meeting.py` with `meet`.

A platform whose tests are not there is not met, and nothing else changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from bot.core.app import App
from bot.core.platform import Platform

PLATFORMS = sorted(found.parent.name for found in Path(__file__).parent.glob("*/meeting.py"))


@dataclass(frozen=True)
class Way:
    """Something to press in an answer: a button, or one choice of a menu. `asks`: it wants words first."""

    action: str
    value: str
    asks: bool
    native: Any = None
    label: str = ""


@dataclass(frozen=True)
class Heard:
    """An answer as people see it: all its words, without formatting, and what can be pressed.

    `wording` turns the bot's own words into this platform's.
    """

    words: str
    ways: tuple[Way, ...]
    wording: Callable[[str], str] = str


class Meeting(Protocol):
    """Somebody who runs the server, in one of its channels. `platform` is what jobs post on."""

    platform: Platform

    async def hear(self, line: str) -> Heard:
        """The answer to a typed line, given as this platform takes commands."""

    async def press(self, way: Way, typed: str) -> Heard:
        """The answer to a press; `typed` is what to say where it asks."""

    async def posted(self) -> Heard:
        """The last timed post, as it is now."""

    async def use_on_message(self, name: str, words: str) -> Heard | None:
        """The answer to a command on a message; None where the platform has no such commands."""


def meet(platform: str) -> Callable[[App], AbstractAsyncContextManager[Meeting]]:
    found: Callable[[App], AbstractAsyncContextManager[Meeting]] = import_module(
        f"tests.platforms.{platform}.meeting"
    ).meet
    return found


def letters(words: str) -> str:
    """The letters and digits alone, which no platform's formatting changes."""
    return re.sub(r"[\W_]+", "", words)
