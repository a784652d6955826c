"""Words that one expects to type behind a command's name on Discord: the cursor is there, and no words are a choice."""

from __future__ import annotations

import pytest

from bot.core.app import App
from bot.platforms.discord.adapter import Discord
from bot.platforms.discord.commands import ALONE
from tests.platforms.discord.conftest import Room, answer

EXPECTED = {"quote": "words", "event": "event", "compare": "topic"}


@pytest.fixture
def platform(app: App) -> Discord:
    return Discord(app, "token")


async def test_the_first_option_has_the_cursor(room: Room) -> None:
    for name, option in EXPECTED.items():
        registered = room.env.backend.find_command(name, None)
        assert registered
        first, *others = registered["options"]
        assert (first["name"], first["required"]) == (option, True)
        assert not any(one["required"] for one in others)


@pytest.mark.parametrize(("name", "option"), EXPECTED.items())
async def test_no_words_are_the_first_choice_and_give_what_the_command_gives_alone(
    room: Room, app: App, name: str, option: str
) -> None:
    choices = await room.ada.autocomplete(room.channel, name, option, "")
    assert choices[0]["value"] == ALONE
    assert choices[0]["name"] == app.commands[name].alone
    assert all(one["value"] != ALONE for one in await room.ada.autocomplete(room.channel, name, option, "peace"))
    assert not answer(await room.ada.slash(room.channel, name, **{option: ALONE})).startswith("No ")
