"""Reaching Discord: which API, and what to say when it cannot be reached or wants nothing of us."""

from __future__ import annotations

import re

import discord
from discord.http import Route

from bot.core.errors import SetupError

_DEFAULT_API = Route.BASE

# Each start would warn that voice is not there, which nobody misses.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


def use_api(url: str | None) -> None:
    """Send all REST requests to another base, such as a proxy that shares rate limits; None: Discord's own."""
    if not url:
        Route.BASE = _DEFAULT_API
        return
    base = url.rstrip("/")
    Route.BASE = base if re.search(r"/api/v\d+$", base) else f"{base}/api/v10"


def lasting(error: Exception) -> bool:
    """Whether trying again is no use. What Discord's servers or the network do wrong passes."""
    if isinstance(error, discord.LoginFailure):
        return True
    return isinstance(error, discord.HTTPException) and error.status < 500 and error.status != 429


def refused(error: Exception) -> SetupError:
    """One sentence for whoever runs the bot."""
    if isinstance(error, discord.LoginFailure):
        return SetupError("Discord does not accept DISCORD_TOKEN; copy it anew from the developer portal's Bot page.")
    if isinstance(error, discord.HTTPException):
        return SetupError(f"{Route.BASE} answered {error.status}; check DISCORD_API_URL, or try again later.")
    return SetupError(f"{Route.BASE} cannot be reached; check the network and DISCORD_API_URL.")
