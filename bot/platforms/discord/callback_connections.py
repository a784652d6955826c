"""Connections for first answers to interactions: aiohttp opens them, and an answer is one write and one read on them.

aiohttp makes a request, a task, a parser and a stream for each answer, to read "204 No Content": without them an answer
takes 0.5 ms less of the 1.5 to 2.6 that it takes on a slow machine.
"""

from __future__ import annotations

import asyncio
import http.client
from io import BytesIO
from typing import Any, NamedTuple

import aiohttp
from aiohttp.http import SERVER_SOFTWARE
from yarl import URL

_KEPT = 15.0
"""Seconds that a connection without work stays open, as aiohttp's do."""
_PATIENCE = 60.0
"""Seconds that we wait for what Discord says to an answer, of which it takes the first for three."""
_LONGEST = 1_000_000  # bytes of what it says
_NO_CONTENT = b"HTTP/1.1 204 "


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
        self._idle: list[_Connection] = []
        """The one used last is at the end."""
        self._sweeper: asyncio.TimerHandle | None = None

    async def post(self, path: str, body: bytes, **proxy: Any) -> CallbackResponse:
        """Post JSON. `path` is quoted already. Raises aiohttp.ClientError or OSError."""
        head = f"POST {self._path}{path} HTTP/1.1\r\n{self._fields}Content-Length: {len(body)}\r\n\r\n"
        connection = self._open_one() or await self._opened(**proxy)
        response = None
        try:
            response = await connection.request(head.encode() + body)
        finally:
            if response and connection.is_open:
                self._keep(connection)
            else:
                connection.close()
        return response

    def close(self) -> None:
        """Close those without work."""
        for one in self._idle:
            one.close()
        self._idle.clear()

    def _open_one(self) -> _Connection | None:
        while self._idle:
            if (one := self._idle.pop()).is_open:
                return one
        return None

    async def _opened(self, proxy: str | None, proxy_auth: aiohttp.BasicAuth | None) -> _Connection:
        if self.session.connector is None:
            raise aiohttp.ClientConnectionError("the session is closed")
        loop = asyncio.get_running_loop()
        through = URL(proxy) if proxy else None
        request = aiohttp.ClientRequest(
            "POST", URL(self.base), loop=loop, session=self.session, proxy=through, proxy_auth=proxy_auth
        )
        return _Connection(await self.session.connector.connect(request, [], self.session.timeout))

    def _keep(self, connection: _Connection) -> None:
        loop = asyncio.get_running_loop()
        connection.idle_since = loop.time()
        self._idle.append(connection)
        self._sweeper = self._sweeper or loop.call_later(_KEPT, self._sweep)

    def _sweep(self) -> None:
        """Close what has been without work for long: after a crowd, most of them."""
        loop = asyncio.get_running_loop()
        used_lately = loop.time() - _KEPT
        for one in self._idle:
            if one.idle_since <= used_lately:
                one.close()
        self._idle = [one for one in self._idle if one.is_open]
        self._sweeper = loop.call_later(_KEPT, self._sweep) if self._idle else None


class _Connection(asyncio.Protocol):
    """An open connection, taken over from aiohttp, which hears of its end: a session that closes waits for that."""

    def __init__(self, opened: aiohttp.connector.Connection) -> None:
        theirs, transport = opened.protocol, opened.transport
        if theirs is None or transport is None:
            raise aiohttp.ServerDisconnectedError
        transport.set_protocol(self)
        self._opened, self._theirs, self._transport = opened, theirs, transport
        self.is_open = True
        self.idle_since = 0.0
        self._received = b""
        self._response: asyncio.Future[CallbackResponse] | None = None

    async def request(self, written: bytes) -> CallbackResponse:
        """Send a request. Raises aiohttp.ClientError or TimeoutError."""
        loop = asyncio.get_running_loop()
        self._received, self._response = b"", loop.create_future()
        timer = loop.call_later(_PATIENCE, self._fail, TimeoutError())
        self._transport.write(written)
        try:
            return await self._response
        finally:
            timer.cancel()
            self._response = None

    def close(self) -> None:
        self.is_open = False
        self._opened.close()

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
            is_kept = response is _TAKEN and b"\r\nconnection: close" not in self._received.lower()
            self.is_open = self.is_open and is_kept
            self._response.set_result(response)

    def _fail(self, error: Exception) -> None:
        self.is_open = False
        self._transport.abort()
        if self._response and not self._response.done():
            self._response.set_exception(error)


_TAKEN = CallbackResponse(204, "No Content")


def read_response(received: bytes, *, at_end: bool) -> CallbackResponse | None:
    """What was received; None while some of it is missing. Raises http.client.HTTPException or ValueError."""
    head, blank, behind = received.partition(b"\r\n\r\n")
    if head.startswith(_NO_CONTENT) and blank and not behind:
        return _TAKEN
    if not blank:
        return None
    response = http.client.HTTPResponse(_Received(received), method="POST")  # type: ignore[arg-type]  # its use of a socket
    response.begin()
    if response.length is None and not response.chunked and not at_end:
        return None
    try:
        body = response.read()
    except http.client.IncompleteRead:
        return None
    is_json = response.headers.get_content_type() == "application/json"
    return CallbackResponse(response.status, response.reason, is_json, body)


class _Received:
    """What http.client wants of a socket."""

    def __init__(self, received: bytes) -> None:
        self._received = received

    def makefile(self, _mode: str) -> BytesIO:
        return BytesIO(self._received)
