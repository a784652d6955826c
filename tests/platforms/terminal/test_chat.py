"""The chat itself: keys in, completions and answers out, through prompt_toolkit's own test input."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import ColorDepth, DummyOutput
from prompt_toolkit.styles import Attrs

from bot.core.app import App
from bot.core.reply import Prose, Reply
from bot.platforms.terminal.chat import chat, show
from bot.platforms.terminal.completion import Completions
from bot.platforms.terminal.conversation import Conversation

END = "\x04"


class Screen(DummyOutput):
    """Keeps what is written."""

    def __init__(self) -> None:
        self.text = ""
        self.styles: list[Attrs] = []

    def set_attributes(self, attrs: Attrs, color_depth: ColorDepth) -> None:
        self.styles.append(attrs)

    def write(self, data: str) -> None:
        self.text += data


async def talk(app: App, keys: str, history: Path) -> str:
    screen = Screen()
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=screen):
        keyboard.send_bytes(keys.encode(errors="surrogateescape"))
        async with asyncio.timeout(60):
            await chat(app, Conversation(app), "Welcome.", history)
    return screen.text.replace("\r\n", "\n")


async def test_it_greets_answers_presses_and_leaves(app: App, tmp_path: Path) -> None:
    text = await talk(app, f"/quote gunpowder\r\ri\r{END}", tmp_path / "history")
    assert text.startswith("Welcome.\n")
    assert "Our party held out its hand" in text.replace("\n", " ")
    assert "The speech, paragraph 5" in text


async def test_what_was_typed_is_there_again_after_a_restart(app: App, tmp_path: Path) -> None:
    await talk(app, f"/quote gunpowder\r{END}", tmp_path / "history")
    up = "\x1b[A"
    assert "Our party held out its hand" in await talk(app, f"{up}\r{END}", tmp_path / "history")


@pytest.mark.parametrize("leaving", ["\x03", END, "quit\r", "/EXIT\r", "bye\r"])
async def test_it_ends_when_somebody_leaves(app: App, tmp_path: Path, leaving: str) -> None:
    text = await talk(app, leaving, tmp_path / "history")
    assert "Welcome." in text
    assert "know that command" not in text


async def test_ctrl_c_clears_a_line_half_typed_and_goes_on(app: App, tmp_path: Path) -> None:
    text = await talk(app, f"/event 1917\x03/quote gunpowder\r{END}", tmp_path / "history")
    assert "Our party held out its hand" in text.replace("\n", " ")


def test_what_comes_unasked_is_broken_between_words_and_styled() -> None:
    screen = Screen()
    words = " ".join(f"word{number}" for number in range(60))
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=screen):
        show(Reply("Question 1", (Prose(words),)))
    lines = screen.text.replace("\r\n", "\n").split("\n")
    assert max(map(len, lines)) <= screen.get_size().columns
    assert " ".join(screen.text.split()) == f"Question 1 {words}"
    assert screen.styles[0].bold


async def test_bytes_that_are_no_text_are_no_end_of_the_talk(app: App, tmp_path: Path) -> None:
    text = await talk(app, f"/quote \udcff\udcfe\r/quote gunpowder\r{END}", tmp_path / "history")
    assert "Our party held out its hand" in text


async def completions(app: App, line: str) -> list[tuple[str, str]]:
    """What a line becomes, and what is shown, for each completion."""
    completer = Completions(app, lambda: Conversation(app).context)
    found = completer.get_completions_async(Document(line), CompleteEvent())
    return [(line[: len(line) + one.start_position] + one.text, one.display_text) async for one in found]


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("/quo", "/quote"),
        ("eve", "/event"),
        ("/quote gunp", "/quote speech 5.3"),
        ("/quote gunpowder text:art", "/quote gunpowder text:article"),
        ("/read spe", "/read speech"),
        ("/sources ", "/sources article"),
        ("/help comp", "/help compare"),
    ],
)
async def test_a_line_half_typed_is_completed(app: App, line: str, becomes: str) -> None:
    assert becomes in [whole for whole, _ in await completions(app, line)]


async def test_a_completion_shows_words_and_stands_for_a_reference(app: App) -> None:
    [(whole, shown), *_] = await completions(app, "/quote gunpow")
    assert whole == "/quote speech 5.3"
    assert "gunpowder" in shown


@pytest.mark.parametrize("line", ["", "gunpowder ", "/nonsense x", "/quote \udcff", "/privacy "])
async def test_where_nothing_fits_nothing_is_offered(app: App, line: str) -> None:
    assert await completions(app, line) == []
