"""A small Discord for real processes: REST and gateway on one port of this machine, with faults to order.

    async with FakeDiscord() as discord:
        ... start a process with DISCORD_API_URL=discord.url, then
        await discord.interact("help")
        discord.callbacks  # who answered which interaction

Instead of the gateway it sends interactions over HTTP to `endpoints`, to each in turn, as a load balancer does.

It knows what a bot needs to log in, to answer commands and to post. It refuses what Discord refuses: what breaks a
limit, too many requests, interactions that it did not send, a second first answer, and what follows before the first.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import ssl
import time
from collections import defaultdict
from email.utils import formatdate
from typing import Any, Self

import aiohttp
from aiohttp import WSMsgType, web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.fakes.faults import Fault
from tests.fakes.rate_limits import RateLimits
from tests.platforms.discord import limits_check

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 0, 1, 2, 6, 9, 10, 11
MESSAGE, DEFERRAL = 4, 5
INVALID = 50035
"""The code of the error for what breaks a limit."""
APPLICATION, BOT, GUILD, CHANNEL, ASKER = "1917", "1917", "25", "26", "27"
_USER = {"id": BOT, "username": "smolny", "discriminator": "0", "avatar": None, "bot": True}
_APPLICATION = {
    "id": APPLICATION, "name": "Smolny", "icon": None, "description": "", "bot_public": True, "summary": "",
    "bot_require_code_grant": False, "verify_key": "", "owner": _USER, "team": None,
}  # fmt: skip
_NOON = "2026-11-22T12:00:00+00:00"
_ALL_BUT_ADMINISTRATOR = 2**31 - 1 - 8
_MEMBER = {"user": _USER, "roles": [], "deaf": False, "mute": False, "joined_at": _NOON, "flags": 0}
PERSON = {"id": ASKER, "username": "ada", "discriminator": "0", "avatar": None}
_EPOCH = 1_420_070_400
"""The second from which Discord's ids count."""


class FakeDiscord:
    """`faults` are how the next requests for a method and a part of a path fail; a number is a status.

    With a `name` and `tls` it is at that host, which only a proxy knows.
    `servers` are told of when a bot connects, each with so many channels; their ids are those of `server_ids`.
    """

    def __init__(
        self, shards: int = 1, servers: int = 0, channels: int = 1, *, name: str = "", tls: ssl.SSLContext | None = None
    ) -> None:
        self._name, self._tls = name, tls
        self.channels = channels
        self.shards = shards
        self.server_ids = [str(1_000 + number) for number in range(servers)]
        self.sessions: list[web.WebSocketResponse] = []
        self.identified: list[tuple[int, int]] = []
        self.resumed: list[str] = []
        """Sessions that were taken up again."""
        self.callbacks: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.messages: list[dict[str, Any]] = []
        self.answers_after = 0.0
        """Seconds for which an answer to an interaction is kept waiting."""
        self.messages_sent_back = 0
        """Answers to interactions whose messages the bot asked for."""
        self.faults: dict[tuple[str, str], list[int | Fault]] = {}
        self.rate_limits = RateLimits()
        self.closed: set[str] = set()
        """Channels in which the bot may not post."""
        self.private_threads: dict[str, set[str]] = {}
        """The members of private threads, by the threads' ids: a channel's with a 2 behind. Nobody manages threads."""
        self.interactions_url: str | None = None
        self.ahead = 0.0
        """Seconds by which its clock is ahead of the right time."""
        self.starts_left = 999
        self.endpoints: list[str] = []
        self.key = Ed25519PrivateKey.generate()
        self.follow_ups: dict[str, list[dict[str, Any]]] = defaultdict(list)
        """What came after the first answer to an interaction, by its token: new messages, and edits of the first."""
        self.refused: list[tuple[int, dict[str, Any]]] = []
        """What it refused, each with the code of the error."""
        self._tokens: dict[str, str] = {}
        self._ids = itertools.count(2_000)
        self._waiting: dict[str, asyncio.Future[float]] = {}
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        server = web.Application()
        server.router.add_get("/gateway/", self._gateway)
        server.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        self._runner = web.AppRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=self._tls).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        for session in list(self.sessions):
            await session.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http{self._secure}://{self._name or f'127.0.0.1:{self.port}'}"

    @property
    def public_key(self) -> str:
        return self.key.public_key().public_bytes_raw().hex()

    async def until(self, sessions: int, seconds: float = 60.0) -> None:
        """Wait until so many bots, or shards of them, are connected."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: len(self.sessions) == sessions)

    async def connected(self, sessions: int, seconds: float = 60.0) -> None:
        """Wait until at least so many are connected."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: len(self.sessions) >= sessions)

    async def without(self, session: web.WebSocketResponse, seconds: float = 60.0) -> None:
        """Wait until a bot, or a shard of it, is no longer connected, whoever is in its place by then."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: session not in self.sessions)

    async def invalidate(self, *, resumable: bool) -> None:
        """Tell all that are connected that their session is over, or that it may be taken up again."""
        for session in self.sessions:
            await session.send_json({"op": INVALID_SESSION, "d": resumable, "s": None, "t": None})

    async def interact(self, command: str, seconds: float = 60.0) -> list[dict[str, Any]]:
        """Use a command; returns the first answers to it: more than one where several processes answered."""
        return await self.deliver(self.interaction(2, {"id": "1", "name": command, "type": 1}), seconds)

    def interaction(self, kind: int, data: dict[str, Any], *, age: float | None = None, **more: Any) -> dict[str, Any]:
        """An interaction's payload. `age` in seconds makes its id one of a moment ago; None one of long ago."""
        number = next(self._ids)
        if age is not None:
            number += int((time.time() - age - _EPOCH) * 1000) << 22
        return {
            "id": str(number), "application_id": APPLICATION, "type": kind, "token": f"token-{number}", "version": 1,
            "channel_id": CHANNEL, "channel": {"id": CHANNEL, "type": 1}, "user": PERSON, "locale": "en-US",
            "data": data, "entitlements": [], "context": 1,
            "authorizing_integration_owners": {}, "attachment_size_limit": 1_000_000, **more,
        }  # fmt: skip

    async def deliver(self, interaction: dict[str, Any], seconds: float = 60.0) -> list[dict[str, Any]]:
        """Hand an interaction to every session, or to the next endpoint; returns the first answers to it."""
        number = interaction["id"]
        self._tokens[interaction["token"]] = number
        for session in self.sessions:
            await session.send_json({"op": DISPATCH, "t": "INTERACTION_CREATE", "s": 2, "d": interaction})
        if self.endpoints:
            self.endpoints.append(self.endpoints.pop(0))
            assert await self.request(f"{self.endpoints[0]}/interactions", interaction) == (202, "")
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: bool(self.callbacks[number]))
        return self.callbacks[number]

    async def followed_up(self, interaction: dict[str, Any], seconds: float = 60.0) -> list[dict[str, Any]]:
        """What came after the first answer to an interaction, as soon as anything has."""
        token = interaction["token"]
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: bool(self.follow_ups[token]))
        return self.follow_ups[token]

    async def request(self, url: str, payload: object) -> tuple[int, str]:
        """Send a signed request to the bot; returns the status and body of its answer."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        headers = self.signed_headers(body)
        async with aiohttp.ClientSession() as client, client.post(url, data=body, headers=headers) as answer:
            return answer.status, await answer.text()

    def signed_headers(self, body: bytes, *, key: Ed25519PrivateKey | None = None, age: float = 0.0) -> dict[str, str]:
        stamp = str(int(time.time() - age))
        signature = (key or self.key).sign(stamp.encode() + body).hex()
        return {"X-Signature-Ed25519": signature, "X-Signature-Timestamp": stamp, "Content-Type": "application/json"}

    async def time_to_answer(self, interaction: dict[str, Any], seconds: float = 60.0) -> float:
        """Seconds from the handing over of an interaction to its answer, not to a deferral. There is one session."""
        (session,) = self.sessions
        self._tokens[interaction["token"]] = interaction["id"]
        frame = json.dumps({"op": DISPATCH, "t": "INTERACTION_CREATE", "s": 2, "d": interaction})
        answered: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting[interaction["token"]] = answered
        began = time.perf_counter()
        await session.send_str(frame)
        async with asyncio.timeout(seconds):
            return await answered - began

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
        if heard["op"] == RESUME:
            await session.send_json({"op": DISPATCH, "t": "RESUMED", "s": 2, "d": {}})
            async with self._changed:
                self.resumed.append(heard["d"]["session_id"])
                self.sessions.append(session)
                self._changed.notify_all()
        if heard["op"] == IDENTIFY:
            shard, count = heard["d"].get("shard", (0, 1))
            ready = {
                "v": 10, "user": _USER, "guilds": [{"id": one, "unavailable": True} for one in self.server_ids],
                "session_id": f"session-{shard}", "shard": [shard, count],
                "resume_gateway_url": self.gateway_url, "application": {"id": APPLICATION, "flags": 0},
            }  # fmt: skip
            await session.send_json({"op": DISPATCH, "t": "READY", "s": 1, "d": ready})
            for one in self.server_ids:
                await session.send_json({"op": DISPATCH, "t": "GUILD_CREATE", "s": 1, "d": self._server(one)})
            async with self._changed:
                self.identified.append((shard, count))
                self.sessions.append(session)
                self._changed.notify_all()

    async def _gone(self, session: web.WebSocketResponse) -> None:
        async with self._changed:
            if session in self.sessions:
                self.sessions.remove(session)
            self._changed.notify_all()

    def _server(self, number: str) -> dict[str, Any]:
        """A server with as many roles as it has channels, less half."""
        server = _server(number)
        (channel,), (role,) = server["channels"], server["roles"]
        server["channels"] += [{**channel, "id": f"{number}{one}"} for one in range(2, self.channels + 1)]
        server["roles"] += [{**role, "id": f"{number}{one}"} for one in range(self.channels // 2)]
        return server

    @property
    def gateway_url(self) -> str:
        return f"ws{self._secure}://{self._name or f'127.0.0.1:{self.port}'}/gateway/"

    @property
    def _secure(self) -> str:
        return "s" if self._tls else ""

    async def _rest(self, request: web.Request) -> web.Response:
        method, path = request.method, request.match_info["path"]
        fault, headers = self._fault(method, path), dict[str, str]()
        if fault is None:
            headers, fault = self.rate_limits.take(method, path)
        done = await self._done(request) if fault is None or fault.done else None
        answer = fault.answer(request) if fault else done or web.Response()
        answer.headers.update(headers)
        return answer

    def _fault(self, method: str, path: str) -> Fault | None:
        for (wanted, part), faults in self.faults.items():
            if wanted == method and part in path and faults:
                fault = faults.pop(0)
                return Fault(fault) if isinstance(fault, int) else fault
        return None

    async def _done(self, request: web.Request) -> web.Response:
        method, path = request.method, request.match_info["path"]
        body = await _body(request)
        self._note_answer(path, body)
        try:
            limits_check.check_request(method, path, body)
        except (AssertionError, KeyError) as error:
            return self._refused(INVALID, f"Invalid Form Body: {error!r}", body)
        match path.split("/"):
            case ["gateway", "bot"]:
                return _answer({"url": self.gateway_url, "shards": self.shards, "session_start_limit": self._limit})
            case ["users", "@me"]:
                return _answer(_USER)
            case ["oauth2", "applications", "@me"]:
                url = self.interactions_url
                return _answer(_APPLICATION | {"verify_key": self.public_key, "interactions_endpoint_url": url})
            case ["gateway"]:
                date = formatdate(time.time() + self.ahead, usegmt=True)
                return web.json_response({"url": self.gateway_url}, headers={"Date": date})
            case ["channels", channel] if method == "GET" and channel.endswith("1"):
                return _answer(self._channel(channel))
            case ["channels", thread] if method == "GET" and thread in self.private_threads:
                return _answer(self._thread(thread))
            case ["channels", thread, "thread-members", person] if person in self.private_threads.get(thread, ()):
                return _answer({"id": thread, "user_id": person, "join_timestamp": _NOON, "flags": 0})
            case ["channels", _, "thread-members", _]:
                return _answer({"message": "Unknown Member", "code": 10007}, 404)
            case ["guilds", server]:
                return _answer(_server(server))
            case ["guilds", server, "channels"]:
                return _answer([self._channel(channel_of(server))])
            case ["guilds", _, "members", person]:
                return _answer(_MEMBER | {"user": _USER | {"id": person}})
            case ["channels", _] if method == "GET":
                return _answer({"message": "Unknown Channel", "code": 10003}, 404)
            case ["interactions", number, token, "callback"]:
                if self._tokens.get(token) != number:
                    return self._refused(10062, "Unknown interaction", body, 404)
                return await self._answered(number, body, wants_message="with_response" in request.query)
            case ["webhooks", _, token, *_]:
                if not self.callbacks.get(self._tokens.get(token, "")):
                    return self._refused(10015, "Unknown Webhook", body, 404)
                return await self._follow_up(token, body)
            case ["channels", channel, "messages"] if method == "GET":
                return _answer([one for one in reversed(self.messages) if one["channel_id"] == channel])
            case ["channels", channel, "messages"] if method == "POST":
                return _answer(self._posted(channel, body))
        return _answer([] if method == "PUT" else {})

    def _refused(self, code: int, words: str, body: dict[str, Any], status: int = 400) -> web.Response:
        self.refused.append((code, body))
        return _answer({"message": words, "code": code}, status)

    def _posted(self, channel: str, body: dict[str, Any]) -> dict[str, Any]:
        """The message that a post makes, or has made already: a nonce that is enforced makes one message."""
        if body.get("enforce_nonce"):
            for one in self.messages:
                if (one["channel_id"], one.get("nonce")) == (channel, body["nonce"]):
                    return one
        number = str(next(self._ids))
        self.messages.append(message_of(number, {"data": body}) | {"id": number, "channel_id": channel})
        return self.messages[-1]

    @property
    def _limit(self) -> dict[str, int]:
        return {"total": 1000, "remaining": self.starts_left, "reset_after": 0, "max_concurrency": 16}

    def _channel(self, channel: str) -> dict[str, Any]:
        server = channel[:-1]
        (found,) = _server(server)["channels"]
        send_messages, manage_threads = 1 << 11, 1 << 34
        denied = send_messages * (channel in self.closed) | manage_threads * bool(self.private_threads)
        closed = {"id": server, "type": 0, "allow": "0", "deny": str(denied)}
        return {**found, "guild_id": server, "permission_overwrites": [closed]}

    def _thread(self, thread: str) -> dict[str, Any]:
        about = {"archived": False, "auto_archive_duration": 60, "archive_timestamp": _NOON, "locked": False}
        return {
            "id": thread, "type": 12, "name": "layoffs", "parent_id": thread[:-1], "guild_id": thread[:-2],
            "owner_id": ASKER, "thread_metadata": about, "message_count": 0, "member_count": 1,
        }  # fmt: skip

    def _note_answer(self, path: str, body: dict[str, Any]) -> None:
        """Tell who waits for an answer that it is there."""
        match path.split("/"):
            case ["interactions", _, token, "callback"] if body["type"] != DEFERRAL:
                pass
            case ["webhooks", _, token, "messages", "@original"]:
                pass
            case _:
                return
        if answered := self._waiting.pop(token, None):
            answered.set_result(time.perf_counter())

    async def _follow_up(self, token: str, body: dict[str, Any]) -> web.Response:
        async with self._changed:
            self.follow_ups[token].append(body)
            self._changed.notify_all()
        return _answer(message_of(str(next(self._ids)), {"data": body}))

    async def _answered(self, number: str, body: dict[str, Any], *, wants_message: bool) -> web.Response:
        self.callbacks[number].append(body)
        async with self._changed:
            self._changed.notify_all()
        await asyncio.sleep(self.answers_after)
        if len(self.callbacks[number]) > 1:
            return _answer({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        if not wants_message:
            return web.Response(status=204)
        self.messages_sent_back += 1
        return _answer(_callback(number, body))


def _server(number: str) -> dict[str, Any]:
    channel = {
        "id": channel_of(number), "type": 0, "name": "general", "position": 0, "permission_overwrites": [],
        "nsfw": False, "parent_id": None, "topic": None, "rate_limit_per_user": 0,
    }  # fmt: skip
    everyone = {
        "id": number, "name": "@everyone", "permissions": str(_ALL_BUT_ADMINISTRATOR), "position": 0, "color": 0,
        "hoist": False, "managed": False, "mentionable": False, "colors": {"primary_color": 0},
    }  # fmt: skip
    return {
        "id": number, "name": f"Study group {number}", "owner_id": ASKER, "roles": [everyone], "channels": [channel],
        "threads": [], "emojis": [], "stickers": [], "features": [], "members": [], "voice_states": [],
        "presences": [], "stage_instances": [], "guild_scheduled_events": [], "member_count": 30, "large": False,
        "joined_at": _NOON, "preferred_locale": "en-US", "verification_level": 0, "afk_timeout": 60,
        "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0,
        "premium_tier": 0, "system_channel_flags": 0, "premium_progress_bar_enabled": False, "unavailable": False,
    }  # fmt: skip


def channel_of(server: str) -> str:
    """The id of a server's only channel."""
    return f"{server}1"


def _callback(number: str, body: dict[str, Any]) -> dict[str, Any]:
    """What Discord answers to the answer to an interaction."""
    interaction = {"id": number, "type": 2, "response_message_id": f"9{number}", "response_message_loading": False}
    return {"interaction": interaction, "resource": {"type": body["type"], "message": message_of(number, body)}}


def message_of(number: str, body: dict[str, Any]) -> dict[str, Any]:
    """The message that an answer to an interaction makes."""
    said = {"content": "", "embeds": [], "components": [], "flags": 0, **(body.get("data") or {})}
    return {
        "id": f"9{number}", "channel_id": CHANNEL, "author": _USER, "timestamp": _NOON, "edited_timestamp": None,
        "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [],
        "pinned": False, "type": 20, **said,
    }  # fmt: skip


async def _body(request: web.Request) -> Any:
    if request.content_type == "multipart/form-data":
        return json.loads(str((await request.post())["payload_json"]))
    return await request.json() if request.content_type == "application/json" and request.can_read_body else {}


def _answer(body: object, status: int = 200) -> web.Response:
    # discord.py takes an answer for JSON only where the header says so and nothing more.
    return web.Response(body=json.dumps(body).encode(), headers={"Content-Type": "application/json"}, status=status)
