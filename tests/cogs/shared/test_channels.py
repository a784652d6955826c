"""Channels in replies: who cannot see one is not told its name, and can still stop what is posted there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.platform import TryLater
from bot.core.reply import Reply
from bot.platforms.typed_commands import answer_line
from bot.storage import quiz_schedules, schedules
from bot.storage.store import Store
from cogs.shared.channels import HIDDEN, UNKNOWN
from tests.conftest import Ask
from tests.fakes.platform import QuietPlatform
from tests.reach import ways_on

SET_UP = (
    "/daily set #layoffs 9:00 Berlin",
    "/daily set #layoffs 10:00 Berlin topic:coalition",
    "/quiz schedule #layoffs 9:00 Berlin",
    "/settings channel:#layoffs",
)


class Rooms(QuietPlatform):
    """Shows its channels only to some."""

    def __init__(self) -> None:
        self.members = {"1"}
        self.fails = False

    async def visible_channels(self, person: str, server: str | None, channels: Sequence[str]) -> Mapping[str, str]:
        if self.fails:
            raise TryLater("busy")
        return await super().visible_channels(person, server, channels) if person in self.members else {}


@pytest.fixture
def store(store_in_file: Store) -> Store:
    return store_in_file


@pytest.fixture
def rooms() -> Rooms:
    return Rooms()


@pytest.fixture
def ctx(app: App, rooms: Rooms) -> Context:
    return app.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"), rooms)


@pytest.fixture
async def replies(app: App, ctx: Context, ask: Ask, rooms: Rooms) -> list[Reply]:
    """All that a manager is told by commands and buttons after a private channel has been left."""
    for line in SET_UP:
        assert not (await ask(line)).error, line
    rooms.members.clear()
    waiting = [await answer_line(app, f"/{name}", ctx) for name in app.commands if name != "daily remove"]
    found: list[Reply] = []
    pressed: set[str] = set()
    while waiting:
        found.append(waiting.pop())
        ways = dict.fromkeys(
            one for one in ways_on(found[-1]) if one[0].startswith(("daily.", "settings.", "quiz.sched"))
        )
        for action, value in ways:
            if (way := f"{action} {value}") not in pressed:
                pressed.add(way)
                waiting.append(await app.act(action, value, ctx))
    return found


async def test_no_reply_names_a_channel_that_the_asker_does_not_see(replies: list[Reply], store: Store) -> None:
    assert [one for one in replies if "#layoffs" in repr(one)] == []
    assert len([one for one in replies if HIDDEN in repr(one)]) > 5
    left = await schedules.of_server(store.reader, "test", "guild")
    assert left == [], "whoever manages the server may remove them all the same"
    assert await quiz_schedules.of_server(store.reader, "test", "guild") == []


async def test_a_platform_that_does_not_answer_is_said_to_be_that(ask: Ask, rooms: Rooms) -> None:
    for line in SET_UP:
        await ask(line)
    rooms.fails = True
    for line in ("/daily list", "/quiz schedules", "/settings"):
        reply = repr(await ask(line))
        assert UNKNOWN in reply
        assert "#layoffs" not in reply
