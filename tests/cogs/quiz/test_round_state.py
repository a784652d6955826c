"""Rounds with random presses, timers, crashes and restarts: the scores are those of a simple model."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine, Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.core.context import Person
from bot.core.reply import Countdown, Reply
from bot.storage import round_answers, rounds
from bot.storage.round import Round
from cogs.quiz.questions import question_from_json
from corpus import SHIPPED
from corpus.corpus import Corpus
from tests.cogs.quiz.channel import Crash, unreachable
from tests.cogs.quiz.hall import ADA, BORIS, CLARA, HallInMemory

PEOPLE = st.sampled_from([ADA, BORIS, CLARA])
FATES = st.sampled_from(
    [unreachable(), unreachable(said=True), (Crash(), False), (Crash(), True)],
)
T = TypeVar("T")


class Model:
    """What the people in the channel would write down: who said what to which question, and which questions count."""

    def __init__(self) -> None:
        self.answers: dict[int, dict[str, bool]] = {}
        self.closes_at: dict[int, datetime] = {}
        self.settled: dict[int, str] = {}

    def points(self) -> dict[str, tuple[int, int]]:
        """Right answers and all that count, by person."""
        found: dict[str, tuple[int, int]] = {}
        for number, given in self.answers.items():
            for person, is_right in given.items():
                how = self.settled.get(number, "skipped")
                if how == "closed" or (how == "late" and is_right):
                    right, all_ = found.get(person, (0, 0))
                    found[person] = (right + is_right, all_ + 1)
        return found


@cache
def shared() -> tuple[asyncio.Runner, Corpus]:
    """One corpus for all examples: what it knows of its questions takes longer to gather than a round to play."""
    runner = asyncio.Runner()
    return runner, runner.run(Corpus.open(SHIPPED, Path(tempfile.gettempdir()) / "smolny-round-machine"))


_empty = Path()
"""The file of an empty store, migrated once for all examples."""


@pytest.fixture(autouse=True, scope="module")
def closed(migrated: Path) -> Iterator[None]:
    global _empty
    _empty = migrated
    yield
    runner, corpus = shared()
    runner.run(corpus.close())
    runner.close()


class RoundMachine(RuleBasedStateMachine):
    mode = "everyone"

    def __init__(self) -> None:
        super().__init__()
        self.runner, corpus = shared()
        self.hall = HallInMemory(corpus, _empty)
        self.do(self.hall.__aenter__())
        self.model = Model()
        self.identity = ""

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @initialize(seed=st.integers(0, 999))
    def start(self, seed: int) -> None:
        self.hall.dice.seed(seed)
        assert not self.do(self.hall.say(f"/quiz start questions:5 seconds:20 mode:{self.mode}")).error
        self.identity = self.state().id

    def state(self) -> Round:
        found = self.do(self._get())
        assert found
        return found

    async def _get(self) -> Round | None:
        return await rounds.get(self.hall.store.reader, self.identity) if self.identity else await self.hall.round()

    def question(self) -> tuple[Reply, datetime | None] | None:
        """The newest question in the channel, and when it says that it closes."""
        for reply in reversed(list(self.hall.channels.shown())):
            if reply.title.startswith("Question"):
                closes = [part.at for part in reply.parts if isinstance(part, Countdown)]
                return reply, closes[0] if closes else None
        return None

    @rule(seconds=st.sampled_from([0.0, 0.5, 1.0, 2.0, 5.0, 8.0, 20.0, 25.0, 31.0, 120.0]))
    def time_passes(self, seconds: float) -> None:
        self.do(self.hall.step(seconds))

    @rule(fate=st.lists(st.none() | FATES, max_size=4), seconds=st.sampled_from([1.0, 8.0, 22.0]))
    def things_go_wrong(self, fate: list[Any], seconds: float) -> None:
        self.hall.channels.fate.extend(fate)
        self.do(self.hall.step(seconds))
        self.hall.channels.fate.clear()

    @rule()
    def restart(self) -> None:
        self.do(self.hall.restart())

    @rule()
    def a_question_comes(self) -> None:
        for _ in range(20):
            if self.state().state != "waiting":
                return
            self.do(self.hall.step(2))

    @rule()
    def an_answer_comes(self) -> None:
        for _ in range(20):
            if self.state().state != "asking":
                return
            self.do(self.hall.step(2))

    @rule(presses=st.lists(st.tuples(PEOPLE, st.booleans()), min_size=1, max_size=4))
    def people_answer(self, presses: list[tuple[Person, bool]]) -> None:
        for person, rightly in presses:
            self.press(person, rightly=rightly)

    def press(self, person: Person, *, rightly: bool) -> None:
        shown = self.question()
        if shown is None or shown[0].title.endswith("answered"):
            return
        reply, closes_at = shown
        number = int(reply.title.split()[1])
        before = self.state()
        asked = question_from_json(self.do(rounds.question(self.hall.store.reader, self.identity, number)) or "")
        place = next((p for p, one in enumerate(asked.options) if (one == asked.answer) == rightly), 0)
        typed = None if asked.options else (asked.answer if rightly else "something else")
        taken = not self.do(self.hall.press(reply.buttons[place], person, typed)).error
        given = self.model.answers.setdefault(number, {})
        self.expect(taken, before, number, closes_at, f"test:{person.id}")
        if taken:
            given[f"test:{person.id}"] = rightly

    def expect(self, taken: bool, before: Round, number: int, closes_at: datetime | None, person: str) -> None:
        """Whether the press should have been taken, by what the channel shows and by who has answered."""
        given = self.model.answers[number]
        open_now = (
            before.number == number and before.state in ("opening", "asking") and self.hall.now <= before.closes_at
        )
        if self.mode == "race" and (person in given or any(given.values())):
            open_now = False
        assert taken == open_now
        if closes_at and self.hall.now <= closes_at and before.state == "asking":
            assert self.hall.now <= before.closes_at, "the channel promises more time than there is"

    @rule(line=st.sampled_from(["pause", "resume", "skip", "stop"]), is_shown=st.booleans())
    def somebody_holds_it_up(self, line: str, is_shown: bool) -> None:
        if line != "stop" or self.state().number >= 3:
            self.do(self.hall.say(f"/quiz {line}"))
            if is_shown:
                self.do(self.hall.step(3))

    @invariant()
    def every_question_is_settled_once(self) -> None:
        if not self.identity:
            return
        now = self.state()
        open_ = now.state in ("opening", "asking") or (now.state == "paused" and now.closes_at.year > 1970)
        if open_:
            paused_until = self.hall.now + timedelta(microseconds=now.remaining)
            self.model.closes_at[now.number] = paused_until if now.state == "paused" else now.closes_at
        elif now.number and now.number not in self.model.settled:
            won = self.mode == "race" and any(self.model.answers.get(now.number, {}).values())
            away = self.hall.now - self.model.closes_at[now.number] > timedelta(seconds=10)
            assert not (now.skipped and self.model.answers.get(now.number)), "an answer is taken back"
            self.model.settled[now.number] = "skipped" if now.skipped else "late" if away and not won else "closed"

    @invariant()
    def no_answer_is_written_over(self) -> None:
        for edits in self.hall.channels.messages.values():
            answered = [one.title.endswith("answered") for one in edits]
            assert answered == sorted(answered)

    @invariant()
    def nothing_is_said_twice(self) -> None:
        titles = [edits[0].title for edits in self.hall.channels.messages.values()]
        assert len(titles) == len(set(titles))

    def teardown(self) -> None:
        try:
            if self.identity:
                self._play_out()
                standings = self.do(round_answers.standings(self.hall.store.reader, self.identity))
                assert {one.person: (one.right_ones, one.answered) for one in standings} == self.model.points()
        finally:
            self.do(self.hall.store.close())

    def _play_out(self) -> None:
        self.do(self.hall.say("/quiz resume"))
        for _ in range(500):
            if self.state().state == "over":
                return
            self.do(self.hall.step(5))
            self.every_question_is_settled_once()
        raise AssertionError("the round is stuck")


class RaceMachine(RoundMachine):
    mode = "race"


for machine in (RoundMachine, RaceMachine):
    machine.TestCase.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)
TestRounds, TestRaces = RoundMachine.TestCase, RaceMachine.TestCase
