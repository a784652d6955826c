"""Connections for first answers: what Discord may say on them, and how they break, beside discord.py's own requests."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import discord
import pytest
from discord.http import MultipartParameters, Route
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.platforms.discord import callback_connections
from bot.platforms.discord.connection import FAILURES, use_api
from bot.platforms.discord.webhook_adapter import WebhookAdapter
from tests.fakes.proxy import certificate
from tests.processes import until

TAKEN = b"HTTP/1.1 204 No Content\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\n\r\n"
CLOSING = b"HTTP/1.1 204 No Content\r\nConnection: Close\r\n\r\n"
OF_LENGTH = b"Content-Type: application/json\r\nContent-Length: 33\r\n\r\n"
UNKNOWN = b'{"message": "gone","code": 10062}'
PAYLOAD = MultipartParameters(payload={"type": 4}, multipart=None, files=None)
END = b""
"""Where the server ends the connection."""


@dataclass
class Server:
    """Says what it is told to, on real sockets: `said` after each request, in these pieces."""

    said: list[list[bytes]] = field(default_factory=list)
    requests: list[tuple[int, bytes]] = field(default_factory=list)
    """Each with the number of its connection."""
    opened: int = 0
    ended: int = 0
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number, self.opened = self.opened, self.opened + 1
        self.writers.append(writer)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                self.requests.append((number, head + await reader.readexactly(length)))
                await self._say(writer, self.said.pop(0) if self.said else [TAKEN])
        self.ended += 1
        writer.close()

    async def _say(self, writer: asyncio.StreamWriter, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            if piece == END:
                writer.close()
                raise ConnectionResetError
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.001)


@asynccontextmanager
async def api(*said: list[bytes], tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server([*said])
    async with await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls) as listening:
        origin = "https://localhost" if tls else "http://127.0.0.1"
        use_api(f"{origin}:{listening.sockets[0].getsockname()[1]}")
        try:
            yield server
        finally:
            use_api(None)
            for one in server.writers:
                one.close()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """Its end takes no time, whatever became of its connections."""
    made = aiohttp.ClientSession()
    yield made
    await asyncio.wait_for(made.close(), 60)


async def answer(adapter: AsyncWebhookAdapter, session: aiohttp.ClientSession, receipt: str = "1917") -> object:
    """What comes of an answer: nothing, or what is raised."""
    try:
        await adapter.create_interaction_response(1, receipt, session=session, params=PAYLOAD)
    except FAILURES as error:
        return type(error), str(error), getattr(error, "code", None)
    return None


REFUSED = {
    "by its length": b"HTTP/1.1 404 Not Found\r\n" + OF_LENGTH + UNKNOWN,
    "with what is not allowed": b"HTTP/1.1 403 Forbidden\r\n" + OF_LENGTH + UNKNOWN,
    "in chunks": b"HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"a\r\n" + UNKNOWN[:10] + b"\r\n17\r\n" + UNKNOWN[10:] + b"\r\n0\r\n\r\n",
    "up to the end": b"HTTP/1.1 401 Unauthorized\r\nContent-Type: text/html\r\n\r\n<p>Caf\xc3\xa9</p>",
    "without a word": b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n",
}  # fmt: skip
CUTS: dict[str, Callable[[bytes], list[bytes]]] = {
    "at once": lambda said: [said],
    "by the byte": lambda said: [said[n : n + 1] for n in range(len(said))],
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
@pytest.mark.parametrize("said", REFUSED.values(), ids=REFUSED)
async def test_a_refusal_is_read_as_discord_py_reads_it(
    session: aiohttp.ClientSession, said: bytes, cut: Callable[[bytes], list[bytes]]
) -> None:
    pieces = cut(said) if b"Content-Length" in said or b"chunked" in said else [*cut(said), END]
    async with api(pieces, pieces):
        theirs = await answer(AsyncWebhookAdapter(), session)  # type: ignore[no-untyped-call]  # not annotated
        ours = await answer(WebhookAdapter(), session)
    assert ours == theirs
    assert isinstance(ours, tuple)
    assert issubclass(ours[0], discord.HTTPException)


async def test_a_refusal_in_json_that_is_none_is_a_refusal(session: aiohttp.ClientSession) -> None:
    """discord.py fails at it."""
    said = b"HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n{ca\xff"
    async with api([said]):
        raised = await answer(WebhookAdapter(), session)
    assert raised == (discord.HTTPException, "409 Conflict (error code: 0): {ca\ufffd", 0)


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
async def test_answers_that_are_taken_share_a_connection(
    session: aiohttp.ClientSession, cut: Callable[[bytes], list[bytes]]
) -> None:
    async with api(cut(TAKEN), cut(TAKEN), cut(CLOSING), cut(TAKEN)) as server:
        adapter = WebhookAdapter()
        assert [await answer(adapter, session) for _ in range(4)] == [None] * 4
    assert [number for number, _ in server.requests] == [0, 0, 0, 1]


INTERIM = {
    "that it may go on": b"HTTP/1.1 100 Continue\r\n\r\n",
    "that it is at work, and what will be wanted": b"HTTP/1.1 102 Processing\r\n\r\n"
    b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n",
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
@pytest.mark.parametrize("interim", INTERIM.values(), ids=INTERIM)
async def test_what_is_said_before_a_response_is_not_taken_for_it(
    session: aiohttp.ClientSession, interim: bytes, cut: Callable[[bytes], list[bytes]]
) -> None:
    async with api(cut(interim + TAKEN), [*cut(interim), *cut(REFUSED["by its length"])]) as server:
        adapter = WebhookAdapter()
        assert await answer(adapter, session) is None
        raised = await answer(adapter, session)
        assert isinstance(raised, tuple)
        assert raised[0] is discord.NotFound
    assert len(server.requests) == 2


BROKEN = {
    "nothing": [END],
    "half a head": [TAKEN[:20], END],
    "half a body": [b"HTTP/1.1 404 Not Found\r\n" + OF_LENGTH + UNKNOWN[:5], END],
    "something else than HTTP": [b"SSH-2.0-OpenSSH\r\n\r\n"],
    "no number": [b"HTTP/1.1 none None\r\n\r\n"],
    "no end": [b"HTTP/1.1 200 OK\r\n\r\n", b"endless " * 200_000],
}


@pytest.mark.parametrize("said", BROKEN.values(), ids=BROKEN)
async def test_a_connection_that_breaks_is_a_failure_and_the_next_answer_gets_through(
    session: aiohttp.ClientSession, said: list[bytes]
) -> None:
    async with api(said, [TAKEN]) as server:
        adapter = WebhookAdapter()
        raised = await answer(adapter, session)
        assert isinstance(raised, tuple)
        assert issubclass(raised[0], aiohttp.ClientError)
        # Where it broke off, it may not have arrived: that is made again.
        assert issubclass(raised[0], aiohttp.ClientConnectionError) == (END in said)
        assert await answer(adapter, session) is None
    assert [number for number, _ in server.requests] == [0, 1]


@pytest.mark.parametrize("unasked", [END, TAKEN, b"HTTP/1.1 408 Request Timeout\r\n\r\n"])
async def test_a_connection_that_ends_or_says_something_unasked_is_not_used_again(
    session: aiohttp.ClientSession, unasked: bytes
) -> None:
    async with api() as server:
        adapter = WebhookAdapter()
        assert await answer(adapter, session) is None
        server.writers[0].write(unasked) if unasked else server.writers[0].close()
        await until(lambda: server.ended == 1)
        assert await answer(adapter, session) is None
    assert [number for number, _ in server.requests] == [0, 1]


async def test_of_answers_at_once_each_hears_what_is_said_to_itself(session: aiohttp.ClientSession) -> None:
    async with api() as server:
        adapter = WebhookAdapter()
        assert await asyncio.gather(*(answer(adapter, session, f"t{n}") for n in range(40))) == [None] * 40
        opened = server.opened
        assert await asyncio.gather(*(answer(adapter, session, f"t{n}") for n in range(40))) == [None] * 40
    assert len(server.requests) == 80
    assert server.opened == opened <= 40


async def test_what_is_said_to_an_answer_that_was_broken_off_is_nobody_elses(session: aiohttp.ClientSession) -> None:
    async with api() as server:
        adapter = WebhookAdapter()
        assert await answer(adapter, session) is None
        server.said.append([])
        waiting = asyncio.create_task(answer(adapter, session))
        await until(lambda: len(server.requests) == 2)
        waiting.cancel()
        await asyncio.wait([waiting])
        server.writers[0].write(b"HTTP/1.1 404 Not Found\r\n" + OF_LENGTH + UNKNOWN)
        assert await answer(adapter, session) is None
    assert [number for number, _ in server.requests] == [0, 0, 1]


async def test_who_is_told_nothing_does_not_wait_for_ever(
    session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callback_connections, "_PATIENCE", 0.05)
    async with api([]) as server:
        raised = await answer(WebhookAdapter(), session)
        assert isinstance(raised, tuple)
        assert raised[0] is TimeoutError
        await until(lambda: server.ended == 1)


async def test_nobody_waits_for_ever_for_a_proxy_that_says_nothing(
    session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callback_connections, "_PATIENCE", 0.05)
    use_api("https://discord.test")
    hung_up = asyncio.Event()

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(1_000):
            pass
        writer.close()
        await writer.wait_closed()
        hung_up.set()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as silent:
        proxy = f"http://127.0.0.1:{silent.sockets[0].getsockname()[1]}"
        respond = WebhookAdapter().create_interaction_response
        answering = asyncio.ensure_future(respond(1, "1917", session=session, proxy=proxy, params=PAYLOAD))
        await asyncio.wait([answering], timeout=60)
        assert isinstance(answering.done() and answering.exception(), TimeoutError)
        await asyncio.wait_for(hung_up.wait(), 60)
    use_api(None)


async def test_what_has_had_no_work_for_long_is_closed(
    session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callback_connections, "_KEPT", 0.1)
    async with api() as server:
        adapter = WebhookAdapter()
        await asyncio.gather(*(answer(adapter, session) for _ in range(10)))
        assert server.opened > 1
        await until(lambda: server.ended == server.opened)


async def test_over_tls_answers_share_a_connection_which_may_break(tmp_path: Path) -> None:
    trusted = tmp_path / "trusted.pem"
    tls = certificate(["localhost"], trusted)
    connector = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=str(trusted)))
    async with aiohttp.ClientSession(connector=connector) as session, api(tls=tls) as server:
        adapter = WebhookAdapter()
        assert [await answer(adapter, session) for _ in range(3)] == [None] * 3
        assert [number for number, _ in server.requests] == [0, 0, 0]
        server.said.append([TAKEN[:20], END])
        raised = await answer(adapter, session)
        assert isinstance(raised, tuple)
        assert raised[0] is aiohttp.ServerDisconnectedError
        assert await answer(adapter, session) is None
        await asyncio.wait_for(session.close(), 60)


async def test_a_certificate_that_is_not_trusted_is_refused(session: aiohttp.ClientSession, tmp_path: Path) -> None:
    async with api(tls=certificate(["localhost"], tmp_path / "own.pem")) as server:
        raised = await answer(WebhookAdapter(), session)
    assert isinstance(raised, tuple)
    assert raised[0] is aiohttp.ClientConnectorCertificateError
    assert server.requests == []


async def test_the_api_may_move_and_the_session_change(session: aiohttp.ClientSession) -> None:
    adapter = WebhookAdapter()
    async with api() as first:
        assert await answer(adapter, session) is None
        async with api() as second, aiohttp.ClientSession() as other:
            assert await answer(adapter, session) is None
            assert await answer(adapter, other) is None
            await until(lambda: first.ended == 1)
        raised = await answer(adapter, other)
        assert isinstance(raised, tuple)
        assert issubclass(raised[0], aiohttp.ClientConnectionError)
    assert (len(first.requests), len(second.requests)) == (1, 2)


async def test_a_token_is_a_part_of_the_path_whatever_is_in_it(session: aiohttp.ClientSession) -> None:
    async with api() as server:
        assert await answer(WebhookAdapter(), session, "a/b\r\nX: y?=é") is None
    ((_, request),) = server.requests
    head, _, body = request.partition(b"\r\n\r\n")
    line, *fields = head.decode().split("\r\n")
    assert line == "POST /api/v10/interactions/1/a%2Fb%0D%0AX%3A%20y%3F=%C3%A9/callback HTTP/1.1"
    assert {one.partition(": ")[0] for one in fields} == {"Host", "User-Agent", "Content-Type", "Content-Length"}
    assert body == b'{"type":4}'
    assert Route.BASE.startswith("https://")
