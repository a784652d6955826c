"""Meeting the bot in the terminal: lines in, text out, keys for buttons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.core.app import App
from bot.core.calls import FORM
from bot.core.reply import Reply
from bot.platforms.terminal.adapter import Terminal
from bot.platforms.terminal.render import controls, plain
from tests.platforms.meeting import Heard, Way

_FIELDS = 10
"""More fields than any form has."""


class Chat:
    def __init__(self, app: App) -> None:
        self.platform = Terminal(app, Path())
        self.conversation = self.platform._conversation
        self._posts: list[Reply] = []
        self.platform._show = self._keep

    def _keep(self, reply: Reply) -> None:
        self._posts.append(reply)

    async def hear(self, line: str) -> Heard:
        reply = await self.conversation.answer(line)
        return _heard(reply or Reply())

    async def press(self, way: Way, typed: str) -> Heard:
        reply = await self.conversation.answer(str(way.native))
        if way.action == FORM and reply is None:
            # Enter, as often as there are fields, takes what is in them.
            answers = [await self.conversation.answer("") for _ in range(_FIELDS) if self.conversation.question]
            reply = next((one for one in answers if one), None)
        return _heard(reply or await self.conversation.answer(typed) or Reply())

    async def posted(self) -> Heard:
        return _heard(self._posts[-1] if self._posts else Reply())

    async def use_on_message(self, name: str, words: str) -> Heard | None:
        return None


def _heard(reply: Reply) -> Heard:
    # A press without an action keeps a file: only the terminal has it.
    ways = (
        Way(one.action, one.value, bool(one.ask), key, one.label) for key, one in controls(reply).items() if one.action
    )
    return Heard(plain(reply, 80), tuple(ways))


@asynccontextmanager
async def meet(app: App) -> AsyncIterator[Chat]:
    yield Chat(app)
