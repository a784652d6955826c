"""Requests over HTTP that Slack should not send: refused in a line that says nothing of what was in them."""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import AsyncIterator
from hashlib import sha256
from urllib.parse import urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.app import App
from bot.platforms.http_server import HttpServer
from bot.platforms.slack.inbound.modals import ModalState
from bot.platforms.slack.inbound.payloads import Request
from bot.platforms.slack.rendering.action_id import ActionId
from tests.platforms.malformed import BYTES, MARK, RAW, broken_off, check_log, news, send_raw, spoilt
from tests.platforms.slack.fake_slack import FakeSlack
from tests.platforms.slack.people import Someone, settle
from tests.platforms.slack.said import Json
from tests.platforms.slack.transport.test_oauth import SECRET, Web, served

# slack_sdk makes one where it exchanges an installation's code.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

WHO: Json = {"team": {"id": "T7"}, "user": {"id": "U1", "username": MARK, "team_id": "T7"}, "trigger_id": "1.2"}
PLACE: Json = {"channel": {"id": "C1", "name": MARK}, "container": {"type": "message", "is_ephemeral": True}}
RUN, FIND = ActionId("quote", purpose="run").encode(0), ActionId("quote", "words", "find").encode(0)
STATE = ModalState("quote", Request("T7", "U1", "C1")).encode()
BUTTON: Json = {"type": "button", "action_id": RUN, "block_id": MARK, "value": MARK, "action_ts": "1.2"}
VIEW: Json = {
    "callback_id": "command", "private_metadata": STATE, "blocks": [],
    "state": {"values": {MARK: {MARK: {"value": MARK}}}},
}  # fmt: skip
EVENTS: list[Json] = [
    {"type": "app_mention", "user": "U1", "text": f"<@UBOT> quote {MARK}", "ts": "1.2", "channel": "C1"},
    {"type": "message", "channel_type": "im", "user": "U1", "text": MARK, "ts": "1.2", "channel": "D1"},
    {"type": "app_home_opened", "tab": "home", "user": "U1", "channel": "D1"},
    {"type": "member_joined_channel", "user": MARK, "channel": "C1"},
    {"type": "tokens_revoked", "tokens": {"oauth": [MARK], "bot": []}},
    {"type": "app_uninstalled"},
]
OF_EVENT: Json = {"type": "event_callback", "team_id": "T8", "event_time": 1, "authorizations": [{"team_id": "T7"}]}
INTERACTIONS: list[Json] = [
    {"type": "block_actions", "actions": [BUTTON], "message": {"ts": "1.2", "blocks": []}, **WHO, **PLACE},
    {"type": "block_suggestion", "action_id": FIND, "block_id": "x", "value": MARK, **WHO},
    {"type": "view_submission", "view": VIEW, **WHO},
    {"type": "message_action", "callback_id": "find", "message": {"text": MARK, "files": []}, **WHO, **PLACE},
]
COMMAND: dict[str, str] = {
    "command": "/quote", "text": MARK, "team_id": "T7", "channel_id": "C1", "user_id": "U1", "user_name": MARK,
    "trigger_id": "1.2", "response_url": MARK,
}  # fmt: skip


def events() -> st.SearchStrategy[bytes]:
    whole = st.sampled_from([OF_EVENT | {"event": event} for event in EVENTS])
    return st.one_of(
        whole.flatmap(spoilt).map(lambda one: json.dumps(one).encode()),
        whole.flatmap(lambda one: broken_off(json.dumps(one).encode())),
    )


def interactions() -> st.SearchStrategy[bytes]:
    return st.sampled_from(INTERACTIONS).flatmap(spoilt).map(lambda one: _form({"payload": json.dumps(one)}))


def commands() -> st.SearchStrategy[bytes]:
    return spoilt(COMMAND).map(_form)


def _form(fields: Json) -> bytes:
    return urlencode(fields).encode()


def signed(body: bytes) -> dict[str, str]:
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


@pytest.fixture
async def web(app: App, fake: FakeSlack) -> AsyncIterator[Web]:
    async with served(app, fake) as slack, aiohttp.ClientSession() as session:
        made = Web(slack, session)
        assert await made.install("T7") == 200
        yield made
        await settle(slack)


async def send(web: Web, body: bytes, kind: str) -> int:
    async with web.session.post(
        f"{web.url}/events", data=body, headers=signed(body) | {"Content-Type": kind}
    ) as answer:
        await settle(web.slack)
        return answer.status


FORM, JSON = "application/x-www-form-urlencoded", "application/json"
UNREAD = [
    *BYTES,
    b"payload=",
    b"payload=[]",
    b"payload=7",
    b"payload={",
    b"payload=%7B%7D",
    _form({"payload": f'"{MARK}"'}),
]


@pytest.mark.parametrize("kind", [FORM, JSON, f"{JSON}; charset=utf-16", "text/plain; charset=nosuchcodec"])
async def test_what_is_signed_and_cannot_be_read_is_refused_in_a_line(
    web: Web, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    for body in UNREAD:
        news(caplog)
        assert await send(web, body, kind) == 400, body[:20]
        (line,) = records = news(caplog)
        assert line.getMessage() == "request not understood"
        check_log(records)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(st.binary(), events(), interactions(), commands()), kind=st.sampled_from([FORM, JSON]))
async def test_nothing_signed_is_a_failure_or_in_the_log(
    web: Web, body: bytes, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert await send(web, body, kind) in {200, 400, 404}
    check_log(news(caplog))


@pytest.mark.parametrize("path", ["/slack/events", "/slack/install", "/slack/oauth_redirect"])
async def test_nothing_unsigned_is_a_failure_or_in_the_log(
    web: Web, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert isinstance(web.slack.connection, HttpServer)
    news(caplog)
    for name, raw in RAW.items():
        status = await send_raw(web.slack.connection.port, raw, path, signed(b""))
        assert not status or status[0] < 500, name
        assert news(caplog) == [], name


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(query=st.dictionaries(st.sampled_from(["code", "state", "error", "team", MARK]), st.text()), cookie=st.text())
async def test_nothing_in_an_address_is_a_failure_or_in_the_log(
    web: Web, query: dict[str, str], cookie: str, caplog: pytest.LogCaptureFixture
) -> None:
    news(caplog)
    asked = urlencode(query, errors="replace")
    held = urlencode({"slack-app-oauth-state": cookie}, errors="replace")
    for page in ("install", "oauth_redirect"):
        async with web.session.get(f"{web.url}/{page}?{asked}", headers={"Cookie": held}) as answer:
            assert answer.status < 500
    check_log(news(caplog))


async def test_a_command_about_a_payload_is_answered(web: Web, fake: FakeSlack) -> None:
    ada = Someone(fake, web.slack, team="T7", send=web.deliver)
    assert await ada.types("/quote payload")
