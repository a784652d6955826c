"""Interactions as Discord hands them over, each of another person, in the bench's servers by turns."""

from __future__ import annotations

import time
from collections.abc import Mapping
from itertools import count
from typing import Any

from tests.fakes.discord import APPLICATION, channel_of

Interaction = dict[str, Any]

_DISCORD_EPOCH = 1_420_070_400_000
_COMMAND, _COMPONENT, _COMPLETION = 2, 3, 4
_BUTTON, _TEXT = 2, 3
_number = count()


def slash(servers: list[str], name: str, parameter: str, value: str) -> Interaction:
    """A command with one option."""
    return _interaction(servers, _COMMAND, _command(name, parameter, value))


def keystroke(servers: list[str], name: str, parameter: str, value: str) -> Interaction:
    """An option half typed."""
    return _interaction(servers, _COMPLETION, _command(name, parameter, value, focused=True))


def press(servers: list[str], custom_id: str, message: Mapping[str, Any]) -> Interaction:
    """A button of a message."""
    data = {"custom_id": custom_id, "component_type": _BUTTON, "id": 3}
    return {**_interaction(servers, _COMPONENT, data), "message": {**message, "id": _snowflake()}}


def _command(name: str, parameter: str, value: str, **more: bool) -> Mapping[str, Any]:
    return {"id": "1", "name": name, "type": 1, "options": [{"type": _TEXT, "name": parameter, "value": value, **more}]}


def _snowflake() -> str:
    return str((int(time.time() * 1000) - _DISCORD_EPOCH << 22) | next(_number))


def _interaction(servers: list[str], kind: int, data: Mapping[str, Any]) -> Interaction:
    number = _snowflake()
    server = servers[int(number) % len(servers)]
    channel = {"id": channel_of(server), "type": 0, "name": "general", "guild_id": server}
    person = {"id": number, "username": "ada", "discriminator": "0", "avatar": None, "global_name": "Ada"}
    member: dict[str, Any] = {
        "user": person, "roles": [], "nick": None, "avatar": None, "joined_at": "2026-11-22T12:00:00+00:00",
        "deaf": False, "mute": False, "flags": 0, "pending": False, "premium_since": None, "permissions": "2147483647",
    }  # fmt: skip
    return {
        "id": number, "application_id": APPLICATION, "type": kind, "token": f"token-{number}", "version": 1,
        "guild_id": server, "channel_id": channel["id"], "channel": channel, "member": member, "locale": "en-US",
        "guild_locale": "en-US", "app_permissions": "2147483647", "data": data, "entitlements": [], "context": 0,
        "authorizing_integration_owners": {"0": server}, "attachment_size_limit": 10_485_760,
    }  # fmt: skip
