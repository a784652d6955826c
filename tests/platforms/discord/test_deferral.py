"""Deferrals: however many ask at once, each sees something within three seconds, and none is deferred needlessly."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.platforms.discord import deferral
from bot.platforms.discord.deferral import Crowd, Deferral
from tests.simulation import simulate

CROWD = 1_000
PATIENCE = 3.0
"""Seconds that Discord waits for the first sign of an answer."""
ROUND_TRIP = 0.1


class Asked:
    """A crowd that asks all at once, and is answered one after the other. They come when they are of this age."""

    def __init__(self, people: int, each: float, age: float = 0.0) -> None:
        self.people, self.each, self.age = people, each, age
        self.crowd = Crowd()
        self.signs: dict[int, float] = {}
        """When each saw something."""
        self.done: set[int] = set()
        self.deferred = self.under_way = self.most = 0

    async def answered(self) -> None:
        """Until all have their answers."""
        await asyncio.gather(*(self._answer(n) for n in range(self.people)))

    async def _answer(self, n: int) -> None:
        one = Deferral(self.crowd, partial(self._defer, n), self.age)
        await asyncio.sleep(self.each * (n + 1))
        one.stop()
        self.done.add(n)
        await one.finish()
        self._sees_something(n)

    async def _defer(self, n: int) -> None:
        assert n not in self.done, "an answer that was there has been deferred"
        self.deferred += 1
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(ROUND_TRIP)
        self.under_way -= 1
        self._sees_something(n)

    def _sees_something(self, n: int) -> None:
        self.signs.setdefault(n, asyncio.get_running_loop().time())


@pytest.mark.parametrize("age", [0.0, 0.4])
@pytest.mark.parametrize("each", [0.003, 0.01, 1.0])
def test_all_of_a_crowd_see_something_in_time(each: float, age: float) -> None:
    asked = Asked(CROWD, each, age)
    simulate(asked.answered())
    assert len(asked.signs) == CROWD
    assert age + max(asked.signs.values()) < PATIENCE
    assert asked.most <= CROWD / 10, "as many connections as people"


@pytest.mark.parametrize(("each", "age"), [(0.0015, 0.0), (0.0015, 0.4), (0.0022, 0.0), (0.0018, 0.4)])
def test_hardly_anybody_is_deferred_whose_turn_comes_soon(each: float, age: float) -> None:
    asked = Asked(CROWD, each, age)
    simulate(asked.answered())
    assert asked.deferred <= CROWD / 100


@pytest.mark.parametrize("age", [0.0, 0.4])
def test_only_those_are_deferred_whose_turn_comes_too_late(age: float) -> None:
    asked = Asked(CROWD, 0.003, age)
    simulate(asked.answered())
    too_late = CROWD - (2.25 - age) / 0.003
    assert asked.deferred == pytest.approx(too_late, abs=CROWD / 20)


def test_whoever_is_alone_is_deferred_when_discord_would_give_up_soon() -> None:
    quick, slow = Asked(1, 1.9), Asked(1, 10.0)
    simulate(quick.answered())
    simulate(slow.answered())
    assert (quick.deferred, slow.deferred) == (0, 1)
    assert slow.signs[0] == pytest.approx(deferral.QUICK + ROUND_TRIP)


def test_thinking_begins_before_discord_gives_up() -> None:
    assert 1 <= deferral.QUICK <= 2.5
