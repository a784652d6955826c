"""Connections for first answers to interactions: aiohttp opens them, and an answer is one write and one read on them.

aiohttp makes a request, a task, a parser and a stream for each answer, to read "204 No Content": without them an answer
takes 0.5 ms less of the 1.5 to 2.6 that it takes on a slow machine.
"""

from __future__ import annotations

import asyncio
import http.client
from io import BytesIO
from types import SimpleNamespace
from typing import Any, NamedTuple

import aiohttp
from aiohttp.http import SERVER_SOFTWARE
from yarl import URL

_KEPT = 15.0
"""Seconds that a connection without work stays open, as aiohttp's do."""
_PATIENCE = 60.0
"""Seconds that we wait for a connection, and for what Discord says to an answer: it takes the first for three."""
_LONGEST = 1_000_000  # bytes of what it says
_NO_CONTENT = b"HTTP/1.1 204 "
_INTERIM = b"HTTP/1.1 1"
_BLANK = b"\r\n\r\n"


class CallbackResponse(NamedTuple):
    """What Discord says to an answer. `is_json` is what it says of the `body`."""

    status: int
    reason: str
    is_json: bool = False
    body: bytes = b""


class CallbackConnections:
    """Those to one API, at `base`, each with one request at a time. The `session` opens and closes them."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self.session, self.base = session, base
        url = URL(base)
        self._path = url.raw_path.rstrip("/")
        fields = {"Host": url.raw_authority, "User-Agent": SERVER_SOFTWARE, "Content-Type": "application/json"}
        self._fields = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        self._idle: dict[_Connection, None] = {}
        """The one used last is at the end: after a crowd, the others are closed soon."""

    async def post(self, path: str, body: bytes, **proxy: Any) -> CallbackResponse:
        """Post JSON. `path` is quoted already. Raises aiohttp.ClientError or OSError."""
        head = f"POST {self._path}{path} HTTP/1.1\r\n{self._fields}Content-Length: {len(body)}\r\n\r\n"
        connection = self._idle.popitem()[0] if self._idle else await self._opened(**proxy)
        return await connection.request(head.encode() + body)

    def close(self) -> None:
        """Close those without work."""
        for one in [*self._idle]:
            one.close()

    async def _opened(self, proxy: str | None, proxy_auth: aiohttp.BasicAuth | None) -> _Connection:
        if self.session.connector is None:
            raise aiohttp.ClientConnectionError("the session is closed")
        loop = asyncio.get_running_loop()
        through = URL(proxy) if proxy else None
        request = aiohttp.ClientRequest(
            "POST", URL(self.base), loop=loop, session=self.session, proxy=through, proxy_auth=proxy_auth
        )
        async with asyncio.timeout(_PATIENCE):
            return _Connection(await self.session.connector.connect(request, [], self.session.timeout), self._idle)


class _Connection(asyncio.Protocol):
    """An open connection, taken over from aiohttp, which hears of its end: a session that closes waits for that.

    It is among the `idle` ones between two requests.
    """

    def __init__(self, opened: aiohttp.connector.Connection, idle: dict[_Connection, None]) -> None:
        theirs, transport = opened.protocol, opened.transport
        if theirs is None or transport is None:
            raise aiohttp.ServerDisconnectedError
        transport.set_protocol(self)
        self._opened, self._theirs, self._transport, self._idle = opened, theirs, transport, idle
        self._is_reusable = True
        self._received = b""
        self._response: asyncio.Future[CallbackResponse] | None = None
        self._until = 0.0
        self._timer: asyncio.TimerHandle | None = None

    async def request(self, written: bytes) -> CallbackResponse:
        """Send the only request until it is answered. Raises aiohttp.ClientError or TimeoutError."""
        self._received, self._response = b"", asyncio.get_running_loop().create_future()
        self._transport.write(written)
        self._end_after(_PATIENCE)
        try:
            return await self._response
        finally:
            is_answered = self._response.done() and not self._response.cancelled()
            self._response = None
            if is_answered and self._is_reusable:
                self._idle[self] = None
                self._end_after(_KEPT)
            else:
                self.close()

    def close(self) -> None:
        self._is_reusable = False
        self._idle.pop(self, None)
        if self._timer:
            self._timer.cancel()
        self._opened.close()

    def _end_after(self, seconds: float) -> None:
        """End it in so many seconds, unless it is used before. Nearly always the timer that there is comes before."""
        loop = asyncio.get_running_loop()
        self._until = loop.time() + seconds
        if self._timer is None or self._timer.when() > self._until:
            if self._timer:
                self._timer.cancel()
            self._timer = loop.call_at(self._until, self._look)

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() < self._until:
            self._timer = loop.call_at(self._until, self._look)
        elif self._response:
            self._fail(TimeoutError())
        else:
            self.close()

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._response is None or self._response.done() or len(self._received) > _LONGEST:
            self._fail(aiohttp.ClientPayloadError("more than was asked for"))
        else:
            self._read(at_end=False)

    def connection_lost(self, exc: Exception | None) -> None:
        self.close()
        self._theirs.connection_lost(exc)
        self._read(at_end=True)
        self._fail(aiohttp.ServerDisconnectedError())

    def _read(self, *, at_end: bool) -> None:
        if self._response is None or self._response.done():
            return
        try:
            response = read_response(self._received, at_end=at_end)
        except (http.client.HTTPException, ValueError):
            self._fail(aiohttp.ClientPayloadError("not HTTP"))
            return
        if response:
            # After anything but what nearly all say, a new connection is the safest.
            if response is not _TAKEN or b"\r\nconnection: close" in self._received.lower():
                self._is_reusable = False
            self._response.set_result(response)

    def _fail(self, error: Exception) -> None:
        self._transport.abort()
        self.close()
        if self._response and not self._response.done():
            self._response.set_exception(error)


_TAKEN = CallbackResponse(204, "No Content")


def read_response(received: bytes, *, at_end: bool) -> CallbackResponse | None:
    """What was received; None while some of it is missing. Raises http.client.HTTPException or ValueError."""
    head, blank, behind = received.partition(_BLANK)
    while blank and head.startswith(_INTERIM):
        received = behind
        head, blank, behind = received.partition(_BLANK)
    if head.startswith(_NO_CONTENT) and blank and not behind:
        return _TAKEN
    if not blank:
        return None
    socket: Any = SimpleNamespace(makefile=lambda _: BytesIO(received))
    response = http.client.HTTPResponse(socket, method="POST")
    response.begin()
    if response.length is None and not response.chunked and not at_end:
        return None
    try:
        body = response.read()
    except http.client.IncompleteRead:
        return None
    is_json = response.headers.get_content_type() == "application/json"
    return CallbackResponse(response.status, response.reason, is_json, body)
