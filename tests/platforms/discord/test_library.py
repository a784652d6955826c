"""A text added from an attachment on Discord: the option of the command, and a message's context menu."""

from __future__ import annotations

import pytest

from bot.core import progress
from bot.core.app import App
from bot.platforms.discord import deferral
from bot.platforms.discord.adapter import Discord
from tests.corpus.source.readers import files
from tests.platforms.discord.conftest import Room, answer, message_of, said


@pytest.fixture
def platform(app: App) -> Discord:
    return Discord(app, "token")


async def test_a_file_is_attached_shown_and_added(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    # So that the answer says several times how far it is.
    monkeypatch.setattr(deferral, "QUICK", 0)
    monkeypatch.setattr(progress, "FIRST", 0.25)
    result = await room.carla.slash(room.channel, "library add", file=("queue.epub", files.epub()), date="1919")
    assert result.ephemeral
    assert "Author: Mary Example" in answer(result)
    added = await room.carla.click(message_of(result), label="Add: our group may use it")
    assert "The Bread Queue is here now" in answer(added) or "The Bread Queue is here now" in said(message_of(result))
    assert "By one the shelves were bare." in answer(
        await room.ada.slash(room.channel, "quote", words="bread-queue 4.2")
    )
    completed = await room.ada.autocomplete(room.channel, "read", "text", "bread")
    assert [one["value"] for one in completed] == ["bread-queue"]


async def test_the_context_menu_takes_a_messages_file(room: Room) -> None:
    message = await room.ada.send(room.channel, "read this", attachments=[("queue.md", files.markdown())])
    shown = await room.carla.context_menu(room.channel, "Add to the library", message)
    assert "Add The Bread Queue?" in answer(shown)
    bare = await room.ada.send(room.channel, "nothing here")
    assert "no file on this message" in answer(await room.carla.context_menu(room.channel, "Add to the library", bare))
    refused = await room.ada.context_menu(room.channel, "Add to the library", message)
    assert "Only people who manage this server" in answer(refused)
