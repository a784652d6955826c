"""Who people are on Slack: of which workspace, and whether they run it."""

from __future__ import annotations

import pytest

from bot.core.translations import translated
from bot.platforms.slack.adapter import Slack
from bot.platforms.slack.inbound.payloads import Request
from bot.platforms.slack.transport.workspaces import Rights
from bot.storage.store import Store
from tests.platforms.slack import limits_check
from tests.platforms.slack.fake_slack import BOT_USER, FakeSlack
from tests.platforms.slack.people import Someone
from tests.platforms.slack.said import Trouble

SET = "daily set <#C1|general> 9:00 Europe/London"


@pytest.mark.parametrize(
    ("profile", "may"),
    [
        ({"team_id": "T1"}, True),
        ({"team_id": "T9"}, False),
        ({"team_id": "T1", "is_stranger": True}, False),
        ({"team_id": "T9", "enterprise_user": {"teams": ["T8", "T1"]}}, True),
        ({"team_id": "T9", "enterprise_user": {"teams": ["T8"]}}, False),
        ({"team_id": "T1", "is_admin": False, "is_primary_owner": True}, True),
    ],
)
async def test_people_of_another_workspace_run_nothing_here(
    ada: Someone, fake: FakeSlack, profile: dict[str, object], may: bool
) -> None:
    fake.users["U1"] |= profile
    typed = await ada.types(f"/{SET}")
    mentioned = await ada.mentions(f"<@{BOT_USER}> {SET}")
    for said in (*typed, *mentioned):
        assert ("people who manage this workspace" in said.words.lower()) is not may


async def test_who_runs_the_workspace_is_asked_again_after_a_failure(slack: Slack, fake: FakeSlack) -> None:
    fake.fail("users.info", Trouble(error="internal_error"))
    boris = slack.dispatcher.context(Request("T1", "U2", "C1"), "boris")
    assert not (await boris.asker.person()).admin
    ada = slack.dispatcher.context(Request("T1", "U1", "C1"), "ada", rights=Rights.USEFUL)
    assert (await ada.asker.person()).admin


FOR_ADMINS = [SET, "quiz stop", "quiz reports", "settings", "library use speech"]


@pytest.mark.parametrize("line", FOR_ADMINS)
async def test_whom_slack_does_not_tell_of_hears_that_and_not_that_others_manage_the_workspace(
    ada: Someone, fake: FakeSlack, line: str
) -> None:
    await Someone(fake, ada.slack, "U2").types("/quiz start questions:30")
    fake.fail("users.info", Trouble(error="internal_error"))
    [said] = await ada.types(f"/{line}")
    assert "I can't see just now whether you manage this workspace" in said.words
    [said] = await ada.types(f"/{line}")
    assert "you manage this workspace" not in said.words


async def test_somebody_of_whom_slack_tells_nothing_costs_others_no_name(slack: Slack, fake: FakeSlack) -> None:
    for stranger in ("user_not_found", "user_not_visible"):
        fake.fail("users.info", Trouble(error=stranger))
        assert (await slack.dispatcher.context(Request("T1", "U9", "C1"), "zoe").asker.person()).name == "zoe"
    assert (await slack.dispatcher.context(Request("T1", "U2", "C1"), "boris").asker.person()).name == "Boris"


async def test_a_workspace_that_does_not_answer_costs_others_no_name(slack: Slack, fake: FakeSlack) -> None:
    elsewhere = slack.dispatcher.context(Request("T9", "U9", "C9"), "zoe")
    fake.fail("users.info", Trouble(status=429, retry_after=30))
    assert (await elsewhere.asker.person()).name == "zoe"
    assert (await slack.dispatcher.context(Request("T1", "U2", "C1"), "boris").asker.person()).name == "Boris"


async def test_who_no_longer_runs_the_workspace_is_believed_for_a_moment_only(slack: Slack, fake: FakeSlack) -> None:
    request = Request("T1", "U1", "C1")
    assert (await slack.dispatcher.context(request, "ada").asker.person()).admin
    fake.users["U1"]["is_admin"] = False
    slack.workspaces._people = {key: (at - 20, one) for key, (at, one) in slack.workspaces._people.items()}
    assert (await slack.dispatcher.context(request, "ada").asker.person()).admin
    assert not (await slack.dispatcher.context(request, "ada", rights=Rights.DECISIVE).asker.person()).admin


async def test_forms_and_the_home_speak_the_language_that_somebody_has_set(ada: Someone, fake: FakeSlack) -> None:
    fake.users["U1"]["locale"] = "de-DE"
    await ada.types("/daily set")
    assert "Uhrzeit" in [one["label"]["text"] for one in fake.views[-1]["blocks"]]
    home = limits_check.words_of((await ada.opens_home())["blocks"])
    assert "Finde ein Zitat, Wort für Wort und mit Quelle." in home
    # The answers stay in English, as the texts are, and say so where nothing is found.
    (said,) = await ada.types("/quote Zeppelin Luftschiff")
    assert "The texts are in English." in said.words


@pytest.mark.parametrize("line", ["/daily set", "/setup", "/quiz schedule", "/library add"])
async def test_every_word_of_a_form_that_has_a_translation_is_in_it(ada: Someone, fake: FakeSlack, line: str) -> None:
    fake.users["U1"]["locale"] = "de-DE"
    await ada.types(line)
    for block in fake.views[-1]["blocks"]:
        assert "_" not in block["label"]["text"]
        choices = [*block["element"].get("options", ()), *block["element"].get("initial_options", ())]
        words = [block["hint"]["text"], *(one["text"]["text"] for one in choices)]
        assert [translated(one, "de") for one in words] == words


async def test_a_workspace_that_is_forgotten_takes_its_people_along(slack: Slack, store: Store) -> None:
    request = Request("T1", "U1", "C1")
    await slack.dispatcher.context(request, "ada").asker.person()
    slack.workspaces.forget("T1")
    assert not slack.workspaces._people
