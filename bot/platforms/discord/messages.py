"""discord.py's messages: what one says, and rendered messages as arguments for sending and editing."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

import discord

from bot.core.attachment import Attachment, Attachments
from bot.platforms.discord.rendering.announcement import Announcement
from bot.platforms.discord.rendering.blocks import Component
from bot.platforms.discord.rendering.render import Message
from bot.platforms.message_text import message_text


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


def attachments_of(sent: Iterable[discord.Attachment]) -> Attachments:
    """Files that somebody sent, by their ids."""
    return Attachments({str(one.id): Attachment(one.filename, one.size, _reader(one)) for one in sent})


def _reader(sent: discord.Attachment) -> Callable[[], Awaitable[bytes]]:
    async def read() -> bytes:
        try:
            return await sent.read()
        except discord.HTTPException as error:
            raise OSError(f"Discord does not give the file: {error.status}") from None

    return read


def words_of(message: discord.Message) -> str:
    """What a message says: its content, or what it forwards, embeds, shows or asks."""
    forwarded = [piece for one in message.message_snapshots for piece in (one.content, *_attached(one))]
    poll = [message.poll.question, *(one.text for one in message.poll.answers)] if message.poll else []
    return message_text(message.content, [*_attached(message), *forwarded, *poll])


def _attached(message: discord.Message | discord.MessageSnapshot) -> Iterator[str]:
    yield "\n".join(_displays(message.components))
    for embed in message.embeds:
        yield embed.title or ""
        yield embed.description or ""
        for one in embed.fields:
            yield one.name or ""
            yield one.value or ""
    for attachment in message.attachments:
        yield attachment.description or ""


def _displays(components: Iterable[discord.Component]) -> Iterator[str]:
    """The text displays of a message like ours, however deep they stand."""
    for one in components:
        if isinstance(one, discord.TextDisplay):
            yield one.content
        yield from _displays(getattr(one, "children", ()))
