"""Daily facts in Slack's channels: once, whatever is lost on the way, and the person who set them up is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.app import App
from bot.platforms.slack.adapter import Slack
from bot.scheduler.loop import Scheduler
from bot.storage import schedules
from bot.storage.store import Store
from corpus.corpus import Corpus
from tests.platforms.slack import conftest, limits_check
from tests.platforms.slack.fake_slack import FakeSlack
from tests.platforms.slack.people import Someone
from tests.platforms.slack.said import Said, Trouble
from tests.scheduler.hub import daily

DUE = datetime(2026, 11, 22, 9, 35, tzinfo=UTC)
LATER = DUE + timedelta(minutes=30)
SET = "/daily set <#C1|general> 9:35 Europe/London"


class Wall:
    """The clock that the scheduler sees."""

    def __init__(self) -> None:
        self.now = DUE

    def __call__(self) -> datetime:
        return self.now


Facts = Callable[[], Scheduler]


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def facts(store: Store, corpus: Corpus, slack: Slack, wall: Wall) -> Facts:
    """A scheduler of a process of its own, each time."""
    return lambda: daily(store, corpus, [slack], clock=wall)


def posts(fake: FakeSlack) -> list[Said]:
    return [one for one in fake.said if one.channel == "C1" and not one.seen_by]


async def state(store: Store) -> str:
    one = await schedules.find(store.reader, "slack", "T1", "C1", "")
    assert one
    return one.state


async def step(facts: Scheduler, wall: Wall, now: datetime) -> None:
    wall.now = now
    while await facts.step(now):
        pass


async def test_it_is_posted_when_due_and_once(
    ada: Someone, boris: Someone, facts: Facts, wall: Wall, fake: FakeSlack
) -> None:
    await ada.types(SET)
    running = facts()
    await step(running, wall, DUE - timedelta(minutes=1))
    assert posts(fake) == []
    await step(running, wall, DUE)
    await step(running, wall, LATER)
    (said,) = posts(fake)
    assert limits_check.quotations(said.blocks)
    (told,) = await boris.presses(said, "In context")
    assert (told.seen_by, told.replaces) == ("U2", False)
    (ledger,) = await ada.types("/daily history")
    assert f"/archives/C1/p{said.ts.replace('.', '')}" in str(ledger.blocks)


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble(cut="after"),
        Trouble(cut="before"),
        Trouble(status=429, retry_after=30),
        Trouble(status=503),
        Trouble(error="fatal_error"),
    ],
)
async def test_whatever_is_lost_on_the_way_it_comes_once(
    ada: Someone, facts: Facts, wall: Wall, fake: FakeSlack, trouble: Trouble
) -> None:
    await ada.types(SET)
    fake.fail("chat.postMessage", trouble)
    running = facts()
    await step(running, wall, DUE)
    await step(running, wall, LATER)
    assert len(posts(fake)) == 1


async def test_a_crash_between_the_post_and_its_record_doubles_nothing(
    ada: Someone, facts: Facts, wall: Wall, fake: FakeSlack
) -> None:
    await ada.types(SET)
    fake.now = wall()
    fake.fail("chat.postMessage", Trouble(cut="silent"))
    crashing = asyncio.create_task(facts().run())
    await asyncio.wait_for(fake.silent.wait(), 60)
    crashing.cancel()
    with suppress(asyncio.CancelledError):
        await crashing
    assert len(posts(fake)) == 1
    await step(facts(), wall, LATER)
    assert len(posts(fake)) == 1
    (ledger,) = await ada.types("/daily history")
    assert "posted" in ledger.words


async def test_after_a_restart_it_is_known_that_it_was_posted(
    app: App, store: Store, corpus: Corpus, fake: FakeSlack, wall: Wall
) -> None:
    slack, serving = await conftest.start(app, fake)
    await Someone(fake, slack).types(SET)
    fake.fail("chat.postMessage", Trouble(cut="after"))
    await step(daily(store, corpus, [slack], clock=wall), wall, DUE)
    await conftest.stop(slack, serving)
    fake._connected.clear()
    slack, serving = await conftest.start(app, fake)
    await step(daily(store, corpus, [slack], clock=wall), wall, LATER)
    assert len(posts(fake)) == 1
    await conftest.stop(slack, serving)


@pytest.mark.parametrize("change", [{"is_archived": True}, {"is_member": False}])
async def test_a_closed_door_pauses_it_with_a_word_to_who_set_it(
    ada: Someone, facts: Facts, wall: Wall, fake: FakeSlack, store: Store, change: dict[str, bool]
) -> None:
    await ada.types(SET)
    fake.channels["C1"] |= change
    running = facts()
    await step(running, wall, DUE)
    await step(running, wall, LATER)
    assert await state(store) == "paused"
    assert [one.channel for one in fake.said if one.channel == "DU1"] == ["DU1"]
    fake.channels["C1"] |= {"is_archived": False, "is_member": True}
    await ada.types("/daily resume")
    assert await state(store) == "active"
