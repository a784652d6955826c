"""What a platform must be able to do for the rest of the bot."""

from __future__ import annotations

from typing import Protocol

from bot.core.reply import Reply


class Platform(Protocol):
    """A place where people talk to the bot. Adapters turn its events into `App` calls and deliver the replies."""

    name: str

    async def start(self) -> None:
        """Connect and serve until `close`. Raises SetupError where the token is refused."""

    async def post(self, channel: str, reply: Reply) -> str:
        """Say something unasked; returns the message's id."""

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        """Say something else in a message of ours."""

    async def close(self) -> None:
        """Disconnect; what is being answered is answered first."""
