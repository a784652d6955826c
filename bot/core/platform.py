"""What a platform must be able to do for the rest of the bot, and how it says that it could not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta
from typing import Protocol

from msgspec import Struct

from bot.core.reply import Reply


class Undelivered(Exception):
    """A message did not go out, or nobody knows whether it did. The message is a short reason for the ledger."""


class Gone(Undelivered):
    """The channel or the server is no longer there."""


class Forbidden(Undelivered):
    """The bot may not speak there; the reason names the missing permission."""


class TryLater(Undelivered):
    """The platform is busy or out of reach. `after` is how many seconds it asks for, if it does.

    With `unknown`, the message may have gone out all the same: look before sending it again.
    """

    def __init__(self, reason: str, after: float | None = None, *, unknown: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.unknown = unknown


class Shard(Struct, frozen=True):
    """One connection of several to a platform. `latency` in seconds is not finite until it is measured."""

    id: str
    is_connected: bool
    latency: float


class Platform(Protocol):
    """A place where people talk to the bot. Adapters turn its events into `App` calls and deliver the replies.

    `server_time`, `post`, `edit`, `find`, `missing_permissions`, `tell`, `update_private` and `servers` raise
    Undelivered, and nothing else.
    """

    name: str
    swallows: timedelta
    """For how long the platform swallows a repeat of a key; zero where it posts a second time."""
    channel_pace: timedelta
    """The time between two messages in one channel, where the platform wants one."""
    recount: timedelta
    """How often a countdown in a message has to be rewritten; zero where it counts by itself, or cannot change."""

    async def start(self) -> None:
        """Connect and serve until `close`. Raises SetupError where the token is refused."""

    async def close(self) -> None:
        """Disconnect; what is being answered is answered first."""

    def is_ready(self) -> bool:
        """Whether it is connected, so that posting is worth a try."""

    def fault(self) -> str:
        """Why it does not serve just now, in a few words; empty where it does, or stands by for another process."""

    async def server_time(self) -> datetime | None:
        """What time it is by the platform's own clock; None where it has none or does not say."""

    def shards(self) -> Sequence[Shard]:
        """The connections by which it serves, if the platform has any."""

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        """Post a message, and return its id.

        `key` is an idempotency key of at most 25 characters: where it can, the platform swallows a repeat of it.
        """

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        """Change one of our messages."""

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        """The id of our message that was posted with `key` between two moments, by the channel's own history."""

    async def missing_permissions(self, channel: str) -> tuple[str, ...]:
        """The permissions that the bot lacks for posting there, under the names in the platform's settings."""

    async def missing_extras(self, channel: str, *, thread: bool, mention: str) -> tuple[str, ...]:
        """The same for what a post may do besides: open a thread, and mention a role. Raises Undelivered."""

    async def tell(self, person: str, server: str | None, reply: Reply) -> None:
        """Send one person a private message; where that fails, post it in the server's channel for notices."""

    async def servers(self) -> Set[str] | None:
        """The ids of all servers that have the bot; None where the platform itself says when one removes it."""

    async def update_private(self, receipt: str, reply: Reply, *, replaces: bool = False) -> None:
        """Change the private answer to an interaction, by its `Context.receipt`; where no such answer can be changed,
        send a new one. `replaces`: it takes the place of the message that was pressed. Undelivered once the receipt has
        expired.
        """

    async def channel_name(self, channel: str) -> str:
        """A channel as people see it, such as #general; its id where the platform no longer knows it."""

    async def visible_channels(self, person: str, server: str | None, channels: Sequence[str]) -> Mapping[str, str]:
        """The names, by id, of those channels that a person sees. Raises Undelivered where it does not say."""

    def link(self, server: str | None, channel: str, message: str) -> str:
        """The address at which people see a message, or nothing where the platform has none."""
