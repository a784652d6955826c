"""Channels of a server, asked of Discord where this process has heard nothing of the server from a gateway."""

from __future__ import annotations

import discord


async def notice_channel(client: discord.Client, server: int) -> discord.PartialMessageable | None:
    """A server's channel for notices. Raises discord.HTTPException."""
    guild = await guild_of(client, server)
    # The public property gives only a channel that is in the cache.
    number = guild._system_channel_id
    return client.get_partial_messageable(number, guild_id=server) if number else None


async def welcome_channel(client: discord.Client, server: int) -> discord.TextChannel | None:
    """The channel for notices, or else the first, where the bot may speak. Raises discord.DiscordException."""
    guild = await guild_of(client, server)
    if client.user is None:
        return None
    me = guild.me or await guild.fetch_member(client.user.id)
    channels = guild.channels or await guild.fetch_channels()
    texts = [one for one in channels if isinstance(one, discord.TextChannel)]
    texts.sort(key=lambda one: (one.id != guild._system_channel_id, one.position, one.id))
    return next((one for one in texts if _may_post(one, me)), None)


async def guild_of(client: discord.Client, server: int) -> discord.Guild:
    """A server. Raises discord.DiscordException."""
    return client.get_guild(server) or await client.fetch_guild(server, with_counts=False)


def _may_post(channel: discord.TextChannel, member: discord.Member) -> bool:
    rights = channel.permissions_for(member)
    return rights.view_channel and rights.send_messages
