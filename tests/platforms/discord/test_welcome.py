"""A server that adds the bot hears what it is, where the bot may write; and nothing where it may not."""

from __future__ import annotations

import discord
import pytest
import simcord

from bot.core.app import App
from bot.platforms.discord.adapter import Discord
from tests.platforms.discord.conftest import Room
from tests.simulation import SETTLED


@pytest.mark.parametrize("at_hand", [True, False])
async def test_a_server_that_adds_the_bot_hears_hello_once(app: App, at_hand: bool) -> None:
    platform = Discord(app, "token")
    async with simcord.run(platform.client, settle_timeout=SETTLED) as env:
        room = Room.of(env, platform)
        guild = platform.client.guilds[0]
        before = sum(map(len, env.backend.messages.values()))
        if not at_hand:
            platform.client._connection._remove_guild(guild)
        await platform.client.on_server_added(guild.id)
        said = [one for messages in env.backend.messages.values() for one in messages.values()]
        assert len(said) == before + 1
        assert "Try a quotation" in str(said[-1].components)
        room.check()


@pytest.mark.parametrize("at_hand", [True, False])
async def test_nothing_is_said_where_the_bot_may_not_write(app: App, at_hand: bool) -> None:
    platform = Discord(app, "token")
    async with simcord.run(platform.client, settle_timeout=SETTLED) as env:
        Room.of(env, platform)
        guild = platform.client.guilds[0]
        for channel in guild.text_channels:
            await channel.set_permissions(guild.me, overwrite=discord.PermissionOverwrite(send_messages=False))
        if not at_hand:
            platform.client._connection._remove_guild(guild)
        before = sum(map(len, env.backend.messages.values()))
        await platform.client.on_server_added(guild.id)
        assert sum(map(len, env.backend.messages.values())) == before
