"""Jobs: what a feature does by itself at a time. The scheduler runs them and knows none by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol

from msgspec import Struct, field

from bot.core.clock import Clock
from bot.core.platform import Platform
from bot.core.times import TIMES, Times
from bot.storage.claimant import Claimant
from bot.storage.owner import EVERYBODY, Owner
from bot.storage.store import Store
from corpus.corpus import Corpus

FindCorpus = Callable[[Owner], Awaitable[Corpus]]
"""Finds what the owner of a shelf looks things up in."""


class LeaseLost(Exception):
    """Somebody else has the work by now, or has changed what it was about: nothing more may be done for it."""


class Work(Protocol):
    """One piece of work under a lease.

    `run` raises LeaseLost where the lease's fence refuses it. Whatever else it raises is our fault, and `postpone` is
    called, which must give up after some tries. `release` lets others have it, and does nothing once it is settled.
    """

    @property
    def name(self) -> str:
        """What the log calls it."""

    @property
    def posts(self) -> int:
        """How many requests it makes, about."""

    async def run(self) -> None: ...

    async def postpone(self) -> None: ...

    async def renew(self, until: datetime) -> bool:
        """Make the lease longer; False where somebody else has the work by now."""

    async def release(self) -> None: ...


class BriefWork:
    """Work without a lease: it is done in a moment, or comes again by itself, and no matter if it fails."""

    posts = 0

    async def postpone(self) -> None: ...

    async def renew(self, until: datetime) -> bool:
        return True

    async def release(self) -> None: ...


class Job(Protocol):
    """What a feature does by itself on one platform. `idle` is the longest time between two looks for work."""

    name: str
    idle: timedelta

    async def next_at(self) -> datetime | None:
        """When there is something to do, as far as is known now."""

    async def claim(self, room: int, by: Claimant) -> Sequence[Work]:
        """Claim what is due, as much as makes about so many posts."""


class ClockOffset:
    """How far a platform's clock is ahead of ours, as last compared."""

    last = timedelta()


DATE_BEGINS: Final = timedelta(hours=-14)
DATE_ENDS: Final = timedelta(days=1, hours=12)
"""From midnight in UTC to the first beginning and the last end of that date on earth."""


class Downtime:
    """The last time in which no process is known to have used the store.

    If the store is from a backup or a copy, what was posted in that time is not in it.
    """

    span: tuple[datetime, datetime] | None = None

    def of(self, day: date) -> tuple[datetime, datetime] | None:
        """The part of it in which it was that date anywhere."""
        midnight = datetime.combine(day, time(), UTC)
        first, last = self.span or (midnight, midnight)
        first, last = max(first, midnight + DATE_BEGINS), min(last, midnight + DATE_ENDS)
        return (first, last) if first < last else None


class Services(Struct, frozen=True):
    """What a job may use. `clock` gives aware UTC times."""

    store: Store
    corpus: Corpus
    platform: Platform
    clock: Clock
    times: Times = TIMES
    find_corpus: FindCorpus | None = None
    clock_offset: ClockOffset = field(default_factory=ClockOffset)
    downtime: Downtime = field(default_factory=Downtime)

    async def corpus_of(self, server: str | None) -> Corpus:
        """What a server's posts draw on: the base corpus with everybody's shelf and its own."""
        if self.find_corpus is None:
            return self.corpus
        return await self.find_corpus(Owner(self.platform.name, server) if server else EVERYBODY)


MakeJobs = Callable[[Services], Sequence[Job]]
"""Makes a feature's jobs for a platform."""
