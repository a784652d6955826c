"""What went wrong with rounds once: failed edits, slow platforms, absences, stops in the wrong moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from bot.core.context import Person, Place
from bot.core.job import Services
from bot.core.platform import TryLater
from bot.core.reply import Button, Picture, Reply, Table
from bot.core.times import TIMES
from bot.storage import learning, round_answers, rounds
from bot.storage.claimant import Claimant
from cogs.quiz.job import PACE, QuizJob
from corpus.corpus import Corpus
from tests.cogs.quiz.channel import Channels, unreachable
from tests.cogs.quiz.hall import ADA, BORIS, CLARA, Hall, QuickHall


@pytest.fixture
async def hall(corpus: Corpus, sqlite_url: str) -> AsyncIterator[Hall]:
    async with QuickHall(corpus, sqlite_url) as opened:
        yield opened


def words(reply: Reply) -> str:
    return " ".join(part.words for part in reply.parts if hasattr(part, "words"))


async def give(hall: Hall, person: Person) -> Reply:
    button = hall.channels.last.buttons[0]
    return await hall.press(button, person, "something")


async def test_a_count_that_cannot_be_shown_is_shown_later(hall: Hall) -> None:
    await hall.say("/quiz start questions:5 seconds:120")
    await hall.until("asking")
    await hall.say("/quiz pause")
    await hall.step(3)
    assert "Paused." in words(hall.channels.last)
    await hall.say("/quiz resume")
    hall.channels.fate.append((TryLater("busy"), False))
    await hall.step(3)
    assert "Paused." in words(hall.channels.last)
    await hall.step(3)
    assert all(button.enabled for button in hall.channels.last.buttons)
    await give(hall, ADA)
    await give(hall, BORIS)
    hall.channels.fate.append(unreachable())
    await hall.step(3)
    await hall.step(3)
    assert "2 people have answered" in words(hall.channels.last)


async def test_a_count_is_shown_every_two_seconds_at_most(hall: Hall) -> None:
    await hall.say("/quiz start questions:5 seconds:120")
    await hall.until("asking")
    edits = []
    for number in range(13):
        await give(hall, Person(f"{number}", f"P{number}"))
        calls = hall.channels.calls
        await hall.step(0.5)
        edits += [hall.now] * (hall.channels.calls - calls)
    assert len(edits) >= 3
    assert min(later - sooner for sooner, later in pairwise(edits)) == timedelta(seconds=2)


async def test_counts_are_requests_and_take_what_the_turns_leave_of_the_pace(hall: Hall) -> None:
    for n in range(4):
        hall.place = Place("test", f"channel-{n}", "guild")
        await hall.say("/quiz start questions:5 seconds:120")
        await hall.until("asking")
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE rounds SET shown = -1, shown_at = 0")
        await tx.execute("UPDATE rounds SET due_at = 1 WHERE channel IN ('channel-0', 'channel-1')")
    job = QuizJob(Services(hall.store, hall.corpus, hall.channels, lambda: hall.now))
    found = await job.claim(3, Claimant("one", hall.now, hall.now))
    assert [(type(one).__name__, one.posts) for one in found] == [("RoundWork", 1), ("RoundWork", 1), ("CountWork", 1)]


class SlowEdits(Channels):
    """While it is `slow`, an edit waits for its gate."""

    def __init__(self) -> None:
        super().__init__()
        self.slow = True
        self.gates: list[asyncio.Event] = []

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        if self.slow:
            self.gates.append(asyncio.Event())
            await self.gates[-1].wait()
        await super().edit(channel, message, reply)


async def test_no_count_that_took_long_comes_after_the_answer(corpus: Corpus, sqlite_url: str) -> None:
    hall = Hall(corpus, sqlite_url)
    hall.channels = slow = SlowEdits()
    async with hall:
        await hall.say("/quiz start questions:5 seconds:120")
        round_ = await hall.until("asking")
        job = QuizJob(Services(hall.store, corpus, slow, lambda: hall.now))
        counts = []
        for person in (ADA, BORIS):
            await give(hall, person)
            hall.now += PACE + timedelta(seconds=1)
            [work] = await job.claim(9, Claimant("one", hall.now, hall.now))
            counts.append(asyncio.create_task(work.run()))
            while not slow.gates:  # noqa: ASYNC110 - an edit has no event.
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.1)
        slow.gates[0].set()
        await counts[0]
        slow.slow, hall.now = False, round_.due_at
        [turn] = await job.claim(9, Claimant("one", hall.now, hall.now + timedelta(minutes=1)))
        await turn.run()
        for gate in slow.gates:
            gate.set()
        await asyncio.gather(*counts, return_exceptions=True)
        assert hall.channels.last.title == "Question 1 of 5: answered"


async def test_the_next_turn_is_when_the_round_is_due_or_when_a_count_may_be_shown(hall: Hall) -> None:
    job = QuizJob(Services(hall.store, hall.corpus, hall.channels, lambda: hall.now))
    assert await job.next_at() is None
    await hall.say("/quiz start questions:5 seconds:120")
    round_ = await hall.until("asking")
    assert await job.next_at() == round_.due_at
    await give(hall, ADA)
    assert await job.next_at() == hall.now
    await hall.step()
    await give(hall, BORIS)
    hall.now += PACE - timedelta(microseconds=1)
    assert await job.next_at() == round_.due_at
    hall.now += timedelta(microseconds=1)
    assert await job.next_at() == hall.now


@pytest.mark.parametrize(
    ("error", "swallows", "waits"),
    [
        (TryLater("busy"), False, 1.5), (TryLater("busy", after=30), False, 30),
        (TryLater("busy", after=300), False, 60),
        (TryLater("no answer", unknown=True), True, 1.5), (TryLater("no answer", unknown=True), False, 75),
        (RuntimeError("a fault of ours"), True, 1.5), (RuntimeError("a fault of ours"), False, 1.5),
    ],
)  # fmt: skip
async def test_a_failed_question_is_tried_again_after_a_wait(
    hall: Hall, error: Exception, swallows: bool, waits: float
) -> None:
    """A minute at most where the platform asks for it; what may have been posted is looked for when it shows."""
    hall.channels.swallows *= swallows
    await hall.say("/quiz start questions:5")
    hall.channels.fate.append((error, False))
    await hall.until("opening")
    round_ = await hall.round()
    assert round_
    assert (round_.tries, round_.due_at - hall.now) == (1, timedelta(seconds=waits))


@pytest.mark.parametrize("state", ["asking", "over"])
async def test_what_was_said_before_the_store_failed_is_not_said_again(hall: Hall, state: str) -> None:
    """Its note that it was said is lost, but not the one that it was about to be."""
    hall.channels.swallows = timedelta()
    await hall.say("/quiz start questions:5")
    async with hall.store.transaction() as tx:
        await tx.execute(
            f"CREATE TRIGGER failing BEFORE UPDATE ON rounds WHEN NEW.state = '{state}' "
            "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
    for _ in range(20):
        await hall.step(10)
    async with hall.store.transaction() as tx:
        await tx.execute("DROP TRIGGER failing")
    await hall.play_out()
    titles = [edits[0].title for edits in hall.channels.messages.values()]
    assert titles[0] == "Question 1 of 5"
    assert titles[-1].startswith("Quiz")
    assert len(set(titles)) == len(titles)


async def test_a_round_goes_on_without_an_answer_that_cannot_be_shown_four_times(hall: Hall) -> None:
    await hall.say("/quiz start questions:5 seconds:10")
    await hall.until("asking")
    for failures, shown in ((4, "Question 1 of 5"), (3, "Question 2 of 5: answered")):
        hall.channels.fate.extend([(TryLater("busy"), False)] * failures)
        await hall.until("waiting")
        assert not hall.channels.fate
        assert hall.channels.last.title == shown
        await hall.until("asking")


async def test_the_leaderboard_has_fifteen_rows(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    await hall.until("asking")
    for number in range(16):
        await give(hall, Person(f"{number}", f"P{number:02}"))
    await hall.until("waiting")
    _, table, picture, _ = (await hall.say("/quiz scores")).parts
    assert isinstance(table, Table)
    assert isinstance(picture, Picture)
    assert [row[1] for row in table.rows] == [f"P{number:02}" for number in range(15)]
    assert picture.alt.endswith("1=. P14: 0 of 1 right.")


async def test_a_round_waits_while_the_platform_is_not_connected_and_burns_no_tries(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    hall.channels.ready = False
    for _ in range(20):
        await hall.step(10)
    hall.channels.ready = True
    round_ = await hall.until("asking")
    assert (round_.number, round_.tries, hall.channels.calls) == (1, 0, 1)


async def test_an_absence_longer_than_the_grace_ends_the_round_with_its_table(hall: Hall) -> None:
    await hall.say("/quiz start questions:10")
    await hall.until("asking")
    await give(hall, ADA)
    await hall.restart()
    hall.now += timedelta(days=3)
    for _ in range(60):
        await hall.step(5)
    assert [reply.title for reply in hall.channels.shown()] == ["Question 1 of 10: answered", "Quiz stopped"]
    assert await hall.round() is None


@pytest.mark.parametrize("answered", [False, True])
async def test_a_stop_while_a_question_is_on_its_way_leaves_none_open(hall: Hall, answered: bool) -> None:
    await hall.say("/quiz start questions:5")
    hall.channels.fate.append(unreachable(said=True))
    opening = await hall.until("opening", 1)
    assert opening.unsure_from_at
    if answered:
        assert not (await give(hall, ADA)).error
    await hall.say("/quiz stop")
    await hall.play_out()
    assert [reply.title for reply in hall.channels.shown()] == ["Question 1 of 5: answered", "Quiz stopped"]
    assert ("Skipped (no points)." in words(next(hall.channels.shown()))) is not answered
    assert all(button.action == "quiz.report" for button in next(iter(hall.channels.shown())).buttons)


async def test_a_press_counts_by_when_it_was_made_and_not_by_when_it_came(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    round_ = await hall.until("asking")
    button = hall.channels.last.buttons[0]
    in_time, too_late = round_.closes_at - timedelta(seconds=0.1), round_.closes_at + timedelta(seconds=0.1)
    hall.now = round_.closes_at + timedelta(seconds=0.2)

    async def press(person: Person, **changes: datetime) -> Reply:
        ctx = replace(hall.context(person), **changes)
        return await hall.app.act(button.action, button.value, ctx, "something" if button.ask else None)

    assert not (await press(ADA, made_at=in_time)).error
    assert (await press(BORIS, made_at=too_late)).error.startswith("That question is closed.")
    # A clock that is far behind, or far ahead, is not believed.
    hall.now = round_.closes_at + TIMES.on_its_way + timedelta(seconds=1)
    assert (await press(CLARA, made_at=round_.started_at)).error.startswith("That question is closed.")
    assert (await press(CLARA, made_at=hall.now + timedelta(days=1))).error.startswith("That question is closed.")


async def test_a_race_is_won_by_who_pressed_first_and_not_by_who_came_first(hall: Hall) -> None:
    await hall.say("/quiz start questions:5 mode:race")
    asked = await hall.asked(await hall.until("asking"))
    button = next(
        (one for one in hall.channels.last.buttons if one.label == asked.answer), hall.channels.last.buttons[0]
    )
    opened = hall.now

    async def press(person: Person, after: float) -> Reply:
        ctx = replace(hall.context(person), made_at=opened + timedelta(seconds=after))
        return await hall.app.act(button.action, button.value, ctx, asked.answer if button.ask else None)

    hall.now += timedelta(seconds=3)
    assert not (await press(ADA, 2)).error
    assert not (await press(BORIS, 1)).error
    assert "Somebody was faster" in (await press(CLARA, 1)).error
    await hall.step(1)
    assert await hall.until("asking")
    await hall.step(1)
    assert "Right: Boris (1 of 1)." in words(hall.channels.last)
    await hall.say("/quiz stop")
    await hall.play_out()
    assert "Boris" in str(hall.channels.last.parts)
    assert "Ada" not in str(hall.channels.last.parts)


async def test_a_race_that_is_won_while_its_question_is_on_its_way_does_not_stay_open(hall: Hall) -> None:
    await hall.say("/quiz start questions:5 seconds:120 mode:race")
    hall.channels.fate.append(unreachable(said=True))
    asked = await hall.asked(await hall.until("opening"))
    button = next(
        (one for one in hall.channels.last.buttons if one.label == asked.answer), hall.channels.last.buttons[0]
    )
    assert not (await hall.press(button, ADA, asked.answer)).error
    for _ in range(10):
        await hall.step(1)
    assert "Right: Ada (1 of 1)." in words(hall.channels.last)


async def test_a_button_works_only_where_it_was_posted(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    await hall.until("asking")
    button = hall.channels.last.buttons[0]
    for place in (Place("test", "other", "guild"), Place("elsewhere", "general", "guild")):
        ctx = replace(hall.context(BORIS), place=place)
        assert (await hall.app.act(button.action, button.value, ctx, "x" if button.ask else None)).error


async def test_a_quiz_is_not_announced_where_it_cannot_be_posted(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    async def missing(channel: str) -> tuple[str, ...]:
        return ("Send Messages",)

    monkeypatch.setattr(hall.channels, "missing_permissions", missing)
    reply = await hall.say("/quiz start")
    assert reply.private
    assert "Send Messages" in reply.error
    assert await hall.round() is None


async def test_a_server_has_no_more_than_five_rounds(hall: Hall) -> None:
    for n in range(6):
        hall.place = Place("test", f"channel-{n}", "guild")
        reply = await hall.say("/quiz start questions:5")
        assert ("5 quizzes are running" in reply.error) == (n == 5)


async def test_a_name_that_no_database_takes_spoils_nobodys_answer(corpus: Corpus, database_url: str) -> None:
    async with Hall(corpus, database_url) as hall:
        await hall.say("/quiz start questions:5")
        round_ = await hall.until("asking")
        people = [
            Person(f"{n}", "half \ud83d of a pair" if n == 7 else "nul \0" if n == 8 else f"P{n}") for n in range(40)
        ]
        replies = await asyncio.gather(*(give(hall, person) for person in people))
        assert [reply.error for reply in replies] == [""] * 40
        assert await round_answers.count_answers(hall.store.reader, round_.id, round_.number) == 40


class OtherClock(Channels):
    """Messages have times of the platform's own clock, a repeated key makes another, and looks keep to their bounds."""

    swallows = timedelta()

    def __init__(self, hall: Hall, ahead: timedelta) -> None:
        super().__init__()
        self.hall, self.ahead = hall, ahead
        self.sent_at: dict[str, datetime] = {}

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        self.sent_at[key] = self.hall.now + self.ahead
        return await super().post(channel, reply, key)

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        found = await super().find(channel, key, since, until)
        return found if found and since <= self.sent_at[key] <= until else None


@pytest.mark.parametrize("minutes", [-2, 2])
async def test_a_platform_whose_clock_is_another_is_asked_nothing_twice(
    corpus: Corpus, sqlite_url: str, minutes: int
) -> None:
    hall = Hall(corpus, sqlite_url)
    hall.channels = OtherClock(hall, timedelta(minutes=minutes))
    async with hall:
        await hall.say("/quiz start questions:5 seconds:10")
        hall.channels.fate.extend([unreachable(said=True), None, None, None] * 4)
        await hall.play_out()
    titles = [reply.title for reply in hall.channels.shown()]
    assert len(titles) == len(set(titles)) > 3


async def test_what_was_asked_in_one_channel_is_not_asked_next_in_another_of_the_server(hall: Hall) -> None:
    asked = []
    for channel in ("general", "a private thread"):
        hall.place = Place("test", channel, "guild")
        await hall.say("/quiz start coalition questions:6")
        running = await rounds.running(hall.store.reader, "test", channel)
        assert running
        asked.append({one.question for one in await rounds.questions(hall.store.reader, running.id)})
    assert asked[0].isdisjoint(asked[1])


async def test_a_zone_that_is_not_known_here_keeps_nobody_from_practising(hall: Hall) -> None:
    async with hall.store.transaction() as tx:
        await learning.set_timezone(tx, "test:1", "Atlantis/Poseidonis")
    for line in ("/quiz review", "/quiz me", "/quiz timezone"):
        reply = await hall.say(line)
        assert not reply.error


async def test_a_round_that_another_has_is_not_moved_on(hall: Hall) -> None:
    """A process that froze in the middle finds, when it wakes, that another one has its lease."""
    await hall.say("/quiz start questions:5")
    round_ = await hall.until("asking")
    until = hall.now + timedelta(minutes=1)
    later = round_.due_at
    async with hall.store.transaction() as tx:
        [ours] = await rounds.claim(tx, "test", later, "one", later, 9)
        [theirs] = await rounds.claim(tx, "test", later, "two", until, 9)
        assert await rounds.step(tx, ours.id, lambda one: one, ours) is None
        assert not await rounds.renew(tx, ours.id, "one", until)
        assert not await rounds.release(tx, ours.id, "one")
        assert await rounds.step(tx, theirs.id, lambda one: one, theirs)
        assert await rounds.renew(tx, theirs.id, "two", until)


async def test_names_are_those_that_people_have_now(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    for name in ("Zed", "Anna"):
        await hall.until("asking")
        await give(hall, Person("9", name))
        await give(hall, BORIS)
        await hall.until("waiting", 2)
    await hall.say("/quiz stop")
    await hall.play_out()
    assert "Anna" in str(hall.channels.last.parts)
    assert "Zed" not in str(hall.channels.last.parts)
    assert "Anna" in str((await hall.say("/quiz scores")).parts)


async def test_who_does_not_answer_is_no_better_than_who_is_wrong(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    for number in range(1, 6):
        round_ = await hall.until("asking")
        asked = await hall.asked(round_)
        buttons = hall.channels.last.buttons
        right: Button = next((one for one in buttons if one.label == asked.answer), buttons[0])
        if number in (2, 3):
            await hall.press(right, BORIS, asked.answer)
        await hall.press(right, ADA, asked.answer)
        await hall.until("waiting", 2)
    await hall.play_out()
    rows = {row[1]: row[2:4] for row in (await hall.say("/quiz scores")).parts[1].rows}  # type: ignore[union-attr]
    # Boris was there from the second question on, and before that Ada played against nobody.
    assert rows == {"Ada": ("4", "4"), "Boris": ("2", "4")}


async def test_whoever_plays_alone_is_on_no_leaderboard(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    for number in range(1, 6):
        await hall.until("asking")
        await give(hall, ADA)
        if number > 3:
            await give(hall, BORIS)
        await hall.until("waiting", 2)
        alone = "No quiz with two or more players" in words(await hall.say("/quiz scores"))
        assert alone == (number <= 3)
    await hall.play_out()
    rows = {row[1]: row[3] for row in (await hall.say("/quiz scores")).parts[1].rows}  # type: ignore[union-attr]  # it is a table
    assert rows == {"Ada": "2", "Boris": "2"}


async def test_a_turn_is_renewed_while_it_is_ours_and_can_be_let_go_of(hall: Hall) -> None:
    await hall.say("/quiz start questions:5")
    hall.now += timedelta(seconds=10)
    job, minute = QuizJob(Services(hall.store, hall.corpus, hall.channels, lambda: hall.now)), timedelta(minutes=1)
    [ours] = await job.claim(9, Claimant("one", hall.now, hall.now + minute))
    assert await ours.renew(hall.now + 2 * minute)
    hall.now += minute * 3 / 2
    assert await job.claim(9, Claimant("two", hall.now, hall.now + minute)) == []
    await ours.release()
    assert await job.claim(9, Claimant("two", hall.now, hall.now + minute))
    assert not await ours.renew(hall.now + minute)
