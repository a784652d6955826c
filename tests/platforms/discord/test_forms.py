"""Forms on Discord: opened by a command alone or by a button, with what is known in their fields."""

from __future__ import annotations

from typing import Any

import pytest
import simcord

from bot.core.app import App
from bot.platforms.discord.adapter import Discord
from bot.storage import schedules
from bot.storage.schedules import Schedule
from tests.platforms.discord.conftest import Room, answer, message_of
from tests.platforms.discord.rendering.test_render import unescaped


@pytest.fixture
def platform(app: App) -> Discord:
    return Discord(app, "token")


def fields(shown: simcord.InteractionResult) -> dict[str, Any]:
    """The fields of a form, by name."""
    assert shown.modal
    return {one["component"]["custom_id"]: one["component"] for one in shown.modal["components"]}


async def kept(app: App, room: Room) -> Schedule | None:
    assert app.store
    return await schedules.find(app.store.reader, "discord", str(room.guild.id), str(room.channel.id), "")


async def test_setup_alone_is_a_form_with_this_channel_and_every_day(room: Room, app: App) -> None:
    shown = await room.carla.slash(room.channel, "setup")
    asked = fields(shown)
    assert [*asked] == ["channel", "time", "timezone", "days", "lookups"]
    assert [int(one["id"]) for one in asked["channel"]["default_values"]] == [room.channel.id]
    assert sum(one.get("default", False) for one in asked["days"]["options"]) == 7
    typed = {"channel": [room.channel], "time": "9am", "timezone": "Berlin", "days": ["Monday", "Friday"]}
    done = await room.carla.submit_modal(shown, typed | {"lookups": ["private"]})
    assert done.ephemeral
    assert "09:00 Europe/Berlin, Mon, Fri" in unescaped(answer(done))
    assert (await room.ada.slash(room.channel, "quote", words="gunpowder")).ephemeral
    one = await kept(app, room)
    assert one
    assert (one.local_time, one.zone, one.days) == ("09:00", "Europe/Berlin", "15")


async def test_a_wrong_field_reopens_the_form_with_the_rest(room: Room, app: App) -> None:
    shown = await room.carla.slash(room.channel, "daily set")
    typed = {"channel": [room.channel], "time": "9am", "timezone": "Nowhereville", "days": ["Monday"]}
    wrong = await room.carla.submit_modal(shown, typed)
    assert wrong.ephemeral
    again = await room.carla.click(message_of(wrong), label="Change it")
    asked = fields(again)
    assert (asked["time"]["value"], asked["timezone"]["value"]) == ("9am", "Nowhereville")
    done = await room.carla.submit_modal(again, typed | {"timezone": "Berlin"})
    assert "Daily fact scheduled" in answer(done)
    undone = await room.carla.click(message_of(done), label="Undo")
    assert "Undone" in answer(undone)
    gone = await kept(app, room)
    assert gone
    assert gone.state == "removed"


async def test_change_opens_the_form_as_it_is_after_a_restart_too(room: Room, app: App) -> None:
    where = {"channel": room.channel, "time": "9:00", "timezone": "Berlin", "days": "weekdays"}
    done = await room.carla.slash(room.channel, "daily set", **where)
    await room.restart(app)
    asked = fields(await room.carla.click(message_of(done), label="Change"))
    assert (asked["time"]["value"], asked["timezone"]["value"]) == ("09:00", "Europe/Berlin")
    assert [one["value"] for one in asked["days"]["options"] if one.get("default")][-1] == "Friday"


async def test_the_hello_opens_the_form_for_managers_alone(room: Room, platform: Discord) -> None:
    await platform.client.on_guild_join(platform.client.guilds[0])
    hello = room.channel.last_message
    assert hello
    refused = await room.ada.click(hello, label="Set up the daily fact")
    assert "people who manage this server" in answer(refused)
    assert "channel" in fields(await room.carla.click(hello, label="Set up the daily fact"))
