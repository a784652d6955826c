"""Many small changes at once: each is made once, or the one who asked for it hears why not."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import sqlite
from bot.storage.session import Session
from bot.storage.settings import get_setting, put_setting
from bot.storage.store import Store


def put(key: str, value: str = "yes") -> Callable[[Session], Awaitable[int]]:
    async def work(tx: Session) -> int:
        return await put_setting(tx, key, value)

    return work


def fail(key: str) -> Callable[[Session], Awaitable[int]]:
    async def work(tx: Session) -> int:
        await put_setting(tx, key, "no")
        await tx.execute("INSERT INTO nowhere (words) VALUES ('lost')")
        return 0

    return work


async def test_a_change_that_fails_takes_none_of_its_batch_with_it(store: Store) -> None:
    works = [fail("50") if n == 50 else put(f"{n}") for n in range(100)]
    outcomes = await asyncio.gather(*(store.grouped.change("a", work) for work in works), return_exceptions=True)
    assert [n for n, outcome in enumerate(outcomes) if isinstance(outcome, Exception)] == [50]
    found = [await store.get_setting(f"{n}") for n in range(100)]
    assert found == ["yes" if n != 50 else None for n in range(100)]


@pytest.mark.parametrize("turns", [0, 1, 2, 5])
async def test_whoever_is_cancelled_takes_nobodys_change_along(store: Store, turns: int) -> None:
    tasks = [asyncio.create_task(store.grouped.change("a", put(f"{n}"))) for n in range(5)]
    for _ in range(turns):
        await asyncio.sleep(0)
    tasks[0].cancel()
    tasks[3].cancel()
    more = [asyncio.create_task(store.grouped.change("a", put(f"{n}"))) for n in range(5, 8)]
    await asyncio.wait([*tasks, *more], timeout=60)
    assert all(task.result() == 1 for task in (tasks[1], tasks[2], tasks[4], *more))
    for n in (1, 2, 4, 5, 6, 7):
        assert await get_setting(store.reader, f"{n}") == "yes"
    await asyncio.wait_for(store.grouped.change("a", put("later")), 60)


async def test_where_the_store_is_locked_a_crowd_hears_of_it_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.5)
    store = await Store.open(str(tmp_path / "store.db"))
    with closing(sqlite3.connect(tmp_path / "store.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(60):
            asked = (store.grouped.change("a", put(f"{n}")) for n in range(250))
            outcomes = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(one, store.errors) for one in outcomes)
    assert await store.grouped.change("a", put("later")) == 1
    await store.close()


async def test_a_close_waits_for_what_was_asked_for(database_url: str) -> None:
    store = await Store.open(database_url)
    asked = [asyncio.create_task(store.grouped.change("a", put(f"{n}"))) for n in range(300)]
    await asyncio.sleep(0)
    await store.close()
    assert {task.result() for task in asked} == {1}
