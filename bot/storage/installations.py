"""Where the bot was installed by others, and the installations under way."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from bot.storage.session import Session, query
from bot.storage.store import Store

_LASTS = timedelta(minutes=10)


@query(
    """
    INSERT INTO installations (platform, server, token) VALUES (:platform, :server, :token)
    ON CONFLICT (platform, server) DO UPDATE SET token = excluded.token
    """
)
async def put_installation(tx: Session, platform: str, server: str, token: str) -> int:
    """Keep a server's token, in place of an older one."""


@query("SELECT token FROM installations WHERE platform = :platform AND server = :server")
async def get_installation(session: Session, platform: str, server: str) -> str | None:
    """The token for a server."""


@query("DELETE FROM installations WHERE platform = :platform AND server = :server")
async def remove_installation(tx: Session, platform: str, server: str) -> int:
    """Drop a server's token."""


@query("INSERT INTO oauth_states (state, expires_at) VALUES (:state, :expires_at)")
async def put_oauth_state(tx: Session, state: str, expires_at: datetime) -> int:
    """Keep the secret of an installation under way."""


@query("DELETE FROM oauth_states WHERE state = :state AND expires_at > :now")
async def take_oauth_state(tx: Session, state: str, now: datetime) -> bool:
    """Use a secret up; False where it is none of ours, or too old."""


@query("DELETE FROM oauth_states WHERE expires_at <= :now")
async def remove_old_oauth_states(tx: Session, now: datetime) -> int:
    """Clear abandoned installations away."""


class Installations:
    """The servers of one platform that installed the bot, with the tokens that it has there."""

    def __init__(self, store: Store, platform: str) -> None:
        self._store = store
        self._platform = platform

    async def save(self, server: str, token: str) -> None:
        """Keep a server's token, in place of an older one."""
        async with self._store.transaction() as tx:
            await put_installation(tx, self._platform, server, token)

    async def token(self, server: str) -> str | None:
        """The token for a server; None where the bot is not installed."""
        return await get_installation(self._store.reader, self._platform, server)

    async def remove(self, server: str) -> None:
        async with self._store.transaction() as tx:
            await remove_installation(tx, self._platform, server)

    async def new_state(self, now: datetime) -> str:
        """A secret for one installation, good for ten minutes. Those of abandoned installations are cleared away."""
        state = secrets.token_urlsafe(32)
        async with self._store.transaction() as tx:
            await remove_old_oauth_states(tx, now)
            await put_oauth_state(tx, state, now + _LASTS)
        return state

    async def take_state(self, state: str, now: datetime) -> bool:
        """Whether the secret is one of ours and still good; it is used up by this."""
        async with self._store.transaction() as tx:
            return await take_oauth_state(tx, state, now)
