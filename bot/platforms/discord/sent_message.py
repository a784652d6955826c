"""Messages that people sent, as Discord describes them: what one says, and the files on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator

import discord
from msgspec import Struct

from bot.core.attachment import Attachment, Attachments
from bot.platforms.discord.connection import FAILURES
from bot.platforms.message_text import message_text

_TEXT_DISPLAY = 10


class SentFile(Struct):
    """A file on a message, or with a command. `size` is in bytes, `description` the alternative text."""

    id: str
    url: str
    filename: str = ""
    size: int = 0
    description: str = ""


class Component(Struct):
    """A part of a message like ours; `content` is a text display's."""

    type: int = 0
    content: str = ""
    components: list[Component] = []


class EmbedField(Struct):
    name: str = ""
    value: str = ""


class Embed(Struct):
    title: str = ""
    description: str = ""
    fields: list[EmbedField] = []


class PollText(Struct, frozen=True):
    text: str = ""


class PollAnswer(Struct):
    poll_media: PollText = PollText()


class Poll(Struct):
    question: PollText = PollText()
    answers: list[PollAnswer] = []


class Forward(Struct):
    """A message that another one forwards."""

    message: SentMessage


class SentMessage(Struct):
    """A message."""

    content: str = ""
    components: list[Component] = []
    embeds: list[Embed] = []
    attachments: list[SentFile] = []
    message_snapshots: list[Forward] = []
    poll: Poll | None = None


def words_of(message: SentMessage) -> str:
    """What a message says: its content, or what it forwards, embeds, shows or asks."""
    forwards = [one.message for one in message.message_snapshots]
    forwarded = [piece for one in forwards for piece in (one.content, *_attached(one))]
    poll = message.poll
    asked = [poll.question.text, *(one.poll_media.text for one in poll.answers)] if poll else []
    return message_text(message.content, [*_attached(message), *forwarded, *asked])


def _attached(message: SentMessage) -> Iterator[str]:
    yield "\n".join(_displays(message.components))
    for embed in message.embeds:
        yield from (embed.title, embed.description)
        for field in embed.fields:
            yield from (field.name, field.value)
    yield from (one.description for one in message.attachments)


def _displays(components: Iterable[Component]) -> Iterator[str]:
    """The text displays of a message like ours, however deep they are."""
    for one in components:
        if one.type == _TEXT_DISPLAY:
            yield one.content
        yield from _displays(one.components)


def attachments_of(files: Iterable[SentFile], client: discord.Client) -> Attachments:
    """Files that somebody sent, by their ids; `client` fetches them."""
    return Attachments({one.id: Attachment(one.filename, one.size, _reader(one.url, client)) for one in files})


def _reader(url: str, client: discord.Client) -> Callable[[], Awaitable[bytes]]:
    async def read() -> bytes:
        try:
            return await client.http.get_from_cdn(url)
        except FAILURES as error:
            raise OSError(f"Discord does not give the file: {type(error).__name__}") from None

    return read
