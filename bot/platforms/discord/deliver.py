"""Getting a Reply where it belongs: at once or later, to everybody or the asker alone, over an old message or below."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.core.reply import Reply
from bot.platforms.discord.rendering.blocks import Component, text_display
from bot.platforms.discord.rendering.render import Page, render

Interaction = discord.Interaction[Any]

QUICK = 2.0
"""Seconds. Discord waits three for the first answer, the way there and back included."""


class Layout(discord.ui.LayoutView):
    """Components as render.py wrote them. discord.py carries but does not keep them: presses speak for themselves."""

    def __init__(self, components: list[Component]) -> None:
        super().__init__(timeout=None)
        self._written = components
        self.stop()

    def to_components(self) -> list[Component]:
        return self._written

    def has_components_v2(self) -> bool:
        return True


def sendable(page: Page) -> dict[str, Any]:
    """Arguments for discord.py's methods that make a message."""
    return {"view": Layout(page.components), "files": _files(page)}


def replacement(page: Page) -> dict[str, Any]:
    """Arguments for discord.py's methods that change a message: its old files go."""
    return {"view": Layout(page.components), "attachments": _files(page)}


def _files(page: Page) -> list[discord.File]:
    return [discord.File(io.BytesIO(one.data), one.name, description=one.alt or None) for one in page.files]


@dataclass(frozen=True)
class Delivery:
    """One interaction to answer. `replaces`: over the message that was pressed; `private`: whatever the reply says."""

    interaction: Interaction
    colours: Mapping[str, int]
    replaces: bool = False
    private: bool = False

    async def answer(self, coming: Awaitable[Reply]) -> None:
        """Wait for the reply and deliver it. Raises discord.HTTPException where Discord takes none of it."""
        task = asyncio.ensure_future(coming)
        await asyncio.wait({task}, timeout=QUICK)
        if not task.done():
            await self.interaction.response.defer(ephemeral=self.private, thinking=not self.replaces)
        await self._deliver(await task)

    async def _deliver(self, reply: Reply) -> None:
        first, *rest = render(reply, self.colours)
        secret = self.private or reply.private or bool(reply.error)
        # An error never wipes out the message it came from, nor does a private reply wipe out a public one.
        in_place = self.replaces and not reply.error and (self.private or not reply.private)
        if self.interaction.response.is_done():
            await self._after_deferral(first, secret, in_place)
        elif in_place:
            await self.interaction.response.edit_message(**replacement(first))
        else:
            await self.interaction.response.send_message(ephemeral=secret, **sendable(first))
        for page in rest:
            await self._follow_up(page, secret)

    async def _after_deferral(self, page: Page, secret: bool, in_place: bool) -> None:
        if in_place or (not self.replaces and secret == self.private):
            await self.interaction.edit_original_response(**replacement(page))
        elif self.replaces:
            await self._follow_up(page, secret)
        else:
            # What comes first after a public deferral is public too, so something without secrets has to.
            await self.interaction.edit_original_response(view=Layout([text_display("Answered in private.")]))
            await self._follow_up(page, secret)
            await self.interaction.delete_original_response()

    async def _follow_up(self, page: Page, secret: bool) -> None:
        await self.interaction.followup.send(ephemeral=secret, wait=True, **sendable(page))
