"""Reviews, standings, scores, reports, and forgetting."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from msgspec import structs
from msgspec.structs import replace

from bot.core.context import Person, Place
from bot.core.reply import Button, Heading, Items, Menu, Moment, Picture, Reply, Table
from bot.storage import learning
from bot.storage.round import Standing
from cogs.quiz.cards import NEW_A_DAY
from cogs.quiz.questions import question_from_json
from cogs.quiz.scores import beginning, best, surely
from corpus.corpus import Corpus
from corpus.questions.question import QuizQuestion
from tests.cogs.quiz.hall import ADA, BORIS, CLARA, Hall, hall_over
from tests.cogs.quiz.test_round import answer, words
from tests.conftest import NOW

pytest_plugins = ("tests.databases",)

REPORT = Button("Report question", "quiz.report", "drifting-where", ask="What's wrong with it?")
ADMIN = Person("9", "Dora", admin=True)


@pytest.fixture
async def hall(corpus: Corpus, database_url: str) -> AsyncIterator[Hall]:
    async with hall_over(corpus, database_url) as opened:
        yield opened


def button(reply: Reply, label: str) -> Button:
    return next(one for one in reply.buttons if one.label.partition(" (")[0] == label)


async def before(hall: Hall, person: Person) -> QuizQuestion:
    review = await learning.review(hall.store.reader, f"test:{person.id}")
    assert review
    return question_from_json(review.asked)


async def solve(hall: Hall, reply: Reply, person: Person, *, rightly: bool) -> Reply:
    asked = await before(hall, person)
    if not asked.options:
        return await hall.press(reply.buttons[0], person, asked.answer if rightly else "something else")
    return await hall.press(next(b for b in reply.buttons if (b.label == asked.answer) == rightly), person)


async def played(hall: Hall, questions: int = 5, topic: str = "") -> None:
    """A round in which Ada is always right, and Boris never."""
    await hall.say(f"/quiz start {topic} questions:{questions} seconds:10")
    for _ in range(questions):
        asked = await hall.asked(await hall.until("asking"))
        await answer(hall, ADA, asked, rightly=True)
        await answer(hall, BORIS, asked, rightly=False)
        await hall.until("waiting")
    await hall.play_out()


async def test_a_review_serves_what_was_missed_and_then_new_ones(hall: Hall) -> None:
    await played(hall)
    missed = hall.channels.last.buttons[0]
    reply = await hall.press(missed, BORIS)
    assert reply.private
    seen = set()
    for _ in range(5):
        asked = await before(hall, BORIS)
        seen.add(asked.id)
        solved = await solve(hall, reply, BORIS, rightly=True)
        assert solved.private
        assert solved.title == "Right"
        assert list(solved.quotes())
        reply = await hall.press(button(solved, "Easy"), BORIS)
    attempts = await learning.attempts(hall.store.reader, "test:2")
    assert seen == {one.question for one in attempts if one.round}
    assert [one.rating for one in attempts if not one.round] == [4] * 5
    for _ in range(NEW_A_DAY):
        assert (await before(hall, BORIS)).id not in seen
        solved = await solve(hall, reply, BORIS, rightly=True)
        reply = await hall.press(button(solved, "Easy"), BORIS)
    assert "nothing is due" in words(reply)
    assert any(isinstance(part, Moment) for part in reply.parts)


async def test_what_is_missed_comes_back_and_what_is_known_waits(hall: Hall) -> None:
    reply = await hall.say("/quiz review", CLARA)
    asked = await before(hall, CLARA)
    solved = await solve(hall, reply, CLARA, rightly=False)
    assert solved.title == "Not quite"
    assert [one.label for one in solved.buttons] == ["Next (comes back in 1 min)", "Report question"]
    hall.now += timedelta(minutes=2)
    await hall.press(button(solved, "Next"), CLARA)
    assert (await before(hall, CLARA)).id == asked.id


async def test_a_review_is_answered_once(hall: Hall) -> None:
    reply = await hall.say("/quiz review")
    await solve(hall, reply, ADA, rightly=True)
    again = await hall.press(reply.buttons[0], ADA, "anything")
    assert "already answered that question" in again.error
    assert len(await learning.attempts(hall.store.reader, "test:1")) == 1
    for value in ("", "x", "x.9", ".", "x.²"):
        for name in ("quiz.choose", "quiz.recall", "quiz.rate", "quiz.missed"):
            assert not (await hall.app.act(name, value, hall.context(ADA))).incident


async def test_a_review_survives_a_restart(hall: Hall) -> None:
    reply = await hall.say("/quiz review")
    await hall.restart()
    assert (await solve(hall, reply, ADA, rightly=True)).title == "Right"


async def test_buttons_fit_and_tell_nothing(hall: Hall) -> None:
    reply = await hall.say("/quiz review")
    for _ in range(NEW_A_DAY):
        solved = await solve(hall, reply, ADA, rightly=True)
        for one in (*reply.buttons, *solved.buttons):
            assert len(f"{one.action}:{one.value}") <= 100
        reply = await hall.press(button(solved, "Easy"))


async def test_scores_go_by_the_share_and_not_by_the_number(hall: Hall) -> None:
    assert "No quiz with two or more players yet" in words(await hall.say("/quiz scores"))
    await played(hall)
    reply = await hall.say("/quiz scores week")
    table = next(part for part in reply.parts if isinstance(part, Table))
    assert table.rows == (("1", "Ada", "5", "5", "100 %"), ("2", "Boris", "0", "5", "0 %"))
    drawn = next(part for part in reply.parts if isinstance(part, Picture))
    assert drawn.data.startswith(b"\x89PNG")
    assert drawn.alt.startswith(
        "Leaderboard, this week. All channels, 22 November 2026. 1. Ada: 5 of 5 right; 2. Boris"
    )
    # The server's table would say the same again, as they played nowhere else.
    assert [part.words for part in reply.parts if isinstance(part, Heading)] == ["This channel"]
    hall.now += timedelta(days=40)
    assert "No quiz with two or more players this month yet" in words(await hall.say("/quiz scores month"))
    assert "No quiz with two or more players this week yet" in words(await hall.say("/quiz scores week"))


async def test_who_plays_in_a_private_channel_is_not_named_in_others(hall: Hall) -> None:
    await played(hall)
    hall.place = Place("test", "town-square", "guild")
    assert "No quiz with two or more players yet" in words(await hall.say("/quiz scores"))
    await hall.say("/quiz start questions:5")
    asked = await hall.asked(await hall.until("asking"))
    for person in (ADA, CLARA):
        await answer(hall, person, asked, rightly=False)
    await hall.until("waiting")
    here, everywhere = (part for part in (await hall.say("/quiz scores")).parts if isinstance(part, Table))
    assert here.rows == (("1=", "Ada", "0", "1", "0 %"), ("1=", "Clara", "0", "1", "0 %"))
    assert everywhere.rows == (("1", "Ada", "5", "6", "83 %"), ("2", "Clara", "0", "1", "0 %"))
    hall.place = Place("test", "direct", None, private=True)
    assert "No quiz with two or more players yet" in words(await hall.say("/quiz scores"))


@pytest.mark.parametrize(
    ("right", "answered", "lowest"), [(81, 263, 0.2553), (15, 148, 0.0624), (0, 20, 0.0), (1, 29, 0.0061)]
)
def test_a_share_counts_by_the_lower_end_of_wilsons_interval(right: int, answered: int, lowest: float) -> None:
    """The values are Newcombe's (Statistics in Medicine 17, 1998, 857–872), method 3."""
    assert round(surely(right, answered), 4) == lowest


def test_ties_are_shared_and_practice_alone_does_not_win() -> None:
    rows = best(
        [
            Standing("a", "Ada", 45, 50, 50),
            Standing("b", "Boris", 200, 400, 400),
            Standing("c", "Clara", 1, 1, 1),
            Standing("d", "Dora", 45, 50, 50),
            Standing("e", "Emil", 0, 3, 3),
        ]
    )
    assert [(place, one.name) for place, one in rows] == [
        ("1=", "Ada"),
        ("1=", "Dora"),
        ("3", "Boris"),
        ("4", "Clara"),
        ("5", "Emil"),
    ]


def test_periods_begin_in_universal_time() -> None:
    assert beginning("week", NOW) == datetime(2026, 11, 16, tzinfo=UTC)
    assert beginning("month", NOW) == datetime(2026, 11, 1, tzinfo=UTC)
    assert beginning("all", NOW) < datetime(1971, 1, 1, tzinfo=UTC)


async def test_a_standing_tells_topics_kinds_and_what_is_due(hall: Hall) -> None:
    nothing = await hall.say("/quiz me")
    assert "No answers from you yet" in words(nothing)
    assert nothing.private
    await played(hall)
    hall.now += timedelta(days=30)
    reply = await hall.say("/quiz me", BORIS)
    assert reply.private
    assert "0 of 5 right (0 %). No day in a row yet. 5 of the 5 questions you have met are due." in words(reply)
    kinds, topics = (part for part in reply.parts if isinstance(part, Table))
    assert sum(int(row[2]) for row in kinds.rows) == 5
    assert topics.rows
    assert "time zone is UTC" in words(reply)


async def test_days_end_at_the_persons_own_midnight(hall: Hall) -> None:
    for line, said in (
        ("/quiz timezone", "time zone is UTC"),
        ("/quiz timezone Auckland", "time zone is now Pacific/Auckland"),
        ("/quiz timezone", "time zone is Pacific/Auckland"),
    ):
        reply = await hall.say(line)
        assert said in words(reply)
        assert reply.private
    assert (await hall.say("/quiz timezone nowhere at all")).error


async def test_forgetting_asks_and_then_leaves_nothing(hall: Hall) -> None:
    await played(hall)
    for person in (ADA, BORIS):
        await hall.say("/quiz timezone Berlin", person)
        await hall.say("/quiz review", person)
        await hall.say("/quiz remind", person)
        await hall.press(REPORT, person, "I do not think so")
    await hall.say("/quiz start")
    asked = await hall.asked(await hall.until("asking"))
    await answer(hall, ADA, asked, rightly=True)
    ask = await hall.say("/quiz forget")
    assert ask.private
    assert [one.style for one in ask.buttons] == ["danger"]
    assert len(await learning.attempts(hall.store.reader, "test:1")) == 5
    done = await hall.press(ask.buttons[0])
    assert (done.title, done.private) == ("Done", True)
    assert await holding(hall, "test:1", "Ada") == []
    assert len(await holding(hall, "test:2", "Boris")) >= 4
    await hall.play_out()
    assert "Ada" not in str((await hall.say("/quiz scores")).parts)


async def holding(hall: Hall, person: str, name: str) -> list[str]:
    """The tables that hold anything of a person."""
    kept = (
        "attempts", "cards", "round_answers", "reviews", "learners", "question_reports", "rounds", "round_questions",
        "made_questions", "settings", "review_sessions", "reminders",
    )  # fmt: skip
    found = []
    for table in kept:
        rows = await everything(hall.url, table)
        if any(value in (person, name) for row in rows for value in row.values()):
            found.append(table)
    return found


async def everything(url: str, table: str) -> list[dict[str, object]]:
    """All rows of a table, read past the store."""
    statement = f"SELECT * FROM {table}"  # noqa: S608 - a name of the test's own.
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            file.row_factory = sqlite3.Row
            return [dict(row) for row in file.execute(statement)]
    server = await asyncpg.connect(url)
    try:
        return [dict(row) for row in await server.fetch(statement)]
    finally:
        await server.close()


async def test_a_report_reaches_the_admins_of_the_server_and_no_others(hall: Hall) -> None:
    await played(hall)
    shown = next(iter(hall.channels.shown()))
    pressed = button(shown, "Report question")
    asked = await hall.app.question(pressed.action, pressed.value, hall.context(BORIS))
    assert asked.startswith(shown.parts[0].words)  # type: ignore[union-attr]  # the question is prose
    assert await hall.app.question(pressed.action, "nothing", hall.context(BORIS)) == ""
    thanks = await hall.press(button(shown, "Report question"), BORIS, "It was @everyone else")
    assert thanks.private
    assert "Thank you" in words(thanks)
    assert "Only people who manage" in (await hall.say("/quiz reports", CLARA)).error
    reply = await hall.say("/quiz reports", ADMIN)
    items, menu = reply.parts
    assert isinstance(items, Items)
    assert isinstance(menu, Menu)
    assert "It was @everyone else" in items.items[0]
    elsewhere = replace(hall.place, server="another")
    hall.place, here = elsewhere, hall.place
    assert "No reports" in words(await hall.say("/quiz reports", ADMIN))
    await hall.app.act("quiz.settle", menu.choices[0].value, hall.context(ADMIN))
    hall.place = here
    assert len((await hall.say("/quiz reports", ADMIN)).parts) == 2
    settled = await hall.app.act("quiz.settle", menu.choices[0].value, hall.context(ADMIN))
    assert "No reports" in words(settled)


async def test_where_no_admin_is_nothing_can_be_reported(hall: Hall) -> None:
    hall.place = Place("test", "direct", None, private=True)
    await hall.say("/quiz start questions:5")
    asked = await hall.asked(await hall.until("asking"))
    await answer(hall, ADA, asked, rightly=True)
    await hall.until("waiting")
    solved = await solve(hall, await hall.say("/quiz review"), ADA, rightly=False)
    buttons = [*next(iter(hall.channels.shown())).buttons, *solved.buttons]
    assert "quiz.report" not in [one.action for one in buttons]
    assert "admins of a server" in (await hall.press(REPORT, ADA, "no")).error
    assert await learning.count_reports(hall.store.reader, "test", "") == 0


async def test_reports_have_pages_and_resolving_one_stays_on_its_page(hall: Hall) -> None:
    for n in range(13):
        assert not (await hall.press(REPORT, Person(str(n), "P"), f"no {n}")).error
    first = await hall.say("/quiz reports", ADMIN)
    assert first.title == "Reports 1–10 of 13"
    second = await hall.press(button(first, "Next ▶"), ADMIN)
    items, menu = second.parts
    assert isinstance(items, Items)
    assert isinstance(menu, Menu)
    assert len(items.items) == len(menu.choices) == 3
    after = await hall.app.act("quiz.settle", menu.choices[0].value, hall.context(ADMIN))
    assert after.title == "Reports 11–12 of 12"
    assert "Only people who manage" in (await hall.press(button(first, "Next ▶"), CLARA)).error


async def test_reports_are_not_a_way_to_flood(hall: Hall) -> None:
    for _ in range(10):
        assert not (await hall.press(REPORT, BORIS, "no")).error
    assert "limit of ten reports" in (await hall.press(REPORT, BORIS, "no")).error
    assert "already gone" in (await hall.press(structs.replace(REPORT, value="nothing"), ADA, "no")).error
