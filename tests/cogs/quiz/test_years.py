"""Two years of rounds with processes that die at any moment: every question is asked once, every answer counts once.

ROUND_DAYS sets how long a run is (4 days), ROUND_SEEDS how many runs there are (1) of each kind of platform.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.core.app import App
from bot.core.context import Person, Place
from bot.core.job import Services
from bot.core.platform import TryLater
from bot.core.reply import Button, Reply
from bot.platforms.typed_commands import answer_line
from bot.scheduler.loop import Scheduler
from bot.storage import learning, round_answers, rounds
from bot.storage.learning import Where
from bot.storage.migrate import migrate
from bot.storage.round import State
from bot.storage.store import Store
from cogs import FEATURES
from cogs.quiz.job import quiz_jobs
from cogs.quiz.questions import question_from_json
from corpus.corpus import Corpus
from tests.cogs.quiz.hall import ADA, BORIS, CLARA
from tests.logs import quiet
from tests.processes import until
from tests.scheduler.hub import Connection, Hub
from tests.scheduler.world import Dead, InlineDatabase, MortalDatabase, Process
from tests.simulation import SimulatedClock, simulate

log = logging.getLogger(__name__)

DAYS = int(os.environ.get("ROUND_DAYS", "8"))
SEEDS = int(os.environ.get("ROUND_SEEDS", "1"))
START = datetime(2026, 1, 1, 18, tzinfo=UTC)
RISK = 0.01
CHANNELS = ("general", "reading", "history")
PEOPLE = (ADA, BORIS, CLARA)
QUESTIONS = 5
LONG = timedelta(minutes=4)
"""An absence after which a round may end with its table."""


@dataclass
class Post:
    """A message, as the people in the channel see it."""

    channel: str
    key: str
    at: datetime
    visible_at: datetime
    reply: Reply

    def open_buttons(self) -> tuple[Button, ...]:
        return tuple(one for one in self.reply.buttons if one.action in ("quiz.answer", "quiz.typed") and one.enabled)


@dataclass
class Service(Hub):
    """A chat service whose messages can be edited. Its clock is `ahead` of ours."""

    ahead: timedelta = timedelta()
    dice: Random = field(default_factory=Random)
    posts: list[Post] = field(default_factory=list)

    def post(self, channel: str, reply: Reply, key: str) -> str:
        at = self.clock() + self.ahead
        for place, one in enumerate(self.posts):
            if (one.channel, one.key) == (channel, key) and at - one.at < self.remembers:
                return str(place)
        # Where nothing swallows repeats, a message shows some moments after it was taken.
        hidden = timedelta() if self.remembers else timedelta(seconds=3 * self.dice.random())
        self.posts.append(Post(channel, key, at, self.clock() + hidden, reply))
        return str(len(self.posts) - 1)

    def edit(self, message: str, reply: Reply) -> None:
        self.posts[int(message)].reply = reply

    def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        for place, one in enumerate(self.posts):
            known = (one.channel, one.key) == (channel, key) and one.visible_at <= self.clock()
            if known and since <= one.at <= until:
                return str(place)
        return None


class MortalConnection(Connection):
    """A process's way to the hub: it may die before and after each call, and calls and answers are lost."""

    def __init__(self, service: Service, process: Process) -> None:
        super().__init__(service)
        self.service = service
        self.process = process

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        return await self._call(lambda: self.service.post(channel, reply, key))

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        def edit() -> str:
            self.service.edit(message, reply)
            return ""

        await self._call(edit)

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        return await self._call(lambda: self.service.find(channel, key, since, until) or "") or None

    async def _call(self, do: Callable[[], str]) -> str:
        dice = self.process.dice
        self.process.passes("before a call")
        await asyncio.sleep(0.5 * dice.random())
        if dice.random() < RISK:
            raise TryLater("busy", dice.choice([None, 3.0]))
        if dice.random() < RISK:
            raise TryLater("lost on the way", unknown=True)
        done = do()
        self.process.passes("after a call")
        if dice.random() < RISK:
            # Longer than anybody waits.
            await asyncio.sleep(60)
        return done

    async def tell(self, person: str, server: str | None, reply: Reply) -> None:
        raise AssertionError("a round that could go on was left")


@dataclass
class Server:
    """One process: what moves rounds on, and what answers presses."""

    process: Process
    platform: MortalConnection
    app: App
    scheduler: Scheduler


@dataclass
class Given:
    """What somebody answered last to a question. `sure` is None where no answer came to the press."""

    is_right: bool
    sure: bool | None


class Town:
    """Channels in which rounds are played in the evening, the people, and the processes."""

    def __init__(self, corpus: Corpus, dice: Random, remembers: timedelta) -> None:
        self.corpus, self.dice = corpus, dice
        self.clock = SimulatedClock(START)
        self.database = InlineDatabase()
        self.store = Store(self.database)
        ahead = timedelta(seconds=dice.uniform(-120, 120))
        self.hub = Service(self.clock, remembers, ahead=ahead, dice=dice)
        self.servers: list[Server] = []
        self.given: dict[tuple[str, int, str], Given] = {}
        self.right, self.answered = Counter[str](), Counter[str]()
        self.away: list[tuple[datetime, datetime]] = []
        self.left_at = START
        self.rounds = self.deaths = self.unfinished = self.counted = 0

    async def live(self, days: int) -> None:
        # Hundreds of deaths are no news.
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        await migrate(self.database)
        while self.clock() < START + timedelta(days=days):
            await self.evening()
            self.clock.skip(timedelta(days=self.dice.choice([1, 1, 2, 7])))
        await self.check_scores()
        await self.store.close()

    async def evening(self) -> None:
        """Some rounds in some channels; when the last is over, all go home."""
        supervisors = [asyncio.create_task(self.supervise()) for _ in range(self.dice.choice([1, 1, 2, 3]))]
        channels = self.dice.sample(CHANNELS, self.dice.choice([1, 1, 2, 3]))
        await asyncio.gather(*(self.play(channel) for channel in channels))
        for one in supervisors:
            one.cancel()
        await asyncio.gather(*supervisors, return_exceptions=True)

    async def supervise(self) -> None:
        """A process, and another when it has died."""
        while True:
            server = self.start()
            if not self.servers:
                self.away.append((self.left_at, self.clock()))
            running = asyncio.create_task(server.scheduler.run())
            self.servers.append(server)
            try:
                await until(server.process.is_dead, 86_400, every=0.1)
            finally:
                self.servers.remove(server)
                self.left_at = self.clock()
                running.cancel()
                with suppress(asyncio.CancelledError, Dead):
                    await running
            self.deaths += 1
            # Mostly a moment until somebody starts it again; sometimes longer than a round can wait.
            await asyncio.sleep(self.dice.uniform(0, 20) if self.dice.random() < 0.95 else self.dice.uniform(60, 1200))

    def start(self) -> Server:
        process = Process(self.dice, RISK)
        store, platform = Store(MortalDatabase(self.database, process)), MortalConnection(self.hub, process)
        features = [one for one in FEATURES if one.name == "quiz"]
        app = App(features, self.corpus, store, clock=self.clock, dice=self.dice)
        scheduler = Scheduler([Services(store, self.corpus, platform, self.clock)], [quiz_jobs])
        return Server(process, platform, app, scheduler)

    async def play(self, channel: str) -> None:
        """One round, from its start until it is over."""
        mode = self.dice.choice(["everyone", "everyone", "race"])
        line = f"/quiz start questions:{QUESTIONS} seconds:{self.dice.choice([10, 25])} mode:{mode}"
        while await rounds.running(self.store.reader, "test", channel) is None:
            with suppress(LookupError, Dead):
                server = self.dice.choice(self.servers)
                place = Place("test", channel, "guild")
                await answer_line(server.app, line, server.app.context(ADA, place, server.platform))
            await asyncio.sleep(1)
        running = await rounds.running(self.store.reader, "test", channel)
        assert running
        people = [asyncio.create_task(self.answer_all(person, running.id, mode)) for person in PEOPLE]
        await until(lambda: self.is_over(channel), 3 * 3600, every=1)
        for one in people:
            one.cancel()
        ends = await asyncio.gather(*people, return_exceptions=True)
        assert all(isinstance(one, asyncio.CancelledError) for one in ends), ends
        await self.check_round(running.id, mode)

    async def is_over(self, channel: str) -> bool:
        return await rounds.running(self.store.reader, "test", channel) is None

    def open_question(self, round_id: str) -> Post | None:
        posts = (one for one in reversed(self.hub.posts) if one.key.startswith(f"{round_id}q"))
        newest = next(posts, None)
        return newest if newest and newest.open_buttons() else None

    async def answer_all(self, person: Person, round_id: str, mode: str) -> None:
        """Answer mostly every question, some of them twice."""
        before = 0
        while True:
            await asyncio.sleep(0.5)
            post = self.open_question(round_id)
            if post is None or self.number(post) == before:
                continue
            before = self.number(post)
            for _ in range(self.dice.choice([0, 1, 1, 1, 2])):
                await asyncio.sleep(self.dice.uniform(0, 12))
                await self.answer(person, post, round_id, mode)

    def number(self, post: Post) -> int:
        return int(post.reply.title.split()[1])

    async def answer(self, person: Person, post: Post, round_id: str, mode: str) -> None:
        """Answer, and again where no answer comes, until it is too late."""
        number, is_right = self.number(post), self.dice.random() < 0.6
        asked = question_from_json(await rounds.question(self.store.reader, round_id, number) or "")
        for _ in range(30):
            buttons = post.open_buttons()
            if not buttons:
                return
            button = next((one for one in buttons if (one.label == asked.answer) == is_right), buttons[0])
            typed = None if asked.options else asked.answer if is_right else "something else"
            taken = await self.press(person, post, button, typed, mode)
            self.note((round_id, number, person.id), mode, Given(is_right, taken))
            if taken is not None:
                return
            await asyncio.sleep(self.dice.uniform(0.5, 2))

    async def press(self, person: Person, post: Post, button: Button, typed: str | None, mode: str) -> bool | None:
        """Whether a press was taken; None where no answer came."""
        pressed_at = self.clock()
        await asyncio.sleep(self.dice.uniform(0, 1))
        if not self.servers:
            return None
        server = self.dice.choice(self.servers)
        place = Place("test", post.channel, "guild")
        ctx = server.app.context(person, place, server.platform, made_at=pressed_at)
        held = await rounds.running(self.store.reader, "test", post.channel)
        try:
            reply = await server.app.act(button.action, button.value, ctx, typed)
        except Dead:
            return None
        assert not reply.incident
        if held and held.number == self.number(post) and held.state in (State.OPENING, State.ASKING):
            assert not reply.error or mode == "race" or pressed_at > held.closes_at, "an answer in time was refused"
        return not reply.error

    def note(self, key: tuple[str, int, str], mode: str, given: Given) -> None:
        before = self.given.get(key)
        if given.sure is False:
            # An answer that was refused leaves the one before as it was.
            return
        if mode == "race" and before and before.sure:
            assert given.sure is None, "two answers of one person were taken in a race"
            return
        self.given[key] = given

    async def check_round(self, round_id: str, mode: str) -> None:
        """Every question was asked once, in order, and every answer counts once."""
        self.rounds += 1
        titles = [one.reply.title.removesuffix(": answered") for one in self.hub.posts if one.key.startswith(round_id)]
        wanted = [f"Question {number} of {QUESTIONS}" for number in range(1, len(titles))]
        assert titles[:-1] == wanted, titles
        deserted = "Nobody answered the last" in str(
            [one for one in self.hub.posts if one.key.startswith(round_id)][-1]
        )
        if titles[-1] == "Quiz stopped" and not deserted:
            round_ = await rounds.get(self.store.reader, round_id)
            assert round_
            assert any(back > round_.started_at and back - left > LONG for left, back in self.away), (
                "ended without need"
            )
        else:
            assert (titles[-1], len(wanted)) == ("Quiz over", QUESTIONS) or deserted
        self.unfinished += len(wanted) < QUESTIONS
        await self.check_answers(round_id, mode)

    async def check_answers(self, round_id: str, mode: str) -> None:
        asked = [one.question for one in await rounds.questions(self.store.reader, round_id)]
        counted = {
            (asked.index(one.question) + 1, one.person.removeprefix("test:")): one.is_right
            for one in await round_answers.counted(self.store.reader, round_id)
        }
        players: set[str] = set()
        for number in range(1, QUESTIONS + 1):
            players |= {person for one, person in counted if one == number}
            if len(players) > 1:
                self.score({person: is_right for (one, person), is_right in counted.items() if one == number})
        for (number, person), is_right in counted.items():
            self.counted += 1
            given = self.given[round_id, number, person]
            assert given.sure is None or given.is_right == is_right
        for number, person, given in self.of_round(round_id):
            if given.sure and (number, person) not in counted:
                self.check_dropped(round_id, number, given, mode, counted)

    def score(self, answers: dict[str, bool]) -> None:
        """A question of a round with at least two people counts on the leaderboard."""
        self.right.update({person: int(is_right) for person, is_right in answers.items()})
        self.answered.update(answers.keys())

    def of_round(self, round_id: str) -> Iterator[tuple[int, str, Given]]:
        return ((number, person, given) for (one, number, person), given in self.given.items() if one == round_id)

    def check_dropped(
        self, round_id: str, number: int, given: Given, mode: str, counted: dict[tuple[int, str], bool]
    ) -> None:
        """An answer that was taken counts, but for wrong ones while we were away, and for whoever was second."""
        if not given.is_right:
            [post] = [one for one in self.hub.posts if one.key == f"{round_id}q{number}"]
            assert "I closed it too late" in str(post.reply.parts)
            return
        assert mode == "race"
        assert any(is_right for (other, _), is_right in counted.items() if other == number)

    async def check_scores(self) -> None:
        found = dict.fromkeys(self.answered, (0, 0))
        for channel in CHANNELS:
            for one in await learning.standings(self.store.reader, Where("test", "guild", channel), 0, channel=True):
                name = one.person.removeprefix("test:")
                found[name] = (found[name][0] + one.right_ones, found[name][1] + one.answered)
        assert found == {name: (self.right[name], self.answered[name]) for name in self.answered}


@pytest.fixture(autouse=True)
def _quiet() -> None:
    """As above."""
    quiet(logging.CRITICAL)


@pytest.mark.parametrize("remembers", [timedelta(), timedelta(minutes=3)], ids=["no nonces", "nonces"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_rounds_of_years_come_to_their_end_whatever_fails(shipped: Corpus, seed: int, remembers: timedelta) -> None:
    async def live() -> Town:
        town = Town(shipped, Random(f"{seed} {remembers}"), remembers)
        await town.live(DAYS)
        return town

    town = simulate(live())
    figures = (town.rounds, town.unfinished, town.counted, town.deaths)
    log.info("%d rounds, %d of them ended by an absence; %d answers counted; %d deaths", *figures)
    assert town.rounds > DAYS / 8
    assert town.counted > 4 * town.rounds
    assert town.unfinished < town.rounds
