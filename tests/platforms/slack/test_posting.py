"""Timed posts: never twice, at Slack's pace, and with each kind of failure told apart."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from bot.core.app import App
from bot.core.platform import Forbidden, Gone, TryLater, Undelivered
from bot.core.reply import Picture, Prose, Reply
from bot.platforms.slack.adapter import Slack, Tokens
from bot.platforms.slack.posting import EVENT
from tests.platforms.slack import conftest
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.platforms.slack.said import Said, Trouble

FACT = Reply("A fact", (Prose("It is so."),))
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
UNTIL = datetime(2100, 1, 1, tzinfo=UTC)


async def test_a_post_is_found_by_its_key(slack: Slack, fake: FakeSlack) -> None:
    message = await slack.post("C1", FACT, "subscription-2026-11-22")
    for number in range(5):  # more than a page of history
        await slack.post("C1", FACT, f"other-{number}")
    assert await slack.find("C1", "subscription-2026-11-22", SINCE, UNTIL) == message
    assert await slack.find("C1", "subscription-2026-11-23", SINCE, UNTIL) is None
    assert await slack.find("C1", "subscription-2026-11-22", UNTIL, UNTIL) is None


async def test_a_look_that_slack_cuts_short_goes_on_where_it_was(slack: Slack, fake: FakeSlack) -> None:
    message = await slack.post("C1", FACT, "fact-1")
    for number in range(8):
        await slack.post("C1", FACT, f"other-{number}")
    looks = 0
    found = None
    while found is None:
        fake.pages = 1
        looks += 1
        with suppress(TryLater):
            found = await slack.find("C1", "fact-1", SINCE, UNTIL)
    assert (found, looks) == (message, 5)


async def test_a_look_is_bounded_by_the_time_of_the_try(slack: Slack, fake: FakeSlack) -> None:
    message = await slack.post("C1", FACT, "fact-1")
    before, after = (datetime.fromtimestamp(float(message) + seconds, UTC) for seconds in (-60, 60))
    assert await slack.find("C1", "fact-1", before, after) == message
    assert await slack.find("C1", "fact-1", SINCE, before) is None
    assert await slack.find("C1", "fact-1", after, UNTIL) is None


async def test_a_post_whose_answer_was_lost_is_found_and_not_sent_again(slack: Slack, fake: FakeSlack) -> None:
    fake.fail("chat.postMessage", Trouble(cut="after"))
    with pytest.raises(TryLater) as told:
        await slack.post("C1", FACT, "key")
    assert told.value.unknown
    assert len(fake.said) == 1
    assert await slack.find("C1", "key", SINCE, UNTIL) == fake.said[0].ts


LONG = Reply("A fact", (Prose("It is so. " * 3000),))


async def test_a_post_of_which_only_the_beginning_is_there_is_completed(slack: Slack, fake: FakeSlack) -> None:
    first = await slack.post("C1", LONG, "key")
    said = [*fake.said]
    assert len(said) > 2
    assert await slack.find("C1", "key", SINCE, UNTIL) == first
    del fake.said[-2:]
    assert await slack.find("C1", "key", SINCE, UNTIL) is None
    assert await slack.post("C1", LONG, "key") == first
    assert [one.payload["blocks"] for one in fake.said] == [one.payload["blocks"] for one in said]
    assert await slack.find("C1", "key", SINCE, UNTIL) == first


@pytest.mark.parametrize("begun", [1, 2])
async def test_a_post_that_is_slowed_down_in_its_middle_waits_as_long_as_slack_asks(
    slack: Slack, fake: FakeSlack, begun: int
) -> None:
    fake.fail("chat.postMessage", *[Trouble(passes=True)] * begun, Trouble(status=429, retry_after=300))
    with pytest.raises(TryLater) as told:
        await slack.post("C1", LONG, "key")
    assert (told.value.after, told.value.unknown) == (300, True)
    assert len(fake.said) == begun


async def test_what_an_edit_has_no_room_for_follows_once(slack: Slack, fake: FakeSlack) -> None:
    message = await slack.post("C1", FACT, "key")
    for _ in range(2):
        await slack.edit("C1", message, LONG)
    said = len(fake.said)
    assert said > 2
    del fake.said[-1]
    await slack.edit("C1", message, LONG)
    assert len(fake.said) == said


async def test_a_post_that_never_went_out_is_not_found(slack: Slack, fake: FakeSlack) -> None:
    fake.fail("chat.postMessage", Trouble(cut="before"))
    with pytest.raises(TryLater) as told:
        await slack.post("C1", FACT, "key")
    assert told.value.unknown
    assert await slack.find("C1", "key", SINCE, UNTIL) is None


async def test_a_crash_after_the_post_is_made_good_by_the_next_process(app: App, fake: FakeSlack) -> None:
    slack, serving = await conftest.start(app, fake)
    message = await slack.post("C1", FACT, "key")
    await conftest.stop(slack, serving)
    fake._connected.clear()
    slack, serving = await conftest.start(app, fake)
    assert await slack.find("C1", "key", SINCE, UNTIL) == message
    await conftest.stop(slack, serving)


async def test_a_key_that_another_app_wrote_is_not_ours(slack: Slack, fake: FakeSlack) -> None:
    forged = {"event_type": EVENT, "event_payload": {"key": "key"}}
    fake.said.append(Said("C1", {"text": "x", "blocks": [], "metadata": forged, "from": "U2"}, fake.next_ts()))
    assert await slack.find("C1", "key", SINCE, UNTIL) is None


async def test_without_the_scope_for_the_history_nobody_knows_and_nothing_pauses(slack: Slack, fake: FakeSlack) -> None:
    fake.fail("conversations.history", Trouble(error="missing_scope"))
    with pytest.raises(TryLater):
        await slack.find("C1", "key", SINCE, UNTIL)


async def test_a_post_mentions_a_user_group_and_nothing_else(slack: Slack, fake: FakeSlack) -> None:
    await slack.post("C1", structs.replace(FACT, mention="S0CLASS"), "key")
    said = fake.said[-1].payload
    assert said["text"].startswith("<!subteam^S0CLASS> ")
    assert said["blocks"][0]["text"]["text"] == "<!subteam^S0CLASS>"
    await slack.post("C1", structs.replace(FACT, mention="!channel"), "key")
    assert "channel" not in fake.said[-1].payload["text"]
    assert await slack.missing_extras("C1", thread=True, mention="S0CLASS") == ()
    assert await slack.missing_extras("C1", thread=False, mention="class")


async def test_a_picture_that_fails_does_not_double_the_post(slack: Slack, fake: FakeSlack) -> None:
    fake.fail("files.completeUploadExternal", Trouble(error="not_in_channel"))
    with pytest.raises(TryLater) as told:
        await slack.post("C1", Reply("A fact", (Picture("a.png", b"1", "One"),)), "key")
    assert told.value.unknown
    assert await slack.find("C1", "key", SINCE, UNTIL)


@pytest.mark.parametrize(
    ("channel", "trouble", "kind"),
    [
        ("C2", None, Forbidden),
        ("C3", None, Gone),
        ("C9", None, Gone),
        ("C1", Trouble(error="restricted_action_read_only_channel"), Forbidden),
        ("C1", Trouble(error="missing_scope"), Forbidden),
        ("C1", Trouble(error="account_inactive"), Gone),
        ("C1", Trouble(error="token_revoked"), Gone),
        ("C1", Trouble(error="invalid_auth"), TryLater),
        ("C1", Trouble(error="invalid_blocks"), Undelivered),
    ],
)
async def test_each_refusal_has_its_class(
    slack: Slack, fake: FakeSlack, channel: str, trouble: Trouble | None, kind: type[Undelivered]
) -> None:
    fake.fail("chat.postMessage", *([trouble] if trouble else []))
    with pytest.raises(Undelivered) as told:
        await slack.post(channel, FACT, "key")
    assert type(told.value) is kind
    assert str(told.value)
    assert fake.said == []


@pytest.mark.parametrize(
    ("trouble", "after", "unknown"),
    [
        (Trouble(status=429, retry_after=30), 30.0, False),
        (Trouble(status=429), None, False),
        (Trouble(status=503), None, True),
        (Trouble(error="fatal_error"), None, True),
        (Trouble(error="service_unavailable"), None, False),
    ],
)
async def test_what_passes_is_tried_later(
    slack: Slack, fake: FakeSlack, trouble: Trouble, after: float | None, unknown: bool
) -> None:
    fake.fail("chat.postMessage", trouble)
    with pytest.raises(TryLater) as told:
        await slack.post("C1", FACT, "key")
    assert (told.value.after, told.value.unknown) == (after, unknown)
    assert fake.counted()["chat.postMessage"] == 1


async def test_slack_out_of_reach_is_known_to_have_posted_nothing(slack: Slack) -> None:
    slack.workspaces.known("T1").posting.base_url = "http://127.0.0.1:9/"  # type: ignore[union-attr]  # it is known
    with pytest.raises(TryLater) as told:
        await slack.post("C1", FACT, "key")
    assert not told.value.unknown


async def test_a_channel_gets_a_message_a_second_and_delays_no_other(app: App, fake: FakeSlack) -> None:
    slack, serving = await conftest.start(app, fake, pace=0.3)
    started = time.perf_counter()
    await asyncio.gather(*(slack.post(channel, FACT) for channel in ("C1", "C1", "C1")), slack.tell("U1", "T1", FACT))
    assert time.perf_counter() - started >= 0.6
    assert "DU1" in {one.channel for one in fake.said[:2]}
    await conftest.stop(slack, serving)


async def test_the_pace_is_that_of_slack(app: App) -> None:
    assert Slack(app, Tokens(BOT_TOKEN, APP_TOKEN)).posting.pace.seconds == 1.0


async def test_a_message_can_be_changed(slack: Slack, fake: FakeSlack) -> None:
    message = await slack.post("C1", FACT, "key")
    await slack.edit("C1", message, Reply("Another"))
    assert [one.words for one in fake.said] == ["Another"]
    with pytest.raises(Gone):
        await slack.edit("C1", "1.1", Reply("Another"))


@pytest.mark.parametrize(("channel", "missing"), [("C1", 0), ("C2", 1), ("C4", 1), ("C9", 1)])
async def test_missing_permissions_are_named(slack: Slack, channel: str, missing: int) -> None:
    assert len(await slack.missing_permissions(channel)) == missing


async def test_an_archived_channel_is_gone(slack: Slack) -> None:
    with pytest.raises(Gone, match="archived"):
        await slack.missing_permissions("C3")


async def test_one_person_is_told_in_private(slack: Slack, fake: FakeSlack) -> None:
    await slack.tell("U2", "T1", FACT)
    assert [(one.channel, one.seen_by) for one in fake.said] == [("DU2", "U2")]
    with pytest.raises(Gone):
        await slack.tell("U9", "T1", FACT)


async def test_a_channel_has_a_name(slack: Slack) -> None:
    assert await slack.channel_name("C1") == "#general"
    assert await slack.channel_name("C4") == "C4"


async def test_a_message_has_an_address(slack: Slack) -> None:
    assert slack.link("T1", "C1", "1795339800.000001") == "https://t1.slack.com/archives/C1/p1795339800000001"
    assert slack.link("T9", "C1", "1.1") == ""


async def test_slack_says_what_time_it_is_there_or_does_not_answer(slack: Slack, fake: FakeSlack) -> None:
    fake.now = datetime.now(UTC) + timedelta(days=2)
    theirs = await slack.server_time()
    assert theirs
    assert timedelta(days=1) < theirs - datetime.now(UTC) < timedelta(days=3)
    fake.fail("api.test", Trouble(cut="before"))
    with pytest.raises(TryLater):
        await slack.server_time()
