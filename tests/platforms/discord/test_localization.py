"""Commands in the language that somebody's Discord is set to."""

from __future__ import annotations

from bot.core.app import App
from tests.platforms.discord.conftest import Room

MENU = 3
"""Discord's number for a command on a message."""


async def test_discord_is_sent_names_and_descriptions_in_german(room: Room, app: App) -> None:
    await room.restart(app)
    quote = room.env.backend.find_command("quote", None)
    assert quote
    assert quote["name_localizations"] == {"de": "zitat"}
    assert quote["description_localizations"] == {"de": "Finde ein Zitat, Wort für Wort und mit Quelle."}
    assert quote["options"][0]["name_localizations"] == {"de": "worte"}
    menu = room.env.backend.find_command("Check this quote", None, MENU)
    assert menu
    assert menu["name_localizations"] == {"de": "Dieses Zitat prüfen"}
    lookups = room.env.backend.find_command("settings", None)
    assert lookups
    assert lookups["options"][0]["choices"][0]["name_localizations"] == {"de": "alle hier"}
