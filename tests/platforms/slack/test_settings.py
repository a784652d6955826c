"""A workspace's settings on Slack: private answers that are shared, and channels that not everybody sees."""

from __future__ import annotations

from bot.core.app import App
from bot.core.context import Channel
from tests.platforms.slack.fake_slack import FakeSlack
from tests.platforms.slack.people import Someone


async def test_private_look_ups_are_shared_by_one_press(ada: Someone, boris: Someone) -> None:
    (changed,) = await ada.types("/settings lookups:private")
    assert changed.seen_by == "U1"
    (asked,) = await boris.types("/quote gunpowder")
    assert asked.seen_by == "U2"
    (shared,) = await boris.presses(asked, "Share")
    assert shared.seen_by == ""
    assert "gunpowder" in shared.words


async def test_elsewhere_it_names_the_channels_that_somebody_sees(
    ada: Someone, boris: Someone, fake: FakeSlack
) -> None:
    fake.channels |= {
        "C5": {"name": "staff", "is_private": True, "is_member": True, "members": ["U1"]},
        "C6": {"name": "october", "is_member": True},
    }
    await ada.types("/settings channel:<#C5|staff>")
    (said,) = await boris.types("/quote gunpowder")
    assert said.seen_by == "U2"
    assert "I don't answer in this channel." in said.words
    await ada.types("/settings channel:<#C6|october>")
    (said,) = await boris.types("/quote gunpowder")
    assert "Here I answer only in #october" in said.words
    (said,) = await ada.types("/quote gunpowder")
    assert "#staff and #october" in said.words
    assert "C5" not in said.words


async def test_no_command_names_a_private_channel_to_who_is_not_in_it(ada: Someone, fake: FakeSlack, app: App) -> None:
    fake.channels["C5"] = {"name": "layoffs", "is_private": True, "is_member": True, "members": ["U2"]}
    given = {"channel": "<#C5|x>", "time": "9:00", "timezone": "Europe/London"}
    asked = [one for one in app.commands.values() if any(each.kind is Channel for each in one.parameters)]
    assert len(asked) > 5
    for command in asked:
        named = [f"{one.name}:{given[one.name]}" for one in command.parameters if one.name in given]
        (said,) = await ada.types(f"/smolny {command.name} {' '.join(named)}")
        assert said.seen_by == "U1"
        assert "layoffs" not in said.words, command.name
        assert any(word in said.words for word in ("find that channel", "No daily facts")), (command.name, said.words)
    (said,) = await ada.types("/settings")
    assert "I answer in every channel." in said.words


async def test_who_has_left_a_private_channel_is_told_of_its_schedules_without_its_name(
    ada: Someone, fake: FakeSlack
) -> None:
    fake.channels["C5"] = {"name": "layoffs", "is_private": True, "is_member": True, "members": ["U1"]}
    await ada.types("/daily set <#C5|x> 9:00 Europe/London")
    (said,) = await ada.types("/daily list")
    assert "#layoffs: 09:00 Europe/London" in said.words
    fake.channels["C5"]["members"].clear()
    (said,) = await ada.types("/daily list")
    assert "layoffs" not in said.words
    assert "a deleted or hidden channel: 09:00 Europe/London" in said.words
