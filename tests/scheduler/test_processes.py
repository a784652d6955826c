"""Real processes over a real database: killed at any moment, and several at once. Each fact is posted once."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from datetime import timedelta
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from random import Random

import pytest

from bot.core.clock import utc_now
from bot.storage import deliveries, schedules
from bot.storage.store import Store
from corpus.corpus import Corpus
from tests.databases import own_server
from tests.processes import ended, until
from tests.scheduler.conftest import schedule
from tests.scheduler.hub import Hub
from tests.scheduler.worker import listening, work

KILLS = 12
MANY = 60
SPAN = timedelta(seconds=6)


class Workshop:
    """A database with schedules that come due one after the other, and processes to work on it."""

    def __init__(
        self,
        processes: ForkServerContext,
        store: Store,
        url: str,
        hub: Hub,
        socket: Path,
        cache: Path,
    ) -> None:
        self.processes = processes
        self.store = store
        self.hub = hub
        self.arguments = (url, str(socket), str(cache))
        self.names = [f"{n:03}" for n in range(MANY)]

    async def prepare(self, span: timedelta = timedelta()) -> None:
        now = utc_now()
        async with self.store.transaction() as tx:
            for n, name in enumerate(self.names):
                due_at = now + span * (n / MANY)
                await schedules.put(tx, schedule(name, zone="UTC", due_at=due_at, due_date=now.date()))

    def begin(self) -> ForkServerProcess:
        process = self.processes.Process(target=work, args=self.arguments, daemon=True)
        process.start()
        return process

    async def done(self) -> bool:
        now = utc_now()
        try:
            due_at = await schedules.next_due_at(self.store.reader, "test")
            open_at = await deliveries.next_open_at(self.store.reader, "test")
        except self.store.errors:
            return False
        return open_at is None and due_at is not None and due_at > now + timedelta(hours=1)

    async def done_or_more(self, before: int) -> bool:
        """Whether more is posted than so much, or nothing more is to be posted."""
        return len(self.hub.messages) > before or await self.done()

    async def check(self) -> None:
        assert Counter(message.channel for message in self.hub.messages) == {
            f"channel-{name}": 1 for name in self.names
        }
        sent = {message.id for message in self.hub.messages}
        for name in self.names:
            [entry] = await deliveries.history(self.store.reader, name, 9)
            assert (entry.state, entry.message in sent) == ("sent", True)


@pytest.mark.parametrize("remembers", [timedelta(), timedelta(minutes=5)], ids=["no nonces", "nonces"])
async def test_a_process_killed_at_any_moment_posts_nothing_twice_and_loses_nothing(
    corpus: Corpus,
    cache: Path,
    sockets: Path,
    sqlite_url: str,
    processes: ForkServerContext,
    remembers: timedelta,
) -> None:
    store, hub, dice = await Store.open(sqlite_url), Hub(utc_now, remembers), Random(1917)
    shop = Workshop(processes, store, sqlite_url, hub, sockets / "hub", cache)
    await shop.prepare(SPAN)
    async with listening(hub, sockets / "hub", seed=1917):
        for _ in range(KILLS):
            process, before = shop.begin(), len(hub.messages)
            await until(lambda before=before: shop.done_or_more(before), every=0.02)  # type: ignore[misc]
            await asyncio.sleep(0.2 * dice.random())
            await ended([process])
        last = shop.begin()
        await until(shop.done, every=0.05)
        await ended([last])
    await shop.check()
    await store.close()


@pytest.mark.parametrize("several", [2, 4])
async def test_several_processes_share_a_database(
    corpus: Corpus,
    cache: Path,
    sockets: Path,
    database_url: str,
    processes: ForkServerContext,
    several: int,
) -> None:
    store, hub = await Store.open(database_url), Hub(utc_now)
    shop = Workshop(processes, store, database_url, hub, sockets / "hub", cache)
    await shop.prepare()
    async with listening(hub, sockets / "hub", seed=1917) as posted:
        at_work = [shop.begin() for _ in range(several)]
        await until(lambda: posted, every=0.005)
        # Whoever is ahead of the others goes: somebody else has to finish what it began.
        # All may have posted by now: one goes, and no more.
        await ended([next(one for one in at_work if one.pid in posted)])
        await until(shop.done, every=0.02)
        await ended(at_work)
    assert len(posted) > 1
    await shop.check()
    await store.close()


async def test_a_database_that_breaks_down_under_load_costs_no_post_and_doubles_none(
    corpus: Corpus,
    cache: Path,
    sockets: Path,
    processes: ForkServerContext,
) -> None:
    with own_server() as server:
        store, hub = await Store.open(server.url), Hub(utc_now)
        shop = Workshop(processes, store, server.url, hub, sockets / "hub", cache)
        await shop.prepare()
        async with listening(hub, sockets / "hub", seed=1917):
            at_work = [shop.begin() for _ in range(2)]
            await until(lambda: len(hub.messages) > MANY / 6, every=0.005)
            server.stop(signal.SIGQUIT)
            assert len(hub.messages) < MANY
            await asyncio.to_thread(server.start)
            await until(shop.done, every=0.02)
            assert all(one.is_alive() for one in at_work)
            await ended(at_work)
        await shop.check()
        await store.close()
