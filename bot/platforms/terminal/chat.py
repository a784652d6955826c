"""The chat on a real terminal."""

from __future__ import annotations

from pathlib import Path

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.application import get_app_session
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.styles import Style

from bot.core.app import App
from bot.core.reply import Reply
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
        "label": "",
        "error": "ansired",
        "code": "ansigreen",
    }
)
_REFRESH = 0.5
"""Seconds between two looks at what counts down."""
HINT = "Type /help to see what I can do, Tab completes, a number or letter presses a button, quit leaves."


async def chat(app: App, conversation: Conversation, welcome: str, history: Path) -> None:
    """Talk until somebody leaves: `quit`, Ctrl-D, or Ctrl-C on an empty line."""
    completer = Completions(app, lambda: conversation.context)
    session: PromptSession[str] = PromptSession(
        history=FileHistory(history),
        completer=completer,
        style=STYLE,
        key_bindings=_keys(),
        rprompt=lambda: [("class:faint", conversation.time_left)],
        refresh_interval=_REFRESH,
    )
    for style, words in (("", welcome), ("class:faint", HINT)):
        _print([span for row in wrap(Line(((style, words),)), _width()) for span in (*row, ("", "\n"))])
    with patch_stdout():
        while (line := await _typed(session, conversation.question)) is not None:
            if conversation.skips(line):
                continue
            if conversation.leaves(line):
                return
            if reply := await conversation.answer(line):
                show(reply)


def show(reply: Reply) -> None:
    """Print a reply above what is being typed, in colours, broken between words."""
    _print([*_classed(styled(reply, _width())), ("", "\n")])


def _keys() -> KeyBindings:
    """Ctrl-C clears what is typed; on an empty line it leaves."""
    keys = KeyBindings()

    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt)

    return keys


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
