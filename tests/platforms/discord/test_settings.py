"""A server's settings on Discord: in threads, and for people who do not see every channel."""

from __future__ import annotations

import discord
import pytest

from bot.core.app import App
from bot.platforms.discord.adapter import Discord
from tests.platforms.discord.conftest import Room, answer, message_of


@pytest.fixture
def platform(app: App) -> Discord:
    return Discord(app, "token")


async def test_it_keeps_to_its_channels_and_their_threads(room: Room, platform: Discord) -> None:
    general = room.guild.create_text_channel("general")
    await room.carla.slash(room.channel, "settings", channel=room.channel)
    october = platform.client.get_channel(room.channel.id)
    assert isinstance(october, discord.TextChannel)
    await october.create_thread(name="homework", type=discord.ChannelType.public_thread)
    for place in (room.channel, *room.channel.threads):
        assert not (await room.ada.slash(place, "quote", words="gunpowder")).ephemeral
    elsewhere = await room.ada.slash(general, "quote", words="gunpowder")
    assert elsewhere.ephemeral
    assert "#october" in answer(elsewhere)


async def test_a_channel_that_somebody_does_not_see_is_not_named(room: Room, platform: Discord) -> None:
    general = room.guild.create_text_channel("general")
    everyone = platform.client.guilds[0].default_role
    secret = platform.client.get_channel(room.channel.id)
    assert isinstance(secret, discord.TextChannel)
    await room.carla.slash(general, "settings", channel=room.channel)
    await secret.set_permissions(everyone, overwrite=discord.PermissionOverwrite(view_channel=False))
    hidden = answer(await room.ada.slash(general, "quote", words="gunpowder"))
    assert "october" not in hidden
    assert "answer" in hidden


async def test_private_look_ups_are_shared_by_one_press(room: Room) -> None:
    await room.carla.slash(room.channel, "settings", lookups="private")
    asked = await room.ada.slash(room.channel, "quote", words="gunpowder")
    assert asked.ephemeral
    shared = await room.ada.click(message_of(asked), label="Share")
    assert not shared.ephemeral
    assert "gunpowder" in answer(shared)
