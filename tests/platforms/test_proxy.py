"""A closed network, out of which only a proxy leads: a real bot on Discord and Slack, and what it says of a bad one."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from discord.http import HTTPClient

from bot import doctor
from bot.core.app import App
from bot.platforms.discord.adapter import Discord
from bot.platforms.discord.connection import use_api, use_proxy_per_host
from bot.platforms.proxy import https_proxy
from bot.platforms.slack.adapter import Slack, Tokens
from tests.fakes.discord import FakeDiscord
from tests.fakes.proxy import FakeProxy, certificate
from tests.logs import capture_logs
from tests.platforms.slack.conftest import slack_of
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN
from tests.processes import surroundings, until

DISCORD, SLACK = "discord.test", "slack.test"
USER, PASSWORD = "school", "hunter2"


@asynccontextmanager
async def process(discord: FakeDiscord, folder: Path, log: str, **settings: str) -> AsyncIterator[Process]:
    """The bot, which reads SSL_CERT_FILE as it is loaded. `log` is the file of what it writes."""
    environment = surroundings(**{"DISCORD_TOKEN": "MTkxNw.x.y", "DISCORD_API_URL": discord.url} | settings)
    with (folder / log).open("wb") as output:
        one = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "bot", cwd=folder, env=environment, stdout=output, stderr=output
        )
    try:
        yield one
    finally:
        if one.returncode is None:
            one.kill()
            await one.wait()


async def test_a_bot_behind_a_proxy_serves_and_never_logs_its_password(folder: Path) -> None:
    trusted = folder / "trusted.pem"
    tls = certificate([DISCORD, SLACK], trusted)
    slack = slack_of()
    slack.name, slack.tls = SLACK, tls
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(FakeDiscord(name=DISCORD, tls=tls))
        await slack.open()
        stack.push_async_callback(slack.close)
        ports = {DISCORD: discord.port, SLACK: slack.port}
        proxy = await stack.enter_async_context(FakeProxy(ports, USER, PASSWORD))
        # In .env, where whoever runs it writes all other settings; its own address may lack the scheme.
        (folder / ".env").write_text(f"HTTPS_PROXY={USER}:{PASSWORD}@{proxy.address}\n")
        more = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": slack.api}
        bot = await stack.enter_async_context(
            process(discord, folder, "log", SSL_CERT_FILE=str(trusted), LOG_LEVEL="DEBUG", **more)
        )
        await discord.connected(1)
        assert len(await discord.interact("help")) == 1
        body = {"command": "/quote", "text": "gunpowder", "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
        await slack.send("slash_commands", body | {"trigger_id": "1", "response_url": slack.response_url("C1", "U1")})
        await until(lambda: slack.said)
        bot.send_signal(signal.SIGTERM)
        await bot.wait()
        assert set(proxy.asked) == {DISCORD, SLACK}
        log = (folder / "log").read_text()
        assert PASSWORD not in log
        assert "Traceback" not in log


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("{proxy}", "write HTTPS_PROXY=http://user:password@host:port"),
        ("school:wrong@{proxy}", "write HTTPS_PROXY=http://user:password@host:port"),
        ("school:hunter2@{proxy}", "answers 403: let it pass to Discord and Slack"),
        ("127.0.0.1:9", "cannot be reached: see that it runs"),
    ],
)
async def test_a_proxy_that_lets_nobody_through_is_said_with_what_to_do(
    app: App, monkeypatch: pytest.MonkeyPatch, address: str, says: str
) -> None:
    async with FakeProxy({}, USER, PASSWORD) as proxy:
        monkeypatch.setenv("https_proxy", f"http://{address.format(proxy=proxy.address)}")
        platforms = Discord(app, "ab.cd.ef", f"https://{DISCORD}"), Slack(app, Tokens("xoxb-1", "xapp-1"))
        with capture_logs() as lines:
            serving = [asyncio.create_task(one.start()) for one in platforms]
            await until(lambda: len(lines) == len(serving))
        for one in platforms:
            await one.close()
        await asyncio.gather(*serving)
    use_api(None)
    assert {line["event"] for line in lines} == {"discord unreachable", "slack unreachable"}
    assert all(says in line["remedy"] for line in lines)
    assert PASSWORD not in str(lines)


@pytest.mark.parametrize(
    ("off", "is_known", "says"),
    [
        (timedelta(days=-9), True, "see that the clock is right"),
        (timedelta(days=9), True, "see that the clock is right"),
        (timedelta(), False, "set SSL_CERT_FILE"),
    ],
    ids=["expired", "not valid yet", "of an unknown authority"],
)
async def test_a_certificate_that_is_not_accepted_is_said_with_what_to_do(
    folder: Path, off: timedelta, is_known: bool, says: str
) -> None:
    slack = slack_of()
    slack.tls = certificate(["localhost"], folder / "trusted.pem", off=off)
    async with FakeDiscord(name="localhost", tls=slack.tls) as discord:
        await slack.open()
        more = {"SSL_CERT_FILE": str(folder / "trusted.pem")} if is_known else {}
        more |= {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
        more |= {"DISCORD_API_URL": f"https://localhost:{discord.port}/api/v10"}
        more |= {"SLACK_API_URL": f"https://localhost:{slack.port}/api/"}
        async with process(discord, folder, "log", **more):
            await until(lambda: told(folder / "log").keys() == {"discord unreachable", "slack unreachable"})
        assert all(says in remedy for remedy in told(folder / "log").values())
        await slack.close()


def told(log: Path) -> dict[str, str]:
    """What to do, by what went wrong."""
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    return {line["event"]: line.get("remedy", "") for line in lines if line["level"] != "info"}


async def test_the_doctor_says_that_the_proxy_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "")  # so that it is as it was afterwards
    given = {"DISCORD_TOKEN": "ab.cd.ef", "HTTPS_PROXY": f"{USER}:{PASSWORD}@127.0.0.1:9", "DATA_DIR": str(tmp_path)}
    findings = await doctor.examine(given)
    (found,) = (one for one in findings if one.check == "Discord")
    assert "the proxy of HTTPS_PROXY cannot be reached" in found.remedy
    assert PASSWORD not in doctor.as_text(findings)


def test_no_proxy_exempts_hosts_and_what_is_not_encrypted_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "outside:3128")
    monkeypatch.setenv("no_proxy", "inside, example.org")
    asked = [
        "https://discord.com",
        "wss://gateway.discord.gg",
        "https://inside:1",
        "https://a.example.org",
        "http://nirn:8080",
    ]
    assert [https_proxy(one) for one in asked] == ["http://outside:3128"] * 2 + [None] * 3


async def test_the_gateway_goes_through_the_proxy_where_the_api_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str | None]] = []

    async def connect(http: HTTPClient, url: str, **_: object) -> None:
        asked.append((url, http.proxy))

    for name in ("ws_connect", "get_from_cdn"):
        monkeypatch.setattr(HTTPClient, name, connect)
    monkeypatch.setenv("https_proxy", "http://outside:3128")
    http = HTTPClient(asyncio.get_running_loop())
    use_proxy_per_host(http)
    await http.ws_connect("wss://gateway.discord.gg", compress=0)
    await http.ws_connect("ws://inside/gateway", compress=0)
    await http.get_from_cdn("https://cdn.discordapp.com/1")
    assert [proxy for _, proxy in asked] == ["http://outside:3128", None, "http://outside:3128"]
    assert http.proxy is None
