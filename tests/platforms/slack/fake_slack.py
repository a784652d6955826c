"""A small Slack: the Web API, Socket Mode over a real WebSocket, and response URLs, on the loopback interface.

It keeps what Slack would show, refuses what Slack would refuse, and goes wrong where a test tells it to.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from tests.platforms.slack import limits_check
from tests.platforms.slack.said import Json, Said, Trouble

TEAM, BOT_USER, BOT = "T1", "UBOT", "B1"
BOT_TOKEN, APP_TOKEN = "xoxb-one", "xapp-one"


# Commands that Slack has itself, by its help pages and by reports of refused manifests.
BUILT_IN = (
    "archive", "away", "call", "collapse", "dm", "dnd", "expand", "feed", "feedback", "invite", "join", "kick",
    "leave", "me", "msg", "mute", "open", "pro", "remind", "remove", "rename", "search", "shortcuts", "shrug",
    "star", "status", "topic", "unarchive", "who",
)  # fmt: skip


@dataclass
class FakeSlack:
    users: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    views: list[Json] = field(default_factory=list)
    homes: dict[str, Json] = field(default_factory=dict)
    files: list[tuple[str, str, bytes]] = field(default_factory=list)
    shared: dict[str, bytes] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    connections: list[str] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    troubles: dict[str, list[Trouble]] = field(default_factory=lambda: defaultdict(list))
    tokens: dict[str, str] = field(default_factory=lambda: {BOT_TOKEN: TEAM})
    silent: asyncio.Event = field(default_factory=asyncio.Event)
    refuse_sockets: bool = False
    pages: int | None = None
    deaf: bool = False
    now: datetime | None = None
    url: str = ""
    name: str = ""
    """The host that it is at, with `tls`, which only a proxy knows."""
    tls: ssl.SSLContext | None = None
    port: int = 0
    _numbers: Any = field(default_factory=lambda: count(1))
    _acks: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    _sent: dict[str, tuple[web.WebSocketResponse, Json]] = field(default_factory=dict)
    _unacknowledged: Counter[str] = field(default_factory=Counter)
    _tickets: set[str] = field(default_factory=set)
    _spots: dict[str, Json] = field(default_factory=dict)
    _triggers: dict[str, str] = field(default_factory=dict)
    _uploads: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    _connected: asyncio.Event = field(default_factory=asyncio.Event)
    _runner: web.AppRunner | None = None

    async def open(self) -> None:
        app = web.Application(client_max_size=20_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/socket/{ticket}", self._socket)
        app.router.add_post("/response/{spot}", self._response)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/shared/{file}", self._shared)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=self.tls).start()
        self.port = self._runner.addresses[0][1]
        self.url = f"https://{self.name}" if self.tls else f"http://127.0.0.1:{self.port}"

    async def close(self) -> None:
        assert self._runner
        await self._runner.cleanup()

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    def next_ts(self) -> str:
        return f"1795339800.{next(self._numbers):06d}"

    def made(self, method: str) -> list[Json]:
        """The arguments of all calls of a method."""
        return [arguments for name, arguments in self.calls if name == method]

    def fail(self, method: str, *troubles: Trouble) -> None:
        """Let the next calls of a method go wrong, one after the other."""
        self.troubles[method] += troubles

    # Socket Mode

    async def connected(self) -> None:
        await asyncio.wait_for(self._connected.wait(), 60)

    async def send(self, kind: str, payload: Json, envelope: str = "", **more: Any) -> Json:
        """Deliver something over the newest socket and wait until it is acknowledged; gives what came with that."""
        await self.connected()
        envelope = envelope or f"e{next(self._numbers)}"
        self._acks[envelope] = asyncio.get_running_loop().create_future()
        body = {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": True}
        await self._deliver(envelope, body | more)
        return await asyncio.wait_for(self._acks[envelope], 60)

    async def _deliver(self, envelope: str, body: Json) -> None:
        self._sent[envelope] = self.sockets[-1], body
        self._unacknowledged[envelope] += 1
        with suppress(ConnectionError):
            await self.sockets[-1].send_json(body)

    async def _deliver_again(self) -> None:
        """What was lost with its socket comes over the next, as Slack sends again what nobody acknowledges."""
        for envelope, (socket, body) in list(self._sent.items()):
            if envelope in self._acks and socket.closed and not self.sockets[-1].closed:
                await self._deliver(envelope, body | {"retry_attempt": 1, "retry_reason": "timeout"})

    async def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        self._connected.clear()
        await self.sockets[-1].send_json({"type": "disconnect", "reason": reason, "debug_info": {}})

    def drop(self) -> None:
        """The network goes away: no closing frame, no end of the stream that anybody is told of."""
        self._connected.clear()
        self.deaf = True

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        ticket = request.match_info["ticket"]
        if self.refuse_sockets or ticket not in self._tickets:
            return web.Response(status=503)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self.sockets.append(socket)
        self.connections.append(ticket)
        self.deaf = False
        await socket.send_json({"type": "hello", "num_connections": 1})
        self._connected.set()
        await self._deliver_again()
        async for message in socket:
            if message.type is WSMsgType.PING and not (self.deaf and socket is self.sockets[-1]):
                await socket.pong(message.data)
            if message.type is WSMsgType.TEXT:
                ack = json.loads(message.data)
                self._unacknowledged[ack["envelope_id"]] -= 1
                if self._unacknowledged[ack["envelope_id"]] < 0:
                    self.faults.append(f"{ack} acknowledges what was acknowledged before")
                waiting = self._acks.pop(ack["envelope_id"], None)
                if waiting and not waiting.done():
                    waiting.set_result(ack.get("payload") or {})
        await self._deliver_again()
        return socket

    # Response URLs

    def response_url(self, channel: str, user: str, **spot: Any) -> str:
        name = f"r{next(self._numbers)}"
        self._spots[name] = {"channel": channel, "user": user, "left": 5} | spot
        return f"{self.url}/response/{name}"

    def trigger(self) -> str:
        """What a form is opened by: once, and at once."""
        name = f"{next(self._numbers)}.trigger"
        self._triggers[name] = ""
        return name

    def expire(self) -> None:
        """What Slack has given out so far is no longer good for an answer or a form."""
        for spot in self._spots.values():
            spot["left"] = 0
        self._triggers = dict.fromkeys(self._triggers, "expired_trigger_id")

    async def _response(self, request: web.Request) -> web.StreamResponse:
        spot, payload = self._spots.get(request.match_info["spot"]), await request.json()
        if spot is None:
            return web.Response(status=404, text="no_such_hook")
        if answer := await self._trouble(request, "response_url", lambda: self._responded(spot, payload)):
            return answer
        if spot["left"] <= 0:
            return web.Response(status=404, text="used_url")
        return web.Response(text=self._responded(spot, payload))

    def _responded(self, spot: Json, payload: Json) -> str:
        self._check(limits_check.check_message, payload)
        spot["left"] -= 1
        # What replaces a message is seen by whoever saw that; anything else is as its own type says.
        replaces = payload.get("replace_original", False)
        hidden = spot.get("hidden") if replaces else payload.get("response_type", "ephemeral") == "ephemeral"
        self.said.append(
            Said(
                spot["channel"],
                payload,
                spot["ts"] if replaces else self.next_ts(),
                seen_by=spot["user"] if hidden else "",
                thread=payload.get("thread_ts", ""),
                replaces=replaces,
            )
        )
        return "ok"

    # The Web API

    def share(self, name: str, data: bytes) -> Json:
        """A file that somebody shared, as Slack describes it in messages and forms."""
        key = f"F{next(self._numbers)}"
        self.shared[key] = data
        return {"id": key, "name": name, "size": len(data), "url_private_download": f"{self.url}/shared/{key}"}

    async def _shared(self, request: web.Request) -> web.Response:
        """A shared file's bytes, for whoever brings a token."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        data = self.shared.get(request.match_info["file"])
        return web.Response(status=404) if data is None or token not in self.tokens else web.Response(body=data)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method, arguments = request.match_info["method"], await _arguments(request)
        self.calls.append((method, arguments))
        work = METHODS.get(method)
        if work is None:
            return web.json_response({"ok": False, "error": "unknown_method"})
        if answer := await self._trouble(request, method, lambda: work(self, arguments)):
            return answer
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or arguments.get("token", "")
        if token == APP_TOKEN and method != "apps.connections.open":
            return web.json_response({"ok": False, "error": "not_allowed_token_type"})
        if token not in self.tokens and token != APP_TOKEN and method not in {"oauth.v2.access", "api.test"}:
            return web.json_response({"ok": False, "error": "invalid_auth"})
        # What time it is there, where a test says so; else aiohttp gives its own.
        date = {"Date": format_datetime(self.now, usegmt=True)} if self.now else {}
        return web.json_response(work(self, arguments | {"token": token}), headers=date)

    async def _trouble(self, request: web.Request, method: str, work: Callable[[], Any]) -> web.StreamResponse | None:
        if not self.troubles[method]:
            return None
        trouble = self.troubles[method].pop(0)
        if trouble.passes:
            return None
        if trouble.cut:
            if trouble.cut in {"after", "silent"}:
                work()
            if trouble.cut == "silent":
                self.silent.set()
                await asyncio.sleep(60)
            assert request.transport
            request.transport.abort()
            return web.Response()
        headers = {} if trouble.retry_after is None else {"Retry-After": str(trouble.retry_after)}
        body = {"ok": False, "error": trouble.error} if trouble.error else {}
        return web.json_response(body, status=trouble.status, headers=headers)

    def _check(self, check: Callable[[Json], None], payload: Json) -> None:
        """Slack refuses what breaks a limit; a test that made it do so fails at its end."""
        try:
            check(payload)
        except (AssertionError, KeyError) as error:
            self.faults.append(f"{error!r} in {json.dumps(payload)[:2000]}")

    def _channel(self, arguments: Json) -> Json | None:
        return self.channels.get(arguments["channel"])

    def _refusal(self, arguments: Json) -> Json | None:
        channel = self._channel(arguments)
        if arguments["channel"].removeprefix("D") in self.users:
            return None
        if channel is None:
            return {"ok": False, "error": "channel_not_found"}
        if channel.get("is_archived"):
            return {"ok": False, "error": "is_archived"}
        return None if channel.get("is_member") or channel.get("is_im") else {"ok": False, "error": "not_in_channel"}

    def auth_test(self, arguments: Json) -> Json:
        team = self.tokens.get(arguments["token"], "")
        url = f"https://{team.lower()}.slack.com/"
        return {"ok": True, "team_id": team, "user_id": BOT_USER, "bot_id": BOT, "url": url}

    def connections_open(self, arguments: Json) -> Json:
        if arguments["token"] != APP_TOKEN:
            return {"ok": False, "error": "not_allowed_token_type"}
        ticket = f"t{next(self._numbers)}"
        self._tickets.add(ticket)
        return {"ok": True, "url": f"{self.url.replace('http', 'ws')}/socket/{ticket}"}

    def post_message(self, arguments: Json) -> Json:
        if refusal := self._refusal(arguments):
            return refusal
        self._check(limits_check.check_message, arguments)
        direct = arguments["channel"] in self.users
        channel = f"D{arguments['channel']}" if direct else arguments["channel"]
        seen_by = channel.removeprefix("D") if channel.removeprefix("D") in self.users else ""
        said = Said(channel, arguments, self.next_ts(), seen_by=seen_by, thread=arguments.get("thread_ts") or "")
        self.said.append(said)
        return {"ok": True, "channel": channel, "ts": said.ts}

    def post_ephemeral(self, arguments: Json) -> Json:
        if refusal := self._refusal(arguments):
            return refusal
        if arguments["user"] not in self.users:
            return {"ok": False, "error": "user_not_in_channel"}
        self._check(limits_check.check_message, arguments)
        thread = arguments.get("thread_ts") or ""
        said = Said(arguments["channel"], arguments, self.next_ts(), seen_by=arguments["user"], thread=thread)
        self.said.append(said)
        return {"ok": True, "message_ts": said.ts}

    def update(self, arguments: Json) -> Json:
        where = (arguments["ts"], arguments["channel"])
        hidden = [one.ts for one in self.said if one.seen_by and not one.channel.startswith("D")]
        old = [one for one in self.said if (one.ts, one.channel) == where and one.ts not in hidden]
        if not old:
            return {"ok": False, "error": "message_not_found"}
        self._check(limits_check.check_message, arguments)
        old[0].payload = old[0].payload | arguments
        return {"ok": True, "ts": arguments["ts"]}

    def history(self, arguments: Json) -> Json:
        if refusal := self._refusal(arguments):
            return refusal
        found = [one for one in self.said if one.channel == arguments["channel"] and not one.seen_by and not one.thread]
        found = [one for one in found if float(arguments["oldest"]) < float(one.ts) < float(arguments["latest"])]
        if self.pages is not None:
            # Apps outside the marketplace get one page a minute.
            if not self.pages:
                return {"ok": False, "error": "ratelimited"}
            self.pages -= 1
        limit = min(int(arguments["limit"]), 2)
        messages = [self._message(one, arguments) for one in found[::-1][:limit]]
        return {"ok": True, "messages": messages, "has_more": limit < len(found)}

    def _message(self, said: Said, arguments: Json) -> Json:
        shown = {"ts": said.ts, "user": said.payload.get("from", BOT_USER), "text": said.payload["text"]}
        shown |= {} if "from" in said.payload else {"bot_id": BOT}
        with_metadata = str(arguments.get("include_all_metadata")).lower() in {"1", "true"}
        return shown | (
            {"metadata": said.payload["metadata"]} if with_metadata and said.payload.get("metadata") else {}
        )

    def info(self, arguments: Json) -> Json:
        channel = self._channel(arguments)
        if channel is None or (channel.get("is_private") and not channel.get("is_member")):
            return {"ok": False, "error": "channel_not_found"}
        return {"ok": True, "channel": channel | {"id": arguments["channel"]}}

    def members(self, arguments: Json) -> Json:
        if refusal := self._refusal(arguments):
            return refusal
        return {"ok": True, "members": self.channels[arguments["channel"]].get("members", [*self.users])}

    def settle_step(self, arguments: Json) -> Json:
        assert arguments["function_execution_id"]
        return {"ok": True}

    def user(self, arguments: Json) -> Json:
        user = self.users.get(arguments["user"])
        if user and str(arguments.get("include_locale")).lower() not in {"1", "true"}:
            user = {name: value for name, value in user.items() if name != "locale"}
        home = {"id": arguments["user"], "team_id": self.tokens.get(arguments["token"], "")}
        return {"ok": True, "user": home | user} if user else {"ok": False, "error": "user_not_found"}

    def open_view(self, arguments: Json) -> Json:
        if refused := self._triggers.get(arguments["trigger_id"], "invalid_trigger_id"):
            return {"ok": False, "error": refused}
        self._triggers[arguments["trigger_id"]] = "exchanged_trigger_id"
        self._check(limits_check.check_view, arguments["view"])
        self.views.append(arguments["view"])
        return {"ok": True}

    def publish(self, arguments: Json) -> Json:
        self._check(limits_check.check_view, arguments["view"])
        self.homes[arguments["user_id"]] = arguments["view"]
        return {"ok": True}

    def upload_url(self, arguments: Json) -> Json:
        if not int(arguments["length"]) or not arguments["filename"]:
            return {"ok": False, "error": "invalid_arguments"}
        name = f"F{next(self._numbers)}"
        self._uploads[name] = (arguments["filename"], b"")
        return {"ok": True, "file_id": name, "upload_url": f"{self.url}/upload/{name}"}

    async def _upload(self, request: web.Request) -> web.Response:
        name = request.match_info["file"]
        form = await request.read()
        self._uploads[name] = (self._uploads[name][0], form)
        return web.Response(text="OK")

    def complete_upload(self, arguments: Json) -> Json:
        arguments = arguments | {"channel": arguments["channel_id"]}
        channel = arguments["channel"]
        if not channel.startswith("D") and (refusal := self._refusal(arguments)):
            return refusal
        files = arguments["files"] if isinstance(arguments["files"], list) else json.loads(arguments["files"])
        if any(not self._uploads.get(one["id"], ("", b""))[1] for one in files):
            return {"ok": False, "error": "file_not_found"}
        self.files += [(channel, *self._uploads.pop(one["id"])) for one in files]
        return {"ok": True, "files": [{"id": one["id"]} for one in files]}

    def access(self, arguments: Json) -> Json:
        team = arguments["code"]
        self.tokens[f"xoxb-{team}"] = team
        return {
            "ok": True,
            "access_token": f"xoxb-{team}",
            "token_type": "bot",
            "bot_user_id": BOT_USER,
            "app_id": "A1",
            "scope": "chat:write",
            "team": {"id": team, "name": "A study group"},
            "authed_user": {"id": "U1"},
        }

    def counted(self) -> Counter[str]:
        """How often each method was called."""
        return Counter(method for method, _ in self.calls)


METHODS: dict[str, Callable[[FakeSlack, Json], Json]] = {
    "api.test": lambda _, arguments: {"ok": True, "args": arguments},
    "auth.test": FakeSlack.auth_test,
    "apps.connections.open": FakeSlack.connections_open,
    "chat.postMessage": FakeSlack.post_message,
    "chat.postEphemeral": FakeSlack.post_ephemeral,
    "chat.update": FakeSlack.update,
    "conversations.history": FakeSlack.history,
    "conversations.info": FakeSlack.info,
    "conversations.members": FakeSlack.members,
    "users.info": FakeSlack.user,
    "functions.completeSuccess": FakeSlack.settle_step,
    "functions.completeError": FakeSlack.settle_step,
    "views.open": FakeSlack.open_view,
    "views.publish": FakeSlack.publish,
    "files.getUploadURLExternal": FakeSlack.upload_url,
    "files.completeUploadExternal": FakeSlack.complete_upload,
    "oauth.v2.access": FakeSlack.access,
}

Send = Callable[..., Awaitable[Json]]


async def _arguments(request: web.Request) -> Json:
    """A call's arguments, whichever of its three ways slack_sdk sends them."""
    arguments: Json = dict(request.query)
    if request.content_type == "application/json":
        arguments |= await request.json()
        return arguments
    posted = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return arguments | posted
