"""Staying connected, answering once, and stopping without losing an answer."""

from __future__ import annotations

import asyncio
import json
import logging
import time

import aiohttp
import pytest

from bot.core.app import App
from bot.core.errors import SetupError
from bot.platforms.slack.adapter import API, Slack, Tokens
from bot.platforms.slack.inbound.payloads import Request
from bot.platforms.slack.transport import socket_mode
from bot.platforms.slack.transport.socket_mode import SocketMode
from bot.platforms.slack.transport.workspaces import Workspaces
from tests.logs import capture_logs
from tests.platforms.slack import conftest
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, BOT_USER, FakeSlack
from tests.platforms.slack.people import Someone, settle
from tests.platforms.slack.said import Json, Trouble
from tests.processes import until

PING = 0.2  # seconds
SOON = 60.0  # seconds, of which a busy machine takes many


@pytest.fixture
def ping() -> float:
    return PING


async def test_a_dropped_socket_is_noticed_soon(ada: Someone, fake: FakeSlack) -> None:
    fake.drop()
    await asyncio.wait_for(fake.connected(), SOON)
    assert await ada.types("/quote gunpowder")


async def test_no_proxy_exempts_slack(app: App, fake: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    slack, serving = await conftest.start(app, fake)
    assert await Someone(fake, slack).types("/quote gunpowder")
    await conftest.stop(slack, serving)


async def test_a_proxy_of_the_environment_carries_all_that_slack_is_asked(
    slack: Slack, fake: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readline()).split()[1])
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(carry, "127.0.0.1", 0) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        away = Workspaces(API, slack._token_of, slack.logger)
        away.open()
        for call in (
            away.client().api_test(),
            away.respond("https://hooks.slack.com/1", {}),
            slack.workspaces.download("T1", "https://files.slack.com/1"),
        ):
            with pytest.raises(aiohttp.ClientHttpProxyError):
                await call
        await away.close()
    assert asked == [f"{name}slack.com:443".encode() for name in ("", "hooks.", "files.")]


async def test_it_says_whether_it_is_connected(slack: Slack, fake: FakeSlack) -> None:
    async def until(fault: str) -> None:
        async with asyncio.timeout(SOON):
            while slack.fault() != fault:  # noqa: ASYNC110 - the library tells nobody.
                await asyncio.sleep(0.01)

    await until("")
    fake.refuse_sockets = True
    await fake.sockets[-1].close()
    await until("not connected")
    fake.refuse_sockets = False
    await until("")
    await slack.close()
    assert slack.fault() == "not connected"


async def test_a_socket_that_slack_closes_comes_back_at_once(ada: Someone, fake: FakeSlack) -> None:
    fake._connected.clear()
    await fake.sockets[-1].close()
    await asyncio.wait_for(fake.connected(), SOON)
    assert await ada.types("/quote gunpowder")


async def test_what_is_lost_with_its_socket_comes_over_the_next_and_is_answered_once(
    ada: Someone, fake: FakeSlack
) -> None:
    await fake.sockets[-1].close()
    assert len(await ada.types("/quote gunpowder")) == 1
    assert len(fake.connections) == 2


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "too_many_websockets"])
async def test_slack_may_ask_for_a_new_connection(ada: Someone, fake: FakeSlack, reason: str) -> None:
    await fake.ask_to_reconnect(reason)
    await asyncio.wait_for(fake.connected(), SOON)
    assert len(fake.connections) == 2
    assert await ada.types("/quote gunpowder")


async def test_after_an_outage_a_new_address_is_asked_for(ada: Someone, fake: FakeSlack) -> None:
    fake.refuse_sockets = True
    await fake.ask_to_reconnect()
    await asyncio.sleep(4 * PING)
    # The address that was given out before the outage is good no more.
    fake._tickets.clear()
    fake.refuse_sockets = False
    await asyncio.wait_for(fake.connected(), SOON)
    assert await ada.types("/quote gunpowder")


@pytest.mark.parametrize("error", ["account_inactive", "token_revoked", "invalid_auth"])
async def test_a_token_that_was_revoked_is_logged_once_and_works_when_it_is_mended(
    ada: Someone, fake: FakeSlack, monkeypatch: pytest.MonkeyPatch, error: str
) -> None:
    monkeypatch.setattr(socket_mode, "_REFUSED", 0.2)
    fake.fail("apps.connections.open", *[Trouble(error=error)] * 5)
    fake._connected.clear()
    with capture_logs() as logged:
        await fake.sockets[-1].close()
        await until(lambda: ada.slack.fault() == f"not connected ({error})", SOON)
        await asyncio.wait_for(fake.connected(), SOON)
    [line] = [line for line in logged if line["log_level"] == "error"]
    assert line["reason"] == error
    assert "SLACK_APP_TOKEN" in line["remedy"]
    assert await ada.types("/quote gunpowder")
    assert ada.slack.fault() == ""


async def test_an_event_that_comes_again_is_answered_once(ada: Someone, fake: FakeSlack) -> None:
    event = {
        "type": "app_mention",
        "user": "U1",
        "text": f"<@{BOT_USER}> quote gunpowder",
        "ts": "1.1",
        "channel": "C1",
    }
    assert len(await ada.event(event, "Ev1")) == 1
    assert await ada.event(event, "Ev1") == []
    assert len(await ada.event(event, "Ev2")) == 1


async def test_a_command_that_comes_again_is_answered_once(slack: Slack, fake: FakeSlack) -> None:
    body = {"command": "/quote", "text": "gunpowder", "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
    body |= {"trigger_id": "1.2.3", "response_url": fake.response_url("C1", "U1")}
    for _ in range(2):
        await fake.send("slash_commands", body, "e-same")
        await settle(slack)
    assert len(fake.said) == 1


COMMAND: Json = {
    "command": "/quote", "text": "gunpowder", "team_id": "T1", "channel_id": "C1", "user_id": "U1", "user_name": "ada",
}  # fmt: skip
PRESS: Json = {
    "type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1", "username": "ada", "team_id": "T1"},
    "channel": {"id": "C1"}, "container": {}, "message": {},
    "actions": [{"type": "button", "action_id": "1~act~0~again~", "block_id": "0~U1~", "value": "/quote|gunpowder"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "body", "key"),
    [
        *(("slash_commands", COMMAND, key) for key in COMMAND if key != "command"),
        # Of the rest, slack-bolt itself has to make something before anybody can be answered.
        *(("interactive", PRESS, key) for key in PRESS if key not in {"type", "actions"}),
    ],
)
@pytest.mark.parametrize("held", [None, [], {}, [5], ...])
async def test_who_has_an_acknowledgement_is_not_left_without_an_answer(
    slack: Slack, fake: FakeSlack, kind: str, body: Json, key: str, held: object
) -> None:
    spoilt = {name: value for name, value in (body | {key: held}).items() if value is not ...}
    where = fake.response_url("C1", "U1", ts=fake.next_ts())
    await fake.send(kind, spoilt | {"trigger_id": "1.2.3", "response_url": where})
    await until(lambda: fake.said)


WHO = {"team": {"id": "T9"}, "user": {"id": "U1"}, "trigger_id": "1.2"}
WITHOUT_ANSWER = [
    (
        "slash_commands",
        {"command": "/quote", "text": "gunpowder", "team_id": "T9", "channel_id": "C1", "user_id": "U1"},
    ),
    (
        "interactive",
        {"type": "block_actions", "actions": [{"type": "button", "action_id": "1", "block_id": "2"}], **WHO},
    ),
    ("interactive", {"type": "message_action", "callback_id": "find", "message": {"text": "gunpowder"}, **WHO}),
    ("events_api", {"type": "event_callback", "team_id": "T9", "event": {"type": "app_home_opened", "user": "U1"}}),
]


@pytest.mark.parametrize(("kind", "body"), WITHOUT_ANSWER)
async def test_what_takes_no_answer_is_acknowledged_before_anything_is_asked(
    slack: Slack, fake: FakeSlack, kind: str, body: dict[str, object]
) -> None:
    """Not even whose workspace it is of, which Slack may take longer to tell than it waits."""
    fake.fail("auth.test", Trouble(status=429, retry_after=40))
    assert await asyncio.wait_for(fake.send(kind, body), 60) == {}
    await until(lambda: not fake.troubles["auth.test"])


async def test_what_cannot_be_acknowledged_just_now_is_answered_all_the_same(ada: Someone, fake: FakeSlack) -> None:
    connection = ada.slack.connection
    assert isinstance(connection, SocketMode)
    assert connection._socket
    assert connection._socket.current_session
    body = {"command": "/quote", "text": "gunpowder", "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
    body |= {"trigger_id": "1.2.3", "response_url": fake.response_url("C1", "U1")}
    await connection._socket.current_session.close()
    envelope = {"type": "slash_commands", "envelope_id": "e-lost", "payload": body}
    await connection._socket.enqueue_message(json.dumps(envelope))
    await until(lambda: len(fake.said) == 1, SOON)


async def test_the_bot_does_not_answer_bots(ada: Someone) -> None:
    event = {"type": "app_mention", "user": "U1", "bot_id": "B9", "text": f"<@{BOT_USER}> help", "ts": "1.1"}
    assert await ada.event(event | {"channel": "C1"}) == []


@pytest.mark.parametrize(("line", "only_reads"), [("/quote gunpowder", True), ("/quiz timezone Tokyo", False)])
async def test_only_what_changes_something_waits_for_the_store(
    ada: Someone, fake: FakeSlack, app: App, line: str, only_reads: bool
) -> None:
    command, _, text = line.partition(" ")
    body = {"command": command, "text": text, "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
    body |= {"trigger_id": "1", "response_url": fake.response_url("C1", "U1")}
    assert app.store
    async with app.store.transaction():
        # While the store is busy, nobody knows whether it came before. It is acknowledged all the same.
        await fake.send("slash_commands", body)
        if only_reads:
            await settle(ada.slack)
        assert len(fake.said) == only_reads
    await settle(ada.slack)
    assert len(fake.said) == 1


async def test_what_slack_sends_again_to_another_process_is_answered_once(
    ada: Someone, fake: FakeSlack, app: App
) -> None:
    event = {"type": "app_mention", "user": "U1", "text": f"<@{BOT_USER}> quote gunpowder", "ts": "1.1"}
    body = {"type": "event_callback", "team_id": "T1", "event": event | {"channel": "C1"}, "event_id": "Ev1"}
    await fake.send("events_api", body)
    await settle(ada.slack)
    await ada.slack.deduplication.close()
    other, serving = await conftest.start(app, fake)
    await until(lambda: len(fake.sockets) == 2)
    await fake.send("events_api", body, retry_attempt=1, retry_reason="timeout")
    await settle(other)
    await conftest.stop(other, serving)
    assert len(fake.said) == 1


async def test_a_429_is_waited_out_and_answered_once(ada: Someone, fake: FakeSlack) -> None:
    fake.fail("response_url", Trouble(status=429, retry_after=0))
    assert len(await ada.types("/quote gunpowder")) == 1


ENDLESS = 10**9
"""Seconds for which nobody waits."""


@pytest.mark.parametrize("line", ["/quote gunpowder", "/daily list"])
async def test_where_slack_wants_to_be_left_alone_for_long_nobody_is_kept_waiting(
    ada: Someone, fake: FakeSlack, line: str
) -> None:
    """Whichever way the answer takes, and whatever is asked for it."""
    fake.fail("response_url", Trouble(status=429, retry_after=ENDLESS))
    fake.fail("users.info", Trouble(status=429, retry_after=ENDLESS))
    fake.fail("conversations.info", Trouble(status=429, retry_after=ENDLESS))
    async with asyncio.timeout(60):
        assert await ada.types(line)


async def test_names_are_not_waited_for(ada: Someone, fake: FakeSlack) -> None:
    fake.fail("users.info", Trouble(status=429, retry_after=600))
    started = time.perf_counter()
    assert await ada.types("/event today")
    for _ in range(5):
        boris = ada.slack.dispatcher.context(Request("T1", "U2", "C1"), "boris").asker
        assert (await boris.person()).name == "boris"
    assert time.perf_counter() - started < 60
    # A thousand people may press at once: nobody is asked for again so soon.
    assert fake.counted()["users.info"] == 1


async def test_rights_are_waited_for(ada: Someone, fake: FakeSlack) -> None:
    fake.fail("users.info", Trouble(status=429, retry_after=0))
    (said,) = await ada.types("/daily list")
    assert "No daily facts yet" in said.words


@pytest.mark.parametrize("cut", ["before", "after"])
async def test_an_answer_is_never_sent_twice(ada: Someone, fake: FakeSlack, cut: str) -> None:
    fake.fail("response_url", Trouble(cut=cut))
    with capture_logs() as logged:
        said = await ada.types("/quote gunpowder")
    assert len(said) == (cut == "after")
    assert [line["event"] for line in logged if line["log_level"] == "warning"] == ["slack took no answer"]
    assert "gunpowder" not in str(logged)


async def test_what_is_being_answered_is_answered_before_a_stop(app: App, fake: FakeSlack) -> None:
    slack, serving = await conftest.start(app, fake)
    fake.fail("response_url", Trouble(status=429, retry_after=1))
    body = {"command": "/quote", "text": "gunpowder", "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
    await fake.send("slash_commands", body | {"trigger_id": "1", "response_url": fake.response_url("C1", "U1")})
    await conftest.stop(slack, serving)
    assert len(fake.said) == 1


@pytest.mark.parametrize(
    ("tokens", "named"),
    [(Tokens("xoxb-wrong", APP_TOKEN), "SLACK_BOT_TOKEN"), (Tokens(BOT_TOKEN, "xapp-wrong"), "SLACK_APP_TOKEN")],
)
async def test_a_wrong_token_is_one_clear_sentence(app: App, fake: FakeSlack, tokens: Tokens, named: str) -> None:
    slack = Slack(app, tokens, fake.api)
    with pytest.raises(SetupError, match=named) as told:
        await slack.start()
    assert "wrong" not in str(told.value)
    await slack.close()


async def test_an_outage_at_the_start_is_waited_out(app: App, fake: FakeSlack) -> None:
    fake.fail("auth.test", Trouble(status=503), Trouble(cut="before"))
    slack = Slack(app, Tokens(BOT_TOKEN, APP_TOKEN), fake.api, ping=PING, first_pause=0.01)
    serving = asyncio.create_task(slack.start())
    await fake.connected()
    await conftest.stop(slack, serving)


@pytest.mark.parametrize(("api", "warned"), [("http://example.org/api/", True), ("http://127.0.0.1:9/api/", False)])
async def test_a_token_in_clear_is_warned_of(app: App, api: str, warned: bool) -> None:
    slack = Slack(app, Tokens(BOT_TOKEN, APP_TOKEN), api)
    slack._closed.set()  # nothing is asked for
    slack._closed.set()  # nothing is asked for
    with capture_logs() as lines:
        await slack.start()
    await slack.close()
    assert [line["remedy"] for line in lines] == ["SLACK_API_URL with https://"] * warned


async def test_what_is_closed_while_it_connects_leaves_no_connection(app: App, fake: FakeSlack) -> None:
    slack = Slack(app, Tokens(BOT_TOKEN, APP_TOKEN), fake.api, ping=PING)
    serving = asyncio.create_task(slack.start())
    await fake.connected()
    await conftest.stop(slack, serving)
    assert isinstance(slack.connection, SocketMode)
    assert not slack.connection.is_open()


async def test_the_log_learns_no_message_and_no_token(
    ada: Someone, fake: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "aiosqlite")  # as bot.log does
    caplog.set_level(logging.WARNING, "aiohttp.access")  # the fake's own
    await ada.types("/quote gunpowder")
    fake.refuse_sockets = True
    await fake.ask_to_reconnect()
    await asyncio.sleep(2 * PING)
    fake.refuse_sockets = False
    await asyncio.wait_for(fake.connected(), SOON)
    assert "Failed to connect" in caplog.text
    assert "gunpowder" not in caplog.text
    assert BOT_TOKEN not in caplog.text
    assert "/socket/" not in caplog.text
