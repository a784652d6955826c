"""What a platform sends again counts once, whichever process it reaches."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.storage import deduplication
from bot.storage.deduplication import Deduplication
from bot.storage.retention import RULES, step
from bot.storage.store import Store
from tests.conftest import NOW
from tests.logs import quiet


def made(store: Store | None, platform: str = "slack") -> Deduplication:
    return Deduplication(store, platform, lambda: NOW)


async def test_an_id_is_new_once_for_all_processes(database_url: str) -> None:
    stores = [await Store.open(database_url) for _ in range(2)]
    several = [made(store) for store in stores]
    found = await asyncio.gather(*(one.is_first(f"Ev{n}") for n in range(50) for one in several))
    assert sorted(found) == [False] * 50 + [True] * 50
    assert await made(stores[0], "other").is_first("Ev1")
    for store in stores:
        await store.close()


async def test_what_is_not_waited_for_is_known_to_other_processes_a_moment_later(database_url: str) -> None:
    store = await Store.open(database_url)
    quick, other, third = made(store), made(store), made(store)
    assert [quick.is_first_here(name) for name in "aba"] == [True, True, False]
    assert other.is_first_here("a")
    await asyncio.gather(quick.close(), other.close())
    assert [await third.is_first(name) for name in "abc"] == [False, False, True]
    assert not await quick.is_first("a")
    await store.close()


async def test_without_a_store_the_latest_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deduplication, "REMEMBERED", 3)
    one = made(None)
    assert [await one.is_first(name) for name in "aabcda"] == [True, False, True, True, True, True]


async def test_while_the_store_is_away_things_are_answered_all_the_same() -> None:
    quiet(logging.CRITICAL)

    class Away:
        errors = (sqlite3.Error,)

        @asynccontextmanager
        async def transaction(self):  # type: ignore[no-untyped-def]  # a database that is away
            raise sqlite3.OperationalError("locked")
            yield

    one = made(Store(Away()))  # type: ignore[arg-type]  # as above
    assert [await one.is_first("a"), await one.is_first("a")] == [True, False]
    assert [one.is_first_here("b"), one.is_first_here("b")] == [True, False]
    await one.close()


async def test_an_id_is_forgotten_after_a_day(store: Store) -> None:
    assert await made(store).is_first("a")
    [rule] = [one for one in RULES if "Slack" in one.what]
    for hours, new in ((23, False), (25, True)):
        async with store.transaction() as tx:
            await step(tx, rule, NOW + timedelta(hours=hours))
        assert await made(store).is_first("a") is new
