"""Logging in against a small REST API of our own: refusals, outages, invitations."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.core import translations
from bot.core.app import App
from bot.core.errors import SetupError
from bot.platforms.discord.adapter import Discord, sync_commands
from bot.platforms.discord.command_sync import SyncOutcome
from bot.platforms.discord.connection import Shards, fetch_invite_url, use_api, warn_of_unencrypted_api
from tests.fakes.discord import FakeDiscord
from tests.logs import capture_logs
from tests.monitoring.test_processes import free_port
from tests.processes import until
from tests.test_cli import smolny

REGISTERED, UNCHANGED = SyncOutcome.REGISTERED, SyncOutcome.UNCHANGED

BOT: dict[str, object] = {"id": "17", "username": "smolny", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION: dict[str, object] = {
    "id": "1917",
    "name": "Smolny",
    "icon": None,
    "description": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "",
    "owner": BOT,
    "team": None,
    "summary": "",
}

HEARTBEAT, IDENTIFY, RESUME, HELLO = 1, 2, 6, 10

Answer = Callable[[web.Request], web.Response]


@pytest.fixture(autouse=True)
def _discords_own_api_afterwards() -> Iterator[None]:
    yield
    use_api(None)


@pytest.fixture
def port() -> int:
    return free_port()


@asynccontextmanager
async def serving(port: int, answer: Answer) -> AsyncIterator[None]:
    async def handle(request: web.Request) -> web.Response:
        return answer(request)

    server = web.Application()
    server.router.add_route("*", "/api/v10/{rest:.*}", handle)
    async with served(server, port):
        yield


@asynccontextmanager
async def served(server: web.Application, port: int) -> AsyncIterator[int]:
    runner = web.AppRunner(server)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def json_answer(held: object, status: int = 200) -> web.Response:
    # discord.py takes an answer for JSON only where the header says so and nothing more.
    return web.Response(body=json.dumps(held), status=status, headers={"Content-Type": "application/json"})


def unauthorized(_: web.Request) -> web.Response:
    return json_answer({"message": "401: Unauthorized", "code": 0}, status=401)


def welcoming(request: web.Request) -> web.Response:
    assert request.headers["Authorization"] == "Bot token"
    if request.path.endswith("/commands"):
        return json_answer([])
    if request.path.endswith("/gateway/bot"):
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return json_answer({"url": str(DiscordWebSocket.DEFAULT_GATEWAY), "shards": 1, "session_start_limit": limit})
    return json_answer(BOT if request.path.endswith("/users/@me") else APPLICATION)


async def test_a_wrong_token_is_one_clear_sentence(app: App, port: int) -> None:
    async with serving(port, unauthorized):
        with pytest.raises(SetupError, match=r"^Discord does not accept DISCORD_TOKEN; [^.]*\.$"):
            await Discord(app, "wrong", f"http://127.0.0.1:{port}").start()


async def test_a_wrong_api_is_one_clear_sentence(app: App, port: int) -> None:
    async with serving(port, lambda _: json_answer({"message": "404: Not Found"}, status=404)):
        with pytest.raises(SetupError, match=r"answered 404; check DISCORD_API_URL"):
            await Discord(app, "token", f"http://127.0.0.1:{port}/api/v10").start()


async def test_an_outage_is_waited_out(app: App, port: int) -> None:
    platform = Discord(app, "token", f"http://127.0.0.1:{port}")
    running = asyncio.create_task(platform.start())
    await asyncio.sleep(0.3)
    assert not running.done()
    async with serving(port, unauthorized):
        with pytest.raises(SetupError):
            await asyncio.wait_for(running, 60)


async def test_closing_ends_even_the_wait_for_discord(app: App, port: int) -> None:
    platform = Discord(app, "token", f"http://127.0.0.1:{port}")
    running = asyncio.create_task(platform.start())
    await asyncio.sleep(0.1)
    await platform.close()
    await asyncio.wait_for(running, 60)


async def test_a_lost_connection_is_made_again_and_a_token_that_ceased_to_count_is_told(
    app: App, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    going_away, unknown_error, authentication_failed = 1001, 4000, 4004
    said: list[dict[str, Any]] = []
    async with (
        gateway([going_away, unknown_error, authentication_failed], said) as url,
        serving(port, welcoming),
    ):
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(url))
        with pytest.raises(SetupError, match="4004"):
            await asyncio.wait_for(Discord(app, "token", f"http://127.0.0.1:{port}").start(), 60)
    assert [one["op"] for one in said] == [IDENTIFY, RESUME, RESUME]
    only_servers = 1
    assert said[0]["d"]["intents"] == only_servers


@pytest.mark.parametrize(("code", "remedy"), [
    (4004, "copy it again"), (4010, "SHARD_IDS"), (4011, "set a higher number"), (4013, "newer"), (4014, "Bot page"),
])  # fmt: skip
async def test_why_discord_ends_a_connection_for_good_is_told_with_the_remedy(
    app: App, port: int, monkeypatch: pytest.MonkeyPatch, code: int, remedy: str
) -> None:
    async with gateway([code], []) as url, serving(port, welcoming):
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(url))
        with pytest.raises(SetupError, match=f"{code}.*{remedy}"):
            await asyncio.wait_for(Discord(app, "token", f"http://127.0.0.1:{port}").start(), 60)


async def test_only_the_shards_that_were_set_are_served(app: App, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[dict[str, Any]] = []
    async with gateway([4004], said) as url, serving(port, welcoming):
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(url))
        with pytest.raises(SetupError):
            await asyncio.wait_for(Discord(app, "token", f"http://127.0.0.1:{port}", Shards(4, (2,))).start(), 60)
    assert said[0]["d"]["shard"] == [2, 4]


async def test_refused_commands_are_told_and_the_bot_serves_on(
    app: App, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(request: web.Request) -> web.Response:
        refused = json_answer({"message": "Invalid Form Body", "code": 50035}, 400)
        return refused if request.method == "PUT" else welcoming(request)

    async with gateway([4004], []) as url, serving(port, refusing):
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(url))
        with capture_logs() as lines, pytest.raises(SetupError, match="4004"):
            await asyncio.wait_for(Discord(app, "token", f"http://127.0.0.1:{port}").start(), 60)
    [line] = [line for line in lines if line["event"] == "commands not synced"]
    assert (line["status"], line["code"]) == (400, 50035)


async def test_commands_are_registered_where_they_or_their_translations_changed(
    app: App, port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"http://127.0.0.1:{port}"
    async with serving(port, welcoming):
        assert [await sync_commands(app, "token", url) for _ in range(2)] == [REGISTERED, UNCHANGED]
        assert await sync_commands(app, "token", url, force=True) is REGISTERED
        shutil.copytree(translations._FOLDER, tmp_path / "locales")
        monkeypatch.setattr(translations, "_FOLDER", tmp_path / "locales")
        assert await sync_commands(app, "token", url) is UNCHANGED
        with (tmp_path / "locales" / "de.po").open("a", encoding="utf-8") as file:
            file.write("# another word\n")
        assert await sync_commands(app, "token", url) is REGISTERED


async def test_refused_commands_are_an_error_of_whoever_registers_them(discord: FakeDiscord, tmp_path: Path) -> None:
    discord.faults[("PUT", "commands")] = [400]
    given = {"DISCORD_TOKEN": "token", "DISCORD_API_URL": discord.url}
    refused = await asyncio.to_thread(smolny, tmp_path, "sync", **given)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Discord refused the commands, and keeps those it has" in refused.stderr


async def test_a_gateway_out_of_reach_is_waited_for(
    app: App, port: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    platform = Discord(app, "token", f"http://127.0.0.1:{port}")
    async with serving(port, welcoming):
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL("ws://127.0.0.1:9"))
        running = asyncio.create_task(platform.start())
        await until(lambda: "Failed to connect" in caplog.text)
        assert not running.done()
        [line] = [one for one in caplog.records if "Failed to connect" in one.getMessage()]
        assert (line.levelname, line.exc_info) == ("WARNING", None)
        assert "(ClientConnectorError)" in line.getMessage()
        await platform.close()
        await asyncio.wait_for(running, 60)


@asynccontextmanager
async def gateway(closings: list[int], said: list[dict[str, Any]]) -> AsyncIterator[str]:
    """A gateway that greets, lets the bot introduce itself, and closes each connection with the next of the codes."""

    async def handle(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 45_000}, "s": None, "t": None})
        while (sentence := await socket.receive_json())["op"] == HEARTBEAT:
            pass
        said.append(sentence)
        await socket.close(code=closings.pop(0))
        return socket

    server = web.Application()
    server.router.add_get("/", handle)
    async with served(server, 0) as port:
        yield f"ws://127.0.0.1:{port}"


async def test_the_invitation_asks_for_what_is_needed_and_no_more(port: int) -> None:
    async with serving(port, welcoming):
        link = urlparse(await fetch_invite_url("token", f"http://127.0.0.1:{port}"))
    asked = parse_qs(link.query)
    assert link.netloc == "discord.com"
    assert asked["client_id"] == ["1917"]
    assert asked["scope"] == ["bot applications.commands"]
    view_channel, send_messages, attach_files, read_message_history = 1 << 10, 1 << 11, 1 << 15, 1 << 16
    in_threads = 1 << 38
    needed = view_channel | send_messages | attach_files | read_message_history | in_threads
    assert asked["permissions"] == [str(needed)]


async def test_an_invitation_with_a_wrong_token_says_so(port: int) -> None:
    async with serving(port, unauthorized):
        with pytest.raises(SetupError, match="DISCORD_TOKEN"):
            await fetch_invite_url("wrong", f"http://127.0.0.1:{port}")


async def test_an_invitation_without_a_network_says_so(port: int) -> None:
    with pytest.raises(SetupError, match="cannot be reached"):
        await fetch_invite_url("token", f"http://127.0.0.1:{port}")


@pytest.mark.parametrize(
    ("url", "base"),
    [
        (None, "https://discord.com/api/v10"),
        ("", "https://discord.com/api/v10"),
        ("http://proxy:8080", "http://proxy:8080/api/v10"),
        ("http://proxy:8080/", "http://proxy:8080/api/v10"),
        ("http://proxy:8080/api/v10/", "http://proxy:8080/api/v10"),
    ],
)
def test_the_api_may_be_elsewhere(url: str | None, base: str) -> None:
    use_api(url)
    assert base == Route.BASE


@pytest.mark.parametrize(("url", "warned"), [
    (None, False), ("http://127.0.0.1:1", False), ("http://proxy:8080", False), ("https://example.org", False),
    ("http://example.org", True), ("http://93.184.215.14", True),
])  # fmt: skip
def test_a_token_in_clear_is_warned_of(url: str | None, warned: bool) -> None:
    use_api(url)
    with capture_logs() as lines:
        warn_of_unencrypted_api()
    assert bool(lines) == warned
