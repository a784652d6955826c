"""From what is due to what this process has in hand: claims, and the days for which it is too late."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfoNotFoundError

from bot.storage import deliveries, schedules
from bot.storage.deliveries import Claim, Delivery
from bot.storage.schedules import Schedule
from bot.storage.session import Session
from bot.storage.store import Store
from bot.timetable.arithmetic import Due, Timetable, next_due
from cogs.daily.choice import timetable_of

_PASSED = 10
"""Days of one schedule that are entered as missed in one transaction; those that are left have their turn next."""


async def claim(store: Store, platform: str, most: int, by: Claim, grace: timedelta) -> list[Delivery]:
    """Claim what waits for another try, what a dead process left, and what is due, in one transaction."""
    async with store.transaction() as tx:
        # A try after the first may cost two calls, one to look and one to post.
        found = await deliveries.take_over(tx, platform, max(1, most // 4), by)
        for one in await schedules.due(tx, platform, by.now, max(1, most - 2 * len(found))):
            try:
                found += await _claimed(tx, one, timetable_of(one), by, grace)
            except (ValueError, ZoneInfoNotFoundError):
                # A zone that this machine does not know: it must not be in everybody's way.
                await schedules.pause(tx, one.id, "unreadable", by.now)
    return found


async def _claimed(tx: Session, one: Schedule, timetable: Timetable, by: Claim, grace: timedelta) -> list[Delivery]:
    """The delivery of the latest day that is due, unless it is too late or another process has it; then move on."""
    due = Due(one.due_at, one.due_date)
    for _ in range(_PASSED):
        following = next_due(timetable, due.at, due.local_date)
        late = by.now - due.at >= grace
        if following.at > by.now and not late:
            claimed = await deliveries.claim(tx, one.id, due.local_date, due.at, by)
            await schedules.advance(tx, one.id, following.at, following.local_date)
            return [claimed] if claimed else []
        await deliveries.skip_day(tx, one.id, due.local_date, due.at, too_late(grace), by.now)
        due = following
        if due.at > by.now:
            break
    await schedules.advance(tx, one.id, due.at, due.local_date)
    return []


def too_late(grace: timedelta) -> str:
    """The reason for a day that passed: downtime, or more to post than the platform lets through."""
    hours = round(grace / timedelta(hours=1))
    return f"I could not post within {hours} {'hour' if hours == 1 else 'hours'}"
