"""A round on Slack: its form, its countdown, its buttons, and what each player hears alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest

from bot.core.app import App
from bot.core.job import Services
from bot.platforms.slack.adapter import Slack
from bot.scheduler.loop import Scheduler
from bot.storage import rounds
from bot.storage.round import Round
from bot.storage.store import Store
from cogs import FEATURES
from cogs.quiz.job import quiz_jobs
from cogs.quiz.questions import question_from_json
from corpus.corpus import Corpus
from corpus.questions.question import QuizQuestion
from tests.conftest import NOW
from tests.platforms.slack import limits_check
from tests.platforms.slack.fake_slack import FakeSlack
from tests.platforms.slack.people import Someone
from tests.platforms.slack.said import Said


class Clock:
    def __init__(self) -> None:
        self.now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(corpus: Corpus, store: Store, clock: Clock) -> App:
    return App(FEATURES, corpus, store, clock=clock, dice=Random(1917))


class Game:
    def __init__(self, app: App, slack: Slack, fake: FakeSlack, clock: Clock) -> None:
        assert app.store
        self.app, self.slack, self.fake, self.clock, self.store = app, slack, fake, clock, app.store

    async def turn(self, seconds: float) -> None:
        self.clock.now += timedelta(seconds=seconds)
        services = Services(self.store, self.app.corpus, self.slack, self.clock)
        await Scheduler([services], [quiz_jobs]).step(self.clock.now)

    async def until(self, state: str) -> Round:
        for _ in range(99):
            running = await rounds.running(self.store.reader, "slack", "C1")
            assert running
            if running.state == state:
                return running
            await self.turn(1)
        raise AssertionError(f"the round never is {state}")

    async def question(self, *, typed: bool) -> QuizQuestion:
        """The next question with options, or the next that wants typing."""
        for _ in range(30):
            round_ = await self.until("asking")
            asked = question_from_json(await rounds.question(self.store.reader, round_.id, round_.number) or "")
            if bool(asked.options) != typed:
                return asked
            await Someone(self.fake, self.slack).types("/quiz skip")
            await self.until("waiting")
        raise AssertionError("no such question")

    @property
    def message(self) -> Said:
        return [one for one in self.fake.said if one.channel == "C1" and not one.seen_by][-1]

    def alone(self, person: str) -> list[str]:
        return [one.words for one in self.fake.said if one.seen_by == person]


@pytest.fixture
def game(app: App, slack: Slack, fake: FakeSlack, clock: Clock) -> Game:
    return Game(app, slack, fake, clock)


async def test_each_hears_alone_whether_they_were_right(game: Game, ada: Someone, boris: Someone) -> None:
    await ada.types("/quiz start questions:30")
    asked = await game.question(typed=False)
    wrong = next(one for one in asked.options if one != asked.answer)
    await ada.presses(game.message, asked.answer[:60])
    await boris.presses(game.message, wrong[:60])
    await game.until("waiting")
    assert game.alone("U1")[-1].startswith("Right: the answer is")
    assert game.alone("U2")[-1].startswith("Not quite: the answer is")
    assert "answered" in game.message.words
    assert "After" in game.message.words


async def test_a_quiz_is_started_at_home_in_a_channel_of_ones_choice(
    game: Game, ada: Someone, boris: Someone, fake: FakeSlack
) -> None:
    await boris.opens_home()
    assert await boris.presses_at_home("Start a quiz") == []
    (said,) = await boris.submits(fake.views[-1], where="C1", questions="5", mode="race")
    assert (said.channel, said.seen_by) == ("C1", "")
    assert "A quiz of 5 questions" in said.words
    assert (await game.until("asking")).mode == "race"
    # What is in the way hears whoever asked, wherever they can.
    (again,) = await boris.submits(fake.views[-1], where="C1")
    assert (again.channel, again.seen_by) == ("C1", "U2")
    assert "already running a quiz here" in again.words
    elsewhere = next(name for name, about in fake.channels.items() if not about.get("is_member"))
    (refused,) = await boris.submits(fake.views[-1], where=elsewhere)
    assert refused.channel == "DU2"
    assert "/invite me there" in refused.words


@pytest.mark.parametrize("channel", ["C2", "C4"])
async def test_nothing_is_announced_where_the_bot_is_no_member(ada: Someone, fake: FakeSlack, channel: str) -> None:
    ada.channel = channel
    (refused,) = await ada.types("/quiz start")
    assert refused.seen_by == "U1"
    assert "/invite me" in refused.words
    assert all(one.seen_by for one in fake.said)


async def test_an_expired_response_url_is_no_trouble(game: Game, ada: Someone, fake: FakeSlack) -> None:
    await ada.types("/quiz start questions:30")
    asked = await game.question(typed=False)
    await ada.presses(game.message, asked.answer[:60])
    before = game.alone("U1")
    fake.expire()
    await game.until("waiting")
    assert game.alone("U1") == before
    assert "Right: Ada" in game.message.words


async def test_the_form_shows_the_question(game: Game, ada: Someone, fake: FakeSlack) -> None:
    await ada.types("/quiz start questions:30")
    asked = await game.question(typed=True)
    await ada.presses(game.message, "Answer")
    view = fake.views[-1]
    assert asked.ask in limits_check.words_of([block for block in view["blocks"] if block["type"] != "input"])
    await ada.submits(view, typed=asked.answer)
    await game.until("waiting")
    assert game.alone("U1")[-1].startswith("Right")


async def test_the_seconds_are_said_anew_now_and_then(game: Game, ada: Someone) -> None:
    await ada.types("/quiz start questions:5 seconds:40")
    await game.until("asking")
    said = []
    for _ in range(36):
        said.append(game.message.words)
        await game.turn(1)
    assert "Closes in 40 seconds, at" in said[0]
    assert 3 <= len(set(said)) <= 5


async def test_buttons_of_whoever_runs_it(game: Game, ada: Someone, boris: Someone) -> None:
    await boris.types("/quiz start questions:5")
    await game.until("asking")
    (done,) = await boris.presses(game.message, "Pause")
    assert done.seen_by == "U2"
    await game.turn(3)
    assert "Paused." in game.message.words
    await boris.presses(done, "Continue")
    await game.until("asking")
    await boris.presses(game.message, "Stop")
    for _ in range(9):
        await game.turn(5)
    (begun,) = await boris.presses(game.message, "Start a quiz")
    assert not begun.seen_by
    assert "Same settings as last time here." in begun.words
