"""Commands that the bot names can be pressed, with the ids that Discord gave them; else they are plain words."""

from __future__ import annotations

import pytest

from bot.core.app import App
from bot.core.reply import Code, Items, Note, Prose, Quote, Reply
from bot.platforms.discord.adapter import Discord
from bot.platforms.discord.rendering.markup import mention_commands
from bot.platforms.discord.rendering.render import render
from tests.platforms.discord.conftest import Room, message_of
from tests.platforms.discord.limits_check import check, walk
from tests.platforms.discord.rendering.test_render import displays

IDS = {"quote": 11, "daily set": 22, "daily list": 22, "help": 33}


@pytest.fixture
def platform(app: App) -> Discord:
    return Discord(app, "token")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Type /quote there.", "Type </quote:11> there."),
        ("/daily set makes one; /daily list shows it.", "</daily set:22> makes one; </daily list:22> shows it."),
        ("(/help)", "(</help:33>)"),
        ("/daily does much", "/daily does much"),
        ("/quotes /quote-all x/quote", "/quotes /quote-all x/quote"),
        ("https\\://a.b/quote </quote:1", "https\\://a.b/quote </quote:1"),
        ("/unknown", "/unknown"),
    ],
)  # fmt: skip
def test_only_whole_commands_that_there_are(words: str, expected: str) -> None:
    assert mention_commands(words, IDS) == expected
    assert mention_commands(words, {}) == words


def test_the_bots_own_words_have_them_and_no_others() -> None:
    quote = Quote("He said /help.", "speech 1.1", "Somebody", "speech")
    parts = (Prose("/help"), Items(("/quote peace",)), Note("/help"), Code("/help"), quote)
    shown = "\n".join(displays(render(Reply("About /help", parts), {}, IDS)))
    assert shown.count("</help:33>") == 2
    assert "</quote:11> peace" in shown


def test_where_there_is_no_room_they_are_plain() -> None:
    pages = render(Reply(parts=(Prose("/help " * 540),)), {}, IDS)
    check(pages)
    assert "".join(displays(pages)).count("/help ") >= 500


async def test_the_ids_are_those_that_discord_gave(room: Room, app: App) -> None:
    client = room.platform.client
    registered = await client.http.get_global_commands(client.application_id or 0)
    ids = {one["name"]: int(one["id"]) for one in registered}
    shown = message_of(await room.ada.slash(room.channel, "help"))
    words = "\n".join(one["content"] for one in walk(shown.components) if one["type"] == 10)
    assert f"</quote:{ids['quote']}>" in words
    before = sum(entry.method == "GET" and entry.path.endswith("/commands") for entry in room.env.http_requests)
    await room.restart(app)
    after = sum(entry.method == "GET" and entry.path.endswith("/commands") for entry in room.env.http_requests)
    assert after == before
    assert room.platform.dispatcher.command_ids["daily set"] == ids["daily"]
