"""`make preview`: the page is filled, its clock is right, and what is posted unasked shows by itself."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.platforms.discord.conftest import answer
from tests.preview import CONVERSATION, Room, preview


def shown(room: Room) -> dict[str, Any]:
    """The messages that a browser finds, without the refresh that asking for a snapshot is."""
    page = room.page._python
    assert page
    assert page.snapshot
    messages: dict[str, Any] = page.snapshot["messages"]
    return messages


async def appears(room: Room, words: str) -> bool:
    for _ in range(300):
        if words in str(shown(room)):
            return True
        await asyncio.sleep(0.1)
    return False


async def test_the_page_is_filled_and_a_round_goes_on_by_itself() -> None:
    async with preview() as room:
        assert len(shown(room)) == 1 + len(CONVERSATION)
        assert abs(room.env.now() - datetime.now(UTC)) < timedelta(seconds=5)
        begun = await room.reader.slash(room.channel, "quiz start")
        assert "First question" in answer(begun)
        assert await appears(room, "Question 1 of")
