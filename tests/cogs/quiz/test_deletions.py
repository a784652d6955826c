"""Something is deleted while somebody is being answered: both hear something plain, and what was deleted is gone."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from copy import deepcopy
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.core.app import App
from bot.core.reply import Reply
from bot.storage import learning, rounds
from bot.storage.group_commit import GroupCommit
from bot.storage.learning import Attempt, Where
from bot.storage.session import Query, Session
from bot.storage.store import Store
from cogs import FEATURES
from cogs.quiz import round_state
from corpus.corpus import Corpus
from tests.cogs.quiz.channel import Channels
from tests.cogs.quiz.hall import ADA, BORIS, Hall
from tests.cogs.quiz.test_alone import button, everything
from tests.cogs.quiz.test_removed_texts import ADMIN, SECRET, ask_wrongly, hall_with_diary, traces
from tests.conftest import copy_of
from tests.samples import one_in

Answer = Callable[[], Awaitable[Reply]]
Begin = Callable[[Hall], Awaitable[Answer]]
Delete = Callable[[Hall], Awaitable[Reply]]
_BLOCKED = 0.3
"""Seconds after which a deletion waits for whoever is being answered."""


class Reader(Session):
    """Reads, each time after somebody else's turn."""

    def __init__(self, reader: Session, turn: Callable[[], Awaitable[None]]) -> None:
        self._reader, self._turn = reader, turn

    async def fetch(self, query: Query, values: dict[str, Any]) -> Sequence[Any]:
        await self._turn()
        return await self._reader.fetch(query, values)

    async def change(self, query: Query, values: dict[str, Any]) -> int:
        raise NotImplementedError

    async def change_many(self, query: Query, rows: Sequence[dict[str, Any]]) -> None:
        raise NotImplementedError

    async def execute(self, statement: str) -> None:
        raise NotImplementedError

    async def hold(self, name: str) -> None:
        raise NotImplementedError

    async def snapshot(self) -> None:
        raise NotImplementedError


class SharedStore(Store):
    """A store where somebody else has a turn before the step that `left` counts down to."""

    def __init__(self, store: Store, meanwhile: Answer) -> None:
        super().__init__(store._database)
        self.grouped = GroupCommit(self.transaction)
        self.left, self._meanwhile = -1, meanwhile
        self.other: asyncio.Future[Reply] | None = None

    async def _turn(self) -> None:
        self.left -= 1
        if self.left == -1:
            self.other = asyncio.ensure_future(self._meanwhile())
            await asyncio.wait([self.other], timeout=_BLOCKED)

    @property
    def reader(self) -> Session:
        return Reader(super().reader, self._turn)

    def transaction(self) -> AbstractAsyncContextManager[Session]:
        return self._transaction(super().transaction())

    @asynccontextmanager
    async def _transaction(self, begun: AbstractAsyncContextManager[Session]) -> AsyncIterator[Session]:
        await self._turn()
        async with begun as tx:
            yield tx


async def prepare(hall: Hall) -> None:
    """Ada has missed a question of the diary, which a review asks first, and another is open."""
    await hall.say("/quiz start questions:5 seconds:60")
    await ask_wrongly(hall)
    await hall.until("waiting")
    hall.now += timedelta(minutes=5)
    await hall.until("asking")
    assert SECRET in repr(await hall.say("/quiz review"))


async def reviewing(hall: Hall) -> Answer:
    return lambda: hall.say("/quiz review")


async def answering(hall: Hall) -> Answer:
    shown = await hall.say("/quiz review")
    return lambda: hall.press(shown.buttons[0], ADA)


async def reporting(hall: Hall) -> Answer:
    shown = await hall.press((await hall.say("/quiz review")).buttons[0], ADA)
    return lambda: hall.press(button(shown, "Report question"), ADA, "I doubt it")


async def looking(hall: Hall) -> Answer:
    return lambda: hall.say("/quiz me")


async def playing(hall: Hall) -> Answer:
    return lambda: hall.press(hall.channels.last.buttons[0], ADA)


async def forget(hall: Hall) -> Reply:
    return await hall.app.act("quiz.forget", "", hall.context(ADA))


async def remove(hall: Hall) -> Reply:
    asked = await hall.say("/library remove diary", ADMIN)
    return await hall.press(asked.buttons[0], ADMIN)


async def stop(hall: Hall) -> Reply:
    return await hall.say("/quiz stop", ADMIN)


class Prepared(NamedTuple):
    """What a hall was when all was prepared: each answer is begun in a copy of it."""

    store: Path
    channels: Channels
    now: datetime


@pytest.fixture(scope="module")
def prepared(shipped: Corpus, migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Prepared once: that takes longer than most answers."""
    store = tmp_path_factory.mktemp("prepared") / "smolny.db"
    shutil.copyfile(migrated, store)
    return asyncio.run(_prepared(copy_of(shipped), store))


async def _prepared(corpus: Corpus, store: Path) -> Prepared:
    async with hall_with_diary(corpus, f"sqlite:///{store}") as hall:
        await prepare(hall)
    await corpus.close()
    return Prepared(store, hall.channels, hall.now)


@pytest.mark.parametrize("delete", [forget, remove, stop])
@pytest.mark.parametrize("begin", [reviewing, answering, reporting, looking, playing])
async def test_whatever_is_deleted_between_two_steps_of_an_answer(
    corpus: Corpus, prepared: Prepared, tmp_path: Path, begin: Begin, delete: Delete
) -> None:
    is_tried, step = one_in(5), 0
    while not is_tried(step) or await has_turn(corpus, prepared, tmp_path / "now.db", begin, delete, step):
        step += 1


async def has_turn(
    corpus: Corpus, prepared: Prepared, store_file: Path, begin: Begin, delete: Delete, step: int
) -> bool:
    """Delete before a step of an answer; False where the answer has no such step."""
    shutil.copyfile(prepared.store, store_file)
    async with Hall(corpus, f"sqlite:///{store_file}") as hall:
        hall.channels, hall.now = deepcopy(prepared.channels), prepared.now
        store = SharedStore(hall.store, lambda: delete(hall))
        hall.app = App(FEATURES, corpus, store, clock=lambda: hall.now, dice=hall.dice)
        answer = await begin(hall)
        store.left = step
        replies = [await answer()]
        if store.other:
            replies.append(await store.other)
        await hall.app.close()
        assert not any(one.incident for one in replies), step
        if store.other and delete is remove:
            assert await traces(hall) == [], step
        if store.other and delete is forget:
            kept = [table for table in ("attempts", "cards", "scores") if await everything(hall.url, table)]
            assert kept == [], step
        return store.other is not None


@pytest.mark.parametrize("begin", ["answer", "close"])
async def test_what_is_being_counted_as_its_person_is_forgotten_is_forgotten_too(
    corpus: Corpus, database_url: str, begin: str
) -> None:
    async with Hall(corpus, database_url) as hall:
        await hall.say("/quiz start questions:5", BORIS)
        running = await hall.until("asking")
        for person in (ADA, BORIS):
            await hall.press(hall.channels.last.buttons[0], person)
        await hall.say("/quiz review")
        asked = await learning.review(hall.store.reader, "test:1")
        assert asked
        async with hall.store.transaction() as tx:
            if begin == "close":
                assert await rounds.step(tx, running.id, lambda one: round_state.close(one, hall.now))
            else:
                attempt = Attempt("q", hall.now, "gap", "", is_right=True, rating=3)
                where = Where("test", "guild", "general")
                assert await learning.answer_review(tx, "test:1", "Ada", asked.token, attempt, where)
            forgetting = asyncio.ensure_future(forget(hall))
            await asyncio.wait([forgetting], timeout=_BLOCKED)
        assert not (await forgetting).incident
        for table in ("attempts", "scores", "round_answers", "reviews"):
            assert "test:1" not in str(await everything(hall.url, table)), table
