"""One delivery of a daily fact, from claim to settled: it is posted, or why not is entered into the ledger.

Each step is safe to be the last: whatever it leaves behind, another process ends it once the lease has run out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from msgspec import UNSET, structs

from bot.core.job import LeaseLost, Services
from bot.core.platform import Forbidden, Gone, TryLater, Undelivered
from bot.core.reply import Reply
from bot.logger import Logger
from bot.scheduler.backoff import next_try, retry_delay
from bot.scheduler.post_once import PostOnce, Span, span, with_timeout
from bot.storage import deliveries, schedules
from bot.storage.deliveries import Delivery
from bot.storage.schedules import Schedule, State
from bot.storage.session import Session
from cogs.daily.choice import next_fact
from cogs.daily.recovery import REFUSED
from cogs.fact import daily_reply, facts_on
from cogs.shared.editions import quoted_editions
from cogs.shared.timetables import too_late
from corpus.corpus import Corpus
from corpus.note_model import Fact

log = Logger(__name__)

_LOOKS = 20
"""Tries to find out whether a post is there, before it is left open for good."""
_PRECAUTIONS = 3
"""Tries to find out whether a day had its post before it was due, as after a backup that was restored."""
_REFUSALS = 2
"""Days in a row on which a channel refuses for no reason that shows, after which its owner is told."""


class DeliveryWork:
    """One delivery, from claim to settled: look where an earlier try may have succeeded, choose, post, enter it."""

    def __init__(self, services: Services, claimed: Delivery) -> None:
        self.services = services
        self.claimed = claimed

    @property
    def name(self) -> str:
        return self.claimed.schedule_id

    @property
    def posts(self) -> int:
        return 2 if self.claimed.unsure_from_at else 1

    @property
    def _ends(self) -> datetime:
        return self.claimed.due_at + self.services.times.grace

    async def run(self) -> None:
        """Post what is claimed, once, or enter why not. Whatever the platform does wrong ends here."""
        claimed, clock = self.claimed, self.services.clock
        one = await schedules.get(self.services.store.reader, claimed.schedule_id)
        if one is None:
            raise LeaseLost  # its server is forgotten
        unsure = None if self._is_overcautious() else span(claimed.unsure_from_at, claimed.unsure_to_at)
        post = PostOnce(self.services, one.channel, claimed.nonce, unsure)
        if (visible_at := self._visible_at(post)) > clock():
            await self._wait(post, visible_at)
            return
        try:
            message = await post.run(partial(self._prepare, one.server))
            if message is not None:
                await self._record_post(one, message, found=post.was_there)
        except (Gone, Forbidden) as error:
            await self._handle_refusal(one, post, error)
        except Undelivered as error:
            await self._later(post, error)

    def _is_overcautious(self) -> bool:
        """Whether a look before it was due, which only a restored backup needs, could not be made several times.

        Nobody may ever be able to, as where a channel has too many messages: the day is not lost for that.
        """
        claimed = self.claimed
        is_precaution = claimed.unsure_to_at is not None and claimed.unsure_to_at < claimed.due_at
        return is_precaution and claimed.tries > _PRECAUTIONS

    def _visible_at(self, post: PostOnce) -> datetime:
        """From when on a look says whether an earlier try has posted."""
        services, unsure = self.services, post.unsure
        if unsure is None:
            return self.claimed.changed_at
        return unsure.first + (timedelta() if services.platform.swallows else services.times.first_look)

    async def _wait(self, post: PostOnce, until: datetime) -> None:
        """The process that tried before died or was stopped in the middle, a moment ago."""
        claimed, now = self.claimed, self.services.clock()
        async with self.services.store.transaction() as tx:
            unsure = _bounds_of(post.unsure)
            await deliveries.mark_failed(
                tx, claimed, claimed.reason or "interrupted", now, next_at=until, unsure=unsure
            )

    async def _prepare(self, server: str, trying: Span) -> Reply | None:
        """What to post: the fact is the same for each try, so it is entered first. None: nothing, and it is settled."""
        # Before the transaction: an index that is still being built would keep every other writer waiting.
        corpus = await self.services.corpus_of(server)
        async with self.services.store.transaction() as tx:
            return await self._choose_reply(tx, trying, corpus)

    async def _choose_reply(self, tx: Session, trying: Span, corpus: Corpus) -> Reply | None:
        claimed, now = self.claimed, self.services.clock()
        # Read again: it may have been paused or removed a moment ago.
        one = await schedules.get(tx, claimed.schedule_id)
        if one is None or one.state is not State.ACTIVE:
            await self._record_stop(tx, one, now)
            return None
        if now >= self._ends:
            await self._too_late(tx, now)
            return None
        fact = await self._fact(tx, one, corpus)
        if fact is None:
            await deliveries.mark_skipped(tx, claimed, "there are no facts on that topic any more", now)
            return None
        quoted = quoted_editions(corpus, fact.references)
        if not await deliveries.note_try(tx, claimed, fact.id, quoted, trying.first, trying.last):
            raise LeaseLost
        today = now.astimezone(ZoneInfo(one.zone)).date()
        post = daily_reply(corpus, fact, claimed.local_date, today)
        day = claimed.local_date
        thread = f"{post.title}, {day.day} {day:%B}" if one.thread else UNSET
        return structs.replace(post, mention=one.mention or UNSET, thread=thread)

    async def _record_stop(self, tx: Session, one: Schedule | None, now: datetime) -> None:
        """It is paused or removed. What failed before it was paused for that failed."""
        if one and one.check_at and self.claimed.reason:
            await deliveries.mark_failed(tx, self.claimed, self.claimed.reason, now, next_at=self._last_try(now))
            return
        reason = one.reason if one else ""
        await deliveries.mark_skipped(tx, self.claimed, reason or "removed", now)

    async def _fact(self, tx: Session, one: Schedule, corpus: Corpus) -> Fact | None:
        for fact in facts_on(corpus, ""):
            if fact.id == self.claimed.fact:
                return fact
        # Two facts of one channel are not chosen at once.
        await tx.hold(one.channel)
        return await next_fact(corpus, tx, one, self.claimed.local_date)

    async def _too_late(self, tx: Session, now: datetime) -> None:
        """The grace period is over: failed for the last try's reason or, if there was none, skipped."""
        claimed = self.claimed
        if claimed.reason:
            await deliveries.mark_failed(tx, claimed, claimed.reason, now)
        else:
            await deliveries.mark_skipped(tx, claimed, too_late(self.services.times.grace), now)

    async def _record_post(self, one: Schedule, message: str, *, found: bool) -> None:
        now = self.services.clock()
        is_unknown = found and not self.claimed.fact
        corpus = await self.services.corpus_of(one.server) if is_unknown else None
        async with self.services.store.transaction() as tx:
            if corpus:
                await self._note_fact(tx, one, corpus, now)
            settled = await deliveries.mark_sent(tx, self.claimed, message, now)
            if one.told_at is not None or one.refusals:
                await schedules.clear_notice(tx, one.id)
        late = round((now - self.claimed.due_at).total_seconds(), 1)
        done = "found posted" if found else "posted"
        log.info(done if settled else f"{done}, and settled elsewhere", schedule=one.id, late=late)

    async def _note_fact(self, tx: Session, one: Schedule, corpus: Corpus, now: datetime) -> None:
        """The process that posted it had the same ledger, so it chose this: else it would come again tomorrow."""
        if fact := await self._fact(tx, one, corpus):
            await deliveries.note_try(tx, self.claimed, fact.id, quoted_editions(corpus, fact.references), now, now)

    async def _handle_refusal(self, one: Schedule, post: PostOnce, error: Gone | Forbidden) -> None:
        """Pause, if it is true or stays so: what a platform says in a bad hour must not stop all that it has."""
        try:
            look = self.services.platform.missing_permissions(one.channel)
            missing = await with_timeout(look, self.services.times.patience)
        except (Gone, Forbidden) as confirmed:
            await self._pause(one, post, confirmed)
        except Undelivered:
            await self._later(post, error)
        else:
            await (self._pause(one, post, error) if missing else self._later(post, error))

    async def _pause(self, one: Schedule, post: PostOnce, error: Gone | Forbidden) -> None:
        """Pause the schedule, and leave the day open: if it is mended in time, the day is not lost."""
        now = self.services.clock()
        reason = "gone" if isinstance(error, Gone) else "forbidden"
        async with self.services.store.transaction() as tx:
            unsure, next_at = _bounds_of(post.unsure), self._last_try(now)
            await deliveries.mark_failed(tx, self.claimed, str(error), now, next_at=next_at, unsure=unsure)
            await schedules.pause_broken(tx, one.id, reason, now + self.services.times.first_check)
        log.info("daily fact paused", schedule=one.id, reason=reason)

    async def _later(self, post: PostOnce, error: Undelivered) -> None:
        """Enter the failure, and when to try again."""
        now = self.services.clock()
        next_at = self._next_at(error, now, unsure=post.unsure is not None)
        async with self.services.store.transaction() as tx:
            unsure = _bounds_of(post.unsure)
            if not await deliveries.mark_failed(tx, self.claimed, str(error), now, next_at=next_at, unsure=unsure):
                return
            if next_at in (None, self._ends) and not isinstance(error, TryLater):
                await self._count_refusal(tx, now)

    async def _count_refusal(self, tx: Session, now: datetime) -> None:
        """A day is over on which the channel refused: after some, somebody has to look into it."""
        identifier = self.claimed.schedule_id
        if await schedules.note_refusal(tx, identifier) >= _REFUSALS:
            await schedules.pause_broken(tx, identifier, REFUSED, now)
            log.info("daily fact paused", schedule=identifier, reason=REFUSED)

    async def postpone(self) -> None:
        """A fault of ours: later, but not for ever."""
        now, claimed = self.services.clock(), self.claimed
        unsure = span(claimed.unsure_from_at, claimed.unsure_to_at)
        async with self.services.store.transaction() as tx:
            # A post may have been under way; what its span is, the row knows better than we.
            current = await deliveries.get(tx, claimed.schedule_id, claimed.local_date)
            if current:
                unsure = span(current.unsure_from_at, current.unsure_to_at)
            next_at = self._next_at(TryLater("a fault of mine", unknown=True), now, unsure=unsure is not None)
            await deliveries.mark_failed(
                tx, claimed, "a fault of mine", now, next_at=next_at, unsure=_bounds_of(unsure)
            )

    def _last_try(self, now: datetime) -> datetime | None:
        """The end of the grace period, as long as it is to come."""
        return next_try(now, self.services.times.grace, self._ends)

    def _next_at(self, error: Exception, now: datetime, *, unsure: bool = False) -> datetime | None:
        """When the next try comes. Where the post may be there, it is looked for after the grace period too."""
        times, tries = self.services.times, self.claimed.tries
        ends = self._ends
        if now >= ends and unsure and tries < _LOOKS:
            ends = now + times.longest_pause
        share = int(self.claimed.nonce[:8], 16) / 0xFFFFFFFF
        return next_try(now, retry_delay(tries, error, share, times, self.services.platform), ends)

    async def renew(self, until: datetime) -> bool:
        async with self.services.store.transaction() as tx:
            return await deliveries.renew(tx, self.claimed, until)

    async def release(self) -> None:
        now = self.services.clock()
        async with self.services.store.transaction() as tx:
            await deliveries.release(tx, self.claimed, now)


def _bounds_of(unsure: Span | None) -> tuple[datetime, datetime] | None:
    return (unsure.first, unsure.last) if unsure else None
