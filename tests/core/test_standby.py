"""Leases of connections: same ones, ones that overlap, and what dead processes left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.core import standby
from bot.core.standby import ConnectionLease
from bot.platforms.discord.connection import Shards
from bot.storage.connections import all_connections, claim_connection
from bot.storage.store import Store

TOKEN = "MTkxNw.x.y"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("BEAT", 0.02), ("STOP_AFTER", 0.2), ("GONE_AFTER", 0.4)):
        monkeypatch.setattr(standby, name, seconds)


def lease(store: Store, shards: Shards) -> ConnectionLease:
    return ConnectionLease(store, shards.lease_name(TOKEN), lambda name: shards.overlap(TOKEN, name))


@asynccontextmanager
async def serving(one: ConnectionLease) -> AsyncIterator[None]:
    async with asyncio.timeout(5):
        await one.acquire()
    keeping = asyncio.create_task(one.keep())
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await one.release()


async def waits(one: ConnectionLease) -> asyncio.Task[None]:
    waiting = asyncio.create_task(one.acquire())
    async with asyncio.timeout(5):
        while not (one.rival or one.stands_by):  # noqa: ASYNC110 - it looks now and then
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
        await asyncio.wait_for(waiting, 5)
    assert later.rival == ""
    assert [one["theirs"] for one in logs if one["log_level"] == "error"] == [[first.lease_name(TOKEN)]]


async def test_shards_of_their_own_are_served_at_once(store: Store) -> None:
    async with serving(lease(store, Shards(4, (0, 1)))), serving(lease(store, Shards(4, (2, 3)))):
        assert len(await all_connections(store.reader)) == 2
    other_bot = Shards()
    async with serving(lease(store, Shards())), serving(ConnectionLease(store, other_bot.lease_name("MTkxOA.x.y"))):
        pass


async def test_a_lease_of_a_dead_process_is_waited_out_and_removed(store: Store) -> None:
    async with store.transaction() as tx:
        await claim_connection(tx, Shards().lease_name(TOKEN), "dead")
    async with serving(lease(store, Shards(4, (0,)))):
        assert [one.name for one in await all_connections(store.reader)] == [Shards(4, (0,)).lease_name(TOKEN)]


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
