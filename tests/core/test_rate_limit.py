"""Rate limits: nobody can use up the whole bot, and ordinary use never meets them."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.app import App
from bot.core.calls import AGAIN, SHARE, Call
from bot.core.context import Context, Person, Place
from bot.core.rate_limit import PERSON, SERVER, Limit, RateLimits, TokenBuckets
from cogs import FEATURES
from corpus.corpus import Corpus
from tests.conftest import NOW


@pytest.fixture
def limited(corpus: Corpus) -> App:
    return App(FEATURES, corpus, clock=lambda: NOW, dice=Random(1917), limits=RateLimits())


def asker(app: App, person: str = "1", server: str | None = "guild", seconds: float = 0) -> Context:
    ctx = app.context(Person(person, "Ada"), Place("test", "general", server))
    return replace(ctx, now=NOW + timedelta(seconds=seconds))


async def test_who_asks_without_end_has_to_wait_and_hears_how_long(limited: App) -> None:
    replies = [await limited.run("sources", {}, asker(limited)) for _ in range(int(PERSON.size) + 1)]
    assert [bool(one.error) for one in replies] == [*([False] * int(PERSON.size)), True]
    assert (replies[-1].private, replies[-1].error) == (True, "That was a lot at once. Please try again in 2 s.")
    assert not (await limited.run("sources", {}, asker(limited, seconds=2))).error
    assert not (await limited.run("sources", {}, asker(limited, person="2"))).error


async def test_what_costs_more_counts_more(limited: App) -> None:
    for _ in range(int(PERSON.size) // 5):
        assert not (await limited.run("timeline", {}, asker(limited))).error
    assert "a lot at once" in (await limited.run("timeline", {}, asker(limited))).error


async def test_answers_of_a_quiz_are_never_held_up(limited: App) -> None:
    for _ in range(200):
        assert "a lot at once" not in (await limited.act("quiz.answer", "x", asker(limited))).error


async def test_one_server_does_not_take_all(limited: App) -> None:
    limits = RateLimits()
    waits = [limits.wait(asker(limited, person=str(one)), 1) for one in range(int(SERVER.size) + 1)]
    assert waits == [*([0] * int(SERVER.size)), 1]
    assert limits.wait(asker(limited, person="x", server="another"), 1) == 0
    assert limits.wait(asker(limited, person="x", server=None), 1) == 0


async def test_who_the_servers_limit_refuses_has_paid_nothing(limited: App) -> None:
    for one in range(int(SERVER.size)):
        await limited.run("sources", {}, asker(limited, person=str(one // 10)))
    for _ in range(2 * int(PERSON.size)):
        assert "a lot at once" in (await limited.run("sources", {}, asker(limited, person="late"))).error
    replies = [await limited.run("sources", {}, asker(limited, "late", None)) for _ in range(int(PERSON.size) + 1)]
    assert [bool(one.error) for one in replies] == [*([False] * int(PERSON.size)), True]


@pytest.mark.parametrize("button", [SHARE, AGAIN])
async def test_a_repeated_call_that_is_refused_costs_nothing(limited: App, button: str) -> None:
    for _ in range(int(PERSON.size) - 4):
        await limited.run("sources", {}, asker(limited))
    call = Call.of_command(limited.commands["timeline"], {}).encode()
    for _ in range(10):
        assert "a lot at once" in (await limited.act(button, call, asker(limited))).error
    assert [bool((await limited.run("sources", {}, asker(limited))).error) for _ in range(5)] == [*([False] * 4), True]


@given(st.lists(st.tuples(st.floats(0, 5), st.integers(0, 8)), max_size=60))
def test_no_more_is_given_than_the_bucket_and_what_flows_back(asked: list[tuple[float, int]]) -> None:
    buckets, now, given_ = TokenBuckets(Limit(10, 2)), 0.0, 0.0
    for later, cost in asked:
        now += later
        level = buckets.level("a", now)
        if not buckets.wait(level, cost):
            buckets.put("a", level - cost, now)
            given_ += cost
    assert given_ <= 10 + 2 * now + 1e-6


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=30))
def test_a_clock_that_jumps_locks_nobody_out(times: list[float]) -> None:
    buckets = TokenBuckets(Limit(5, 1))
    for now in times:
        level = buckets.level("a", now)
        wait = buckets.wait(level, 1)
        assert 0 <= wait <= 1
        if not wait:
            buckets.put("a", level - 1, now)
