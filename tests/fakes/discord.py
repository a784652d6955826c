"""A small Discord for real processes: REST and gateway on one port of this machine, with faults to order.

    async with FakeDiscord() as discord:
        ... start a process with DISCORD_API_URL=discord.url, then
        await discord.interact("help")
        discord.callbacks  # who answered which interaction

It knows what a bot needs to log in, to answer commands and to post; nothing checks payloads here.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict
from typing import Any, Self

from aiohttp import WSMsgType, web

DISPATCH, HEARTBEAT, IDENTIFY, HELLO, HEARTBEAT_ACK = 0, 1, 2, 10, 11
APPLICATION, BOT, GUILD, CHANNEL, ASKER = "1917", "1917", "25", "26", "27"
_USER = {"id": BOT, "username": "smolny", "discriminator": "0", "avatar": None, "bot": True}
_APPLICATION = {
    "id": APPLICATION, "name": "Smolny", "icon": None, "description": "", "bot_public": True, "summary": "",
    "bot_require_code_grant": False, "verify_key": "", "owner": _USER, "team": None,
}  # fmt: skip
_LIMIT = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 16}


class FakeDiscord:
    """`faults` are statuses with which the next requests for a method and a part of a path are refused."""

    def __init__(self, shards: int = 1) -> None:
        self.shards = shards
        self.sessions: list[web.WebSocketResponse] = []
        self.identified: list[tuple[int, int]] = []
        self.callbacks: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.messages: list[dict[str, Any]] = []
        self.answers_after = 0.0
        """Seconds for which an answer to an interaction is kept waiting."""
        self.faults: dict[tuple[str, str], list[int]] = {}
        self._ids = itertools.count(2_000)
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        server = web.Application()
        server.router.add_get("/gateway/", self._gateway)
        server.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        self._runner = web.AppRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        for session in list(self.sessions):
            await session.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def until(self, sessions: int, seconds: float = 30.0) -> None:
        """Wait until so many bots, or shards of them, are connected."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: len(self.sessions) == sessions)

    async def connected(self, sessions: int, seconds: float = 30.0) -> None:
        """Wait until at least so many are connected."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: len(self.sessions) >= sessions)

    async def interact(self, command: str, seconds: float = 10.0) -> list[dict[str, Any]]:
        """Use a command; returns the first answers to it: more than one where several processes answered."""
        number = str(next(self._ids))
        person = {"id": ASKER, "username": "ada", "discriminator": "0", "avatar": None}
        interaction = {
            "id": number, "application_id": APPLICATION, "type": 2, "token": f"token-{number}", "version": 1,
            "channel_id": CHANNEL, "channel": {"id": CHANNEL, "type": 1}, "user": person, "locale": "en-US",
            "data": {"id": "1", "name": command, "type": 1}, "entitlements": [], "context": 1,
            "authorizing_integration_owners": {}, "attachment_size_limit": 1_000_000,
        }  # fmt: skip
        for session in self.sessions:
            await session.send_json({"op": DISPATCH, "t": "INTERACTION_CREATE", "s": 2, "d": interaction})
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: bool(self.callbacks[number]))
        return self.callbacks[number]

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        session = web.WebSocketResponse()
        await session.prepare(request)
        await session.send_json({"op": HELLO, "d": {"heartbeat_interval": 41_250}, "s": None, "t": None})
        try:
            async for message in session:
                if message.type is WSMsgType.TEXT:
                    await self._hear(session, json.loads(message.data))
        finally:
            await self._gone(session)
        return session

    async def _hear(self, session: web.WebSocketResponse, heard: dict[str, Any]) -> None:
        if heard["op"] == HEARTBEAT:
            await session.send_json({"op": HEARTBEAT_ACK, "d": None, "s": None, "t": None})
        if heard["op"] == IDENTIFY:
            shard, count = heard["d"].get("shard", (0, 1))
            ready = {
                "v": 10, "user": _USER, "guilds": [], "session_id": f"session-{shard}", "shard": [shard, count],
                "resume_gateway_url": self._gateway_url, "application": {"id": APPLICATION, "flags": 0},
            }  # fmt: skip
            await session.send_json({"op": DISPATCH, "t": "READY", "s": 1, "d": ready})
            async with self._changed:
                self.identified.append((shard, count))
                self.sessions.append(session)
                self._changed.notify_all()

    async def _gone(self, session: web.WebSocketResponse) -> None:
        async with self._changed:
            if session in self.sessions:
                self.sessions.remove(session)
            self._changed.notify_all()

    @property
    def _gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self._port}/gateway/"

    async def _rest(self, request: web.Request) -> web.Response:
        method, path = request.method, request.match_info["path"]
        for (wanted, part), statuses in self.faults.items():
            if wanted == method and part in path and statuses:
                return _answer({"message": "a fault to order", "code": 0}, statuses.pop(0))
        body = await request.json() if request.content_type == "application/json" and request.can_read_body else {}
        match path.split("/"):
            case ["gateway", "bot"]:
                return _answer({"url": self._gateway_url, "shards": self.shards, "session_start_limit": _LIMIT})
            case ["users", "@me"]:
                return _answer(_USER)
            case ["oauth2", "applications", "@me"]:
                return _answer(_APPLICATION)
            case ["interactions", number, _, "callback"]:
                return await self._answered(number, body)
            case ["channels", channel, "messages"] if method == "POST":
                self.messages.append({"id": str(next(self._ids)), "channel_id": channel, **body})
                return _answer(self.messages[-1])
        return _answer([] if method == "PUT" else {})

    async def _answered(self, number: str, body: dict[str, Any]) -> web.Response:
        async with self._changed:
            self.callbacks[number].append(body)
            self._changed.notify_all()
        await asyncio.sleep(self.answers_after)
        if len(self.callbacks[number]) > 1:
            return _answer({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        return web.Response(status=204)


def _answer(body: object, status: int = 200) -> web.Response:
    # discord.py takes an answer for JSON only where the header says so and nothing more.
    return web.Response(body=json.dumps(body).encode(), headers={"Content-Type": "application/json"}, status=status)
