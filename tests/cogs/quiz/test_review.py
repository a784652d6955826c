"""A review as a session: progress, a topic, four ratings with their intervals, undo, a summary; and reminders."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.context import Person
from bot.core.platform import Forbidden, TryLater
from bot.core.reply import Moment, Reply, Table
from bot.storage import cards, learning, made_questions, reminders
from bot.storage.round import NEVER
from cogs.quiz.cards import NEW_A_DAY, update_cards
from cogs.quiz.review import interval_in_words
from corpus.corpus import Corpus
from tests.cogs.quiz.hall import ADA, BORIS, CLARA, Hall, QuickHall
from tests.cogs.quiz.test_alone import before, button, everything, played, solve
from tests.cogs.quiz.test_round import answer, words

pytest_plugins = ("tests.databases",)
ME = "test:1"


@pytest.fixture
async def hall(corpus: Corpus, sqlite_url: str) -> AsyncIterator[Hall]:
    async with QuickHall(corpus, sqlite_url) as opened:
        yield opened


async def rate(hall: Hall, label: str, *, person: Person = ADA) -> Reply:
    """Answer the question that is open rightly, rate that, and get the next."""
    solved = await solve(hall, await current(hall, person), person, rightly=True)
    return await hall.press(button(solved, label), person)


async def current(hall: Hall, person: Person = ADA) -> Reply:
    """The question before somebody, with its buttons."""
    return await hall.app.act("quiz.next", "", hall.context(person))


async def test_it_says_how_far_one_is_and_ends_with_a_summary(hall: Hall) -> None:
    reply = await hall.say("/quiz review")
    titles = []
    for number in range(NEW_A_DAY):
        titles.append(reply.title)
        reply = await rate(hall, "Easy" if number else "Hard")
        hall.now += timedelta(seconds=1)
    assert titles == [f"Review: {number} of 10" for number in range(1, 11)]
    kept = await everything(hall.url, "attempts")
    assert {(one["platform"], one["server"], one["channel"]) for one in kept} == {("test", "guild", "general")}
    assert reply.title == "Review done"
    assert "10 answers, 10 right. Hard 1, Easy 9." in words(reply)
    assert "You have met your 10 new questions for today." in words(reply)
    # What was hard comes back today: today is not over.
    assert "Nothing is due yet: the next question comes in 5 minutes." in words(reply)
    assert "That is all" not in words(reply)
    assert "the next question comes in 1 minute." in words(await later(hall, timedelta(minutes=5, seconds=10)))
    assert "1 of 1" in (await later(hall, timedelta(minutes=1))).title
    assert "That is all for today: nothing is due." in words(await rate(hall, "Easy"))
    assert "1 of" in (await later(hall, timedelta(days=1))).title


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("3", ""),
        ("10", ""),
        ("500", ""),
        ("ten", ""),
        ("10 questions", ""),
        ("3 questions, 5 seconds", ""),
        ("200 seconds", ""),
        ("race", ""),
        ("5 on coalition", " on Coalition"),
        ("coalition, 3", " on Coalition"),
        ("coalition 10 questions", " on Coalition"),
        ("on coalition 20 seconds race", " on Coalition"),
    ],
)
async def test_options_of_a_quiz_are_no_topic_of_a_review(hall: Hall, typed: str, on: str) -> None:
    reply = await hall.say(f"/quiz review {typed}")
    assert re.fullmatch(f"Review{on}: 1 of [0-9]+", reply.title)
    assert "A number of questions, seconds and a mode are for /quiz start." in words(reply)
    assert "/quiz start" not in words(await hall.say("/quiz review coalition"))


async def test_a_topic_without_questions_is_named(hall: Hall) -> None:
    topics = hall.corpus.notes.topics
    asked_of = {topic for one in hall.corpus.notes.questions for topic in one.topics}
    bare = [one for one in topics if one.id not in asked_of]
    assert bare
    for topic in bare:
        assert (await hall.say(f"/quiz review {topic.name}")).title == f"Review on {topic.name}"


async def test_beside_options_of_a_quiz_an_unknown_topic_is_unknown(hall: Hall) -> None:
    assert "know that topic" in (await hall.say("/quiz review 5 on no such topic")).error


async def later(hall: Hall, span: timedelta) -> Reply:
    hall.now += span
    return await hall.say("/quiz review")


async def test_a_topic_is_kept_to_and_named(hall: Hall) -> None:
    reply = await hall.say("/quiz review coalition")
    assert re.fullmatch("Review on Coalition: 1 of [0-9]+", reply.title)
    for _ in range(5):
        if reply.title == "Review done":
            break
        assert "coalition" in (await before(hall, ADA)).topics
        reply = await rate(hall, "Easy")
    assert "know that topic" in (await hall.say("/quiz review no such topic")).error


async def test_what_was_made_for_a_round_is_reviewed_by_its_topic_too(hall: Hall) -> None:
    for topic in ("", "coalition"):
        await played(hall, 5, topic)
    missed = {one.question: one.topics for one in await learning.attempts(hall.store.reader, "test:2")}
    made = {name for name in missed if await made_questions.made_question(hall.store.reader, name)}
    wanted = {name for name in made if "coalition" in missed[name].split()}
    assert set() < wanted < made
    reply = await hall.say("/quiz review coalition", BORIS)
    seen: set[str] = set()
    for _ in range(9):
        if wanted <= seen:
            break
        assert reply.title.startswith("Review on Coalition:"), "left out"
        asked = await before(hall, BORIS)
        assert "coalition" in asked.topics
        seen.add(asked.id)
        reply = await rate(hall, "Easy", person=BORIS)
    assert wanted <= seen


async def test_four_ratings_say_when_the_question_comes_again_and_keep_their_word(hall: Hall) -> None:
    await hall.say("/quiz review")
    for label, shown in (("Again", "1 min"), ("Hard", "6 min"), ("Good", "10 min"), ("Easy", "8 days")):
        solved = await solve(hall, await current(hall), ADA, rightly=True)
        assert [one.label.partition(" (")[0] for one in solved.buttons[:4]] == ["Again", "Hard", "Good", "Easy"]
        assert [one.style for one in solved.buttons[:4]] == ["plain", "plain", "primary", "plain"]
        assert button(solved, label).label == f"{label} ({shown})"
        question = button(solved, label).value.partition("~")[0]
        await hall.press(button(solved, label))
        await update_cards(hall.store, ME)
        card = await cards.get(hall.store.reader, ME, question)
        assert card
        seconds = (card.due_at - hall.now).total_seconds()
        number, unit = shown.split()
        assert seconds == pytest.approx(
            int(number) * {"min": 60, "days": 86400}[unit], abs=30 if unit == "min" else 43200
        )
        hall.now += timedelta(seconds=1)


async def test_a_wrong_answer_comes_back_and_is_not_rated(hall: Hall) -> None:
    solved = await solve(hall, await hall.say("/quiz review"), ADA, rightly=False)
    assert solved.title == "Not quite"
    assert [one.action for one in solved.buttons] == ["quiz.next", "quiz.report"]
    forged = button(await solve(hall, await current(hall), ADA, rightly=True), "Easy")
    [wrong, _] = await learning.attempts(hall.store.reader, ME)
    value = re.sub("^[^~]*", wrong.question, forged.value)
    await hall.app.act("quiz.rate", value, hall.context(ADA))
    assert [one.rating for one in await learning.attempts(hall.store.reader, ME)] == [1, 3]


async def test_a_rating_is_undone(hall: Hall) -> None:
    await hall.say("/quiz review")
    reply = await rate(hall, "Easy")
    undone = await hall.press(button(reply, "Undo"))
    assert undone.title == "Rate it again"
    assert list(undone.quotes())
    assert [one.label.partition(" (")[0] for one in undone.buttons] == ["Again", "Hard", "Good", "Easy"]
    after = await hall.press(button(undone, "Again"))
    assert [one.rating for one in await learning.attempts(hall.store.reader, ME)] == [1]
    assert after.title == "Review: 2 of 10"
    assert not [one for one in (await hall.say("/quiz review")).buttons if one.action == "quiz.undo"]
    hall.now += timedelta(minutes=2)
    await rate(hall, "Good")
    assert [one.rating for one in await learning.attempts(hall.store.reader, ME)] == [1, 3]
    earlier = await hall.press(button(reply, "Undo"))
    await hall.press(button(earlier, "Hard"))
    assert [one.rating for one in await learning.attempts(hall.store.reader, ME)] == [2, 3]


async def test_only_a_right_answer_of_a_review_has_a_rating_to_undo(hall: Hall) -> None:
    await hall.say("/quiz start questions:5 seconds:10")
    asked = await hall.asked(await hall.until("asking"))
    await answer(hall, ADA, asked, rightly=True)
    await answer(hall, BORIS, asked, rightly=False)
    await hall.until("waiting")
    await solve(hall, await hall.say("/quiz review", CLARA), CLARA, rightly=False)
    for person in (ADA, BORIS, CLARA):
        [attempt] = await learning.attempts(hall.store.reader, f"test:{person.id}")
        value = f"{attempt.question}~{(hall.now - NEVER) // timedelta(microseconds=1)}"
        assert "no rating to undo" in (await hall.app.act("quiz.undo", value, hall.context(person))).error


async def test_what_was_missed_in_the_round_that_is_named_comes_first(hall: Hall) -> None:
    rounds = []
    for _ in range(2):
        await hall.say("/quiz start questions:5 seconds:10")
        asked = await hall.asked(await hall.until("asking"))
        for person in (ADA, BORIS):
            await answer(hall, person, asked, rightly=False)
        await hall.until("waiting")
        await hall.say("/quiz stop")
        await hall.play_out()
        rounds.append((asked.id, button(hall.channels.last, "Review what I missed")))
    for question, pressed in rounds:
        await hall.press(pressed)
        assert (await before(hall, ADA)).id == question


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(), "1 min"), (timedelta(seconds=89), "1 min"), (timedelta(seconds=91), "2 min"),
        (timedelta(minutes=59), "59 min"), (timedelta(minutes=60), "1 h"), (timedelta(minutes=91), "2 h"),
        (timedelta(hours=20, seconds=-1), "20 h"), (timedelta(hours=20), "1 day"), (timedelta(hours=37), "2 days"),
        (timedelta(days=59), "59 days"), (timedelta(days=60), "2 months"), (timedelta(days=100), "3 months"),
        (timedelta(days=729), "24 months"), (timedelta(days=730), "2 years"), (timedelta(days=1000), "3 years"),
    ],
)  # fmt: skip
def test_a_time_until_a_review_is_said_in_few_words(span: timedelta, said: str) -> None:
    assert interval_in_words(span) == said


@pytest.mark.parametrize("rating", ["", "~3"])
@pytest.mark.parametrize(
    "value", ["", "x", "x~1", "~", *(f"drifting-where~{moment}" for moment in ("1", "9" * 17, "9" * 18, "9" * 20))]
)
async def test_forged_ratings_and_undos_change_nothing(hall: Hall, value: str, rating: str) -> None:
    await hall.say("/quiz review")
    await rate(hall, "Good")
    for name in ("quiz.undo", "quiz.rate"):
        assert not (await hall.app.act(name, value + rating, hall.context(ADA))).incident
    assert [one.rating for one in await learning.attempts(hall.store.reader, ME)] == [3]


async def test_the_form_of_a_typed_answer_shows_the_question(hall: Hall) -> None:
    reply = await hall.say("/quiz review")
    for _ in range(NEW_A_DAY):
        asked = await before(hall, ADA)
        if not asked.options:
            break
        reply = await rate(hall, "Easy")
    assert asked.ask in await hall.app.question("quiz.recall", reply.buttons[0].value, hall.context(ADA))
    assert await hall.app.question("quiz.recall", reply.buttons[0].value, hall.context(BORIS)) == ""
    assert await hall.app.question("quiz.recall", "another", hall.context(ADA)) == ""


async def test_a_standing_tells_the_share_the_days_in_a_row_and_what_comes_next(hall: Hall) -> None:
    await hall.say("/quiz review")
    await rate(hall, "Easy")
    told = await hall.say("/quiz me")
    assert "1 of 1 right (100 %). One day in a row. Nothing is due now." in words(told)
    [following] = [part for part in told.parts if isinstance(part, Moment)]
    assert hall.now + timedelta(days=5) < following.at < hall.now + timedelta(days=9)
    hall.now += timedelta(days=1)
    await hall.say("/quiz review")
    for _ in range(2):
        await solve(hall, await current(hall), ADA, rightly=False)
    told = await hall.say("/quiz me")
    assert "1 of 3 right (33 %). 2 days in a row." in words(told)
    hall.now += timedelta(minutes=2)
    told = await hall.say("/quiz me")
    assert "2 of the 3 questions you have met are due." in words(told)
    assert not [part for part in told.parts if isinstance(part, Moment)]
    kinds, topics = (part for part in told.parts if isinstance(part, Table))
    assert sum(int(row[1]) for row in kinds.rows) == 1
    assert sum(int(row[2]) for row in kinds.rows) == 3
    assert all(row[3] == f"{100 * int(row[1]) / int(row[2]):.0f} %" for row in (*kinds.rows, *topics.rows))
    counts = [int(row[2]) for row in topics.rows]
    assert counts == sorted(counts, reverse=True)
    hall.now += timedelta(days=2)
    assert "No day in a row yet." in words(await hall.say("/quiz me"))


# Reminders


async def test_who_wants_it_is_told_once_a_day_that_reviews_are_due(hall: Hall) -> None:
    reply = await hall.say("/quiz remind 7:30 am")
    assert reply.private
    assert "At 07:30 (UTC)" in words(reply)
    assert "one direct message a day" in words(reply)
    await hall.say("/quiz review")
    await rate(hall, "Good")
    hall.now = datetime(2026, 11, 23, 7, 29, tzinfo=UTC)
    await hall.step()
    assert hall.channels.told == []
    for _ in range(5):
        await hall.step(60)
    [(person, told)] = hall.channels.told
    assert person == "1"
    assert told.private
    assert "1 question is due for review." in words(told)
    assert (await hall.press(button(told, "Review"))).title.startswith("Review: 1 of")
    off = await hall.press(button(told, "Stop reminders"))
    assert (off.title, off.private) == ("Reminders are off", True)
    hall.now += timedelta(days=1)
    await hall.step()
    assert len(hall.channels.told) == 1


@pytest.mark.parametrize("typed", ["off", "Off.", "stop", "none", "never", "aus"])
async def test_reminders_are_turned_off_in_a_word(hall: Hall, typed: str) -> None:
    for _ in range(2):
        await hall.say("/quiz remind 7:30")
        assert await reminders.next_due_at(hall.store.reader, "test")
        assert (await hall.say(f"/quiz remind {typed}")).title == "Reminders are off"
        assert await reminders.next_due_at(hall.store.reader, "test") is None
    assert (await hall.say(f"/quiz remind {typed}")).title == "Reminders are off"
    assert "Write the time as" in (await hall.say("/quiz remind offal")).error


async def test_where_nothing_is_due_nobody_is_disturbed(hall: Hall) -> None:
    await hall.say("/quiz remind")
    hall.now = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
    await hall.step()
    assert hall.channels.told == []
    assert await reminders.next_due_at(hall.store.reader, "test") == datetime(2026, 11, 23, 18, tzinfo=UTC)


async def test_it_comes_by_the_persons_own_clock_whenever_they_say_it(hall: Hall) -> None:
    await hall.say("/quiz timezone Tokyo")
    await hall.say("/quiz remind 20:00")
    assert await reminders.next_due_at(hall.store.reader, "test") == datetime(2026, 11, 22, 11, tzinfo=UTC)
    await hall.say("/quiz timezone London")
    assert await reminders.next_due_at(hall.store.reader, "test") == datetime(2026, 11, 22, 20, tzinfo=UTC)
    assert "At 20:00 (Europe/London)" in words(await hall.say("/quiz remind"))


async def test_after_a_long_absence_it_is_left_out(hall: Hall) -> None:
    await hall.say("/quiz remind")
    await hall.say("/quiz review")
    await rate(hall, "Good")
    hall.now = datetime(2026, 11, 24, 3, tzinfo=UTC)
    await hall.step()
    assert hall.channels.told == []
    hall.now = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)
    await hall.step()
    assert len(hall.channels.told) == 1


@pytest.mark.parametrize("closed", [True, False])
async def test_closed_direct_messages_end_it_and_are_said_once(hall: Hall, closed: bool) -> None:
    await hall.say("/quiz remind")
    await hall.say("/quiz review")
    await rate(hall, "Good")
    hall.channels.closed = Forbidden("no direct messages") if closed else TryLater("busy", unknown=True)
    hall.now = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
    await hall.step()
    hall.channels.closed = None
    said = words(await hall.say("/quiz review"))
    assert ("you don't take direct messages from me" in said) is closed
    assert "direct messages" not in words(await hall.say("/quiz review"))
    for _ in range(3):
        hall.now += timedelta(hours=8)
        await hall.step()
    assert len(hall.channels.told) == (0 if closed else 1)
    if closed:
        assert "Reminders are on" in (await hall.say("/quiz remind")).title


async def test_a_review_that_is_done_offers_reminders_to_who_has_none(hall: Hall) -> None:
    await hall.say("/quiz review")
    for _ in range(NEW_A_DAY):
        done = await rate(hall, "Easy")
    assert (await hall.press(button(done, "Remind me"))).title == "Reminders are on"
    assert "Remind me" not in [one.label for one in (await hall.say("/quiz review")).buttons]
