"""The daily fact from the first command to the last post, with the real adapter in a simulated Discord."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

import discord
import pytest
import simcord
from simcord.results import InteractionResult, ResponseMessage

from bot.core.app import App
from bot.platforms.discord.adapter import Discord
from bot.scheduler.loop import Scheduler
from bot.storage import deliveries, departures, schedules
from bot.storage.schedules import Schedule
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from tests.platforms.discord.conftest import Room, answer, said
from tests.platforms.discord.test_posting import displays
from tests.scheduler.hub import daily

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Clock:
    """Goes on when it is told to."""

    now = datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Group:
    """A study group on Discord, and the loop that posts for it."""

    room: Room
    store: Store
    clock: Clock
    facts: Scheduler

    async def set_up(self, **options: str) -> InteractionResult:
        typed = {"time": "9:00", "timezone": "UTC", **options}
        return await self.room.carla.slash(self.room.channel, "daily set", channel=self.room.channel, **typed)

    async def daily(self, verb: str) -> InteractionResult:
        return await self.room.carla.slash(self.room.channel, f"daily {verb}")

    async def schedule(self) -> Schedule:
        [one] = await schedules.of_server(self.store.reader, "discord", str(self.room.guild.id))
        return one

    async def next_day(self) -> None:
        """Let the time of the next post come."""
        await self.wait(max((await self.schedule()).due_at - self.clock.now, timedelta()))

    async def later(self, hours: int = 1) -> None:
        for _ in range(hours):
            await self.wait(HOUR)

    async def wait(self, time: timedelta) -> None:
        """Let time pass, here and on Discord, and do what is due then."""
        self.clock.now += time
        await self.room.env.advance_time(time.total_seconds())
        while await self.facts.step(self.clock.now):
            pass

    async def outcomes(self) -> list[tuple[str, str]]:
        days = await deliveries.history(self.store.reader, (await self.schedule()).id, 10)
        return [(day.state, day.reason) for day in reversed(days)]

    def posts(self, channel: simcord.ChannelHandle | None = None) -> list[str]:
        """The messages in the channel that are no answer to a command."""
        messages = self.room.env.backend.messages.get((channel or self.room.channel).id, {}).values()
        unasked = [one for one in messages if not one.interaction_metadata]
        return [said(ResponseMessage(self.room.env, one)) for one in unasked]

    def told(self) -> list[str]:
        return [" ".join(displays(message)) for message in self.room.carla.user.dm_channel.history()]

    async def allow(self, **permissions: bool | None) -> None:
        """Change what may be done in the channel."""
        channel = self.room.platform.client.get_channel(self.room.channel.id)
        assert isinstance(channel, discord.TextChannel)
        overwrite = discord.PermissionOverwrite(**permissions)
        await channel.set_permissions(channel.guild.default_role, overwrite=overwrite)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def platform(corpus: Corpus, store: Store, clock: Clock) -> Discord:
    return Discord(App(FEATURES, corpus, store, clock=clock, dice=Random(1917)), "token")


@pytest.fixture
def simcord_bot(platform: Discord) -> discord.Client:
    return platform.client


@pytest.fixture
def group(simcord_env: simcord.Env, platform: Discord, store: Store, corpus: Corpus, clock: Clock) -> Iterator[Group]:
    room = Room.of(simcord_env, platform)
    clock.now = simcord_env.now()
    yield Group(room, store, clock, daily(store, corpus, [platform], clock=clock))
    room.check()


async def test_a_fact_is_set_up_posted_and_found_in_the_ledger(group: Group) -> None:
    shown = answer(await group.set_up())
    assert "October" in shown or "october" in shown
    assert "Next post" in shown
    preview = shown.partition("The first one will say:\n")[2]
    await group.next_day()
    [post] = group.posts()
    assert post.startswith("**The fact of the day**\n")
    assert preview in post
    await group.later(3)
    assert group.posts() == [post]
    await group.next_day()
    assert len(group.posts()) == 2
    assert "posted" in answer(await group.daily("history"))


async def test_the_button_of_a_post_shows_the_passage_to_whoever_presses_it(group: Group) -> None:
    await group.set_up()
    await group.next_day()
    message = group.room.channel.last_message
    assert message
    pressed = await group.room.ben.click(message, label="In context")
    assert pressed.ephemeral
    assert answer(pressed)


async def test_a_post_carries_the_key_of_its_delivery(group: Group) -> None:
    await group.set_up()
    await group.next_day()
    [entry] = await deliveries.history(group.store.reader, (await group.schedule()).id, 10)
    [sent] = [one.json for one in group.room.env.http_requests if one.json and "nonce" in one.json]
    assert (sent["nonce"], sent["enforce_nonce"]) == (entry.nonce, True)
    channel, since, until = str(group.room.channel.id), entry.due_at - HOUR, entry.due_at + HOUR
    assert await group.room.platform.find(channel, entry.nonce, since, until) == entry.message


async def test_only_who_manages_the_server_may_set_it_up(group: Group) -> None:
    assert "daily set" in group.room.carla.available_commands(group.room.channel)
    assert "daily set" not in group.room.ada.available_commands(group.room.channel)


async def test_a_channel_in_which_it_may_not_post_is_refused_and_the_permission_named(group: Group) -> None:
    await group.allow(send_messages=False, read_message_history=False)
    shown = await group.set_up()
    assert shown.ephemeral
    assert "Read Message History, Send Messages" in answer(shown)
    assert await schedules.of_server(group.store.reader, "discord", str(group.room.guild.id)) == []


async def test_a_lost_permission_pauses_and_resume_waits_until_it_is_back(group: Group) -> None:
    await group.set_up()
    await group.allow(send_messages=False)
    await group.next_day()
    assert [state for state, _ in await group.outcomes()] == ["failed"]
    assert (await group.schedule()).reason == "forbidden"
    await group.later(3)
    [told] = group.told()
    for expected in ("#october", "Send Messages", "/daily resume"):
        assert expected in told
    assert "allowed to post" in answer(await group.daily("list"))
    assert "Send Messages" in answer(await group.daily("resume"))
    await group.allow(send_messages=None)
    assert "Resumed" in answer(await group.daily("resume"))
    await group.next_day()
    assert len(group.posts()) == 1
    assert (await group.outcomes())[-1] == ("sent", "")


async def test_a_permission_that_is_back_is_noticed_by_itself(group: Group) -> None:
    await group.set_up()
    await group.allow(send_messages=False)
    await group.next_day()
    assert (await group.schedule()).state == "paused"
    await group.allow(send_messages=None)
    await group.later(2)
    assert (await group.schedule()).state == "active"
    # The day was not over yet; and as it was mended at once, nobody need hear of it.
    assert len(group.posts()) == 1
    await group.next_day()
    assert len(group.posts()) == 2
    assert group.told() == []


async def test_without_the_history_an_unknown_outcome_is_not_posted_again(group: Group) -> None:
    await group.set_up()
    group.room.env.inject_error("POST", f"/channels/{group.room.channel.id}/messages", status=503)
    await group.next_day()
    await group.allow(read_message_history=False)
    await group.later()
    assert (await group.schedule()).reason == "forbidden"
    await group.wait(2 * MINUTE)
    [told] = group.told()
    assert "Read Message History" in told
    assert group.posts() == []


async def test_an_outage_is_waited_out(group: Group) -> None:
    await group.set_up()
    path = f"/channels/{group.room.channel.id}/messages"
    group.room.env.inject_error("POST", path, status=503)
    await group.next_day()
    assert await group.outcomes() == [("failed", "Discord answered 503")]
    group.room.env.inject_error("GET", path, status=503)
    await group.later()
    assert (await group.outcomes(), group.posts()) == ([("failed", "Discord answered 503")], [])
    await group.later()
    assert await group.outcomes() == [("sent", "")]
    assert len(group.posts()) == 1


async def test_a_deleted_channel_pauses_and_tells_what_to_do(group: Group) -> None:
    await group.set_up()
    channel = group.room.platform.client.get_channel(group.room.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.delete()
    await group.next_day()
    assert (await group.schedule()).reason == "gone"
    await group.wait(2 * MINUTE)
    [told] = group.told()
    assert "/daily set" in told
    assert str(channel.id) not in told
    await group.later(30)
    assert len(group.told()) == 1


async def test_a_server_that_removed_the_bot_is_paused_at_once_and_asked_after_no_more(group: Group) -> None:
    await group.set_up()
    guild = group.room.platform.client.get_guild(group.room.guild.id)
    assert guild
    await guild.leave()
    await group.wait(MINUTE)
    one = await group.schedule()
    assert (one.state, one.reason, one.check_at) == ("paused", "left", None)
    await group.next_day()
    await group.later(3)
    # Whoever removed it knows.
    assert group.told() == []
    assert group.posts() == []


async def test_before_it_is_connected_nothing_is_claimed(group: Group, clock: Clock) -> None:
    await group.set_up()
    one = await group.schedule()
    app = group.room.platform.dispatcher.app
    unconnected = daily(group.store, app.corpus, [Discord(app, "token")], clock=clock)
    await unconnected.step(one.due_at)
    assert await group.outcomes() == []


async def test_a_server_that_adds_the_bot_again_while_it_is_away_goes_on_once_it_is_connected(group: Group) -> None:
    await group.set_up()
    client, guild = group.room.platform.client, str(group.room.guild.id)
    await client.dispatcher.app.left("discord", guild)
    await client.dispatcher.app.left("discord", "1")
    await client.on_ready()
    await group.wait(2 * MINUTE)
    assert (await group.schedule()).state == "active"
    assert await departures.departed(group.store.reader, "discord") == ["1"]
