"""A hall where rounds are played: a real store, a channel in memory, a clock that is turned by hand, and crashes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from msgspec.structs import replace

from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.job import Services
from bot.core.reply import Button, Reply
from bot.core.times import TIMES
from bot.platforms.typed_commands import answer_line
from bot.scheduler.loop import Scheduler
from bot.storage import rounds
from bot.storage.round import Round
from bot.storage.store import Store
from cogs import FEATURES
from cogs.quiz.job import quiz_jobs
from cogs.quiz.questions import question_from_json
from corpus.corpus import Corpus
from corpus.questions.question import QuizQuestion
from tests.cogs.quiz.channel import Channels, Crash
from tests.conftest import NOW
from tests.scheduler.world import InlineDatabase

ADA, BORIS, CLARA = Person("1", "Ada"), Person("2", "Boris"), Person("3", "Clara")


class Hall:
    """One process, or one after another, over one store."""

    def __init__(self, corpus: Corpus, url: str, seed: int = 1917) -> None:
        self.corpus, self.url = corpus, url
        self.channels = Channels()
        self.now: datetime = NOW
        self.dice = Random(seed)
        self.interactions = 0
        self.place = Place("test", "general", "guild")

    async def __aenter__(self) -> Self:
        await self._open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.store.close()

    async def _open(self) -> None:
        self.store = await self._open_store()
        clock: Callable[[], datetime] = lambda: self.now  # noqa: E731 - it is handed on.
        (feature,) = (one for one in FEATURES if one.name == "quiz")
        self.app = App([feature], self.corpus, self.store, clock=clock, dice=self.dice)
        services = Services(self.store, self.corpus, self.channels, clock)
        self.loop = Scheduler([services], [quiz_jobs])
        self.app.timed_work_fault = self.loop.fault

    async def _open_store(self) -> Store:
        return await Store.open(self.url)

    async def restart(self) -> None:
        await self.store.close()
        await self._open()

    def context(self, person: Person) -> Context:
        """An interaction, whose private answer can be changed."""
        self.interactions += 1
        ctx = self.app.context(person, self.place, self.channels)
        return replace(ctx, receipt=f"{person.id} {self.interactions}")

    async def say(self, line: str, person: Person = ADA) -> Reply:
        return await answer_line(self.app, line, self.context(person))

    async def press(self, button: Button, person: Person = ADA, typed: str | None = None) -> Reply:
        return await self.app.act(button.action, button.value, self.context(person), typed if button.ask else None)

    async def step(self, seconds: float = 0.0) -> None:
        """Let time pass, then do what is due. Where that crashes, another process takes over."""
        self.now += timedelta(seconds=seconds)
        try:
            await self.loop.step(self.now)
        except Crash:
            # Python tidies up as an exception passes; a process that is killed leaves what it held.
            until = (self.now + TIMES.lease).timestamp() * 1_000_000
            async with self.store.transaction() as tx:
                await tx.execute(f"UPDATE rounds SET lease_owner = 'dead', lease_ends_at = {until:.0f}")  # noqa: S608 - a number.
            await self.restart()

    async def until(self, state: str, seconds: float = 1.0) -> Round:
        """Let time pass until the round is in a state."""
        for _ in range(2000):
            running = await self.round()
            if running is None or running.state == state:
                assert running
                return running
            await self.step(seconds)
        raise AssertionError(f"the round never is {state}")

    async def play_out(self) -> None:
        """Let time pass until no round is running."""
        for _ in range(5000):
            if await self.round() is None:
                return
            await self.step(5)
        raise AssertionError("the round never ends")

    async def round(self) -> Round | None:
        """The round that is running in the place where people speak."""
        return await rounds.running(self.store.reader, self.place.platform, self.place.channel)

    async def asked(self, round_: Round) -> QuizQuestion:
        return question_from_json(await rounds.question(self.store.reader, round_.id, round_.number) or "")


class QuickHall(Hall):
    """One whose store, in an SQLite file, answers at once: threads are half of what is done one by one."""

    async def _open_store(self) -> Store:
        return Store(InlineDatabase.of_file(Path(self.url.removeprefix("sqlite:///"))))


def hall_over(corpus: Corpus, url: str) -> Hall:
    """A hall over a database of either kind, for what is done one by one."""
    return (QuickHall if url.startswith("sqlite") else Hall)(corpus, url)


class HallInMemory(Hall):
    """One whose store answers at once, for long rounds in which no two things happen at the same time."""

    def __init__(self, corpus: Corpus, empty: Path) -> None:
        super().__init__(corpus, "")
        self._database = InlineDatabase.copy_of(empty)

    async def _open_store(self) -> Store:
        return Store(self._database)

    async def restart(self) -> None:
        await self._open()
