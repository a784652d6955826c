"""The HTTP server that takes Slack's requests: nothing is read, let alone parsed, before its signature allows it."""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.core.errors import SetupError
from bot.platforms.slack.manifest import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH
from bot.platforms.slack.transport.api_errors import NETWORK
from bot.platforms.slack.transport.oauth import Distribution, page

_STOPPING = 1.0
_CONNECTIONS = 100
_TO_ARRIVE = 5.0
"""Seconds for a request's head and body together."""
_LARGEST = 512 * 1024
_MOST_AGE = 300
"""Seconds after which Slack's own signature is not accepted any more."""
_TEAM = re.compile(r"T[A-Z0-9]{1,30}")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class HttpServer:
    """Takes requests of signed origin, and of people who install the bot. Few connections, none of them slow."""

    def __init__(self, bolt: AsyncApp, flow: AsyncOAuthFlow, access: Distribution) -> None:
        self.port = access.port
        self._bolt = bolt
        self._flow = flow
        self._access = access
        app = web.Application(client_max_size=_LARGEST, middlewares=[self._answer_once])
        app.router.add_post(EVENTS_PATH, self._event)
        app.router.add_get(INSTALL_PATH, self._install)
        app.router.add_get(REDIRECT_PATH, self._redirect)
        app.on_response_prepare.append(_without_server_name)
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=_STOPPING, lingering_time=0.0, auto_decompress=False
        )
        self._listener: asyncio.Server | None = None
        self._arriving: dict[web.RequestHandler, asyncio.TimerHandle] = {}

    async def open(self) -> None:
        """Listen. Raises SetupError where the port is taken or the address is not this machine's."""
        await self._runner.setup()
        _raise_descriptor_limit()
        logging.getLogger("asyncio").addFilter(_ACCEPT_ERRORS)
        try:
            self._listener = await asyncio.get_running_loop().create_server(
                self._connection, self._access.host, self._access.port
            )
        except OSError as error:
            where = f"{self._access.host}, port {self._access.port}"
            reason = (error.strerror or "no reason given").lower()
            raise SetupError(f"I cannot listen at {where} ({reason}): set SLACK_HOST or SLACK_PORT.") from None
        self.port = self._listener.sockets[0].getsockname()[1]

    def is_open(self) -> bool:
        """Whether it listens."""
        return bool(self._listener and self._listener.is_serving())

    async def close(self) -> None:
        if self._listener:
            self._listener.close()
        await self._runner.cleanup()
        for timer in self._arriving.values():
            timer.cancel()

    def _connection(self) -> asyncio.BaseProtocol:
        """A new connection. Where there are too many, the one that has waited longest for its request gives way."""
        server = self._runner.server
        if server is None:
            return _Refusal()
        if len(server.connections) >= _CONNECTIONS:
            if not self._arriving:
                return _Refusal()
            self._too_slow(next(iter(self._arriving)))
        protocol = server()
        self._arriving[protocol] = asyncio.get_running_loop().call_later(_TO_ARRIVE, self._too_slow, protocol)
        return protocol

    def _too_slow(self, protocol: web.RequestHandler) -> None:
        self._arrived(protocol)
        protocol.force_close()

    def _arrived(self, protocol: web.RequestHandler) -> None:
        if timer := self._arriving.pop(protocol, None):
            timer.cancel()

    @web.middleware
    async def _answer_once(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """One request a connection, and errors of a few plain words."""
        try:
            response = await handler(request)
        except web.HTTPException as error:
            response = web.Response(status=error.status, text=error.reason)
        response.force_close()
        return response

    async def _event(self, request: web.Request) -> web.StreamResponse:
        signature = request.headers.get("X-Slack-Signature", "")
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        if not _is_plausible(signature, stamp, time.time()):
            return _unsigned()
        body = await request.read()
        self._arrived(request.protocol)
        if not _is_signed(body, signature, stamp, self._access.signing_secret):
            return _unsigned()
        bolt_request = AsyncBoltRequest(body=body.decode(errors="replace"), headers=_headers(request.headers))
        return await to_aiohttp_response(await self._bolt.async_dispatch(bolt_request))

    async def _install(self, request: web.Request) -> web.StreamResponse:
        self._arrived(request.protocol)
        team = request.query.get("team")
        if team is not None and not _TEAM.fullmatch(team):
            return await to_aiohttp_response(page(400, "That is no workspace's id."))
        response = await to_aiohttp_response(await self._flow.handle_installation(_query(request)))
        response.headers["Cache-Control"] = "no-store"
        for morsel in response.cookies.values():
            morsel["samesite"] = "Lax"
        return response

    async def _redirect(self, request: web.Request) -> web.StreamResponse:
        self._arrived(request.protocol)
        try:
            answer = await self._flow.handle_callback(_query(request))
        except NETWORK:
            answer = page(502, "Slack could not be reached, so nothing was installed. Please start again.")
        return await to_aiohttp_response(answer)


class _Refusal(asyncio.Protocol):
    """A connection too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            transport.abort()


def _is_plausible(signature: str, stamp: str, now: float) -> bool:
    """Whether the headers have the form and the age of a signed request's."""
    shaped = re.fullmatch(r"v0=[0-9a-f]{64}", signature) and re.fullmatch(r"[0-9]{1,12}", stamp)
    return bool(shaped) and abs(now - int(stamp)) <= _MOST_AGE


def _is_signed(body: bytes, signature: str, stamp: str, secret: str) -> bool:
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, sha256).hexdigest()
    return hmac.compare_digest(f"v0={digest}", signature)


def _unsigned() -> web.Response:
    return web.Response(status=401, text="Unauthorized")


def _headers(headers: Mapping[str, str]) -> dict[str, str | Sequence[str]]:
    return dict(headers)


def _query(request: web.Request) -> AsyncBoltRequest:
    return AsyncBoltRequest(body="", query=request.query_string, headers=_headers(request.headers))


async def _without_server_name(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.pop("Server", None)


def _raise_descriptor_limit() -> None:
    """As many open files as the system lets this process have: connections here must not starve the database."""
    with suppress(ImportError, OSError, ValueError):  # Windows has no such limit
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class _OnceAMinute(logging.Filter):
    """Out of descriptors, asyncio logs each connection that it cannot accept: thousands a second."""

    def __init__(self) -> None:
        super().__init__()
        self._next = 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        if "socket.accept()" not in record.getMessage():
            return True
        now = time.monotonic()
        due = now >= self._next
        self._next = now + 60 if due else self._next
        return due


_ACCEPT_ERRORS = _OnceAMinute()
