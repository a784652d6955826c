"""What a server decides: who sees look-ups, and in which channels there are any."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.reply import Menu, Reply
from bot.platforms.typed_commands import answer_line
from bot.storage.store import Store
from cogs import FEATURES
from cogs.settings import MOST
from tests.conftest import Ask, Press
from tests.scheduler.hub import Connection, Hub

STUDENT = Person("2", "Boris")
LOOK_UPS = (
    "/quote speech 4.2",
    "/quote",
    "/event 7 November 1917",
    "/who Avilov",
    "/fact",
    "/timeline coalition",
    "/read speech",
)


@pytest.fixture
def store(store_in_file: Store) -> Store:
    return store_in_file


@pytest.fixture
def student(ctx: Context) -> Context:
    return replace(ctx, asker=STUDENT, platform=Connection(Hub(lambda: ctx.now)))


async def pressed(app: App, ctx: Context, reply: Reply, label: str) -> Reply:
    [button] = [one for one in reply.buttons if one.label == label]
    return await app.act(button.action, button.value, ctx)


async def test_private_look_ups_reach_the_asker_alone_until_shared(app: App, ask: Ask, student: Context) -> None:
    assert not (await answer_line(app, LOOK_UPS[0], student)).private
    changed = await ask("/settings lookups:private")
    assert changed.private
    for line in LOOK_UPS:
        reply = await answer_line(app, line, student)
        assert reply.private, line
        shared = await pressed(app, student, reply, "Share")
        assert not shared.private
        assert [*shared.quotes()] == [*reply.quotes()]
    assert app.actions["share"].shares
    opened = await pressed(app, student, await answer_line(app, LOOK_UPS[0], student), "In context")
    assert opened.private
    assert (await pressed(app, student, opened, "Share")).parts == opened.parts
    await ask("/settings lookups:public")
    assert not (await answer_line(app, LOOK_UPS[0], student)).private


async def test_a_quiz_is_for_its_channel_whoever_sees_look_ups(app: App, ask: Ask, student: Context) -> None:
    await ask("/settings lookups:private")
    started = await answer_line(app, "/quiz start", student)
    assert not started.private


@pytest.mark.parametrize("line", [*LOOK_UPS, "/quiz start", "/check our revolution"])
async def test_elsewhere_it_says_where_it_answers(app: App, ask: Ask, student: Context, line: str) -> None:
    await ask("/settings channel:#october")
    reply = await answer_line(app, line, student)
    assert reply.private
    assert reply.error == "Here I answer only in #october: please ask me there."
    for there in (replace(student.place, channel="october"), replace(student.place, channel="9", parent="october")):
        assert not (await answer_line(app, line, replace(student, place=there))).error


async def test_it_names_only_channels_that_the_asker_sees(app: App, ask: Ask, student: Context) -> None:
    await ask("/settings channel:#staff-room")
    hub = Hub(lambda: student.now)

    class Hidden(Connection):
        async def visible_channels(self, person: str, server: str | None, channels: object) -> dict[str, str]:
            return {}

    reply = await answer_line(app, LOOK_UPS[0], replace(student, platform=Hidden(hub)))
    assert reply.error == "I don't answer in this channel."


async def test_help_privacy_and_what_admins_do_work_everywhere(app: App, ask: Ask, student: Context) -> None:
    await ask("/settings channel:#october")
    for line in ("/help", "/help quote", "/privacy"):
        assert not (await answer_line(app, line, student)).error, line
    for line in ("/settings", "/daily list"):
        assert not (await ask(line)).error, line
    assert (await ask("/quote gunpowder")).error.endswith("/settings changes that.")


async def test_messages_to_the_bot_alone_and_other_servers_are_free(app: App, ask: Ask, student: Context) -> None:
    await ask("/settings lookups:private channel:#october")
    for place in (
        Place("test", "dm", "guild", private=True),
        Place("test", "dm"),
        Place("test", "general", "other"),
        Place("other", "general", "guild"),
    ):
        reply = await answer_line(app, LOOK_UPS[0], replace(student, place=place))
        assert not reply.error
        assert not reply.private


async def test_buttons_keep_to_channels_and_back(app: App, ctx: Context, ask: Ask, press: Press) -> None:
    kept = await pressed(app, ctx, await ask("/settings"), "Only in #general")
    await ask("/settings channel:#october")
    [menu] = [part for part in (await ask("/settings")).parts if isinstance(part, Menu)]
    assert [one.value for one in menu.choices] == ["general", "october"]
    left = await press(menu.action, "general")
    assert "I answer only in #october." in str(left.parts)
    everywhere = await pressed(app, ctx, left, "Answer everywhere")
    assert "I answer in every channel." in str(everywhere.parts)
    assert kept.private


async def test_there_are_only_so_many_channels(ask: Ask) -> None:
    for number in range(MOST):
        assert not (await ask(f"/settings channel:#c{number}")).error
    assert "at most" in (await ask("/settings channel:#more")).error
    assert not (await ask("/settings channel:#c1")).error


async def test_only_who_manages_the_server_changes_it(app: App, student: Context) -> None:
    for line in ("/settings", "/settings lookups:private"):
        assert "Only people who manage" in (await answer_line(app, line, student)).error
    for name in ("settings.lookups", "settings.keep", "settings.leave"):
        assert "Only people who manage" in (await app.act(name, "private", student)).error


async def test_another_process_hears_of_it(app: App, ask: Ask, student: Context) -> None:
    other = App(FEATURES, app.corpus, app.store, clock=app.clock)
    await ask("/settings lookups:private")
    reply = await answer_line(other, LOOK_UPS[0], replace(student, policy=other.policy, library=other.library))
    assert reply.private
    assert other.library
    await other.library.close()


@pytest.mark.parametrize(
    "value", ["", "/", "/quote", "nothing|", "share|x", "again|/quote", "/daily set|x", "/quiz start"]
)
async def test_a_forged_share_does_nothing_that_a_command_would_not(app: App, student: Context, value: str) -> None:
    reply = await app.act("share", value, student)
    assert not reply.incident
    assert value in ("/quote", "/quiz start") or reply.error


async def test_several_channels_are_a_list(ask: Ask, app: App, ctx: Context) -> None:
    for channel in ("october", "history", "quiz"):
        await ask(f"/settings channel:#{channel}")
    reply = await answer_line(app, "/quote gunpowder", ctx)
    assert reply.error.startswith("Here I answer only in #october, #history and #quiz: please ask me there.")
