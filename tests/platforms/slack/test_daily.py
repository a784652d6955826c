"""The daily fact on Slack: set up by a line or a form, looked after, and shown at home."""

from __future__ import annotations

import pytest

from bot.core.app import App
from bot.storage import schedules
from bot.storage.installations import Installations
from bot.storage.store import Store
from cogs.shared.timetables import REASONS
from tests.conftest import NOW
from tests.platforms.slack import limits_check
from tests.platforms.slack.conftest import start, stop
from tests.platforms.slack.fake_slack import FakeSlack
from tests.platforms.slack.people import Someone
from tests.scheduler.conftest import schedule

SET = "/daily set <#C1|general> 9:00 Europe/London weekdays"


async def kept(store: Store, channel: str = "C1") -> list[str]:
    """When each daily fact of a channel is posted."""
    one = await schedules.find(store.reader, "slack", "T1", channel, "")
    return [f"{one.local_time} {one.zone} {one.days}"] if one else []


async def test_a_line_sets_it_up(ada: Someone, store: Store) -> None:
    (said,) = await ada.types(SET)
    assert said.seen_by == "U1"
    assert "#general" in said.words
    assert limits_check.quotations(said.blocks)
    assert await kept(store) == ["09:00 Europe/London 12345"]


async def test_a_private_channel_is_set_up_by_its_members_alone(ada: Someone, store: Store, fake: FakeSlack) -> None:
    fake.channels["C5"] = {"name": "layoffs", "is_private": True, "is_member": True, "members": ["U2"]}
    (said,) = await ada.types("/daily set <#C5|x> 9:00 Europe/London weekdays")
    assert "I can't find that channel" in said.words
    assert "layoffs" not in said.words
    assert await kept(store, "C5") == []
    fake.channels["C5"]["members"].append("U1")
    await ada.types("/daily set <#C5|x> 9:00 Europe/London weekdays")
    assert await kept(store, "C5") == ["09:00 Europe/London 12345"]


async def test_without_anything_a_form_asks_for_it(ada: Someone, store: Store, fake: FakeSlack) -> None:
    assert await ada.types("/daily set") == []
    view = fake.views[-1]
    assert [(block["block_id"], block["element"]["type"]) for block in view["blocks"][:4]] == [
        ("channel", "conversations_select"),
        ("time", "timepicker"),
        ("timezone", "external_select"),
        ("days", "checkboxes"),
    ]
    zones = await ada.completes([block for block in view["blocks"] if block["block_id"] == "timezone"], "lond")
    assert await ada.submits(view, channel="C1", time="09:00", timezone="nowhere", days=["Monday"]) == []
    assert ada.acks[-1]["errors"].keys() == {"timezone"}
    zone = zones[0]["value"]
    (said,) = await ada.submits(view, channel="C1", time="21:00", timezone=zone, days=["Monday", "Wednesday"])
    assert said.seen_by == "U1"
    assert await kept(store) == ["21:00 Europe/London 13"]


async def test_the_form_begins_with_the_persons_own_zone_and_every_day(ada: Someone, fake: FakeSlack) -> None:
    fake.users["U1"]["tz"] = "America/New_York"
    await ada.types("/setup")
    fields = {block["block_id"]: block["element"] for block in fake.views[-1]["blocks"]}
    assert fields["timezone"]["initial_option"]["value"] == "America/New_York"
    assert fields["channel"]["initial_conversation"] == "C1"
    assert len(fields["days"]["initial_options"]) == 7
    assert fields["lookups"]["initial_option"]["value"] == "public"
    assert "initial_time" not in fields["time"]


async def test_change_opens_the_form_as_it_is_and_undo_takes_it_back(
    ada: Someone, store: Store, fake: FakeSlack
) -> None:
    (first,) = await ada.types(SET)
    await ada.presses(first, "Change")
    fields = {block["block_id"]: block["element"] for block in fake.views[-1]["blocks"]}
    assert fields["time"]["initial_time"] == "09:00"
    assert [one["value"] for one in fields["days"]["initial_options"]] == [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
    ]  # fmt: skip
    zone = fields["timezone"]["initial_option"]["value"]
    (changed,) = await ada.submits(fake.views[-1], channel="C1", time="20:00", timezone=zone, days=["Friday"])
    assert "It was: 09:00 Europe/London, weekdays." in changed.words
    assert await kept(store) == ["20:00 Europe/London 5"]
    await ada.presses(changed, "Undo")
    assert await kept(store) == ["09:00 Europe/London 12345"]


async def test_wrong_input_costs_one_press(ada: Someone, fake: FakeSlack) -> None:
    (said,) = await ada.types("/daily set <#C1|general> 9:00 Nowhereville")
    await ada.presses(said, "Change it")
    fields = {block["block_id"]: block["element"] for block in fake.views[-1]["blocks"]}
    assert fields["time"]["initial_time"] == "09:00"
    assert fields["timezone"]["initial_option"]["value"] == "Nowhereville"


async def test_an_invitation_to_the_channel_needs_one_press_more(ada: Someone, store: Store, fake: FakeSlack) -> None:
    (said,) = await ada.types(SET.replace("C1", "C2"))
    assert "/invite" in said.words
    fake.channels["C2"]["is_member"] = True
    await ada.presses(said, "Try again")
    assert await kept(store, "C2") == ["09:00 Europe/London 12345"]


async def test_only_admins_set_it_up(boris: Someone, store: Store, fake: FakeSlack) -> None:
    for line in (SET, "/daily set"):
        (said,) = await boris.types(line)
        assert "Only people who manage" in said.words
    assert fake.views == []
    assert await kept(store) == []


@pytest.mark.parametrize("channel", ["C2", "C3", "C4"])
async def test_a_channel_that_cannot_be_posted_to_is_refused(ada: Someone, store: Store, channel: str) -> None:
    (said,) = await ada.types(SET.replace("C1", channel))
    assert said.seen_by == "U1"
    assert "/invite" in said.words or "archived" in said.words
    assert await kept(store, channel) == []


async def test_no_reason_for_a_pause_speaks_of_servers(ada: Someone, store: Store) -> None:
    await ada.types(SET)
    for reason, words in REASONS.items():
        async with store.transaction() as tx:
            await tx.execute(f"UPDATE schedules SET state = 'paused', reason = '{reason}'")  # noqa: S608 - our own words.
        (listed,) = await ada.types("/daily list")
        assert words in listed.words
        assert "server" not in listed.words


async def test_its_buttons_and_menus_look_after_it(ada: Someone, store: Store) -> None:
    (said,) = await ada.types(SET)
    (next_,) = await ada.presses(said, "Next posts")
    assert next_.replaces
    (asked,) = await ada.presses(next_, "Remove")
    await ada.presses(asked, "Delete it")
    one = await schedules.find(store.reader, "slack", "T1", "C1", "")
    assert one
    assert one.state == "removed"


async def test_schedules_are_in_the_home_of_those_who_may_change_them(ada: Someone, boris: Someone) -> None:
    await ada.types(SET)
    hers, his = await ada.opens_home(), await boris.opens_home()
    assert "#general" in limits_check.words_of(hers["blocks"])
    assert "#general" not in limits_check.words_of(his["blocks"])


@pytest.mark.parametrize("is_installed", [True, False])
async def test_what_one_of_several_workspaces_had_goes_on_where_it_is_the_only_one(
    app: App, fake: FakeSlack, store: Store, is_installed: bool
) -> None:
    installations = Installations(store, "slack")
    await installations.save("T1", "token", NOW)
    async with store.transaction() as tx:
        await schedules.put(tx, schedule("a", platform="slack", server="T1", channel="T1-C1", set_by="T1-U1"))
    if not is_installed:
        await installations.remove("T1", NOW)
    slack, serving = await start(app, fake)
    await Someone(fake, slack).types(SET)
    assert (await kept(store, "T1-C1"), await kept(store)) == (["09:00 Europe/London 12345"], [])
    (listed,) = await Someone(fake, slack).types("/daily list")
    assert "#general" in listed.words
    await stop(slack, serving)
