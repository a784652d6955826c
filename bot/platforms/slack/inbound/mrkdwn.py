"""Slack's mrkdwn, read: entities and links turned back into what was typed."""

from __future__ import annotations

import html
import re

_PUNCTUATION = " \t\n.,:;!?*_~`-"
_LINK = re.compile(r"<(?P<sign>[#@!]?)(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")


def plain(text: str) -> str:
    """Words as people see them, except that a channel, a person or a group becomes its id: `<#C1|general>` is `C1`."""
    return html.unescape(_LINK.sub(_unlinked, text))


def after_mention(text: str, user: str) -> str:
    """What is said to `user`: what comes after the first mention or, where nothing does, before it."""
    before, *rest = re.split(rf"<@{re.escape(user)}(?:\|[^<>]*)?>", text)
    behind = " ".join(rest)
    return plain(behind if behind.strip(_PUNCTUATION) else before).strip()


def _unlinked(link: re.Match[str]) -> str:
    if link["sign"] in {"#", "@"}:
        return link["target"]
    if link["target"].startswith("subteam^"):
        return link["target"].removeprefix("subteam^")
    if link["sign"] == "!":
        return f"@{link['label'] or link['target'].partition('^')[0]}"
    return link["label"] or link["target"]
