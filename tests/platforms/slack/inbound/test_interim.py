"""Interim messages: whoever waits long on Slack hears so once, in private, before the answer, and whatever that is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.core.app import App
from bot.core.command import Feature, action, command, message_action
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.funnel import BROKEN_OFF
from bot.core.reply import Button, Reply
from bot.platforms.slack.adapter import Slack
from bot.platforms.slack.inbound import interim
from bot.platforms.slack.rendering.render import render
from corpus.corpus import Corpus
from tests.platforms.slack import conftest
from tests.platforms.slack.fake_slack import BOT_USER, FakeSlack
from tests.platforms.slack.people import Someone
from tests.platforms.slack.said import Said, Trouble
from tests.processes import until

ON_IT = "One moment, I'm on it …"
OUTCOMES = ("public", "private", "mistake", "crash")


class Gate:
    """What holds every answer back until it is opened."""

    def __init__(self) -> None:
        self.opened = asyncio.Event()

    async def answer(self, outcome: str) -> Reply:
        await self.opened.wait()
        if outcome == "mistake":
            raise UserError("There is no such thing.")
        if outcome == "crash":
            raise RuntimeError
        return Reply("At last", (), (Button("Again", "slow.again", "public"),), private=outcome == "private")

    def feature(self) -> Feature:
        @command("slow", outcome="What comes of it")
        async def slow(ctx: Context, outcome: str) -> Reply:
            """Take one's time."""
            return await self.answer(outcome)

        @action("slow.again", replaces=True)
        async def again(ctx: Context, value: str) -> Reply:
            return await self.answer(value)

        @message_action("Slow")
        async def on_message(ctx: Context, words: str) -> Reply:
            """Take one's time for a message."""
            return await self.answer(words)

        return Feature("slow", "Take one's time.", (slow,), (again,), (on_message,))


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    monkeypatch.setattr(interim, "PATIENCE", 0.05)
    return Gate()


@pytest.fixture
async def app(gate: Gate, corpus: Corpus) -> AsyncIterator[App]:
    made = App((gate.feature(),), corpus, clock=lambda: datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    yield made
    await made.close()


Ask = Callable[[Someone, str], Coroutine[Any, Any, list[Said]]]


async def _fill_in(someone: Someone, outcome: str) -> list[Said]:
    await someone.types("/slow")
    return await someone.submits(someone.fake.views[-1], outcome=outcome)


async def _press(someone: Someone, outcome: str) -> list[Said]:
    (first,) = render(Reply("Of old", (), (Button("Again", "slow.again", outcome),)), someone.id)
    return await someone.presses(Said("C1", first.payload, someone.fake.next_ts()), "Again")


WAYS: dict[str, Ask] = {
    "typed": lambda someone, outcome: someone.types(f"/slow {outcome}"),
    "mentioned": lambda someone, outcome: someone.mentions(f"<@{BOT_USER}> slow {outcome}"),
    "written to it alone": lambda someone, outcome: someone.writes(f"slow {outcome}"),
    "pressed": _press,
    "sent in a form": _fill_in,
    "by a shortcut": lambda someone, outcome: someone.uses_shortcut("Slow", outcome),
}
ALL_WAYS = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


async def _held_up(gate: Gate, fake: FakeSlack, asking: Coroutine[Any, Any, list[Said]]) -> list[Said]:
    """What is said where the answer comes after the interim message."""
    asked = asyncio.create_task(asking)
    await until(lambda: bool(fake.said))
    gate.opened.set()
    return await asked


@pytest.mark.parametrize("outcome", OUTCOMES)
@ALL_WAYS
async def test_who_waits_long_hears_so_once_and_alone(
    ada: Someone, fake: FakeSlack, gate: Gate, way: Ask, outcome: str
) -> None:
    waiting, answer = await _held_up(gate, fake, way(ada, outcome))
    assert (waiting.words, waiting.seen_by, waiting.replaces) == (ON_IT, "U1", False)
    assert answer.words != ON_IT
    assert waiting.thread == answer.thread


@ALL_WAYS
async def test_what_comes_at_once_comes_alone(ada: Someone, gate: Gate, way: Ask) -> None:
    gate.opened.set()
    (answer,) = await way(ada, "public")
    assert "At last" in answer.words


async def test_an_answer_does_not_overtake_the_interim_message(ada: Someone, fake: FakeSlack, gate: Gate) -> None:
    fake.fail("response_url", Trouble(status=429, retry_after=1))
    asked = asyncio.create_task(ada.types("/slow public"))
    await until(lambda: not fake.troubles["response_url"])
    gate.opened.set()
    waiting, answer = await asked
    assert (waiting.words, answer.seen_by) == (ON_IT, "")


@pytest.mark.parametrize("cut", ["before", "after"])
async def test_an_interim_message_that_fails_costs_no_answer(
    ada: Someone, fake: FakeSlack, gate: Gate, cut: str
) -> None:
    fake.fail("response_url", Trouble(cut=cut))
    asked = asyncio.create_task(ada.types("/slow public"))
    await until(lambda: not fake.troubles["response_url"])
    gate.opened.set()
    *before, answer = await asked
    assert len(before) == (cut == "after")
    assert "At last" in answer.words


async def test_an_answer_comes_though_the_response_url_has_run_out(ada: Someone, fake: FakeSlack, gate: Gate) -> None:
    asked = asyncio.create_task(ada.types("/slow public"))
    await until(lambda: bool(fake.said))
    fake.expire()
    gate.opened.set()
    waiting, answer = await asked
    assert (waiting.words, "At last" in answer.words) == (ON_IT, True)


async def test_nothing_is_left_where_messages_stay(ada: Someone, fake: FakeSlack, slack: Slack, gate: Gate) -> None:
    """What is asked in the App Home is answered in a direct message, from which nothing goes away by itself."""
    asked = asyncio.create_task(_fill_in_at_home(ada))
    await until(lambda: bool(slack.dispatcher.pending))
    await asyncio.sleep(4 * interim.PATIENCE)
    gate.opened.set()
    (answer,) = await asked
    assert "At last" in answer.words


async def _fill_in_at_home(someone: Someone) -> list[Said]:
    someone.channel = ""
    return await WAYS["sent in a form"](someone, "private")


@ALL_WAYS
async def test_who_will_wait_in_vain_hears_so(
    app: App, fake: FakeSlack, gate: Gate, way: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.adapter._TO_FINISH_ANSWERS", 0.1)
    slack, serving = await conftest.start(app, fake)
    asked = asyncio.create_task(way(Someone(fake, slack), "public"))
    await until(lambda: bool(fake.said))
    await conftest.stop(slack, serving)
    waiting, goodbye = await asked
    assert waiting.words == ON_IT
    assert (goodbye.words, goodbye.seen_by) == (BROKEN_OFF.error, "U1")


async def test_a_stop_takes_nothing_new_while_it_answers_what_was_asked_before(
    app: App, fake: FakeSlack, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.adapter._TO_FINISH_ANSWERS", 600.0)
    slack, serving = await conftest.start(app, fake)
    asked = asyncio.create_task(Someone(fake, slack).types("/slow public"))
    await until(lambda: bool(slack.dispatcher.pending))
    stopping = asyncio.create_task(conftest.stop(slack, serving))
    await until(lambda: fake.sockets[-1].closed)
    gate.opened.set()
    assert "At last" in (await asked)[-1].words
    await stopping


async def test_a_stop_waits_for_what_is_begun_while_it_waits(slack: Slack) -> None:
    ended = asyncio.Event()

    async def late() -> None:
        await asyncio.sleep(0.05)
        ended.set()

    async def early() -> None:
        slack.dispatcher.begin(late())

    slack.dispatcher.begin(early())
    await slack.dispatcher.finish(600.0, 600.0)
    assert ended.is_set()
