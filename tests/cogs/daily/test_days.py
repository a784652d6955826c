"""Whatever happens to a daily fact and the process that posts it: no local day gets two posts, and none is lost."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.reply import Moment, Reply
from bot.scheduler.zone_rules import zone_rules_jobs
from bot.storage import deliveries, schedules
from bot.storage.backup import note_restore
from bot.storage.migrate import migrate
from bot.storage.settings import put_setting
from bot.storage.store import Store
from bot.timetable.arithmetic import upcoming
from cogs.daily.job import daily_jobs
from cogs.shared.timetables import timetable_of
from corpus.corpus import Corpus
from tests.cogs.daily.test_daily import DAY, HOUR, MINUTE, Server
from tests.logs import quiet
from tests.samples import EVERYTHING
from tests.scheduler.hub import Moody, daily
from tests.scheduler.world import InlineDatabase

NOONS = [
    datetime(2026, 12, 31, 12, tzinfo=UTC),
    # The clocks go forward in Europe and Greenland, and back in America.
    datetime(2027, 3, 27, 12, tzinfo=UTC),
    datetime(2026, 10, 31, 12, tzinfo=UTC),
]
TIMES = ["0:00", "0:30", "1:30", "2:00", "2:30", "9:00", "12:00", "23:30", "23:59"]
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "America/Nuuk",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Pacific/Kiritimati",
]
SPANS = st.sampled_from([MINUTE, 5 * MINUTE, HOUR, 5 * HOUR, 12 * HOUR, DAY, 3 * DAY])
MOODS = ["lost", "down", "busy", "mute", "broken"]
WHEN = st.tuples(st.sampled_from(TIMES), st.sampled_from(ZONES))
STEPS = st.one_of(
    st.tuples(st.sampled_from(["live", "be_away"]), SPANS),
    st.tuples(st.just("set_up"), WHEN),
    st.tuples(st.just("say"), st.sampled_from(["pause", "resume", "remove"])),
    st.tuples(st.just("press"), st.sampled_from(["Undo", "Post now", "Delete it"])),
    st.tuples(st.just("shut"), st.booleans()),
    st.tuples(st.just("restart"), st.lists(st.sampled_from(MOODS), max_size=3)),
    st.tuples(st.just("restore"), st.integers(0, 9)),
    st.tuples(st.just("change_rules"), st.sampled_from([-HOUR, HOUR])),
    st.tuples(st.just("set_clock"), st.sampled_from([-4 * MINUTE, timedelta(), 4 * MINUTE])),
)


@pytest.fixture
async def empty() -> AsyncIterator[InlineDatabase]:
    """A database without schedules, to be copied."""
    database = InlineDatabase()
    await migrate(database)
    yield database
    await database.close()


class Life:
    """A server with one daily fact. Its store is in memory, and can be taken back to what it was before a step."""

    def __init__(self, corpus: Corpus, empty: InlineDatabase, start: datetime, remembers: timedelta) -> None:
        self.database = InlineDatabase()
        self.database.connection.deserialize(empty.connection.serialize())
        self.server = Server(corpus, Store(self.database))
        self.server.now = start
        self.server.hub.remembers = remembers
        self.connection = Moody(self.server.hub)
        self.server.hub.clock = lambda: self.server.now - self.ahead
        self.ahead = timedelta()
        self.backups: list[bytes] = []
        self.is_current = False
        """Whether the last step was the answer that is shown."""
        self.is_restored = False
        self.silent_at: int | None = None
        """So many posts there are while it is paused."""
        self.shown = Reply("")

    async def restart(self, mood: list[str]) -> None:
        server, makers = self.server, (zone_rules_jobs, daily_jobs)
        self.connection = Moody(server.hub, *mood)
        server.facts = daily(server.store, server.corpus, [self.connection], clock=lambda: server.now, makers=makers)

    async def live(self, span: timedelta) -> None:
        """Do all that is due in a span, each when it is due."""
        server, end = self.server, self.server.now + span
        promised = self._promised(end)
        for _ in range(500):
            await server.at(server.now)
            if server.now == end:
                assert promised <= {message.at + self.ahead for message in server.hub.messages}, "not when it was said"
                return
            reader = server.store.reader
            nexts = (schedules.next_due_at, deliveries.next_open_at, schedules.next_check_at)
            ats = [await next_at(reader, "test") for next_at in nexts]
            server.now = min([end, *(at for at in ats if at and at > server.now)])
        raise AssertionError("it does something without end")

    def _promised(self, end: datetime) -> set[datetime]:
        """When a post comes by `end`, as the last answer says, if nothing is in the way."""
        is_open = not self.is_restored and not self.connection.mood and not self.server.hub.missing.get("general")
        ats = {part.at for part in self.shown.parts if isinstance(part, Moment)} if self.is_current else set()
        return {at for at in ats if is_open and self.server.now < at <= end}

    async def be_away(self, span: timedelta) -> None:
        """No process runs."""
        self.server.now += span
        await self.restart([])

    async def set_up(self, when: tuple[str, str]) -> None:
        self.silent_at = None
        self.shown = await self.server.say(f"/daily set #general {' '.join(when)}")

    async def say(self, operation: str) -> None:
        self.shown = await self.server.say(f"/daily {operation}")
        if operation != "remove":
            self.silent_at = len(self.server.hub.messages) if operation == "pause" else None

    async def press(self, label: str) -> None:
        if any(one.label == label for one in self.shown.buttons):
            self.silent_at = None
            self.shown = await self.server.press(self.shown, label)

    async def shut(self, is_shut: bool) -> None:
        """Whether the channel takes no posts."""
        self.server.hub.missing["general"] = ("Send Messages",) if is_shut else ()

    async def restore(self, number: int) -> None:
        if number < len(self.backups):
            self.database.connection.deserialize(self.backups[number])
            note_restore(self.database.connection)
            self.is_restored, self.silent_at = True, None
            await self.be_away(MINUTE)
            await self.server.at(self.server.now)

    async def change_rules(self, off: timedelta) -> None:
        """What is due was computed by other rules; the current ones are installed."""
        async with self.server.store.transaction() as tx:
            await put_setting(tx, "tzdata test", "2011n")
            for one in await self.server.known():
                if one.due_at > self.server.now:
                    await schedules.advance(tx, one.id, one.due_at + off, one.due_date)
        await self.restart([])
        await self.server.at(self.server.now)

    async def set_clock(self, ahead: timedelta) -> None:
        self.server.now += ahead - self.ahead
        self.ahead = ahead

    def check(self) -> None:
        keys = [message.key for message in self.server.hub.messages]
        assert len(keys) == len(set(keys)), "twice"
        assert self.silent_at in (None, len(keys)), "while it was paused"

    async def step(self, name: str, value: object) -> None:
        self.backups.append(self.database.connection.serialize())
        await getattr(self, name)(value)
        self.is_current = name in ("set_up", "say", "press")
        self.check()

    async def end_well(self) -> None:
        """Mend all that is wrong: from then on each day has its post."""
        server = self.server
        await self.shut(False)
        await self.restart([])
        await self.say("resume")
        if not await server.known():
            await self.set_up(("9:00", "Europe/Berlin"))
        since, [first] = server.now, await server.known()
        # Far in the east it is a date, which then has its post, more than a day before it is that in the far west.
        assert first.due_at < since + 3 * DAY
        await self.live(4 * DAY)
        self.check()
        posted = {message.id for message in server.hub.messages}
        [one] = await server.known()
        entries = {entry.local_date: entry for entry in await server.ledger(one)}
        assert self.is_restored or posted == {entry.message for entry in entries.values() if entry.message}
        dues = takewhile(lambda due: due.at < since + 3 * DAY, upcoming(timetable_of(one), since))
        for entry in [entries[due.local_date] for due in dues if due.at >= first.due_at]:
            assert entry.state == "sent" or entry.changed_at <= since, "lost"


@settings(
    max_examples=5_000 if EVERYTHING else 40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    start=st.sampled_from(NOONS),
    remembers=st.sampled_from([timedelta(), 5 * MINUTE]),
    when=WHEN,
    steps=st.lists(STEPS, max_size=12),
)
async def test_each_local_day_has_one_post(
    corpus: Corpus,
    empty: InlineDatabase,
    start: datetime,
    remembers: timedelta,
    when: tuple[str, str],
    steps: list[tuple[str, object]],
) -> None:
    quiet(logging.CRITICAL)
    life = Life(corpus, empty, start, remembers)
    await life.set_up(when)
    for name, value in steps:
        await life.step(name, value)
    await life.end_well()
    await life.database.close()
