"""Standby: of several processes that could serve one connection, one does, and another takes over when it is gone."""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import suppress

import structlog

from bot.storage.connections import (
    claim_connection,
    get_connection,
    release_connection,
    renew_connection,
    take_over_connection,
)
from bot.storage.store import Store

log = structlog.get_logger()

BEAT = 2.0
"""Seconds between two signs of life, and between two looks for them."""
GONE_AFTER = 10.0
"""Seconds without a sign of life after which another process takes over."""
STOP_AFTER = 7.0
"""Seconds without a renewal after which the owner itself stops serving: well before another one starts."""


class ConnectionLease:
    """The right to serve one connection, such as a bot's shards. `name` is the same in every process that could."""

    def __init__(self, store: Store, name: str) -> None:
        self.store = store
        self.name = name
        self.owner = secrets.token_hex(8)
        self.stands_by = False
        """Whether another process serves, and this one waits."""

    async def acquire(self) -> None:
        """Wait until this process may serve."""
        try:
            await self._turn()
        finally:
            self.stands_by = False

    async def _turn(self) -> None:
        seen, since = None, time.monotonic()
        while True:
            current = await get_connection(self.store.reader, self.name)
            if current is None:
                if await self._claim():
                    return
            elif current != seen:
                if seen is None:
                    log.info("standing by", reason="another process serves this connection")
                    self.stands_by = True
                seen, since = current, time.monotonic()
            elif time.monotonic() - since > GONE_AFTER:
                async with self.store.transaction() as tx:
                    if await take_over_connection(tx, current, self.owner):
                        log.info("took over", reason="the other process gave no sign of life")
                        return
            await asyncio.sleep(BEAT if current else 0)

    async def _claim(self) -> bool:
        async with self.store.transaction() as tx:
            return await claim_connection(tx, self.name, self.owner)

    async def keep(self) -> None:
        """Renew the lease. Returns when it is lost: this process must then stop serving."""
        renewed = time.monotonic()
        while time.monotonic() - renewed < STOP_AFTER:
            await asyncio.sleep(BEAT)
            with suppress(TimeoutError, OSError, *self.store.errors):
                async with asyncio.timeout(STOP_AFTER - BEAT), self.store.transaction() as tx:
                    if not await renew_connection(tx, self.name, self.owner):
                        return
                renewed = time.monotonic()

    async def release(self) -> None:
        """Let another process serve at once."""
        async with self.store.transaction() as tx:
            await release_connection(tx, self.name, self.owner)
