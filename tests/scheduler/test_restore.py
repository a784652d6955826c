"""A store from a backup, or a copy of it elsewhere: whatever moment it is of, no day is posted a second time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.storage.backup import note_restore
from bot.storage.migrate import migrate
from bot.storage.session import Session
from bot.storage.store import Store
from corpus.corpus import Corpus
from tests.scheduler.conftest import DAY, HOUR, MINUTE, NINE, Study, schedule
from tests.scheduler.hub import Hub, Moody
from tests.scheduler.world import InlineDatabase


class BackedUp(InlineDatabase):
    """A database of which a backup is made after each transaction."""

    def __init__(self, backup: bytes | None = None) -> None:
        super().__init__()
        if backup:
            self.connection.deserialize(backup)
        self.backups: dict[bytes, None] = {}

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        async with super().transaction() as tx:
            yield tx
        self.backups[self.connection.serialize()] = None


def study_of(corpus: Corpus, hub: Hub, database: InlineDatabase) -> Study:
    study = Study(Store(database), corpus, hub)
    hub.clock = lambda: study.now
    return study


@pytest.mark.parametrize("mood", [(), ("busy",), ("lost",), ("down", "busy"), ("busy", "lost", "down"), ("broken",)])
@pytest.mark.parametrize("late", [timedelta(), 2 * HOUR], ids=["on time", "late"])
async def test_whatever_moment_a_backup_is_of_no_day_is_posted_again(
    corpus: Corpus, late: timedelta, mood: tuple[str, ...]
) -> None:
    hub, database = Hub(lambda: NINE), BackedUp()
    await migrate(database)
    database.backups.clear()
    study = study_of(corpus, hub, database)
    await study.put(schedule("a"))
    study.now = NINE + late
    study.start(Moody(hub, *mood))
    await study.until(NINE + late + HOUR)
    assert await study.outcomes("a") == [("sent", "")]
    [message] = hub.messages
    for backup in database.backups:
        restored = study_of(corpus, hub, BackedUp(backup))
        restored.now = NINE + late + 2 * HOUR
        restored.start()
        await restored.until(NINE + DAY - MINUTE, every=DAY)
        assert hub.messages == [message]
        assert [entry.message for entry in await restored.ledger("a")] == [message.id]
        await restored.store.close()
    await database.close()


@pytest.mark.parametrize("is_marked", [True, False], ids=["restored", "copied while it was in use"])
@pytest.mark.parametrize("earlier", [timedelta(seconds=5), 5 * HOUR])
async def test_a_day_that_had_its_post_at_another_hour_after_the_backup_has_none_again(
    corpus: Corpus, earlier: timedelta, is_marked: bool
) -> None:
    """Its time was changed, or somebody pressed “Post now”."""
    hub, database = Hub(lambda: NINE), BackedUp()
    await migrate(database)
    study = study_of(corpus, hub, database)
    await study.put(schedule("a"))
    study.start()
    await study.at(NINE - earlier - 10 * MINUTE)
    backup = database.connection.serialize()
    await study.put(schedule("a", due_at=NINE - earlier))
    await study.until(NINE - timedelta(seconds=4))
    [message] = hub.messages
    copy = BackedUp(backup)
    if is_marked:
        note_restore(copy.connection)
    restored = study_of(corpus, hub, copy)
    restored.now = NINE - timedelta(seconds=2)
    restored.start()
    await restored.until(NINE + 4 * HOUR)
    assert hub.messages == [message]
    assert [entry.message for entry in await restored.ledger("a")] == [message.id]
    await restored.until(NINE + DAY)
    assert len({said.reply.repeat for said in hub.messages}) == len(hub.messages) == 2
    await restored.store.close()
    await database.close()


async def test_the_days_between_a_backup_and_its_restore_stay_as_they_were(corpus: Corpus) -> None:
    """They are taken for days on which nothing could be posted, as docs/operations.md says; none is posted again."""
    hub, database = Hub(lambda: NINE), BackedUp()
    await migrate(database)
    study = study_of(corpus, hub, database)
    await study.put(schedule("a"))
    study.now = NINE - HOUR
    study.start()
    backup = database.connection.serialize()
    await study.until(NINE + 3 * DAY + HOUR)
    posted = list(hub.messages)
    assert len(posted) == 4
    copy = BackedUp(backup)
    note_restore(copy.connection)
    restored = study_of(corpus, hub, copy)
    restored.now = NINE + 3 * DAY + 2 * HOUR
    restored.start()
    await restored.until(NINE + 3 * DAY + 20 * HOUR)
    assert hub.messages == posted
    skipped = ("skipped", "I could not post within 6 hours")
    assert await restored.outcomes("a") == [skipped] * 3 + [("sent", "")]
    await restored.until(NINE + 4 * DAY + HOUR)
    assert len(hub.messages) == 5
    await restored.store.close()
    await database.close()


async def test_a_look_before_it_was_due_that_cannot_be_made_costs_no_day(corpus: Corpus) -> None:
    hub, database = Hub(lambda: NINE), BackedUp()
    await migrate(database)
    note_restore(database.connection)
    study = study_of(corpus, hub, database)
    await study.put(schedule("a"))
    study.now = NINE - HOUR
    connection = Moody(hub, *["busy"] * 4)
    study.start(connection)
    await study.until(NINE + HOUR)
    assert connection.calls == [*["find"] * 3, *["post"] * 2]
    assert await study.outcomes("a") == [("sent", "")]
    assert hub.messages[0].at < NINE + 15 * MINUTE
    await database.close()
