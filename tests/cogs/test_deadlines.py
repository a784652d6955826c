"""Wherever a search runs out of time, its answer says so, and claims nothing that more time might change."""

from __future__ import annotations

import time

import pytest

from bot.core.reply import Reply
from corpus.search import index as index_module
from corpus.search import reader as reader_module
from tests.cogs.reading import said
from tests.conftest import Ask
from tests.samples import one_in

SAYS_SO = ("I stopped looking", "That search took too long")
CLAIMS = (
    "No match for",
    "No passage",
    "does not mention",
    "do not mention",
    "is not in",
    "mentions “",
    "Nobody called",
)
_TRIED = 8  # ends of the time of each question
LINES = (
    "/quote gunpowder",
    "/quote the people",
    "/quote the revolution of the people text:article",
    "/quote revolution gunpowder mexico",
    "/quote gunpowder text:article",
    "/quote what did Trotsky say about peace",
    "/compare the people",
    "/compare peace",
    "/compare gunpowder",
    "/compare revolution mexico congress",
    "/compare gunpowder texts:speech, article",
    "/word peoples revolution",
    "/who revolution",
    "/who gunpowder mexico",
)


class Clock:
    """A clock that does not move until it was read so many times; then it leaps, once or each time."""

    def __init__(self) -> None:
        self.looks, self.at = 0, 0.0
        self.leaps = range(0)

    def __call__(self) -> float:
        self.looks += 1
        self.at += 1_000.0 if self.looks in self.leaps else 0.0
        return self.at

    def leap(self, leaps: range) -> None:
        self.looks, self.leaps = 0, leaps


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of all searches, each of which has a deadline that it looks at all the time."""
    clock = Clock()
    for limit in ("_SHORT", "_UNLIMITED"):
        monkeypatch.setattr(index_module, limit, 0)
    monkeypatch.setattr(reader_module, "_STEPS_ASIDE", 40)
    monkeypatch.setattr(time, "thread_time", clock)
    return clock


def parts(reply: Reply) -> str:
    return f"{said(reply)}\n{reply.error}"


@pytest.mark.parametrize("line", LINES)
async def test_an_answer_is_that_of_all_the_time_or_says_so(ask: Ask, clock: Clock, line: str) -> None:
    whole = await ask(line)
    looks = clock.looks
    is_tried = one_in(1 + looks // _TRIED)
    for enough in filter(is_tried, range(1, looks + 1)):
        for leaps in (range(enough, enough + 1), range(enough, 1_000_000)):
            clock.leap(leaps)
            found = await ask(line)
            assert found == whole or any(words in parts(found) for words in SAYS_SO), (leaps, found)
            claimed = [words for words in CLAIMS if words in parts(found)]
            assert [words for words in claimed if words not in parts(whole)] == [], (leaps, found)
