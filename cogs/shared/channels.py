"""Channels: what they are called, and whether the bot may post in one."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.context import Context
from bot.core.errors import NotYet, UserError
from bot.core.platform import Undelivered

HIDDEN = "a deleted or hidden channel"
"""The name of a channel of which the platform tells no more: managers may still stop what is posted there."""
UNKNOWN = "a channel that I can't look up now"


async def channel_name(ctx: Context, channel: str) -> str:
    """A channel as the asker knows it."""
    return (await channel_names(ctx, [channel]))[channel]


async def channel_names(ctx: Context, channels: Iterable[str]) -> dict[str, str]:
    """What channels are called for the asker, by their ids; all names of channels in replies are from here."""
    asked = tuple(dict.fromkeys(channels))
    if ctx.platform is None or not asked:
        return {one: f"#{one}" for one in asked}
    own = ctx.place.channel
    here = {own: await ctx.platform.channel_name(own)} if own in asked else {}
    elsewhere = [one for one in asked if one not in here]
    try:
        seen = await ctx.platform.visible_channels(ctx.asker.id, ctx.place.server, elsewhere) if elsewhere else {}
    except Undelivered:
        return {one: here.get(one, UNKNOWN) for one in asked}
    return {one: here.get(one) or seen.get(one, HIDDEN) for one in asked}


async def missing_permissions(ctx: Context, channel: str) -> tuple[str, ...]:
    """What the bot lacks for posting in a channel: as this interaction says, or asked of the platform.

    Raises Undelivered.
    """
    if ctx.missing is not None and channel == ctx.place.channel:
        return ctx.missing
    return await ctx.platform.missing_permissions(channel) if ctx.platform else ()


async def refuse_without_permission(ctx: Context, channel: str, *, thread: bool = False, mention: str = "") -> None:
    """Raises UserError where the bot may not do all that a post needs, or the asker may not look."""
    if ctx.platform is None:
        return
    try:
        missing = await missing_permissions(ctx, channel)
        if thread or mention:
            missing += await ctx.platform.missing_extras(channel, thread=thread, mention=mention)
    except Undelivered as error:
        raise no_look(error) from None
    if missing:
        raise NotYet(f"I can't post there yet. Please allow me in that channel: {', '.join(missing)}. Then try again.")
    await check_visible(ctx, channel)


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
