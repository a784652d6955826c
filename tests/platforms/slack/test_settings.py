"""A workspace's settings on Slack: private answers that are shared, and channels that not everybody sees."""

from __future__ import annotations

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
