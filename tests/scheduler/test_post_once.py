"""Posting once: what is looked for, between which moments, and what is known after each way in which a post ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import pytest

from bot.core.job import LeaseLost, Services
from bot.core.platform import TryLater, Undelivered
from bot.core.reply import Reply
from bot.core.times import TIMES
from bot.scheduler.post_once import PostOnce, Span, span
from bot.storage.store import Store
from corpus.corpus import Corpus
from tests.scheduler.conftest import MINUTE, NINE
from tests.scheduler.hub import Connection, Hub, Moody

TRYING = Span(NINE, NINE + TIMES.patience)
MOMENT = timedelta(microseconds=1)
POST = Reply("A fact")

Make = Callable[[Connection, Span | None], PostOnce]


@pytest.fixture
def hub() -> Hub:
    return Hub(lambda: NINE)


@pytest.fixture
def make(store: Store, shipped: Corpus) -> Make:
    return lambda connection, unsure: PostOnce(
        Services(store, shipped, connection, lambda: NINE), "hall", "key", unsure
    )


async def prepare(trying: Span) -> Reply:
    assert trying == TRYING
    return POST


@pytest.mark.parametrize(
    ("at", "is_found"),
    [
        (NINE - TIMES.skew - MOMENT, False),
        (NINE - TIMES.skew, True),
        (NINE + MINUTE + TIMES.skew, True),
        (NINE + MINUTE + TIMES.skew + MOMENT, False),
    ],
)
async def test_a_look_goes_as_far_as_two_clocks_may_differ(hub: Hub, make: Make, at: datetime, is_found: bool) -> None:
    hub.clock = lambda: at
    there = hub.post("hall", POST, "key")
    hub.clock = lambda: NINE
    once = make(Connection(hub), Span(NINE, NINE + MINUTE))
    assert (await once.run(prepare) == there) == is_found
    assert (len(hub.messages), once.was_there) == (1 if is_found else 2, is_found)


@pytest.mark.parametrize(
    ("mood", "unsure", "posts"),
    [("well", None, 1), ("lost", TRYING, 1), ("down", TRYING, 0), ("busy", None, 0), ("mute", None, 0)],
)
async def test_after_a_try_it_is_known_whether_there_may_be_a_post(
    hub: Hub, make: Make, mood: str, unsure: Span | None, posts: int
) -> None:
    once = make(Moody(hub, mood), None)
    try:
        assert await once.run(prepare) == "1"
    except Undelivered:
        assert mood != "well"
    assert (once.unsure, once.was_there, len(hub.messages)) == (unsure, False, posts)


async def test_a_look_that_fails_leaves_what_was_not_sure(hub: Hub, make: Make) -> None:
    earlier = Span(NINE - MINUTE, NINE)
    once = make(Moody(hub, "down"), earlier)
    with pytest.raises(TryLater):
        await once.run(prepare)
    assert (once.unsure, hub.messages) == (earlier, [])


async def test_what_is_not_to_be_posted_is_not(hub: Hub, make: Make) -> None:
    async def nothing(trying: Span) -> None:
        return None

    once = make(Connection(hub), Span(NINE - MINUTE, NINE))
    assert await once.run(nothing) is None
    assert (once.unsure, hub.messages) == (None, [])


@pytest.mark.parametrize("is_taken", [False, True])
@pytest.mark.parametrize(
    ("frozen", "prepared"), [(timedelta(), 1), (TIMES.lease / 2 - MOMENT, 1), (TIMES.lease / 2, 2), (MINUTE, 2)]
)
async def test_who_froze_before_the_post_hears_whether_another_has_the_work(
    hub: Hub, store: Store, shipped: Corpus, frozen: timedelta, prepared: int, is_taken: bool
) -> None:
    now, tried = NINE, list[Span]()
    once = PostOnce(Services(store, shipped, Connection(hub), lambda: now), "hall", "key", None)

    async def freeze(trying: Span) -> Reply:
        nonlocal now
        if tried and is_taken:
            raise LeaseLost
        tried.append(trying)
        now = NINE + frozen
        return POST

    if is_taken and prepared > 1:
        with pytest.raises(LeaseLost):
            await once.run(freeze)
        assert hub.messages == []
    else:
        await once.run(freeze)
        assert [one.first for one in tried] == [NINE, now][:prepared]
        assert len(hub.messages) == 1


@pytest.mark.parametrize("unsure", [None, Span(NINE - MINUTE, NINE)])
async def test_what_always_takes_too_long_to_prepare_is_given_back(
    hub: Hub, store: Store, shipped: Corpus, unsure: Span | None
) -> None:
    now, tries = NINE, 0
    once = PostOnce(Services(store, shipped, Connection(hub), lambda: now), "hall", "key", unsure)

    async def slow(trying: Span) -> Reply:
        nonlocal now, tries
        assert tries < 10, "it is prepared for ever"
        now, tries = now + TIMES.lease / 2, tries + 1
        return POST

    with pytest.raises(TryLater, match="too long to prepare") as raised:
        await once.run(slow)
    assert not raised.value.unknown
    assert (once.unsure, hub.messages) == (None, [])


async def test_no_answer_in_time_may_be_a_post(hub: Hub, store: Store, shipped: Corpus) -> None:
    times = msgspec.structs.replace(TIMES, patience=timedelta(milliseconds=20))
    once = PostOnce(Services(store, shipped, Moody(hub, "slow"), lambda: NINE, times), "hall", "key", None)

    async def post(trying: Span) -> Reply:
        return POST

    with pytest.raises(TryLater):
        await once.run(post)
    assert once.unsure == Span(NINE, NINE + times.patience)


class Slow(Connection):
    channel_pace = timedelta(milliseconds=40)


async def test_a_channel_with_a_pace_gets_one_message_after_the_other(hub: Hub, make: Make) -> None:
    began = time.monotonic()
    await asyncio.gather(*(make(Slow(hub), None).run(prepare) for _ in range(3)))
    assert time.monotonic() - began >= 0.08
    await make(Connection(hub), None).run(prepare)
    assert len(hub.messages) == 4


def test_a_span_has_both_ends() -> None:
    assert span(NINE, NINE + MINUTE) == Span(NINE, NINE + MINUTE)
    assert span(None, NINE) is span(NINE, None) is None
