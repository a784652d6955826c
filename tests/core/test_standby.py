"""Leases of connections: same ones, ones that overlap, and what dead processes left."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import standby
from bot.core.standby import ConnectionLease
from bot.platforms.discord.connection import Shards
from bot.storage import sqlite
from bot.storage.connections import all_connections, claim_connection
from bot.storage.store import Store
from tests.logs import capture_logs, quiet

TOKEN = "MTkxNw.x.y"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    # A busy machine may take as long for the last try as the test that wants it to fail does not.
    for name, seconds in (("BEAT", 0.05), ("STOP_AFTER", 0.5), ("LAST_TRY", 10.0), ("GONE_AFTER", 1.0)):
        monkeypatch.setattr(standby, name, seconds)


def lease(store: Store, shards: Shards) -> ConnectionLease:
    return ConnectionLease(store, shards.lease_name(TOKEN), lambda name: shards.overlap(TOKEN, name))


@asynccontextmanager
async def serving(one: ConnectionLease) -> AsyncIterator[asyncio.Task[None]]:
    async with asyncio.timeout(60):
        await one.acquire()
    keeping = asyncio.create_task(one.keep())
    try:
        yield keeping
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await one.release()


async def waits(one: ConnectionLease) -> asyncio.Task[None]:
    waiting = asyncio.create_task(one.acquire())
    async with asyncio.timeout(60):
        while not (one.rival or one.stands_by):  # noqa: ASYNC110 - it looks now and then.
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    assert not waiting.done()
    return waiting


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Shards(4, (0, 1)), Shards(4, (1, 2))),
        (Shards(4), Shards(4, (3,))),
        (Shards(4, (3,)), Shards(4)),
        (Shards(), Shards(4, (3,))),
        (Shards(2, (0,)), Shards(4, (3,))),
        (Shards(2), Shards()),
    ],
    ids=str,
)
async def test_who_would_serve_some_of_the_same_shards_waits_and_says_so(
    store: Store, first: Shards, second: Shards
) -> None:
    later = lease(store, second)
    with capture_logs() as logs:
        async with serving(lease(store, first)):
            waiting = await waits(later)
            assert later.rival == first.lease_name(TOKEN)
        await asyncio.wait_for(waiting, 60)
    assert later.rival == ""
    assert [one["theirs"] for one in logs if one["log_level"] == "error"] == [[first.lease_name(TOKEN)]]


async def test_shards_of_their_own_are_served_at_once(store: Store) -> None:
    async with serving(lease(store, Shards(4, (0, 1)))), serving(lease(store, Shards(4, (2, 3)))):
        assert len(await all_connections(store.reader)) == 2
    other_bot = Shards()
    async with serving(lease(store, Shards())), serving(ConnectionLease(store, other_bot.lease_name("MTkxOA.x.y"))):
        pass


@pytest.mark.parametrize("shards", [Shards(4, (0,)), Shards()], ids=str)
async def test_a_lease_of_a_dead_process_is_waited_out_and_removed(store: Store, shards: Shards) -> None:
    async with store.transaction() as tx:
        await claim_connection(tx, Shards().lease_name(TOKEN), "dead")
    quiet(logging.INFO)
    began, one = time.monotonic(), lease(store, shards)
    with capture_logs() as logs:
        async with serving(one):
            assert time.monotonic() - began > standby.GONE_AFTER
            found = await all_connections(store.reader)
            assert [(held.name, held.owner) for held in found] == [(one.name, one.owner)]
    assert [line["event"] for line in logs] == ["standing by", *(["took over"] if shards == Shards() else [])]


@pytest.mark.parametrize("shards", [Shards(4, (0,)), Shards()], ids=str)
async def test_as_long_as_a_process_gives_signs_of_life_another_stands_by(store: Store, shards: Shards) -> None:
    later = lease(store, shards)
    quiet(logging.INFO)
    began = time.monotonic()
    with capture_logs() as logs:
        async with serving(lease(store, Shards())) as keeping:
            waiting = await waits(later)
            await asyncio.sleep(standby.GONE_AFTER + 0.1)
            assert not waiting.done()
            assert not keeping.done()
            [first] = [one for one in await all_connections(store.reader) if one.name == Shards().lease_name(TOKEN)]
            assert 2 < first.beats < 2 * (time.monotonic() - began) / standby.BEAT
        async with asyncio.timeout(60):
            await waiting
        await later.release()
    assert (later.stands_by, later.rival) == (False, "")
    assert [one["event"] for one in logs] == ["standing by"]


async def test_whose_lease_is_taken_over_stops_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standby, "STOP_AFTER", 600.0)  # so long it would go on if it did not know
    async with serving(lease(store, Shards())) as keeping:
        async with store.transaction() as tx:
            await tx.execute("UPDATE connections SET owner = 'another'")
        async with asyncio.timeout(60):
            await keeping


async def test_a_store_that_is_away_for_a_moment_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.01)
    monkeypatch.setattr(standby, "STOP_AFTER", 60.0)
    store = await Store.open(str(tmp_path / "store.db"))
    async with serving(lease(store, Shards())) as keeping:
        with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await asyncio.sleep(0.1)
            other.execute("COMMIT")
        await asyncio.sleep(0.05)
        assert not keeping.done()
    await store.close()


async def test_of_several_that_come_at_once_one_serves(store: Store) -> None:
    serving_now: list[str] = []

    async def serve(one: ConnectionLease) -> None:
        async with serving(one):
            serving_now.append(one.name)
            assert len(serving_now) == 1
            await asyncio.sleep(0.1)
            serving_now.remove(one.name)

    shards = [Shards(4, (0, 1)), Shards(4, (1, 2)), Shards(4), Shards(), Shards(2, (1,))]
    await asyncio.gather(*(serve(lease(store, one)) for one in shards))


async def test_who_is_only_slow_keeps_the_lease(store: Store) -> None:
    async with serving(lease(store, Shards())) as keeping:
        async with store.transaction():
            await asyncio.sleep(0.05)
            # Nothing of this process runs for as long as another one would wait before it takes over.
            time.sleep(standby.GONE_AFTER)  # noqa: ASYNC251 - to hold everything up is the point.
        await asyncio.sleep(0.1)
        assert not keeping.done()


async def test_who_had_no_store_for_a_while_takes_the_lease_again_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standby, "LAST_TRY", 0.12)
    monkeypatch.setattr(standby, "GONE_AFTER", 600.0)  # a process that took itself for another would wait so long
    one = lease(store, Shards())
    async with serving(one) as keeping:
        async with store.transaction():
            await asyncio.wait_for(keeping, 60)
        await asyncio.wait_for(one.acquire(), 60)


async def test_a_store_that_is_away_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.02)
    store = await Store.open(str(tmp_path / "store.db"))
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as other, capture_logs() as logs:
        other.execute("BEGIN EXCLUSIVE")
        waiting = asyncio.create_task(lease(store, Shards()).acquire())
        await asyncio.sleep(0.3)
        assert not waiting.done()
        other.execute("COMMIT")
        await asyncio.wait_for(waiting, 60)
    assert [one["event"] for one in logs] == ["waiting for the store"]
    await store.close()


_SHARDS = st.integers(1, 6).flatmap(
    lambda count: st.builds(
        lambda ids: Shards(count, tuple(sorted(ids))), st.sets(st.integers(0, count - 1), max_size=count)
    )
)


@given(one=_SHARDS, other=_SHARDS)
def test_leases_overlap_where_a_server_would_be_served_twice(one: Shards, other: Shards) -> None:
    def of(shards: Shards) -> Callable[[int], bool]:
        assert shards.count
        ids, count = shards.ids or range(shards.count), shards.count
        return lambda server: (server >> 22) % count in ids

    twice = any(of(one)(server << 22) and of(other)(server << 22) for server in range(60))
    overlap = one.overlap(TOKEN, other.lease_name(TOKEN))
    # Shards of two counts may share no server by luck; nobody should rely on it.
    assert overlap or not twice
    if one.count == other.count:
        assert overlap == twice
    assert overlap == other.overlap(TOKEN, one.lease_name(TOKEN))
    assert not one.overlap(TOKEN, other.lease_name("MTkxOA.x.y"))
