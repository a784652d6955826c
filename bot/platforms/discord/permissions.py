"""What the bot may do in a channel, asked of Discord where this process knows nothing of its server."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache

import discord

from bot.core.platform import TryLater
from bot.platforms.discord.connection import PERMISSIONS
from bot.platforms.discord.interaction_payload import Payload
from bot.platforms.discord.servers import guild_of


async def missing_permissions(client: discord.Client, channel: int) -> tuple[str, ...]:
    """Names of what is missing for posting. Raises discord.DiscordException, and TryLater."""
    found = await _channel(client, channel)
    if not isinstance(found, discord.abc.GuildChannel | discord.Thread):
        return ()
    # A thread has the permissions of its channel.
    ruling = await _channel(client, found.parent_id) if isinstance(found, discord.Thread) else found
    if not isinstance(ruling, discord.abc.GuildChannel):
        raise TryLater("the server cannot be looked at now")
    return _missing(await _permissions(client, ruling), in_thread=isinstance(found, discord.Thread))


def missing_here(said: Payload) -> tuple[str, ...] | None:
    """Names of what is missing for posting where an interaction was made, as Discord says with it; None where it does
    not say, as for somebody who has installed the bot for themselves alone.
    """
    channel = said.channel
    if channel is None or channel.is_private or said.is_of_person_alone:
        return None
    return _missing_of(said.app_permissions, in_thread=channel.is_thread)


async def missing_extras(client: discord.Client, channel: int, *, thread: bool, mention: str) -> tuple[str, ...]:
    """Names of what is missing for opening a thread and mentioning a role. Raises as missing_permissions does."""
    found = await _channel(client, channel)
    if not isinstance(found, discord.abc.GuildChannel):
        return ("a channel in which threads can be opened",) if thread else ()
    allowed = await _permissions(client, found)
    missing = ["Create Public Threads"] if thread and not allowed.create_public_threads else []
    if thread and not isinstance(found, discord.TextChannel):
        missing = ["a text channel, for the threads"]
    if mention and not allowed.mention_everyone and not await _is_mentionable(client, found.guild.id, mention):
        missing.append("Mention All Roles, or a role that anyone may mention")
    return tuple(missing)


async def _is_mentionable(client: discord.Client, server: int, role: str) -> bool:
    guild = await guild_of(client, server)
    found = guild.get_role(int(role)) if role.isascii() and role.isdecimal() else None
    return found is not None and found.mentionable


async def visible_channels(client: discord.Client, person: int, server: int, channels: Sequence[int]) -> dict[int, str]:
    """The names, by id, of those channels of a server that a member sees. Raises discord.DiscordException."""
    guild = await guild_of(client, server)
    member = await guild.fetch_member(person)
    names = {}
    for one in channels:
        with suppress(discord.NotFound, discord.Forbidden, discord.InvalidData):  # or another server's
            found = guild.get_channel_or_thread(one) or await guild.fetch_channel(one)
            if await _sees(client, member, found):
                names[one] = f"#{found.name}"
    return names


async def _sees(
    client: discord.Client, member: discord.Member, channel: discord.abc.GuildChannel | discord.Thread
) -> bool:
    """Whether a member sees a channel; of a private thread, only its members and who manages threads do."""
    parent: discord.abc.GuildChannel | discord.Thread | None = channel
    if isinstance(channel, discord.Thread):
        parent = channel.parent or await channel.guild.fetch_channel(channel.parent_id)
    allowed = parent.permissions_for(member) if parent else discord.Permissions.none()
    if not isinstance(channel, discord.Thread) or not channel.is_private() or allowed.manage_threads:
        return allowed.view_channel
    try:
        await client.http.request(_thread_member(channel.id, member.id))
    except discord.NotFound:
        return False
    return allowed.view_channel


def _thread_member(thread: int, person: int) -> discord.http.Route:
    # discord.py asks for one member of a thread nowhere, and for all only with an intent that we lack.
    path = "/channels/{channel_id}/thread-members/{user_id}"
    return discord.http.Route("GET", path, channel_id=thread, user_id=person)


async def _permissions(client: discord.Client, channel: discord.abc.GuildChannel) -> discord.Permissions:
    if channel.guild.me is not None:
        return channel.permissions_for(channel.guild.me)
    if client.user is None:
        raise TryLater("not connected yet")
    guild = await client.fetch_guild(channel.guild.id, with_counts=False)
    ours = await guild.fetch_member(client.user.id)
    known = await guild.fetch_channel(channel.id)
    if isinstance(known, discord.Thread):
        raise TryLater("the server cannot be looked at now")
    return known.permissions_for(ours)


async def _channel(client: discord.Client, channel: int) -> object:
    return client.get_channel(channel) or await client.fetch_channel(channel)


@lru_cache(maxsize=1_000)
def _missing_of(permissions: str, *, in_thread: bool) -> tuple[str, ...]:
    # Kept, as each answer asks, and most channels allow the same.
    return _missing(discord.Permissions(int(permissions)), in_thread=in_thread)


def _missing(permissions: discord.Permissions, *, in_thread: bool) -> tuple[str, ...]:
    needed = _IN_A_THREAD if in_thread else _IN_A_CHANNEL
    # Asked first, as nearly nothing is ever missing: to compare name by name takes 0.03 ms of each answer.
    if needed.is_subset(permissions):
        return ()
    allowed = {name for name, value in permissions if value}
    return tuple(_title(name) for name in sorted({name for name, wanted in needed if wanted} - allowed))


def _needed(unused: str) -> discord.Permissions:
    # A post of words needs no file; an asker who wants a picture sees at once that none may be attached.
    needed = discord.Permissions(PERMISSIONS.value)
    needed.update(**{"attach_files": False, unused: False})
    return needed


_IN_A_CHANNEL, _IN_A_THREAD = _needed("send_messages_in_threads"), _needed("send_messages")


def _title(permission: str) -> str:
    return permission.replace("_", " ").title()


HISTORY = _title("read_message_history")
