"""What the rest of the bot asks of any platform, asked of the terminal."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from bot.core.app import App
from bot.core.platform import Gone, Platform
from bot.core.reply import Prose, Reply
from bot.platforms.terminal.adapter import Terminal

FACT = Reply("Fact of the day", (Prose("On \x1b[31mthis day."),))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Closed(StringIO):
    def write(self, words: str) -> int:
        raise BrokenPipeError


@pytest.fixture
def terminal(app: App, tmp_path: Path) -> Platform:
    return Terminal(app, tmp_path)


async def test_a_post_is_printed_and_found_again_by_its_key(
    terminal: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    message = await terminal.post("terminal", FACT, key="fact-1")
    assert capsys.readouterr().out == "Fact of the day\n\nOn \ufffd[31mthis day.\n\n"
    assert await terminal.find("terminal", "fact-1", LONG_AGO) == message
    assert await terminal.find("terminal", "fact-2", LONG_AGO) is None
    assert await terminal.post("terminal", FACT) != message


async def test_an_edit_and_a_word_in_private_are_printed_below(
    terminal: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    await terminal.edit("terminal", "1", FACT)
    await terminal.tell("terminal", None, FACT)
    assert capsys.readouterr().out.count("Fact of the day") == 2


async def test_a_terminal_that_is_gone_is_told_as_such(terminal: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Closed())
    with pytest.raises(Gone):
        await terminal.post("terminal", FACT)


async def test_nothing_is_missing_and_nothing_has_an_address(terminal: Platform) -> None:
    assert await terminal.missing_permissions("terminal") == ()
    assert terminal.link(None, "terminal", "1") == ""
