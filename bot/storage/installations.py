"""Where the bot was installed by others, and the installations under way."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from bot.storage.store import Store

_LASTS = timedelta(minutes=10)


class Installations:
    """The servers of one platform that installed the bot, with the tokens that it has there."""

    def __init__(self, store: Store, platform: str) -> None:
        self._store = store
        self._platform = platform

    async def save(self, server: str, token: str) -> None:
        """Keep a server's token, in place of an older one."""
        async with self._store.transaction() as tx:
            await tx.put_installation(platform=self._platform, server=server, token=token)

    async def token(self, server: str) -> str | None:
        """The token for a server; None where the bot is not installed."""
        token: str | None = await self._store.reader.get_installation(platform=self._platform, server=server)
        return token

    async def remove(self, server: str) -> None:
        async with self._store.transaction() as tx:
            await tx.remove_installation(platform=self._platform, server=server)

    async def new_state(self, now: datetime) -> str:
        """A secret for one installation, good for ten minutes. Those of abandoned installations are cleared away."""
        state = secrets.token_urlsafe(32)
        async with self._store.transaction() as tx:
            await tx.remove_old_oauth_states(now=now)
            await tx.put_oauth_state(state=state, expires_at=now + _LASTS)
        return state

    async def take_state(self, state: str, now: datetime) -> bool:
        """Whether the secret is one of ours and still good; it is used up by this."""
        async with self._store.transaction() as tx:
            taken: int = await tx.take_oauth_state(state=state, now=now)
        return taken == 1
