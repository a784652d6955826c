"""Presses in one question of a quiz: a thousand people at once, through the app, on a real file."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.core.app import App
from bot.core.command import Feature, action
from bot.core.context import Context, Person, Place
from bot.core.job import Services
from bot.core.reply import Prose, Reply
from bot.scheduler.loop import Scheduler
from bot.storage import rounds
from bot.storage.round import Round, RoundQuestion, State
from bot.storage.store import Store
from cogs import FEATURES
from cogs.quiz.job import quiz_jobs
from cogs.quiz.questions import question_to_json
from corpus import SHIPPED
from corpus.corpus import Corpus
from corpus.questions.question import QuizQuestion
from corpus.reference import Reference
from tests.cogs.quiz.channel import Channels

PEOPLE = 1000
_NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_PLACE = Place("bench", "general", "guild")
_ASKED = QuizQuestion(
    "drifting-where", "choice", "What was it drifting on?", "the rocks", "thing", (Reference("speech", 1, 1),),
    ("the waves", "the rocks", "the sands", "the current"),
)  # fmt: skip


@action("bare")
async def bare(ctx: Context, value: str) -> Reply:
    """Answer a constant: what the core itself costs."""
    return Reply(parts=(Prose("Your answer: the rocks."),), private=True)


class Deaf(Channels):
    """A channel in memory that takes every edit at once."""

    name = "bench"

    def __init__(self) -> None:
        super().__init__()
        self.edits = 0

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        self.edits += 1


async def measure() -> list[tuple[str, str]]:
    """Rows of a name and a figure."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = await Corpus.open(SHIPPED, Path(folder) / "index")
        store = await Store.open(f"sqlite:///{folder}/store.db")
        try:
            return await _measured(App([*FEATURES, Feature("bare", "", (), (bare,), ())], corpus, store), store)
        finally:
            await store.close()
            await corpus.close()


async def _measured(app: App, store: Store) -> list[tuple[str, str]]:
    app.clock = lambda: _NOW
    await _open_round(store, "everyone", "a")
    everyone = await _together(lambda number: _press(app, "quiz.answer", f"a.1.{number % 4}", number))
    changed = await _together(lambda number: _press(app, "quiz.answer", f"a.1.{(number + 1) % 4}", number))
    closing = await _closing(store, app.corpus)
    await _open_round(store, "race", "b")
    race = await _together(lambda number: _press(app, "quiz.answer", f"b.1.{number % 4}", number))
    nothing = await _together(lambda number: _press(app, "bare", "", number))
    rows = {"everyone": everyone, "changing the answer": changed, "race": race, "a bare handler": nothing}
    return [*(_row(name, spent, nothing) for name, spent in rows.items()), closing]


def _row(name: str, spent: list[float], bare_one: list[float]) -> tuple[str, str]:
    whole, worst = max(spent), sorted(spent)[int(0.99 * len(spent))]
    ratio = whole / max(bare_one)
    figures = f"{PEOPLE / whole:,.0f} presses a second; p99 {worst * 1000:,.0f} ms; {ratio:.1f} times a bare handler"
    return name, figures


async def _together(press: Callable[[int], Awaitable[Reply]]) -> list[float]:
    """Seconds from the moment at which all press to each one's feedback."""
    began = time.perf_counter()

    async def one(number: int) -> float:
        await press(number)
        return time.perf_counter() - began

    return await asyncio.gather(*(one(number) for number in range(PEOPLE)))


async def _press(app: App, name: str, value: str, number: int) -> Reply:
    return await app.act(name, value, app.context(Person(str(number), f"Person {number}"), _PLACE))


async def _open_round(store: Store, mode: str, identity: str) -> None:
    closes_at = _NOW + timedelta(seconds=20)
    round_ = Round(
        identity, "bench", "guild", identity, "race" if mode == "race" else "everyone", 20, 5, "bench:0", "Ada", _NOW,
        State.ASKING, 1, closes_at, closes_at, message="1",
    )  # fmt: skip
    asked = RoundQuestion(1, _ASKED.id, question_to_json(_ASKED), "choice", "uprising")
    async with store.transaction() as tx:
        await rounds.add(tx, round_, [asked])


async def _closing(store: Store, corpus: Corpus) -> tuple[str, str]:
    """What it takes to close the question and count a thousand answers."""
    later = _NOW + timedelta(seconds=22)
    began = time.perf_counter()
    services = Services(store, corpus, Deaf(), lambda: later)
    await Scheduler([services], [quiz_jobs]).step(later)
    return "closing the question, all counted", f"{(time.perf_counter() - began) * 1000:,.0f} ms"


def as_lines(rows: list[tuple[str, str]]) -> str:
    """The rows as lines."""
    return "\n".join(f"  {name:<34} {figures}" for name, figures in rows)


if __name__ == "__main__":
    from tests.logs import quiet

    quiet()
    print(as_lines(asyncio.run(measure())))
