"""The discord.py client: the features' commands, presses by custom id, and one place where failed deliveries end."""

from __future__ import annotations

import asyncio
import secrets
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import discord

from bot.core.context import Person, Place
from bot.core.funnel import NOT_SHOWN, apology
from bot.logger import Logger
from bot.platforms.discord.command_sync import SyncOutcome, code_digest, command_ids, is_registered, sync
from bot.platforms.discord.commands import command_payloads
from bot.platforms.discord.connection import ALL_SHARDS, FAILURES, Shards, api_proxy, use_proxy_per_host
from bot.platforms.discord.dispatcher import Dispatcher
from bot.platforms.discord.interaction import Interaction
from bot.platforms.discord.interaction_payload import InteractionType
from bot.platforms.discord.messages import sendable
from bot.platforms.discord.rendering.render import render
from bot.platforms.discord.servers import welcome_channel
from bot.storage import departures

log = Logger(__name__)

WELCOME = "welcome"
"""The action whose reply is said where the bot was added."""
NOBODY = Person("", "")
SERVER_ADDED = "server_added"
"""The event on which `on_server_added` is called."""
_UNKNOWN_INTERACTION = 10062


class Client(discord.AutoShardedClient):
    """Needs to know its servers and nothing else: no members, no messages, nobody's presence."""

    def __init__(self, dispatcher: Dispatcher, shards: Shards = ALL_SHARDS) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            proxy=api_proxy(),
            # Without a count, discord.py asks Discord for it.
            shard_count=shards.count or 1,
            shard_ids=list(shards.ids) or None,  # type: ignore[arg-type] # None means all, its code says
        )
        use_proxy_per_host(self.http)
        self.dispatcher = dispatcher
        # discord.py's own way would make objects of all that an interaction names: see interaction.py.
        self._connection.parsers["INTERACTION_CREATE"] = self.receive  # type: ignore[assignment] # its result is not looked at
        self.force_sync = self._is_begun = self._has_features = False
        self.sync_outcome = SyncOutcome.UNCHANGED
        self._loading = asyncio.Lock()

    async def login(self, token: str) -> None:
        self._is_begun = True
        await super().login(token)

    async def close(self) -> None:
        """Disconnect. discord.py fails to close what never began, as where another process serves."""
        if self._is_begun:
            await super().close()

    async def setup_hook(self) -> None:
        app = self.dispatcher.app
        code = code_digest(app.waiting_features)
        if self.force_sync or not await is_registered(self, app.store, code):
            await self._load_features()
            commands = command_payloads(app.features, app.corpus)
            self.sync_outcome = await sync(self, commands, app.store, code, force=self.force_sync)
        self.dispatcher.name_commands(await command_ids(self, app.store))

    async def _load_features(self) -> None:
        """Load the features in a thread, once. An idle bot does so for its first user."""
        if self._has_features:
            return
        async with self._loading:
            if not self._has_features:
                await asyncio.to_thread(self.dispatcher.app.load)
                self._has_features = True

    async def on_ready(self) -> None:
        servers = "1 server" if len(self.guilds) == 1 else f"{len(self.guilds)} servers"
        log.info(f"Connected as {self.user}, in {servers}. Type /quote there.")
        await self._note_returned()

    async def _note_returned(self) -> None:
        """Let go on what servers had that added the bot again while it was away: the gateway does not tell of that."""
        app, name = self.dispatcher.app, self.dispatcher.platform.name
        departed = await departures.departed(app.store.reader, name) if app.store else ()
        for server in departed:
            if self.get_guild(int(server)):
                await app.joined(name, server)

    def receive(self, payload: Mapping[str, Any]) -> bool:
        """Take an interaction, as Discord describes it, and answer it in a task of its own.

        False where it is not understood, as the log then says: what is raised here would end the gateway's connection.
        """
        try:
            interaction = Interaction(payload, self)
        except ValueError as error:
            log.error("interaction of Discord's not understood", error=str(error))
            return False
        # Not by `dispatch`, which looks for listeners and puts a coroutine around ours: a hundredth of an answer.
        task = self.loop.create_task(self._answer(interaction))
        self.dispatcher.pending.add(task)
        task.add_done_callback(self.dispatcher.pending.discard)
        return True

    async def _answer(self, interaction: Interaction) -> None:
        try:
            if not self._has_features:
                await self._load_features()
            await self.dispatcher.answer(interaction)
        except Exception:  # noqa: BLE001 - a task of ours, of which nobody else would hear.
            await self.on_error("interaction", interaction)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        await self.dispatcher.app.left(self.dispatcher.platform.name, str(guild.id))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self.on_server_added(guild.id)

    async def on_server_added(self, server: int) -> None:
        """A server has added the bot, perhaps again. The gateway need not have reported it."""
        await self.dispatcher.app.joined(self.dispatcher.platform.name, str(server))
        with suppress(*FAILURES):
            if channel := await welcome_channel(self, server):
                await self._welcome(channel)

    async def _welcome(self, channel: discord.TextChannel) -> None:
        place = Place(self.dispatcher.platform.name, str(channel.id), str(channel.guild.id))
        reply = await self.dispatcher.app.act(WELCOME, "", self.dispatcher.app.context(NOBODY, place))
        for message in render(reply, {}):
            await channel.send(**sendable(message))

    async def on_error(self, event_method: str, /, *args: Any, **_: Any) -> None:
        interaction = next((one for one in args if isinstance(one, Interaction)), None)
        await _apologise(interaction, sys.exception())


def _has_expired(error: BaseException | None) -> bool:
    """Whether Discord takes no answer to an interaction any more: an apology would be one request more when busy."""
    return isinstance(error, discord.NotFound) and error.code == _UNKNOWN_INTERACTION


async def _apologise(interaction: Interaction | None, error: BaseException | None) -> None:
    """Ours or Discord's fault: the log says where, without a word that anybody typed; the asker gets an id."""
    if interaction and interaction.client.is_closed():
        # It is stopping, or another process serves: nothing can be sent any more, and nobody could mend it.
        log.warning("not answered", reason="disconnected meanwhile")
        return
    incident = secrets.token_hex(4)
    status = f"{error.status} {error.code}" if isinstance(error, discord.HTTPException) else None
    where = [f"{step.filename}:{step.lineno}" for step in traceback.extract_tb(error.__traceback__)] if error else []
    log.error("not delivered", incident=incident, error=type(error).__name__, discord=status, where=where)
    if interaction is None or interaction.type == InteractionType.AUTOCOMPLETE or _has_expired(error):
        return
    (message,) = render(apology(incident, NOT_SHOWN), {})
    with suppress(*FAILURES):
        if interaction.is_answered:
            await interaction.follow_up(message, private=True)
        else:
            await interaction.send(message, private=True)
