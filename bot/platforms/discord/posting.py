"""Posts into channels: made once, edited, found again; and the class of each error."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import discord
from msgspec.structs import replace

from bot.core.finding import http_date
from bot.core.platform import Forbidden, Gone, TryLater, Undelivered
from bot.core.reply import Prose, Reply
from bot.logger import Logger
from bot.platforms.begun_posts import BegunPosts, finishing
from bot.platforms.discord.client import Client
from bot.platforms.discord.connection import FAILURES, date_header, may_pass
from bot.platforms.discord.interaction import edit_first_answer
from bot.platforms.discord.messages import announced, announced_again, replacement, sendable
from bot.platforms.discord.permissions import HISTORY, missing_extras, missing_permissions, visible_channels
from bot.platforms.discord.rendering.announcement import Announcement
from bot.platforms.discord.rendering.custom_id import CustomId
from bot.platforms.discord.rendering.limits import CONTENT, CUSTOM_ID, THREAD_NAME
from bot.platforms.discord.rendering.render import Message
from bot.platforms.discord.servers import notice_channel
from bot.platforms.layout import clip, width

log = Logger(__name__)

_NONCE = 25
_MESSAGES = 10
"""Messages of one post that are looked for: no reply has as many."""
_TOO_MANY = 429
_AROUND = timedelta(hours=1)
"""How much further than from a message until now its continuation is looked for: clocks differ."""
_LOOKED_AT = 1000
"""Messages looked at from either end of a channel's history: more take longer than a lease."""


class Posting:
    """Whatever fails here raises Undelivered, and nothing else."""

    def __init__(self, client: Client, begun: BegunPosts) -> None:
        self.client = client
        self._begun = begun

    async def post(self, channel: str, reply: Reply, key: str) -> str:
        """The id is that of the last message, which has the buttons; Discord swallows a repeat of `key` for minutes.

        Of a post of several messages, those that `find` has just found are not sent again.
        """
        dispatcher, there = self.client.dispatcher, set(self._begun.take(channel, key))
        with finishing(there), classified_errors(self.client):
            target = self.client.get_partial_messageable(int(channel))
            if (made := dispatcher.announcement(reply)) and (signed := _signed_announcement(made, key)):
                sent = await target.send(**_once(key), **_mentioning(announced(signed), reply.mention or ""))
                await self._open_thread(sent, reply.thread or "")
                return str(sent.id)
            sent = await self._send(target, dispatcher.render(reply), key, there)
            await self._open_thread(sent, reply.thread or "")
        return str(sent.id)

    async def _send(
        self, target: discord.PartialMessageable, messages: Sequence[Message], key: str, there: set[int]
    ) -> discord.Message:
        """Send the messages of one post but for those that are there, by their numbers; returns the last."""
        *begun, last = messages
        for number, message in enumerate(begun):
            if number not in there:
                signed = _signed(message, f"{key} {number}") if key else message
                await target.send(**_once(key, number), **sendable(signed))
                there.add(number)
        # It has no content that could mention anybody, and no room is sure for another component.
        return await target.send(**_once(key), **sendable(_signed(last, key)))

    async def _open_thread(self, message: discord.Message, name: str) -> None:
        """Open a thread under a post. The post is there already: what fails here only costs the thread."""
        if not name:
            return
        try:
            await self.client.http.start_thread_with_message(
                message.channel.id, message.id, name=clip(name, THREAD_NAME), auto_archive_duration=1440
            )
        except (discord.DiscordException, *FAILURES) as error:
            log.warning("no thread", error=type(error).__name__)

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        """What does not fit into the message follows in new ones, once: as a post of its own, whose key is its id."""
        dispatcher = self.client.dispatcher
        with classified_errors(self.client):
            target = self.client.get_partial_messageable(int(channel))
            partial = target.get_partial_message(int(message))
            if (made := dispatcher.announcement(reply)) and await _edited(partial, made):
                return
            first, *rest = dispatcher.render(reply)
            # Whatever was content or an embed before is a component now.
            await partial.edit(content=None, embeds=[], **replacement(first))
            if not rest:
                return
            made_at = discord.utils.snowflake_time(int(message))
            if not await self.find(channel, message, made_at - _AROUND, discord.utils.utcnow() + _AROUND):
                await self._send(target, rest, message, set(self._begun.take(channel, message)))

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        if HISTORY in await self.missing_permissions(channel):
            # Discord then shows an empty history, and the post would be made a second time.
            raise Forbidden(f"I may not look into the channel: {HISTORY} is missing")
        with classified_errors(self.client):
            target, early = self.client.get_partial_messageable(int(channel)), dict[int, str]()
            for oldest_first in (True, False):
                seen = 0
                async for message in target.history(
                    after=since, before=until, limit=_LOOKED_AT, oldest_first=oldest_first
                ):
                    seen += 1
                    numbers = self._signatures(message)
                    if _signature(key) in numbers:
                        return str(message.id)
                    early |= {n: str(message.id) for n in range(_MESSAGES) if _signature(f"{key} {n}") in numbers}
                if seen < _LOOKED_AT:
                    self._begun.note(channel, key, early)
                    return None
        raise TryLater("the channel is too busy to look whether the post is there")

    def _signatures(self, message: discord.Message) -> Set[int]:
        """Where a key may be written in a message; nowhere in another's."""
        ours = self.client.user is not None and message.author.id == self.client.user.id
        return set(_numbers(message)) if ours else frozenset()

    async def missing_permissions(self, channel: str) -> tuple[str, ...]:
        with classified_errors(self.client):
            return await missing_permissions(self.client, int(channel))

    async def server_time(self) -> datetime | None:
        with classified_errors(self.client):
            return http_date(await date_header())

    async def servers(self) -> Set[str]:
        """Asked of Discord: this process may know those of a few shards, or none."""
        with classified_errors(self.client):
            return {str(one.id) async for one in self.client.fetch_guilds(limit=None, with_counts=False)}

    async def channel_name(self, channel: str) -> str:
        try:
            with classified_errors(self.client):
                found = self.client.get_channel(int(channel)) or await self.client.fetch_channel(int(channel))
        except Undelivered:
            return channel
        return f"#{getattr(found, 'name', channel)}"

    async def missing_extras(self, channel: str, *, thread: bool, mention: str) -> tuple[str, ...]:
        with classified_errors(self.client):
            return await missing_extras(self.client, int(channel), thread=thread, mention=mention)

    async def visible_channels(self, person: str, server: str | None, channels: Sequence[str]) -> Mapping[str, str]:
        """The names, by id, of those channels that a member sees."""
        with classified_errors(self.client):
            ids = [int(one) for one in channels]
            seen = await visible_channels(self.client, int(person), int(server), ids) if server else {}
            return {str(one): name for one, name in seen.items()}

    async def tell(self, person: str, server: str | None, reply: Reply) -> None:
        with classified_errors(self.client):
            user = await self.client.fetch_user(int(person))
            try:
                await self._say(user, reply)
            except (discord.Forbidden, discord.NotFound):
                channel = await notice_channel(self.client, int(server)) if server else None
                if channel is None:
                    raise
                await self._say(channel, _public_notice(user.display_name))

    async def update_private(self, receipt: str, reply: Reply, *, replaces: bool = False) -> None:
        """Change the first answer to an interaction, by the interaction's token, which lasts 15 minutes."""
        with classified_errors(self.client):
            first, *_ = self.client.dispatcher.render(reply)
            await edit_first_answer(self.client, self.client.application_id or 0, receipt, first)

    async def _say(self, target: discord.abc.Messageable, reply: Reply) -> None:
        if made := self.client.dispatcher.announcement(reply):
            await target.send(**announced(made))
            return
        for message in self.client.dispatcher.render(reply):
            await target.send(**sendable(message))


def link(server: str | None, channel: str, message: str) -> str:
    return f"https://discord.com/channels/{server or '@me'}/{channel}/{message}"


def _public_notice(name: str) -> Reply:
    """What everybody may read in place of a private message: it could name a channel that they cannot see."""
    words = f"{name}, something that you set up here needs you. Please allow direct messages from this server."
    return Reply(parts=(Prose(words),))


def _once(key: str, number: int | None = None) -> dict[str, Any]:
    """The argument by which Discord swallows a repeat; each message of a reply has its own."""
    if not key:
        return {}
    return {"nonce": key if number is None else hashlib.sha256(f"{key} {number}".encode()).hexdigest()[:_NONCE]}


def _mentioning(arguments: dict[str, Any], role: str) -> dict[str, Any]:
    """The same message with a mention of one role before its words; of nobody else, whatever they say."""
    content = f"<@&{role}> {arguments['content']}"
    if not (role.isascii() and role.isdecimal()) or width(content) > CONTENT:
        return arguments
    allowed = discord.AllowedMentions(everyone=False, users=False, roles=[discord.Object(int(role))])
    return arguments | {"content": content, "allowed_mentions": allowed}


def _signed(message: Message, key: str) -> Message:
    """The message with the key written where readers do not see it and Discord keeps it: as a component's number."""
    first, *rest = message.components
    return replace(message, components=[{**first, "id": _signature(key)}, *rest]) if key else message


def _signed_announcement(made: Announcement, key: str) -> Announcement | None:
    """The announcement with the key in its first button's id; None where there is no room for it."""
    if not key:
        return made
    if not made.rows:
        return None
    row, *rows = made.rows
    first, *others = row["components"]
    custom_id = CustomId.numbered(first["custom_id"], _signature(key))
    signed = {**row, "components": [{**first, "custom_id": custom_id}, *others]}
    return replace(made, rows=[signed, *rows]) if width(custom_id) <= CUSTOM_ID else None


def _numbers(message: discord.Message) -> Iterator[int]:
    """Where a key may be written: numbers of components, and of the buttons in rows."""
    for one in message.components:
        yield getattr(one, "id", None) or 0
        for child in getattr(one, "children", ()):
            yield CustomId.number_of(getattr(child, "custom_id", None) or "")


async def _edited(message: discord.PartialMessage, made: Announcement) -> bool:
    """Edit an announcement; False where the message is of Components V2, which no edit takes back."""
    try:
        await message.edit(**announced_again(made))
    except discord.HTTPException as error:
        if error.status != 400:
            raise
        return False
    return True


def _signature(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % (2**31 - 1) + 1


def _retry_after(error: discord.HTTPException) -> float | None:
    """How many seconds Discord, or what is in front of it, asks to be left alone for, if it does."""
    wait = error.response.headers.get("Retry-After", "")
    return float(wait) if re.fullmatch(r"\d+(\.\d+)?", wait) else None


@contextmanager
def classified_errors(client: discord.Client) -> Iterator[None]:
    """Discord's errors by what they mean for a post."""
    if client.application_id is None:
        raise TryLater("not connected yet")
    try:
        yield
    except discord.NotFound as error:
        raise Gone(f"the channel or message is gone ({error.code})") from None
    except discord.Forbidden as error:
        raise Forbidden(f"Discord does not let me post there ({error.code})") from None
    except discord.RateLimited as error:
        raise TryLater("too many posts", error.retry_after) from None
    except discord.HTTPException as error:
        if may_pass(error):
            unknown = error.status != _TOO_MANY
            raise TryLater(f"Discord answered {error.status}", _retry_after(error), unknown=unknown) from None
        raise Undelivered(f"Discord refused the message ({error.status}, {error.code})") from None
    except (aiohttp.ClientError, OSError) as error:
        raise TryLater(f"Discord cannot be reached ({type(error).__name__})", unknown=True) from None
    except RuntimeError:
        # aiohttp's words for a client that was closed meanwhile. What went out just before, nobody knows.
        if not client.is_closed():
            raise
        raise TryLater("disconnected meanwhile", unknown=True) from None
    except (discord.DiscordException, ValueError) as error:
        raise Undelivered(f"the message cannot be sent ({type(error).__name__})") from None
