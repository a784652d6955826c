"""A schedule that cannot go on: somebody is told once, and it goes on by itself when what was wrong is mended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from bot.core.job import Services
from bot.core.platform import TryLater, Undelivered
from bot.core.reply import Items, Prose, Reply
from bot.logger import Logger
from bot.scheduler.post_once import with_timeout
from bot.storage import schedules
from bot.storage.schedules import Schedule
from cogs.daily.choice import resume_schedule
from cogs.shared.timetables import is_readable

log = Logger(__name__)

REFUSED = "refused"
"""Why a schedule waits for somebody to be told: its channel takes no posts, for no reason that a look there shows."""


class RecoveryWork(Struct):
    """A look at some schedules that one person has set up in one server."""

    services: Services
    claimed: tuple[Schedule, ...]

    @property
    def name(self) -> str:
        return self.claimed[0].id

    @property
    def posts(self) -> int:
        return len(self.claimed)

    async def run(self) -> None:
        """Go on with what is mended, and tell the person who set the rest up."""
        missing = {one.id: await self._look(one) for one in self.claimed if one.reason != REFUSED}
        async with self.services.store.transaction() as tx:
            first = self.claimed[0]
            untold = await schedules.untold(tx, first.platform, first.server, first.set_by)
        if untold and await self._tell(untold, missing):
            now = self.services.clock()
            async with self.services.store.transaction() as tx:
                for one in untold:
                    await schedules.note_notice(tx, one.id, now)
        for one in self.claimed:
            # Nothing that a look shows is wrong there: the only way to find out is to try, each day.
            if one.reason == REFUSED:
                await self._go_on(one)
        await self.postpone()

    async def _go_on(self, one: Schedule) -> None:
        if not is_readable(one):
            return
        async with self.services.store.transaction() as tx:
            now, grace = self.services.clock(), self.services.times.grace
            if await resume_schedule(tx, one, now, asked=False, grace=grace):
                log.info("daily fact goes on", schedule=one.id)

    async def _look(self, one: Schedule) -> tuple[str, ...]:
        """The permissions that are missing; where none is, the schedule goes on."""
        try:
            look = self.services.platform.missing_permissions(one.channel)
            missing = await with_timeout(look, self.services.times.patience)
        except Undelivered:
            return ()
        if not missing:
            await self._go_on(one)
        return missing

    async def _tell(self, untold: Sequence[Schedule], missing: dict[str, tuple[str, ...]]) -> bool:
        """Tell who set them up that they are paused, and how to mend it; False where it is to be tried again."""
        first = untold[0]
        if not first.set_by:
            return True
        notice = paused_notice(untold, await self._names(untold), missing)
        try:
            told = self.services.platform.tell(first.set_by, first.server or None, notice)
            await with_timeout(told, self.services.times.patience)
        except TryLater as error:
            return error.unknown
        except Undelivered as error:
            log.warning("could not tell anybody about a pause", schedule=first.id, error=type(error).__name__)
        return True

    async def _names(self, untold: Sequence[Schedule]) -> list[str]:
        """The names of channels; empty where the person who set them up no longer sees one."""
        first, channels = untold[0], [one.channel for one in untold]
        look = self.services.platform.visible_channels(first.set_by, first.server or None, channels)
        try:
            seen = await with_timeout(look, self.services.times.patience)
        except Undelivered:
            seen = {}
        return [seen.get(one, "") for one in channels]

    async def postpone(self) -> None:
        """Look again later and later: once a day, where a channel stays shut."""
        now, times = self.services.clock(), self.services.times
        async with self.services.store.transaction() as tx:
            for one in self.claimed:
                wait = min(times.first_check * 10 ** min(max(one.checks, 1), 4), times.longest_check)
                await schedules.check_again(tx, one.id, now + wait)

    async def renew(self, until: datetime) -> bool:
        async with self.services.store.transaction() as tx:
            for one in self.claimed:
                await schedules.check_again(tx, one.id, until)
        return True

    async def release(self) -> None:
        """When it is looked at next is entered already; until then it is nobody's."""


def paused_notice(paused: Sequence[Schedule], names: Sequence[str], missing: dict[str, tuple[str, ...]]) -> Reply:
    """What is wrong with daily facts, and what mends it."""
    lines = tuple(_line(one, name, missing.get(one.id, ())) for one, name in zip(paused, names, strict=True))
    title = "The daily fact is not posted" if len(lines) == 1 else "Some daily facts are not posted"
    what: tuple[Prose | Items, ...] = (Prose(lines[0]),) if len(lines) == 1 else (Items(lines),)
    mends = dict.fromkeys(_MENDS[one.reason] for one in paused)
    return Reply(title, (*what, *(Prose(mend) for mend in mends)), private=True)


def _line(one: Schedule, name: str, missing: Sequence[str]) -> str:
    # A channel that is gone has no name any more, and one that they cannot see has none for them.
    place = f" for {name}" if name else ""
    what = f"The daily fact{place} ({one.local_time} {one.zone}) is paused"
    if one.reason == "gone":
        return f"{what}: the channel is gone, or I cannot see it."
    if one.reason == "unreadable":
        return f"{what}: I can't read its time or time zone any more."
    if one.reason == REFUSED:
        return (
            f"The daily fact{place} ({one.local_time} {one.zone}) does not get through: the channel refuses my posts."
        )
    wanted = ", ".join(missing) or "to see the channel and to write in it; if I was removed, invite me again"
    return f"{what}: I may not post there. Please allow me in that channel: {wanted}."


_ALLOW = "Then type /daily resume, or wait: I look again myself, after minutes at first and later once a day."
_MENDS = {
    "unreadable": "Set it again in the server with /daily set.",
    "gone": "To post somewhere else, use /daily set in the server. If the channel comes back, I go on by myself.",
    "forbidden": _ALLOW,
    # The server has me again, and the channel is still shut.
    "left": _ALLOW,
    REFUSED: "I can't see what is missing. The channel may be locked, or a rule there stops me. I try again every day.",
}
