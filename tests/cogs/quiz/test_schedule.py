"""Quizzes that come by themselves: once, on their local day, or left out with a reason."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.context import Person
from bot.core.job import Services
from bot.core.platform import Forbidden, TryLater
from bot.core.reply import Button, Moment
from bot.core.times import TIMES
from bot.storage import departures, quiz_schedules, rounds
from bot.storage.backup import back_up, restore
from bot.storage.claimant import Claimant
from bot.storage.quiz_schedules import QuizSchedule
from bot.timetable.arithmetic import Timetable, next_due
from cogs.quiz.job import ScheduleJob
from cogs.quiz.schedule import MOST
from cogs.quiz.schedule_work import answer_at
from corpus.corpus import Corpus
from tests.cogs.quiz.channel import unreachable
from tests.cogs.quiz.hall import ADA, BORIS, Hall, QuickHall
from tests.cogs.quiz.test_game import button
from tests.cogs.quiz.test_round import answer, options, words
from tests.conftest import NOW

pytest_plugins = ("tests.databases",)
DORA = Person("9", "Dora", admin=True)
FRIDAY = datetime(2026, 11, 27, 19, tzinfo=UTC)
"""Eight in the evening in Berlin."""
SECOND = timedelta(seconds=1)
EVERY_FRIDAY = "/quiz schedule general 20:00 Berlin fri questions:5 seconds:20"
DAILY = "/quiz schedule general 9:00 London what:question answer:18:00"


@pytest.fixture
async def hall(corpus: Corpus, sqlite_url: str) -> AsyncIterator[Hall]:
    async with QuickHall(corpus, sqlite_url) as opened:
        yield opened


async def only(hall: Hall) -> QuizSchedule:
    [one] = await quiz_schedules.of_server(hall.store.reader, "test", "guild")
    return one


def titles(hall: Hall) -> list[str]:
    return [reply.title for reply in hall.channels.shown()]


async def test_every_friday_at_eight_a_quiz_is_announced_and_begins_a_minute_later(hall: Hall) -> None:
    reply = await hall.say(EVERY_FRIDAY, DORA)
    assert reply.private
    assert "#general: a quiz of 5 questions, 20:00 Europe/Berlin, Fri" in words(reply)
    assert [part.at for part in reply.parts if isinstance(part, Moment)] == [FRIDAY]
    for week in range(3):
        at = FRIDAY + timedelta(weeks=week)
        hall.now = at - timedelta(seconds=1)
        await hall.step()
        said = len(titles(hall))
        hall.now = at
        await hall.step()
        await hall.step()
        assert titles(hall)[said:] == ["A quiz of 5 questions"]
        assert (await hall.until("asking", 5)).starter_name == "Dora"
        assert timedelta(seconds=55) < hall.now - at < timedelta(seconds=75)
        assert (await only(hall)).due_at == at + timedelta(weeks=1)
        await hall.say("/quiz stop", DORA)
        await hall.play_out()


async def test_a_question_a_day_gets_its_answer_in_the_evening_beside_other_quizzes(hall: Hall) -> None:
    await hall.say(DAILY, DORA)
    hall.now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    for _ in range(3):
        await hall.step(1)
    [question] = hall.channels.shown()
    assert question.title == "Question of the day"
    assert [part.at.hour for part in question.parts if isinstance(part, Moment)] == [18]
    assert [one.action for one in question.buttons] == [one.action for one in options(question)]
    round_ = await rounds.get(hall.store.reader, (await only(hall)).round_id(date(2026, 11, 23)))
    assert round_
    asked = await hall.asked(round_)
    await answer(hall, ADA, asked, rightly=False)
    await answer(hall, ADA, asked, rightly=True)
    await answer(hall, BORIS, asked, rightly=False)
    await hall.step(30)
    assert "2 people have answered" in words(hall.channels.last)
    assert not (await hall.say("/quiz start questions:5")).error
    await hall.say("/quiz stop")
    await hall.play_out()
    hall.now = datetime(2026, 11, 23, 17, 59, tzinfo=UTC)
    await hall.step()
    assert titles(hall)[0] == "Question of the day"
    for _ in range(9):
        await hall.step(10)
    assert titles(hall)[0] == "Question of the day: answered"
    assert titles(hall)[-1] == "The answer to the question of the day"
    assert "Right: Ada (1 of 2)." in words(hall.channels.last)
    assert hall.channels.private == {}, "what has expired is not even tried"
    assert list(hall.channels.last.quotes())
    hall.now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    for _ in range(3):
        await hall.step(1)
    assert titles(hall)[-1] == "Question of the day"
    # Two questions may begin alike: "Is this what the article says, word for word?"
    first, second = (
        [one for one in shown.parts if not isinstance(one, Moment)] for shown in (question, hall.channels.last)
    )
    assert first != second


async def test_what_is_changed_on_its_day_comes_again_the_next_time(hall: Hall) -> None:
    await hall.say(DAILY, DORA)
    hall.now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    for _ in range(3):
        await hall.step(1)
    changed = await hall.say(DAILY.replace("9:00", "12:00"), DORA)
    assert [part.at for part in changed.parts if isinstance(part, Moment)] == [datetime(2026, 11, 24, 12, tzinfo=UTC)]
    hall.now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    await hall.step()
    assert ((await only(hall)).outcome, titles(hall)) == ("", ["Question of the day"])


@pytest.mark.parametrize("soon", [1, 10, 29, 31])
async def test_a_question_whose_answer_comes_soon_is_asked(hall: Hall, soon: int) -> None:
    await hall.say(DAILY.replace("18:00", f"9:{soon:02}"), DORA)
    hall.now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    for _ in range(3):
        await hall.step(1)
    [question] = hall.channels.shown()
    assert [part.at.minute for part in question.parts if isinstance(part, Moment)] == [soon]


async def test_a_question_that_the_clocks_leave_no_time_for_is_left_out(hall: Hall) -> None:
    """In Berlin, two o'clock and half past two are both three o'clock on 28 March 2027."""
    await hall.say("/quiz schedule general 2:00 Berlin sun what:question answer:2:30", DORA)
    hall.now = datetime(2027, 3, 28, 1, tzinfo=UTC)
    async with hall.store.transaction() as tx:
        await quiz_schedules.advance(tx, (await only(hall)).id, hall.now, date(2027, 3, 28), "")
    await hall.step(1)
    await hall.step(1)
    assert titles(hall) == []
    assert (await only(hall)).due_at == datetime(2027, 4, 4, tzinfo=UTC)


async def test_two_processes_and_lost_answers_make_one_quiz(corpus: Corpus, database_url: str) -> None:
    hall, other = Hall(corpus, database_url), Hall(corpus, database_url)
    other.channels = hall.channels
    async with hall, other:
        await hall.say(EVERY_FRIDAY, DORA)
        hall.channels.fate.extend([unreachable(said=True), None, unreachable(), None, None, unreachable(said=True)])
        hall.now = FRIDAY
        for _ in range(200):
            other.now = hall.now
            await asyncio.gather(hall.step(1), other.step(0))
        assert titles(hall).count("A quiz of 5 questions") == 1
        assert len(titles(hall)) == len(set(titles(hall)))
        assert (await only(hall)).due_at == FRIDAY + timedelta(weeks=1)


@pytest.mark.parametrize(("late", "begins"), [(30, True), (31, False), (60 * 24 * 20, False)])
async def test_what_is_too_late_is_left_out_and_said(hall: Hall, late: int, begins: bool) -> None:
    await hall.say(EVERY_FRIDAY, DORA)
    hall.now = FRIDAY + timedelta(minutes=late)
    await hall.step()
    await hall.step()
    assert bool(titles(hall)) is begins
    after = await only(hall)
    assert hall.now < after.due_at <= hall.now + timedelta(weeks=1)
    assert ("I couldn't start it in time" in await about_the_last(hall)) is not begins


async def about_the_last(hall: Hall) -> str:
    """What is said of the only schedule, and of its last quiz."""
    menu = (await hall.say("/quiz schedules", DORA)).parts[-1]
    return words(await hall.app.act("quiz.scheduled", menu.choices[0].value, hall.context(DORA)))  # type: ignore[union-attr]  # a menu


@pytest.mark.parametrize("late", [0, 31])
async def test_what_is_changed_while_it_begins_comes_at_its_new_time_alone(hall: Hall, late: int) -> None:
    await hall.say(EVERY_FRIDAY, DORA)
    hall.now = FRIDAY + timedelta(minutes=late)
    job = ScheduleJob(Services(hall.store, hall.corpus, hall.channels, lambda: hall.now))
    [work] = await job.claim(9, Claimant("one", hall.now, hall.now + timedelta(minutes=1)))
    await hall.say(EVERY_FRIDAY.replace("20:00", "21:00"), DORA)
    changed = await only(hall)
    await work.run()
    assert await only(hall) == changed
    assert await hall.round() is None


@asynccontextmanager
async def restored(hall: Hall) -> AsyncIterator[None]:
    """What is done within is done after a backup, which is then restored."""
    file = Path(hall.url.removeprefix("sqlite:///"))
    backup = file.with_name("backup.db")
    hall.channels.swallows = timedelta()
    await hall.store.close()
    back_up(file, backup)
    await hall.restart()
    yield
    await hall.store.close()
    restore(backup, file)
    await hall.restart()


@pytest.mark.parametrize("line", [EVERY_FRIDAY, DAILY])
async def test_what_came_after_a_backup_does_not_come_again_once_that_is_restored(hall: Hall, line: str) -> None:
    await hall.say(line, DORA)
    due_at = (await only(hall)).due_at
    hall.now = due_at - timedelta(hours=1)
    async with restored(hall):
        hall.now = due_at
        for _ in range(3):
            await hall.step(1)
        assert len(titles(hall)) == 1
    assert (await only(hall)).due_at == due_at
    # Where nobody can say whether it is there, it is asked again a little later.
    hall.channels.fate.append((TryLater("busy"), False))
    for _ in range(60):
        await hall.step(10)
    assert len(titles(hall)) == 1
    following = await only(hall)
    assert (following.due_at > hall.now, following.outcome) == (True, "")
    hall.now = following.due_at
    for _ in range(3):
        await hall.step(1)
    assert len(titles(hall)) == 2


@pytest.mark.parametrize("is_due", [False, True])
async def test_a_quiz_is_not_lost_for_a_look_that_cannot_be_made_unless_it_was_due_meanwhile(
    hall: Hall, is_due: bool
) -> None:
    await hall.say(EVERY_FRIDAY, DORA)
    hall.now = FRIDAY + (SECOND if is_due else -SECOND)
    async with restored(hall):
        pass
    hall.channels.fate.extend([(TryLater("busy"), False)] * (9 if is_due else 5))
    await hall.step()
    for _ in range(7):
        await hall.step(15)
    assert bool(titles(hall)) is not is_due


async def test_an_answer_that_came_after_a_backup_does_not_come_again(hall: Hall) -> None:
    await hall.say(DAILY, DORA)
    hall.now = (await only(hall)).due_at
    for _ in range(3):
        await hall.step(1)
    async with restored(hall):
        hall.now += timedelta(hours=9)
        for _ in range(60):
            await hall.step(10)
        answered = titles(hall)
        assert answered == ["Question of the day: answered", "The answer to the question of the day"]
    for _ in range(60):
        await hall.step(10)
    assert titles(hall) == answered


async def test_where_a_quiz_is_running_the_scheduled_one_is_left_out(hall: Hall) -> None:
    await hall.say(EVERY_FRIDAY, DORA)
    hall.now = FRIDAY - timedelta(seconds=30)
    await hall.say("/quiz start seconds:120")
    await hall.step(31)
    assert (await only(hall)).outcome == "busy"
    assert "A quiz of 5 questions" not in titles(hall)


@pytest.mark.parametrize(
    ("answer", "late", "asks"),
    [("18:00", 509, True), ("18:00", 510, False), ("9:10", 4, True), ("9:10", 5, False)],
)
async def test_a_question_is_asked_late_unless_its_answer_is_near(
    hall: Hall, answer: str, late: int, asks: bool
) -> None:
    await hall.say(DAILY.replace("18:00", answer), DORA)
    hall.now = datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(minutes=late)
    await hall.step()
    await hall.step()
    assert titles(hall) == ["Question of the day"] * asks
    assert (await only(hall)).due_date == date(2026, 11, 24)


@pytest.mark.parametrize(("late", "is_made"), [(TIMES.round_grace, True), (TIMES.round_grace + SECOND, False)])
async def test_an_announcement_whose_hour_has_passed_is_not_made(hall: Hall, late: timedelta, is_made: bool) -> None:
    await hall.say(EVERY_FRIDAY, DORA)
    hall.now = FRIDAY
    hall.channels.fate.append(unreachable())
    await hall.step()
    await hall.step()
    round_ = await rounds.get(hall.store.reader, (await only(hall)).round_id(FRIDAY.date()))
    assert round_
    hall.now = round_.due_at + late
    await hall.step()
    assert ("A quiz of 5 questions" in titles(hall)) is is_made
    await hall.play_out()


async def test_an_outage_in_the_evening_costs_nobody_the_answer(hall: Hall) -> None:
    await hall.say(DAILY, DORA)
    hall.now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    for _ in range(3):
        await hall.step(1)
    hall.now = datetime(2026, 11, 23, 18, tzinfo=UTC)
    hall.channels.fate.extend([unreachable()] * 60)
    for _ in range(90):
        await hall.step(60)
    assert titles(hall) == ["Question of the day: answered", "The answer to the question of the day"]


async def test_a_zone_that_this_machine_does_not_know_pauses_it(hall: Hall) -> None:
    await hall.say(EVERY_FRIDAY, DORA)
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE quiz_schedules SET zone = 'Europe/Atlantis'")
    hall.now = FRIDAY
    await hall.step()
    await hall.step(30)
    assert titles(hall) == []
    assert (await only(hall)).reason == "unreadable"
    [(person, notice)] = hall.channels.told
    assert (person, hall.channels.notice_servers) == ("9", ["guild"])
    assert "Set it again in the server with /quiz schedule" in words(notice)
    resumed = await hall.press(Button("", "quiz.scheduled", f"resume.{(await only(hall)).id}"), DORA)
    assert resumed.error == "I can't read its time or time zone any more. Please set it again."
    assert not (await hall.say(EVERY_FRIDAY, DORA)).error
    assert (await only(hall)).state == "active"


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-06-01"])
def test_the_answer_comes_on_the_same_local_day_whatever_the_clocks_do(day: str) -> None:
    local = date.fromisoformat(day)
    asked = next_due(
        Timetable.of("02:30", "Europe/Berlin", "1234567"), NOW - timedelta(days=365), local - timedelta(days=1)
    )
    one = QuizSchedule(
        "q", "test", "guild", "hall", "question", "", 1, 25, "everyone", "02:30", "03:10", "Europe/Berlin", "1234567",
        "9", "Dora", asked.at, asked.local_date,
    )  # fmt: skip
    answer = answer_at(one, local).astimezone(ZoneInfo("Europe/Berlin"))
    assert (answer.date(), f"{answer:%H:%M}") == (local, "03:10")
    assert answer > asked.at


async def test_it_is_listed_paused_resumed_and_deleted(hall: Hall) -> None:
    nothing = await hall.say("/quiz schedules", DORA)
    assert (nothing.title, nothing.private) == ("No scheduled quizzes yet", True)
    shown = await hall.say(f"{EVERY_FRIDAY} topic:coalition mode:race", DORA)
    assert ((await only(hall)).mode, (await only(hall)).topic) == ("race", "coalition")
    await hall.say(f"{DAILY} mode:race", DORA)
    listed = await hall.say("/quiz schedules", DORA)
    assert [*listed.parts[0].items] == [  # type: ignore[union-attr]  # a list
        "#general: a question of the day, 09:00 Europe/London, every day, the answer at 18:00",
        "#general: a quiz of 5 questions on Coalition, 20:00 Europe/Berlin, Fri",
    ]
    known = await quiz_schedules.of_server(hall.store.reader, "test", "guild")
    assert {one.kind: (one.mode, one.questions) for one in known} == {"quiz": ("race", 5), "question": ("everyone", 1)}
    paused = await hall.press(button(shown, "Pause"), DORA)
    assert "(paused)" in words(paused)
    hall.now = FRIDAY
    await hall.step()
    assert "A quiz of 5 questions" not in titles(hall)
    resumed = await hall.press(button(paused, "Resume"), DORA)
    assert [part.at for part in resumed.parts if isinstance(part, Moment)] == [FRIDAY + timedelta(weeks=1)]
    sure = await hall.press(button(resumed, "Delete"), DORA)
    styles = [(one.label, one.style) for reply in (resumed, sure) for one in reply.buttons]
    assert styles == [("Pause", "plain"), ("Delete", "plain"), ("Delete it", "danger"), ("Keep it", "plain")]
    deleted = await hall.press(button(sure, "Delete it"), DORA)
    assert (deleted.title, deleted.private) == ("Deleted", True)
    assert (await only(hall)).kind == "question"
    assert "was deleted" in (await hall.press(button(shown, "Pause"), DORA)).error


async def test_setting_it_again_changes_it_and_a_server_has_a_limit(hall: Hall) -> None:
    for number in range(MOST):
        assert not (await hall.say(f"/quiz schedule room-{number} 20:00 Berlin", DORA)).error
    assert "10 scheduled quizzes already" in (await hall.say("/quiz schedule more 20:00 Berlin", DORA)).error
    assert not (await hall.say("/quiz schedule room-3 21:00 Berlin", DORA)).error
    known = await quiz_schedules.of_server(hall.store.reader, "test", "guild")
    assert [one.local_time for one in known if one.channel == "room-3"] == ["21:00"]


async def test_only_those_who_manage_the_server_and_only_their_own(hall: Hall) -> None:
    shown = await hall.say(EVERY_FRIDAY, DORA)
    assert "Only people who manage" in (await hall.say(EVERY_FRIDAY, BORIS)).error
    assert "Only people who manage" in (await hall.press(button(shown, "Pause"), BORIS)).error
    for value in ("", "pause", "pause.", f"drop.{(await only(hall)).id}", "pause.ffff", "pause.'--"):
        assert (await hall.press(Button("", "quiz.scheduled", value), DORA)).error
    assert "a time later than" in (await hall.say("/quiz schedule general 19:00 Berlin what:question", DORA)).error


async def test_a_channel_that_is_closed_pauses_it_and_its_setter_hears_once(hall: Hall) -> None:
    await hall.say(DAILY, DORA)
    for day in range(1, 4):
        hall.channels.fate.extend([(Forbidden("I may not post there"), False)] * 2)
        hall.now = datetime(2026, 11, 22 + day, 9, tzinfo=UTC)
        for _ in range(3):
            await hall.step(1)
    [(person, told)] = hall.channels.told
    assert (person, hall.channels.notice_servers) == ("9", ["guild"])
    assert "Its schedule is paused" in words(told)
    assert (await only(hall)).reason == "forbidden"


async def test_a_server_that_removes_the_bot_and_comes_back_goes_on(hall: Hall) -> None:
    await hall.say(EVERY_FRIDAY, DORA)
    async with hall.store.transaction() as tx:
        await departures.leave(tx, "test", "guild", hall.now)
    hall.now = FRIDAY
    await hall.step()
    assert titles(hall) == []
    hall.now = FRIDAY + timedelta(days=3)
    async with hall.store.transaction() as tx:
        await departures.come_back(tx, "test", "guild", hall.now)
    for _ in range(3):
        await hall.step(1)
    assert titles(hall) == []
    assert (await only(hall)).due_at == FRIDAY + timedelta(weeks=1)
    assert "The last one didn't happen: I wasn't in this server when it was due." in await about_the_last(hall)
    hall.now = FRIDAY + timedelta(weeks=1, hours=1)
    await hall.step()
    assert "The last one didn't happen: I couldn't start it in time." in await about_the_last(hall)


async def test_a_server_that_has_the_bot_back_before_anything_is_due_hears_nothing_of_it(hall: Hall) -> None:
    await hall.say(EVERY_FRIDAY, DORA)
    async with hall.store.transaction() as tx:
        await departures.leave(tx, "test", "guild", hall.now)
        await departures.come_back(tx, "test", "guild", hall.now)
    hall.now = FRIDAY + timedelta(hours=1)
    await hall.step()
    assert "I couldn't start it in time" in await about_the_last(hall)


@pytest.mark.parametrize("line", [EVERY_FRIDAY, DAILY])
async def test_a_topic_without_questions_is_left_out_and_said(hall: Hall, line: str) -> None:
    await hall.say(line, DORA)
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE quiz_schedules SET topic = 'removed'")
    hall.now = (await only(hall)).due_at
    await hall.step()
    await hall.step(1)
    after = await only(hall)
    assert (titles(hall), after.outcome, after.due_at > hall.now) == ([], "few", True)
    assert await rounds.get(hall.store.reader, after.round_id(hall.now.date())) is None
