"""The HTTP server for a platform's requests and for monitoring: nothing is parsed before its signature allows it.

Strangers reach it as well. They cost next to nothing: few connections, none of them slow, none of them large.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import ClientPayloadError, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.core.errors import SetupError
from bot.core.funnel import traceback_frames
from bot.logger import Logger

log = Logger(__name__)

_STOPPING = 1.0
_CONNECTIONS = 100
_TO_ARRIVE = 5.0
"""Seconds for a request's head and body together."""
_LARGEST = 512 * 1024
_MOST_AGE = 300
"""Seconds after which a signature is not accepted any more."""

_MALFORMED = (LookupError, TypeError, ValueError, AttributeError, RecursionError, OverflowError)
"""What is raised where a body is not what its platform sends."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
BodyHandler = Callable[[bytes, Mapping[str, str]], Awaitable[web.StreamResponse]]
"""Takes the body of a signed request and its headers."""


@dataclass(frozen=True)
class SignatureScheme:
    """How a platform signs its requests: a header with the signature, and one with the time in seconds.

    `verify` takes the body, the signature, and the time as it is in its header.
    """

    signature_header: str
    time_header: str
    form: re.Pattern[str]
    verify: Callable[[bytes, str, str], bool]

    def signature(self, headers: Mapping[str, str], now: float) -> tuple[str, str] | None:
        """Signature and time, where they have the form and the age of a signed request's."""
        signature, stamp = headers.get(self.signature_header, ""), headers.get(self.time_header, "")
        shaped = self.form.fullmatch(signature) and re.fullmatch(r"[0-9]{1,12}", stamp)
        return (signature, stamp) if shaped and abs(now - int(stamp)) <= _MOST_AGE else None


class HttpServer:
    """Takes requests of signed origin, and those of anybody for a page.

    `settings` are those that say where it listens; `stopping` is in seconds, for what is under way when it closes.
    """

    def __init__(self, host: str, port: int, settings: str, stopping: float = _STOPPING) -> None:
        self.host = host
        self.port = port
        self._settings = settings
        self._app = web.Application(client_max_size=_LARGEST, middlewares=[self._answer_once])
        self._app.on_response_prepare.append(_without_server_name)
        self._runner = web.AppRunner(
            self._app,
            access_log=None,
            shutdown_timeout=stopping,
            lingering_time=0.0,
            auto_decompress=False,
            logger=_library_logger(),
        )
        self._listener: asyncio.Server | None = None
        self._arriving: dict[web.RequestHandler, asyncio.TimerHandle] = {}

    def add_page(self, path: str, handler: Handler) -> None:
        """Let a path be looked at by anybody."""

        async def page(request: web.Request) -> web.StreamResponse:
            self._arrived(request.protocol)
            return await handler(request)

        self._app.router.add_get(path, page)

    def add_signed(self, path: str, scheme: SignatureScheme, handler: BodyHandler) -> None:
        """Let a path take requests that are signed. One that `handler` cannot read is a 400, and a line in the log."""

        async def signed(request: web.Request) -> web.StreamResponse:
            body = await self._signed_body(request, scheme)
            try:
                return await handler(body, request.headers)
            except _MALFORMED as error:
                log.error("request not understood", path=path, where=traceback_frames(error))
                raise web.HTTPBadRequest from None

        self._app.router.add_post(path, signed)

    async def open(self) -> None:
        """Listen. Raises SetupError where the port is taken or the address is not this machine's."""
        await self._runner.setup()
        _raise_descriptor_limit()
        logging.getLogger("asyncio").addFilter(_ACCEPT_ERRORS)
        try:
            self._listener = await asyncio.get_running_loop().create_server(self._connection, self.host, self.port)
        except OSError as error:
            where = f"{self.host}, port {self.port}"
            # asyncio's own words name the address once more; that of a host that is not known has a number below zero.
            words = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
            reason = (words or "no reason given").lower()
            raise SetupError(f"I cannot listen at {where} ({reason}): set {self._settings}.") from None
        self.port = self._listener.sockets[0].getsockname()[1]

    def is_open(self) -> bool:
        """Whether it listens."""
        return bool(self._listener and self._listener.is_serving())

    def stop_listening(self) -> None:
        """Take no new requests; those under way are answered."""
        if self._listener:
            self._listener.close()

    async def close(self) -> None:
        self.stop_listening()
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

    async def _signed_body(self, request: web.Request, scheme: SignatureScheme) -> bytes:
        signed = scheme.signature(request.headers, time.time())
        if signed is None:
            raise web.HTTPUnauthorized
        try:
            body = await request.read()
        except (ClientPayloadError, HttpProcessingError, ConnectionError):
            raise web.HTTPBadRequest from None
        self._arrived(request.protocol)
        if not scheme.verify(body, *signed):
            raise web.HTTPUnauthorized
        return body


class _Refusal(asyncio.Protocol):
    """A connection too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            transport.abort()


async def _without_server_name(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.pop("Server", None)


def _library_logger() -> logging.Logger:
    logger = logging.getLogger("bot.platforms.http_server.library")
    logger.filters = [_without_request]
    return logger


def _without_request(record: logging.LogRecord) -> bool:
    """Of a request that aiohttp logs, where the bot failed: its own lines quote what was sent.

    What is not HTTP at all is no news: strangers send it to every port.
    """
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, HttpProcessingError):
        return False
    record.msg, record.args, record.exc_info, record.exc_text = "request failed", (), None, None
    vars(record)["details"] = {"where": traceback_frames(error)} if error else {}
    return True


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
