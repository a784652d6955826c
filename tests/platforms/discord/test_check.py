"""Checking a quotation on Discord: by the command, and out of somebody's message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from simcord.backend.models.message import Poll, PollAnswer
from simcord.results import to_discord_message

from bot.core.app import App
from bot.platforms.discord.adapter import Discord
from tests.conftest import NOW
from tests.platforms.discord.conftest import Room, answer, message_of, said

CRUSH = "If the rising of the people does not crush imperialism, then we will surely be crushed."


@pytest.fixture
def platform(app: App) -> Discord:
    return Discord(app, "token")


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        (f"> {CRUSH}\nis that real?", "### ✓ Word for word\n"),
        (f"Trotsky: “{CRUSH.replace('not', 'never')}”", "### ✗ Changed\n"),
        (f"“{CRUSH}” — Lenin", "### ✗ Right words, wrong speaker\n"),
        ("Workers of all lands unite, you have nothing to lose", "### ? Not in the speech or the article\n"),
    ],
)
async def test_the_context_menu_checks_what_a_message_quotes(room: Room, message: str, verdict: str) -> None:
    sent = await room.ada.send(room.channel, message)
    result = await room.ben.context_menu(room.channel, "Check this quote", sent)
    assert answer(result).startswith(verdict)


async def test_a_message_that_says_nothing_is_told_to_the_asker_alone(room: Room) -> None:
    sent = await room.ada.send(room.channel, "👍")
    result = await room.ben.context_menu(room.channel, "Check this quote", sent)
    assert result.ephemeral
    assert "/check" in answer(result)


async def test_the_speaker_completes_and_the_buttons_work_after_a_restart(room: Room, app: App) -> None:
    found = await room.ada.autocomplete(room.channel, "check", "speaker", "trotz")
    assert found[0]["value"] == "Leon Trotsky"
    result = await room.ada.slash(room.channel, "check", quotation=CRUSH, speaker=found[0]["value"])
    assert "The speaker is right" in answer(result)
    shown = message_of(result)
    await room.restart(app)
    assert "Chicago" in answer(await room.ben.click(shown, label="Cite"))
    await room.ada.click(shown, label="In context")
    assert "no doubt about that" in said(shown)


async def test_what_is_checked_can_mention_nobody_and_break_no_markup(room: Room) -> None:
    for typed in ("@everyone we will surely be crushed, and so will they", "**a** `b` ||c|| [d](http://e.f) <@1> # g"):
        shown = answer(await room.ada.slash(room.channel, "check", quotation=typed, speaker=typed))
        assert "@everyone" not in shown.replace("@\u200beveryone", "")
        assert "](http" not in shown


Q = "Our whole hope is that our revolution will kindle a European revolution."


def _picture(room: Room, alt: str) -> dict[str, Any]:
    (picture,) = room.env.backend.store_attachments(room.channel.id, [("a.png", b"png")])
    return picture | {"description": alt}


CARRIED: dict[str, Callable[[Room], dict[str, Any]]] = {
    "an embed's description": lambda _: {"embeds": [{"description": Q}]},
    "an embed's field": lambda _: {"embeds": [{"title": "Today", "fields": [{"name": "Quote", "value": Q}]}]},
    "a picture's alt text": lambda room: {"attachments": [_picture(room, Q)]},
    "a poll's question": lambda _: {"poll": Poll(Q, [PollAnswer(1, "true"), PollAnswer(2, "false")], NOW.isoformat())},
    "a link's preview": lambda _: {"content": "look at this", "embeds": [{"title": "A page", "description": Q}]},
}


@pytest.mark.parametrize("name", CARRIED)
@pytest.mark.parametrize("forwarded", [False, True], ids=["sent", "forwarded"])
async def test_what_a_message_carries_along_is_read(room: Room, name: str, forwarded: bool) -> None:
    backend = room.env.backend
    carried = CARRIED[name](room)
    if forwarded and "poll" in carried:
        carried = {"content": f"“{Q}”"}
    sent = backend.create_message(room.channel.id, room.ada.id, **carried)
    if forwarded:
        reference = {"type": 1, "channel_id": str(room.channel.id), "message_id": str(sent.id)}
        sent = backend.create_message(room.channel.id, room.ada.id, reference=reference)
    shown = answer(await room.ben.context_menu(room.channel, "Check this quote", to_discord_message(room.env, sent)))
    assert "✓ Word for word" in shown
    assert "speech 6.6" in shown
    assert "✗" not in shown


async def test_what_the_writer_quotes_himself_counts_before_what_is_attached(room: Room) -> None:
    embeds = [{"description": "We shall always form a union with them."}]
    sent = room.env.backend.create_message(room.channel.id, room.ada.id, f"“{Q}” they say", embeds=embeds)
    shown = answer(await room.ben.context_menu(room.channel, "Check this quote", to_discord_message(room.env, sent)))
    assert "✓ Word for word" in shown
    assert "union" not in shown
