"""Where the bot was installed by others."""

from __future__ import annotations

from datetime import datetime

from bot.storage import departures
from bot.storage.session import Session, query
from bot.storage.store import Store
from bot.storage.workspace_ids import is_qualified, qualify


@query(
    """
    INSERT INTO installations (platform, server, token, installed_at) VALUES (:platform, :server, :token, :now)
    ON CONFLICT (platform, server) DO UPDATE SET token = excluded.token, installed_at = excluded.installed_at
    """
)
async def put_installation(tx: Session, platform: str, server: str, token: str, now: datetime) -> int:
    """Keep a server's token, in place of an older one."""


@query("SELECT token FROM installations WHERE platform = :platform AND server = :server")
async def get_installation(session: Session, platform: str, server: str) -> str | None:
    """The token for a server."""


@query("DELETE FROM installations WHERE platform = :platform AND server = :server AND installed_at <= :at")
async def remove_installation(tx: Session, platform: str, server: str, at: datetime) -> bool:
    """Drop a server's token, unless it is newer; whether there was one to drop."""


class Installations:
    """The servers of one platform that installed the bot, with the tokens that it has there."""

    def __init__(self, store: Store, platform: str) -> None:
        self._store = store
        self._platform = platform

    async def save(self, server: str, token: str, now: datetime) -> None:
        """Keep a server's token, in place of an older one; what was kept while it was the only server goes on."""
        async with self._store.transaction() as tx:
            await put_installation(tx, self._platform, server, token, now)
            await qualify(tx, self._platform, server)
            await departures.come_back(tx, self._platform, server, now)

    async def has_whole_ids(self, server: str) -> bool:
        """Whether a server that is the only one now was one of several; what it has keeps the ids of then."""
        async with self._store.transaction() as tx:
            was_one = await get_installation(tx, self._platform, server) is not None
            if was_one or await is_qualified(tx, self._platform, server):
                await qualify(tx, self._platform, server)
                return True
        return False

    async def token(self, server: str) -> str | None:
        """The token for a server; None where the bot is not installed."""
        return await get_installation(self._store.reader, self._platform, server)

    async def remove(self, server: str, at: datetime) -> bool:
        """A server removed the bot at a time: drop its token, pause what it has; whether it was known.

        Not where the server has installed the bot since.
        """
        async with self._store.transaction() as tx:
            removed = await remove_installation(tx, self._platform, server, at)
            if removed:
                await departures.leave(tx, self._platform, server, at)
            return removed
