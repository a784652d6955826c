"""One delivery, from claim to settled: look where an earlier try may have succeeded, choose, post, enter the outcome.

Each step is safe to be the last: whatever it leaves behind, another process ends it once the lease has run out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.core.platform import Forbidden, Gone, Platform, TryLater, Undelivered
from bot.core.reply import Reply
from bot.scheduler.backoff import is_last, next_try
from bot.scheduler.claiming import too_late
from bot.scheduler.mending import Mending
from bot.scheduler.terms import Terms, patiently
from bot.storage import deliveries, schedules
from bot.storage.deliveries import Delivery
from bot.storage.schedules import Schedule, State
from bot.storage.session import Session
from bot.storage.store import Store
from cogs.daily.choice import next_fact
from cogs.fact import daily_reply
from corpus.corpus import Corpus
from corpus.model import Fact

log = structlog.get_logger()

_SKEW = timedelta(minutes=5)
"""How far apart our clock and a platform's may be: a post is looked for from so long before it was due."""


class Delivering:
    """Delivers on one platform. `clock` gives aware UTC times, for what takes time."""

    def __init__(
        self,
        store: Store,
        corpus: Corpus,
        platform: Platform,
        clock: Callable[[], datetime],
        terms: Terms,
        mending: Mending,
    ) -> None:
        self._store = store
        self._corpus = corpus
        self._platform = platform
        self._clock = clock
        self._terms = terms
        self._mending = mending

    async def deliver(self, claimed: Delivery) -> None:
        """Post what is claimed, once, or enter why not. Whatever the platform does wrong ends here."""
        one = await schedules.get(self._store.reader, claimed.schedule_id)
        if one is None:
            raise LookupError("a delivery without its schedule")
        try:
            message = await self._there(one, claimed) if claimed.unsure else None
            if message is None:
                message = await self._post(one, claimed)
            if message is not None:
                await self._sent(one, claimed, message)
        except (Gone, Forbidden) as error:
            await self._refused(one, claimed, error)
        except Undelivered as error:
            await self._later(claimed, error)

    async def _there(self, one: Schedule, claimed: Delivery) -> str | None:
        """The message, if an earlier try reached the channel."""
        since = claimed.due_at - _SKEW
        return await patiently(self._platform.find(one.channel, claimed.nonce, since), self._terms.patience)

    async def _post(self, one: Schedule, claimed: Delivery) -> str | None:
        """Post, and return the message's id. None: it is not posted, and why not is entered."""
        async with self._store.transaction() as tx:
            reply = await self._chosen(tx, claimed)
        if reply is None or not self._in_time(claimed):
            return None
        return await patiently(self._platform.post(one.channel, reply, claimed.nonce), self._terms.patience)

    def _in_time(self, claimed: Delivery) -> bool:
        """Whether the lease lasts until the platform has answered; if not, the next to claim looks before it posts."""
        return claimed.retry_at is not None and self._clock() + self._terms.patience < claimed.retry_at

    async def _chosen(self, tx: Session, claimed: Delivery) -> Reply | None:
        """What to post: the fact is the same for each try, so it is entered first. None: nothing, and it is settled."""
        now = self._clock()
        # Read again: whoever paused or removed it a moment ago does not want to see it posted.
        one = await schedules.get(tx, claimed.schedule_id)
        if one is None or one.state is not State.ACTIVE:
            reason = one.reason if one and one.state is State.PAUSED else "removed"
            await deliveries.skipped(tx, claimed, reason, now)
            return None
        if now >= claimed.due_at + self._terms.grace:
            await self._give_up(tx, claimed, now)
            return None
        fact = await self._fact(tx, one, claimed)
        if fact is None:
            await deliveries.skipped(tx, claimed, "there are no facts on that topic any more", now)
            return None
        if not await deliveries.choose_fact(tx, claimed, fact.id):
            return None
        today = now.astimezone(ZoneInfo(one.zone)).date()
        return daily_reply(self._corpus, fact, claimed.local_date, today)

    async def _fact(self, tx: Session, one: Schedule, claimed: Delivery) -> Fact | None:
        for fact in self._corpus.notes.facts:
            if fact.id == claimed.fact:
                return fact
        await tx.hold(one.channel)
        return await next_fact(self._corpus, tx, one, claimed.local_date)

    async def _give_up(self, tx: Session, claimed: Delivery, now: datetime) -> None:
        """The grace period is over: failed for the last try's reason or, if there was none, skipped."""
        if claimed.reason:
            await deliveries.failed(tx, claimed, claimed.reason, now, retry_at=None, unsure=False)
        else:
            await deliveries.skipped(tx, claimed, too_late(self._terms.grace), now)

    async def _sent(self, one: Schedule, claimed: Delivery, message: str) -> None:
        now = self._clock()
        async with self._store.transaction() as tx:
            settled = await deliveries.sent(tx, claimed, message, now)
            if one.told_at is not None:
                await schedules.clear_notice(tx, one.id)
        late = round((now - claimed.due_at).total_seconds(), 1)
        log.info("posted" if settled else "posted, and settled elsewhere", schedule=one.id, late=late)

    async def _refused(self, one: Schedule, claimed: Delivery, error: Gone | Forbidden) -> None:
        """Pause, if it is true or stays so: what a platform says in a bad hour must not stop all that it has."""
        try:
            missing = await self._mending.missing(one)
        except (Gone, Forbidden) as confirmed:
            error, missing = confirmed, ()
        except Undelivered:
            await self._later(claimed, error)
            return
        else:
            if not missing and not is_last(claimed, error, self._clock(), self._terms.grace):
                await self._later(claimed, error)
                return
        await self._stop(one, claimed, error, missing)

    async def _stop(self, one: Schedule, claimed: Delivery, error: Gone | Forbidden, missing: tuple[str, ...]) -> None:
        now = self._clock()
        reason = "gone" if isinstance(error, Gone) else "forbidden"
        async with self._store.transaction() as tx:
            await deliveries.failed(tx, claimed, str(error), now, retry_at=None, unsure=claimed.unsure)
            await schedules.pause(tx, one.id, reason, now)
        log.info("daily fact paused", schedule=one.id, reason=reason)
        await self._mending.tell(one, reason, missing)

    async def _later(self, claimed: Delivery, error: Undelivered) -> None:
        """Enter the failure, and when to try again."""
        now = self._clock()
        unsure = claimed.unsure or (isinstance(error, TryLater) and error.unknown)
        retry_at = next_try(claimed, error, now, self._terms.grace, unsure=unsure)
        async with self._store.transaction() as tx:
            await deliveries.failed(tx, claimed, str(error), now, retry_at=retry_at, unsure=unsure)
