"""The connection to Discord: which API, the invite link, and errors that no second try mends."""

from __future__ import annotations

import hashlib
import logging
import re
from copy import copy
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Route
from msgspec import Struct

from bot.core.errors import SetupError
from bot.logger import Logger
from bot.platforms import proxy
from bot.platforms.plain_http import warn_of_plain_http

log = Logger(__name__)

PERMISSIONS = discord.Permissions(
    # To know the channels it posts into; answers to commands need no permission at all.
    view_channel=True,
    # To post the daily fact and the quiz.
    send_messages=True,
    # The same, in the threads that one may choose for it.
    send_messages_in_threads=True,
    # For pictures and files in what it posts.
    attach_files=True,
    # To find out, after an answer of Discord's was lost, whether a post is there already: never post twice.
    read_message_history=True,
)
"""What an invited bot may do: nothing that it does not use."""

_DEFAULT_API = Route.BASE

FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What a request to Discord raises: it refuses, it cannot, or it cannot be reached."""

_TROUBLE = (discord.ConnectionClosed, discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError)
"""What passes, or is somebody else's fault: where in the code it came up tells nobody anything."""


class _TracebackFilter(logging.Filter):
    """Of trouble with a connection, discord.py logs a traceback at each try; what kind it is says as much."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info and record.exc_info[1]
        if isinstance(error, _TROUBLE):
            code = f" {error.code}" if isinstance(error, discord.ConnectionClosed) else ""
            remedy = proxy.connection_remedy(error)
            found = f"{type(error).__name__}{code}{f': {remedy}' if remedy else ''}"
            record.msg, record.args = f"{record.getMessage()} ({found})", ()
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


for _name in ("client", "shard", "gateway"):
    logging.getLogger(f"discord.{_name}").addFilter(_TracebackFilter())

# Each start would warn that voice is not there, which nobody misses.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


def use_api(url: str | None) -> None:
    """Send all REST requests to another base, such as a proxy that shares rate limits; None: Discord's own."""
    if not url:
        Route.BASE = _DEFAULT_API
        return
    base = url.rstrip("/")
    Route.BASE = base if re.search(r"/api/v\d+$", base) else f"{base}/api/v10"


def api_proxy() -> str | None:
    """The proxy for the API, if there is one. discord.py itself looks for none."""
    return proxy.https_proxy(Route.BASE)


def use_proxy_per_host(http: HTTPClient) -> None:
    """Let NO_PROXY exempt the API alone, such as a rate-limiting proxy, and not the gateway and the files of others."""
    for name in ("ws_connect", "get_from_cdn"):
        setattr(http, name, _through_its_proxy(http, name))


def _through_its_proxy(http: HTTPClient, name: str) -> Any:
    method = getattr(HTTPClient, name)

    async def request(url: str, **options: Any) -> Any:
        own = copy(http)
        own.proxy = proxy.https_proxy(url)
        return await method(own, url, **options)

    return request


async def date_header() -> str:
    """When Discord answered, by its own clock: the Date header of an answer, which needs no token."""
    async with aiohttp.ClientSession() as session, session.get(f"{Route.BASE}/gateway", proxy=api_proxy()) as answer:
        return answer.headers.get("Date", "")


def warn_of_unencrypted_api() -> None:
    """Say in the log where the token would be sent unencrypted."""
    warn_of_plain_http(Route.BASE, "DISCORD_API_URL")


class Shards(Struct, frozen=True):
    """The shards that this process serves. A `count` of None is what Discord recommends, no `ids` are all."""

    count: int | None = None
    ids: tuple[int, ...] = ()

    def lease_name(self, token: str) -> str:
        """The same for each process that serves the same shards of the same bot."""
        return f"{_bot_name(token)} {','.join(map(str, self.ids)) or _ALL} of {self.count or _ALL}"

    def overlap(self, token: str, lease_name: str) -> bool:
        """Whether a lease is about servers of the same bot served here. Another count splits them otherwise."""
        bot, ours = f"{_bot_name(token)} ", set(map(str, self.ids))
        ids, _, count = lease_name.removeprefix(bot).partition(" of ")
        has_all = not ours or ids == _ALL or count != str(self.count or _ALL)
        return lease_name.startswith(bot) and (has_all or not ours.isdisjoint(ids.split(",")))


def _bot_name(token: str) -> str:
    return f"discord {hashlib.blake2b(token.partition('.')[0].encode(), digest_size=8).hexdigest()}"


_ALL = "all"


ALL_SHARDS = Shards()


class InteractionsEndpoint(Struct, frozen=True):
    """Where Discord sends interactions over HTTP, and the application's public key in hexadecimal digits."""

    public_key: str
    port: int = 3001
    host: str = "127.0.0.1"


def closing_error(code: int | None) -> SetupError:
    """One sentence on why Discord ended the connection for good."""
    remedy = _CLOSING.get(code or 0, "look the number up in Discord's documentation of gateway close codes")
    return SetupError(f"Discord ended the connection for good ({code}): {remedy}.")


_CLOSING = {
    4004: "DISCORD_TOKEN no longer counts; copy it again from the developer portal's Bot page",
    4010: "SHARD_IDS names a shard that SHARD_COUNT does not have",
    4011: "the bot is in too many servers for SHARD_COUNT; set a higher number, or leave it out",
    4012: "this version speaks an old gateway; install a newer one",
    4013: "it does not know an intent that this version asks for; install a newer one",
    4014: "it does not allow an intent that this version asks for; see the developer portal's Bot page",
}


def is_lasting(error: Exception) -> bool:
    """Whether trying again is no use. What Discord's servers or the network do wrong passes."""
    if isinstance(error, discord.LoginFailure):
        return True
    return isinstance(error, discord.HTTPException) and not may_pass(error)


def may_pass(error: discord.HTTPException) -> bool:
    """Whether Discord is busy or has trouble, or a proxy gave up waiting for it, which answers 408."""
    return error.status >= 500 or error.status in {408, 429}


def setup_error(error: Exception) -> SetupError:
    """One sentence for the person who runs the bot."""
    if isinstance(error, discord.LoginFailure):
        return SetupError("Discord does not accept DISCORD_TOKEN; copy it again from the developer portal's Bot page.")
    if isinstance(error, discord.HTTPException):
        return SetupError(f"{Route.BASE} answered {error.status}; check DISCORD_API_URL, or try again later.")
    if remedy := proxy.connection_remedy(error):
        return SetupError(f"{Route.BASE} cannot be reached: {remedy}.")
    return SetupError(f"{Route.BASE} cannot be reached; check the network and DISCORD_API_URL.")


def invite_url(application_id: int) -> str:
    """The link by which an admin invites the bot."""
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))


async def fetch_invite_url(token: str, api_url: str | None = None) -> str:
    """The link for the application that the token belongs to. Raises SetupError."""
    try:
        return invite_url((await _fetch_application(token, api_url)).id)
    except FAILURES as error:
        raise setup_error(error) from None


async def _fetch_application(token: str, api_url: str | None) -> discord.AppInfo:
    use_api(api_url)
    async with discord.Client(intents=discord.Intents(guilds=True), proxy=api_proxy()) as client:
        await client.login(token)
        return await client.application_info()
