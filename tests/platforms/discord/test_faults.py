"""What goes wrong between the bot and Discord, each caused for real on a connection: by REST, and at the gateway."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from discord.gateway import DiscordWebSocket
from discord.webhook.async_ import AsyncWebhookAdapter
from yarl import URL

from bot.core import standby
from bot.core.app import App
from bot.core.platform import TryLater
from bot.core.reply import Button, Prose, Reply
from bot.platforms.discord import adapter
from bot.platforms.discord.adapter import Discord
from bot.platforms.discord.client import Client
from bot.platforms.discord.connection import InteractionsEndpoint, Shards, use_api
from bot.platforms.discord.webhook_adapter import WebhookAdapter
from bot.storage.connections import all_connections, claim_connection, take_over_connection
from bot.storage.store import Store
from tests.fakes.discord import CHANNEL, PERSON, FakeDiscord, channel_of, message_of
from tests.fakes.faults import Fault, ban, rate_limit
from tests.logs import capture_logs
from tests.platforms.discord.test_endpoint import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    DEFERRED,
    MESSAGE,
    UPDATE,
    custom_id,
    option,
    quote,
)
from tests.processes import until

ROOM = channel_of("25")
POST = ("POST", f"channels/{ROOM}/messages")
LONG_AGO, FAR_AHEAD = datetime(2015, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
FACT = Reply("Today", (Prose("A fact."),), (Button("In context", "turn", "1"),))
LONG = Reply("Today", (Prose("It is so. " * 1000),))


async def test_a_server_error_that_passes_costs_a_moment_and_no_post_is_made_twice(
    bot: Discord, discord: FakeDiscord
) -> None:
    faults: dict[str, list[int | Fault]] = {"31": [500], "41": [502], "51": [504]}
    faults |= {"61": [Fault(500, done=True)], "71": [Fault(504, done=True)]}
    discord.faults |= {("POST", f"channels/{channel}/messages"): fault for channel, fault in faults.items()}
    await asyncio.gather(*(bot.post(channel, FACT, f"key-{channel}") for channel in faults))
    assert sorted(one["channel_id"] for one in discord.messages) == sorted(faults)


@pytest.mark.parametrize("done", [False, True], ids=["before its effect", "after its effect"])
@pytest.mark.parametrize("status", [0, 503], ids=["a reset", "a refusal"])
async def test_a_post_that_breaks_off_is_looked_for_and_never_made_twice(
    bot: Discord, discord: FakeDiscord, status: int, done: bool
) -> None:
    discord.faults[POST] = [Fault(status, done=done)]
    with pytest.raises(TryLater) as raised:
        await bot.post(ROOM, FACT, "a key")
    assert raised.value.unknown
    found = await bot.find(ROOM, "a key", LONG_AGO, FAR_AHEAD)
    assert (found is not None) == done
    assert await bot.post(ROOM, FACT, "a key") == discord.messages[0]["id"]
    assert len(discord.messages) == 1
    assert await bot.find(ROOM, "a key", LONG_AGO, FAR_AHEAD) == discord.messages[0]["id"]


@pytest.mark.parametrize("refusal", [Fault(400, 50035), Fault(403, 50013), Fault(404, 10003), ban(30)])
async def test_a_post_that_is_refused_in_its_middle_is_looked_for_before_it_is_completed(
    bot: Discord, discord: FakeDiscord, refusal: Fault
) -> None:
    """Discord swallows a repeat for minutes only, and a refusal may last longer."""
    taken = Fault(200, done=True, body=message_of("1", {"data": {}}) | {"channel_id": ROOM})
    discord.faults[POST] = [taken, refusal, refusal]
    for _ in range(2):
        with pytest.raises(TryLater) as raised:
            await bot.post(ROOM, LONG, "a key")
        assert raised.value.unknown
        assert raised.value.after == (30 if refusal.status == 429 else None)
        assert len(discord.messages) == 1
        assert await bot.find(ROOM, "a key", LONG_AGO, FAR_AHEAD) is None
    made = await bot.post(ROOM, LONG, "a key")
    assert len(discord.messages) == len(bot.dispatcher.render(LONG)) > 2
    assert await bot.find(ROOM, "a key", LONG_AGO, FAR_AHEAD) == made


@pytest.mark.parametrize("for_all", [False, True], ids=["of a bucket", "of the whole bot"])
async def test_a_rate_limit_is_waited_out(bot: Discord, discord: FakeDiscord, for_all: bool) -> None:
    discord.faults[POST] = [rate_limit(0.1, for_all=for_all)] * 2
    await asyncio.gather(*(bot.post(ROOM, FACT, f"key {number}") for number in range(3)))
    assert sorted(one["nonce"] for one in discord.messages) == ["key 0", "key 1", "key 2"]


async def test_discord_says_what_time_it_is_there_or_does_not_answer(bot: Discord, discord: FakeDiscord) -> None:
    discord.ahead = 7200.0
    theirs = await bot.server_time()
    assert theirs
    assert timedelta(hours=1) < theirs - datetime.now(UTC) < timedelta(hours=3)
    use_api("http://127.0.0.1:9")
    with pytest.raises(TryLater):
        await bot.server_time()


async def test_a_ban_for_too_many_requests_is_known_to_have_had_no_effect(bot: Discord, discord: FakeDiscord) -> None:
    discord.faults[POST] = [ban(600)]
    with pytest.raises(TryLater) as raised:
        await bot.post(ROOM, FACT, "a key")
    assert (raised.value.after, raised.value.unknown) == (600, False)
    await bot.post(ROOM, FACT, "a key")
    assert len(discord.messages) == 1


async def test_an_answer_that_takes_minutes_holds_up_nobody_else(
    monkeypatch: pytest.MonkeyPatch, bot: Discord, discord: FakeDiscord
) -> None:
    monkeypatch.setattr(adapter, "_TO_FINISH_ANSWERS", 0.1)
    discord.answers_after = 600.0
    for _ in range(3):
        (answer,) = await discord.deliver(quote(discord, "gunpowder"))
        assert answer["type"] == MESSAGE
    assert await asyncio.wait_for(bot.post(ROOM, FACT, "a key"), 60)


async def test_a_name_that_does_not_resolve_is_waited_for_at_the_start(app: App, discord: FakeDiscord) -> None:
    platform = Discord(app, "token", "http://nowhere.invalid")
    with capture_logs() as lines:
        running = asyncio.create_task(platform.start())
        await until(lambda: [one for one in lines if one["event"] == "discord unreachable"])
    assert not running.done()
    use_api(discord.url)
    await discord.connected(1, 10)
    await platform.close()
    await running


async def test_a_name_that_ceases_to_resolve_costs_an_answer_and_a_post_waits(
    bot: Discord, discord: FakeDiscord
) -> None:
    use_api("http://nowhere.invalid")
    with pytest.raises(TryLater):
        await bot.post(ROOM, FACT, "a key")
    with capture_logs() as lines:
        assert await discord.request(f"{discord.endpoints[0]}/interactions", quote(discord, "peace")) == (202, "")
        await until(lambda: [one for one in lines if one["event"] == "not delivered"])
    use_api(discord.url)
    await bot.post(ROOM, FACT, "a key")
    assert len(await discord.deliver(quote(discord, "peace"))) == 1


async def test_an_interaction_that_has_expired_is_logged_and_the_next_is_answered(
    bot: Discord, discord: FakeDiscord
) -> None:
    asked = quote(discord, "gunpowder")
    discord.faults[("POST", "callback")] = [Fault(404, 10062)]
    with capture_logs() as lines:
        assert await discord.request(f"{discord.endpoints[0]}/interactions", asked) == (202, "")
        await until(lambda: [one for one in lines if one["event"] == "not delivered"])
        await until(lambda: not bot.dispatcher.pending)
    assert [one["discord"] for one in lines if one["event"] == "not delivered"] == ["404 10062"]
    assert discord.callbacks[asked["id"]] == []
    assert len(await discord.deliver(quote(discord, "gunpowder"))) == 1


async def test_interactions_that_are_not_understood_are_logged_and_the_next_is_answered(
    app: App, discord: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(discord.gateway_url))
    changes: list[dict[str, object]] = [{"id": "none"}, {"id": 1}, {"token": None}, {"data": []}, {"type": "2"}]
    strange: list[object] = [*(quote(discord, "gunpowder") | change for change in changes), None, "none", []]
    async with connected(app, discord):
        (session,) = discord.sessions
        with capture_logs() as lines:
            for one in strange:
                await session.send_json({"op": 0, "t": "INTERACTION_CREATE", "s": 2, "d": one})
            nulls = dict.fromkeys(("channel", "member", "message", "locale", "authorizing_integration_owners"))
            assert len(await discord.deliver(quote(discord, "gunpowder", **nulls))) == 1
        assert len(discord.identified) == 1
    assert [one["event"] for one in lines].count("interaction of Discord's not understood") == len(strange)
    assert not [one for one in lines if "none" in str(one)]


WORDS, FILE = ("quote", "words", "gunpowder"), ("export", "what", "facts csv")
PASSING = {
    "a rate limit": (rate_limit(0.01), WORDS),
    "an outage": (Fault(503), WORDS),
    "an outage after its effect": (Fault(503, done=True), WORDS),
    "an outage after the effect of a file": (Fault(502, done=True), FILE),
    "a reset": (Fault(), WORDS),
    "a reset after its effect": (Fault(done=True), WORDS),
    "a reset of a file": (Fault(), FILE),
}


@pytest.mark.parametrize(("fault", "asked"), PASSING.values(), ids=PASSING)
async def test_an_answer_that_does_not_get_through_is_sent_again(
    bot: Discord, discord: FakeDiscord, fault: Fault, asked: tuple[str, str, str]
) -> None:
    name, parameter, value = asked
    discord.faults[("POST", "callback")] = [fault]
    with capture_logs() as lines:
        data = {"id": "1", "name": name, "type": 1, "options": [option(parameter, value)]}
        answers = await discord.deliver(discord.interaction(COMMAND, data))
        await until(lambda: len(answers) == 1 + fault.done and not bot.dispatcher.pending)
    assert answers[0]["type"] == MESSAGE
    assert all(one == answers[0] for one in answers)
    assert discord.messages_sent_back == 0
    assert not [one for one in lines if one["log_level"] == "error"]


def test_ours_answers_as_discord_pys_adapter_does() -> None:
    ours, theirs = (
        inspect.signature(one.create_interaction_response).parameters for one in (WebhookAdapter, AsyncWebhookAdapter)
    )
    assert list(ours) == list(theirs)


@pytest.mark.parametrize("done", [False, True], ids=["before its effect", "after its effect"])
async def test_a_change_of_an_answer_whose_connection_breaks_is_made_again(
    bot: Discord, discord: FakeDiscord, done: bool
) -> None:
    data = {"id": "1", "name": "export", "type": 1, "options": [option("what", "facts csv")]}
    asked = discord.interaction(COMMAND, data, age=2.5)
    discord.faults |= {(method, "@original"): [Fault(done=done)] for method in ("PATCH", "DELETE")}
    with capture_logs() as lines:
        assert [one["type"] for one in await discord.deliver(asked)] == [DEFERRED]
        await until(lambda: not bot.dispatcher.pending)
    assert not any(discord.faults.values())
    assert "facts.csv" in str(discord.follow_ups[asked["token"]])
    assert not [one for one in lines if one["log_level"] == "error"]


async def test_what_has_a_file_and_is_late_is_deferred_before_the_file_is_sent(
    bot: Discord, discord: FakeDiscord
) -> None:
    """Of any other answer of this age nothing is said before it is there."""
    data = {"id": "1", "name": "export", "type": 1, "options": [option("what", "facts csv")]}
    asked = discord.interaction(COMMAND, data, age=1.2)
    assert [one["type"] for one in await discord.deliver(asked)] == [DEFERRED]
    await until(lambda: not bot.dispatcher.pending)
    assert "facts.csv" in str(discord.follow_ups[asked["token"]])


@pytest.mark.parametrize("fault", [Fault(404), Fault(500), Fault()], ids=["gone", "an error", "a reset"])
async def test_a_file_that_discord_does_not_give_is_asked_for_again(
    bot: Discord, discord: FakeDiscord, fault: Fault
) -> None:
    file = {"id": "8", "filename": "notes.txt", "size": 7, "url": f"{discord.url}/api/v10/files/8"}
    data = {"name": "check", "options": [option("file", "8", type=11)], "resolved": {"attachments": {"8": file}}}
    discord.faults[("GET", "files/8")] = [fault] * 2  # aiohttp takes a reset for a connection that was too old
    (answer,) = await discord.deliver(discord.interaction(COMMAND, data))
    assert "Please send it again" in str(answer["data"]["components"])


STARTED: dict[str, tuple[int, dict[str, Any]]] = {
    "a command": (COMMAND, {"id": "1", "name": "quote", "type": 1}),
    "a form": (COMPONENT, {"custom_id": "1.0~quiz.report~What's wrong with it?~none", "component_type": 2}),
    "a completion": (AUTOCOMPLETE, {"name": "quote", "options": [option("words", "speech", focused=True)]}),
    "an old command": (COMMAND, {"id": "1", "name": "quotation", "type": 1}),
}


@pytest.mark.parametrize(("kind", "data"), STARTED.values(), ids=STARTED)
async def test_a_stop_cuts_off_no_answer(bot: Discord, discord: FakeDiscord, kind: int, data: dict[str, Any]) -> None:
    discord.answers_after = 0.3
    with capture_logs() as lines:
        assert len(await discord.deliver(discord.interaction(kind, data))) == 1
        await bot.close()
    assert not [one for one in lines if one["log_level"] != "info"]


async def shown(discord: FakeDiscord) -> dict[str, Any]:
    """A press on a button of a message that its presser asked for."""
    (answer,) = await discord.deliver(quote(discord, "peace"))
    message = {
        "id": "3000", "channel_id": CHANNEL, "author": PERSON, "content": "", "attachments": [], "embeds": [],
        "mentions": [], "mention_roles": [], "type": 0, "pinned": False, "tts": False, "mention_everyone": False,
        "edited_timestamp": None, "timestamp": "2026-11-22T09:30:00+00:00", "flags": 64,
        "components": answer["data"]["components"],
    }  # fmt: skip
    return {"data": {"custom_id": custom_id(answer, "In context"), "component_type": 2}, "message": message}


async def test_a_press_on_a_message_that_was_deleted_is_answered_in_a_new_one(
    bot: Discord, discord: FakeDiscord
) -> None:
    press = discord.interaction(COMPONENT, **await shown(discord))
    discord.faults[("POST", "callback")] = [Fault(404, 10008)]
    (answer,) = await discord.deliver(press)
    assert answer["type"] == MESSAGE
    assert "speech" in str(answer["data"]["components"])


async def test_two_presses_of_a_button_at_once_are_both_answered(bot: Discord, discord: FakeDiscord) -> None:
    press = await shown(discord)
    both = [discord.interaction(COMPONENT, **press) for _ in range(2)]
    with capture_logs() as lines:
        answers = await asyncio.gather(*(discord.deliver(one) for one in both))
    assert [len(one) for one in answers] == [1, 1]
    assert [one["type"] for (one,) in answers] == [UPDATE, UPDATE]
    assert not [one for one in lines if one["log_level"] == "error"]


async def test_answers_mention_nobody_and_keep_no_file_of_the_message_that_was_pressed(
    bot: Discord, discord: FakeDiscord
) -> None:
    (said,) = await discord.interact("quote")
    (pressed,) = await discord.deliver(discord.interaction(COMPONENT, **await shown(discord)))
    assert [one["data"]["allowed_mentions"] for one in (said, pressed)] == 2 * [{"parse": []}]
    assert (said["data"].get("attachments"), pressed["data"]["attachments"]) == (None, [])


@pytest.mark.parametrize("resumable", [True, False])
async def test_a_session_that_is_invalidated_is_taken_up_again_or_made_anew(
    app: App, discord: FakeDiscord, monkeypatch: pytest.MonkeyPatch, resumable: bool
) -> None:
    async def at_once(client: Client, shard: int | None, *, initial: bool = False) -> None:
        """Instead of discord.py's five seconds."""

    monkeypatch.setattr(Client, "before_identify_hook", at_once)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(discord.gateway_url))
    async with connected(app, discord):
        await discord.invalidate(resumable=resumable)
        await discord.until(0)
        await discord.until(1)
        assert (len(discord.identified), discord.resumed) == ((1, ["session-0"]) if resumable else (2, []))
        assert len(await discord.interact("help")) == 1
        assert discord.messages_sent_back == 0


async def test_a_lease_that_is_lost_cuts_off_no_answer(
    app: App, store: Store, discord: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (("BEAT", 0.02), ("GONE_AFTER", 0.5)):
        monkeypatch.setattr(standby, name, seconds)
    async with connected(app, discord) as platform:
        discord.answers_after = 0.3
        with capture_logs() as lines:
            await discord.deliver(quote(discord, "gunpowder"))
            async with store.transaction() as tx:
                [lease] = await all_connections(tx)
                assert await take_over_connection(tx, lease, "another process")
            await until(lambda: not (platform.is_ready() or platform.fault()))
            with pytest.raises(TryLater, match="not connected yet"):
                await platform.post(ROOM, FACT, "a key")
            # The other process gives no sign of life.
            await until(lambda: len(discord.identified) == 2)
            assert len(await discord.interact("help")) == 1
        assert [one["event"] for one in lines if one["log_level"] != "info"] == ["stopped serving"]


async def test_who_stands_by_stops_at_once(app: App, store: Store, discord: FakeDiscord) -> None:
    async with store.transaction() as tx:
        await claim_connection(tx, Shards().lease_name("token"), "another process")
    platform = Discord(app, "token", discord.url)
    running = asyncio.create_task(platform.start())
    await until(lambda: platform.fault() == "")
    await platform.close()
    await asyncio.wait_for(running, 60)


async def test_a_client_that_was_closed_leaves_a_post_for_later(bot: Discord, discord: FakeDiscord) -> None:
    await bot.client.close()
    with pytest.raises(TryLater) as raised:
        await bot.post(ROOM, FACT, "a key")
    assert raised.value.unknown
    assert await bot.channel_name(ROOM) == ROOM


@asynccontextmanager
async def connected(app: App, discord: FakeDiscord) -> AsyncIterator[Discord]:
    """The bot at the gateway."""
    platform = Discord(app, "token", discord.url)
    serving = asyncio.create_task(platform.start())
    try:
        await discord.connected(1, 10)
        yield platform
    finally:
        await platform.close()
        await serving


async def test_a_burst_keeps_to_the_rate_limits_loses_nothing_and_posts_nothing_twice(
    bot: Discord, discord: FakeDiscord
) -> None:
    limits = discord.rate_limits
    limits.most, limits.of_the_bot = {"posts": (5, 0.3), "edits": (5, 0.3), "webhook": (5, 0.3)}, (20, 0.3)
    rooms = [f"{channel}1" for channel in (6, 7, 8)]
    # Another process uses the limits up as well: each counts for itself alone.
    other = Discord(bot.dispatcher.app, "token", discord.url, InteractionsEndpoint(discord.public_key, port=0))
    await other.client.login("token")
    keys = {f"{room} {number}": room for room in rooms for number in range(9)}

    async def post(number: int, key: str) -> None:
        for _ in range(9):
            # discord.py gives up at the fifth refusal; the scheduler then tries again.
            with suppress(TryLater):
                await (bot, other)[number % 2].post(keys[key], FACT, key)
                return

    await asyncio.gather(*(post(number, key) for number, key in enumerate(keys)))
    await other.client.close()
    assert sorted(one["nonce"] for one in discord.messages) == sorted(keys)
    assert limits.exceeded


async def test_each_change_of_an_answer_is_made_though_they_come_too_fast(bot: Discord, discord: FakeDiscord) -> None:
    discord.rate_limits.most["webhook"] = (5, 0.3)
    asked = quote(discord, "gunpowder")
    await discord.deliver(asked)
    for number in range(13):
        await bot.update_private(asked["token"], Reply(parts=(Prose(f"{number} of 13"),)))
    changes = [str(one["components"]) for one in discord.follow_ups[asked["token"]]]
    assert [f"{number} of 13" in one for number, one in enumerate(changes)] == [True] * 13
    assert discord.rate_limits.exceeded == []
