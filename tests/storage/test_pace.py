"""The pace: how many places are free, when the next one is, and that a clock that was set back stops nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.storage import pace
from bot.storage.store import Store
from tests.storage.test_schedules import NOW

SECOND = timedelta(seconds=1)
AHEAD = 5 * SECOND
MOMENT = timedelta(microseconds=1)
FURTHEST = timedelta(minutes=1)
LONGEST_QUEUE = timedelta(minutes=10)
"""How far ahead a place may be that many take from, and one that is reserved."""

Take = Callable[..., Awaitable[int]]


@pytest.fixture
async def store(sqlite_url: str) -> Store:
    return await Store.open(sqlite_url)


@pytest.fixture
def take(store: Store) -> Take:
    async def take(most: int, at: timedelta = timedelta(), name: str = "posts") -> int:
        async with store.transaction() as tx:
            return await pace.take(tx, name, most, SECOND, NOW + at, AHEAD)

    return take


async def test_no_more_places_are_taken_than_are_free_until_then(store: Store, take: Take) -> None:
    assert [await take(3), await take(9), await take(9)] == [3, 2, 0]
    assert await take(9, name="others") == 5
    assert [await take(9, SECOND - MOMENT), await take(9, SECOND), await take(9, 3 * SECOND)] == [0, 1, 2]
    # Places of a time that has passed are nobody's.
    assert await take(9, 60 * SECOND) == 5
    await store.close()


async def test_what_is_given_back_is_free_again(store: Store, take: Take) -> None:
    assert await take(5) == 5
    async with store.transaction() as tx:
        await pace.give_back(tx, "posts", 2, SECOND)
    assert [await take(9), await take(9)] == [2, 0]
    await store.close()


async def test_places_in_a_row_are_one_behind_the_other(store: Store) -> None:
    async with store.transaction() as tx:
        waits = [await pace.reserve(tx, "channel", SECOND, NOW) for _ in range(3)]
        waits += [await pace.reserve(tx, "channel", SECOND, NOW + at * SECOND) for at in (1, 4, 9)]
    assert [wait / SECOND for wait in waits] == [0, 1, 2, 2, 0, 0]
    await store.close()


async def test_places_further_ahead_than_any_queue_are_those_of_a_clock_that_was_set_back(
    store: Store, take: Take
) -> None:
    assert await take(1, AHEAD + FURTHEST - SECOND) == 1
    assert await take(1) == 0
    assert await take(1, AHEAD + FURTHEST) == 1
    assert await take(2) == 2
    async with store.transaction() as tx:
        await pace.reserve(tx, "channel", SECOND, NOW + LONGEST_QUEUE - SECOND)
        assert await pace.reserve(tx, "channel", SECOND, NOW) == LONGEST_QUEUE
        assert await pace.reserve(tx, "channel", SECOND, NOW) == timedelta()
    await store.close()
