"""Rounds in real processes: stopped, killed and frozen at any moment. Nothing is said twice, none waits long."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from datetime import timedelta
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from random import Random

import pytest

from bot.core.clock import utc_now
from bot.storage import learning, round_answers, rounds
from bot.storage.round import AnswerGiven, Round, RoundAnswer, RoundQuestion, State
from bot.storage.store import Store
from cogs.quiz import round_state
from cogs.quiz.questions import question_to_json
from corpus.corpus import Corpus
from tests.cogs.quiz.player import BREAK, TIMES, VISIBLE, Wall, play
from tests.processes import ended, serving, until

INTERRUPTIONS = int(os.environ.get("ROUND_INTERRUPTIONS", "2"))
QUESTIONS = 3
OPEN = 1
LATE = timedelta(seconds=2.5)
"""For asking the store and the wall, on a machine that does other things too."""


class Theatre:
    """Rounds in some channels, and the processes that move them on."""

    def __init__(
        self,
        processes: ForkServerContext,
        corpus: Corpus,
        store: Store,
        arguments: tuple[str, str, str, bool],
    ) -> None:
        self.processes, self.corpus, self.store, self.arguments = processes, corpus, store, arguments
        self.channels: list[str] = []
        self.given: dict[str, set[int]] = {}

    async def start_round(self, channel: str) -> None:
        now = utc_now()
        asked = next(one for one in self.corpus.notes.questions if one.id).id
        made = Round(
            channel, "test", "guild", channel, "everyone", OPEN, QUESTIONS, "test:1", "Ada", now, State.WAITING, 0, now
        )
        question = _question(self.corpus, asked)
        async with self.store.transaction() as tx:
            added = [RoundQuestion(n, f"q{n}", question, "choice", "") for n in range(1, QUESTIONS + 1)]
            assert await rounds.add(tx, made, added)
        self.channels.append(channel)
        self.given[channel] = set()

    def begin(self) -> ForkServerProcess:
        process = self.processes.Process(target=play, args=self.arguments, daemon=True)
        process.start()
        return process

    async def answer(self) -> None:
        """Boris answers whatever is open, as he is quick."""
        for channel in self.channels:
            one = await rounds.get(self.store.reader, channel)
            if one and one.state is State.ASKING and one.number not in self.given[channel]:
                now = utc_now()
                given = AnswerGiven(
                    channel,
                    one.number,
                    RoundAnswer("test:2", "Boris", is_right=True),
                    now,
                    lambda held, n=one.number, at=now: None if round_state.refusal(held, n, at) else held,  # type: ignore[misc]
                    lambda held: held,
                )
                receipt = await round_answers.answer(self.store, given)
                if receipt and receipt.taken:
                    self.given[channel].add(one.number)

    async def until_more(self, wall: Wall, than: int) -> None:
        """Answer until more was said than so much, or nothing more is to be said."""

        async def more() -> bool:
            await self.answer()
            return len(wall.said) > than or await self.over()

        await until(more, every=0.03)

    async def over(self) -> bool:
        found = [await rounds.get(self.store.reader, channel) for channel in self.channels]
        return all(one and one.state is State.OVER for one in found)

    async def until_over(self) -> None:
        async def over() -> bool:
            await self.answer()
            return await self.over()

        await until(over, every=0.03)

    async def check(self, wall: Wall) -> None:
        for channel in self.channels:
            titles = Counter(one.title for one in wall.posts(channel))
            wanted = [f"Question {n} of {QUESTIONS}" for n in range(1, QUESTIONS + 1)]
            assert titles == Counter([*wanted, "Quiz over"])
            counted = await round_answers.counted(self.store.reader, channel)
            assert {int(one.question[1:]) for one in counted} == self.given[channel]
        attempts = await learning.attempts(self.store.reader, "test:2")
        assert len(attempts) == sum(len(given) for given in self.given.values())


def _question(corpus: Corpus, name: str) -> str:
    from random import Random as Dice

    found = corpus.deck.curated(name, Dice(1))
    assert found
    return question_to_json(found)


@pytest.mark.parametrize("swallows", [True, False], ids=["nonces", "no nonces"])
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL])
async def test_a_round_goes_on_whatever_becomes_of_its_process(
    processes: ForkServerContext,
    corpus: Corpus,
    cache: Path,
    sockets: Path,
    sqlite_url: str,
    swallows: bool,
    by: signal.Signals,
) -> None:
    store, wall, dice = await Store.open(sqlite_url), Wall(swallows), Random(f"{by} {swallows}")
    theatre = Theatre(processes, corpus, store, (sqlite_url, str(sockets / "wall"), str(cache), swallows))
    async with serving(wall.answer, sockets / "wall"):
        for n in range(0, INTERRUPTIONS, 2):
            await theatre.start_round(f"channel-{n}")
            for _ in range(2):
                process, before = theatre.begin(), len(wall.said)
                await theatre.until_more(wall, before)
                await asyncio.sleep(0.3 * dice.random())
                os.kill(process.pid or 0, by)
                await asyncio.to_thread(process.join)
                stopped, before = utc_now(), len(wall.said)
            last = theatre.begin()
            await theatre.until_more(wall, before)
            held = TIMES.lease if by is signal.SIGKILL else timedelta()
            longest = held + max(VISIBLE, timedelta(seconds=OPEN) + TIMES.leeway, BREAK) + LATE
            assert utc_now() - max(stopped, wall.began_at) < longest
            await theatre.until_over()
            await ended([last])
    await theatre.check(wall)
    await store.close()


async def test_two_processes_play_two_rounds_and_a_frozen_one_is_refused_when_it_wakes(
    processes: ForkServerContext,
    corpus: Corpus,
    cache: Path,
    sockets: Path,
    postgresql_url: str,
) -> None:
    store, wall = await Store.open(postgresql_url), Wall(swallows=False)
    theatre = Theatre(processes, corpus, store, (postgresql_url, str(sockets / "wall"), str(cache), False))
    async with serving(wall.answer, sockets / "wall"):
        await theatre.start_round("one")
        await theatre.start_round("two")
        first, second = theatre.begin(), theatre.begin()

        async def both_spoke() -> bool:
            await theatre.answer()
            if await theatre.over():  # one of them was so quick that the other has had no chance to speak
                await theatre.start_round(f"number {len(theatre.channels) + 1}")
            return len({one.who for one in wall.said}) == 2

        await until(both_spoke, every=0.03)
        frozen = wall.said[-1].who
        os.kill(frozen, signal.SIGSTOP)
        await theatre.until_over()
        os.kill(frozen, signal.SIGCONT)
        await asyncio.sleep(1)
        await ended([first, second])
    await theatre.check(wall)
    await store.close()
