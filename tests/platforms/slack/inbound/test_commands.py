"""Commands as people type them into Slack, and what they get back."""

from __future__ import annotations

import pytest

from bot.platforms.slack.adapter import Slack
from bot.platforms.slack.inbound.answers import NOT_INSTALLED
from bot.platforms.slack.rendering import limits
from tests.platforms.slack import limits_check
from tests.platforms.slack.fake_slack import BOT_USER, FakeSlack
from tests.platforms.slack.people import Someone, elements
from tests.platforms.slack.said import Trouble


async def test_a_quotation_is_answered_for_all_to_see(ada: Someone) -> None:
    (said,) = await ada.types("/quote gunpowder")
    assert not said.seen_by
    assert said.channel == "C1"
    assert "with the gunpowder still in it" in limits_check.quotations(said.blocks)[0]
    assert "speech 5.3" in said.words


async def test_a_mistake_is_told_to_the_one_who_made_it(ada: Someone) -> None:
    (said,) = await ada.types("/quote speech 4000")
    assert said.seen_by == "U1"


@pytest.mark.parametrize(
    "line",
    [
        "/quote “gunpowder” text:speech",
        '/quote "gunpowder" text:speech',
        "/smolny quote gunpowder",
        "/smolny /quote gunpowder",
        "/quote &lt;gunpowder&gt;",
    ],
)
async def test_a_line_means_what_it_means_elsewhere(ada: Someone, line: str) -> None:
    (said,) = await ada.types(line)
    assert "gunpowder" in limits_check.quotations(said.blocks)[0]


@pytest.mark.parametrize(
    "line", ["/person Bronstein", "/smolny who Bronstein", "/smolny person Bronstein", "/smolny /who Bronstein"]
)
async def test_a_command_whose_name_slack_reserves_has_two_names(ada: Someone, line: str) -> None:
    (said, *_) = await ada.types(line)
    assert "Leon Trotsky" in said.words
    (mentioned, *_) = await ada.mentions(f"<@{BOT_USER}> {line.removeprefix('/smolny ')}")
    assert said.words.endswith(f"\n{mentioned.words}")


@pytest.mark.parametrize("asked", ["person", "who", "/person", "/who"])
async def test_help_names_commands_as_slack_does(ada: Someone, asked: str) -> None:
    (said,) = await ada.types(f"/help {asked}")
    assert "/person Comrade Avilov" in said.words
    (everything, *_) = await ada.types("/help")
    for words in (said.words, everything.words):
        assert "/who" not in words
        assert "server" not in words


async def test_smolny_alone_says_what_there_is(ada: Someone) -> None:
    (said,) = await ada.types("/smolny")
    assert "What I can do" in said.words


async def test_nothing_found_offers_a_menu_of_near_misses(ada: Someone) -> None:
    (said,) = await ada.types("/compare zeppelin")
    options = await ada.completes(said.blocks, "peas")
    (chosen,) = await ada.picks_near(said, options[0])
    assert chosen.replaces
    assert limits_check.quotations(chosen.blocks)


async def test_the_menu_of_near_misses_starts_with_what_was_typed(ada: Someone) -> None:
    (said,) = await ada.types("/event assasination")
    assert await ada.completes(said.blocks) == await ada.completes(said.blocks, "assasination")


async def test_what_needs_more_words_opens_a_form(ada: Someone, fake: FakeSlack) -> None:
    assert await ada.types("/word") == []
    (said,) = await ada.submits(fake.views[-1], word="gunpowder")
    assert "gunpowder: once" in said.words


async def test_a_form_that_slack_does_not_open_is_no_silence(ada: Someone, fake: FakeSlack) -> None:
    for trouble in (Trouble(error="expired_trigger_id"), Trouble(error="internal_error"), Trouble(cut="before")):
        fake.fail("views.open", trouble)
        (said,) = await ada.types("/word")
        assert (said.seen_by, "try again" in said.words) == ("U1", True)


@pytest.mark.parametrize("error", ["account_inactive", "token_revoked", "invalid_auth", "token_expired"])
async def test_a_form_that_lacks_a_token_says_so_and_not_that_it_was_late(
    ada: Someone, fake: FakeSlack, error: str
) -> None:
    fake.fail("views.open", Trouble(error=error))
    (said,) = await ada.types("/word")
    assert (said.seen_by, said.words) == ("U1", NOT_INSTALLED)


async def test_a_form_keeps_what_was_typed_and_says_what_is_wrong(ada: Someone, fake: FakeSlack) -> None:
    assert await ada.types("/read") == []
    assert await ada.submits(fake.views[-1], text="speech", paragraph="many") == []
    assert ada.acks[-1]["response_action"] == "errors"
    assert ada.acks[-1]["errors"].keys() == {"paragraph"}
    (said,) = await ada.submits(fake.views[-1], text="speech", paragraph="2")
    assert "2" in said.words.split("\n")[0]


async def test_a_late_form_is_still_answered(ada: Someone, fake: FakeSlack) -> None:
    await ada.types("/word")
    fake.expire()
    (said,) = await ada.submits(fake.views[-1], word="gunpowder")
    assert "gunpowder: once" in said.words


async def test_a_mention_is_answered_in_its_thread(ada: Someone, fake: FakeSlack) -> None:
    thread = fake.next_ts()
    (said,) = await ada.mentions(f"<@{BOT_USER}> quote gunpowder", thread)
    assert said.thread == thread
    assert "gunpowder" in limits_check.quotations(said.blocks)[0]
    (said,) = await ada.mentions(f"well, <@{BOT_USER}|smolny> quote gunpowder")
    assert said.thread
    (said,) = await ada.mentions(f"<@{BOT_USER}>")
    assert "What I can do" in said.words


@pytest.mark.parametrize("thread", ["", "1700000000.000100"])
async def test_a_quiz_is_announced_in_the_channel_where_it_goes_on(ada: Someone, thread: str) -> None:
    (said,) = await ada.mentions(f"<@{BOT_USER}> quiz start", thread)
    assert "First question" in said.words
    assert said.thread == ""
    (said,) = await ada.mentions(f"<@{BOT_USER}> quiz start", thread)
    assert "already running" in said.words
    assert said.thread


async def test_a_mistake_in_a_thread_is_told_to_the_one_who_made_it(ada: Someone, fake: FakeSlack) -> None:
    thread = fake.next_ts()
    (said,) = await ada.mentions(f"<@{BOT_USER}> qoute gunpowder", thread)
    assert (said.seen_by, said.thread) == ("U1", thread)


async def test_a_command_from_another_app_is_answered_kindly(ada: Someone) -> None:
    (said,) = await ada.types("/qoute gunpowder")
    assert said.seen_by == "U1"


@pytest.mark.parametrize(
    "text",
    [
        "<@UBOT>: quote gunpowder",
        "<@UBOT>, quote gunpowder",
        "*<@UBOT>* quote gunpowder",
        "<@UBOT> `/quote gunpowder`",
        "<@UBOT> “quote gunpowder”",
        "<@UBOT> please quote gunpowder",
        "quote gunpowder <@UBOT>",
        "<@UBOT> quote gunpowder <@UBOT|smolny>",
        "&gt; somebody said so\n<@UBOT>: quote gunpowder",
    ],
)
async def test_a_mention_is_understood_however_and_wherever_it_is_written(ada: Someone, text: str) -> None:
    for said in (*await ada.mentions(text), *await ada.writes(text)):
        assert "with the gunpowder still in it" in limits_check.quotations(said.blocks)[0]


async def test_what_is_typed_mentions_nobody(ada: Someone) -> None:
    (said,) = await ada.types("/quote &lt;!channel&gt; <@U2|boris> <#C1|general> *zeppelin*")
    assert "<" not in said.payload["text"]


async def test_people_are_asked_for_once_and_where_it_matters(ada: Someone, fake: FakeSlack) -> None:
    for _ in range(3):
        await ada.types("/quote gunpowder")
    assert "users.info" not in fake.counted()
    for _ in range(3):
        await ada.types("/event today")
    assert fake.counted()["users.info"] == 1
    assert fake.counted()["auth.test"] == 1


async def test_where_slack_does_not_know_somebody_they_are_answered_all_the_same(fake: FakeSlack, slack: Slack) -> None:
    (said,) = await Someone(fake, slack, "U9").types("/quote gunpowder")
    assert said.words


async def test_an_error_about_something_else_has_no_menu_of_near_misses(ada: Someone) -> None:
    (said,) = await ada.types("/daily set <#C2|elsewhere> 9:00 Europe/London")
    assert said.seen_by == "U1"
    assert "/invite" in said.words
    assert not [one for _, one in elements(said.blocks) if one["type"] == "external_select"]


async def test_an_answer_never_ends_in_its_middle(
    ada: Someone, fake: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "RESPONSES", 1)
    monkeypatch.setattr(limits, "SIZE", 1500)
    ada.channel = "C2"  # where the bot is no member
    first, *rest = await ada.types("/read speech")
    assert first.channel == "C2"
    assert rest
    assert all(one.channel == "DU1" for one in rest)


async def test_a_direct_conversation_is_no_channel_for_daily_facts(ada: Someone) -> None:
    (said,) = await ada.types("/daily set D0SOMEBODY 9:00 Europe/London")
    assert said.seen_by == "U1"
    assert "#general" in said.words


async def test_the_channel_reads_who_asked_for_what(ada: Someone) -> None:
    (said,) = await ada.types("/quote gunpowder")
    assert said.words.startswith("ada: /quote gunpowder\n")
    (next_,) = await ada.presses(said, "Sentence after ▶")
    assert next_.words.startswith("ada: /quote gunpowder\n")
    (alone,) = await ada.types("/help quote")
    assert "ada:" not in alone.words or not alone.seen_by


@pytest.mark.parametrize(
    ("line", "asked"), [("/quote help", "quote"), ("/daily set help", "daily set"), ("/person HELP", "person")]
)
async def test_a_command_explains_itself(ada: Someone, line: str, asked: str) -> None:
    (said,) = await ada.types(line)
    (expected,) = await ada.types(f"/help {asked}")
    assert said.words.rpartition(f"/{asked}\n")[2] == expected.words.rpartition(f"/{asked}\n")[2]


async def test_a_direct_conversation_is_answered(ada: Someone) -> None:
    (said,) = await ada.writes("quote gunpowder")
    assert said.channel == "DU1"
    assert "with the gunpowder still in it" in limits_check.quotations(said.blocks)[0]
    assert await ada.writes("quote gunpowder", bot_id="B1") == []
    assert await ada.writes("quote gunpowder", subtype="message_changed") == []
    assert await ada.writes("quote gunpowder", channel_type="channel") == []
