"""A channel's rota: which fact has its turn on a day, and which days passed without one."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice
from typing import Final

from bot.storage import deliveries, subscriptions
from bot.storage.session import Session
from bot.storage.subscriptions import Subscription
from bot.timetable.arithmetic import Due, Timetable, upcoming
from cogs.fact import choose_fact, facts_on
from corpus.corpus import Corpus
from corpus.model import Fact

REASONS: Final = {
    "asked": "paused",
    "gone": "paused, because the channel is gone",
    "forbidden": "paused, because I may not post there",
    "unreadable": "paused, because I cannot read its time or zone: please set it again",
    "changed": "the schedule was changed just as it was due",
    "removed": "the schedule was removed just as it was due",
}
"""What the reasons of pauses and of skipped days mean to people; a reason that is not here speaks for itself."""

_PASSED = 366
"""Days that are noted at once as having passed: whoever comes back after years finds the first one of them."""


def timetable_of(one: Subscription) -> Timetable:
    return Timetable.of(one.local_time, one.zone, one.days)


async def next_fact(corpus: Corpus, session: Session, one: Subscription, day: date) -> Fact | None:
    """The fact that has its turn in a channel on a local day, as things stand. None: its topic has none any more."""
    facts = facts_on(corpus, one.topic)
    if not facts:
        return None
    posted = await deliveries.facts_posted(session, one.platform, one.server, one.channel)
    today = await deliveries.facts_of_day(session, one.platform, one.server, one.channel, day)
    return choose_fact(facts, day, posted, one.id, today)


async def next_due_of(tx: Session, one: Subscription, timetable: Timetable, now: datetime) -> Due:
    """When a schedule that changes or goes on is due next: on no local day that the ledger has."""
    return next(upcoming(timetable, now, await deliveries.last_date(tx, one.id)))


async def record_skipped(tx: Session, one: Subscription, reason: str, now: datetime, before: date = date.max) -> None:
    """Enter the days on which the schedule was due by `now`, and of which the ledger has nothing, as skipped."""
    first = Due(one.due_at, one.due_date)
    for due in (first, *islice(upcoming(timetable_of(one), first.at, first.local_date), _PASSED)):
        if due.at > now or due.local_date >= before:
            return
        await deliveries.skip_day(tx, one.id, due.local_date, due.at, reason, now)


async def resume_schedule(tx: Session, one: Subscription, now: datetime, *, asked: bool) -> bool:
    """Post again, from the next day that has nothing yet; those in between were skipped. False: nothing to resume."""
    due = await next_due_of(tx, one, timetable_of(one), now)
    resume = subscriptions.resume if asked else subscriptions.mend
    if not await resume(tx, one.id, due.at, due.local_date):
        return False
    await record_skipped(tx, one, one.reason, now, due.local_date)
    return True
