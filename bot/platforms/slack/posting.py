"""Posts into channels: made, edited, found again, and whether one may be made."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.bounded_dict import BoundedDict
from bot.core.errors import UserError
from bot.core.finding import http_date
from bot.core.platform import Gone, TryLater, Undelivered
from bot.core.reply import Reply
from bot.platforms.begun_posts import BegunPosts, finishing
from bot.platforms.layout import width
from bot.platforms.slack.rendering.limits import TEXT
from bot.platforms.slack.rendering.render import Message, render
from bot.platforms.slack.rendering.rich_text import Json
from bot.platforms.slack.transport.api_errors import FAILURES, NETWORK, code_of, undelivered, unreached
from bot.platforms.slack.transport.rate_limit import RateLimit
from bot.platforms.slack.transport.workspaces import Workspace, Workspaces
from bot.storage.errors import database_errors, error_name

EVENT = "smolny_post"
"""The type of our messages' metadata; its payload holds the idempotency key."""

_PAGE = 200
_SEARCHES = 1_000
"""Searches that were broken off, of which it is remembered how far they came."""
_SEPARATOR = "-"
_ID = re.compile(r"[CG][A-Z0-9]+")


def qualified(team: str, id_: str, *, several: bool) -> str:
    """A channel or person as the rest of the bot knows it: with its workspace where the bot serves several.

    Slack's ids are only unique together with it.
    """
    return f"{team}{_SEPARATOR}{id_}" if several else id_


def is_group(role: str) -> bool:
    """Whether a role is a user group by its id."""
    return re.fullmatch(r"S[A-Z0-9]{2,30}", role) is not None


def channel_id(team: str, typed: str, *, several: bool) -> str:
    """A channel that somebody named or chose. Raises UserError where that gave no id."""
    if not _ID.fullmatch(typed):
        raise UserError("Name the channel with its #, and take it from the list that Slack then shows: #general.")
    return qualified(team, typed, several=several)


@asynccontextmanager
async def _network_errors() -> AsyncIterator[None]:
    """What the network raises in a call to Slack, and the store that has the token for it, as Undelivered."""
    try:
        yield
    except NETWORK as error:
        raise unreached(error) from None
    except database_errors() as error:
        raise TryLater(f"the store with the workspace's token is away ({error_name(error)})") from None


@asynccontextmanager
async def _classified_errors() -> AsyncIterator[None]:
    """Everything that a call to Slack raises, as Undelivered."""
    try:
        async with _network_errors():
            yield
    except SlackApiError as error:
        raise undelivered(error) from None


@dataclass
class _Search:
    """A search back from `latest`: what was found of a post, by its messages' numbers, and how many there are to be."""

    latest: str
    found: dict[int, str] = field(default_factory=dict)
    of: int = 0

    def look_at(self, messages: Sequence[dict[str, Any]], workspace: Workspace, key: str) -> None:
        for one in messages:
            payload = _payload_of(one, workspace)
            if payload.get("key") == key:
                self.found[payload.get("number", 0)] = str(one["ts"])
                self.of = payload.get("of", 1)

    @property
    def is_complete(self) -> bool:
        """Whether the last message is there: they are sent in order."""
        return self.of - 1 in self.found


class Posting:
    """Posts into channels of all workspaces, no faster than Slack allows."""

    def __init__(self, workspaces: Workspaces, pace: RateLimit) -> None:
        self.workspaces = workspaces
        self.pace = pace
        self._searched = BoundedDict[tuple[str, str], _Search](_SEARCHES)
        self._begun = BegunPosts()

    async def _at(self, channel: str) -> tuple[Workspace, str]:
        team, _, within = channel.rpartition(_SEPARATOR)
        return await self.workspaces.workspace(team or self.workspaces.only), within

    async def server_time(self) -> datetime | None:
        async with _classified_errors():
            answer = await self.workspaces.client().api_test()
        return http_date(answer.headers.get("Date", "") if answer.headers else "")

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        """Post, never twice of itself. The key is in each message's metadata, where `find` looks for it.

        Of a post of several messages, those that `find` has just found are not sent again.
        """
        messages = render(reply)
        if reply.mention and is_group(reply.mention):
            messages[0] = _mentioning(messages[0], reply.mention)
        sent = dict(self._begun.take(channel, key))
        with finishing(sent):
            async with _classified_errors():
                workspace, within = await self._at(channel)
                for number, message in enumerate(messages):
                    if number not in sent:
                        metadata = _metadata(key, number, len(messages))
                        sent[number] = await self._send(workspace, within, message.payload, metadata)
                await workspace.upload(within, messages[-1].files)
        return sent[0]

    async def _send(self, workspace: Workspace, channel: str, payload: Json, metadata: Json | None = None) -> str:
        await self.pace.acquire(channel)
        sent = await workspace.posting.chat_postMessage(channel=channel, metadata=metadata, **payload)
        return str(sent["ts"])

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        """Say something else in a message of ours; what does not fit into it follows in new ones, once."""
        first, *rest = render(reply)
        async with _classified_errors():
            workspace, within = await self._at(channel)
            await workspace.posting.chat_update(channel=within, ts=message, text=first.text, blocks=first.blocks)
            if not rest:
                return
            since = datetime.fromtimestamp(float(message), UTC)
            if await self.find(channel, message, since, datetime.now(UTC) + timedelta(days=1)):
                return
            there = self._begun.take(channel, message)
            for number, more in enumerate(rest):
                if number not in there:
                    await self._send(workspace, within, more.payload, _metadata(message, number, len(rest)))

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        """Our message with that key, by the channel's history: the first of several, where the last is there too.

        Slack gives some apps 15 messages a request and one request a minute: a search that is broken off goes on where
        it was, the next time. Without the scope for the history nobody knows, and the day ends when its time is over.
        """
        try:
            return await self._found(channel, key, since, until)
        except SlackApiError as error:
            if code_of(error) == "missing_scope":
                raise TryLater("I may not read the channel's history") from None
            raise undelivered(error) from None

    async def _found(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        async with _network_errors():
            workspace, within = await self._at(channel)
            name = (channel, key)
            search = self._searched.setdefault(name, _Search(f"{until.timestamp():.6f}"))
            while True:
                answer = await workspace.asking.conversations_history(
                    channel=within,
                    oldest=f"{since.timestamp():.6f}",
                    latest=search.latest,
                    include_all_metadata=True,
                    limit=_PAGE,
                )
                messages = answer.get("messages") or ()
                search.look_at(messages, workspace, key)
                if 0 in search.found or not messages or not answer.get("has_more"):
                    break
                search.latest = str(messages[-1]["ts"])
            self._searched.pop(name, None)
            if search.is_complete:
                return search.found[min(search.found)]
            self._begun.note(channel, key, search.found)
            return None

    async def missing_permissions(self, channel: str) -> tuple[str, ...]:
        """Whether the bot is in the channel; that is all it needs. Raises Gone for an archived channel."""
        async with _classified_errors():
            workspace, within = await self._at(channel)
            try:
                answer = await workspace.asking.conversations_info(channel=within)
            except SlackApiError as error:
                # A private channel that the bot is not in looks like one that is not there.
                if code_of(error) != "channel_not_found":
                    raise
                return (_INVITED,)
        about = answer["channel"]
        if about.get("is_archived"):
            raise Gone("the channel is archived")
        return () if about.get("is_member") or about.get("is_im") else (_INVITED,)

    async def tell(self, person: str, server: str | None, reply: Reply) -> None:
        """Say something in a direct message. Slack has no channel for notices to fall back on."""
        async with _classified_errors():
            # Where the bot serves several workspaces, a person is known with theirs.
            team, _, within = person.rpartition(_SEPARATOR)
            workspace = await self.workspaces.workspace(server or team or self.workspaces.only)
            for message in render(reply):
                await self._send(workspace, within, message.payload)

    async def update_private(self, receipt: str, reply: Reply, *, replaces: bool = False) -> None:
        """Say something to whoever pressed, by the press's response URL, which lasts 30 minutes.

        Slack changes no ephemeral message of which nothing was pressed: unless this `replaces` one, it is a new one.
        """
        for message in render(reply):
            async with _classified_errors():
                body = message.payload | {"response_type": "ephemeral", "replace_original": replaces}
                status = await self.workspaces.respond(receipt, body)
            if status != 200:
                raise Undelivered(f"Slack takes no more answers to that press ({status})")

    async def channel_name(self, channel: str) -> str:
        """A channel as people see it, or its id where Slack no longer shows it to us."""
        try:
            workspace, within = await self._at(channel)
            answer = await workspace.asking.conversations_info(channel=within)
        except (Gone, *FAILURES):
            return channel
        name = answer["channel"].get("name")
        return f"#{name}" if name else channel

    async def visible_channels(self, person: str, channels: Sequence[str]) -> Mapping[str, str]:
        """The names, by id, of the public channels among them, and of the private ones whose member somebody is."""
        async with _classified_errors():
            names = {channel: await self._visible_name(person, channel) for channel in channels}
        return {channel: name for channel, name in names.items() if name}

    async def _visible_name(self, person: str, channel: str) -> str:
        workspace, within = await self._at(channel)
        try:
            about = (await workspace.asking.conversations_info(channel=within))["channel"]
            if about.get("is_private"):
                # A private channel that the bot is kept to is a small one: the first page of its members will do.
                members = await workspace.asking.conversations_members(channel=within, limit=1000)
                if person.rpartition(_SEPARATOR)[2] not in (members.get("members") or ()):
                    return ""
        except SlackApiError:
            return ""
        return f"#{about['name']}" if about.get("name") else ""

    def link(self, server: str | None, channel: str, message: str) -> str:
        team, _, within = channel.rpartition(_SEPARATOR)
        workspace = self.workspaces.known(team or server or self.workspaces.only)
        return f"{workspace.url}archives/{within}/p{message.replace('.', '')}" if workspace else ""


def _mentioning(message: Message, group: str) -> Message:
    """The message with a mention of a user group above it."""
    mention = f"<!subteam^{group}>"
    block = {"type": "section", "text": {"type": "mrkdwn", "text": mention}}
    text = f"{mention} {message.text}"
    return Message([block, *message.blocks], text if width(text) <= TEXT else message.text, message.files)


_INVITED = "membership of the channel (/invite me there)"


def _metadata(key: str, number: int, of: int) -> Json | None:
    """What marks one of several messages as ours."""
    return {"event_type": EVENT, "event_payload": {"key": key, "number": number, "of": of}} if key else None


def _payload_of(message: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    """What is in a message's metadata, if the message is ours: anybody's app can write metadata."""
    if workspace.bot_user != message.get("user") and workspace.bot != message.get("bot_id"):
        return {}
    metadata = message.get("metadata") or {}
    payload: dict[str, Any] = metadata.get("event_payload") or {}
    return payload if metadata.get("event_type") == EVENT else {}
