"""A process that freezes in the middle of a statement holds others up for a moment only, and hears of it later."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing.context import ForkServerContext

import asyncpg
import pytest

from bot.core.job import Services
from bot.core.times import Times
from bot.scheduler.loop import Scheduler
from bot.storage import postgresql
from bot.storage.store import Store
from corpus.corpus import Corpus
from tests.logs import capture_logs
from tests.processes import ended, until
from tests.scheduler.conftest import NINE
from tests.scheduler.hub import Connection, Hub

CHANGE = "UPDATE settings SET value = $1 WHERE key = 'greeting'"
MANY = 6_000
"""More than the driver sends at once."""


def freeze_while_sending(url: str) -> None:
    """Change a row many times over, and freeze before all of it is sent."""

    def values() -> Iterator[tuple[str]]:
        for n in range(MANY):
            if n == MANY - 1:
                os.kill(os.getpid(), signal.SIGSTOP)
            yield (str(n),)

    async def change() -> None:
        connection = await asyncpg.connect(url)
        async with connection.transaction():
            await connection.executemany(CHANGE, values())

    asyncio.run(change())


def freeze_between_parts(url: str) -> None:
    """Change a row, prepare another statement, and freeze before it is run."""

    async def change() -> None:
        connection = await asyncpg.connect(url)
        async with connection.transaction():
            await connection.execute(CHANGE, "changed")
            await connection.prepare("SELECT key FROM settings")
            os.kill(os.getpid(), signal.SIGSTOP)

    asyncio.run(change())


async def has_changed(url: str) -> bool:
    """Whether somebody has changed a setting in a transaction that is not over."""
    connection = await asyncpg.connect(url)
    locks = await connection.fetchval(
        "SELECT count(*) FROM pg_locks WHERE relation = 'settings'::regclass AND mode = 'RowExclusiveLock'"
    )
    await connection.close()
    return bool(locks)


@pytest.mark.parametrize("freeze", [freeze_while_sending, freeze_between_parts])
async def test_others_go_on_where_a_process_freezes_in_the_middle_of_a_statement(
    processes: ForkServerContext,
    shipped: Corpus,
    postgresql_url: str,
    monkeypatch: pytest.MonkeyPatch,
    freeze: object,
) -> None:
    monkeypatch.setattr(postgresql, "STALLED_SECONDS", 0.3)
    store = await Store.open(postgresql_url)
    await store.set_setting("greeting", "hello")
    frozen = processes.Process(target=freeze, args=(postgresql_url,), daemon=True)  # type: ignore[arg-type]  # a function
    frozen.start()
    await until(lambda: has_changed(postgresql_url))
    times = Times(idle=timedelta(seconds=0.1))
    services = Services(store, shipped, Connection(Hub(lambda: NINE)), lambda: NINE, times)
    try:
        with capture_logs() as lines:
            running = asyncio.create_task(Scheduler([services], []).run())
            await store.set_setting("greeting", "good evening")
            # The lock is free a moment before it is said why.
            await until(lambda: lines)
            running.cancel()
            await asyncio.wait([running])
        assert [(one["log_level"], one["sessions"]) for one in lines] == [("warning", 1)]
        os.kill(frozen.pid or 0, signal.SIGCONT)
        await asyncio.to_thread(frozen.join)
        assert frozen.exitcode == 1
    finally:
        await ended([frozen])
    assert await store.get_setting("greeting") == "good evening"
    await store.close()


async def test_who_is_only_slow_is_not_disconnected(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of a long statement, or between two: the server looks after these itself."""
    monkeypatch.setattr(postgresql, "STALLED_SECONDS", 0.1)
    store = await Store.open(postgresql_url)
    async with store.transaction() as tx:
        sleeping = asyncio.create_task(tx.execute("SELECT pg_sleep(0.4)"))
        for _ in range(3):
            assert not await store.reader.end_stalled()
            await asyncio.sleep(0.1)
        await sleeping
        await asyncio.sleep(0.2)
        assert not await store.reader.end_stalled()
    await store.close()
