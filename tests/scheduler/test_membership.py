"""Servers that removed or added the bot while nobody listened: noticed once a day, by all processes together."""

from __future__ import annotations

import sqlite3
from collections.abc import Set
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.core.job import Services
from bot.core.platform import TryLater
from bot.scheduler.membership import MembershipJob, membership_jobs
from bot.storage import departures, rounds, schedules
from bot.storage.claimant import Claimant
from bot.storage.round import State
from bot.storage.store import Store
from corpus.corpus import Corpus
from tests.conftest import NOW
from tests.logs import capture_logs
from tests.scheduler.hub import Connection, Hub, daily
from tests.storage.sample_rows import insert
from tests.storage.test_schedules import put, schedule

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class Process:
    """A process that looks for servers, at a time of its own."""

    def __init__(self, store: Store, corpus: Corpus, hub: Hub, kind: type[Connection] = Connection) -> None:
        self.now = NOW
        connection = kind(hub, "discord")
        self.scheduler = daily(store, corpus, [connection], clock=lambda: self.now, makers=[membership_jobs])

    async def look(self, now: datetime) -> None:
        """Look, and have nothing more to do at once."""
        self.now = now
        assert not await self.scheduler.step(now)


@pytest.fixture
def hub() -> Hub:
    return Hub(lambda: NOW)


async def reason_of(store: Store, name: str) -> str:
    found = await schedules.get(store.reader, name)
    assert found
    return found.reason


@pytest.fixture
async def kept(store: Store) -> None:
    await put(store, schedule("a", server="1"), schedule("b", server="2"), schedule("c", server="3", platform="slack"))


@pytest.mark.usefixtures("kept")
async def test_what_left_unnoticed_is_noted_and_what_came_back_goes_on(store: Store, corpus: Corpus, hub: Hub) -> None:
    process = Process(store, corpus, hub)
    hub.servers = {"2", "9"}
    await process.look(NOW)
    assert await departures.departed(store.reader, "discord") == ["1"]
    assert [await reason_of(store, name) for name in "abc"] == ["left", "", ""]
    hub.servers = {"1", "2"}
    await process.look(NOW + DAY)
    assert await departures.departed(store.reader, "discord") == []
    again = await schedules.get(store.reader, "a")
    assert again
    assert again.check_at == NOW + DAY


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("servers", [None, set()])
async def test_a_platform_that_lists_no_server_tells_nothing(
    store: Store, corpus: Corpus, hub: Hub, servers: set[str] | None
) -> None:
    hub.servers = servers
    await Process(store, corpus, hub).look(NOW)
    assert await departures.departed(store.reader, "discord") == []


@pytest.mark.usefixtures("kept")
async def test_all_processes_together_look_once_a_day(store: Store, corpus: Corpus, hub: Hub) -> None:
    first, second = Process(store, corpus, hub), Process(store, corpus, hub)
    hub.servers = {"1", "2"}
    await first.look(NOW)
    hub.servers = {"1"}
    for hours in range(1, 24):
        await first.look(NOW + hours * HOUR)
        await second.look(NOW + hours * HOUR)
    assert await departures.departed(store.reader, "discord") == []
    await second.look(NOW + DAY)
    assert await departures.departed(store.reader, "discord") == ["2"]


OF_MEMBERS = (
    "schedules", "quiz_schedules", "rounds", "round_settings", "scores", "library_texts", "library_numberings",
    "server_rules",
)  # fmt: skip
"""Tables with rows of a server that only a member of it can create."""


@pytest.mark.parametrize("table", OF_MEMBERS)
async def test_whatever_is_kept_of_a_server_shows_that_it_left(
    store: Store, corpus: Corpus, hub: Hub, tmp_path: Path, table: str
) -> None:
    with closing(sqlite3.connect(tmp_path / "smolny.db")) as connection, connection:
        insert(connection, table, {"server": "1"})
    hub.servers = {"9"}
    await Process(store, corpus, hub).look(NOW)
    assert await departures.departed(store.reader, "discord") == ["1"]


async def test_direct_messages_are_no_server_that_left(store: Store, corpus: Corpus, hub: Hub, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "smolny.db")) as connection, connection:
        for table in OF_MEMBERS:
            insert(connection, table, {"server": ""})
    hub.servers = {"9"}
    await Process(store, corpus, hub).look(NOW)
    assert await departures.departed(store.reader, "discord") == []
    round_ = await rounds.get(store.reader, "one")
    assert round_
    assert round_.state is State.ASKING


class AwayAtFirst(Connection):
    """A platform that cannot be reached the first time."""

    looks = 0

    async def servers(self) -> Set[str] | None:
        self.looks += 1
        if self.looks == 1:
            raise TryLater("Discord cannot be reached")
        return await super().servers()


@pytest.mark.usefixtures("kept")
async def test_a_look_that_failed_is_made_again_after_an_hour(store: Store, corpus: Corpus, hub: Hub) -> None:
    hub.servers = {"2"}
    process = Process(store, corpus, hub, AwayAtFirst)
    with capture_logs() as lines:
        await process.look(NOW)
        await process.look(NOW + HOUR - timedelta(seconds=1))
    assert [one for one in lines if one["log_level"] == "error"] == []
    assert await departures.departed(store.reader, "discord") == []
    await process.look(NOW + HOUR)
    assert await departures.departed(store.reader, "discord") == ["1"]


async def test_a_look_is_one_of_the_requests_that_the_platform_allows(store: Store, corpus: Corpus, hub: Hub) -> None:
    job = MembershipJob(Services(store, corpus, Connection(hub, "discord"), lambda: NOW))
    assert [one.posts for one in await job.claim(9, Claimant("process", NOW, NOW))] == [1]
