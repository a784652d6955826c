"""Completion in the terminal: commands first, then what the command suggests for the parameter that is being typed."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.core.app import App
from bot.core.context import Context
from bot.platforms.layout import tidy
from bot.platforms.typed_commands import CompletionPoint, completion_point


class Completions(Completer):
    """Asks the app, as every platform does. `context` gives the context of this moment."""

    def __init__(self, app: App, context: Callable[[], Context]) -> None:
        self._app = app
        self._context = context

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        return ()

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        line = document.text_before_cursor.encode(errors="replace").decode()
        half = completion_point(line, self._app.commands)
        for completion in await self._of_parameter(half) if half else self._of_commands(line):
            yield completion

    def _of_commands(self, line: str) -> list[Completion]:
        typed = line.lstrip().removeprefix("/").casefold()
        known = self._app.commands.values() if line.strip() else ()
        return [
            Completion(f"/{one.name}", -len(line.lstrip()), display_meta=one.description)
            for one in known
            if one.name.startswith(typed)
        ]

    async def _of_parameter(self, half: CompletionPoint) -> list[Completion]:
        typed = half.typed.lstrip('"“”„')
        choices = await self._app.suggest(half.command.name, half.parameter.name, typed, self._context())
        start = -len(half.typed)
        return [
            Completion(_written(choice.value, half.one_word), start, tidy(choice.label), tidy(choice.detail))
            for choice in choices
        ]


def _written(value: str, one_word: bool) -> str:
    """A value as it is typed: in quotation marks where it would otherwise be taken for several."""
    return f'"{value}"' if one_word and " " in value else value
