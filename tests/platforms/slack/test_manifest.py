"""The manifest: what Slack's schema for it allows, and everything that the features need."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest
import yaml
from msgspec import Meta, Struct
from msgspec.structs import replace

from bot.core.command import Command, Feature, MessageAction
from bot.core.reply import Reply
from bot.platforms.slack.manifest import SCOPES, as_yaml, manifest
from cogs import FEATURES
from tests.platforms.slack.fake_slack import BUILT_IN
from tests.platforms.slack.sample import FEATURE

URL = Annotated[str, Meta(pattern=r"^https?:\/\/", max_length=3000)]
Scope = Annotated[str, Meta(max_length=50)]


class Strict(Struct, forbid_unknown_fields=True):
    """Slack's schema, version 1, in our words: additional properties are refused everywhere."""


class DisplayInformation(Strict):
    name: Annotated[str, Meta(min_length=1, max_length=35)]
    description: Annotated[str, Meta(min_length=1, max_length=140)]
    background_color: Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$")]


class AppHome(Strict):
    home_tab_enabled: bool
    messages_tab_enabled: bool
    messages_tab_read_only_enabled: bool


class BotUser(Strict):
    display_name: Annotated[str, Meta(min_length=1, max_length=80)]
    always_online: bool


class Shortcut(Strict):
    name: Annotated[str, Meta(min_length=1, max_length=24)]
    type: Literal["message", "global"]
    callback_id: Annotated[str, Meta(min_length=1, max_length=255)]
    description: Annotated[str, Meta(min_length=1, max_length=150)]


class SlashCommand(Strict):
    command: Annotated[str, Meta(min_length=2, max_length=32, pattern=r"^\/")]
    description: Annotated[str, Meta(min_length=1, max_length=2000)]
    should_escape: bool
    usage_hint: Annotated[str, Meta(min_length=1, max_length=1000)] = "-"
    url: URL | None = None


class Features(Strict):
    app_home: AppHome
    bot_user: BotUser
    slash_commands: Annotated[list[SlashCommand], Meta(min_length=1, max_length=50)]
    shortcuts: Annotated[list[Shortcut], Meta(min_length=1, max_length=10)] | None = None


class Scopes(Strict):
    bot: Annotated[list[Scope], Meta(max_length=255)]


class OAuth(Strict):
    scopes: Scopes
    redirect_urls: list[str] | None = None


class Events(Strict):
    bot_events: Annotated[list[Scope], Meta(max_length=100)]
    request_url: URL | None = None


class Interactivity(Strict):
    is_enabled: bool
    request_url: URL | None = None
    message_menu_options_url: URL | None = None


class Settings(Strict):
    event_subscriptions: Events
    interactivity: Interactivity
    org_deploy_enabled: bool
    socket_mode_enabled: bool
    token_rotation_enabled: bool
    function_runtime: Literal["remote"] | None = None


Text = Annotated[str, Meta(min_length=1, max_length=3000)]


class FunctionParameter(Strict):
    type: Literal["string", "slack#/types/channel_id"]
    name: Text
    title: Text
    description: Text
    is_required: bool


class Function(Strict):
    title: Text
    description: Text
    input_parameters: dict[str, FunctionParameter]
    output_parameters: dict[str, FunctionParameter]


class Manifest(Strict):
    display_information: DisplayInformation
    features: Features
    oauth_config: OAuth
    settings: Settings
    functions: dict[Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,100}$")], Function] | None = None


def read(features: tuple[Feature, ...], url: str = "") -> Manifest:
    return msgspec.convert(yaml.safe_load(as_yaml(features, url)), Manifest)


@pytest.mark.parametrize("features", [FEATURES, (*FEATURES, FEATURE)])
@pytest.mark.parametrize("url", ["", "https://smolny.example"])
def test_the_manifest_is_what_slack_takes(features: tuple[Feature, ...], url: str) -> None:
    read(features, url)


def test_every_command_is_reached_by_a_slash_command() -> None:
    made = {one.command: one for one in read(FEATURES).features.slash_commands}
    ours = {one.name.split()[0] for feature in FEATURES for one in feature.commands}
    assert made.keys() == {f"/{name}" for name in ours - {"who"} | {"person", "smolny"}}
    assert made["/quote"].usage_hint == "[words] [text]"
    assert all(one.should_escape for one in made.values())


def test_a_group_shows_what_goes_with_it() -> None:
    (sample,) = [one for one in read((FEATURE,)).features.slash_commands if one.command == "/sample"]
    assert sample.usage_hint.startswith("ask | set zone [sure] | post channel zone | secret")


def test_message_actions_become_shortcuts() -> None:
    (shortcut,) = read((FEATURE,)).features.shortcuts or []
    assert (shortcut.name, shortcut.callback_id, shortcut.type) == ("Shout", "Shout", "message")


def test_socket_mode_needs_no_address_and_http_names_it_everywhere() -> None:
    here, public = read(FEATURES), read(FEATURES, "https://smolny.example")
    assert "http" not in as_yaml(FEATURES)
    assert (here.settings.socket_mode_enabled, public.settings.socket_mode_enabled) == (True, False)
    events = "https://smolny.example/slack/events"
    assert {one.url for one in public.features.slash_commands} == {events}
    assert public.settings.event_subscriptions.request_url == events
    assert public.settings.interactivity.request_url == events
    assert public.oauth_config.redirect_urls == ["https://smolny.example/slack/oauth_redirect"]


def test_each_scope_has_its_reason() -> None:
    assert read(FEATURES).oauth_config.scopes.bot == sorted(SCOPES)
    assert all(SCOPES.values())
    page = (Path(__file__).parents[3] / "docs" / "slack.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[a-z_]+(?::[a-z]+)?`(?:, `[a-z:]+`)*) \|", page, re.MULTILINE)
    assert sorted(re.findall(r"`([^`]+)`", " ".join(rows))) == sorted(SCOPES)


def test_steps_of_workflows_come_with_what_slack_wants_for_them() -> None:
    made = read(FEATURES)
    assert made.functions
    assert made.functions.keys() == {"post_fact", "check_quotation"}
    assert made.settings.org_deploy_enabled
    assert made.settings.function_runtime == "remote"
    assert "function_executed" in made.settings.event_subscriptions.bot_events
    none = read((FEATURE,))
    assert none.functions is None
    assert not none.settings.org_deploy_enabled


def test_more_commands_than_slack_takes_are_a_bug_that_shows() -> None:
    async def handler() -> Reply:
        return Reply()

    commands = tuple(Command(name=f"c{n}", description="Do.", parameters=(), handler=handler) for n in range(50))
    with pytest.raises(ValueError, match="50"):
        manifest([Feature("many", "Many.", commands, (), ())])


def test_long_names_are_cut_to_what_slack_shows() -> None:
    async def handler() -> None: ...

    long = MessageAction("Check this quotation for me", "Say. " * 99, handler)  # type: ignore[arg-type]  # never called
    (shortcut,) = read((Feature("a", "b", FEATURE.commands, (), (long,)),)).features.shortcuts or []
    assert shortcut.callback_id == "Check this quotation for me"
    assert shortcut.name.endswith("…")


def test_no_command_has_the_name_of_a_built_in_one() -> None:
    commands = {one["command"] for one in manifest(FEATURES)["features"]["slash_commands"]}
    assert commands.isdisjoint(f"/{name}" for name in BUILT_IN)
    assert "/person" in commands


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_command_with_a_reserved_name_is_refused_or_renamed(name: str) -> None:
    one = replace(FEATURE.commands[0], name=name)
    try:
        made = manifest([replace(FEATURE, commands=(one,))])
    except ValueError as error:
        assert f"/{name}" in str(error)
    else:
        assert f"/{name}" not in {one["command"] for one in made["features"]["slash_commands"]}


def test_slack_has_workspaces_and_no_servers() -> None:
    assert "server" not in as_yaml(FEATURES)
