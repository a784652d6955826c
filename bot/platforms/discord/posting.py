"""Posts into channels: made once, edited, found again; and the class of each error."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import aiohttp
import discord

from bot.core.platform import Forbidden, Gone, TryLater, Undelivered
from bot.core.reply import Prose, Reply
from bot.platforms.discord.client import Client
from bot.platforms.discord.connection import FAILURES, PERMISSIONS
from bot.platforms.discord.messages import replacement, sendable
from bot.platforms.discord.rendering.render import Message, render
from bot.platforms.discord.servers import notice_channel

_NONCE = 25
_FIRST_ANSWER = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
"""The first answer to an interaction."""
_COMPONENTS_V2 = 1 << 15
_LOOKED_AT = 1000
"""Messages looked at from either end of a channel's history: more take longer than a lease."""


class Posting:
    """Whatever fails here raises Undelivered, and nothing else."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def post(self, channel: str, reply: Reply, key: str) -> str:
        """The id is that of the last message, which has the buttons; Discord swallows a repeat of `key` for minutes."""
        with _classified_errors():
            *messages, last = render(reply, self.client.dispatcher.colours)
            target = self.client.get_partial_messageable(int(channel))
            for number, message in enumerate(messages):
                await target.send(**_once(key, number), **sendable(message))
            sent = await target.send(**_once(key), **sendable(_signed(last, key)))
        return str(sent.id)

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        """What does not fit into the message follows in new ones."""
        with _classified_errors():
            first, *rest = render(reply, self.client.dispatcher.colours)
            target = self.client.get_partial_messageable(int(channel))
            await target.get_partial_message(int(message)).edit(**replacement(first))
            for more in rest:
                await target.send(**sendable(more))

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        if _HISTORY in await self.missing_permissions(channel):
            # Discord then shows an empty history, and the post would be made a second time.
            raise Forbidden(f"I may not look into the channel: {_HISTORY} is missing")
        with _classified_errors():
            target, seen = self.client.get_partial_messageable(int(channel)), 0
            for oldest_first in (True, False):
                seen = 0
                async for message in target.history(
                    after=since, before=until, limit=_LOOKED_AT, oldest_first=oldest_first
                ):
                    seen += 1
                    if self._is_signed(message, key):
                        return str(message.id)
                if seen < _LOOKED_AT:
                    return None
        raise TryLater("the channel is too busy to look whether the post is there")

    def _is_signed(self, message: discord.Message, key: str) -> bool:
        ours = self.client.user is not None and message.author.id == self.client.user.id
        return ours and any(getattr(component, "id", None) == _signature(key) for component in message.components)

    async def missing_permissions(self, channel: str) -> tuple[str, ...]:
        with _classified_errors():
            found = await self._channel(int(channel))
            if not isinstance(found, discord.abc.GuildChannel | discord.Thread):
                return ()
            # A thread has the permissions of its channel.
            ruling = await self._channel(found.parent_id) if isinstance(found, discord.Thread) else found
            if not isinstance(ruling, discord.abc.GuildChannel):
                raise TryLater("the server cannot be looked at now")
            allowed = {name for name, value in await self._permissions(ruling) if value}
        return tuple(_title(name) for name in sorted(set(_needed(found)) - allowed))

    async def _permissions(self, channel: discord.abc.GuildChannel) -> discord.Permissions:
        """Ours in a channel; asked of Discord where another process serves the server, and none of it is known here."""
        if channel.guild.me is not None:
            return channel.permissions_for(channel.guild.me)
        if self.client.user is None:
            raise TryLater("not connected yet")
        guild = await self.client.fetch_guild(channel.guild.id, with_counts=False)
        ours = await guild.fetch_member(self.client.user.id)
        known = await guild.fetch_channel(channel.id)
        if isinstance(known, discord.Thread):
            raise TryLater("the server cannot be looked at now")
        return known.permissions_for(ours)

    async def _channel(self, channel: int) -> object:
        return self.client.get_channel(channel) or await self.client.fetch_channel(channel)

    async def servers(self) -> Set[str]:
        """Asked of Discord: this process may know those of a few shards, or none."""
        with _classified_errors():
            return {str(one.id) async for one in self.client.fetch_guilds(limit=None, with_counts=False)}

    async def channel_name(self, channel: str) -> str:
        try:
            found = self.client.get_channel(int(channel)) or await self.client.fetch_channel(int(channel))
        except (*FAILURES, ValueError):
            return channel
        return f"#{getattr(found, 'name', channel)}"

    async def visible_channels(self, person: str, server: str | None, channels: Sequence[str]) -> tuple[str, ...]:
        """The names of those channels that a member sees."""
        guild = self.client.get_guild(int(server)) if server else None
        if guild is None:
            return ()
        with _classified_errors():
            member = await guild.fetch_member(int(person))
            found = (guild.get_channel_or_thread(int(one)) for one in channels)
            return tuple(f"#{one.name}" for one in found if one and one.permissions_for(member).view_channel)

    async def tell(self, person: str, server: str | None, reply: Reply) -> None:
        with _classified_errors():
            user = await self.client.fetch_user(int(person))
            try:
                await self._say(user, reply)
            except (discord.Forbidden, discord.NotFound):
                channel = await notice_channel(self.client, int(server)) if server else None
                if channel is None:
                    raise
                await self._say(channel, _public_notice(user.display_name))

    async def update_private(self, receipt: str, reply: Reply) -> None:
        """Change the first answer to an interaction, by the interaction's token, which lasts 15 minutes."""
        with _classified_errors():
            if self.client.application_id is None:
                raise TryLater("not connected yet")
            first, *_ = render(reply, self.client.dispatcher.colours)
            application = self.client.application_id
            route = discord.http.Route("PATCH", _FIRST_ANSWER, webhook_id=application, webhook_token=receipt)
            await self.client.http.request(route, json={"flags": _COMPONENTS_V2, "components": first.components})

    async def _say(self, target: discord.abc.Messageable, reply: Reply) -> None:
        for message in render(reply, self.client.dispatcher.colours):
            await target.send(**sendable(message))


def link(server: str | None, channel: str, message: str) -> str:
    return f"https://discord.com/channels/{server or '@me'}/{channel}/{message}"


def _title(permission: str) -> str:
    return permission.replace("_", " ").title()


def _public_notice(name: str) -> Reply:
    """What everybody may read in place of a private message: it could name a channel that they cannot see."""
    words = f"{name}, something that you set up here needs you. Please allow direct messages from this server."
    return Reply(parts=(Prose(words),))


_HISTORY = _title("read_message_history")


def _needed(channel: discord.abc.GuildChannel | discord.Thread) -> Iterator[str]:
    for name, wanted in PERMISSIONS:
        # A post of words needs no file; whoever asks for a picture sees at once that none may be attached.
        if wanted and name != "attach_files":
            unused = "send_messages" if isinstance(channel, discord.Thread) else "send_messages_in_threads"
            if name != unused:
                yield name


def _once(key: str, number: int | None = None) -> dict[str, Any]:
    """The argument by which Discord swallows a repeat; each message of a reply has its own."""
    if not key:
        return {}
    return {"nonce": key if number is None else hashlib.sha256(f"{key} {number}".encode()).hexdigest()[:_NONCE]}


def _signed(message: Message, key: str) -> Message:
    """The message with the key written where readers do not see it and Discord keeps it: as a component's number."""
    first, *rest = message.components
    return replace(message, components=[{**first, "id": _signature(key)}, *rest]) if key else message


def _signature(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % (2**31 - 1) + 1


@contextmanager
def _classified_errors() -> Iterator[None]:
    """Discord's errors by what they mean for a post."""
    try:
        yield
    except discord.NotFound as error:
        raise Gone(f"the channel or message is gone ({error.code})") from None
    except discord.Forbidden as error:
        raise Forbidden(f"Discord does not let me post there ({error.code})") from None
    except discord.RateLimited as error:
        raise TryLater("too many posts", error.retry_after) from None
    except discord.HTTPException as error:
        if error.status >= 500 or error.status == 429:
            raise TryLater(f"Discord answered {error.status}", unknown=error.status >= 500) from None
        raise Undelivered(f"Discord refused the message ({error.status}, {error.code})") from None
    except (aiohttp.ClientError, OSError) as error:
        raise TryLater(f"Discord cannot be reached ({type(error).__name__})", unknown=True) from None
    except (discord.DiscordException, ValueError) as error:
        raise Undelivered(f"the message cannot be sent ({type(error).__name__})") from None
