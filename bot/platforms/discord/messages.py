"""Rendered messages as arguments for discord.py's methods that send and edit messages."""

from __future__ import annotations

import io
from typing import Any

import discord

from bot.platforms.discord.rendering.announcement import Announcement
from bot.platforms.discord.rendering.blocks import Component
from bot.platforms.discord.rendering.render import Message


class Rows(discord.ui.View):
    """Rows of buttons as announcement.py wrote them, for a message of the older kind."""

    def __init__(self, rows: list[Component]) -> None:
        super().__init__(timeout=None)
        self._payload = rows
        self.stop()

    def to_components(self) -> list[Component]:
        return self._payload


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
    return {"view": Layout(message.components), "files": files_of(message)}


def replacement(message: Message) -> dict[str, Any]:
    """Arguments for discord.py's methods that change a message: its old files go."""
    return {"view": Layout(message.components), "attachments": files_of(message)}


def announced(message: Announcement) -> dict[str, Any]:
    """Arguments for discord.py's methods that make an announcement."""
    return {**_announced(message), "files": files_of(message)}


def announced_again(message: Announcement) -> dict[str, Any]:
    """Arguments for discord.py's methods that change an announcement: its old files go."""
    return {**_announced(message), "attachments": files_of(message)}


def _announced(message: Announcement) -> dict[str, Any]:
    embeds = [discord.Embed.from_dict(one) for one in message.embeds]
    return {"content": message.content, "embeds": embeds, "view": Rows(message.rows)}


def files_of(message: Message | Announcement) -> list[discord.File]:
    """A message's files, to be sent once."""
    return [discord.File(io.BytesIO(one.data), one.name, description=one.alt or None) for one in message.files]
