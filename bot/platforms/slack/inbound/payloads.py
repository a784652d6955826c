"""Slack's payloads, read: who did what where. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from bot.platforms.slack.rendering.action_id import BlockId
from bot.platforms.slack.rendering.render import QUESTION

Body = Mapping[str, Any]
"""A payload of Slack's: an event, an interaction or a slash command."""


class Request(Struct, frozen=True):
    """Who asked for something, and where. To a `response_url` the bot may answer even where it is not a member.

    `ephemeral`: the message that was pressed is shown to the presser alone. `from_asker`: the presser had asked for it.
    `question`: who asked for what, in words for the channel. `call`: what was typed beside what a menu completes.
    """

    team: str
    user: str
    channel: str = ""
    response_url: str = ""
    thread: str = ""
    ephemeral: bool = False
    from_asker: bool = False
    made_at: datetime | None = None
    question: str = ""
    call: str = ""


def delivery_id(body: Body) -> str:
    """What is the same when Slack sends something again: empty where nothing is, as for a menu's completions."""
    return str(body.get("event_id") or body.get("trigger_id") or "")


def team_of(body: Body) -> str:
    """The workspace that the bot acts in; interactions in organisations may name it with the person only.

    An event of a channel that workspaces share may come from another one, and says for which installation it is.
    """
    (installation, *_) = body.get("authorizations") or [{}]
    team = body.get("team") or {}
    user = body.get("user") or {}
    return str(installation.get("team_id") or body.get("team_id") or team.get("id") or user.get("team_id") or "")


def name_of(body: Body) -> str:
    user = body.get("user") or {}
    return str(body.get("user_name") or user.get("username") or user.get("name") or "")


def question_line(name: str, asked: str) -> str:
    """Who asked for what. Slack may leave out the name: it says that it will."""
    return f"{name}: {asked}" if name else asked


def of_command(body: Body) -> Request:
    return Request(
        team_of(body), body["user_id"], body["channel_id"], body["response_url"], body.get("thread_ts") or ""
    )


def of_interaction(body: Body) -> Request:
    """A button pressed, a choice made, a shortcut on a message; in the App Home there is no channel."""
    message = body.get("message") or {}
    container = body.get("container") or {}
    block = BlockId.parse((body.get("actions") or [{}])[0].get("block_id", ""))
    user = body["user"]["id"]
    return Request(
        team_of(body),
        user,
        (body.get("channel") or {}).get("id", ""),
        body.get("response_url") or "",
        message.get("thread_ts") or container.get("thread_ts") or "",
        ephemeral=bool(container.get("is_ephemeral")),
        from_asker=block.asker == user,
        made_at=_moment((body.get("actions") or [{}])[0].get("action_ts", "")),
        question=_question(message),
        call=block.call,
    )


def _moment(timestamp: str) -> datetime | None:
    """A moment as Slack writes it, in seconds since 1970."""
    is_one = re.fullmatch(r"[0-9]{1,10}([.][0-9]{1,6})?", timestamp)
    return datetime.fromtimestamp(float(timestamp), UTC) if is_one else None


def of_direct_message(body: Body) -> Request:
    """A message to the bot alone is answered below it."""
    event = body["event"]
    return Request(team_of(body), event["user"], event["channel"], thread=event.get("thread_ts") or "")


def of_mention(body: Body) -> Request:
    """A mention is answered in its thread, or in a new one under it."""
    event = body["event"]
    return Request(team_of(body), event["user"], event["channel"], thread=event.get("thread_ts") or event["ts"])


def chosen(action: Mapping[str, Any]) -> str:
    """The value of a button, or of the choice that was made in a menu."""
    option = action.get("selected_option") or {}
    return str(option.get("value") or action.get("value") or "")


def _question(message: Body) -> str:
    """Who had asked for what, by the line above a message of ours."""
    lines = (block for block in message.get("blocks") or () if block.get("block_id") == QUESTION)
    return next((one["elements"][0]["text"] for one in lines), "")
