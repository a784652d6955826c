"""Which fact a channel gets on a local day, and the ledger's skipped days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice

from bot.core.times import TIMES
from bot.storage import deliveries, schedules
from bot.storage.schedules import Schedule
from bot.storage.session import Session
from bot.timetable.arithmetic import Due, Timetable, upcoming
from cogs.fact import choose_fact, facts_on
from cogs.shared.timetables import is_readable, timetable_of
from corpus.corpus import Corpus
from corpus.note_model import Fact

_PASSED = 366
"""Days that are recorded as skipped at once: after years away, only the first of them are."""


async def next_fact(corpus: Corpus, session: Session, one: Schedule, day: date) -> Fact | None:
    """The fact that a channel gets on a local day. None: its topic has no facts any more."""
    facts = facts_on(corpus, one.topic)
    if not facts:
        return None
    posted = await deliveries.facts_posted(session, one.platform, one.server, one.channel)
    today = await deliveries.facts_of_day(session, one.platform, one.server, one.channel, day)
    return choose_fact(facts, day, posted, one.id, today)


async def next_due_of(tx: Session, one: Schedule, timetable: Timetable, now: datetime) -> Due:
    """When a schedule that is changed or resumed is due next: on no local day that is in the ledger."""
    dues = upcoming(timetable, now)
    due = next(dues)
    while await deliveries.get(tx, one.id, due.local_date):
        due = next(dues)
    return due


async def record_skipped(tx: Session, one: Schedule, reason: str, now: datetime, before: date = date.max) -> None:
    """Record the days on which the schedule was due by `now` as skipped, unless they are in the ledger."""
    first = Due(one.due_at, one.due_date)
    later = upcoming(timetable_of(one), first.at, first.local_date) if is_readable(one) else ()
    for due in (first, *islice(later, _PASSED)):
        if due.at > now or due.local_date >= before:
            return
        await deliveries.skip_day(tx, one.id, due.local_date, due.at, reason, now)


async def resume_schedule(
    tx: Session, one: Schedule, now: datetime, *, asked: bool, grace: timedelta = TIMES.grace
) -> bool:
    """Resume a schedule from the next day that is not in the ledger; days between are skipped. False: it was active.

    Raises UnreadableTimetable.

    What somebody had paused is next due later than now; where something was wrong, a day has its post within the grace.
    """
    after = now if one.reason == "asked" else max(now - grace, min(now, one.due_at - timedelta.resolution))
    due = await next_due_of(tx, one, timetable_of(one), after)
    resume = schedules.resume if asked else schedules.recover
    if not await resume(tx, one.id, due.at, due.local_date):
        return False
    await record_skipped(tx, one, one.reason, now, due.local_date)
    # A day that failed while it is not over is tried at once.
    await deliveries.reopen(tx, one.id, now)
    return True
