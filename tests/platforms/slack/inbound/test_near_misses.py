"""The menu of near misses: it is below what was mistyped, and below nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from random import Random

import pytest

from bot.core.app import App
from bot.core.rate_limit import RateLimits
from bot.platforms.slack.adapter import Slack
from bot.platforms.slack.rendering.render import QUESTION
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from tests.conftest import NOW
from tests.platforms.slack import limits_check
from tests.platforms.slack.conftest import start, stop
from tests.platforms.slack.fake_slack import BOT_USER, FakeSlack
from tests.platforms.slack.people import Someone, elements
from tests.platforms.slack.said import Said

MISTYPED = [
    "/compare zeppelin",
    "/smolny event 30 February 1917",
    "/smolny event days since the zeppelin",
    "/smolny event after",
    "/timeline topic:zeppelin",
    "/smolny help zeppelin",
    "/fact zeppelin",
    "/quote speech 99",
    "/quote the speech, section 2",
    "/quote zeppelin",
    "/smolny who zeppelin",
]


def offers_near_misses(said: Said) -> bool:
    return any(one["type"] == "external_select" for _, one in elements(said.blocks))


@pytest.mark.parametrize("line", MISTYPED)
async def test_what_was_mistyped_has_near_misses(ada: Someone, line: str) -> None:
    (said,) = await ada.types(line)
    assert offers_near_misses(said), said.words


@pytest.fixture
async def limited(corpus: Corpus, store: Store, fake: FakeSlack) -> AsyncIterator[Slack]:
    app = App(FEATURES, corpus, store, clock=lambda: NOW, dice=Random(1917), limits=RateLimits())
    slack, serving = await start(app, fake)
    yield slack
    await stop(slack, serving)
    assert app.library
    await app.library.close()


def suggesting(app: App) -> list[str]:
    """A line for each parameter that has near misses; what else its command needs is there."""
    lines = []
    for command in app.commands.values():
        for name in command.suggest:
            needed = [one.name for one in command.parameters if one.required]
            typed = [f"{one}:zeppelin" for one in dict.fromkeys((*needed, name))]
            lines.append(f"/smolny {command.name} {' '.join(typed)}")
    return lines


async def errors_of(person: Someone, lines: list[str], beginning: str) -> int:
    """How many of the lines are refused for a reason; none of them has near misses."""
    refused = [one for line in lines for one in await person.types(line) if beginning in one.words]
    assert [one.words for one in refused if offers_near_misses(one)] == []
    return len(refused)


async def test_whoever_asks_too_much_is_offered_no_near_misses(limited: Slack, fake: FakeSlack) -> None:
    ada, lines = Someone(fake, limited), suggesting(limited.app)
    async with asyncio.timeout(60):
        while await errors_of(ada, ["/quote zeppelin"], "That was a lot at once") == 0:
            pass
    assert await errors_of(ada, lines, "That was a lot at once") > len(lines) // 2


async def test_whoever_may_not_do_it_is_offered_no_near_misses(boris: Someone, app: App) -> None:
    assert await errors_of(boris, suggesting(app), "Ask one of them") > 0


async def test_a_wrong_clock_has_no_near_misses(ada: Someone, app: App) -> None:
    app.timed_work_fault = lambda: "the clock says 1970"
    lines = ["/quiz start topic:peace", "/quiz start peace", "/daily set time:9:00 timezone:Europe/London topic:peace"]
    assert await errors_of(ada, lines, "my clock is wrong") > 0


@pytest.mark.parametrize(
    "line",
    [
        "/daily set <#C1|general> 9:00 zeppelin weekdays",
        "/quiz schedule <#C1|general> 9:00 zeppelin mon questions:5",
        "/setup <#C1|general> 9:00 zeppelin lookups:private",
        "/quote zeppelin text:speech",
        "/timeline from:1917 topic:zeppelin",
        "/compare zeppelin texts:speech",
    ],
)
async def test_a_choice_takes_the_place_of_what_was_mistyped_and_of_nothing_else(ada: Someone, line: str) -> None:
    (said,) = await ada.types(line)
    option = (await ada.completes(said.blocks, "e"))[0]
    whole = line.replace("zeppelin", f'"{option["value"]}"')
    await ada.types(whole)  # what it sets up is there already for both
    chosen, typed = await ada.picks_near(said, option), await ada.types(whole)
    assert [_answer(one) for one in chosen] == [_answer(one) for one in typed]


def _answer(said: Said) -> list[str]:
    """How it begins, without who asked for what: the fact that comes next is anyone."""
    words = limits_check.words_of([block for block in said.blocks if block.get("block_id") != QUESTION])
    return words.splitlines()[:3]


async def test_nothing_is_offered_to_choose_where_more_is_lacking(ada: Someone, app: App) -> None:
    """Without a form, as in a thread."""
    offered = 0
    for command in app.commands.values():
        for name in command.suggest:
            for said in await ada.mentions(f"<@{BOT_USER}> {command.name} {name}:zeppelin"):
                if offers_near_misses(said):
                    offered += 1
                    (option, *_) = await ada.completes(said.blocks, "e") or await ada.completes(said.blocks)
                    assert not [one.words for one in await ada.picks_near(said, option) if "Please add" in one.words]
    assert offered > 5
