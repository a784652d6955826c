"""The link by which a server's admin invites the bot, with no permission that it does not use."""

from __future__ import annotations

import aiohttp
import discord

from bot.platforms.discord.connection import refused, use_api

PERMISSIONS = discord.Permissions(
    # To know the channels it posts into; answers to commands need no permission at all.
    view_channel=True,
    # To post the daily fact and the quiz.
    send_messages=True,
    # For pictures and files in what it posts.
    attach_files=True,
    # To find out, after an answer of Discord's was lost, whether a post is there already: never post twice.
    read_message_history=True,
)


def invite_url(application_id: int) -> str:
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))


async def invite(token: str, api_url: str | None = None) -> str:
    """The link for the application that the token belongs to. Raises SetupError."""
    use_api(api_url)
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(token)
            return invite_url((await client.application_info()).id)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise refused(error) from None
