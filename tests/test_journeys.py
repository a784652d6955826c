"""What people set out to do, on every platform, from the first word to the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from random import Random

import pytest

from bot.core.app import App
from bot.core.job import Services
from bot.scheduler.loop import Scheduler
from bot.storage.store import Store
from cogs import FEATURES
from cogs.daily.job import daily_jobs
from cogs.quiz.job import quiz_jobs
from corpus.corpus import Corpus
from tests.conftest import NOW
from tests.platforms.meeting import PLATFORMS, Heard, Meeting, Way, letters, meet

Visit = Callable[[], AbstractAsyncContextManager["Person"]]
TRUE = "Our party held out its hand, with the gunpowder still in it"


class Person:
    """Somebody with the bot, and a clock that goes on when they wait."""

    def __init__(self, app: App, meeting: Meeting, store: Store) -> None:
        self.app, self.meeting, self.store = app, meeting, store
        self.now = NOW
        app.clock = lambda: self.now

    async def says(self, line: str) -> Heard:
        return await self.meeting.hear(line)

    async def presses(self, heard: Heard, label: str, typed: str = "") -> Heard:
        return await self.meeting.press(way_of(heard, label), typed)

    async def waits(self, seconds: float) -> Heard:
        """What is in the channel after a while."""
        self.now += timedelta(seconds=seconds)
        services = Services(self.store, self.app.corpus, self.meeting.platform, self._clock)
        scheduler = Scheduler([services], [daily_jobs, quiz_jobs])
        for _ in range(20):
            if not await scheduler.step(self.now):
                break
        return await self.meeting.posted()

    def _clock(self) -> datetime:
        return self.now


def way_of(heard: Heard, label: str) -> Way:
    found = [way for way in heard.ways if way.label == label]
    assert found, f"no {label!r} among {[way.label for way in heard.ways]} under {heard.words!r}"
    return found[0]


@pytest.fixture(params=PLATFORMS)
def visit(request: pytest.FixtureRequest, corpus: Corpus, store: Store) -> Visit:
    """Begins a visit; not a fixture of its own, as the simulated Discord belongs to the test's own task."""

    @asynccontextmanager
    async def begin() -> AsyncIterator[Person]:
        app = App(FEATURES, corpus, store, clock=lambda: NOW, dice=Random(1917))
        async with meet(request.param)(app) as meeting:
            yield Person(app, meeting, store)
        assert app.library
        await app.library.close()

    return begin


async def test_a_newcomer_finds_a_quotation_and_takes_it_along(visit: Visit) -> None:
    async with visit() as someone:
        help_ = await someone.says("/help")
        assert "/quote gunpowder" in help_.words
        found = await someone.says("/quote gunpowder")
        assert letters("with the gunpowder still in it") in letters(found.words)
        assert "Leon Trotsky" in found.words
        around = await someone.presses(found, "In context")
        cited = await someone.presses(around, "Cite")
        assert "Chicago" in cited.words
        again = await someone.says("/quote gunpowder")
        assert "Card" in (await someone.presses(again, "Card")).words


async def test_a_teacher_sets_up_the_daily_fact_and_sees_it_come(visit: Visit) -> None:
    async with visit() as someone:
        done = await someone.says("/setup #general 9:00 London weekdays")
        assert "09:00 Europe/London, weekdays" in done.words
        changed = await someone.says("/daily set #general 9:15 London")
        assert "It was: 09:00 Europe/London, weekdays." in changed.words
        undone = await someone.presses(changed, "Undo")
        assert "09:00 Europe/London, weekdays" in undone.words
        assert "Monday" in (await someone.presses(undone, "Next posts")).words
        assert letters("The fact of the day") in letters((await someone.says("/daily preview")).words)
        sent = await someone.presses(await someone.says("/daily next"), "Post now")
        assert "within seconds" in sent.words
        post = await someone.waits(1)
        assert letters("The fact of the day") in letters(post.words)
        listed = await someone.says("/daily history")
        assert "posted" in listed.words
        asked = await someone.presses(listed, "Remove")
        assert "no more daily facts" in (await someone.presses(asked, "Delete it")).words


async def test_a_wrong_word_is_put_right_in_a_form(visit: Visit) -> None:
    async with visit() as someone:
        wrong = await someone.says("/daily set #general 9:00 Nowhereville")
        assert "time zone" in wrong.words
        # The form is sent as it opens, with the wrong word in it.
        assert "time zone" in (await someone.presses(wrong, "Change it")).words


async def test_a_teacher_makes_look_ups_private_and_shares_one(visit: Visit) -> None:
    async with visit() as someone:
        shown = await someone.says("/settings")
        changed = await someone.presses(shown, "Make look-ups private")
        assert "Look-ups are private" in changed.words
        if someone.meeting.platform.name == "terminal":
            return  # whoever sits there is alone
        private = await someone.says("/quote gunpowder")
        shared = await someone.presses(private, "Share")
        assert "gunpowder" in shared.words


async def test_a_student_asks_a_question_and_gets_on_from_a_miss(visit: Visit) -> None:
    async with visit() as someone:
        found = await someone.says("/quote what did Trotsky say about peace")
        assert "peace" in found.words.lower()
        assert (await someone.presses(found, "Sentence after ▶")).words != found.words
        miss = await someone.says("/quote zeppelin")
        assert "No match" in miss.words
        event = await someone.says("/event 7 November 1917")
        assert "1917" in event.words
        who = await someone.says("/who Avilov")
        assert "Avilov" in who.words


async def test_a_student_checks_quotations(visit: Visit) -> None:
    async with visit() as someone:
        assert "Word for word" in (await someone.says(f"/check {TRUE}")).words
        assert "wrong speaker" in (await someone.says(f"/check {TRUE} speaker:Lenin")).words
        changed = await someone.says("/check Our party held out its hand, with no gunpowder in it")
        assert "Changed" in changed.words
        on_message = await someone.meeting.use_on_message("Check this quote", f"He said: “{TRUE}”")
        assert on_message is None or "Word for word" in on_message.words


async def test_a_class_plays_a_quiz_to_its_end(visit: Visit) -> None:
    async with visit() as someone:
        begun = await someone.says("/quiz start questions:5 seconds:10")
        assert "question" in begun.words.lower()
        answered: set[str] = set()
        for _ in range(120):
            shown = await someone.waits(2)
            if "Quiz over" in shown.words or "Quiz stopped" in shown.words:
                break
            ways = [way for way in shown.ways if way.action in ("quiz.answer", "quiz.typed")]
            if ways and ways[0].value not in answered:
                answered.add(ways[0].value)
                assert not (await someone.meeting.press(ways[0], "1917")).words.startswith("Sorry")
        assert "Quiz over" in shown.words
        assert len(answered) == 5
        assert "Leaderboard" in (await someone.says("/quiz scores")).words


async def test_a_student_practises_alone(visit: Visit) -> None:
    async with visit() as someone:
        asked = await someone.says("/quiz review")
        ways = [way for way in asked.ways if way.action.startswith("quiz.")]
        assert ways
        answer = await someone.meeting.press(ways[0], "1917")
        assert answer.words != asked.words
        assert "answer" in (await someone.says("/quiz me")).words.lower()


async def test_somebody_sees_and_deletes_what_is_kept(visit: Visit) -> None:
    async with visit() as someone:
        shown = await someone.says("/privacy")
        assert "kept" in shown.words
        asked = await someone.presses(shown, "Delete my data")
        assert "Delete" in asked.words
