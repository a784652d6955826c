"""The terminal platform: a chat with completion and history, or lines from a pipe answered in plain text."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from bot.core.app import App
from bot.core.platform import Gone, Shard
from bot.core.reply import Button, Reply
from bot.platforms.terminal.conversation import Conversation
from bot.platforms.terminal.render import plain
from bot.platforms.terminal.stdin import typed_lines

WELCOME = (
    "No DISCORD_TOKEN found, so here's a chat in your terminal. "
    "To connect Discord, put DISCORD_TOKEN=… into .env and start again: "
    "README.md explains how to get one, and docs/slack.md how to connect Slack."
)


class Terminal:
    """A chat for one. `data_dir` keeps the history of what was typed."""

    name = "terminal"
    swallows = timedelta()
    channel_pace = timedelta()
    recount = timedelta()

    def __init__(self, app: App, data_dir: Path) -> None:
        self._app = app
        self._data_dir = data_dir
        self._numbers = count(1)
        self._posted: dict[str, str] = {}
        self._buttons: dict[str, tuple[Button, ...]] = {}
        self._conversation = Conversation(app, self)
        self._show = _say_plain

    async def start(self) -> None:
        """Answer until the input ends."""
        if sys.stdin and sys.stdin.isatty() and sys.stdout.isatty():
            # prompt_toolkit takes a third of a second to import, and a pipe has no use for it.
            from bot.platforms.terminal.chat import chat, show

            self._show = show
            await chat(self._app, self._conversation, WELCOME, self._data_dir / "history")
        else:
            _say(WELCOME)
            await _answer(self._conversation, typed_lines())

    def is_ready(self) -> bool:
        return True

    def fault(self) -> str:
        return ""

    async def server_time(self) -> None: ...

    def shards(self) -> Sequence[Shard]:
        return ()

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        """Print it, above what is being typed."""
        self._say_unasked(reply)
        message = str(next(self._numbers))
        self._buttons[message] = reply.buttons
        if key:
            self._posted[key] = message
        return message

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        """What is printed stays, and the new words come below; not so where only a count in a question has changed."""
        if not reply.buttons or reply.buttons != self._buttons.get(message):
            self._say_unasked(reply)
        self._buttons[message] = reply.buttons

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        """Only what was posted since the start is known."""
        return self._posted.get(key)

    async def missing_permissions(self, channel: str) -> tuple[str, ...]:
        return ()

    async def missing_extras(self, channel: str, *, thread: bool, mention: str) -> tuple[str, ...]:
        return ()

    async def tell(self, person: str, server: str | None, reply: Reply) -> None:
        self._say_unasked(reply)

    async def servers(self) -> None: ...

    async def update_private(self, receipt: str, reply: Reply, *, replaces: bool = False) -> None:
        """What is printed stays, and nobody else sees it: what is posted here says it all."""

    async def channel_name(self, channel: str) -> str:
        return f"#{channel}"

    async def visible_channels(self, person: str, server: str | None, channels: Sequence[str]) -> Mapping[str, str]:
        return {one: f"#{one}" for one in channels}

    def link(self, server: str | None, channel: str, message: str) -> str:
        return ""

    def _say_unasked(self, reply: Reply) -> None:
        self._conversation.offer(reply)
        try:
            self._show(reply)
        except OSError as error:
            raise Gone("nobody reads the terminal any more") from error

    async def close(self) -> None:
        """Nothing to leave: `start` ends with its task."""


async def _answer(conversation: Conversation, lines: AsyncIterator[str]) -> None:
    async for line in lines:
        if conversation.skips(line):
            continue
        if conversation.leaves(line):
            return
        reply = await conversation.answer(line)
        _say(plain(reply) if reply else f"{conversation.question}:")


def _say_plain(reply: Reply) -> None:
    _say(plain(reply))


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n\n")
    sys.stdout.flush()
