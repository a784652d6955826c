"""discord.py's messages: what one says, and rendered messages as arguments for sending and editing."""

from __future__ import annotations

import io
from typing import Any

import discord

from bot.platforms.discord.rendering.blocks import Component
from bot.platforms.discord.rendering.render import Message


class Layout(discord.ui.LayoutView):
    """Components as render.py wrote them. discord.py carries but does not keep them: presses speak for themselves."""

    def __init__(self, components: list[Component]) -> None:
        super().__init__(timeout=None)
        self._payload = components
        self.stop()

    def to_components(self) -> list[Component]:
        return self._payload

    def has_components_v2(self) -> bool:
        return True


def sendable(message: Message) -> dict[str, Any]:
    """Arguments for discord.py's methods that make a message."""
    return {"view": Layout(message.components), "files": _files(message)}


def replacement(message: Message) -> dict[str, Any]:
    """Arguments for discord.py's methods that change a message: its old files go."""
    return {"view": Layout(message.components), "attachments": _files(message)}


def _files(message: Message) -> list[discord.File]:
    return [discord.File(io.BytesIO(one.data), one.name, description=one.alt or None) for one in message.files]


def words_of(message: discord.Message) -> str:
    """What a message says: its content, or the text displays of a message like ours."""
    if message.content:
        return message.content
    items = discord.ui.LayoutView.from_message(message).walk_children()
    return "\n".join(item.content for item in items if isinstance(item, discord.ui.TextDisplay))
