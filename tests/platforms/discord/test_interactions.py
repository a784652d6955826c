"""Commands, buttons, menus, questions and completions, as people do them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import discord
import pytest

from bot.core.app import App
from bot.platforms.discord import deferral
from bot.platforms.discord.command_arguments import arguments_of
from bot.platforms.discord.interaction import Interaction
from bot.platforms.discord.response import Response
from tests.platforms.discord.conftest import Room, answer, message_of, said


async def test_each_kind_of_parameter_arrives(room: Room) -> None:
    options = {"words": "bread", "times": 2, "loud": True, "manner": "sternly", "from": "Ben"}
    result = await room.ada.slash(room.channel, "echo", **options)
    assert answer(result).startswith("BREAD BREAD (sternly, Ben; ada in ")
    assert not result.ephemeral


async def test_what_is_left_out_has_its_default(room: Room) -> None:
    assert answer(await room.ada.slash(room.channel, "echo", words="bread")).startswith("bread (kindly, nobody;")


async def test_commands_answer_in_private_messages_too(room: Room) -> None:
    assert "ada in private, en-US" in answer(await room.ada.user.slash("echo", words="bread"))


async def test_a_command_in_a_group_is_reached(room: Room) -> None:
    assert answer(await room.ada.slash(room.channel, "mixed look")) == "Looked."


async def test_only_those_who_manage_the_server_see_an_admins_commands(room: Room) -> None:
    assert "daily set" in room.carla.available_commands(room.channel)
    assert "daily set" not in room.ada.available_commands(room.channel)
    assert answer(await room.carla.slash(room.channel, "daily set", words="bread")) == "Set: bread"
    assert answer(await room.carla.slash(room.channel, "mixed change")) == "Changed."


async def test_a_channel_is_picked_not_typed(room: Room) -> None:
    picked = await room.carla.slash(room.channel, "daily where", channel=room.channel)
    assert answer(picked) == f"{room.channel.id} #october"


async def test_an_admins_command_among_others_is_refused_to_others(room: Room) -> None:
    refused = await room.ada.slash(room.channel, "mixed change")
    assert refused.ephemeral
    assert "people who manage this server" in answer(refused)


async def test_a_mistake_is_told_to_the_one_who_made_it_and_its_button_mends_it(room: Room) -> None:
    result = await room.ada.slash(room.channel, "refuse")
    assert result.ephemeral
    assert answer(result) == "Not like this. Try /pages."
    mended = await room.ada.click(message_of(result), label="Pages")
    assert answer(mended) == "### Message 1"
    assert message_of(mended).id == message_of(result).id


async def test_our_own_mistake_is_an_apology_to_the_asker(room: Room) -> None:
    result = await room.ada.slash(room.channel, "fail")
    assert result.ephemeral
    assert answer(result).startswith("Sorry, that went wrong")
    assert "secret" not in answer(result)


async def test_a_reply_that_cannot_be_shown_is_an_apology_too(room: Room) -> None:
    result = await room.ada.slash(room.channel, "overfill")
    assert result.ephemeral
    assert answer(result).startswith("Sorry, I could not show that.")
    assert len(room.env.errors) == 1


async def test_an_answer_too_long_for_a_message_comes_in_several(room: Room) -> None:
    result = await room.ada.slash(room.channel, "long")
    messages = [message_of(result), *result.followups]
    assert "".join(said(one) for one in messages).count("A sentence.") == 700
    assert "Trotsky · speech 1 (continues)" in said(messages[0])
    assert (await room.ada.click(messages[-1], label="On")).acknowledged


async def test_completions_are_as_many_as_discord_shows(room: Room) -> None:
    found = await room.ada.autocomplete(room.channel, "echo", "words", "bre")
    assert [one["value"] for one in found] == [f"bre-{number}" for number in range(25)]


async def test_completion_never_fails(room: Room, sample_app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sample_app.commands, "echo")
    assert await room.ada.autocomplete(room.channel, "echo", "words", "bre") == []


async def test_a_command_on_a_message_gets_its_words(room: Room) -> None:
    message = await room.ben.send(room.channel, "Peace, land, *bread*")
    result = await room.ada.context_menu(room.channel, "Read this aloud", message)
    assert answer(result) == r"Peace, land, \*bread\*"


async def test_a_command_on_one_of_our_messages_gets_its_words(room: Room) -> None:
    await room.ben.slash(room.channel, "mixed look")
    message = room.channel.last_message
    assert message
    assert answer(await room.ada.context_menu(room.channel, "Read this aloud", message)) == "Looked."


async def test_the_asker_turns_the_page_in_place(room: Room) -> None:
    asked = await room.ada.slash(room.channel, "pages")
    turned = await room.ada.click(message_of(asked), label="Next")
    assert answer(turned) == answer(asked) == "### Message 2"
    chosen = await room.ada.select(message_of(asked), ["1"])
    assert answer(chosen) == answer(asked) == "### Message 1"


async def test_somebody_else_gets_a_page_of_their_own(room: Room) -> None:
    asked = await room.ada.slash(room.channel, "pages")
    turned = await room.ben.click(message_of(asked), label="Next")
    assert (answer(asked), answer(turned), turned.ephemeral) == ("### Message 1", "### Message 2", True)
    again = await room.ben.select(message_of(turned), ["1"])
    assert answer(again) == answer(turned) == "### Message 1"


async def test_an_error_does_not_wipe_out_the_message_it_came_from(room: Room) -> None:
    asked = await room.ada.slash(room.channel, "pages")
    broken = await room.ada.click(message_of(asked), label="Break")
    assert broken.ephemeral
    assert (answer(asked), answer(broken)) == ("### Message 1", "There is no such page.")


async def test_what_does_not_replace_is_said_below(room: Room) -> None:
    asked = await room.ada.slash(room.channel, "pages")
    for presser, alone in ((room.ada, False), (room.ben, True)):
        beside = await presser.click(message_of(asked), label="Beside")
        assert (answer(asked), answer(beside), beside.ephemeral) == ("### Message 1", "### Beside 4", alone)


async def test_what_was_private_stays_private(room: Room) -> None:
    asked = await room.ada.slash(room.channel, "pages")
    alone = await room.ada.click(message_of(asked), label="Alone")
    assert alone.ephemeral
    assert (await room.ada.click(message_of(alone), label="Beside")).ephemeral
    assert answer(await room.ada.click(message_of(alone), label="Turn")) == answer(alone) == "### Message 7"


async def test_a_button_asks_before_it_acts(room: Room) -> None:
    asked = await room.ada.slash(room.channel, "pages")
    shown = await room.ada.click(message_of(asked), label="Note")
    assert shown.modal
    assert shown.modal["title"] == "What do you think?"
    noted = await room.ada.submit_modal(shown, {"typed": "@everyone *bread*"})
    assert noted.ephemeral
    assert answer(noted) == r"On page 1: \@everyone \*bread\*"


async def test_everything_works_after_a_restart(room: Room, sample_app: App) -> None:
    asked = await room.ada.slash(room.channel, "pages")
    shown = await room.ada.click(message_of(asked), label="Note")
    await room.restart(sample_app)
    assert answer(await room.ada.submit_modal(shown, {"typed": "bread"})) == "On page 1: bread"
    assert answer(await room.ada.click(message_of(asked), label="Next")) == "### Message 2"
    assert answer(await room.ada.select(message_of(asked), ["1"])) == "### Message 1"
    assert answer(await room.ada.slash(room.channel, "mixed look")) == "Looked."


async def test_a_button_of_another_version_says_what_to_do(room: Room) -> None:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Old", custom_id="0~quote~old"))
    view.stop()
    target = room.platform.client.get_partial_messageable(room.channel.id)
    message = await target.send("Once", view=view)
    pressed = await room.ada.click(message, label="Old")
    assert pressed.ephemeral
    assert "older version" in answer(pressed)


async def test_discord_py_keeps_nothing_of_our_messages(room: Room) -> None:
    asked = await room.ada.slash(room.channel, "pages")
    await room.ada.click(message_of(asked), label="Note")
    assert not room.platform.client.persistent_views
    assert not room.platform.client._connection._view_store._views
    assert not room.platform.client._connection._view_store._modals


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets what takes long be deferred soon: two seconds pass in real time."""
    return lambda: monkeypatch.setattr(deferral, "QUICK", 0.1)


async def test_a_slow_answer_comes_after_all(room: Room, soon: Callable[[], None]) -> None:
    soon()
    result = await room.ada.slash(room.channel, "wait")
    assert not answer(result)
    assert result.deferred
    await room.env.advance_time(101)
    assert answer(result) == "Here you are."
    assert not result.ephemeral


async def test_a_slow_answer_that_turns_out_private_reaches_only_the_asker(
    room: Room, soon: Callable[[], None]
) -> None:
    soon()
    result = await room.ada.slash(room.channel, "wait", secret=True)
    await room.env.advance_time(101)
    assert [said(one) for one in result.followups] == ["Here you are."]
    assert result.followups[0].ephemeral
    assert result.response is None
    assert room.channel.history(viewer=room.ben) == []


async def test_a_slow_page_is_turned_in_place(room: Room, soon: Callable[[], None]) -> None:
    asked = await room.ada.slash(room.channel, "pages")
    soon()
    await room.ada.click(message_of(asked), label="Slow")
    assert answer(asked) == "### Message 1"
    await room.env.advance_time(101)
    assert answer(asked) == "### Message 3"


async def test_a_slow_page_whose_message_was_deleted_meanwhile_comes_in_a_new_one(
    room: Room, soon: Callable[[], None]
) -> None:
    message = message_of(await room.ada.slash(room.channel, "pages"))
    soon()
    turned = await room.ada.click(message, label="Slow")
    channel = room.platform.client.get_partial_messageable(room.channel.id)
    await channel.get_partial_message(message.id).delete()
    await room.env.advance_time(101)
    assert [said(one) for one in turned.followups] == ["### Message 3"]


async def test_a_slow_page_for_somebody_else_is_private(room: Room, soon: Callable[[], None]) -> None:
    asked = await room.ada.slash(room.channel, "pages")
    soon()
    turned = await room.ben.click(message_of(asked), label="Slow")
    await room.env.advance_time(101)
    assert (answer(asked), answer(turned), turned.ephemeral) == ("### Message 1", "### Message 3", True)


async def test_nothing_that_is_typed_mentions_anybody(room: Room) -> None:
    typed = f"@everyone {room.ben.mention} https://a.org `x`"
    await room.ada.slash(room.channel, "echo", words=typed)
    message = room.channel.last_message
    assert message
    assert not message.mention_everyone
    assert message.mentions == []
    sent = [entry.json for entry in room.env.http_requests if entry.json and "data" in entry.json]
    assert sent[-1]["data"]["allowed_mentions"] == {"parse": []}


async def test_a_channel_of_another_server_is_not_chosen(room: Room) -> None:
    elsewhere = room.env.create_guild("Elsewhere").create_text_channel("quotes")
    chosen = [channel_chosen(room, one) for one in (room.channel.id, elsewhere.id, 1, "general")]
    assert chosen == [str(room.channel.id), "", "1", "general"]


def channel_chosen(room: Room, channel: object) -> str:
    data = {"name": "daily", "options": [{"name": "channel", "type": 7, "value": str(channel)}]}
    made = {"id": "1", "application_id": "1", "token": "t", "type": 2, "guild_id": str(room.guild.id), "data": data}
    interaction = Interaction(made, room.platform.client)
    return arguments_of(interaction, interaction.data.options)["channel"]


@pytest.mark.parametrize(("began", "counted"), [(1.5, 1.5), (7200, 0.0), (-5, 0.0)])
def test_time_counts_from_the_interactions_own_moment(began: float, counted: float) -> None:
    interaction = SimpleNamespace(created_at=datetime.now(UTC) - timedelta(seconds=began))
    response = Response(interaction, lambda _: [])  # type: ignore[arg-type]  # all it reads
    assert response._age() == pytest.approx(counted, abs=0.5)
