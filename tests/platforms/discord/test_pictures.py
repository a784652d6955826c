"""Pictures and files on Discord: uploaded with the message that shows them, and gone when it shows another."""

from __future__ import annotations

import pytest
from PIL import Image
from simcord.results import ResponseMessage

from bot.core.app import App
from bot.platforms.discord.adapter import Discord
from tests.cogs.shared.drawing.check import opened
from tests.platforms.discord.conftest import Room, answer, message_of, said


@pytest.fixture
def platform(app: App) -> Discord:
    return Discord(app, "token")


async def test_a_timeline_has_its_picture_and_turning_the_page_brings_another(room: Room) -> None:
    shown = message_of(await room.ada.slash(room.channel, "timeline", **{"from": "1917", "to": "1918"}))
    first, names = await picture(shown), said(shown)
    assert first.width == 1000
    await room.ada.click(shown, label="Later ▶")
    assert said(shown) != names
    assert (await picture(shown)).tobytes() != first.tobytes()
    await room.ada.click(shown, label="◀ Earlier")
    assert (await picture(shown)).tobytes() == first.tobytes()


async def test_buttons_of_a_timeline_work_after_a_restart(room: Room, app: App) -> None:
    shown = message_of(await room.ada.slash(room.channel, "timeline", topic="uprising"))
    await room.restart(app)
    await room.ada.click(shown, label="Later ▶")
    assert "Timeline: The uprising" in said(shown)
    assert "part 2 of" in shown.components[0]["components"][1]["items"][0]["description"]


async def test_a_quotation_has_a_card_for_all_to_see(room: Room) -> None:
    shown = message_of(await room.ada.slash(room.channel, "quote", words="gunpowder"))
    result = await room.ada.click(shown, label="Card")
    assert not result.ephemeral
    assert (await room.ben.click(shown, label="Card")).ephemeral
    assert "gunpowder" in said(shown)
    assert (await picture(message_of(result))).size == (1200, 630)


async def test_an_export_is_attached(room: Room) -> None:
    result = await room.ada.slash(room.channel, "export", what="calendar")
    (file,) = message_of(result).attachments
    assert file.filename == "smolny.ics"
    assert "Import it into your calendar" in answer(result)


async def picture(message: ResponseMessage) -> Image.Image:
    """The one picture of a message, as somebody sees it who opens it."""
    (file,) = message.attachments
    assert message.message.components
    return opened(await file.read())
