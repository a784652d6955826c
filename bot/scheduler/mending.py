"""A schedule that cannot go on: somebody is told once, and it goes on by itself when what was wrong is mended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog

from bot.core.platform import Forbidden, Gone, Platform, TryLater, Undelivered
from bot.core.reply import Prose, Reply
from bot.scheduler.terms import Terms, patiently
from bot.storage import schedules
from bot.storage.schedules import Schedule
from bot.storage.store import Store
from cogs.daily.choice import resume_schedule

log = structlog.get_logger()

_AT_ONCE = 10
_NEXT_PAGE = timedelta(seconds=2)
"""Schedules are looked at a few at a time: Discord shuts out whoever asks too often for what is gone."""


class Mending:
    """Looks after the broken schedules of one platform."""

    def __init__(self, store: Store, platform: Platform, clock: Callable[[], datetime], terms: Terms) -> None:
        self._store = store
        self._platform = platform
        self._clock = clock
        self._terms = terms
        self._next = datetime.min.replace(tzinfo=UTC)
        self._after = ""

    async def missing(self, one: Schedule) -> tuple[str, ...]:
        """The permissions that are missing in its channel. Raises Undelivered."""
        return await patiently(self._platform.missing_permissions(one.channel), self._terms.patience)

    def is_due(self, now: datetime) -> bool:
        return now >= self._next

    async def step(self, now: datetime) -> None:
        """Look at some broken schedules; after the last of them, not again for a while."""
        self._next = now + self._terms.recheck
        found = await schedules.broken(self._store.reader, self._platform.name, self._after, _AT_ONCE)
        await asyncio.gather(*(self._look(one) for one in found))
        self._after = ""
        if len(found) == _AT_ONCE:
            self._after, self._next = found[-1].id, now + _NEXT_PAGE

    async def _look(self, one: Schedule) -> None:
        try:
            missing = await self.missing(one)
        except (Gone, Forbidden):
            await self.tell(one, one.reason, ())
        except Undelivered:
            return
        else:
            await (self.tell(one, one.reason, missing) if missing else self._go_on(one))

    async def _go_on(self, one: Schedule) -> None:
        async with self._store.transaction() as tx:
            mended = await resume_schedule(tx, one, self._clock(), asked=False)
        if mended:
            log.info("daily fact goes on", schedule=one.id)

    async def tell(self, one: Schedule, reason: str, missing: Sequence[str]) -> None:
        """Tell who set it up that it is paused, and how to mend it; once, whatever happens on the way."""
        async with self._store.transaction() as tx:
            if not await schedules.note_notice(tx, one.id, self._clock()):
                return
        name = await self._platform.channel_name(one.channel)
        notice = paused_notice(name, one, reason, missing)
        try:
            await patiently(self._platform.tell(one.set_by, one.server or None, notice), self._terms.patience)
        except TryLater as error:
            if not error.unknown:
                async with self._store.transaction() as tx:
                    await schedules.clear_notice(tx, one.id)
        except Undelivered as error:
            log.warning("nobody could be told of a pause", schedule=one.id, error=type(error).__name__)


def paused_notice(name: str, one: Schedule, reason: str, missing: Sequence[str]) -> Reply:
    """What is wrong with a daily fact, and what mends it."""
    # A channel that is gone has no name any more; its number helps nobody.
    place = "" if name == one.channel else f" for {name}"
    what = f"The daily fact{place} ({one.local_time} {one.zone}) is paused"
    if reason == "gone":
        mend = (
            f"{what}: the channel is gone, or I cannot see it.",
            "To post somewhere else, use /daily set in the server. If the channel comes back, I go on by myself.",
        )
    else:
        wanted = ", ".join(missing) or "to see the channel and to write in it; if I was removed, invite me again"
        mend = (
            f"{what}: I may not post there.",
            f"Please allow me in that channel: {wanted}. Then /daily resume goes on at once, or I do within the hour.",
        )
    return Reply("The daily fact is paused", tuple(Prose(words) for words in mend), private=True)
