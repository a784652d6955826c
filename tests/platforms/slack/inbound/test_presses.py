"""Buttons, menus, questions, shortcuts and the App Home."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest

from bot.core.app import App
from bot.core.reply import Button, Reply
from bot.platforms.slack.adapter import Slack
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from tests.platforms.slack import conftest, limits_check
from tests.platforms.slack.fake_slack import BOT_USER, FakeSlack
from tests.platforms.slack.people import Someone
from tests.platforms.slack.sample import FEATURE

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def app(corpus: Corpus, store: Store) -> App:
    return App((*FEATURES, FEATURE), corpus, store, clock=lambda: NOW, dice=Random(1917))


async def test_a_button_replaces_the_message_for_the_one_who_asked(ada: Someone) -> None:
    (said,) = await ada.types("/quote speech 4.1")
    (next_,) = await ada.presses(said, "Sentence after ▶")
    assert next_.replaces
    assert next_.ts == said.ts
    assert "speech 4.2" in next_.words


async def test_others_get_an_answer_of_their_own(ada: Someone, boris: Someone) -> None:
    (said,) = await ada.types("/quote speech 4.1")
    (his,) = await boris.presses(said, "Sentence after ▶")
    assert (his.replaces, his.seen_by) == (False, "U2")
    (next_,) = await boris.presses(his, "Sentence after ▶")
    assert (next_.replaces, next_.ts, next_.seen_by) == (True, his.ts, "U2")
    assert "speech 4.3" in next_.words


async def test_a_button_that_adds_something_replaces_nothing(ada: Someone) -> None:
    (said,) = await ada.types("/quote speech 4.1")
    (cited,) = await ada.presses(said, "Cite")
    assert (cited.replaces, cited.seen_by) == (False, "U1")
    assert "Chicago" in cited.words


async def test_a_private_answer_stays_private_whatever_is_pressed(ada: Someone) -> None:
    (said,) = await ada.types("/sample secret")
    assert said.seen_by == "U1"
    (again,) = await ada.presses(said, "Say it again")
    assert (again.replaces, again.seen_by) == (True, "U1")
    (published,) = await ada.presses(said, "Publish")
    assert published.seen_by == "U1"


async def test_a_choice_of_a_menu_is_answered(ada: Someone) -> None:
    (said, *_) = await ada.types("/help")
    (chosen,) = await ada.picks(said, "/compare")
    assert chosen.replaces
    assert "coalition" in chosen.words


async def test_buttons_outlive_a_restart(app: App, fake: FakeSlack) -> None:
    slack, serving = await conftest.start(app, fake)
    (said,) = await Someone(fake, slack).types("/quote speech 4.1")
    await conftest.stop(slack, serving)
    fake._connected.clear()
    slack, serving = await conftest.start(app, fake)
    (next_,) = await Someone(fake, slack).presses(said, "Sentence after ▶")
    assert next_.replaces
    assert "speech 4.2" in next_.words
    await conftest.stop(slack, serving)


async def test_a_button_of_an_older_version_is_answered_kindly(ada: Someone) -> None:
    (said,) = await ada.types("/quote speech 4.1")
    for block in said.payload["blocks"]:
        for element in block.get("elements", ()):
            if "action_id" in element:
                element["action_id"] = "quote_next"
    (told,) = await ada.presses(said, "Sentence after ▶")
    assert (told.seen_by, told.replaces) == ("U1", False)
    assert "older version" in told.words


async def test_a_form_that_no_longer_fits_is_answered_kindly(ada: Someone, fake: FakeSlack) -> None:
    """It was opened before an update, or names what is no channel for posts."""
    await ada.types("/sample post")
    view = fake.views[-1]
    assert view["blocks"][0]["block_id"] == "channel"
    (told,) = await ada.submits(view, channel="D7", zone="UTC")
    assert (told.seen_by, "Name the channel" in told.words) == ("U1", True)
    gone = view | {"private_metadata": view["private_metadata"].replace("sample post", "sample gone")}
    (told,) = await ada.submits(gone, channel="C1")
    assert (told.seen_by, "no /sample gone" in told.words) == ("U1", True)
    renamed = view | {"blocks": [view["blocks"][0] | {"block_id": "place"}, *view["blocks"][1:]]}
    (told,) = await ada.submits(renamed, place="C1", zone="UTC")
    assert (told.seen_by, "has no “place”" in told.words) == ("U1", True)


async def test_a_question_is_asked_in_a_modal(ada: Someone, fake: FakeSlack) -> None:
    (said,) = await ada.types("/sample ask")
    assert await ada.presses(said, "Answer") == []
    view = fake.views[-1]
    assert view["blocks"][0]["label"]["text"] == "Who said it?"
    (told,) = await ada.submits(view, typed="Trotzky <!channel>")
    assert told.seen_by == "U1"
    assert "7: Trotzky <!channel>" in told.words


async def test_a_form_completes_what_is_not_free_words(ada: Someone, fake: FakeSlack) -> None:
    assert await ada.types("/sample set") == []
    (option,) = await ada.completes(fake.views[-1]["blocks"], "lond")
    (said,) = await ada.submits(fake.views[-1], zone=option["value"], sure="yes")
    assert "Set to Europe/London by Ada in C1, True" in said.words


async def test_a_form_is_only_for_those_who_may_use_it(boris: Someone, fake: FakeSlack) -> None:
    (said,) = await boris.types("/sample set")
    assert fake.views == []
    assert said.seen_by == "U2"
    assert "Only people who manage" in said.words


async def test_a_channel_is_known_by_its_id(ada: Someone) -> None:
    (said,) = await ada.types("/sample post <#C2|elsewhere> Asia/Tbilisi")
    assert "C2, Asia/Tbilisi" in said.words
    (said,) = await ada.types("/sample post elsewhere Asia/Tbilisi")
    assert said.seen_by == "U1"
    assert "with its #" in said.words


async def test_a_form_has_slacks_own_list_of_channels(ada: Someone, fake: FakeSlack) -> None:
    assert await ada.types("/sample post <#C2|elsewhere>") == []
    element = fake.views[-1]["blocks"][0]["element"]
    assert (element["type"], element["initial_conversation"]) == ("conversations_select", "C2")
    (said,) = await ada.submits(fake.views[-1], channel="C1", zone="Asia/Tbilisi")
    assert "C1, Asia/Tbilisi" in said.words
    assert await ada.types("/sample post") == []
    assert fake.views[-1]["blocks"][0]["element"]["default_to_current_conversation"]


async def test_admins_are_those_of_the_workspace(ada: Someone, boris: Someone) -> None:
    (said,) = await ada.types("/sample set Asia/Tbilisi")
    assert "Set to Asia/Tbilisi" in said.words
    (said,) = await boris.types("/sample set Asia/Tbilisi")
    assert "Only people who manage" in said.words


async def test_a_shortcut_takes_the_words_of_a_message(ada: Someone) -> None:
    (said,) = await ada.uses_shortcut("Shout", "&gt; hear &amp; see")
    assert "HEAR & SEE" in said.words
    (said,) = await ada.uses_shortcut("Gone", "hear")
    assert said.seen_by == "U1"


async def test_a_button_in_a_thread_is_answered_there(ada: Someone, fake: FakeSlack) -> None:
    thread = fake.next_ts()
    (said,) = await ada.mentions(f"<@{BOT_USER}> quote speech 4.1", thread)
    (next_,) = await ada.presses(said, "Sentence after ▶")
    assert next_.replaces
    (cited,) = await ada.presses(said, "Cite")
    assert cited.thread == thread


async def test_what_was_posted_unasked_is_nobodys_to_replace(ada: Someone, slack: Slack, fake: FakeSlack) -> None:
    await slack.post("C1", Reply("A fact", (), (Button("In context", "quote.context", "speech 4.2"),)), "key")
    (told,) = await ada.presses(fake.said[-1], "In context")
    assert (told.replaces, told.seen_by) == (False, "U1")


async def test_files_go_behind_the_answer(ada: Someone, fake: FakeSlack) -> None:
    await ada.types("/sample file")
    assert [(channel, name) for channel, name, _ in fake.files] == [("C1", "line.png"), ("C1", "deck.apkg")]
    assert b"\x89PNG" in fake.files[0][2]
    assert fake.made("files.getUploadURLExternal")[0]["alt_txt"] == "A line"


async def test_private_files_go_into_a_direct_message(ada: Someone, fake: FakeSlack) -> None:
    said = await ada.types("/sample ephemeral")
    assert [(channel, name) for channel, name, _ in fake.files] == [("DU1", "deck.apkg")]
    assert all(one.seen_by == "U1" for one in said)
    assert "direct message" in said[-1].words


async def test_files_reach_who_asked_where_the_bot_is_no_member(fake: FakeSlack, slack: Slack) -> None:
    said = await Someone(fake, slack, channel="C2").types("/sample file")
    assert {channel for channel, _, _ in fake.files} == {"DU1"}
    assert "direct message" in said[-1].words


async def test_a_long_answer_goes_on_and_no_quotation_is_cut(ada: Someone) -> None:
    said = await ada.types("/sample long")
    quotations = [words for one in said for words in limits_check.quotations(one.blocks)]
    assert [words.split()[0] for words in quotations] == [str(number) for number in range(14)]
    assert all(words.count("A sentence.") == 150 for words in quotations)
    assert len(said) > 5  # more than a response URL takes
    assert "On" in said[-1].words


async def test_a_reply_that_cannot_be_shown_is_an_apology(ada: Someone) -> None:
    (said,) = await ada.types("/sample overfill")
    assert "Sorry, I could not show that." in said.words


async def test_the_home_shows_what_each_person_may_see(ada: Someone, boris: Someone) -> None:
    hers, his = await ada.opens_home(), await boris.opens_home()
    assert "Compare the texts on a topic." in limits_check.words_of(hers["blocks"])
    assert "Every day at nine." in limits_check.words_of(hers["blocks"])
    assert "Standing of Ada" in limits_check.words_of(hers["blocks"])
    assert "Every day at nine." not in limits_check.words_of(his["blocks"])
    assert "Standing of Boris" in limits_check.words_of(his["blocks"])


async def test_a_button_at_home_answers_in_a_direct_message(ada: Someone) -> None:
    await ada.opens_home()
    (said,) = await ada.presses_at_home("Pause")
    assert said.channel == "DU1"


async def test_nobody_fills_a_channel_with_presses_on_what_others_asked(ada: Someone, boris: Someone) -> None:
    (said,) = await ada.types("/quote gunpowder")
    for _ in range(3):
        before = len(boris.fake.said)
        await boris.presses(said, "Card")
        assert all(one.seen_by == "U2" or one.channel == "DU2" for one in boris.fake.said[before:])
    assert all(channel == "DU2" for channel, *_ in boris.fake.files)


async def test_home_begins_with_what_one_can_do(ada: Someone, boris: Someone, fake: FakeSlack) -> None:
    hers, his = await ada.opens_home(), await boris.opens_home()
    labels = [[one["text"]["text"] for one in home["blocks"][0]["elements"]] for home in (hers, his)]
    assert labels[0] == ["Find a quotation", "Start a quiz", "Practise", "Get a fact", "Set up a daily fact"]
    assert set(labels[1]) <= set(labels[0])
    (said,) = await boris.presses_at_home("Get a fact")
    assert said.seen_by == "U2"
    assert limits_check.quotations(said.blocks)
    assert await ada.presses_at_home("Set up a daily fact") == []
    assert fake.views[-1]["title"]["text"] == "Setup"


async def test_what_only_one_sees_can_be_shared(ada: Someone) -> None:
    (alone,) = await ada.types("/help quote")
    assert alone.seen_by == "U1"
    (shared,) = await ada.presses(alone, "Share")
    assert (shared.seen_by, shared.channel) == ("", alone.channel)
    assert shared.words.splitlines()[0] == alone.words.splitlines()[0]
