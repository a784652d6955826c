"""The chat on a real terminal."""

from __future__ import annotations

from pathlib import Path

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.application import get_app_session
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.styles import Style

from bot.core.app import App
from bot.platforms.layout import tidy
from bot.platforms.terminal.completion import Completions
from bot.platforms.terminal.conversation import Conversation
from bot.platforms.terminal.render import styled
from bot.platforms.terminal.wrapping import Fragment, Line, wrap

STYLE = Style.from_dict(
    {
        "title": "bold",
        "heading": "bold underline",
        "mark": "bold",
        "deleted": "ansired",
        "inserted": "ansigreen",
        "note": "italic",
        "faint": "ansibrightblack",
        "number": "ansicyan bold",
        "error": "ansired",
        "code": "ansigreen",
    }
)
HINT = "Type /help to see what I can do, Tab completes, a number controls a button, Ctrl-D leaves."


async def chat(app: App, conversation: Conversation, welcome: str, history: Path) -> None:
    """Talk until Ctrl-D or Ctrl-C."""
    completer = Completions(app, lambda: conversation.context)
    session: PromptSession[str] = PromptSession(history=FileHistory(history), completer=completer, style=STYLE)
    for style, words in (("", welcome), ("class:faint", HINT)):
        _print([span for row in wrap(Line(((style, words),)), _width()) for span in (*row, ("", "\n"))])
    with patch_stdout():
        while (line := await _typed(session, conversation.question)) is not None:
            if not line.strip():
                continue
            if reply := await conversation.answer(line):
                _print([*_classed(styled(reply, _width())), ("", "\n")])


async def _typed(session: PromptSession[str], question: str) -> str | None:
    """The next line; None at the end."""
    prompt = FormattedText([("class:number", f"{tidy(question) or 'smolny'}> ")])
    try:
        # Signals stay with the bot, which stops on them wherever it is.
        return await session.prompt_async(prompt, handle_sigint=False, set_exception_handler=False)
    except (EOFError, KeyboardInterrupt):
        return None


def _classed(spans: list[Fragment]) -> list[Fragment]:
    return [(f"class:{style}" if style else "", words) for style, words in spans]


def _print(spans: list[Fragment]) -> None:
    print_formatted_text(FormattedText(spans), style=STYLE, end="")


def _width() -> int:
    return get_app_session().output.get_size().columns
