"""Interactions over HTTP: real requests with real signatures, to the adapter and to real processes."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
from asyncio.selector_events import _SelectorSocketTransport  # type: ignore[attr-defined]  # its writes are what a peer gets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from discord import Permissions

from bot.core.app import App
from bot.core.errors import SetupError
from bot.core.reply import Prose, Reply
from bot.platforms.discord.adapter import Discord
from bot.platforms.discord.connection import InteractionsEndpoint
from tests.command_line import Program
from tests.fakes.discord import CHANNEL, GUILD, PERSON, FakeDiscord, channel_of
from tests.monitoring.test_processes import free_port
from tests.platforms.discord.limits_check import walk
from tests.platforms.discord.test_standby import process
from tests.processes import until

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
MESSAGE, DEFERRED, UPDATE, CHOICES, FORM = 4, 5, 7, 8, 9
EPHEMERAL = 64


def url(discord: FakeDiscord, path: str = "interactions") -> str:
    return f"{discord.endpoints[0]}/{path}"


def option(name: str, value: str, **more: object) -> dict[str, object]:
    return {"name": name, "type": 3, "value": value, **more}


def quote(discord: FakeDiscord, words: str, **more: Any) -> dict[str, Any]:
    return discord.interaction(
        COMMAND, {"id": "1", "name": "quote", "type": 1, "options": [option("words", words)]}, **more
    )


def custom_id(answer: dict[str, Any], label: str) -> str:
    found = [one["custom_id"] for one in walk(answer["data"]["components"]) if one.get("label") == label]
    return str(found[0])


async def test_a_ping_is_answered_with_a_pong(bot: Discord, discord: FakeDiscord) -> None:
    status, body = await discord.request(url(discord), {"type": 1})
    assert (status, json.loads(body)) == (200, {"type": 1})
    assert await discord.request(url(discord, "events"), {"type": 0, "version": 1}) == (204, "")


async def test_no_gateway_is_connected_to(bot: Discord, discord: FakeDiscord) -> None:
    assert bot.is_ready()
    assert bot.fault() == ""
    assert discord.sessions == []
    assert discord.identified == []


async def test_a_command_is_answered(bot: Discord, discord: FakeDiscord) -> None:
    (answer,) = await discord.deliver(quote(discord, "gunpowder"))
    assert answer["type"] == MESSAGE
    assert "gunpowder" in str(answer["data"]["components"])


async def test_a_press_changes_the_message_it_was_made_on(bot: Discord, discord: FakeDiscord) -> None:
    (answer,) = await discord.deliver(quote(discord, "peace"))
    message = {
        "id": "3000", "channel_id": CHANNEL, "author": PERSON, "content": "", "attachments": [], "embeds": [],
        "mentions": [], "mention_roles": [], "type": 0, "pinned": False, "tts": False, "mention_everyone": False,
        "edited_timestamp": None, "timestamp": "2026-11-22T09:30:00+00:00", "flags": EPHEMERAL,
        "components": answer["data"]["components"],
    }  # fmt: skip
    pressed = {"custom_id": custom_id(answer, "In context"), "component_type": 2}
    (changed,) = await discord.deliver(discord.interaction(COMPONENT, pressed, message=message))
    assert changed["type"] == UPDATE
    assert changed["data"]["components"] != answer["data"]["components"]
    assert discord.messages_sent_back == 0


@pytest.mark.parametrize("words", ["gunpowder", "speech 99", "gunpowder -commune"])
async def test_the_bytes_of_an_answer_are_written_before_it_is_logged(
    bot: Discord, discord: FakeDiscord, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await discord.deliver(quote(discord, "peace"))  # which opens the connection
    bot.dispatcher.app.observe = lambda what, platform, outcome, seconds: order.append("noted")
    order: list[str] = []
    write = _SelectorSocketTransport.write

    def written(transport: Any, data: bytes) -> None:
        write(transport, data)
        if b"/callback HTTP" in data:
            order.append("written")

    monkeypatch.setattr(_SelectorSocketTransport, "write", written)
    await discord.deliver(quote(discord, words))
    await until(lambda: len(order) > 1)
    assert order == ["written", "noted"]


async def test_a_half_typed_word_is_completed(bot: Discord, discord: FakeDiscord) -> None:
    typed = {"id": "1", "name": "quote", "type": 1, "options": [option("words", "speech", focused=True)]}
    (answer,) = await discord.deliver(discord.interaction(AUTOCOMPLETE, typed))
    assert answer["type"] == CHOICES
    assert answer["data"]["choices"]


async def test_a_button_that_asks_opens_a_form_and_the_form_is_answered(bot: Discord, discord: FakeDiscord) -> None:
    asks = "1.0~quiz.report~What's wrong with it?~none"
    (form,) = await discord.deliver(discord.interaction(COMPONENT, {"custom_id": asks, "component_type": 2}))
    assert form["type"] == FORM
    filled = {"type": 18, "id": 1, "component": {"type": 4, "id": 2, "custom_id": "typed", "value": "It is wrong"}}
    submitted = {"custom_id": form["data"]["custom_id"], "components": [filled]}
    (answer,) = await discord.deliver(discord.interaction(MODAL, submitted))
    assert answer["type"] == MESSAGE
    assert answer["data"]["flags"] & EPHEMERAL


ENDLESS_POLL: dict[str, object] = {"question": {"text": "gunpowder"}, "answers": [], "expiry": None}


@pytest.mark.parametrize("said", [{"content": "only the gunpowder of the Commune"}, {"poll": ENDLESS_POLL}], ids=list)
async def test_a_command_on_a_message_reads_the_message(
    bot: Discord, discord: FakeDiscord, said: dict[str, Any]
) -> None:
    message = {
        "id": "3000", "channel_id": CHANNEL, "author": PERSON, "content": "", **said, "attachments": [],
        "embeds": [], "mentions": [], "mention_roles": [], "type": 0, "pinned": False, "tts": False,
        "mention_everyone": False, "edited_timestamp": None, "timestamp": "2026-11-22T09:30:00+00:00", "components": [],
    }  # fmt: skip
    data = {
        "id": "1", "name": "Find this passage", "type": 3, "target_id": "3000",
        "resolved": {"messages": {"3000": message}},
    }  # fmt: skip
    (answer,) = await discord.deliver(discord.interaction(COMMAND, data))
    assert "gunpowder" in str(answer["data"]["components"])


OLD = {
    "a command": {"name": "quotation"},
    "an option": {"name": "quote", "options": [{"name": "sentence", "type": 3, "value": "peace"}]},
    "a subcommand": {"name": "daily", "options": [{"name": "begin", "type": 1}]},
    "a group": {"name": "daily"},
    "a command on a message": {"name": "Find this", "type": 3, "target_id": "3000", "resolved": {"messages": {}}},
}
"""What Discord may still show where the bot's commands have changed."""


@pytest.mark.parametrize("data", OLD.values(), ids=OLD)
async def test_who_uses_what_there_is_no_more_is_told_to_reload(
    bot: Discord, discord: FakeDiscord, data: dict[str, Any]
) -> None:
    (answer,) = await discord.deliver(discord.interaction(COMMAND, {"id": "1", "type": 1} | data))
    assert answer["data"]["flags"] & EPHEMERAL
    assert "reload Discord" in str(answer["data"]["components"])
    typing = {"type": 1, "options": [{"name": "words", "type": 3, "value": "pea", "focused": True}]}
    (choices,) = await discord.deliver(discord.interaction(AUTOCOMPLETE, data | typing | {"name": "quotation"}))
    assert choices["data"] == {"choices": []}


@pytest.mark.parametrize("components", ["words", [], [1], [{"type": 18, "component": {"value": "words"}}]], ids=str)
async def test_a_form_that_no_button_opens_is_refused(bot: Discord, discord: FakeDiscord, components: object) -> None:
    (answer,) = await discord.deliver(quote(discord, "peace"))
    sent = {"custom_id": custom_id(answer, "In context"), "components": components}
    (refusal,) = await discord.deliver(discord.interaction(MODAL, sent))
    assert refusal["data"]["flags"] & EPHEMERAL
    assert "Please ask again" in str(refusal["data"]["components"])


async def test_what_takes_long_is_deferred_and_then_answered(bot: Discord, discord: FakeDiscord) -> None:
    asked = quote(discord, "gunpowder", age=2.5)
    (answer,) = await discord.deliver(asked)
    assert answer["type"] == DEFERRED
    (message,) = await discord.followed_up(asked)
    assert "gunpowder" in str(message["components"])


def in_server(discord: FakeDiscord, command: str, permissions: int = 0, **more: Any) -> dict[str, Any]:
    """A command of two words in a server's channel, by somebody with these permissions."""
    member = {
        "user": PERSON, "permissions": str(permissions), "roles": [], "deaf": False, "mute": False, "flags": 0,
        "joined_at": "2026-11-22T09:30:00+00:00", "premium_since": None, "nick": None, "avatar": None,
    }  # fmt: skip
    group, name = command.split()
    data = {"id": "1", "name": group, "type": 1, "options": [{"name": name, "type": 1, "options": []}]}
    channel = {"id": CHANNEL, "type": 0, "name": "october", "position": 0}
    return discord.interaction(COMMAND, data, member=member, guild_id=GUILD, channel=channel, context=0, **more)


async def test_who_may_manage_a_server_is_read_from_the_interaction(bot: Discord, discord: FakeDiscord) -> None:
    (answer,) = await discord.deliver(in_server(discord, "daily list"))
    assert "Only admins" in str(answer["data"]["components"])
    manage_guild = 1 << 5
    (answer,) = await discord.deliver(in_server(discord, "daily list", manage_guild))
    assert "Only admins" not in str(answer["data"]["components"])


async def test_what_the_bot_may_do_there_is_read_from_the_interaction(bot: Discord, discord: FakeDiscord) -> None:
    """Discord is asked nothing, and what was right a moment ago counts for nothing."""
    allowed = Permissions(view_channel=True, read_message_history=True)
    start = in_server(discord, "quiz start", app_permissions=str(allowed.value))
    (answer,) = await discord.deliver(start)
    assert "Please allow me in this channel: Send Messages." in str(answer["data"]["components"])
    # Who has the bot for themselves alone is where it is not.
    alone = in_server(
        discord, "quiz start", app_permissions=str(allowed.value), authorizing_integration_owners={"1": PERSON["id"]}
    )
    (answer,) = await discord.deliver(alone)
    assert "Send Messages" not in str(answer["data"]["components"])
    allowed.update(send_messages=True)
    (answer,) = await discord.deliver(in_server(discord, "quiz start", app_permissions=str(allowed.value)))
    assert "First question" in str(answer["data"]["components"])


async def test_a_channel_of_another_server_is_none_that_anybody_sees(bot: Discord, discord: FakeDiscord) -> None:
    channels = [channel_of("25"), channel_of("30")]
    assert await bot.visible_channels(str(PERSON["id"]), "30", channels) == {channels[1]: "#general"}


async def test_a_private_thread_is_seen_by_its_members_alone(bot: Discord, discord: FakeDiscord) -> None:
    thread, owner = f"{channel_of('30')}2", str(PERSON["id"])
    discord.private_threads[thread] = {"7"}
    for person, sees in (("7", True), ("8", False), (owner, True)):
        assert bool(await bot.visible_channels(person, "30", [thread])) == sees
    assert await bot.visible_channels("7", "30", [thread]) == {thread: "#layoffs"}


def text_field(name: str, value: str) -> dict[str, object]:
    return {"type": 18, "id": 1, "component": {"type": 4, "id": 2, "custom_id": name, "value": value}}


@pytest.mark.parametrize("channel", [channel_of("30"), "0", "general", "²"])
async def test_no_form_sends_anything_to_another_servers_channel(
    bot: Discord, discord: FakeDiscord, channel: str
) -> None:
    """Discord offers a server's own channels; who makes a form up may name any."""
    at = [text_field("time", "9:00"), text_field("timezone", "Europe/London")]
    for name, more in {"daily set": at, "quiz schedule": at, "setup": at, "settings": []}.items():
        fields = [text_field("channel", channel), *more]
        sent = in_server(discord, "daily list", 1 << 5) | {"type": MODAL}
        sent["data"] = {"custom_id": f"1.0~form~~/{name}", "components": fields}
        (answer,) = await discord.deliver(sent)
        assert answer["data"]["flags"] & EPHEMERAL
        assert "that channel" in str(answer["data"]["components"]), (name, answer)
    (answer,) = await discord.deliver(in_server(discord, "daily list", 1 << 5))
    assert "No daily facts yet" in str(answer["data"]["components"])


@pytest.mark.parametrize(
    ("key", "age", "headers"),
    [
        pytest.param(Ed25519PrivateKey.generate(), 0, {}, id="another key"),
        pytest.param(None, 301, {}, id="old"),
        pytest.param(None, -330, {}, id="of the future"),
        pytest.param(None, 0, {"X-Signature-Ed25519": ""}, id="unsigned"),
        pytest.param(None, 0, {"X-Signature-Ed25519": 127 * "0"}, id="short"),
        pytest.param(None, 0, {"X-Signature-Ed25519": 128 * "0"}, id="zeros"),
        pytest.param(None, 0, {"X-Signature-Ed25519": 128 * "é"}, id="no digits"),
        pytest.param(None, 0, {"X-Signature-Timestamp": ""}, id="no time"),
        pytest.param(None, 0, {"X-Signature-Timestamp": "soon"}, id="a word for a time"),
        pytest.param(None, 0, {"X-Signature-Timestamp": 50 * "9"}, id="a huge time"),
    ],
)
@pytest.mark.parametrize("path", ["interactions", "events"])
async def test_what_discord_did_not_sign_just_now_is_one_short_401(
    bot: Discord,
    discord: FakeDiscord,
    key: Ed25519PrivateKey | None,
    age: float,
    headers: dict[str, str],
    path: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    signed = discord.signed_headers(b'{"type":1}', key=key, age=age) | headers
    async with (
        aiohttp.ClientSession() as client,
        client.post(url(discord, path), data=b'{"type":1}', headers=signed) as answer,
    ):
        assert (answer.status, await answer.text()) == (401, "Unauthorized")
        assert "Server" not in answer.headers
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]


async def test_another_body_than_the_signed_one_is_refused(bot: Discord, discord: FakeDiscord) -> None:
    headers = discord.signed_headers(b'{"type":1}')
    async with aiohttp.ClientSession() as client:
        async with client.post(url(discord), data=b'{"type":2}', headers=headers) as answer:
            assert answer.status == 401
        async with client.get(url(discord)) as answer:
            assert answer.status == 405


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"7", b"{}", b'{"type":2}', b'{"type":"x"}', b"[" * 9_000, b"\xff"],
    ids=lambda body: repr(body[:20]),
)
@pytest.mark.parametrize("path", ["interactions", "events"])
async def test_what_is_signed_and_not_understood_is_refused_in_a_line(
    bot: Discord, discord: FakeDiscord, body: bytes, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    status, _ = await discord.request(url(discord, path), body)
    assert status in ({400} if path == "interactions" else {204, 400})
    assert caplog.text.count("not understood") == (status == 400)
    assert "Traceback" not in caplog.text
    (answer,) = await discord.deliver(quote(discord, "gunpowder"))
    assert answer["type"] == MESSAGE


async def test_the_key_of_another_application_is_one_clear_sentence(app: App, discord: FakeDiscord) -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    platform = Discord(app, "token", discord.url, InteractionsEndpoint(other, port=0))
    with pytest.raises(SetupError, match="DISCORD_PUBLIC_KEY"):
        await asyncio.wait_for(platform.start(), 60)


async def test_it_says_where_it_cannot_listen(app: App, discord: FakeDiscord) -> None:
    access = InteractionsEndpoint(discord.public_key, port=0, host="192.0.2.1")
    with pytest.raises(SetupError, match="DISCORD_HOST"):
        await asyncio.wait_for(Discord(app, "token", discord.url, access).start(), 60)


def added(**data: object) -> dict[str, object]:
    event = {"type": "APPLICATION_AUTHORIZED", "timestamp": "2026-11-22T09:30:00Z", "data": {"user": PERSON, **data}}
    return {"version": 1, "application_id": "1917", "type": 1, "event": event}


async def test_a_server_that_adds_the_bot_hears_hello(bot: Discord, discord: FakeDiscord) -> None:
    assert await discord.request(url(discord, "events"), added(integration_type=0, guild={"id": "25"})) == (204, "")
    async with asyncio.timeout(60):
        while not discord.messages:  # noqa: ASYNC110 - another task's progress.
            await asyncio.sleep(0.01)
    (hello,) = discord.messages
    assert hello["channel_id"] == channel_of("25")
    assert "Try a quotation" in str(hello["components"])


@pytest.mark.parametrize("data", [{"integration_type": 1}, {}])
async def test_who_adds_the_bot_for_themselves_hears_nothing(
    bot: Discord, discord: FakeDiscord, data: dict[str, object]
) -> None:
    assert await discord.request(url(discord, "events"), added(**data)) == (204, "")
    await asyncio.sleep(0.1)
    assert discord.messages == []


async def test_a_post_goes_out_by_rest(bot: Discord, discord: FakeDiscord) -> None:
    assert await bot.post(CHANNEL, Reply(parts=(Prose("A fact"),)), "a key")
    (message,) = discord.messages
    assert message["nonce"] == "a key"


async def test_what_is_being_answered_is_answered_before_it_stops(bot: Discord, discord: FakeDiscord) -> None:
    discord.answers_after = 0.3
    asked = quote(discord, "gunpowder", age=2.5)
    await discord.deliver(asked)
    await bot.close()
    assert discord.follow_ups[asked["token"]]
    with pytest.raises(aiohttp.ClientConnectionError):
        await discord.request(url(discord), {"type": 1})


@asynccontextmanager
async def workers(
    discord: FakeDiscord, folder: Path, ports: list[int], **settings: str
) -> AsyncIterator[list[Program]]:
    """Real processes with one store, each at its port, behind a load balancer."""
    shared = {
        "DISCORD_PUBLIC_KEY": discord.public_key,
        "DATABASE_URL": f"sqlite:///{folder / 'shared.db'}",
        "DATA_DIR": str(folder / "data"),
    }
    async with AsyncExitStack() as stack:
        started = []
        for port in ports:
            more = shared | {"DISCORD_PORT": str(port)}
            started.append(await stack.enter_async_context(process(discord, folder, f"log-{port}", **more)))
            await listens(discord, f"http://127.0.0.1:{port}/discord/interactions")
        discord.endpoints = [f"http://127.0.0.1:{port}/discord" for port in ports]
        yield started


async def listens(discord: FakeDiscord, address: str) -> None:
    async with asyncio.timeout(60):
        while True:
            with suppress(aiohttp.ClientConnectionError):
                assert await discord.request(address, {"type": 1}) == (200, '{"type": 1}')
                return
            await asyncio.sleep(0.05)


async def test_two_workers_share_the_work_and_neither_waits_for_the_other(discord: FakeDiscord, folder: Path) -> None:
    ports = [free_port(), free_port()]
    async with workers(discord, folder, ports) as (first, second):
        for _ in range(4):
            asked = quote(discord, "gunpowder")
            (answer,) = await discord.deliver(asked)
            if answer["type"] == DEFERRED:  # on a busy machine
                await discord.followed_up(asked)
        # The line of an answer is written after it.
        logs = [folder / f"log-{port}" for port in ports]
        await until(lambda: [one.read_text().count('"command":"/quote"') for one in logs] == [2, 2])
        assert not [one for one in logs if "standing by" in one.read_text()]
        first.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(first.wait(), 60) == 0
        discord.endpoints = [f"http://127.0.0.1:{ports[1]}/discord"]
        assert len(await discord.deliver(quote(discord, "gunpowder"))) == 1
        assert second.returncode is None
        assert discord.sessions == []
