"""What somebody knows: their cards, updated as answers come, and what is to be reviewed next."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.storage import cards, learning
from bot.storage.learning import Attempt, Where
from bot.storage.owner import Owner
from bot.storage.store import Store
from cogs.quiz import cards as quiz_cards
from cogs.quiz.cards import NEW_A_DAY, Asking, candidates, card_of, count_cards, next_due_at, streak, update_cards
from tests.conftest import NOW

UTC_ZONE = ZoneInfo("UTC")
HERE = Where("test", "guild", "general")


def attempt(question: str, at: datetime, *, is_right: bool = True, round_: str = "") -> Attempt:
    return Attempt(question, at, "choice", "peace", is_right, 3 if is_right else 1, round_)


async def answer(store: Store, person: str, *attempts: Attempt) -> None:
    async with store.transaction() as tx:
        for one in attempts:
            token = await learning.put_review(tx, person, "q", "{}", NOW)
            assert await learning.answer_review(tx, person, "Ada", token, one, HERE)


def asking(store: Store, *curated: str, now: datetime = NOW, zone: ZoneInfo = UTC_ZONE) -> Asking:
    return Asking(store.reader, "test:1", now, zone, frozenset(curated), Owner("test", "guild"))


async def order(who: Asking, *first: str) -> list[str]:
    return [name async for name in candidates(who, Random(1), first)]


async def test_what_is_due_comes_before_what_was_missed_and_that_before_what_is_new(store: Store) -> None:
    await answer(
        store,
        "test:1",
        attempt("due", NOW - timedelta(days=100), round_="r"),
        *(attempt("known", NOW - timedelta(days=days)) for days in (60, 40, 1)),
        attempt("missed", NOW - timedelta(seconds=1), is_right=False, round_="r"),
        attempt("gone", NOW - timedelta(days=200)),
    )
    await update_cards(store, "test:1")
    who = asking(store, "due", "known", "missed", "new")
    assert await order(who) == ["due", "missed", "new"]
    assert (await order(who, "missed", "known", "other"))[:2] == ["missed", "due"]
    assert await count_cards(who) == (3, 1)
    assert sorted(await order(who._replace(person="test:2"))) == ["due", "known", "missed", "new"]


async def test_what_left_the_texts_is_neither_due_nor_next(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiz_cards, "_PAGE", 2)
    gone = [attempt(f"gone-{place}", NOW - timedelta(days=30, minutes=place)) for place in range(5)]
    await answer(store, "test:1", *gone, attempt("there", NOW - timedelta(days=20)))
    await update_cards(store, "test:1")
    assert await order(asking(store, "there")) == ["there"]
    assert await count_cards(asking(store, "there")) == (1, 1)
    long_ago = asking(store, "there", now=NOW - timedelta(days=20))
    assert await next_due_at(long_ago) == NOW - timedelta(days=20) + timedelta(minutes=10)
    assert await next_due_at(asking(store, now=NOW - timedelta(days=20))) is None


async def test_new_questions_are_counted_by_local_days(store: Store) -> None:
    zone = ZoneInfo("Pacific/Auckland")
    late = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)  # half past eleven in the evening there
    await answer(store, "test:1", *(attempt(f"met-{place}", late) for place in range(NEW_A_DAY)))
    await answer(store, "test:1", attempt("heard", late, round_="r"))
    await update_cards(store, "test:1")
    names = ("new", "heard", *(f"met-{place}" for place in range(NEW_A_DAY)))
    assert "new" not in await order(asking(store, *names, now=late, zone=zone))
    assert "new" in await order(asking(store, *names, now=late + timedelta(hours=1), zone=zone))
    assert "new" not in await order(asking(store, *names, now=late + timedelta(hours=1)))


async def test_what_comes_back_after_days_is_due_from_the_start_of_the_day(store: Store) -> None:
    zone = ZoneInfo("America/New_York")
    await answer(store, "test:1", *(attempt("known", NOW - timedelta(days=days)) for days in (9, 6)))
    await update_cards(store, "test:1")
    card = await cards.get(store.reader, "test:1", "known")
    assert card
    assert card.in_days
    start = card.due_at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    before = asking(store, "known", now=start - timedelta(seconds=1), zone=zone)
    assert (await order(before), await next_due_at(before)) == ([], start)
    assert await order(before._replace(now=start)) == ["known"]
    assert await next_due_at(before._replace(now=start)) is None


@pytest.mark.parametrize("name", ["UTC", "Pacific/Auckland", "Pacific/Chatham", "America/St_Johns"])
async def test_streaks_go_by_local_days(store: Store, name: str) -> None:
    zone, dice = ZoneInfo(name), Random(name)
    # Across the end of summer time in the south, and of that in the north.
    moments = [NOW - timedelta(hours=dice.choice((3, 20, 30))) * place for place in range(40)]
    await answer(store, "test:1", *(attempt("q", at, round_=dice.choice(("", "r"))) for at in moments))
    days = {at.astimezone(zone).date() for at in moments}
    for now in (one + timedelta(hours=hours) for one in moments for hours in (0, 14, 26)):
        before = {day for day in days if day <= now.astimezone(zone).date()}
        day = now.astimezone(zone).date()
        day -= timedelta(days=day not in before)
        wanted = next(n for n in range(99) if day - timedelta(days=n) not in before)
        assert await streak(asking(store, now=now, zone=zone)) == wanted


def test_a_card_tells_the_first_and_the_last_answer_and_what_fsrs_makes_of_them() -> None:
    first = attempt("one", NOW - timedelta(days=1), round_="r")
    card = card_of([first, attempt("one", NOW)])
    assert (card.question, card.met_at, card.met_in_review) == ("one", first.attempted_at, False)
    assert (card.reviewed_at, card.in_days) == (NOW, card.due_at - NOW >= timedelta(hours=20))
    assert card.due_at > NOW
    assert card.stability > 1
    assert 1 < card.difficulty < 10
    assert card_of([first]).reviewed_at == first.attempted_at


def test_only_what_was_wrong_in_a_round_is_missed() -> None:
    missed = {
        (round_, is_right): card_of([attempt("one", NOW, is_right=is_right, round_=round_)]).missed
        for round_ in ("", "r")
        for is_right in (True, False)
    }
    assert [key for key, value in missed.items() if value] == [("r", False)]


def test_the_same_answers_give_the_same_days() -> None:
    attempts = [attempt("one", NOW + timedelta(days=days), is_right=days % 3 > 0) for days in range(30)]
    assert card_of(attempts) == card_of(attempts)


Step = tuple[str, int, bool, bool]
STEPS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 10**6), st.booleans(), st.booleans()),
    max_size=12,
    unique_by=lambda step: step[:2],
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.randoms(use_true_random=False))
async def test_cards_never_get_out_of_step_with_the_answers(store: Store, steps: list[Step], chance: Random) -> None:
    """Answers come in any order, as rounds close after reviews; some are rated again; cards are updated at any time."""
    person = f"test:{chance.getrandbits(60)}"
    for question, minutes, is_right, in_round in steps:
        one = attempt(question, NOW + timedelta(minutes=minutes), is_right=is_right, round_="r" if in_round else "")
        await answer(store, person, one)
        if chance.random() < 0.3:
            async with store.transaction() as tx:
                await learning.rate(tx, person, question, one.attempted_at, 4)
        if chance.random() < 0.4:
            await asyncio.gather(update_cards(store, person), update_cards(store, person))
    await update_cards(store, person)
    attempts = await learning.attempts(store.reader, person)
    expected = [card_of([one for one in attempts if one.question == name]) for name in sorted({s[0] for s in steps})]
    assert await cards.of_person(store.reader, person) == expected
    async with store.transaction() as tx:
        await learning.forget(tx, person)
    assert await cards.of_person(store.reader, person) == []


async def test_a_review_reads_what_it_shows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A press after years of answers reads no more rows than one after a week."""
    names = [f"q-{place}" for place in range(120)]
    await answer(store, "test:1", *(attempt(name, NOW - timedelta(days=days)) for name in names for days in (99, 98)))
    await update_cards(store, "test:1")
    rows = 0
    fetch = type(store.reader).fetch

    async def counted(*arguments: object) -> object:
        nonlocal rows
        found = await fetch(*arguments)  # type: ignore[arg-type]  # as they came
        rows += len(found)
        return found

    monkeypatch.setattr(type(store.reader), "fetch", counted)
    async for _ in candidates(asking(store, *names), Random(1)):
        break
    assert 0 < rows <= quiz_cards._PAGE
