"""Posts that open a thread and mention a role: that role alone, and only where it may be."""

from __future__ import annotations

import discord
import pytest

from bot.core.app import App
from bot.core.reply import Button, Prose, Reply
from bot.platforms.discord.adapter import Discord
from tests.platforms.discord.conftest import Room, answer

WORDS = "Say @everyone and <@&1> nothing."


@pytest.fixture
def platform(app: App) -> Discord:
    return Discord(app, "token")


def fact(role: object) -> Reply:
    buttons = (Button("On", "quote.show", "speech 1.1"),)
    return Reply("A fact", (Prose(WORDS),), buttons, mention=str(role), thread="A fact")


async def test_the_role_alone_is_mentioned_and_a_thread_opens(room: Room) -> None:
    role = room.guild.create_role("Class")
    await room.platform.post(str(room.channel.id), fact(role.id), "key")
    path = f"/channels/{room.channel.id}/messages"
    [sent] = [one.json for one in room.env.http_requests if one.method == "POST" and one.path == path]
    assert sent
    assert sent["content"].startswith(f"<@&{role.id}> **A fact**")
    assert sent["allowed_mentions"]["parse"] == []
    assert [int(one) for one in sent["allowed_mentions"]["roles"]] == [role.id]
    [thread] = room.channel.threads
    assert thread.name == "A fact"


async def test_a_thread_that_cannot_be_opened_costs_no_post(room: Room, platform: Discord) -> None:
    channel = platform.client.get_channel(room.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.set_permissions(channel.guild.me, overwrite=discord.PermissionOverwrite(create_public_threads=False))
    made = await room.platform.post(str(room.channel.id), fact("nobody"), "key")
    message = room.channel.last_message
    assert message
    assert str(message.id) == made
    assert message.content.startswith("**A fact**")
    assert room.channel.threads == []


async def test_what_is_missing_is_said_when_it_is_set_up(room: Room, platform: Discord) -> None:
    role = room.guild.create_role("Class")
    channel = platform.client.get_channel(room.channel.id)
    assert isinstance(channel, discord.TextChannel)
    deny = discord.PermissionOverwrite(create_public_threads=False, mention_everyone=False)
    await channel.set_permissions(channel.guild.me, overwrite=deny)
    where = {"channel": room.channel, "time": "9:00", "timezone": "Berlin"}
    refused = answer(await room.carla.slash(room.channel, "daily set", **where, thread=True, mention=role))
    assert "Create Public Threads" in refused
    assert "Mention All Roles" in refused
    assert "scheduled" in answer(await room.carla.slash(room.channel, "daily set", **where))
