"""The job that asks a platform which servers have the bot: what left or came back unnoticed is noted within a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from bot.core.job import BriefWork, Job, Services
from bot.core.platform import Platform, Undelivered
from bot.core.times import EARLIEST
from bot.logger import Logger
from bot.storage import departures, pace
from bot.storage.claimant import Claimant

log = Logger(__name__)

EVERY = timedelta(days=1)
"""Between two looks of all processes together."""
RETRY = timedelta(hours=1)
"""Between two tries of one process to be the one that looks."""


def membership_jobs(services: Services) -> list[Job]:
    """Noting which servers have the bot."""
    return [MembershipJob(services)]


class MembershipJob:
    """Looks once a day. A gateway tells it at once, but not of what it was cut off from; over HTTP nobody tells it."""

    name = "membership"

    def __init__(self, services: Services) -> None:
        self._services = services
        self.idle = services.times.idle
        self.next = EARLIEST

    async def next_at(self) -> datetime | None:
        return self.next

    async def claim(self, room: int, by: Claimant) -> list[MembershipWork]:
        if self.next > by.now:
            return []
        self.next = by.now + RETRY
        async with self._services.store.transaction() as tx:
            is_ours = await pace.take(tx, _pace_of(self._services.platform), 1, EVERY, by.now, EVERY)
        return [MembershipWork(self._services)] if is_ours else []


def _pace_of(platform: Platform) -> str:
    return f"membership {platform.name}"


class MembershipWork(BriefWork, Struct):
    """One comparison of what is kept with who has the bot."""

    services: Services
    name: str = "membership"
    posts: int = 1

    async def run(self) -> None:
        platform, store, now = self.services.platform, self.services.store, self.services.clock()
        # First, so that who adds the bot meanwhile is not missed in the list.
        kept = await departures.servers_of(store.reader, platform.name)
        departed = await departures.departed(store.reader, platform.name)
        try:
            have_it = await platform.servers()
        except Undelivered as error:
            await self._look_again(str(error))
            return
        # A bot in no server at all is likelier to be a platform's mistake.
        if not have_it:
            return
        for server in set(kept) - have_it:
            async with store.transaction() as tx:
                await departures.leave(tx, platform.name, server, now)
        for server in have_it & set(departed):
            async with store.transaction() as tx:
                await departures.come_back(tx, platform.name, server, now)

    async def _look_again(self, reason: str) -> None:
        """Leave today's look to the next process that tries."""
        log.info("servers not compared", reason=reason)
        async with self.services.store.transaction() as tx:
            await pace.give_back(tx, _pace_of(self.services.platform), 1, EVERY)
