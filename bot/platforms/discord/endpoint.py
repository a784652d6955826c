"""Interactions over HTTP: Discord sends each as a signed request, and the bot keeps no connection to a gateway.

Any number of processes may take them behind one load balancer. Answers go out by REST, as those to a gateway's do.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import msgspec
from aiohttp import web
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bot.core.errors import SetupError
from bot.logger import Logger
from bot.platforms.discord.client import SERVER_ADDED, Client
from bot.platforms.discord.connection import InteractionsEndpoint
from bot.platforms.http_server import HttpServer, SignatureScheme

log = Logger(__name__)

INTERACTIONS_PATH = "/discord/interactions"
EVENTS_PATH = "/discord/events"

_PING, _PONG = 1, 1
_EVENT = 1
_OF_SERVER = 0

Handler = Callable[[Client, dict[str, Any]], web.Response]


class Endpoint:
    """Takes interactions, and the news that a server added the bot, for one client at a time."""

    def __init__(self, access: InteractionsEndpoint) -> None:
        self.access = access
        self.server = HttpServer(access.host, access.port, "DISCORD_HOST or DISCORD_PORT")
        self._client: Client | None = None
        self._closed = asyncio.Event()
        scheme = signature_scheme(access.public_key)
        self.server.add_signed(INTERACTIONS_PATH, scheme, partial(self._handle, self._interaction))
        self.server.add_signed(EVENTS_PATH, scheme, partial(self._handle, self._event))
        logging.getLogger("discord.client").addFilter(_is_news)

    async def serve(self, client: Client) -> None:
        """Take what comes for a client that is logged in, until closed. Raises SetupError."""
        application = client.application
        if application is None or application.verify_key != self.access.public_key:
            raise SetupError(
                "DISCORD_PUBLIC_KEY belongs to another application: copy it from the developer portal's General"
                " Information page."
            )
        self._client = client
        await self.server.open()
        log.info(f"Connected as {client.user}, by HTTP at port {self.server.port}. Type /quote on Discord.")
        if application.interactions_endpoint_url is None:
            remedy = f"set Interactions Endpoint URL to https://…{INTERACTIONS_PATH} in the developer portal"
            log.warning("Discord sends no interactions yet", remedy=remedy)
        await self._closed.wait()

    async def close(self) -> None:
        await self.server.close()
        self._closed.set()

    async def _handle(self, handler: Handler, body: bytes, _: Mapping[str, str]) -> web.StreamResponse:
        """The answer to a request that Discord signed."""
        if self._client is None:
            raise web.HTTPServiceUnavailable
        return handler(self._client, msgspec.json.decode(body))

    def _interaction(self, client: Client, payload: dict[str, Any]) -> web.Response:
        if payload["type"] == _PING:
            return web.json_response({"type": _PONG})
        if not client.receive(payload):
            raise web.HTTPBadRequest
        # The answer follows by REST.
        return web.Response(status=202)

    def _event(self, client: Client, payload: dict[str, Any]) -> web.Response:
        if payload["type"] == _EVENT and payload["event"]["type"] == "APPLICATION_AUTHORIZED":
            data = payload["event"]["data"]
            if data.get("integration_type") == _OF_SERVER:
                client.dispatch(SERVER_ADDED, int(data["guild"]["id"]))
        return web.Response(status=204, content_type="application/json")


def signature_scheme(public_key: str) -> SignatureScheme:
    """Discord's own: Ed25519 over the time and the body."""
    form = re.compile(r"[0-9a-fA-F]{128}")
    verify = partial(_is_signed, Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)))
    return SignatureScheme("X-Signature-Ed25519", "X-Signature-Timestamp", form, verify)


def _is_signed(key: Ed25519PublicKey, body: bytes, signature: str, stamp: str) -> bool:
    try:
        key.verify(bytes.fromhex(signature), stamp.encode() + body)
    except InvalidSignature:
        return False
    return True


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a line of discord.py's says anything here: it warns that interactions come by HTTP, as they should."""
    return "interaction endpoint URL" not in str(record.msg)
