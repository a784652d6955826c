"""Standby: of several processes that could serve one connection, one does, and another takes over when it is gone."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

from bot.logger import Logger
from bot.storage.connections import (
    Connection,
    all_connections,
    claim_connection,
    get_connection,
    release_connection,
    renew_connection,
    take_over_connection,
)
from bot.storage.errors import error_name
from bot.storage.store import Store

log = Logger(__name__)

BEAT = 2.0
"""Seconds between two signs of life, and between two looks for them."""
GONE_AFTER = 10.0
"""Seconds without a sign of life after which another process takes over."""
STOP_AFTER = 7.0
"""Seconds without a renewal after which the owner itself stops serving: well before another one starts."""
LAST_TRY = 1.0
"""Seconds for one more try then: a process that was only slow finds that the lease is still its own."""


class ConnectionLease:
    """The right to serve one connection, such as a bot's shards. `name` is the same in every process that could.

    `overlaps` says of another lease's name whether it is about a part of the same.
    """

    def __init__(self, store: Store, name: str, overlaps: Callable[[str], bool] = lambda _: False) -> None:
        self.store = store
        self.name = name
        self.overlaps = overlaps
        self.owner = secrets.token_hex(8)
        self.stands_by = False
        """Whether another process serves, and this one waits."""
        self.rival = ""
        """The lease that is about a part of the same, while this process waits for it."""

    async def acquire(self) -> None:
        """Wait until this process may serve. A store that is out of reach is waited for."""
        sightings, is_reported = _Sightings(), False
        away: tuple[type[Exception], ...] = (OSError, *self.store.errors)
        try:
            while True:
                try:
                    if await self._is_acquired(sightings):
                        return
                except away as error:
                    if not is_reported:
                        log.warning("waiting for the store", error=error_name(error))
                    is_reported = True
                await asyncio.sleep(BEAT)
        finally:
            self.stands_by, self.rival = False, ""

    async def _is_acquired(self, sightings: _Sightings) -> bool:
        """Wait until this process may serve. False: of two that came at once, we gave way."""
        while await self._rivals(sightings):  # noqa: ASYNC110 - other processes: no event here.
            await asyncio.sleep(BEAT)
        await self._turn()
        return await self._is_alone(sightings)

    async def _is_alone(self, sightings: _Sightings) -> bool:
        """Wait, with the lease, until nobody has a part of the same. False: of two that came at once, we give way."""
        while rivals := await self._rivals(sightings):
            if self.name > min(rivals):
                await self.release()
                return False
            await asyncio.sleep(BEAT)
            if not await self._renew():
                return False
        return True

    async def _rivals(self, sightings: _Sightings) -> list[str]:
        """Names of leases of living processes that are about a part of the same; those of dead ones are removed."""
        found = await all_connections(self.store.reader)
        living, dead = sightings.part(one for one in found if one.name != self.name and self.overlaps(one.name))
        for one in dead:
            async with self.store.transaction() as tx:
                await release_connection(tx, one.name, one.owner)
        if living and not self.rival:
            log.error("standing by", reason="another process serves a part of the same", ours=self.name, theirs=living)
        self.rival = living[0] if living else ""
        return living

    async def _turn(self) -> None:
        seen, since = None, time.monotonic()
        while True:
            current = await get_connection(self.store.reader, self.name)
            if current is None:
                if await self._claim():
                    return
            elif current.owner == self.owner:
                # We stopped serving while the store was out of reach, and nobody took over.
                if await self._renew():
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
            await asyncio.sleep(BEAT)

    async def _claim(self) -> bool:
        async with self.store.transaction() as tx:
            return await claim_connection(tx, self.name, self.owner)

    async def keep(self) -> None:
        """Renew the lease. Returns when it is lost, or when nobody can say: this process must then stop serving."""
        renewed = began = time.monotonic()
        while True:
            await asyncio.sleep(min(began + BEAT, renewed + STOP_AFTER) - time.monotonic())
            began = time.monotonic()
            left = renewed + STOP_AFTER - began
            is_ours = await self._is_renewed(max(left, LAST_TRY))
            if is_ours:
                renewed = began
            elif left <= 0 or is_ours is False:
                return

    async def _is_renewed(self, seconds: float) -> bool | None:
        """Whether the lease is ours still; None where the store does not say so within so many seconds."""
        with suppress(TimeoutError, OSError, *self.store.errors):
            async with asyncio.timeout(seconds):
                return await self._renew()
        return None

    async def _renew(self) -> bool:
        async with self.store.transaction() as tx:
            return await renew_connection(tx, self.name, self.owner)

    async def release(self) -> None:
        """Let another process serve at once."""
        async with self.store.transaction() as tx:
            await release_connection(tx, self.name, self.owner)


class _Sightings:
    """When leases were last seen to change."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[Connection, float]] = {}

    def part(self, found: Iterable[Connection]) -> tuple[list[str], list[Connection]]:
        """The names of those whose owner may be alive, and those whose owner gave no sign of life for long enough."""
        now, before = time.monotonic(), self._seen
        self._seen = {}
        for one in found:
            last = before.get(one.name)
            self._seen[one.name] = last if last and last[0] == one else (one, now)
        dead = [one for one, since in self._seen.values() if now - since > GONE_AFTER]
        return sorted(self._seen.keys() - {one.name for one in dead}), dead
