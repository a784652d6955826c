"""A text is removed, or its server leaves: no words of it are left in questions, not even on somebody's card."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.core.app import App
from bot.core.attachment import Attachment, Attachments
from bot.core.context import Person
from bot.core.job import Services
from bot.core.reply import Reply
from bot.scheduler.loop import Scheduler
from bot.storage import departures
from bot.storage.retention import RULES, step
from bot.storage.schema import tables
from cogs import FEATURES
from cogs.quiz.job import quiz_jobs
from cogs.quiz.questions import question_from_json
from corpus.corpus import Corpus
from tests.cogs.quiz.channel import unreachable
from tests.cogs.quiz.hall import ADA, BORIS, Hall, hall_over
from tests.cogs.quiz.test_alone import button, everything
from tests.cogs.quiz.test_faults import words

ADMIN = Person("9", "Clara", admin=True)
ELSEWHERE = "other"
DIARY = "\n\n".join(
    f"The {colour} lantern of Glimmerholm was carried over the {place} by a patient {trade} before the winter."
    for colour, place, trade in (
        ("crimson", "harbour", "miller"), ("emerald", "viaduct", "weaver"), ("golden", "meadow", "cooper"),
        ("violet", "causeway", "tanner"), ("silver", "orchard", "mason"), ("scarlet", "quarry", "potter"),
        ("amber", "footbridge", "glazier"), ("purple", "marshes", "farrier"),
    )
)  # fmt: skip
SECRET = "Glimmerholm"


@asynccontextmanager
async def hall_with_diary(corpus: Corpus, url: str) -> AsyncIterator[Hall]:
    """A hall with all commands, whose server has added a diary, and uses nothing else."""
    async with hall_over(corpus, url) as opened:
        app = App(FEATURES, corpus, opened.store, clock=lambda: opened.now, dice=opened.dice)
        opened.app = app
        services = Services(opened.store, corpus, opened.channels, lambda: opened.now, find_corpus=app.shelf_corpus)
        opened.loop = Scheduler([services], [quiz_jobs])
        await add_diary(opened)
        yield opened
        await app.close()


@pytest.fixture
async def hall(corpus: Corpus, database_url: str) -> AsyncIterator[Hall]:
    async with hall_with_diary(corpus, database_url) as opened:
        yield opened


@pytest.fixture
async def room(corpus: Corpus, sqlite_url: str) -> AsyncIterator[Hall]:
    async with hall_with_diary(corpus, sqlite_url) as opened:
        yield opened


async def add_diary(hall: Hall, words: str = DIARY) -> None:
    """Add the diary by the front door, and use nothing else."""

    async def read() -> bytes:
        return words.encode()

    sent = Attachments({"diary.txt": Attachment("diary.txt", len(words), read)})
    ctx = replace(hall.context(ADMIN), attachments=sent)
    shown = await hall.app.run("library add", {"file": "diary.txt"}, ctx)
    assert shown.buttons, shown.error
    await hall.press(shown.buttons[0], ADMIN)
    assert not (await hall.say("/library use diary", ADMIN)).error


async def remove_diary(hall: Hall) -> None:
    asked = await hall.say("/library remove diary", ADMIN)
    assert not (await hall.press(asked.buttons[0], ADMIN)).error


async def ask_wrongly(hall: Hall) -> None:
    """Open the next question, and have it answered wrongly."""
    asked = await hall.asked(await hall.until("asking"))
    wrong = next(one for one in asked.options if one != asked.answer)
    await hall.press(button(hall.channels.last, wrong), ADA)


async def traces(hall: Hall) -> list[str]:
    """The tables that have words of the diary."""
    return [table.name for table in tables() if SECRET in str(await everything(hall.url, table.name))]


async def said(hall: Hall, line: str, person: Person = ADA) -> Reply:
    reply = await hall.say(line, person)
    assert SECRET not in repr(reply), line
    return reply


async def asked_of_the_diary(hall: Hall) -> None:
    """Play two questions of five, report one, and look at the next in a review."""
    await hall.say("/quiz start questions:5 seconds:10")
    for _ in range(2):
        await ask_wrongly(hall)
        await hall.until("waiting")
    assert not (await hall.press(button(hall.channels.last, "Report question"), BORIS, "I doubt it")).error
    await hall.say("/quiz stop", ADMIN)
    await hall.play_out()
    assert SECRET in repr(await hall.say("/quiz review"))
    assert set(await traces(hall)) >= {"made_questions", "round_questions", "reviews", "question_reports"}


async def test_a_removed_text_takes_its_questions_with_it_and_leaves_answers_and_scores(hall: Hall) -> None:
    await asked_of_the_diary(hall)
    scores, privacy = await hall.say("/quiz scores"), await hall.say("/privacy")
    await remove_diary(hall)
    assert await traces(hall) == []
    review = await said(hall, "/quiz review")
    assert review.title.endswith("1 of 10"), "ten new ones, and none that nobody can be asked"
    assert "Nothing is due now." in words(await said(hall, "/quiz me"))
    assert "No reports" in words(await said(hall, "/quiz reports", ADMIN))
    assert (await hall.say("/quiz scores")).parts == scores.parts
    assert (await hall.say("/privacy")).parts == privacy.parts
    assert SECRET not in repr(await hall.app.act("privacy.copy", "", hall.context(ADA)))
    await said(hall, "/quiz start")
    assert len(await everything(hall.url, "cards")) == 2, "without words, for when the text comes back"


async def test_a_round_under_way_goes_on_without_the_questions_of_a_removed_text(room: Hall) -> None:
    await room.say("/library use diary, speech", ADMIN)
    await room.say("/quiz start questions:10 seconds:10")
    while SECRET not in repr((await room.until("asking"), room.channels.last)):
        await room.say("/quiz skip", ADMIN)
        await room.until("waiting")
    open_one = room.channels.last
    await remove_diary(room)
    assert await traces(room) == []
    pressed = await room.press(open_one.buttons[0], BORIS)
    assert "text of that question was removed" in pressed.error
    seen = len(room.channels.messages)
    await room.until("waiting")
    assert "was removed meanwhile" in words(room.channels.last)
    await room.play_out()
    assert SECRET not in repr(list(room.channels.shown())[seen - 1 :])
    assert room.channels.last.title in ("Quiz over", "Quiz stopped")


@pytest.mark.parametrize("reached", [True, False])
async def test_a_question_on_its_way_when_its_text_is_removed_does_not_stay_open(room: Hall, reached: bool) -> None:
    await room.say("/quiz start questions:5 seconds:10")
    room.channels.fate.append(unreachable(said=reached))
    await room.until("opening")
    assert SECRET in repr(list(room.channels.shown())) or not reached
    await remove_diary(room)
    for _ in range(90):
        await room.step(1)
    assert SECRET not in repr(list(room.channels.shown()))
    assert not any(one.action == "quiz.answer" for reply in room.channels.shown() for one in reply.buttons)
    assert ("was removed meanwhile" in repr(list(room.channels.shown()))) is reached


async def test_a_new_edition_takes_the_questions_of_what_it_leaves_out_with_it(room: Hall) -> None:
    await room.say("/quiz start questions:8 seconds:10")
    await room.say("/quiz stop", ADMIN)
    await room.play_out()
    before = await made_of(room)
    assert {one for of in before.values() for one in of} >= {1, 2, 3, 6}
    await add_diary(room, "\n\n".join(DIARY.split("\n\n")[3:]))
    assert await made_of(room) == {made: of for made, of in before.items() if not of & {1, 2, 3}}


async def made_of(hall: Hall) -> dict[str, set[int]]:
    """The questions that were made, each with the paragraphs that it is about."""
    made = {str(one["question"]): str(one["asked"]) for one in await everything(hall.url, "made_questions")}
    return {name: {one.paragraph for one in question_from_json(asked).references} for name, asked in made.items()}


async def test_only_where_a_text_is_looked_up_its_questions_are_due(room: Hall) -> None:
    await asked_of_the_diary(room)
    room.now += timedelta(days=1)
    assert "2 of the 2 questions you have met are due" in words(await room.say("/quiz me"))
    for place in (replace(room.place, server=ELSEWHERE), replace(room.place, server=None, private=True)):
        room.place = place
        assert "Nothing is due now." in words(await room.say("/quiz me"))
        assert (await said(room, "/quiz review")).title == "Review: 1 of 10"


async def test_another_servers_copy_of_the_text_keeps_its_questions(room: Hall) -> None:
    await asked_of_the_diary(room)
    room.place, here = replace(room.place, server=ELSEWHERE, channel="elsewhere"), room.place
    await add_diary(room)
    await room.say("/quiz start questions:5 seconds:10")
    left = {
        one["question"] for one in await everything(room.url, "made_question_shelves") if one["server"] == ELSEWHERE
    }
    room.place = here
    await remove_diary(room)
    assert {one["question"] for one in await everything(room.url, "made_questions")} == left
    assert {one["server"] for one in await everything(room.url, "made_question_shelves")} == {ELSEWHERE}


async def test_a_server_that_left_takes_the_words_of_its_texts_with_it(hall: Hall) -> None:
    await asked_of_the_diary(hall)
    async with hall.store.transaction() as tx:
        await departures.leave(tx, "test", "guild", hall.now)
    [rule] = [one for one in RULES if one.what == "everything of a server that removed the bot"]
    async with hall.store.transaction() as tx:
        await step(tx, rule, hall.now + rule.kept + timedelta(seconds=1))
    assert await traces(hall) == []
    assert "guild" not in repr([await everything(hall.url, table.name) for table in tables()])
