"""The response to an interaction: at once or deferred, in place of what was pressed or as a new message."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import discord
from msgspec import Struct

from bot.core.funnel import BROKEN_OFF
from bot.core.reply import File, Picture, Reply
from bot.platforms.discord.deferral import QUICK, Crowd, Deferral
from bot.platforms.discord.interaction import Interaction
from bot.platforms.discord.rendering.blocks import text_display
from bot.platforms.discord.rendering.render import Message

_PLAUSIBLE = 60.0
_UNKNOWN_MESSAGE = 10008


class Response(Struct, frozen=True):
    """One interaction to answer. `replaces`: over the message that was pressed; `private`: whatever the reply says."""

    interaction: Interaction
    render: Callable[[Reply], list[Message]]
    replaces: bool = False
    private: bool = False

    async def send(self, reply: Awaitable[Reply], crowd: Crowd) -> None:
        """Wait for the reply, among all who wait, and send it.

        Raises discord.HTTPException where Discord takes none of it.
        """
        deferral = Deferral(crowd, self.defer, self._age())
        try:
            made = await reply
        except asyncio.CancelledError:
            made = BROKEN_OFF  # the bot stops: to say so is the last that this task does
        finally:
            deferral.stop()
        # What has files takes a while to upload.
        await deferral.finish(is_needed=_has_files(made) and self._age() > QUICK / 2)
        await self._send(made)

    async def defer(self) -> None:
        """Show that the reply is being worked on."""
        await self.interaction.defer(update=self.replaces, private=self.private)

    def _age(self) -> float:
        """Seconds since the interaction began at Discord; 0 where its clock and ours are hours apart."""
        age = (datetime.now(UTC) - self.interaction.created_at).total_seconds()
        return age if 0 <= age < _PLAUSIBLE else 0.0

    async def _send(self, reply: Reply) -> None:
        first, *rest = self.render(reply)
        private = self.private or reply.private or bool(reply.error)
        # An error never wipes out the message it came from, nor does a private reply wipe out a public one.
        in_place = self.replaces and not reply.error and (self.private or not reply.private)
        if self.interaction.is_answered:
            await self._after_deferral(first, private, in_place)
        elif not (in_place and await _exists(self.interaction.update(first))):
            await self.interaction.send(first, private=private)
        for message in rest:
            await self.interaction.follow_up(message, private=private)

    async def _after_deferral(self, message: Message, private: bool, in_place: bool) -> None:
        if in_place or (not self.replaces and private == self.private):
            if not await _exists(self.interaction.edit_original(message)):
                await self.interaction.follow_up(message, private=private)
        elif self.replaces:
            await self.interaction.follow_up(message, private=private)
        else:
            # What comes first after a public deferral is public too, so something without secrets has to.
            await self.interaction.edit_original(Message([text_display("Answered in private.")]))
            await self.interaction.follow_up(message, private=private)
            await _exists(self.interaction.delete_original())


def _has_files(reply: Reply) -> bool:
    return any(isinstance(part, Picture | File) for part in reply.parts)


async def _exists(change: Awaitable[object]) -> bool:
    """Whether a message was there to be changed; False where it has been deleted meanwhile."""
    try:
        await change
    except discord.NotFound as error:
        if error.code != _UNKNOWN_MESSAGE:
            raise
        return False
    return True
