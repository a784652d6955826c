"""The Discord platform: connects and stays connected, posts, and stops without losing an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.core.app import App
from bot.core.platform import Shard
from bot.core.reply import Reply
from bot.core.standby import ConnectionLease
from bot.logger import Logger
from bot.platforms.begun_posts import BegunPosts
from bot.platforms.discord.client import Client
from bot.platforms.discord.command_sync import SyncOutcome
from bot.platforms.discord.connection import (
    ALL_SHARDS,
    FAILURES,
    InteractionsEndpoint,
    Shards,
    closing_error,
    is_lasting,
    setup_error,
    use_api,
    warn_of_unencrypted_api,
)
from bot.platforms.discord.dispatcher import Dispatcher
from bot.platforms.discord.posting import Posting, link
from bot.platforms.discord.webhook_adapter import use_webhook_adapter
from bot.platforms.proxy import connection_advice

if TYPE_CHECKING:
    from bot.platforms.discord.endpoint import Endpoint

log = Logger(__name__)

_LONGEST_PAUSE = 60.0
_TO_FINISH_ANSWERS = 2.0
_TO_BREAK_OFF = 0.5
_TO_DISCONNECT = 1.0


class Discord:
    """Discord, by gateway (`Shards`) or by HTTP (`InteractionsEndpoint`).

    `api_url`: another base for the REST API. `client` is created for each attempt to log in.
    """

    name = "discord"
    swallows = timedelta(minutes=3)
    channel_pace = timedelta()
    recount = timedelta()

    def __init__(
        self, app: App, token: str, api_url: str | None = None, access: Shards | InteractionsEndpoint = ALL_SHARDS
    ) -> None:
        self.token = token
        self.api_url = api_url
        self.dispatcher = Dispatcher(app, self)
        use_api(api_url)
        self._shards = access if isinstance(access, Shards) else ALL_SHARDS
        self.endpoint = None if isinstance(access, Shards) else _endpoint(access)
        self.client = Client(self.dispatcher, self._shards)
        self._begun = BegunPosts()
        self._lease: ConnectionLease | None = None
        if app.store and not self.endpoint:
            overlaps = partial(self._shards.overlap, token)
            self._lease = ConnectionLease(app.store, self._shards.lease_name(token), overlaps)
        self._serving: asyncio.Task[None] | None = None
        self._closing = False

    async def start(self) -> None:
        """Serve until closed. An outage of Discord's or of the network is waited out. Raises SetupError."""
        warn_of_unencrypted_api()
        use_webhook_adapter()
        self._serving = asyncio.create_task(self._serve_in_turn())
        try:
            await self._serving
        except asyncio.CancelledError:
            if not self._closing:
                raise
        finally:
            await self.client.close()
            await self._release()

    async def _serve_in_turn(self) -> None:
        """Serve while the lease is ours; stand by until it is."""
        if self._lease is None:
            return await self._serve()
        while True:
            await self._lease.acquire()
            serving = asyncio.create_task(self._serve())
            keeping = asyncio.create_task(self._lease.keep())
            try:
                await asyncio.wait([serving, keeping], return_when=asyncio.FIRST_COMPLETED)
                if serving.done():
                    return serving.result()
            finally:
                serving.cancel()
                keeping.cancel()
                await asyncio.gather(serving, keeping, return_exceptions=True)
            log.warning("stopped serving", reason="another process took over, or the store was out of reach")
            await self._disconnect()
            self.client = Client(self.dispatcher, self._shards)

    async def _release(self) -> None:
        if self._lease is not None:
            with suppress(OSError, *self._lease.store.errors):
                await self._lease.release()

    async def _serve(self) -> None:
        pause = 1.0
        while error := await self._connection():
            # Shielded: discord.py never ends a closing that was cancelled.
            await asyncio.shield(self.client.close())
            log.warning("discord unreachable", error=type(error).__name__, again_in=pause, **connection_advice(error))
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
            self.client = Client(self.dispatcher, self._shards)

    async def _connection(self) -> BaseException | None:
        """Serve; returns why no connection came about, or nothing where one did and was closed. Raises SetupError."""
        try:
            await self.client.login(self.token)
            if self.endpoint:
                await self.endpoint.serve(self.client)
                return None
            self.client.shard_count = self._shards.count  # type: ignore[assignment] # None: connect() asks Discord
            await self.client.connect()
        except discord.ConnectionClosed as error:
            # discord.py reconnects by itself; it gives up only where Discord says that trying again is no use.
            raise closing_error(error.code) from None
        except discord.PrivilegedIntentsRequired:
            raise closing_error(4014) from None
        except FAILURES as error:
            if is_lasting(error):
                raise setup_error(error) from None
            return error
        except AttributeError as error:
            # Failing to connect for the first time, discord.py stumbles over the connection that it never had.
            if self.client.ws is not None:
                raise
            return error.__context__ or error
        return None

    async def close(self) -> None:
        """Within five seconds; what is being answered is answered first."""
        self._closing = True
        await self._disconnect()
        if self.endpoint:
            await self.endpoint.close()
        await self._release()
        if self._serving:
            self._serving.cancel()
            await asyncio.wait([self._serving], timeout=_TO_DISCONNECT)

    async def _disconnect(self) -> None:
        """Take nothing new, answer what was asked before, and only then close what answers go through."""
        if self.endpoint:
            self.endpoint.server.stop_listening()
        with suppress(TimeoutError):
            async with asyncio.timeout(_TO_FINISH_ANSWERS):
                await asyncio.gather(*(one.disconnect() for one in self.client.shards.values()), return_exceptions=True)
                while self.dispatcher.pending:
                    await asyncio.wait(self.dispatcher.pending)
        await self.dispatcher.break_off(_TO_BREAK_OFF)
        closing = asyncio.create_task(self.client.close())
        # Not cancelled at the end of its time: discord.py never ends a closing that was cancelled.
        await asyncio.wait([closing], timeout=_TO_DISCONNECT)

    def is_ready(self) -> bool:
        if self.endpoint:
            return self.endpoint.server.is_open()
        return self.client.is_ready() and not self.client.is_closed()

    def fault(self) -> str:
        if self._lease and self._lease.rival:
            return "another process serves some of these shards: see SHARD_IDS and SHARD_COUNT"
        if self._lease and self._lease.stands_by:
            return ""
        if not self.is_ready():
            return "not connected"
        # Over HTTP there are no shards. discord.py stays ready while it reconnects.
        shards = self.client.shards.values()
        closed = sum(shard.is_closed() for shard in shards)
        return f"{closed} of {len(shards)} shards not connected" if closed else ""

    async def server_time(self) -> datetime | None:
        return await Posting(self.client, self._begun).server_time()

    def shards(self) -> Sequence[Shard]:
        found = self.client.shards.items()
        return [Shard(str(number), not one.is_closed(), one.latency) for number, one in found]

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        return await Posting(self.client, self._begun).post(channel, reply, key)

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        await Posting(self.client, self._begun).edit(channel, message, reply)

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        return await Posting(self.client, self._begun).find(channel, key, since, until)

    async def missing_permissions(self, channel: str) -> tuple[str, ...]:
        return await Posting(self.client, self._begun).missing_permissions(channel)

    async def missing_extras(self, channel: str, *, thread: bool, mention: str) -> tuple[str, ...]:
        return await Posting(self.client, self._begun).missing_extras(channel, thread=thread, mention=mention)

    async def tell(self, person: str, server: str | None, reply: Reply) -> None:
        await Posting(self.client, self._begun).tell(person, server, reply)

    async def servers(self) -> Set[str]:
        return await Posting(self.client, self._begun).servers()

    async def update_private(self, receipt: str, reply: Reply, *, replaces: bool = False) -> None:
        await Posting(self.client, self._begun).update_private(receipt, reply, replaces=replaces)

    async def channel_name(self, channel: str) -> str:
        return await Posting(self.client, self._begun).channel_name(channel)

    async def visible_channels(self, person: str, server: str | None, channels: Sequence[str]) -> Mapping[str, str]:
        return await Posting(self.client, self._begun).visible_channels(person, server, channels)

    def link(self, server: str | None, channel: str, message: str) -> str:
        return link(server, channel, message)


def _endpoint(access: InteractionsEndpoint) -> Endpoint:
    # An HTTP server is loaded only by who needs one.
    from bot.platforms.discord.endpoint import Endpoint

    return Endpoint(access)


async def sync_commands(app: App, token: str, api_url: str | None = None, *, force: bool = False) -> SyncOutcome:
    """Register the commands with Discord without serving. Raises SetupError."""
    client = Discord(app, token, api_url).client
    client.force_sync = force
    async with client:
        try:
            await client.login(token)
        except FAILURES as error:
            raise setup_error(error) from None
    return client.sync_outcome
