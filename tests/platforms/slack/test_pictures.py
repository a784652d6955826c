"""Pictures and files on Slack: uploaded behind the answer, with what they say in words."""

from __future__ import annotations

from tests.platforms.slack.fake_slack import FakeSlack
from tests.platforms.slack.people import Someone


async def test_a_timeline_has_its_picture_and_turning_the_page_brings_another(ada: Someone, fake: FakeSlack) -> None:
    (said,) = await ada.types("/timeline from:1917 to:1918")
    assert [name for _, name, _ in fake.files] == ["timeline.png"]
    assert fake.made("files.getUploadURLExternal")[0]["alt_txt"].startswith("Timeline with both calendars: 1917")
    (turned,) = await ada.presses(said, "Later ▶")
    assert turned.replaces
    assert len(fake.files) == 2
    assert fake.files[0][2] != fake.files[1][2]


async def test_a_quotation_has_a_card(ada: Someone, fake: FakeSlack) -> None:
    (said,) = await ada.types("/quote gunpowder")
    await ada.presses(said, "Card")
    ((channel, name, data),) = fake.files
    assert (channel, name) == ("C1", "speech-5.3.png")
    assert b"\x89PNG" in data
    assert "with the gunpowder still in it" in fake.made("files.getUploadURLExternal")[0]["alt_txt"]


async def test_an_export_reaches_the_asker_alone(ada: Someone, fake: FakeSlack) -> None:
    said, file, where = await ada.types("/export notes json")
    assert "each with its references" in said.words
    assert (file.channel, said.seen_by, where.seen_by) == ("DU1", "U1", "U1")
    assert "direct message" in where.words
    ((_, name, data),) = fake.files
    assert name == "smolny-notes.json"
    assert b'"people"' in data
