"""Channels as people know them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from bot.core.context import Context
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


async def channel_names(ctx: Context, channels: Iterable[str]) -> dict[str, str]:
    """The names of channels by their ids; each is asked after once, all at the same time."""
    asked = tuple(dict.fromkeys(channels))
    names = await asyncio.gather(*(channel_name(ctx, one) for one in asked))
    return dict(zip(asked, names, strict=True))
