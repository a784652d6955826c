"""Posting: made once, found again, edited, and why one did not go out."""

from __future__ import annotations

from datetime import UTC, datetime

import discord
import pytest

from bot.core.platform import Forbidden, Gone, TryLater, Undelivered
from bot.core.reply import Button, File, Picture, Prose, Quote, Reply
from bot.platforms.discord import posting
from bot.platforms.discord.adapter import Discord
from tests.platforms.discord.conftest import Room
from tests.platforms.discord.limits_check import walk

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2100, 1, 1, tzinfo=UTC)
FACT = Reply("Today", (Prose("A fact."),), (Button("In context", "turn", "1"),))


def displays(message: discord.Message) -> list[str]:
    """All that a message says, piece by piece."""
    older = [message.content, *(one.description or "" for one in message.embeds)]
    return [*filter(None, older), *_displays(message)]


def _displays(message: discord.Message) -> list[str]:
    return [one["content"] for one in walk([dict(part.to_dict()) for part in message.components]) if one["type"] == 10]


def wire(room: Room) -> list[dict[str, object]]:
    path = f"/channels/{room.channel.id}/messages"
    return [entry.json for entry in room.env.http_requests if entry.path == path and entry.json]


async def test_a_post_is_said_in_its_channel_and_its_buttons_work(room: Room) -> None:
    made = await room.platform.post(str(room.channel.id), FACT)
    message = room.channel.last_message
    assert message
    assert str(message.id) == made
    assert displays(message) == ["**Today**\nA fact."]
    pressed = await room.ada.click(message, label="In context")
    assert pressed.ephemeral


async def test_a_post_carries_its_key_twice_against_repeats_now_and_later(room: Room) -> None:
    made = await room.platform.post(str(room.channel.id), FACT, "7-2026-11-22")
    assert wire(room)[-1]["nonce"] == "7-2026-11-22"
    assert wire(room)[-1]["enforce_nonce"] is True
    assert await room.platform.find(str(room.channel.id), "7-2026-11-22", LONG_AGO, FAR_AHEAD) == made
    assert await room.platform.find(str(room.channel.id), "7-2026-11-23", LONG_AGO, FAR_AHEAD) is None
    assert await room.platform.find(str(room.channel.id), "7-2026-11-22", FAR_AHEAD, FAR_AHEAD) is None


async def test_what_somebody_else_says_is_never_our_post(room: Room) -> None:
    await room.ada.send(room.channel, "7-2026-11-22")
    assert await room.platform.find(str(room.channel.id), "7-2026-11-22", LONG_AGO, FAR_AHEAD) is None


async def test_a_post_of_several_messages_has_a_nonce_for_each(room: Room) -> None:
    long = Reply(parts=(Quote("A sentence. " * 700, "speech 1", "Trotsky", "speech"),))
    made = await room.platform.post(str(room.channel.id), long, "k" * 25)
    nonces = [one["nonce"] for one in wire(room)]
    assert len(nonces) == len(set(nonces)) > 1
    assert all(len(str(nonce)) <= 25 for nonce in nonces)
    assert await room.platform.find(str(room.channel.id), "k" * 25, LONG_AGO, FAR_AHEAD) == made


async def test_a_post_of_which_only_the_beginning_is_there_is_completed(room: Room) -> None:
    """As after a crash in the middle, once Discord has forgotten the nonces, which the simulated one never knows."""
    long = Reply(parts=(Quote("A sentence. " * 1000, "speech 1", "Trotsky", "speech"),))
    channel, key = str(room.channel.id), "k" * 25
    await room.platform.post(channel, long, key)
    said = len(wire(room))
    assert said > 2
    for _ in range(2):
        last = room.channel.last_message
        assert last
        await room.platform.client.get_partial_messageable(int(channel)).get_partial_message(last.id).delete()
    assert await room.platform.find(channel, key, LONG_AGO, FAR_AHEAD) is None
    made = await room.platform.post(channel, long, key)
    assert len(wire(room)) == said + 2
    assert await room.platform.find(channel, key, LONG_AGO, FAR_AHEAD) == made


async def test_a_notification_has_words_and_an_edit_keeps_the_kind_of_message(room: Room) -> None:
    made = await room.platform.post(str(room.channel.id), FACT)
    message = room.channel.last_message
    assert message
    assert message.content == "**Today**\nA fact."
    await room.platform.edit(str(room.channel.id), made, Reply("Later", (Prose("Another."),), FACT.buttons))
    message = room.channel.last_message
    assert message
    assert message.content == "**Later**\nAnother."


async def test_a_message_of_components_stays_one(room: Room) -> None:
    """As posts of earlier versions are: Discord takes no content for them."""
    made = await room.platform.post(str(room.channel.id), FACT)
    path = f"/channels/{room.channel.id}/messages/{made}"
    room.env.inject_error("PATCH", path, status=400, code=50035)
    await room.platform.edit(str(room.channel.id), made, Reply("Later"))
    message = room.channel.last_message
    assert message
    assert message.content == ""
    assert displays(message) == ["### Later"]


async def test_an_edit_changes_the_words_and_takes_old_files_away(room: Room) -> None:
    files = (Picture("line.png", PNG, "A line"), File("deck.csv", b"a,b", "text/csv"))
    made = await room.platform.post(str(room.channel.id), Reply("Before", files))
    message = room.channel.last_message
    assert message
    assert [(one.filename, one.description) for one in message.attachments] == [
        ("line.png", "A line"),
        ("deck.csv", None),
    ]
    await room.platform.edit(str(room.channel.id), made, Reply("After"))
    message = room.channel.last_message
    assert message
    assert displays(message) == ["**After**"]
    assert message.attachments == []


async def test_an_edit_that_does_not_fit_goes_on_below(room: Room) -> None:
    made = await room.platform.post(str(room.channel.id), FACT)
    await room.platform.edit(str(room.channel.id), made, Reply(parts=(Prose("Words. " * 900),)))
    words = [display for message in room.channel.history(viewer=room.ada) for display in displays(message)]
    assert "".join(words).count("Words.") == 900


async def test_what_an_edit_has_no_room_for_follows_once(room: Room) -> None:
    """As after an edit whose answer was lost, once Discord has forgotten the nonces: the simulated one knows none."""
    long = Reply(parts=(Quote("A sentence. " * 1000, "speech 1", "Trotsky", "speech"),))
    channel = str(room.channel.id)
    made = await room.platform.post(channel, FACT)
    await room.platform.edit(channel, made, long)
    said = len(wire(room))
    assert said > 3
    await room.platform.edit(channel, made, long)
    assert len(wire(room)) == said
    # Of one that broke off, the rest follows alone.
    for _ in range(2):
        last = room.channel.last_message
        assert last
        await room.platform.client.get_partial_messageable(int(channel)).get_partial_message(last.id).delete()
    await room.platform.edit(channel, made, long)
    assert len(wire(room)) == said + 2
    await room.platform.edit(channel, await room.platform.post(channel, FACT), long)
    assert len(wire(room)) == 2 * said + 2


@pytest.mark.parametrize(
    ("status", "code", "expected", "unknown"),
    [
        (404, 10003, Gone, False),
        (403, 50001, Forbidden, False),
        (403, 50013, Forbidden, False),
        (503, 0, TryLater, True),
        (408, 0, TryLater, True),
        (400, 50035, Undelivered, False),
    ],
)
async def test_each_refusal_has_its_name(
    room: Room, status: int, code: int, expected: type[Undelivered], unknown: bool
) -> None:
    room.env.inject_error("POST", "/channels/*/messages", status=status, code=code)
    with pytest.raises(Undelivered) as raised:
        await room.platform.post(str(room.channel.id), FACT, "key")
    assert type(raised.value) is expected
    assert getattr(raised.value, "unknown", False) is unknown


async def test_a_reply_that_cannot_be_shown_is_undelivered(room: Room) -> None:
    with pytest.raises(Undelivered):
        await room.platform.post(str(room.channel.id), Reply(buttons=(Button("On", "turn", "x" * 200),)))


async def test_missing_permissions_are_named_as_discord_names_them(room: Room) -> None:
    assert await room.platform.missing_permissions(str(room.channel.id)) == ()
    closed = discord.PermissionOverwrite(send_messages=False, attach_files=False)
    channel = room.guild.create_text_channel("closed", overwrites={room.guild.default_role: closed})
    assert await room.platform.missing_permissions(str(channel.id)) == ("Send Messages",)
    with pytest.raises(Gone):
        await room.platform.missing_permissions("1")


async def test_a_thread_needs_its_own_permission(room: Room) -> None:
    deny = discord.PermissionOverwrite(send_messages_in_threads=False)
    channel = room.guild.create_text_channel("closed", overwrites={room.guild.default_role: deny})
    assert await room.platform.missing_permissions(str(channel.id)) == ()
    parent = room.platform.client.get_channel(channel.id)
    assert isinstance(parent, discord.TextChannel)
    thread = await parent.create_thread(name="reading", type=discord.ChannelType.public_thread)
    assert await room.platform.missing_permissions(str(thread.id)) == ("Send Messages In Threads",)


@pytest.mark.parametrize("what", ["server", "parent"])
async def test_what_is_not_at_hand_is_asked_of_discord(room: Room, what: str) -> None:
    client = room.platform.client
    closed = discord.PermissionOverwrite(send_messages=False)
    channel = room.guild.create_text_channel("closed", overwrites={room.guild.default_role: closed})
    parent = client.get_channel(channel.id)
    assert isinstance(parent, discord.TextChannel)
    thread = await parent.create_thread(name="reading", type=discord.ChannelType.public_thread)
    guild = client.get_guild(room.guild.id)
    assert guild
    if what == "server":
        client._connection._remove_guild(guild)
        assert client.get_guild(room.guild.id) is None
    else:
        guild._channels.pop(channel.id)
    assert await room.platform.missing_permissions(str(channel.id)) == ("Send Messages",)
    assert await room.platform.missing_permissions(str(thread.id)) == ()
    assert await room.platform.missing_permissions(str(room.channel.id)) == ()


async def test_a_crowded_channel_is_looked_at_no_further_than_there_is_time_for(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "_LOOKED_AT", 3)
    channel = str(room.channel.id)
    for number in range(6):
        await room.platform.post(channel, FACT, f"middle-{number}")
    last = await room.platform.post(channel, FACT, "last")
    assert await room.platform.find(channel, "last", LONG_AGO, FAR_AHEAD) == last
    with pytest.raises(TryLater):
        await room.platform.find(channel, "middle-3", LONG_AGO, FAR_AHEAD)


async def test_a_channel_has_a_name_while_there_is_one(room: Room) -> None:
    assert await room.platform.channel_name(str(room.channel.id)) == "#october"
    room.platform.client._connection._guilds.clear()
    assert await room.platform.channel_name(str(room.channel.id)) == "#october"
    assert await room.platform.channel_name("1") == "1"


async def test_a_person_is_told_in_private(room: Room) -> None:
    await room.platform.tell(str(room.ada.id), str(room.guild.id), FACT)
    message = room.ada.user.dm_channel.last_message
    assert message
    assert displays(message) == ["**Today**\nA fact."]


@pytest.mark.parametrize("at_hand", [True, False])
async def test_who_takes_no_messages_is_told_where_the_server_reads_notices(room: Room, at_hand: bool) -> None:
    guild = room.platform.client.get_guild(room.guild.id)
    assert guild
    await guild.edit(system_channel=discord.Object(room.channel.id))  # type: ignore[arg-type]  # its id is all that is read
    if not at_hand:
        room.platform.client._connection._remove_guild(guild)
    room.env.inject_error("POST", f"/channels/{room.ada.user.dm_channel.id}/messages", status=403, code=50007)
    await room.platform.tell(str(room.ada.id), str(room.guild.id), FACT)
    message = room.channel.last_message
    assert message
    (notice,) = displays(message)
    assert notice.startswith("ada, something that you set up here needs you.")
    # What was to be said in private may name a channel that others cannot see.
    assert "fact" not in notice


async def test_who_takes_no_messages_and_shares_no_server_cannot_be_told(room: Room) -> None:
    room.env.inject_error("POST", f"/channels/{room.ada.user.dm_channel.id}/messages", status=403, code=50007)
    with pytest.raises(Forbidden):
        await room.platform.tell(str(room.ada.id), None, FACT)


def test_a_message_has_an_address(platform: Discord) -> None:
    assert platform.link("1", "2", "3") == "https://discord.com/channels/1/2/3"
    assert platform.link(None, "2", "3") == "https://discord.com/channels/@me/2/3"


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


async def test_all_servers_are_listed_whoever_serves_them(room: Room) -> None:
    other = room.env.create_guild("Another group")
    room.platform.client._connection._guilds.clear()
    assert await room.platform.servers() == {str(room.guild.id), str(other.id)}
