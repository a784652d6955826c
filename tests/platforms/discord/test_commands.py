"""What Discord is told about the commands, and when."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot.core.app import App
from bot.core.features import FeaturePackage
from bot.core.reply import Choice
from bot.platforms.discord.adapter import Discord
from bot.platforms.discord.client import Client
from bot.platforms.discord.commands import command_payloads, option_choices
from tests.conftest import NOW
from tests.logs import capture_logs, quiet
from tests.platforms.discord import limits_check
from tests.platforms.discord.conftest import Room, answer
from tests.simulation import SETTLED

SUBCOMMAND, STRING, INTEGER, BOOLEAN, CHANNEL = 1, 3, 4, 5, 7
TEXT, NEWS, THREAD = 0, 5, 11
OTHERS = (2, 10, 12, 13)
"""Voice channels, threads of announcements, private threads, and stages: all of them can be written in."""
SLASH, ON_MESSAGE = 1, 3
SERVERS, PEOPLE = 0, 1


def payloads(app: App) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in command_payloads(app.features, app.corpus)}


def test_parameters_become_options_of_discords_own_kinds(sample_app: App) -> None:
    options = {one["name"]: one for one in (payloads(sample_app))["echo"]["options"]}
    assert list(options) == ["words", "times", "loud", "manner", "from"]
    assert [one["type"] for one in options.values()] == [STRING, INTEGER, BOOLEAN, STRING, STRING]
    assert [one["required"] for one in options.values()] == [True, False, False, False, False]
    assert options["words"]["autocomplete"]
    assert (options["times"]["min_value"], options["times"]["max_value"]) == (1, 3)
    assert [one["value"] for one in options["manner"]["choices"]] == ["kindly", "sternly"]
    assert options["from"]["description"] == "Who says it"


def test_two_words_become_a_group_and_its_command(sample_app: App) -> None:
    daily = (payloads(sample_app))["daily"]
    assert [(one["type"], one["name"]) for one in daily["options"]] == [
        (SUBCOMMAND, "set"),
        (SUBCOMMAND, "where"),
        (SUBCOMMAND, "list"),
    ]
    (channel,) = daily["options"][1]["options"]
    assert channel["type"] == CHANNEL
    assert set(channel["channel_types"]) == {TEXT, NEWS, THREAD, *OTHERS}


def test_look_ups_are_for_everybody_everywhere_and_settings_for_managers_of_servers(sample_app: App) -> None:
    told = payloads(sample_app)
    for name in ("echo", "mixed", "Read this aloud"):
        assert told[name]["contexts"] == (0, 1, 2)
        assert told[name]["integration_types"] == (SERVERS, PEOPLE)
        assert told[name]["default_member_permissions"] is None
    assert told["daily"]["contexts"] == (0,)
    assert told["daily"]["integration_types"] == (SERVERS,)
    assert told["daily"]["default_member_permissions"] == 0x20
    assert told["Read this aloud"]["type"] == ON_MESSAGE


def test_the_shipped_commands_keep_to_discords_limits(app: App) -> None:
    told = payloads(app)
    assert len(told) <= 100
    for one in told.values():
        assert sum(limits_check.units(words) for words in _words(one)) <= 8000
        for node in _nodes(one):
            assert 1 <= limits_check.units(node["name"]) <= 32
            assert 1 <= limits_check.units(node["description"]) <= 100
            assert len(node.get("options", ())) <= 25
            assert all(1 <= limits_check.units(choice["name"]) <= 100 for choice in node.get("choices", ()))


def _nodes(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if one.get("type") != ON_MESSAGE or "options" in one:
        yield one
    for option in one.get("options", ()):
        yield from _nodes({**option, "type": SLASH})


def _words(one: dict[str, Any]) -> Iterator[str]:
    for node in _nodes(one):
        yield from (node["name"], node["description"])
        for choice in node.get("choices", ()):
            yield from (choice["name"], choice["value"])


def test_a_command_has_no_option_that_app_does_not_know(app: App) -> None:
    told = payloads(app)
    for name, command in app.commands.items():
        node = told[name.split()[0]]
        for word in name.split()[1:]:
            node = next(option for option in node["options"] if option["name"] == word)
        assert {one["name"] for one in node.get("options", ())} == {one.name for one in command.parameters}


def test_completions_that_discord_cannot_hold_are_left_out() -> None:
    choices = [Choice("Long", "x" * 101), Choice("None", ""), Choice("word " * 40, "fits")]
    (made,) = option_choices(choices)
    assert made["value"] == "fits"
    assert made["name"].endswith("word…")


async def test_commands_are_told_once_and_again_when_they_changed(room: Room, sample_app: App, app: App) -> None:
    assert told(room) == 1
    await room.restart(sample_app)
    assert told(room) == 1
    await room.restart(app)
    assert told(room) == 2


async def test_commands_of_the_same_code_wait_until_somebody_uses_one(room: Room, sample_app: App) -> None:
    package = FeaturePackage(Path(__file__).parent, lambda: sample_app.features)
    first, second, third = (App(package, sample_app.corpus, sample_app.store, clock=lambda: NOW) for _ in range(3))
    await room.restart(first)
    assert not first.waiting_features
    await room.restart(second)
    assert second.waiting_features
    assert "Hello" in answer(await room.ada.slash(room.channel, "echo", words="Hello"))
    assert not second.waiting_features
    await room.restart(third)
    assert await room.ada.autocomplete(room.channel, "echo", "words", "h")
    assert not third.waiting_features
    assert told(room) == 1


async def test_other_code_is_compared_at_the_start(room: Room, sample_app: App, tmp_path: Path) -> None:
    package = FeaturePackage(tmp_path, lambda: sample_app.features)
    await room.restart(App(package, sample_app.corpus, sample_app.store, clock=lambda: NOW))
    (tmp_path / "quote.py").write_text("# other code\n", encoding="utf-8")
    changed = App(package, sample_app.corpus, sample_app.store, clock=lambda: NOW)
    await room.restart(changed)
    assert not changed.waiting_features


async def test_without_a_store_commands_are_told_at_every_start(sample_app: App) -> None:
    app = App(sample_app.features, sample_app.corpus, clock=lambda: NOW)
    async with simcord.run(Discord(app, "token").client, settle_timeout=SETTLED) as env:
        await env.restart_bot(Discord(app, "token").client)
        assert sum(entry.method == "PUT" for entry in env.http_requests) == 2


def told(room: Room) -> int:
    return sum(entry.method == "PUT" and entry.path.endswith("/commands") for entry in room.env.http_requests)


async def test_the_bot_asks_to_know_its_servers_and_nothing_else(platform: Discord) -> None:
    assert [name for name, value in platform.client.intents if value] == ["guilds"]


@pytest.mark.parametrize("words", ["!quote gunpowder", "/quote gunpowder"])
async def test_what_people_say_is_none_of_its_business(room: Room, words: str) -> None:
    await room.ada.send(room.channel, words)
    assert isinstance(room.platform.client, Client)
    assert len(room.channel.history(viewer=room.ada)) == 1


async def test_the_log_says_as_whom_and_where_the_bot_is_connected(room: Room, sample_app: App) -> None:
    quiet(logging.INFO)  # tests log warnings only
    with capture_logs() as logged:
        await room.restart(sample_app)
    said_so = [one["event"] for one in logged if one["event"].startswith("Connected as")]
    assert said_so == [f"Connected as {room.platform.client.user}, in 1 server. Type /quote there."]
