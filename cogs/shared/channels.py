"""Channels as people know them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.platform import Undelivered


async def channel_name(ctx: Context, channel: str) -> str:
    """A channel as people know it; one that cannot be asked for its name has still its number."""
    if ctx.platform:
        with suppress(Undelivered):
            return await ctx.platform.channel_name(channel)
    return f"#{channel}"


async def missing_permissions(ctx: Context, channel: str) -> tuple[str, ...]:
    """What the bot lacks for posting in a channel: as this interaction says, or asked of the platform.

    Raises Undelivered.
    """
    if ctx.missing is not None and channel == ctx.place.channel:
        return ctx.missing
    return await ctx.platform.missing_permissions(channel) if ctx.platform else ()


async def check_visible(ctx: Context, channel: str) -> None:
    """Raises UserError where the asker does not see a channel: nobody learns of one by naming its id."""
    if ctx.platform is None or channel == ctx.place.channel:
        return
    try:
        seen = await ctx.platform.visible_channels(ctx.asker.id, ctx.place.server, [channel])
    except Undelivered as error:
        raise no_look(error) from None
    if not seen:
        raise UserError("I can't find that channel. Check that it exists and that you're in it.")


def no_look(error: Undelivered) -> UserError:
    """What somebody hears who named a channel that the platform does not show us."""
    return UserError(f"I can't look into that channel: {error}. Check that it exists and that I'm allowed to see it.")


async def channel_names(ctx: Context, channels: Iterable[str]) -> dict[str, str]:
    """The names of channels by their ids; each is asked after once, all at the same time."""
    asked = tuple(dict.fromkeys(channels))
    names = await asyncio.gather(*(channel_name(ctx, one) for one in asked))
    return dict(zip(asked, names, strict=True))
