"""The app's manifest, made from the commands: what Slack must know to set the app up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.core.command import Command, Feature
from bot.core.errors import SetupError
from bot.platforms.layout import clip
from bot.platforms.slack.inbound.steps import functions
from bot.platforms.slack.rendering import limits
from bot.platforms.slack.rendering.wording import in_slack_words, slash_name

NAME = "Smolny"
GENERAL = "smolny"
"""The command that reaches all others, for workspaces where another app owns /quote."""
EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

SCOPES = {
    "app_mentions:read": "to answer when it is mentioned in a thread",
    "channels:history": "to see whether a post of its own is already there, before posting it again",
    "channels:read": "to see whether it may post in a channel",
    "chat:write": "to post",
    "commands": "for slash commands and the shortcuts on messages",
    "files:read": "to read the file of a text to add, or of an essay to check",
    "files:write": "to share pictures and exports",
    "groups:history": "the same as channels:history, in private channels it was invited to",
    "groups:read": "the same as channels:read, in private channels it was invited to",
    "im:history": "to read what people write to it alone",
    "users:read": "to know who is an admin of the workspace, the names in a quiz's table, and the time zone for a form",
}
"""What the bot may do, each with the reason."""


def manifest(features: Sequence[Feature], url: str = "") -> dict[str, Any]:
    """The manifest for these features: for Socket Mode or, with the bot's public address, for HTTP."""
    address = {"request_url": f"{url}{EVENTS_PATH}"} if url else {}
    shortcuts = _shortcuts(features)
    steps = functions({one.name: one for feature in features for one in feature.commands})
    oauth = {"redirect_urls": [f"{url}{REDIRECT_PATH}"]} if url else {}
    return {
        "display_information": {
            "name": NAME,
            "description": "Verbatim passages, events and quizzes from your texts, each with its source",
            "background_color": "#7a1f1f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            **({"shortcuts": shortcuts} if shortcuts else {}),
            "slash_commands": _slash_commands(features, address.get("request_url", "")),
        },
        **({"functions": steps} if steps else {}),
        "oauth_config": {**oauth, "scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": _events(url, steps)},
            "interactivity": {"is_enabled": True, **_interactive(address)},
            # Slack lets only such apps bring steps of workflows.
            "org_deploy_enabled": bool(steps),
            **({"function_runtime": "remote"} if steps else {}),
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def as_yaml(features: Sequence[Feature], url: str = "") -> str:
    """The manifest as Slack's page for new apps takes it. Raises SetupError for an address that Slack would refuse."""
    import yaml

    if url and not re.fullmatch(r"https://[^\s/?#]+(/[^\s?#]*)?", url):
        raise SetupError("--url is the bot's public address, which begins with https://")
    return yaml.safe_dump(manifest(features, url), sort_keys=False, allow_unicode=True, width=120)


def _events(url: str, steps: dict[str, Any]) -> list[str]:
    ours = ["app_home_opened", "app_mention", "member_joined_channel", "message.im"]
    ours += ["function_executed"] if steps else []
    return sorted([*ours, "app_uninstalled", "tokens_revoked"]) if url else ours


def _interactive(address: dict[str, str]) -> dict[str, str]:
    return {**address, "message_menu_options_url": address["request_url"]} if address else {}


def _shortcuts(features: Sequence[Feature]) -> list[dict[str, str]]:
    return [
        {
            "name": clip(one.name, limits.SHORTCUT_NAME),
            "type": "message",
            "callback_id": one.name,
            "description": clip(one.description, limits.SHORTCUT_DESCRIPTION),
        }
        for feature in features
        for one in feature.message_actions
    ][: limits.SHORTCUTS]


def _slash_commands(features: Sequence[Feature], url: str) -> list[dict[str, Any]]:
    """One for each command or group of commands, and one that reaches all of them.

    Raises ValueError for too many, and for a name that Slack reserves.
    """
    groups: dict[str, tuple[Feature, list[Command]]] = {}
    for feature in features:
        for command in feature.commands:
            groups.setdefault(command.name.split()[0], (feature, []))[1].append(command)
    every = "quote words | help"
    made = [_slash_command(name, *group) for name, group in groups.items()]
    made.append(_entry(GENERAL, "Everything else I can do, where another app has the command", every))
    if len(made) > limits.COMMANDS:
        raise ValueError(f"Slack takes {limits.COMMANDS} commands, not {len(made)}")
    return [one | {"url": url} for one in made] if url else made


def _slash_command(name: str, feature: Feature, commands: Sequence[Command]) -> dict[str, Any]:
    if len(commands) == 1 and commands[0].name == name:
        return _entry(name, commands[0].description, _usage(commands[0]))
    return _entry(name, feature.summary, " | ".join(_usage(one) for one in commands))


def _usage(command: Command) -> str:
    """What is behind the first word of a command."""
    return command.usage.partition(" ")[2]


def _entry(name: str, description: str, usage: str) -> dict[str, Any]:
    # Escaped, a channel or a person comes with its id.
    made = {
        "command": f"/{slash_name(name)}",
        "description": clip(in_slack_words(description), limits.COMMAND_DESCRIPTION),
        "should_escape": True,
    }
    return made | {"usage_hint": clip(usage, limits.USAGE_HINT)} if usage else made
