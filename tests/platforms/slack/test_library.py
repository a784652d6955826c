"""A text added on Slack: by the file of a form, and by the shortcut on a message that has a file."""

from __future__ import annotations

import pytest

from bot.core import progress
from tests.corpus.source.readers import files
from tests.platforms.slack.fake_slack import BOT_USER, FakeSlack
from tests.platforms.slack.people import Someone


async def test_a_form_takes_the_file(ada: Someone, fake: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "FIRST", 0.01)
    await ada.types("/library add")
    view = fake.views[-1]
    assert view["blocks"][0]["element"]["type"] == "file_input"
    *_, shown = await ada.submits(view, file=[fake.share("queue.epub", files.epub())], date="1919")
    assert "Author: Mary Example" in shown.words
    *waiting, added = await ada.presses(shown, "Add: our group may use it")
    assert len(waiting) == 3, "of the five answers that Slack takes, two are left for an interim message and the result"
    for one in waiting:
        assert "Preparing The Bread Queue for search" in one.words
        assert (one.ts, one.seen_by) == (added.ts, added.seen_by), "it is where the answer comes"
    (quoted,) = await ada.types("/quote bread-queue 4.2")
    assert "By one the shelves were bare." in quoted.words


async def test_a_shortcut_takes_a_messages_file(ada: Someone, fake: FakeSlack) -> None:
    (shown,) = await ada.uses_shortcut("Add to the library", "read this", files=[fake.share("q.md", files.markdown())])
    assert "Add The Bread Queue?" in shown.words
    (none,) = await ada.uses_shortcut("Add to the library", "read this")
    assert "no file on this message" in none.words


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
async def test_a_file_can_come_with_what_is_written(ada: Someone, fake: FakeSlack, subtype: str) -> None:
    words = "“Our whole hope is that our revolution will kindle an European revolution.”"
    essay = fake.share("essay.txt", words.encode())
    for said in (
        await ada.writes("check", subtype=subtype, files=[essay]),
        await ada.mentions(f"<@{BOT_USER}> check", files=[essay]),
    ):
        assert any("essay.txt" in one.words for one in said)
    (shown,) = await ada.writes("library add", subtype=subtype, files=[fake.share("q.md", files.markdown())])
    assert "Add The Bread Queue?" in shown.words
    (quoted,) = await ada.writes("quote gunpowder", subtype=subtype, files=[essay])
    assert "speech 5.3" in quoted.words
    (told,) = await ada.writes("", subtype=subtype, files=[essay])
    assert "What I can do" in told.words


async def test_the_token_goes_to_slack_alone(ada: Someone, fake: FakeSlack) -> None:
    elsewhere = fake.share("q.md", files.markdown()) | {"url_private_download": "https://files.example.org/q.md"}
    (said,) = await ada.uses_shortcut("Add to the library", "read this", files=[elsewhere])
    assert "couldn't fetch" in said.words


async def test_a_file_that_is_gone_is_said(ada: Someone, fake: FakeSlack) -> None:
    gone = fake.share("q.md", files.markdown())
    fake.shared.clear()
    (said,) = await ada.uses_shortcut("Add to the library", "read this", files=[gone])
    assert "couldn't fetch" in said.words
