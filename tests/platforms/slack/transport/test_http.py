"""The HTTP server before any signature: strangers cost next to nothing, and learn nothing."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.app import App
from bot.core.errors import SetupError
from bot.core.platform import Gone
from bot.core.reply import Reply
from bot.platforms import http_server
from bot.platforms.http_server import HttpServer
from bot.platforms.slack.adapter import Slack
from bot.platforms.slack.manifest import as_yaml
from bot.platforms.slack.transport.oauth import Distribution, SignedStates
from bot.storage.deduplication import Deduplication
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from tests.conftest import NOW
from tests.platforms.slack.fake_slack import FakeSlack
from tests.platforms.slack.inbound.test_interim import Gate
from tests.platforms.slack.people import Someone
from tests.platforms.slack.said import Trouble
from tests.platforms.slack.transport.test_oauth import Web, served
from tests.processes import until

# slack_sdk makes one where it exchanges an installation's code.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

GOOD = {"X-Slack-Signature": "v0=" + 64 * "0", "X-Slack-Request-Timestamp": "0"}


@pytest.fixture
async def web(app: App, fake: FakeSlack) -> AsyncIterator[Web]:
    async with served(app, fake) as slack, aiohttp.ClientSession() as session:
        yield Web(slack, session)


def port_of(web: Web) -> int:
    assert isinstance(web.slack.connection, HttpServer)
    return web.slack.connection.port


def plausible() -> dict[str, str]:
    return GOOD | {"X-Slack-Request-Timestamp": str(int(time.time()))}


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"", {}),
        (b"[]", {"Content-Type": "application/json"}),
        (b"null", {"Content-Type": "application/json"}),
        (b"{", {"Content-Type": "application/json"}),
        (b'{"user":1,"message":3}', {"Content-Type": "application/json"}),
        (b"[" * 100_000, {"Content-Type": "application/json"}),
        (b"\xff\xfe", {}),
        (b"a=b", {"Content-Type": 'application/json; charset="nosuchcodec"'}),
        (b"payload=x", {"Content-Type": "application/x-www-form-urlencoded"}),
        (b"{}", {"X-Slack-Request-Timestamp": "soon"}),
        (b"{}", {"X-Slack-Request-Timestamp": "9" * 50}),
        (b"{}", {"X-Slack-Signature": "v0=é"}),
        (b"{}", {"X-Slack-Signature": "v1=" + 64 * "0"}),
        (b"a=b&" * 100_000, {"Content-Type": "application/x-www-form-urlencoded"}),
    ],
)
@pytest.mark.parametrize("form", [{}, None], ids=["no signature", "a wrong one"])
async def test_what_is_not_signed_is_one_short_401(
    web: Web, body: bytes, headers: dict[str, str], form: dict[str, str] | None, caplog: pytest.LogCaptureFixture
) -> None:
    sent = (plausible() if form is None else form) | headers
    async with web.session.post(f"{web.url}/events", data=body, headers=sent) as answer:
        assert answer.status == 401
        assert await answer.text() == "Unauthorized"
        assert "Server" not in answer.headers
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]


async def test_an_unsigned_body_is_not_read(web: Web) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(web))
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\n\r\n")
    answer = await asyncio.wait_for(reader.read(), 60)
    assert answer.startswith(b"HTTP/1.1 401")
    writer.close()


async def test_what_is_too_large_is_refused(web: Web) -> None:
    data = b"x" * 600_000
    async with web.session.post(f"{web.url}/events", data=data, headers=plausible()) as answer:
        assert answer.status == 413


async def test_strangers_who_say_nothing_shut_nobody_out(web: Web, fake: FakeSlack) -> None:
    async with AsyncExitStack() as stack:
        for number in range(300):
            _, writer = await asyncio.open_connection("127.0.0.1", port_of(web))
            stack.callback(writer.close)
            if number % 2:
                writer.write(b"POST /slack/events HTTP/1.1\r\nHost")
        await web.install("T7")
        ada = Someone(fake, web.slack, team="T7", send=web.deliver)
        assert await ada.types("/quote gunpowder")
        assert isinstance(web.slack.connection, HttpServer)
        server = web.slack.connection._runner.server
        assert server
        assert len(server.connections) <= 101


async def test_a_slow_request_is_cut_off(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "_TO_ARRIVE", 0.2)
    headers = "".join(f"{name}: {value}\r\n" for name, value in plausible().items())
    for begun in ("", "POST /slack/events HTTP/1.1\r\n", f"POST /slack/events HTTP/1.1\r\nHost: a\r\n{headers}"):
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(web))
        writer.write(begun.encode() + (b"Content-Length: 9\r\n\r\nhalf" if begun.endswith("0\r\n") else b""))
        assert await asyncio.wait_for(reader.read(), 60) == b""
        writer.close()


async def test_a_connection_carries_one_request(web: Web) -> None:
    async with web.session.get(f"{web.url}/install") as answer:
        assert answer.headers["Connection"] == "close"


def test_no_line_of_a_flood_but_one_a_minute() -> None:
    record = logging.LogRecord("asyncio", logging.ERROR, "", 0, "socket.accept() out of system resource", None, None)
    other = logging.LogRecord("asyncio", logging.ERROR, "", 0, "something else", None, None)
    throttle = http_server._OnceAMinute()
    assert [throttle.filter(record) for _ in range(3)] == [True, False, False]
    assert throttle.filter(other)


async def test_the_page_that_begins_an_installation_is_kept_by_nobody(web: Web) -> None:
    async with web.session.get(f"{web.url}/install") as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "SameSite=Lax" in answer.headers["Set-Cookie"]
        assert "HttpOnly" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("team", ["T1&client_id=999.evil&scope=admin", "T1 ", "E1", "", "T" * 60, "T1\r\nX: y"])
async def test_only_a_workspace_can_be_asked_for(web: Web, team: str) -> None:
    async with web.session.get(f"{web.url}/install", params={"team": team}) as answer:
        assert answer.status == 400
        assert "evil" not in await answer.text()
    async with web.session.get(f"{web.url}/install", params={"team": "T024BE7LD"}) as answer:
        (link,) = re.findall(r'href="(https://slack\.com/oauth/[^"]*)"', await answer.text())
        assert parse_qs(urlsplit(unescape(link)).query)["team"] == ["T024BE7LD"]


async def test_no_words_of_an_address_are_shown(web: Web) -> None:
    for query in ("error=Call+0800+123", "error=access_denied&error_description=Call+0800", "code=Call+0800"):
        async with web.session.get(f"{web.url}/oauth_redirect?{query}") as answer:
            assert answer.status == 400
            assert "0800" not in await answer.text()
            assert "/slack/install" in await answer.text()


async def test_an_organisation_hears_that_nothing_was_installed(web: Web, fake: FakeSlack) -> None:
    assert await web.install("") == 400


async def test_slack_out_of_reach_in_the_middle_of_an_installation_is_a_sentence(
    web: Web, fake: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    fake.fail("oauth.v2.access", Trouble(cut="before"))
    assert await web.install("T7") == 502
    assert "Traceback" not in caplog.text
    assert await web.install("T7") == 200


async def test_a_late_removal_leaves_a_new_installation_alone(web: Web, fake: FakeSlack) -> None:
    await web.install("T7")
    ada = Someone(fake, web.slack, team="T7", send=web.deliver)
    await ada.event({"type": "app_uninstalled"}, seconds_ago=3600)
    assert await web.slack.post("T7-C1", Reply("A fact"))
    await ada.event({"type": "app_uninstalled"})
    with pytest.raises(Gone):
        await web.slack.post("T7-C1", Reply("A fact"))


async def test_a_stop_takes_nothing_new_while_it_answers_what_was_asked_before(
    corpus: Corpus, store: Store, fake: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.adapter._TO_FINISH_ANSWERS", 600.0)
    gate = Gate()
    app = App((gate.feature(),), corpus, store, clock=lambda: NOW)
    async with served(app, fake) as slack, aiohttp.ClientSession() as session:
        web = Web(slack, session)
        await web.install("T7")
        await until(lambda: not slack.dispatcher.pending)
        asked = asyncio.create_task(Someone(fake, slack, team="T7", send=web.deliver).types("/slow public"))
        await until(lambda: bool(slack.dispatcher.pending))
        stopping = asyncio.create_task(slack.close())
        await until(lambda: bool(slack.connection and not slack.connection.is_open()))
        gate.opened.set()
        assert "At last" in (await asked)[-1].words
        await stopping


async def test_it_listens_where_it_is_told(app: App, fake: FakeSlack) -> None:
    made = Slack(app, Distribution("id", "secret", "signing", port=0, host="192.0.2.1"), fake.api)
    with pytest.raises(SetupError, match="SLACK_HOST"):
        await made.start()
    await made.close()


def signed_states(key: str, clock: Callable[[], datetime], store: Store | None = None) -> SignedStates:
    return SignedStates(key, clock, logging.getLogger("states"), Deduplication(store, "slack", clock))


async def test_a_state_is_good_once_in_all_processes(store: Store) -> None:
    one, two = (signed_states("key", lambda: NOW, store) for _ in range(2))
    state = await one.async_issue()
    assert await two.async_consume(state)
    assert not await one.async_consume(state)


async def test_a_state_is_good_once_and_for_ten_minutes() -> None:
    now = NOW
    states = signed_states("key", lambda: now)
    first, second = await states.async_issue(), await states.async_issue()
    assert first != second
    now = NOW + timedelta(minutes=9)
    assert await states.async_consume(first)
    assert not await states.async_consume(first)
    now = NOW + timedelta(minutes=10)
    assert not await states.async_consume(second)
    assert not await signed_states("another", lambda: NOW).async_consume(await states.async_issue())


@given(st.one_of(st.text(), st.builds(".".join, st.lists(st.text("0123456789abcdef"), min_size=3, max_size=3))))
def test_no_made_up_state_is_good(state: str) -> None:
    states = signed_states("key", lambda: NOW)
    assert not asyncio.run(states.async_consume(state))


@pytest.mark.parametrize("url", ["http://a.example", "a.example", "https://", "https://a.example?x=1", "javascript:1"])
def test_a_manifest_is_made_for_https_alone(url: str) -> None:
    with pytest.raises(SetupError, match="https"):
        as_yaml(FEATURES, url)
    assert json.dumps(as_yaml(FEATURES, "https://a.example"))
