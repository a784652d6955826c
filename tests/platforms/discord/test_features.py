"""The real commands, each answered, pressed, completed, restarted and asked in private, on the shipped texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import simcord

from bot.core.app import App
from bot.core.attachment import AttachmentKey
from bot.core.command import Command
from bot.core.context import Channel
from bot.platforms.discord.adapter import Discord
from bot.platforms.discord.rendering.render import render
from bot.platforms.typed_commands import parse_line
from tests import golden
from tests.conftest import Ask
from tests.platforms.discord import limits_check
from tests.platforms.discord.conftest import Room, answer, message_of, said
from tests.platforms.discord.rendering.test_render import displays

LINES = [line for name, line in golden.LINES.items() if name != "unknown-command"]


@pytest.fixture
def platform(app: App) -> Discord:
    return Discord(app, "token")


def picked(room: Room, app: App, line: str) -> tuple[str, dict[str, Any]]:
    """A typed line as somebody picks it on Discord."""
    call = parse_line(line, app.commands)
    kinds = {one.name: one.kind for one in app.commands[call.name].parameters}
    native: dict[Any, Callable[[str], Any]] = {
        int: int,
        Channel: lambda _: room.channel,
        AttachmentKey: lambda name: (name, b"A text of one sentence."),
    }
    return call.name, {name: native.get(kinds[name], str)(typed) for name, typed in call.arguments.items()}


@pytest.mark.parametrize("line", LINES)
async def test_a_known_line_is_answered_on_discord_as_everywhere(line: str, room: Room, app: App, ask: Ask) -> None:
    name, typed = picked(room, app, line)
    app.dice.seed(1917)
    asker = room.carla if app.commands[name].admin else room.ada
    result = await asker.slash(room.channel, name, **typed)
    app.dice.seed(1917)
    expected = await ask(line)
    assert answer(result) == "\n".join(displays(render(expected, room.platform.dispatcher.colours)))
    assert result.ephemeral is (expected.private or bool(expected.error))


async def test_each_command_answers_and_each_button_and_menu_works(room: Room, app: App) -> None:
    for command in app.commands.values():
        first = await used(room, app, command)
        for number, _ in enumerate(list(presses(first))):
            again = await used(room, app, command)
            # Dice may have chosen another answer this time, with fewer buttons.
            for custom_id, value in list(presses(again))[number : number + 1]:
                pressed = await press(room.carla, again, custom_id, value)
                assert pressed.modal or not re.search("my fault|older version|could not show", answer(pressed))


async def used(room: Room, app: App, command: Command) -> simcord.ResponseMessage:
    result = await room.carla.slash(room.channel, command.name, **example(room, app, command))
    assert not re.search("my fault|could not show", answer(result))
    return message_of(result)


async def test_buttons_work_after_a_restart(room: Room, app: App) -> None:
    shown = message_of(await room.ada.slash(room.channel, "quote", words="gunpowder"))
    before = said(shown)
    await room.restart(app)
    await room.ada.click(shown, label="Sentence after ▶")
    assert said(shown) != before
    await room.ada.click(shown, label="◀ Sentence before")
    assert "gunpowder" in said(shown)
    cited = await room.ben.click(shown, label="Cite")
    assert cited.ephemeral
    assert "Chicago" in answer(cited)


@pytest.mark.parametrize("name", ["help", "sources"])
async def test_what_only_one_sees_can_be_shared(room: Room, name: str) -> None:
    alone = await room.ada.slash(room.channel, name)
    assert alone.ephemeral
    shared = await room.ada.click(message_of(alone), label="Share")
    assert not shared.ephemeral
    assert answer(shared) == answer(alone)


async def test_each_command_for_everybody_answers_in_private_messages(room: Room, app: App) -> None:
    for command in app.commands.values():
        if not command.admin:
            assert answer(await room.ada.user.slash(command.name, **example(room, app, command)))


async def test_each_completion_answers_and_its_choice_is_understood(room: Room, app: App) -> None:
    completed = set()
    for command in app.commands.values():
        for parameter in command.parameters:
            if parameter.suggests:
                found = await room.carla.autocomplete(room.channel, command.name, parameter.name, "pea")
                assert len(found) <= 25
                completed |= {command.name} if found else set()
                for choice in found[:2]:
                    typed = {**example(room, app, command), parameter.name: choice["value"]}
                    result = await room.carla.slash(room.channel, command.name, **typed)
                    assert f"{parameter.name} is one of" not in answer(result)
    assert {"quote", "compare"} <= completed


def example(room: Room, app: App, command: Command) -> dict[str, Any]:
    return picked(room, app, command.line_in(app.corpus))[1]


def presses(message: simcord.ResponseMessage) -> Iterator[tuple[str, str | None]]:
    """Each button that can be pressed, and each menu's first choice."""
    for one in limits_check.walk(message.components):
        if "options" in one:
            yield one["custom_id"], one["options"][0]["value"]
        elif "custom_id" in one and not one.get("disabled"):
            yield one["custom_id"], None


async def press(
    who: simcord.MemberActor, message: simcord.ResponseMessage, custom_id: str, value: str | None
) -> simcord.InteractionResult:
    if value is None:
        return await who.click(message, custom_id=custom_id)
    return await who.select(message, [value], custom_id=custom_id)
