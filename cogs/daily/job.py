"""The daily facts' jobs: what is due is claimed, each day once. What is done about it is loaded when something is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from msgspec import structs

from bot.core.job import Job, Services, Work
from bot.storage import deliveries, schedules
from bot.storage.claimant import Claimant
from bot.storage.deliveries import Delivery
from bot.storage.schedules import Schedule
from bot.storage.session import Session
from bot.timetable.arithmetic import Due, Timetable, next_due
from cogs.shared.timetables import UnreadableTimetable, timetable_of, too_late

_PASSED = 10
"""Days of one schedule that are entered as missed in one transaction; those that are left have their turn next."""
_MOST = 5
"""Channels that one look asks after: Discord shuts out a bot that asks too often for what is gone."""


def daily_jobs(services: Services) -> list[Job]:
    """Posting, and looking after what cannot be posted."""
    return [DailyJob(services), RecoveryJob(services)]


class DailyJob:
    """Posts the daily facts of one platform."""

    name = "daily fact"

    def __init__(self, services: Services) -> None:
        self._services = services
        self.idle = services.times.idle
        self._began_at: datetime | None = None

    async def next_at(self) -> datetime | None:
        reader, platform = self._services.store.reader, self._services.platform.name
        ats = (await schedules.next_due_at(reader, platform), await deliveries.next_open_at(reader, platform))
        return min((at for at in ats if at), default=None)

    async def claim(self, room: int, by: Claimant) -> Sequence[Work]:
        """What is due, and what waits for another try or was left by a dead process; neither takes all the room."""
        from cogs.daily.delivery import DeliveryWork

        # Not at the start, where the clock may still be wrong.
        self._began_at = self._began_at or by.now
        async with self._services.store.transaction() as tx:
            found = await self._due(tx, room - room // 4, by)
            open_ = await deliveries.take_over(tx, self._services.platform.name, room - len(found), by)
            found += [self._with_unsure_time(one) for one in open_]
            found += await self._due(tx, room - len(found), by)
        return [DeliveryWork(self._services, one) for one in found]

    async def _due(self, tx: Session, most: int, by: Claimant) -> list[Delivery]:
        found: list[Delivery] = []
        for one in await schedules.due(tx, self._services.platform.name, by.now, most):
            try:
                found += await self._claimed(tx, one, timetable_of(one), by)
            except UnreadableTimetable:
                # It must not be in everybody's way.
                check_at = by.now + self._services.times.first_check
                await schedules.pause_broken(tx, one.id, "unreadable", check_at)
        return found

    async def _claimed(self, tx: Session, one: Schedule, timetable: Timetable, by: Claimant) -> list[Delivery]:
        """The delivery of the latest day that is due, unless it is too late or another process has it; then move on."""
        grace = self._services.times.grace
        due = Due(one.due_at, one.due_date)
        for _ in range(_PASSED):
            following = next_due(timetable, due.at, due.local_date)
            late = by.now - due.at >= grace
            if following.at > by.now and not late:
                claimed = await deliveries.claim(tx, one.id, due.local_date, due.at, by, self._unsure(due))
                await schedules.advance(tx, one.id, following.at, following.local_date)
                return [claimed] if claimed else []
            await deliveries.skip_day(tx, one.id, due.local_date, due.at, too_late(grace), by.now)
            due = following
            if due.at > by.now:
                break
        await schedules.advance(tx, one.id, due.at, due.local_date)
        return []

    def _unsure(self, due: Due) -> tuple[datetime, datetime] | None:
        return _together(self._before_we_began(due.at), self._services.downtime.of(due.local_date))

    def _before_we_began(self, since: datetime) -> tuple[datetime, datetime] | None:
        """What has been in the ledger since well before we began may be old: from a backup, or a copy of the store.

        A process that had the ledger itself may have posted it until we began.
        """
        began_at = self._began_at
        if began_at is None or began_at - since <= self._services.times.lease:
            return None
        return since, began_at

    def _with_unsure_time(self, one: Delivery) -> Delivery:
        """A delivery that is taken over, with all the time in which it may have been posted."""
        known = (one.unsure_from_at, one.unsure_to_at) if one.unsure_from_at and one.unsure_to_at else None
        downtime = self._services.downtime.of(one.local_date)
        if downtime and one.changed_at > downtime[1]:
            downtime = None  # known was all of it when it was claimed
        before = self._before_we_began(one.unsure_from_at or one.changed_at)
        first, last = _together(known, before, downtime) or (None, None)
        return structs.replace(one, unsure_from_at=first, unsure_to_at=last)


def _together(*several: tuple[datetime, datetime] | None) -> tuple[datetime, datetime] | None:
    """From the beginning of the first to the end of the last of several times."""
    known = [one for one in several if one]
    return (min(first for first, _ in known), max(last for _, last in known)) if known else None


class RecoveryJob:
    """Looks after the paused schedules of one platform that may be mended."""

    name = "recovery"

    def __init__(self, services: Services) -> None:
        self._services = services
        self.idle = services.times.idle

    async def next_at(self) -> datetime | None:
        return await schedules.next_check_at(self._services.store.reader, self._services.platform.name)

    async def claim(self, room: int, by: Claimant) -> Sequence[Work]:
        """What is to be looked at, one piece of work for what somebody has set up in a server."""
        from cogs.daily.recovery import RecoveryWork

        most = min(room, _MOST)
        async with self._services.store.transaction() as tx:
            found = await schedules.claim_checks(tx, self._services.platform.name, by.now, by.until, most)
        by_setter = sorted(found, key=_setter)
        return [RecoveryWork(self._services, tuple(group)) for _, group in groupby(by_setter, key=_setter)]


def _setter(one: Schedule) -> tuple[str, str]:
    return one.server, one.set_by
