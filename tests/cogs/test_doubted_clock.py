"""While this machine's clock is not believed, whatever would come at a set time says why it can't be had yet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from bot.core.app import App
from bot.core.context import Person, Place
from bot.core.reply import Reply
from bot.platforms.typed_commands import answer_line
from bot.settings import Settings
from bot.storage.store import Store
from bot.wiring import make_scheduler
from tests.conftest import NOW
from tests.fakes.platform import QuietPlatform
from tests.processes import until

TIMED = (
    "/quiz start",
    "/quiz remind 18:00",
    "/quiz schedule general 9:00 Berlin",
    "/daily set general 9:00 Berlin",
    "/daily resume",
    "/setup general 9:00 Berlin",
)


class OtherClock(QuietPlatform):
    """A platform whose clock is another than ours."""

    off = timedelta(days=3)

    async def server_time(self) -> datetime | None:
        return NOW + self.off


@pytest.fixture
def store(store_in_file: Store) -> Store:
    return store_in_file


@pytest.fixture
async def platform(app: App) -> AsyncIterator[OtherClock]:
    """The platform, with the scheduler at work."""
    clock = OtherClock()
    scheduler = make_scheduler(app, [clock], Settings())
    assert scheduler
    running = asyncio.create_task(scheduler.run())
    await until(scheduler.fault)
    yield clock
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def ask(app: App, platform: OtherClock, line: str) -> Reply:
    return await answer_line(
        app, line, app.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"), platform)
    )


@pytest.mark.parametrize("line", TIMED)
async def test_what_would_not_come_is_not_promised(app: App, platform: OtherClock, line: str) -> None:
    reply = await ask(app, platform, line)
    assert reply.error.startswith("I can't do that just now: my clock is wrong")
    assert reply.private


@pytest.mark.parametrize("line", ["/quote gunpowder", "/daily list", "/quiz me", "/daily next"])
async def test_all_else_is_answered(app: App, platform: OtherClock, line: str) -> None:
    assert "clock" not in (await ask(app, platform, line)).error


@pytest.mark.parametrize("line", TIMED)
async def test_a_clock_that_is_right_is_no_hindrance(app: App, line: str) -> None:
    assert "clock" not in (await ask(app, OtherClock(), line)).error
