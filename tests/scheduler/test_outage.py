"""A hundred thousand facts are due at nine, and the platform is away until one: all are posted by three.

OUTAGE_SCALE=1 is this at its real size, some seven minutes of processor time: a third of a millisecond a try, however
many are due. By default (120) all times are so much shorter, and the pace a tenth.
"""

from __future__ import annotations

import asyncio
import logging
import os
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from bot.core.platform import TryLater
from bot.core.reply import Reply
from bot.core.times import TIMES, Times
from bot.storage.migrate import migrate
from bot.storage.store import Store
from corpus.corpus import Corpus
from tests.logs import quiet
from tests.processes import until
from tests.scheduler.conftest import put_many
from tests.scheduler.hub import Connection, Hub, daily
from tests.scheduler.world import HOUR, InlineDatabase
from tests.simulation import SimulatedClock, simulate

SCALE = int(os.environ.get("OUTAGE_SCALE", "120"))
NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
AWAY = 4 * HOUR / SCALE
A_SECOND = TIMES.a_second if SCALE == 1 else TIMES.a_second // 10
DUE = 100_000 * A_SECOND // TIMES.a_second // SCALE


class Away(Connection):
    """A platform that answers nobody until one o'clock."""

    def __init__(self, hub: Hub, *, unknown: bool) -> None:
        super().__init__(hub)
        self.unknown = unknown
        self.tries = 0

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        self.tries += 1
        self._answer()
        return await super().post(channel, reply, key)

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        self._answer()
        return await super().find(channel, key, since, until)

    def _answer(self) -> None:
        if self.hub.clock() < NINE + AWAY:
            raise TryLater("the platform answers 503", unknown=self.unknown)


def times() -> Times:
    """All times, shorter by the scale; the loop itself ticks as always."""
    ticking = ("tick", "idle", "a_second", "lease", "renewal")
    shorter = {name: getattr(TIMES, name) / SCALE for name in TIMES.__struct_fields__ if name not in ticking}
    return structs.replace(TIMES, **shorter, a_second=A_SECOND)


async def lived(corpus: Corpus, *, unknown: bool) -> tuple[Hub, Away, InlineDatabase]:
    database, clock = InlineDatabase(), SimulatedClock(NINE)
    await migrate(database)
    store, hub = Store(database), Hub(clock)
    async with store.transaction() as tx:
        await put_many(tx, DUE, NINE)
    platform = Away(hub, unknown=unknown)
    running = asyncio.create_task(daily(store, corpus, [platform], clock=clock, times=times()).run())
    await until(lambda: len(hub.channels) == DUE or clock() > NINE + times().grace, 86_400, every=1)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return hub, platform, database


@pytest.mark.parametrize("unknown", [False, True], ids=["refused", "outcome unknown"])
def test_an_outage_of_four_hours_loses_nothing(shipped: Corpus, unknown: bool) -> None:
    quiet(logging.CRITICAL)
    hub, platform, database = simulate(lived(shipped, unknown=unknown))
    assert sorted(map(len, hub.channels.values())) == [1] * DUE
    assert database.connection.execute("SELECT state, COUNT(*) FROM deliveries GROUP BY state").fetchall()[0][:] == (
        "sent",
        DUE,
    )
    database.connection.close()
    took = max(one.at for one in hub.messages) - (NINE + AWAY)
    requests = DUE * (2 if unknown else 1)
    logging.getLogger(__name__).info("%d posted in %s after the outage, %d tries", DUE, took, platform.tries)
    # At the full pace, with room for those whose last pause was a long one.
    assert took <= timedelta(seconds=requests / A_SECOND) + 1.5 * times().longest_pause
