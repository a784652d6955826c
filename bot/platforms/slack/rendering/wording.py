"""Slack's own words: names of commands that Slack does not keep for itself, and workspace for server."""

from __future__ import annotations

import re

RESERVED = (
    "active", "apps", "archive", "away", "call", "close", "collapse", "dm", "dnd", "expand", "feed", "feedback",
    "invite", "join", "kick", "leave", "me", "msg", "mute", "open", "part", "prefs", "pro", "remind", "remove",
    "rename", "search", "shortcuts", "shrug", "star", "status", "topic", "unarchive", "who",
)  # fmt: skip
"""Slash commands that Slack has itself: it refuses an app's whole manifest for one of them."""

RENAMED = {"who": "person"}
"""What a command is called on Slack, where Slack reserves its name."""

_ORIGINAL = {new: old for old, new in RENAMED.items()}
_COMMAND = re.compile(rf"(?<![\w/])/({'|'.join(RENAMED)})(?![\w-])")
_SERVER = re.compile(r"\b(server)(s?)\b", re.IGNORECASE)
# A command's name begins a line, or is what /help is asked about.
_TYPED = re.compile(rf"\s*/?(?:help\s+/?)?(?P<name>{'|'.join(_ORIGINAL)})(?![\w-])", re.IGNORECASE)


def slash_name(name: str) -> str:
    """The name of a slash command on Slack. Raises ValueError for one that Slack reserves."""
    name = RENAMED.get(name, name)
    if name in RESERVED:
        raise ValueError(f"Slack has a /{name} of its own: give the command another name in RENAMED")
    return name


def rename_commands(text: str) -> str:
    """The text with each command called as it is on Slack."""
    return _COMMAND.sub(lambda found: f"/{RENAMED[found[1]]}", text) if "/" in text else text


def in_slack_words(text: str) -> str:
    """The bot's own words as they are said on Slack."""
    named = rename_commands(text)
    if "server" not in named.casefold():
        return named  # nearly always, and found out in a tenth of the time
    return _SERVER.sub(lambda found: f"{'Workspace' if found[1][0] == 'S' else 'workspace'}{found[2]}", named)


def with_original_name(line: str) -> str:
    """A typed line with the command's own name, whichever of its names was typed."""
    if found := _TYPED.match(line):
        start, end = found.span("name")
        return f"{line[:start]}{_ORIGINAL[found['name'].lower()]}{line[end:]}"
    return line
