"""Requests over HTTP that Discord should not send: refused in a line that says nothing of what was in them."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.platforms.discord.adapter import Discord
from tests.fakes.discord import PERSON, FakeDiscord
from tests.platforms.discord.test_endpoint import added, option, url
from tests.platforms.malformed import BYTES, MARK, RAW, broken_off, check_log, news, send_raw, spoilt

PATHS = ["interactions", "events"]
QUOTE: dict[str, object] = {
    "id": "1", "application_id": "1917", "type": 2, "token": MARK, "version": 1, "channel_id": "25",
    "channel": {"id": "25", "type": 1}, "user": PERSON, "locale": "en-US", "entitlements": [], "context": 1,
    "data": {"id": "1", "name": "quote", "type": 1, "options": [option("words", MARK)]},
    "authorizing_integration_owners": {}, "attachment_size_limit": 1_000_000,
}  # fmt: skip


def bodies() -> st.SearchStrategy[bytes]:
    whole = st.sampled_from([QUOTE, added(integration_type=1, guild={"id": MARK})])
    return st.one_of(
        st.binary(),
        whole.flatmap(spoilt).map(lambda one: json.dumps(one).encode()),
        whole.flatmap(lambda one: broken_off(json.dumps(one).encode())),
    )


@pytest.mark.parametrize("path", PATHS)
async def test_what_is_signed_and_cannot_be_read_is_refused_in_a_line(
    bot: Discord, discord: FakeDiscord, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    for body in BYTES:
        news(caplog)
        assert (await discord.request(url(discord, path), body))[0] == 400, body[:20]
        (line,) = records = news(caplog)
        assert line.getMessage() == "request not understood"
        check_log(records)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bodies(), path=st.sampled_from(PATHS))
async def test_nothing_signed_is_a_failure_or_in_the_log(
    bot: Discord, discord: FakeDiscord, body: bytes, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert (await discord.request(url(discord, path), body))[0] in {200, 202, 204, 400}
    await asyncio.sleep(0)
    check_log(news(caplog))


@pytest.mark.parametrize("path", PATHS)
async def test_nothing_unsigned_is_a_failure_or_in_the_log(
    bot: Discord, discord: FakeDiscord, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert bot.endpoint
    news(caplog)
    for name, raw in RAW.items():
        status = await send_raw(bot.endpoint.server.port, raw, f"/discord/{path}", discord.signed_headers(b""))
        assert not status or status[0] < 500, name
        assert news(caplog) == [], name
