"""The examination of a setup for Discord, before a small Discord: what it finds, and what it advises."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.core.finding import Finding
from bot.platforms.discord.connection import ALL_SHARDS, InteractionsEndpoint, Shards
from bot.platforms.discord.examination import examine
from tests.fakes.discord import FakeDiscord, channel_of

URL = "https://smolny.example.org/discord/interactions"


async def found(
    discord: FakeDiscord, channels: Sequence[str] = (), access: Shards | InteractionsEndpoint = ALL_SHARDS
) -> dict[str, Finding]:
    findings = await examine("token", discord.url, access, channels, 5.0)
    assert len({one.check for one in findings}) == len(findings)
    return {one.check.removeprefix("Discord "): one for one in findings}


async def test_each_channel_that_cannot_be_posted_in_is_named(discord: FakeDiscord) -> None:
    well, closed, gone = channel_of("25"), channel_of("26"), "999"
    discord.closed = {closed}
    findings = await found(discord, [well, closed, gone])
    assert findings["channels"].found.startswith("1 of 3")
    assert "Send Messages" in findings[f"channel {closed}"].found
    assert "gone" in findings[f"channel {gone}"].found
    assert f"channel {well}" not in findings


async def test_no_channel_is_no_fault(discord: FakeDiscord) -> None:
    assert (await found(discord))["channels"].level == "ok"


@pytest.mark.parametrize(
    ("ahead", "level", "said"),
    [(0.0, "ok", "agrees"), (-30.0, "warning", "ahead"), (30.0, "warning", "behind"), (600.0, "fault", "behind")],
)
async def test_a_clock_that_is_wrong_is_found(discord: FakeDiscord, ahead: float, level: str, said: str) -> None:
    discord.ahead = ahead
    clock = (await found(discord))["clock"]
    assert clock.level == level
    assert said in clock.found


@pytest.mark.parametrize(("left", "level"), [(999, "ok"), (3, "warning")])
async def test_too_many_starts_are_found(discord: FakeDiscord, left: int, level: str) -> None:
    discord.starts_left = left
    assert (await found(discord))["gateway"].level == level


@pytest.mark.parametrize(
    ("key", "url", "level", "said"),
    [
        ("", None, "ok", "gateway"),
        ("", URL, "fault", "DISCORD_PUBLIC_KEY"),
        ("right", URL, "ok", URL),
        ("right", None, "warning", "Interactions Endpoint URL"),
        (64 * "0", None, "fault", "another application"),
    ],
)
async def test_interactions_that_come_another_way_are_found(
    discord: FakeDiscord, key: str, url: str | None, level: str, said: str
) -> None:
    discord.interactions_url = url
    access = InteractionsEndpoint(discord.public_key if key == "right" else key) if key else ALL_SHARDS
    findings = await found(discord, access=access)
    assert findings["interactions"].level == level
    assert said in findings["interactions"].found + findings["interactions"].remedy
    assert ("gateway" in findings) == (not key)
