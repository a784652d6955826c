"""Channels as people know them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.platform import Platform, Undelivered

HIDDEN = "a channel that you can't see"
"""The name of a channel for people who cannot see it: managers of a server may still stop what is posted there."""
UNKNOWN = "a channel that I can't look up now"


async def channel_name(ctx: Context, channel: str) -> str:
    """A channel as the asker knows it."""
    return (await channel_names(ctx, [channel]))[channel]


async def channel_names(ctx: Context, channels: Iterable[str]) -> dict[str, str]:
    """What channels are called for the asker, by their ids; all names of channels in replies are from here."""
    asked = tuple(dict.fromkeys(channels))
    if ctx.platform is None or not asked:
        return {one: f"#{one}" for one in asked}
    here = {ctx.place.channel: await _name_here(ctx.platform, ctx.place.channel)} if ctx.place.channel in asked else {}
    elsewhere = [one for one in asked if one not in here]
    try:
        seen = await ctx.platform.visible_channels(ctx.asker.id, ctx.place.server, elsewhere) if elsewhere else {}
    except Undelivered:
        return {one: here.get(one, UNKNOWN) for one in asked}
    return {one: here.get(one) or seen.get(one, HIDDEN) for one in asked}


async def _name_here(platform: Platform, channel: str) -> str:
    """The name of the channel in which somebody asks; its number where it cannot be asked for its name."""
    with suppress(Undelivered):
        return await platform.channel_name(channel)
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
