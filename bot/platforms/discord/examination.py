"""The examination of a setup for Discord: token, gateway or endpoint, clock, and the channels that are posted in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import discord

from bot.core.finding import Finding, Level, channel_findings, clock_finding
from bot.platforms.discord.connection import (
    FAILURES,
    InteractionsEndpoint,
    Shards,
    api_proxy,
    date_header,
    is_lasting,
    setup_error,
    use_api,
)
from bot.platforms.discord.permissions import missing_permissions
from bot.platforms.discord.posting import classified_errors
from bot.platforms.proxy import connection_remedy

_FEW_STARTS = 10


async def examine(
    token: str, api_url: str | None, access: Shards | InteractionsEndpoint, channels: Sequence[str], patience: float
) -> list[Finding]:
    """All findings, or that the token is refused. Raises OSError where no answer comes in `patience` seconds."""
    use_api(api_url)
    intents = discord.Intents(guilds=True)
    try:
        async with discord.AutoShardedClient(intents=intents, proxy=api_proxy()) as client:
            async with asyncio.timeout(patience):
                await client.login(token)
            return await _findings(client, access, channels, patience)
    except FAILURES as error:
        if is_lasting(error):
            return [Finding("Discord", Level.FAULT, str(setup_error(error)))]
        raise ConnectionError(connection_remedy(error)) from None


async def _findings(
    client: discord.AutoShardedClient, access: Shards | InteractionsEndpoint, channels: Sequence[str], patience: float
) -> list[Finding]:
    async with asyncio.timeout(patience):
        findings = [Finding("Discord", Level.OK, f"accepts the token of {client.user}"), await _clock()]
        findings.append(_endpoint(client, access))
        if isinstance(access, Shards):
            findings.append(await _gateway(client))

    async def missing(channel: str) -> Sequence[str]:
        with classified_errors(client):
            async with asyncio.timeout(patience):
                return await missing_permissions(client, int(channel))

    return [*findings, *await channel_findings("Discord", channels, missing)]


async def _clock() -> Finding:
    return clock_finding("Discord clock", await date_header(), datetime.now(UTC))


def _endpoint(client: discord.AutoShardedClient, access: Shards | InteractionsEndpoint) -> Finding:
    """Whether interactions arrive where the bot waits for them."""
    application = client.application
    if application is None:
        raise ConnectionError("no application")
    url = application.interactions_endpoint_url
    check = "Discord interactions"
    if isinstance(access, Shards):
        if url:
            remedy = "empty Interactions Endpoint URL in the developer portal, or set DISCORD_PUBLIC_KEY"
            return Finding(check, Level.FAULT, f"go to {url}, and not to the gateway", remedy)
        return Finding(check, Level.OK, "come by the gateway")
    if application.verify_key != access.public_key:
        remedy = "copy it from General Information in the developer portal"
        return Finding(check, Level.FAULT, "DISCORD_PUBLIC_KEY is another application's", remedy)
    if not url:
        remedy = "set Interactions Endpoint URL there to https://…/discord/interactions"
        return Finding(check, Level.WARNING, "go to the gateway, by the developer portal", remedy)
    return Finding(check, Level.OK, f"go to {url}")


async def _gateway(client: discord.AutoShardedClient) -> Finding:
    limits = await client.fetch_session_start_limits()
    found = f"needs no privileged intent; {limits.remaining} of {limits.total} starts are left today"
    if limits.remaining < _FEW_STARTS:
        return Finding("Discord gateway", Level.WARNING, found, "see in the log why it starts so often")
    return Finding("Discord gateway", Level.OK, found)
