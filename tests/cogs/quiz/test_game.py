"""What makes a round a game: verdicts, standings, a winner, buttons for the person who runs it, and a timely end."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core.context import Person, Place
from bot.core.reply import Button, Countdown, Reply
from bot.platforms.terminal.render import controls
from bot.storage import round_settings
from bot.storage.round import Round, State
from cogs.quiz.start import announcement
from corpus.corpus import Corpus
from tests.cogs.quiz.hall import ADA, BORIS, CLARA, Hall, HallInMemory
from tests.cogs.quiz.test_round import answer, options, tables, words
from tests.conftest import NOW

pytest_plugins = ("tests.databases",)
SECOND = timedelta(seconds=1)


@pytest.fixture
async def hall(corpus: Corpus, migrated: Path) -> AsyncIterator[Hall]:
    async with HallInMemory(corpus, migrated) as opened:
        yield opened


NAMES = {one.id: one.name for one in (ADA, BORIS, CLARA)}


def button(reply: Reply, label: str) -> Button:
    return next(one for one in reply.buttons if one.label == label)


async def ask(hall: Hall, *, right: tuple[Person, ...] = (), wrong: tuple[Person, ...] = ()) -> Round:
    """Wait for the next question, let people answer it, and wait until its answer is in the channel."""
    asked = await hall.asked(await hall.until("asking"))
    for person in (*right, *wrong):
        await answer(hall, person, asked, rightly=person in right)
    return await hall.until("waiting")


def verdicts(hall: Hall) -> dict[str, list[str]]:
    """What each person was told alone when a question closed."""
    told: dict[str, list[str]] = {}
    for receipt, replies in hall.channels.private.items():
        told.setdefault(NAMES[receipt.split()[0]], []).extend(words(one) for one in replies)
    return told


async def test_each_is_told_alone_whether_they_were_right_when_the_question_closes(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    await hall.until("asking")
    assert verdicts(hall) == {}
    await ask(hall, right=(ADA,), wrong=(BORIS,))
    [ada], [boris] = verdicts(hall)["Ada"], verdicts(hall)["Boris"]
    assert ada.startswith("Right: the answer is ")
    assert ada.endswith("You have 1 of 1 right.")
    assert boris.startswith("Not quite: the answer is ")
    assert boris.endswith("You have 0 of 1 right.")


async def test_who_changed_an_answer_is_told_once_where_the_last_one_was_taken(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    asked = await hall.asked(await hall.until("asking"))
    await answer(hall, ADA, asked, rightly=False)
    await answer(hall, ADA, asked, rightly=True)
    await hall.until("waiting")
    assert [one.split(":")[0] for one in verdicts(hall)["Ada"]] == ["Right"]
    assert max(int(receipt.split()[1]) for receipt in hall.channels.private) == hall.interactions


async def test_where_the_receipt_has_expired_nothing_is_said_and_the_round_goes_on(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    hall.channels.expired = {f"{ADA.id} {number}" for number in range(99)}
    assert (await ask(hall, right=(ADA, BORIS))).number == 1
    assert [*verdicts(hall)] == ["Boris"]


async def test_the_next_question_comes_when_everybody_who_plays_has_answered(hall: Hall) -> None:
    await hall.say("/quiz start questions:5 seconds:60")
    first = await hall.until("asking")
    await ask(hall, right=(ADA, BORIS))
    assert hall.now >= first.closes_at, "nobody knows yet who plays"
    second = await hall.until("asking")
    asked = await hall.asked(second)
    await answer(hall, ADA, asked, rightly=True)
    await hall.step(3)
    assert (await hall.until("asking")).number == 2, "Boris is waited for"
    await answer(hall, BORIS, asked, rightly=False)
    await answer(hall, BORIS, asked, rightly=True)
    await hall.until("waiting")
    assert hall.now < second.closes_at - timedelta(seconds=40)
    assert "Ada, Boris (2 of 2)" in words(hall.channels.last)


async def test_who_leaves_out_two_questions_is_not_waited_for(hall: Hall) -> None:
    await hall.say("/quiz start questions:5 seconds:60")
    await ask(hall, right=(ADA, BORIS))
    await ask(hall, right=(ADA,))
    await ask(hall, right=(ADA,))
    fourth = await hall.until("asking")
    await ask(hall, right=(ADA,))
    assert hall.now < fourth.closes_at - timedelta(seconds=40)


async def test_a_race_that_all_have_lost_does_not_wait(hall: Hall) -> None:
    await hall.say("/quiz start questions:5 seconds:60 mode:race")
    await ask(hall, wrong=(ADA, BORIS))
    second = await hall.until("asking")
    await ask(hall, wrong=(ADA, BORIS))
    assert hall.now < second.closes_at - timedelta(seconds=40)


async def test_a_standing_after_each_question_and_a_winner_at_the_end(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    await ask(hall, right=(ADA, CLARA), wrong=(BORIS,))
    assert "After 1 question: 1. Ada (1), 1. Clara (1), 3. Boris (0)." in words(hall.channels.last)
    for _ in range(3):
        await ask(hall, right=(ADA,), wrong=(BORIS,))
    assert "After 4 questions: 1. Ada (4), 2. Clara (1), 3. Boris (0)." in words(hall.channels.last)
    await ask(hall, right=(BORIS,), wrong=(ADA,))
    await hall.play_out()
    assert "After" not in words(list(hall.channels.shown())[-2])
    assert "Ada wins with 4 points!" in words(hall.channels.last)


async def test_a_tie_is_said(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    await ask(hall, right=(ADA, BORIS), wrong=(CLARA,))
    await hall.say("/quiz stop")
    await hall.play_out()
    assert "A tie: Ada and Boris have 1 point each." in words(hall.channels.last)


async def test_the_hardest_question_is_named_by_its_number_its_words_and_its_answer(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    await ask(hall, right=(ADA, BORIS, CLARA))
    second = await hall.asked(await hall.until("asking"))
    await ask(hall, right=(ADA,), wrong=(BORIS, CLARA))
    await ask(hall, right=(ADA, CLARA), wrong=(BORIS,))
    await hall.say("/quiz stop")
    await hall.play_out()
    said = words(hall.channels.last)
    assert f"The hardest was question 2: {second.ask[:40]}" in said
    assert second.words[:30] in said
    assert second.answer in said
    assert "Missed by Boris, Clara." in said
    assert ".." not in said


@pytest.mark.parametrize("label", ["Pause", "Skip", "Stop"])
async def test_buttons_are_for_whoever_runs_the_quiz(hall: Hall, label: str) -> None:
    await hall.say("/quiz start questions:5", BORIS)
    await hall.until("asking")
    pressed = button(hall.channels.last, label)
    assert "Only Boris" in (await hall.press(pressed, CLARA)).error
    assert (await hall.until("asking")).number == 1
    done = await hall.press(pressed, BORIS)
    assert not done.error
    if label == "Pause":
        assert not (await hall.press(button(done, "Continue"), Person("9", "Dora", admin=True))).error
        assert (await hall.until("asking")).number == 1
    else:
        await hall.step()
        assert "Skipped (no points)." in words(next(iter(hall.channels.shown())))


@pytest.mark.parametrize(
    "value", ["", "stop", "stop.x.1", "drop.{id}.1", "skip.{id}.2", "skip.{id}.0", "stop.{id}.1\n"]
)
async def test_forged_buttons_are_refused(hall: Hall, value: str) -> None:
    await hall.say("/quiz start questions:5")
    running = await hall.until("asking")
    forged = Button("Stop", "quiz.control", value.replace("{id}", running.id))
    assert (await hall.press(forged)).error
    assert (await hall.until("asking", 0)).number == 1


async def test_a_button_of_an_earlier_question_skips_no_other_and_does_all_else(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    running = await hall.until("asking")
    earlier = {
        verb: Button("", "quiz.control", f"{verb}.{running.id}.0") for verb in ("skip", "pause", "resume", "stop")
    }
    assert (await hall.press(earlier["skip"])).error == "That question is over."
    assert not (await hall.press(earlier["pause"])).error
    assert not (await hall.press(earlier["resume"])).error
    assert (await hall.until("asking", 0)).number == 1
    assert not (await hall.press(earlier["stop"])).error


async def test_a_question_that_opens_while_the_platform_is_asked_who_skips_is_not_skipped(hall: Hall) -> None:
    class Dora(Person, frozen=True):
        """Somebody of whom a busy platform takes long to say that they manage the server."""

        async def person(self) -> Person:
            await hall.until("waiting", 5)
            await hall.until("asking")
            return self

    await hall.say("/quiz start questions:5")
    await hall.until("asking")
    for line in ("/quiz skip", "/quiz skip"):
        running = await hall.until("asking", 0)
        assert (await hall.say(line, Dora("9", "Dora", admin=True))).error == "That question is over."
        assert (await hall.until("asking", 0)).number == running.number + 1


@pytest.mark.parametrize("name", ["quiz.rematch", "quiz.go_on"])
async def test_a_round_of_another_channel_is_not_started_here(hall: Hall, name: str) -> None:
    await hall.say("/quiz start questions:5")
    over = await hall.until("asking")
    await hall.say("/quiz stop")
    await hall.play_out()
    hall.place = replace(hall.place, channel="elsewhere")
    for value in (over.id, "", "'--", "x" * 99):
        assert "long over" in (await hall.press(Button("", name, value))).error


async def test_rematch_starts_the_same_quiz_with_other_questions(hall: Hall) -> None:
    await hall.say("/quiz start questions:5 seconds:20 mode:race")
    first = await hall.asked(await hall.until("asking"))
    await ask(hall, right=(ADA,))
    await hall.say("/quiz stop")
    await hall.play_out()
    begun = await hall.press(button(hall.channels.last, "Rematch"), BORIS)
    assert begun.title == "A quiz of 5 questions"
    round_ = await hall.until("asking")
    assert (round_.mode, round_.seconds, round_.questions, round_.starter_name) == ("race", 20, 5, "Boris")
    assert (await hall.asked(round_)).id != first.id


async def test_a_channel_remembers_how_its_last_quiz_was_set_up_and_says_so(hall: Hall) -> None:
    usual = await hall.say("/quiz start")
    assert usual.title == "A quiz of 10 questions"
    assert "Same settings" not in words(usual)
    await hall.say("/quiz stop")
    await hall.play_out()
    await hall.say("/quiz start coalition questions:6 seconds:40 mode:race")
    await hall.say("/quiz stop")
    await hall.play_out()
    again = await hall.say("/quiz start")
    assert words(again).startswith("Same settings as last time here. The first right answer wins")
    assert "6 questions on" in again.title
    round_ = await hall.until("asking")
    assert (round_.mode, round_.seconds, round_.topic) == ("race", 40, "coalition")
    hall.place = replace(hall.place, channel="elsewhere")
    assert (await hall.say("/quiz start")).title == "A quiz of 10 questions"


async def test_where_a_topic_has_too_few_questions_what_it_says_to_type_starts_a_quiz_of_all(hall: Hall) -> None:
    await hall.say("/quiz start coalition questions:6")
    await hall.say("/quiz stop")
    await hall.play_out()
    line = re.search(r"/quiz start( [a-z]+:\d+)?", (await hall.say("/quiz start land")).error)
    assert line
    assert (await hall.say(line[0])).title == "A quiz of 10 questions"


async def test_a_topic_with_few_questions_says_so_and_one_with_fewer_than_three_makes_no_quiz(hall: Hall) -> None:
    assert "Too few questions on that topic." in (await hall.say("/quiz start land")).error
    assert "/compare lists topics." in (await hall.say("/quiz start zzzz")).error
    begun = await hall.say("/quiz start secret diplomacy")
    assert begun.title == "A quiz of 3 questions on Secret diplomacy"
    assert "You have 25 seconds per question; then I show the passage. That's all there is on this topic." in words(
        begun
    )
    assert "Ada is already running a quiz here (question 1 of 3)." in (await hall.say("/quiz start", BORIS)).error
    await ask(hall, right=(ADA,))
    assert (await hall.until("asking")).number == 2
    assert "(question 2 of 3)" in (await hall.say("/quiz start", BORIS)).error
    await hall.say("/quiz stop")
    await hall.play_out()
    again = await hall.press(button(hall.channels.last, "Rematch"), BORIS)
    assert "of 3 questions on Secret diplomacy" in again.title
    await hall.say("/quiz stop", BORIS)
    await hall.play_out()
    settings = await round_settings.get(hall.store.reader, "test", "guild", "general")
    assert settings
    assert (settings.questions, settings.seconds, settings.mode) == (5, 25, "everyone")


@pytest.mark.parametrize(
    ("changes", "wanted", "said"),
    [
        (
            {},
            7,
            "Everyone with the right answer scores a point. You have 20 seconds per question; then I show the passage.",
        ),
        ({"mode": "race"}, 7, "The first right answer wins the question. You have 20 seconds"),
        ({"alone": True, "mode": "race"}, 7, "A point for each right answer. You have 20 seconds"),
        ({}, 8, "the passage. That's all there is in these texts."),
        ({"topic": "land"}, 8, "the passage. That's all there is on this topic."),
    ],
)
def test_an_announcement_says_what_counts_and_whether_there_is_no_more(
    shipped: Corpus, changes: dict[str, object], wanted: int, said: str
) -> None:
    begun = Round("r", "test", "guild", "hall", "everyone", 20, 7, "1", "Ada", NOW, State.WAITING, 0, NOW + 4 * SECOND)
    reply = announcement(replace(begun, **changes), shipped, wanted, NOW, "Again. ")
    assert reply.title == "A quiz of 7 questions" + (" on Land" if "topic" in changes else "")
    assert said in words(reply)
    assert words(reply).startswith("Again. ")
    assert ("That's all" in words(reply)) == (wanted > 7)
    assert [part.seconds for part in reply.parts if isinstance(part, Countdown)] == [4]


async def test_what_is_given_is_remembered_and_the_rest_is_as_usual(hall: Hall) -> None:
    await hall.say("/quiz start seconds:60 mode:race")
    await hall.say("/quiz stop")
    await hall.play_out()
    await hall.say("/quiz start questions:7")
    round_ = await hall.until("asking")
    assert (round_.mode, round_.seconds, round_.questions) == ("everyone", 25, 7)


async def test_a_round_ends_when_three_questions_in_a_row_get_no_answer_and_goes_on_where_somebody_wants(
    hall: Hall,
) -> None:
    begun = await hall.say("/quiz start questions:7 seconds:10")
    assert [part.label for part in begun.parts if isinstance(part, Countdown)] == ["First question"]
    assert "That's all there is" not in words(begun)
    await ask(hall, right=(ADA,))
    await hall.play_out()
    table = hall.channels.last
    assert table.title == "Quiz stopped"
    assert "Nobody answered the last 3 questions, so I stopped." in words(table)
    assert len(hall.channels.messages) == 5
    going = await hall.press(button(table, "Go on"), BORIS)
    assert "3 questions to go." in words(going)
    assert [part.label for part in going.parts if isinstance(part, Countdown)] == ["Next question"]
    assert "already" in (await hall.press(button(table, "Go on"), BORIS)).error
    assert (await ask(hall, right=(BORIS,))).number == 5
    await ask(hall, right=(BORIS,))
    await ask(hall, right=(BORIS,))
    await hall.play_out()
    assert hall.channels.last.title == "Quiz over"
    assert tables(hall.channels.last)[0].rows == (("1", "Boris", "3", "3"), ("2", "Ada", "1", "1"))
    assert "long over" in (await hall.press(button(table, "Go on"), BORIS)).error


async def test_skipping_and_pausing_is_no_sign_that_nobody_is_there(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    for _ in range(4):
        await hall.until("asking")
        await hall.say("/quiz skip")
        await hall.until("waiting")
    assert (await hall.until("asking")).number == 5


async def test_alone_who_does_not_answer_is_told_so(hall: Hall) -> None:
    hall.place = Place("test", "direct", None, private=True)
    await hall.say("/quiz start questions:5 seconds:10")
    for _ in range(30):
        await hall.step(5)
    assert "You didn't answer the last 3 questions, so I stopped." in words(hall.channels.last)
    assert [one.label for one in hall.channels.last.buttons] == ["Go on"]
    assert "You didn't answer." in words(next(iter(hall.channels.shown())))
    await hall.say("/quiz start questions:5")
    await hall.say("/quiz stop")
    await hall.step(5)
    assert "You didn't answer." in words(hall.channels.last)


async def test_alone_nobody_is_spoken_of_as_everybody(hall: Hall) -> None:
    hall.place = Place("test", "direct", None, private=True)
    hall.dice.seed(4)
    said = [await hall.say("/quiz start questions:5 seconds:30")]
    begun = hall.now
    for number in range(5):
        round_ = await hall.until("asking")
        said.append(hall.channels.last)
        said.append(await answer(hall, ADA, await hall.asked(round_), rightly=number < 3))
        await hall.step()
        said.append(hall.channels.last)
        assert ("You got it." if number < 3 else "You didn't get it.") in words(said[-1])
    for _ in range(9):
        await hall.step(8)
    said.append(hall.channels.last)
    assert hall.now - begun < timedelta(seconds=150), "nobody waits for others"
    assert "You got 3 of 5 right." in words(said[-1])
    for reply in said:
        text = f"{reply.title} {words(reply)}".lower()
        assert not any(one in text for one in ("everyone", "everybody", "nobody", "people", "person", "missed by"))


async def test_the_form_of_an_answer_shows_its_question_and_no_other(hall: Hall) -> None:
    await hall.say("/quiz start questions:30")
    for _ in range(30):
        round_ = await hall.until("asking")
        asked = await hall.asked(round_)
        if not asked.options:
            break
        await hall.say("/quiz skip")
        await hall.until("waiting", 0)
        await hall.say("/quiz skip")
    pressed = options(hall.channels.last)[0]
    assert asked.ask in await hall.app.question(pressed.action, pressed.value, hall.context(BORIS))
    later = f"{round_.id}.{round_.number + 1}"
    for value in (later, "", "x.1", f"{round_.id}.99"):
        assert await hall.app.question(pressed.action, value, hall.context(BORIS)) == ""
    hall.place = replace(hall.place, channel="elsewhere")
    assert await hall.app.question(pressed.action, pressed.value, hall.context(BORIS)) == ""


async def test_a_countdown_is_said_anew_where_it_does_not_count_by_itself(hall: Hall) -> None:
    hall.channels.recount = timedelta(seconds=10)
    await hall.say("/quiz start questions:5 seconds:30")
    await hall.until("asking")
    left = []
    for _ in range(29):
        left.append(next(part.seconds for part in hall.channels.last.parts if isinstance(part, Countdown)))
        await hall.step(1)
    assert 3 <= len(set(left)) <= 5
    assert left[0] == 30
    assert min(left) <= 11


async def test_no_key_of_an_answer_ever_reports_a_question(hall: Hall) -> None:
    """In the terminal, what stays under the fingers from a question to its answer must not change its meaning."""
    await hall.say("/quiz start questions:30")
    for _ in range(30):
        await hall.until("asking")
        keys = controls(hall.channels.last)
        answers = {key for key, one in keys.items() if one.action in ("quiz.answer", "quiz.typed")}
        assert not [one for one in keys.values() if one.action == "quiz.report"]
        await hall.say("/quiz skip")
        await hall.until("waiting", 0)
        reports = {key for key, one in controls(hall.channels.last).items() if one.action == "quiz.report"}
        assert len(reports) == 1
        assert not answers & reports
        await hall.say("/quiz skip")
