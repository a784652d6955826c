"""`make preview`: the page is filled, its clock is right, and timed posts show by themselves."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.platforms.discord.conftest import answer
from tests.preview import CONVERSATION, SHOWN_LINES, Room, options, preview


def shown(room: Room) -> dict[str, Any]:
    """The messages that a browser finds, without the refresh that asking for a snapshot is."""
    page = room.page._python
    assert page
    assert page.snapshot
    messages: dict[str, Any] = page.snapshot["messages"]
    return messages


async def appears(room: Room, words: str) -> bool:
    for _ in range(600):
        if words in str(shown(room)):
            return True
        await asyncio.sleep(0.1)
    return False


def required(room: Room, command: str) -> set[str]:
    """Options that Discord wants before it sends a command."""
    name, *subcommand = command.split()
    node = room.env.backend.find_command(name, None)
    assert node
    for one in subcommand:
        node = next(option for option in node["options"] if option["name"] == one)
    return {one["name"] for one in node["options"] if one.get("required")}


async def test_the_page_never_waits_until_a_transformer_has_read_the_texts(folder: Path) -> None:
    async with preview(folder / "data") as room:
        assert room.app.corpus.semantic.is_embedded
        assert "Nothing found" in answer(await room.reader.slash(room.channel, "quote", words="zeppelin"))


async def test_the_page_is_filled_and_a_round_goes_on_by_itself(folder: Path) -> None:
    async with preview(folder / "data") as room:
        assert len(shown(room)) == 1 + len(CONVERSATION)
        assert abs(room.env.now() - datetime.now(UTC)) < timedelta(seconds=5)
        for line in SHOWN_LINES.values():
            command, typed = options(room, line)
            assert required(room, command) <= set(typed), line
        begun = await room.reader.slash(room.channel, "quiz start")
        assert "First question" in answer(begun)
        assert await appears(room, "Question 1 of")
