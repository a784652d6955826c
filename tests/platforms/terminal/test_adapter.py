"""What the rest of the bot asks of any platform, asked of the terminal."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from msgspec import structs

from bot.core.app import App
from bot.core.platform import Gone, Platform
from bot.core.reply import Button, Prose, Reply
from bot.platforms.terminal.adapter import Terminal

FACT = Reply("Fact of the day", (Prose("On \x1b[31mthis day."),))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2100, 1, 1, tzinfo=UTC)


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
    assert await terminal.find("terminal", "fact-1", LONG_AGO, FAR_AHEAD) == message
    assert await terminal.find("terminal", "fact-2", LONG_AGO, FAR_AHEAD) is None
    assert await terminal.post("terminal", FACT) != message


async def test_an_edit_and_a_word_in_private_are_printed_below(
    terminal: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    await terminal.edit("terminal", "1", FACT)
    await terminal.tell("terminal", None, FACT)
    assert capsys.readouterr().out.count("Fact of the day") == 2


async def test_what_is_posted_can_be_pressed_and_is_not_repeated_for_a_count(
    terminal: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    question = Reply(
        "Question 1", (Prose("Nobody has answered."),), (Button("The rocks", "quiz.answer", "a.1.0", option=True),)
    )
    message = await terminal.post("terminal", question)
    assert "[1] The rocks" in capsys.readouterr().out
    await terminal.edit("terminal", message, structs.replace(question, parts=(Prose("One has answered."),)))
    assert capsys.readouterr().out == ""
    await terminal.edit("terminal", message, Reply("Question 1: answered", (Prose("The rocks."),)))
    assert "answered" in capsys.readouterr().out


async def test_a_terminal_that_is_gone_is_told_as_such(terminal: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Closed())
    with pytest.raises(Gone):
        await terminal.post("terminal", FACT)


async def test_nothing_is_missing_and_nothing_has_an_address(terminal: Platform) -> None:
    assert await terminal.missing_permissions("terminal") == ()
    assert terminal.link(None, "terminal", "1") == ""
