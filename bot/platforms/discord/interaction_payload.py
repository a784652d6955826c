"""What Discord says of an interaction: what was asked or pressed, by whom, and where. Ids are numbers, as strings."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

import msgspec
from msgspec import Struct

from bot.platforms.discord.sent_message import SentFile, SentMessage

Json = dict[str, Any]

_THREADS = (10, 11, 12)
_PRIVATE = (1, 3)  # a direct message, and one of several people


class InteractionType(IntEnum):
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class OptionType(IntEnum):
    SUBCOMMAND = 1
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    CHANNEL = 7
    ROLE = 8
    ATTACHMENT = 11


class CommandType(IntEnum):
    SLASH = 1
    MESSAGE = 3


class User(Struct):
    id: str
    username: str = ""
    global_name: str | None = None
    bot: bool = False


class Member(Struct):
    """Somebody in a server. `permissions` are a number, as a string."""

    user: User
    nick: str | None = None
    permissions: str = "0"


class Channel(Struct):
    type: int
    parent_id: str | None = None
    """A thread's channel; a channel's category."""

    @property
    def is_thread(self) -> bool:
        return self.type in _THREADS

    @property
    def is_private(self) -> bool:
        return self.type in _PRIVATE


class AnsweredInteraction(Struct):
    """The interaction that a message answers."""

    user: User


class PressedMessage(Struct):
    """The message whose button was pressed."""

    flags: int = 0
    interaction_metadata: AnsweredInteraction | None = None


class Option(Struct):
    """What was chosen for an option; a subcommand, with options of its own."""

    name: str
    type: int
    value: str | int | float | bool = ""
    options: list[Option] = []
    focused: bool = False


class Resolved(Struct):
    """What a command's ids stand for."""

    messages: Mapping[str, SentMessage] = {}
    attachments: Mapping[str, SentFile] = {}


class Data(Struct):
    """What was asked: a command's name and options, a message's id, or a component's custom id and values."""

    name: str = ""
    options: list[Option] = []
    target_id: str = ""
    custom_id: str = ""
    values: list[str] = []
    components: object = None
    """A form's fields: see `modals.answers_of`."""
    resolved: Resolved = msgspec.field(default_factory=Resolved)


class Payload(Struct):
    """An interaction as Discord describes it."""

    id: str
    token: str
    type: int
    application_id: str
    data: Data = msgspec.field(default_factory=Data)
    channel_id: str | None = None
    channel: Channel | None = None
    guild_id: str | None = None
    member: Member | None = None
    user: User | None = None
    message: PressedMessage | None = None
    locale: str = "en-US"
    app_permissions: str = "0"
    authorizing_integration_owners: Mapping[str, str] = {}
    """Who added the bot, by kind: "0" is a server, "1" a person."""

    @property
    def invoker(self) -> User:
        """Who made it."""
        return self.member.user if self.member else self.user or User("")

    @property
    def is_of_person_alone(self) -> bool:
        """Whether it can be made only because the invoker has installed the bot for themselves."""
        owners = self.authorizing_integration_owners
        of_server = self.guild_id is not None and owners.get("0") == self.guild_id
        return not of_server and owners.get("1") == self.invoker.id


def read_payload(said: Mapping[str, Any]) -> Payload:
    """An interaction out of the JSON object that Discord sends. Raises ValueError where Discord cannot have sent it."""
    try:
        made = _converted(said)
    except (msgspec.ValidationError, RecursionError) as error:
        raise ValueError(str(error)) from None
    if not (made.id.isdecimal() and made.application_id.isdecimal()):
        raise ValueError("an id is not a number")
    return made


def _converted(said: Mapping[str, Any]) -> Payload:
    try:
        return msgspec.convert(said, Payload)
    except msgspec.ValidationError:
        # Discord says null of what there is not, in some fields, and leaves it out in others.
        return msgspec.convert(_without_nulls(said), Payload)


def _without_nulls(said: Any) -> Any:
    if isinstance(said, dict):
        return {key: _without_nulls(value) for key, value in said.items() if value is not None}
    if isinstance(said, list):
        return [_without_nulls(value) for value in said if value is not None]
    return said
