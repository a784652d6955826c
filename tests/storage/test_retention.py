"""Old rows are deleted in small steps, none that a promise needs; servers that left are forgotten later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.storage import (
    cards,
    deliveries,
    departures,
    learning,
    made_questions,
    quiz_schedules,
    retention,
    round_answers,
    round_settings,
    rounds,
    schedules,
)
from bot.storage.cards import Card
from bot.storage.claimant import Claimant
from bot.storage.installations import Installations
from bot.storage.learning import Where
from bot.storage.quiz_schedules import QuizSchedule
from bot.storage.retention import MOST, RULES, step
from bot.storage.round import AnswerGiven, Round, RoundAnswer, RoundQuestion, RoundSettings, State
from bot.storage.server_rules import ServerRules, put_rules
from bot.storage.store import Store
from tests.storage.test_schedules import DAY, NOW, put, schedule

TODAY = date(2026, 11, 22)
COUNTED = (
    "deliveries", "schedules", "rounds", "round_questions", "round_answers", "scores", "fact_counts", "departures",
    "server_rules",
    "round_settings", "quiz_schedules",
)  # fmt: skip


async def count(store: Store, table: str) -> int:
    async with store.transaction() as tx:
        await tx.execute("DELETE FROM settings WHERE key = 'count'")
        await tx.execute(f"INSERT INTO settings SELECT 'count', CAST(COUNT(*) AS TEXT) FROM {table}")  # noqa: S608
    return int(await store.get_setting("count") or 0)


async def tidy(store: Store, now: object) -> None:
    for rule in RULES:
        more = True
        while more:
            async with store.transaction() as tx:
                more = await step(tx, rule, now)  # type: ignore[arg-type]


async def post(store: Store, name: str, days: int) -> None:
    for n in range(days):
        at = NOW + n * DAY
        async with store.transaction() as tx:
            one = await deliveries.claim(tx, name, TODAY + n * DAY, at, Claimant("one", at, at))
            assert one
            await deliveries.note_try(tx, one, f"fact-{n % 3}", "", at, at)
            await deliveries.mark_sent(tx, one, "message", at)


async def play(store: Store, server: str = "guild", *, made: bool = False) -> None:
    async with store.transaction() as tx:
        one = Round("r" + server, "discord", server, "hall" + server, "everyone", 20, 1, "discord:1", "Ada", NOW,
                    State.ASKING, 1, NOW, NOW)  # fmt: skip
        assert await rounds.add(tx, one, [RoundQuestion(1, "q", "{}", "choice", "", made=made)])
    for person, name in (("discord:2", "Boris"), ("discord:3", "Clara")):
        answer = RoundAnswer(person, name, is_right=name == "Boris")
        given = AnswerGiven(one.id, 1, answer, NOW, lambda held: held, lambda held: held)
        receipt = await round_answers.answer(store, given)
        assert receipt
        assert receipt.taken
    for state in (State.CLOSING, State.OVER):
        async with store.transaction() as tx:
            assert await rounds.step(tx, one.id, lambda held, to=state: _moved(held, to))  # type: ignore[misc]


def _moved(held: Round, state: State) -> Round:
    from msgspec import structs

    return structs.replace(held, state=state)


async def test_old_days_are_folded_into_counts_and_young_ones_stay(store: Store) -> None:
    await put(store, schedule("a"))
    await post(store, "a", 5)
    before = await deliveries.facts_posted(store.reader, "discord", "guild", "channel-a")
    await tidy(store, NOW + 400 * DAY + 2 * DAY + timedelta(seconds=1))
    assert await count(store, "deliveries") == 2
    assert await deliveries.facts_posted(store.reader, "discord", "guild", "channel-a") == before
    await tidy(store, NOW + 900 * DAY)
    assert await count(store, "deliveries") == 0
    assert await deliveries.facts_posted(store.reader, "discord", "guild", "channel-a") == before


async def test_a_step_is_small(store: Store) -> None:
    await put(store, schedule("a"))
    async with store.transaction() as tx:
        for n in range(MOST + 20):
            await deliveries.skip_day(tx, "a", TODAY + n * DAY, NOW, "too late", NOW + n * timedelta(seconds=1))
    async with store.transaction() as tx:
        assert await step(tx, RULES[0], NOW + 500 * DAY)
    assert await count(store, "deliveries") == 20


async def test_a_step_deletes_all_of_the_same_rounds(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "MOST", 1)
    for server in ("one", "two"):
        await play(store, server)
    removed = {rule.what: rule for rule in RULES}
    for rule, days in (("answers of quizzes that are over", 2), ("quizzes and their questions", 91)):
        async with store.transaction() as tx:
            assert await step(tx, removed[rule], NOW + days * DAY)
    assert await rounds.get(store.reader, "rone") is None
    assert await rounds.questions(store.reader, "rone") == []
    assert await round_answers.count_answers(store.reader, "rone", 1) == 0
    assert await rounds.questions(store.reader, "rtwo")
    assert await round_answers.count_answers(store.reader, "rtwo", 1) == 2


async def test_what_was_played_is_scored_and_the_round_goes(store: Store) -> None:
    await play(store)
    await tidy(store, NOW + 2 * DAY)
    assert (await count(store, "round_answers"), await count(store, "rounds")) == (0, 1)
    await tidy(store, NOW + 91 * DAY)
    assert (await count(store, "round_questions"), await count(store, "rounds")) == (0, 0)
    found = await learning.standings(store.reader, Where("discord", "guild", "hallguild"), 0, channel=False)
    assert {(one.name, one.right_ones, one.asked) for one in found} == {("Boris", 1, 1), ("Clara", 0, 1)}
    assert len(await learning.attempts(store.reader, "discord:2")) == 1


async def test_a_question_made_from_a_text_goes_once_no_quiz_answer_or_card_needs_it(store: Store) -> None:
    await play(store, made=True)
    await tidy(store, NOW + 91 * DAY)
    assert await count(store, "round_questions") == 0
    # Answers wait to go onto their cards.
    assert await made_questions.made_question(store.reader, "q")
    for person in ("discord:2", "discord:3"):
        async with store.transaction() as tx:
            await cards.take_pending(tx, person, 9)
            await cards.put(tx, person, Card("q", 2, None, 1.0, 5.0, NOW, NOW, True, NOW, False, False))
    await tidy(store, NOW + 92 * DAY + timedelta(hours=1))
    assert await made_questions.made_question(store.reader, "q")
    for day, person, left in ((94, "discord:2", "{}"), (96, "discord:3", None)):
        async with store.transaction() as tx:
            await learning.forget(tx, person)
        await tidy(store, NOW + day * DAY)
        assert await made_questions.made_question(store.reader, "q") == left


@pytest.mark.parametrize("returns", [False, True])
async def test_a_server_that_removed_the_bot_is_paused_at_once_and_forgotten_after_30_days(
    store: Store, returns: bool
) -> None:
    await put(store, schedule("a"), schedule("b"), schedule("other", server="other"))
    await post(store, "a", 3)
    await play(store)
    async with store.transaction() as tx:
        await put_rules(tx, "discord", "guild", ServerRules(private_lookups=True))
        await quiz_schedules.put(
            tx,
            QuizSchedule(
                "q",
                "discord",
                "guild",
                "hall",
                "quiz",
                "",
                10,
                25,
                "race",
                "20:00",
                "18:00",
                "UTC",
                "5",
                "2",
                "Boris",
                NOW + 90 * DAY,
                TODAY,
            ),
        )
        await round_settings.put(tx, "discord", "guild", "hall", RoundSettings("", 10, 25, "race"))
        await schedules.pause(tx, "b", "asked", NOW)
        await departures.leave(tx, "discord", "guild", NOW)
        assert [one.id for one in await schedules.due(tx, "discord", NOW + DAY, 9)] == ["other"]
    await tidy(store, NOW + 29 * DAY)
    assert {one.reason for one in await schedules.of_server(store.reader, "discord", "guild")} == {"left", "asked"}
    if returns:
        async with store.transaction() as tx:
            await departures.come_back(tx, "discord", "guild", NOW + 29 * DAY)
            [one] = await schedules.claim_checks(tx, "discord", NOW + 29 * DAY, NOW + 30 * DAY, 9)
            assert await schedules.recover(tx, one.id, NOW + 30 * DAY, TODAY)
    await tidy(store, NOW + 31 * DAY)
    left = await schedules.of_server(store.reader, "discord", "guild")
    assert [one.id for one in left] == (["a", "b"] if returns else [])
    assert await count(store, "schedules") == (3 if returns else 1)
    if not returns:
        assert {name: await count(store, name) for name in COUNTED} == dict.fromkeys(COUNTED, 0) | {"schedules": 1}
        [attempt] = await learning.attempts(store.reader, "discord:2")
        assert attempt.round == ""


async def test_a_workspace_that_removes_the_app_is_one_that_left(store: Store) -> None:
    installed = Installations(store, "slack")
    await installed.save("T1", "token", NOW)
    await put(store, schedule("a", platform="slack", server="T1"))
    await installed.remove("T1", NOW + DAY)
    assert [one.reason for one in await schedules.of_server(store.reader, "slack", "T1")] == ["left"]
    await installed.save("T1", "token", NOW + 2 * DAY)
    assert await schedules.next_check_at(store.reader, "slack") == NOW + 2 * DAY


async def test_who_is_forgotten_is_named_nowhere(store: Store) -> None:
    await put(store, schedule("a", set_by="2"), schedule("b", set_by="1"))
    await play(store)
    async with store.transaction() as tx:
        await learning.set_timezone(tx, "discord:2", "Europe/Berlin")
        await learning.put_review(tx, "discord:2", "q", "{}", NOW)
        await learning.forget(tx, "discord:2")
        await learning.forget(tx, "discord:1")
        await learning.forget(tx, "discord:3")
    assert await count(store, "scores") == 0
    assert [one.set_by for one in await schedules.of_server(store.reader, "discord", "guild")] == ["", ""]
    assert await learning.attempts(store.reader, "discord:2") == []
    found = await rounds.get(store.reader, "rguild")
    assert found
    assert (found.starter, found.starter_name) == ("", "somebody")
