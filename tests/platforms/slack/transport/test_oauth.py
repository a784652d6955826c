"""Several workspaces over HTTP: installing, signatures, and each workspace with a token of its own."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import aiohttp
import asyncpg
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.core.app import App
from bot.core.errors import SetupError
from bot.core.funnel import STORE_AWAY
from bot.core.platform import Gone
from bot.core.reply import Reply
from bot.platforms.http_server import HttpServer
from bot.platforms.slack.adapter import Slack, library_logger
from bot.platforms.slack.inbound.answers import NOT_INSTALLED
from bot.platforms.slack.inbound.payloads import Request
from bot.platforms.slack.manifest import SCOPES
from bot.platforms.slack.transport.oauth import Distribution
from bot.storage import learning, postgresql
from bot.storage.installations import Installations
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from tests.databases import Server, own_server
from tests.logs import capture_logs
from tests.platforms.slack import limits_check
from tests.platforms.slack.conftest import start, stop
from tests.platforms.slack.fake_slack import BOT_USER, FakeSlack
from tests.platforms.slack.people import Someone, settle
from tests.platforms.slack.said import Json, Trouble
from tests.processes import until

# slack_sdk makes one where it exchanges an installation's code.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

SECRET = "signing-secret"


class Web:
    """Slack's and a browser's way to the bot's address."""

    def __init__(self, slack: Slack, session: aiohttp.ClientSession) -> None:
        self.slack = slack
        self.session = session

    @property
    def url(self) -> str:
        assert isinstance(self.slack.connection, HttpServer)
        return f"http://127.0.0.1:{self.slack.connection.port}/slack"

    async def deliver(self, kind: str, payload: Json, *, secret: str = SECRET, age: int = 0) -> Json:
        """What came with the acknowledgement; a refusal is its status."""
        body = json.dumps(payload) if kind == "events_api" else _form(kind, payload)
        stamp = str(int(time.time()) - age)
        headers = {
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or "",
            "Content-Type": "application/json" if kind == "events_api" else "application/x-www-form-urlencoded",
        }
        async with self.session.post(f"{self.url}/events", data=body, headers=headers) as answer:
            if answer.status != 200:
                return {"status": answer.status}
            text = await answer.text()
            return dict(json.loads(text)) if text.startswith("{") else {}

    async def install(self, team: str) -> int:
        """Install the bot; it has said hello to the installer by then."""
        status = await self.come_back(team, await self.state())
        await settle(self.slack)
        return status

    async def state(self) -> str:
        """Begin an installation; gives the secret that its end must bring back."""
        async with self.session.get(f"{self.url}/install") as page:
            shown = await page.text()
        (link,) = re.findall(r'href="(https://slack\.com/oauth/[^"]*)"', shown)
        query = parse_qs(urlsplit(unescape(link)).query)
        assert set(query["scope"][0].split(",")) == set(SCOPES)
        return query["state"][0]

    async def come_back(self, team: str, state: str) -> int:
        address = f"{self.url}/oauth_redirect?code={team}&state={state}"
        async with self.session.get(address, headers={"Cookie": f"slack-app-oauth-state={state}"}) as answer:
            return answer.status


def _form(kind: str, payload: Json) -> str:
    return urlencode(payload if kind == "slash_commands" else {"payload": json.dumps(payload)})


@asynccontextmanager
async def served(app: App, fake: FakeSlack) -> AsyncIterator[Slack]:
    made = Slack(app, Distribution("id", "secret", SECRET, port=0), fake.api, pace=0)
    serving = asyncio.create_task(made.start())
    await asyncio.wait_for(made.connected.wait(), 60)
    yield made
    await made.close()
    await serving


@pytest.fixture
async def slack(app: App, fake: FakeSlack) -> AsyncIterator[Slack]:
    async with served(app, fake) as made:
        yield made


@pytest.fixture
async def web(slack: Slack) -> AsyncIterator[Web]:
    async with aiohttp.ClientSession() as session:
        yield Web(slack, session)


async def test_workspaces_install_the_bot_and_each_is_answered(web: Web, fake: FakeSlack) -> None:
    for team in ("T7", "T8"):
        assert await web.install(team) == 200
        assert (fake.said[-1].seen_by, fake.said[-1].payload["token"]) == ("U1", f"xoxb-{team}")
        assert "Hello! I answer from" in fake.said[-1].words
        ada = Someone(fake, web.slack, team=team, send=web.deliver)
        (said,) = await ada.types("/quote gunpowder")
        assert limits_check.quotations(said.blocks)
        (next_,) = await ada.presses(said, "Sentence after ▶")
        assert next_.replaces
    tokens = [call["token"] for call in fake.made("auth.test") if "token" in call]
    assert set(tokens) <= {"xoxb-T7", "xoxb-T8"}


async def test_in_a_channel_that_workspaces_share_the_one_that_has_the_bot_is_answered(
    web: Web, fake: FakeSlack
) -> None:
    await web.install("T7")
    ada = Someone(fake, web.slack, team="T7", send=web.deliver)
    asked: Json = {"user": "U2", "text": f"<@{BOT_USER}> quote gunpowder", "channel": "C1", "ts": fake.next_ts()}
    (said,) = await ada.event({"type": "app_mention", "user_team": "T9", **asked}, from_team="T9")
    assert limits_check.quotations(said.blocks)
    (hello,) = await ada.event({"type": "member_joined_channel", "user": BOT_USER, "channel": "C1"}, from_team="T9")
    assert "Hello!" in hello.words
    assert {one.payload["token"] for one in (said, hello)} == {"xoxb-T7"}


async def test_each_workspace_is_posted_to_with_its_own_token(web: Web, fake: FakeSlack, app: App) -> None:
    await web.install("T7")
    await web.install("T8")
    message = await web.slack.post("T7-C1", Reply("A fact"), "key")
    assert (
        await web.slack.find("T7-C1", "key", app.clock() - timedelta(days=999), app.clock() + timedelta(days=999))
        == message
    )
    assert web.slack.link("T7", "T7-C1", message).startswith("https://t7.slack.com/archives/C1/p")
    with pytest.raises(Gone):
        await web.slack.post("T9-C1", Reply("A fact"))


async def test_a_channel_is_known_by_its_workspace(web: Web, slack: Slack) -> None:
    ctx = slack.dispatcher.context(Request("T7", "U1", "C1"), "ada")
    assert (ctx.place.channel, ctx.place.server) == ("T7-C1", "T7")


async def test_one_id_in_two_workspaces_is_two_people(web: Web, fake: FakeSlack, store: Store) -> None:
    for team, zone in (("T7", "Asia/Tokyo"), ("T8", "Europe/Berlin")):
        await web.install(team)
        (said,) = await Someone(fake, web.slack, team=team, send=web.deliver).types(f"/quiz timezone {zone}")
        assert zone in said.words
    assert await learning.timezone(store.reader, "slack:T7-U1") == "Asia/Tokyo"
    assert await learning.timezone(store.reader, "slack:T8-U1") == "Europe/Berlin"


async def test_what_was_set_up_with_one_token_goes_on_with_several(app: App, fake: FakeSlack) -> None:
    line = "/daily set <#C1|general> {} Europe/London"
    alone, serving = await start(app, fake)
    (said,) = await Someone(fake, alone).types(line.format("9:00"))
    assert "Daily fact scheduled" in said.words
    await stop(alone, serving)
    async with served(app, fake) as several, aiohttp.ClientSession() as session:
        web = Web(several, session)
        await web.install("T1")
        (said,) = await Someone(fake, several, send=web.deliver).types(line.format("10:00"))
        assert "It was: 09:00 Europe/London" in said.words


async def test_a_person_is_told_something_by_the_id_that_slack_knows(web: Web, fake: FakeSlack) -> None:
    await web.install("T7")
    await web.slack.tell("T7-U1", "T7", Reply("A notice"))
    assert fake.said[-1].seen_by == "U1"


async def test_who_cannot_sign_is_refused(web: Web, fake: FakeSlack) -> None:
    await web.install("T7")
    fake.said.clear()
    body = {"command": "/quote", "text": "gunpowder", "team_id": "T7", "channel_id": "C1", "user_id": "U1"}
    body |= {"trigger_id": "1", "response_url": fake.response_url("C1", "U1")}
    assert await web.deliver("slash_commands", body, secret="another") == {"status": 401}
    assert await web.deliver("slash_commands", body, age=301) == {"status": 401}
    await settle(web.slack)
    assert fake.said == []
    assert await web.deliver("slash_commands", body, age=290) == {}
    await settle(web.slack)
    assert len(fake.said) == 1


async def test_an_installation_ends_where_it_began(web: Web, app: App) -> None:
    for made_up in ("made-up", "", "1.2.3", f"{int(app.clock().timestamp())}.nonce.é"):
        assert await web.come_back("T7", made_up) in {400, 401}
    link = await web.state()
    assert await web.come_back("T7", link) == 200
    assert await web.come_back("T7", link) == 401


@pytest.mark.parametrize("code", ["bad_client_secret", "invalid_client_id", "code_already_used"])
async def test_why_slack_refuses_an_installation_is_in_the_log_and_no_secret(
    web: Web, fake: FakeSlack, caplog: pytest.LogCaptureFixture, code: str
) -> None:
    """What a browser brings is not taken for an answer of Slack's, whatever it looks like."""
    fake.fail("oauth.v2.access", Trouble(error=code))
    brought = "The server responded with: {'ok': False, 'error': 'made_up'}"
    assert await web.come_back(quote(brought, safe=""), await web.state()) == 400
    assert news(caplog) == [f"Failed to fetch oauth.v2.access result with code (Slack says {code})"]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Failed to authorize with the given token (The request to the Slack API failed. (url: https://slack.com/api/auth"
         ".test, status: 200)\nThe server responded with: {'ok': False, 'error': 'token_revoked'})",
         "Failed to authorize with the given token (Slack says token_revoked)"),
        ("Unhandled request ({'text': \"The server responded with: {'ok': False, 'error': 'what_anna_typed'}\"})",
         "Unhandled request"),
        ("Failed to fetch: The server responded with: {'ok': False, 'error': 'xoxb-1234-Secret'}", "Failed to fetch"),
        ("Failed to fetch x: The server responded with: {'access_token': 'secret'}", "Failed to fetch x"),
    ],
)  # fmt: skip
def test_of_a_line_of_slacks_library_no_more_than_its_beginning_and_slacks_code_is_kept(
    caplog: pytest.LogCaptureFixture, line: str, kept: str
) -> None:
    library_logger().warning(line)
    assert news(caplog) == [kept]


def news(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.name == library_logger().name]


async def test_a_workspace_that_removes_the_bot_is_forgotten(web: Web, fake: FakeSlack) -> None:
    await web.install("T7")
    ada = Someone(fake, web.slack, team="T7", send=web.deliver)
    await ada.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}})
    await web.slack.post("T7-C1", Reply("A fact"))
    await ada.event({"type": "app_uninstalled"})
    with pytest.raises(Gone, match="not installed"):
        await web.slack.post("T7-C1", Reply("A fact"))
    # A command that was on its way gets a word, in the bot's own voice.
    (said,) = await ada.types("/quote gunpowder")
    assert (said.payload, said.seen_by) == ({"text": NOT_INSTALLED}, "U1")


async def test_who_asks_while_the_store_of_tokens_is_away_hears_just_that(corpus: Corpus, fake: FakeSlack) -> None:
    """So does a workspace whose token is not known yet, and nothing of it is a failure of the program."""
    with own_server() as server, capture_logs() as lines:
        store = await Store.open(server.url)
        app = App(FEATURES, corpus, store)
        async with served(app, fake) as slack, aiohttp.ClientSession() as session:
            web = Web(slack, session)
            await web.install("T7")
            ada = Someone(fake, slack, team="T7", send=web.deliver)
            (quotation,) = await ada.types("/quote gunpowder")
            stranger = Someone(fake, slack, team="T8", send=web.deliver)
            state = await web.state()
            await asyncio.to_thread(server.stop, signal.SIGINT)
            mention = f"<@{BOT_USER}> quiz me"
            for said in (await ada.types("/quiz me"), await ada.mentions(mention), await ada.writes("quiz me")):
                assert STORE_AWAY in said[0].words
            for (said_to_stranger,) in (
                await stranger.types("/settings"),
                await stranger.types("/daily set"),
                await stranger.types("/quote gunpowder"),
                await stranger.presses(quotation, "Sentence after ▶"),
                await stranger.uses_shortcut("Find this passage", "gunpowder"),
            ):
                assert STORE_AWAY in said_to_stranger.payload["text"]
                assert said_to_stranger.seen_by == "U1"
            assert await web.come_back("T8", state) == 503
            await asyncio.to_thread(server.start)
        assert app.library is not None
        await app.library.close()
        await store.close()
    assert not [line for line in lines if "where" in line]


@contextmanager
def frozen(server: Server, connections: list[int]) -> Iterator[None]:
    """A server that takes nothing new and goes on with nothing that it began."""
    assert server.process
    processes = [server.process.pid, *connections]
    for pid in processes:
        os.kill(pid, signal.SIGSTOP)
    yield
    for pid in processes:
        os.kill(pid, signal.SIGCONT)


async def test_what_the_store_does_not_say_is_not_waited_for_before_an_acknowledgement(
    corpus: Corpus, fake: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that is frozen says neither no nor yes; Slack waits for three seconds."""
    monkeypatch.setattr(postgresql, "_LIMITS", postgresql._LIMITS | {"timeout": 300.0, "command_timeout": 300.0})
    with own_server() as server:
        store = await Store.open(server.url)
        app = App(FEATURES, corpus, store)
        async with served(app, fake) as slack, aiohttp.ClientSession() as session:
            web = Web(slack, session)
            await web.install("T7")
            people = [Someone(fake, slack, team=team, send=web.deliver) for team in ("T7", "T8")]
            admin = await asyncpg.connect(server.url)
            found = await admin.fetch("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'")
            with frozen(server, [one["pid"] for one in found]):
                asking = [asyncio.create_task(one.types("/settings")) for one in people]
                await until(lambda: all(one.acks for one in people))
                assert not any(one.done() for one in asking)
            await asyncio.gather(*asking)
            await admin.close()
        assert app.library is not None
        await app.library.close()
        await store.close()


async def test_a_new_installation_takes_the_place_of_the_old(web: Web, fake: FakeSlack) -> None:
    await web.install("T7")
    await web.slack.post("T7-C1", Reply("A fact"))
    old = web.slack.workspaces.known("T7")
    await web.install("T7")
    assert web.slack.workspaces.known("T7") is not old
    await web.slack.post("T7-C1", Reply("A fact"))


async def test_another_process_sees_a_new_token_and_a_removal(web: Web, fake: FakeSlack, app: App) -> None:
    await web.install("T7")
    async with served(app, fake) as another:
        await another.post("T7-C1", Reply("A fact"))
        assert app.store
        fake.tokens["xoxb-new"] = "T7"
        await Installations(app.store, "slack").save("T7", "xoxb-new", app.clock())
        del fake.tokens["xoxb-T7"]
        assert await another.post("T7-C1", Reply("A fact"))
        await Installations(app.store, "slack").remove("T7", app.clock())
        with pytest.raises(Gone):
            await another.post("T7-C1", Reply("A fact"))


async def test_installations_outlive_a_restart(web: Web, fake: FakeSlack, app: App) -> None:
    await web.install("T7")
    async with served(app, fake) as another:
        assert await another.post("T7-C1", Reply("A fact"))


async def test_a_port_that_is_taken_is_one_clear_sentence(web: Web, slack: Slack, app: App, fake: FakeSlack) -> None:
    assert isinstance(slack.connection, HttpServer)
    second = Slack(app, Distribution("id", "secret", SECRET, port=slack.connection.port), fake.api)
    with pytest.raises(SetupError, match="SLACK_PORT"):
        await second.start()
    await second.close()
