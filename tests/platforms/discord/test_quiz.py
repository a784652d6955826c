"""A round on Discord: three people, everyone and race, a restart in the middle, then each alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import discord
import pytest
import simcord
from simcord.results import ResponseMessage

from bot.core.app import App
from bot.core.context import Person, Place
from bot.core.job import Services
from bot.platforms.discord.adapter import Discord
from bot.scheduler.loop import Scheduler
from bot.storage import learning, rounds
from bot.storage.round import Round
from bot.storage.store import Store
from cogs import FEATURES
from cogs.quiz.job import quiz_jobs
from cogs.quiz.questions import question_from_json
from corpus.corpus import Corpus
from corpus.questions.question import QuizQuestion
from tests.conftest import NOW
from tests.platforms.discord.conftest import Room, answer, message_of, said


class Hands:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def app(corpus: Corpus, store: Store, clock: Hands) -> App:
    return App(FEATURES, corpus, store, clock=clock, dice=Random(1917))


@pytest.fixture
def platform(app: App) -> Discord:
    return Discord(app, "token")


class Table:
    """Around it three people sit and play."""

    def __init__(self, room: Room, app: App, store: Store, clock: Hands) -> None:
        self.room, self.app, self.store, self.clock = room, app, store, clock

    async def turn(self, seconds: float) -> None:
        self.clock.now += timedelta(seconds=seconds)
        services = Services(self.store, self.app.corpus, self.room.platform, self.clock)
        await Scheduler([services], [quiz_jobs]).step(self.clock.now)

    async def running(self) -> Round | None:
        return await rounds.running(self.store.reader, "discord", str(self.room.channel.id))

    async def until(self, state: str) -> Round:
        for _ in range(200):
            running = await self.running()
            assert running
            if running.state == state:
                return running
            await self.turn(1)
        raise AssertionError(f"the round never is {state}")

    async def end(self) -> None:
        for _ in range(500):
            if await self.running() is None:
                return
            await self.turn(3)
        raise AssertionError("the round never ends")

    async def asked(self, round_: Round) -> QuizQuestion:
        return question_from_json(await rounds.question(self.store.reader, round_.id, round_.number) or "")

    @property
    def message(self) -> ResponseMessage:
        """The newest in the channel that everybody sees."""
        sent = self.room.env.backend.messages[self.room.channel.id].values()
        newest = max((one for one in sent if one.visible_to(None)), key=lambda one: one.id)
        return ResponseMessage(self.room.env, newest)

    async def answer(
        self, who: simcord.MemberActor, asked: QuizQuestion, *, rightly: bool
    ) -> simcord.InteractionResult:
        if not asked.options:
            opened = await who.click(self.message, label="Answer")
            assert opened.modal
            assert asked.ask in str(opened.modal["components"])
            return await who.submit_modal(opened, {"typed": asked.answer if rightly else "something else"})
        label = next(one for one in asked.options if (one == asked.answer) == rightly)
        return await who.click(self.message, label=label)


@pytest.fixture
def table(room: Room, app: App, store: Store, clock: Hands) -> Table:
    return Table(room, app, store, clock)


async def test_a_whole_round_with_a_restart_in_its_middle(table: Table) -> None:
    room = table.room
    begun = await room.ada.slash(room.channel, "quiz start", questions=5, seconds=20)
    assert "A quiz of 5 questions" in answer(begun)
    for number in range(1, 6):
        asked = await table.asked(await table.until("asking"))
        open_message = table.message
        assert f"Question {number} of 5" in said(open_message)
        told = await table.answer(room.ada, asked, rightly=True)
        assert told.ephemeral
        assert "Your answer" in answer(told)
        await table.answer(room.ben, asked, rightly=False)
        if number == 3:
            await room.restart(table.app)
            await table.answer(room.ben, asked, rightly=True)
            await table.answer(room.carla, asked, rightly=True)
        if number == 1:
            await table.turn(3)
            assert "2 people have answered" in said(open_message)
        await table.until("waiting")
        assert "Right: the answer is" in said(message_of(told))
        assert f"{number} of {number} right" in said(message_of(told))
        assert ("(3 of 3)" if number == 3 else "Right: ada (1 of 2)") in said(open_message)
        assert "speech" in said(open_message).lower() or "article" in said(open_message).lower()
    await table.end()
    final = said(table.message)
    assert "Quiz over" in final
    assert "ada wins with 5 points!" in final
    assert final.index("ada") < final.index("ben") < final.index("carla")


async def test_in_a_race_only_the_first_right_answer_counts(table: Table) -> None:
    room = table.room
    await room.carla.slash(room.channel, "quiz start", questions=5, mode="race")
    asked = await table.asked(await table.until("asking"))
    assert "Not quite" in answer(await table.answer(room.ben, asked, rightly=False))
    assert "only your first answer counts" in answer(await table.answer(room.ben, asked, rightly=True))
    assert "Right! The point is yours" in answer(await table.answer(room.ada, asked, rightly=True))
    assert "Somebody was faster" in answer(await table.answer(room.carla, asked, rightly=True))
    await table.turn(2)
    assert "Right: ada (1 of 2)" in said(table.message)
    refused = await room.ben.slash(room.channel, "quiz stop")
    assert refused.ephemeral
    assert "Only carla" in answer(refused)
    await room.carla.slash(room.channel, "quiz stop")
    await table.end()
    assert "Quiz stopped" in said(table.message)


async def test_reviewing_reporting_scores_and_forgetting(table: Table) -> None:
    room = table.room
    await room.ada.slash(room.channel, "quiz start", questions=5, seconds=10)
    for _ in range(5):
        asked = await table.asked(await table.until("asking"))
        question = table.message
        await table.answer(room.ben, asked, rightly=False)
        await table.answer(room.carla, asked, rightly=True)
        await table.until("waiting")
    await table.end()
    review = await room.ben.click(table.message, label="Review what I missed")
    assert review.ephemeral
    opened = await room.ben.click(question, label="Report question")
    assert opened.modal
    assert "Thank you" in answer(await room.ben.submit_modal(opened, {"typed": "@everyone says so"}))
    assert "says so" in answer(await room.carla.slash(room.channel, "quiz reports"))
    shown = await room.ada.slash(room.channel, "quiz scores")
    assert "ben" in answer(shown)
    assert message_of(shown).attachments
    standing = await room.ben.slash(room.channel, "quiz me")
    assert standing.ephemeral
    assert "0 of 5 right" in answer(standing)
    ask = await room.ben.slash(room.channel, "quiz forget")
    assert ask.ephemeral
    await room.ben.click(message_of(ask), label="Delete everything")
    assert "All your data is deleted" in said(message_of(ask))
    assert await learning.attempts(table.store.reader, f"discord:{room.ben.id}") == []


async def test_a_review_goes_on_in_its_own_message_after_a_restart(table: Table) -> None:
    room = table.room
    result = await room.ada.slash(room.channel, "quiz review")
    shown = message_of(result)
    await room.restart(table.app)
    review = await learning.review(table.store.reader, f"discord:{room.ada.id}")
    assert review
    asked = question_from_json(review.asked)
    if asked.options:
        await room.ada.click(shown, label=asked.answer)
    else:
        opened = await room.ada.click(shown, label="Answer")
        assert opened.modal
        await room.ada.submit_modal(opened, {"typed": asked.answer})
    assert "Right" in said(shown)
    await room.ada.click(shown, label="Good (10 min)")
    assert "Review: 2 of 10" in said(shown)
    await room.ada.click(shown, label="Undo")
    assert "Rate it again" in said(shown)


@pytest.mark.parametrize(("status", "code", "told"), [(404, 10003, False), (403, 50013, True)])
async def test_a_channel_that_is_closed_to_us_ends_its_round(table: Table, status: int, code: int, told: bool) -> None:
    room = table.room
    await room.ada.slash(room.channel, "quiz start", questions=5)
    await table.until("asking")
    for method in ("POST", "PATCH"):
        room.env.inject_error(method, f"/channels/{room.channel.id}/messages*", status=status, code=code, times=9)
    await table.end()
    heard = [said(one) for one in everything_told(room, room.ada)]
    assert any("I couldn't continue in the channel" in words for words in heard) is told


def everything_told(room: Room, who: simcord.MemberActor) -> list[ResponseMessage]:
    """What somebody was told in private messages."""
    channel = who.user.dm_channel
    sent = room.env.backend.messages.get(channel.id, {}).values() if channel else ()
    return [ResponseMessage(room.env, one) for one in sent]


async def test_a_round_that_could_not_be_posted_is_not_announced(table: Table, app: App) -> None:
    room = table.room
    closed = discord.PermissionOverwrite(send_messages=False)
    channel = room.guild.create_text_channel("closed", overwrites={room.guild.default_role: closed})
    refused = await room.ada.slash(channel, "quiz start")
    assert refused.response
    assert refused.response.ephemeral
    assert "Please allow me in this channel: Send Messages." in said(refused.response)
    # A group of friends, or a server that has not added the bot: who installed it for himself can use it there.
    for server in (None, "4242"):
        elsewhere = app.context(Person("1", "Ada"), Place("discord", "424242", server, server is None), room.platform)
        reply = await app.run("quiz start", {}, elsewhere)
        assert reply.private
        assert "I can't post questions here" in reply.error
        assert "/quiz review lets you practise alone" in reply.error
