"""When old rows are deleted: now and then, and again soon while there are more."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.core.job import Services
from bot.scheduler.retention import RetentionJob
from bot.storage import deduplication, retention
from bot.storage.claimant import Claimant
from bot.storage.store import Store
from corpus.corpus import Corpus
from tests.scheduler.conftest import DAY, NINE
from tests.scheduler.hub import Connection, Hub

MOMENT = timedelta(microseconds=1)
EVERY = timedelta(minutes=10)
SOON = timedelta(seconds=1)


async def step(job: RetentionJob, now: datetime) -> int:
    """Do what a process does at a moment; returns how many rules it looked at."""
    works = await job.claim(9, Claimant("process", now, now))
    for one in works:
        await one.run()
        assert await one.renew(now)
    return len(works)


async def test_little_is_deleted_at_a_time_and_the_rest_soon(
    store: Store, shipped: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "MOST", 1)
    now = NINE
    services = Services(store, shipped, Connection(Hub(lambda: now)), lambda: now)
    async with store.transaction() as tx:
        for name in ("one", "two"):
            await deduplication.receive(tx, name, NINE - 3 * DAY)
    job, other = RetentionJob(services), RetentionJob(services)
    assert await step(job, NINE) == 0
    assert await job.next_at() == await other.next_at() == NINE + EVERY
    assert await step(job, NINE + EVERY - MOMENT) == 0
    now = NINE + EVERY
    assert await step(job, now) == len(retention.RULES)
    # Another process does not do the same at once.
    assert await step(other, now) == 0
    assert await other.next_at() == now + EVERY
    # As many were deleted as there may be at a time: there may be more.
    for _ in range(2):
        assert await job.next_at() == now + SOON
        now += SOON
        assert await step(job, now) == len(retention.RULES)
    assert await job.next_at() == now + EVERY
    now += EVERY + MOMENT
    assert await step(job, now) == len(retention.RULES)
    async with store.transaction() as tx:
        assert await deduplication.receive(tx, "one", now)
        assert await deduplication.receive(tx, "two", now)
