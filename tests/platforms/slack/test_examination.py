"""The examination of a setup for Slack, before a small Slack."""

from __future__ import annotations

from bot.platforms.slack.adapter import Tokens
from bot.platforms.slack.examination import examine
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack


async def test_each_channel_that_cannot_be_posted_in_is_named(fake: FakeSlack) -> None:
    found = {
        one.check: one
        for one in await examine(Tokens(BOT_TOKEN, APP_TOKEN), fake.api, ["C1", "C2", "C3"], patience=5.0)
    }
    assert found["Slack channels"].found.startswith("1 of 3")
    assert "nvite" in found["Slack channel C2"].found
    assert "archived" in found["Slack channel C3"].found
    assert found["Slack clock"].level == "ok"


async def test_the_token_that_is_refused_is_named(fake: FakeSlack) -> None:
    (finding,) = await examine(Tokens("xoxb-none", APP_TOKEN), fake.api, [], patience=5.0)
    assert (finding.level, "SLACK_BOT_TOKEN" in finding.found) == ("fault", True)
