"""A round from its start to its table."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.context import Person
from bot.core.platform import Forbidden, Gone
from bot.core.reply import Button, Countdown, Reply, Table
from bot.storage import learning
from cogs.quiz import round_state
from corpus.corpus import Corpus
from corpus.questions.question import QuizQuestion
from tests.cogs.quiz.channel import Crash, unreachable
from tests.cogs.quiz.hall import ADA, BORIS, CLARA, Hall, HallInMemory, hall_over
from tests.cogs.reading import said

pytest_plugins = ("tests.databases",)


@pytest.fixture
async def hall(corpus: Corpus, database_url: str) -> AsyncIterator[Hall]:
    async with hall_over(corpus, database_url) as opened:
        yield opened


@pytest.fixture
async def busy_hall(corpus: Corpus, database_url: str) -> AsyncIterator[Hall]:
    """One in which people press and processes work at the same time, which a store without threads never shows."""
    async with Hall(corpus, database_url) as opened:
        yield opened


@pytest.fixture
async def room(corpus: Corpus, migrated: Path) -> AsyncIterator[Hall]:
    """One for what is typed and shown, in which the kind of the database has no part."""
    async with HallInMemory(corpus, migrated) as opened:
        yield opened


async def answer(hall: Hall, person: Person, asked: QuizQuestion, *, rightly: bool) -> Reply:
    """Give an answer through the buttons of the message in the channel."""
    buttons = options(hall.channels.last)
    if not asked.options:
        return await hall.press(buttons[0], person, asked.answer if rightly else "something else")
    return await hall.press(next(one for one in buttons if (one.label == asked.answer) == rightly), person)


def words(reply: Reply) -> str:
    return " ".join(part.words for part in reply.parts if hasattr(part, "words"))


def tables(reply: Reply) -> list[Table]:
    return [part for part in reply.parts if isinstance(part, Table)]


def options(reply: Reply) -> list[Button]:
    """The buttons that answer a question."""
    return [one for one in reply.buttons if one.action in ("quiz.answer", "quiz.typed")]


async def test_a_whole_round_with_three_people_and_a_restart(hall: Hall) -> None:
    said = await hall.say("/quiz start questions:5 seconds:20")
    assert said.title == "A quiz of 5 questions"
    for number in range(1, 6):
        round_ = await hall.until("asking")
        asked = await hall.asked(round_)
        assert hall.channels.last.title == f"Question {number} of 5"
        first = await answer(hall, ADA, asked, rightly=True)
        assert first.private
        assert "You can change it" in words(first)
        await answer(hall, BORIS, asked, rightly=False)
        if number == 3:
            await hall.restart()
            await answer(hall, BORIS, asked, rightly=True)
        if number == 1:
            # Who else plays, nobody knows yet.
            await hall.step(3)
            assert "2 people have answered" in words(hall.channels.last)
        await hall.until("waiting", 2)
        shown = hall.channels.last
        assert list(shown.quotes())
        assert [button.label for button in shown.buttons] == ["Report question"]
        assert ("Ada, Boris (2 of 2)" if number == 3 else "Ada (1 of 2)") in words(shown)
    await hall.play_out()
    [table] = tables(hall.channels.last)
    assert table.rows == (("1", "Ada", "5", "5"), ("2", "Boris", "1", "5"))
    assert hall.channels.last.buttons[0].label == "Review what I missed"
    assert len(hall.channels.messages) == 6


async def test_a_race_is_closed_by_the_first_right_answer(hall: Hall) -> None:
    await hall.say("/quiz start questions:5 mode:race")
    round_ = await hall.until("asking")
    asked = await hall.asked(round_)
    assert "Not quite" in words(await answer(hall, BORIS, asked, rightly=False))
    assert "only your first answer counts" in (await answer(hall, BORIS, asked, rightly=True)).error
    assert "Right! The point is yours" in words(await answer(hall, ADA, asked, rightly=True))
    assert "Somebody was faster" in (await answer(hall, CLARA, asked, rightly=True)).error
    await hall.step()
    assert (await hall.until("waiting")).number == 1
    await hall.say("/quiz stop")
    await hall.play_out()
    [table] = tables(hall.channels.last)
    assert table.rows == (("1", "Ada", "1", "1"), ("2", "Boris", "0", "1"))


async def test_one_round_a_channel_and_who_may_hold_it_up(hall: Hall) -> None:
    await hall.say("/quiz start", BORIS)
    assert "Boris is already running a quiz here" in (await hall.say("/quiz start")).error
    for line in ("stop", "skip", "pause", "resume"):
        for other in (ADA, CLARA):
            assert "Only Boris" in (await hall.say(f"/quiz {line}", other)).error
    assert not (await hall.say("/quiz stop", Person("9", "Dora", admin=True))).error
    await hall.play_out()
    assert "No quiz is running" in (await hall.say("/quiz stop", BORIS)).error
    assert not (await hall.say("/quiz start", CLARA)).error


async def test_a_pause_between_two_questions_leaves_the_answer_where_it_is(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    asked = await hall.asked(await hall.until("asking"))
    await answer(hall, ADA, asked, rightly=True)
    await hall.until("waiting")
    for line in ("/quiz pause", "/quiz resume", "/quiz pause", "/quiz skip"):
        assert not (await hall.say(line)).error
        await hall.step(3)
        assert next(iter(hall.channels.shown())).title == "Question 1 of 5: answered"


@pytest.mark.parametrize("state", ["asking", "waiting"])
async def test_a_pause_that_nobody_ends_ends_the_round_and_leaves_no_question_open(hall: Hall, state: str) -> None:
    await hall.say("/quiz start questions:5")
    asked = await hall.asked(await hall.until("asking"))
    await answer(hall, ADA, asked, rightly=True)
    await answer(hall, BORIS, asked, rightly=False)
    await hall.until(state)
    await hall.say("/quiz pause")
    await hall.step(round_state.ABANDONED.total_seconds() - 1)
    assert await hall.round()
    await hall.step(1)
    await hall.play_out()
    assert [reply.title for reply in hall.channels.shown()] == ["Question 1 of 5: answered", "Quiz stopped"]
    assert words(next(iter(hall.channels.shown()))).count("Right: Ada (1 of 2).") == 1
    for person, is_right in ((ADA, True), (BORIS, False)):
        attempts = await learning.attempts(hall.store.reader, f"test:{person.id}")
        assert [one.is_right for one in attempts] == [is_right]


async def test_a_pause_saves_the_time_that_was_left(hall: Hall) -> None:
    await hall.say("/quiz start seconds:30")
    round_ = await hall.until("asking")
    asked = await hall.asked(round_)
    hall.now += timedelta(seconds=10)
    left = round_.closes_at - hall.now
    await hall.say("/quiz pause")
    assert "already paused" in (await hall.say("/quiz pause")).error
    await hall.step(3)
    assert all(not button.enabled for button in options(hall.channels.last))
    assert "The quiz is paused" in (await answer(hall, BORIS, asked, rightly=True)).error
    await hall.step(3600)
    await hall.restart()
    await hall.say("/quiz resume")
    resumed = await hall.until("asking")
    assert resumed.closes_at - hall.now == left
    await hall.step(3)
    assert resumed.closes_at in [part.at for part in hall.channels.last.parts if isinstance(part, Countdown)]
    assert not (await answer(hall, BORIS, asked, rightly=True)).error


@pytest.mark.parametrize("paused", [0, 3600])
async def test_who_answered_wrongly_does_not_take_it_back_by_skipping_or_stopping(hall: Hall, paused: int) -> None:
    await hall.say("/quiz start questions:5")
    for way_out in ("skip", "stop"):
        asked = await hall.asked(await hall.until("asking"))
        await answer(hall, ADA, asked, rightly=False)
        if paused:
            await hall.say("/quiz pause")
            await hall.step(paused)
        await hall.say(f"/quiz {way_out}")
        await hall.step()
        assert "Nobody got it." in words(hall.channels.last)
        assert "too late" not in words(hall.channels.last)
    await hall.play_out()
    [table] = tables(hall.channels.last)
    assert table.rows == (("1", "Ada", "0", "2"),)


async def test_a_skipped_question_counts_for_nobody(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    await hall.until("asking")
    await hall.say("/quiz skip")
    await hall.until("waiting")
    assert "Skipped (no points)." in words(hall.channels.last)
    await hall.say("/quiz skip")
    assert (await hall.until("asking", 0)).number == 2
    await hall.say("/quiz stop")
    await hall.play_out()
    assert "Nobody answered" in words(hall.channels.last)


async def test_a_deadline_that_passed_while_we_were_away_costs_nobody_a_point(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    asked = await hall.asked(await hall.until("asking"))
    await answer(hall, ADA, asked, rightly=True)
    await answer(hall, BORIS, asked, rightly=False)
    old = hall.channels.last.buttons[0]
    await hall.restart()
    await hall.step(3600)
    assert "right answers count, wrong ones don't" in words(hall.channels.last)
    assert (await hall.press(old, CLARA, "late")).error.startswith("That question is closed.")
    await hall.say("/quiz stop")
    await hall.play_out()
    [table] = tables(hall.channels.last)
    assert table.rows == (("1", "Ada", "1", "1"),)
    assert (await hall.press(old, CLARA, "very late")).error.startswith("That question is closed.")


async def test_an_answer_under_way_at_the_close_is_not_lost(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    round_ = await hall.until("asking")
    asked = await hall.asked(round_)
    hall.now = round_.closes_at
    pressed = hall.context(BORIS)
    await hall.step(1)
    right = hall.channels.last.buttons[asked.options.index(asked.answer) if asked.options else 0]
    typed = None if asked.options else asked.answer
    assert not (await hall.app.act(right.action, right.value, pressed, typed)).error
    assert (await hall.press(right, CLARA, typed)).error.startswith("That question is closed.")
    await hall.until("waiting")
    assert "Right: Boris (1 of 1)" in words(hall.channels.last)


async def test_permission_lost_ends_the_round_and_is_told_once(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    await hall.until("asking")
    hall.channels.fate.append((Forbidden("I may not post there"), False))
    hall.channels.fate.append((Forbidden("I may not post there"), False))
    await hall.play_out()
    assert [person for person, _ in hall.channels.told] == ["1"]
    assert not (await hall.say("/quiz start")).error


async def test_who_dies_before_the_starter_is_told_leaves_that_to_the_next(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    await hall.until("asking")
    hall.channels.fate.extend([(Forbidden("I may not post there"), False)] * 4)
    hall.channels.closed = Crash()
    for _ in range(30):
        if len(hall.channels.fate) < 4:
            break
        await hall.step(1)
    assert await hall.round()
    hall.channels.closed = None
    await hall.play_out()
    assert [person for person, _ in hall.channels.told] == ["1"]


async def test_a_channel_that_is_gone_ends_the_round_in_silence(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    await hall.until("asking")
    hall.channels.fate.extend([(Gone("deleted"), False)] * 3)
    await hall.play_out()
    assert hall.channels.told == []
    assert len(hall.channels.messages) == 1


async def test_a_deleted_message_does_not_end_the_round(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    await hall.until("asking")
    hall.channels.fate.append((Gone("the message is deleted"), False))
    assert (await hall.until("waiting", 30)).number == 1
    assert hall.channels.last.title == "Question 1 of 5: answered"


@pytest.mark.parametrize("said", [False, True])
async def test_lost_answers_post_nothing_twice(hall: Hall, said: bool) -> None:
    await hall.say("/quiz start questions:5 seconds:10")
    hall.channels.fate.extend([unreachable(said=said), None, None, None, unreachable(said=said)] * 4)
    await hall.play_out()
    titles = [reply.title for reply in hall.channels.shown()]
    assert len(titles) == len(set(titles)) == 4


async def test_a_platform_that_stays_away_ends_the_round(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    hall.channels.fate.extend([unreachable()] * 500)
    await hall.play_out()
    assert hall.channels.calls < 30


async def test_two_processes_share_a_round(busy_hall: Hall) -> None:
    await busy_hall.say("/quiz start questions:5 seconds:10")
    other = Hall(busy_hall.corpus, busy_hall.url)
    other.channels = busy_hall.channels
    async with other:
        while await busy_hall.round():
            other.now = busy_hall.now
            await asyncio.gather(busy_hall.step(0.5), other.step(0.5))
    assert len(busy_hall.channels.messages) == 4
    assert {len(edits) for edits in busy_hall.channels.messages.values()} == {1, 2}


@pytest.mark.parametrize("mode", ["everyone", "race"])
async def test_all_press_at_once_in_two_processes(busy_hall: Hall, mode: str) -> None:
    await busy_hall.say(f"/quiz start questions:5 mode:{mode}")
    round_ = await busy_hall.until("asking")
    asked = await busy_hall.asked(round_)
    place = asked.options.index(asked.answer) if asked.options else 0
    right = busy_hall.channels.last.buttons[place]
    async with Hall(busy_hall.corpus, busy_hall.url) as other:
        other.now = busy_hall.now
        halls = [busy_hall, other]
        people = [Person(str(number), f"Person {number}") for number in range(60)]
        presses = (halls[number % 2].press(right, one, asked.answer) for number, one in enumerate(people * 2))
        replies = await asyncio.gather(*presses)
    assert not any(reply.incident for reply in replies)
    assert sum(not reply.error for reply in replies) == (120 if mode == "everyone" else 1)
    await busy_hall.step(30)
    won = 60 if mode == "everyone" else 1
    assert f"({won} of {won})" in words(busy_hall.channels.last)


async def test_nothing_in_a_button_tells_the_answer(room: Hall) -> None:
    places = []
    for _ in range(2):
        await room.say("/quiz start questions:30")
        for _ in range(30):
            round_ = await room.until("asking")
            asked = await room.asked(round_)
            buttons = options(room.channels.last)
            assert all(len(f"{one.action}:{one.value}") <= 100 for one in buttons)
            assert len({one.style for one in buttons}) == 1
            if asked.options:
                assert [one.value for one in buttons] == [
                    f"{round_.id}.{round_.number}.{place}" for place in range(len(buttons))
                ]
                places.append(asked.options.index(asked.answer))
            await room.say("/quiz skip")
            await room.until("waiting", 0)
            await room.say("/quiz skip")
        await room.play_out()
    assert all(places.count(place) > 5 for place in range(4))


@pytest.mark.parametrize("value", ["", ".", "x.1.1", "x.1", "a.b.c", "x.999999.0", "x.1.-1", "x.1.²", "x.1.1.1"])
async def test_old_and_broken_buttons_are_told_kindly(room: Hall, value: str) -> None:
    for name in ("quiz.answer", "quiz.typed"):
        reply = await room.app.act(name, value, room.context(ADA), None)
        assert "/quiz start begins a new quiz" in reply.error


async def test_only_people_play_and_only_with_the_options_there_are(room: Hall) -> None:
    await room.say("/quiz start questions:5")
    round_ = await room.until("asking")
    asked = await room.asked(round_)
    for place in (len(asked.options), 99):
        pressed = Button("", "quiz.answer", f"{round_.id}.1.{place}")
        assert "That question is over." in (await room.press(pressed)).error
    assert "Bots can't play" in (await answer(room, Person("7", "Robot", bot=True), asked, rightly=True)).error


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("5", "A quiz of 5 questions"),
        ("12 questions", "A quiz of 12 questions"),
        ("5 about peace", "A quiz of 5 questions on Ways to peace"),
        ("peace 5", "A quiz of 5 questions on Ways to peace"),
        ("peace, 5 questions", "A quiz of 5 questions on Ways to peace"),
        ("5 questions on peace", "A quiz of 5 questions on Ways to peace"),
    ],
)
async def test_a_number_beside_the_topic_is_how_many_questions(room: Hall, typed: str, title: str) -> None:
    assert (await room.say(f"/quiz start {typed}")).title == title


EVERYONE, RACE = "Everyone with the right answer scores a point.", "The first right answer wins the question."


@pytest.mark.parametrize(
    ("typed", "title", "rule", "seconds"),
    [
        ("ten", "A quiz of 10 questions", EVERYONE, 25),
        ("Twelve questions", "A quiz of 12 questions", EVERYONE, 25),
        ("twenty-one", "A quiz of 21 questions", EVERYONE, 25),
        ("five about peace", "A quiz of 5 questions on Ways to peace", EVERYONE, 25),
        ("peace five", "A quiz of 5 questions on Ways to peace", EVERYONE, 25),
        ("race", "A quiz of 10 questions", RACE, 25),
        ("10 race", "A quiz of 10 questions", RACE, 25),
        ("race mode with six questions", "A quiz of 6 questions", RACE, 25),
        ("peace as a race", "A quiz of 9 questions on Ways to peace", RACE, 25),
        ("Race about peace", "A quiz of 9 questions on Ways to peace", RACE, 25),
        ("20 seconds", "A quiz of 10 questions", EVERYONE, 20),
        ("5 questions on peace, 40 seconds each, race", "A quiz of 5 questions on Ways to peace", RACE, 40),
        ("five everyone seconds:30", "A quiz of 5 questions", EVERYONE, 30),
        ("questions 5", "A quiz of 5 questions", EVERYONE, 25),
        ("topic peace", "A quiz of 9 questions on Ways to peace", EVERYONE, 25),
        ("topic peace questions 5 seconds 40 mode race", "A quiz of 5 questions on Ways to peace", RACE, 40),
        ("seconds 20, questions 5 on peace", "A quiz of 5 questions on Ways to peace", EVERYONE, 20),
        ("race topic peace", "A quiz of 9 questions on Ways to peace", RACE, 25),
    ],
)
async def test_options_may_be_said_in_words(room: Hall, typed: str, title: str, rule: str, seconds: int) -> None:
    reply = await room.say(f"/quiz start {typed}")
    assert reply.title == title
    assert f"{rule} You have {seconds} seconds per question" in said(reply)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("100 questions", "A quiz has 5 to 30 questions"),
        ("three", "A quiz has 5 to 30 questions"),
        ("seconds 5", "A question has 10 to 120 seconds"),
        ("questions 100", "A quiz has 5 to 30 questions"),
        ("five seconds", "A question has 10 to 120 seconds"),
        ("race to the sea", "I don't know that topic."),
        ("world war two", "I don't know that topic."),
        ("tense times", "I don't know that topic."),
    ],
)
async def test_what_is_no_option_of_a_quiz_is_told(room: Hall, typed: str, told: str) -> None:
    assert told in (await room.say(f"/quiz start {typed}")).error
