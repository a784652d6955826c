"""Prompts: a form in the terminal, one field after the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.core.calls import Form
from bot.core.funnel import error_reply
from bot.core.parameters import Parameter
from bot.core.reply import Reply
from bot.timetable.words import Days
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood


@dataclass
class Prompts:
    """The fields of a form that are still to be asked for, and what was answered."""

    form: Form
    corpus: Corpus
    typed: dict[str, str] = field(default_factory=dict)
    _next: int = 0

    def __post_init__(self) -> None:
        self.typed = dict(self.form.typed)

    @property
    def question(self) -> str:
        """What to ask for next, with what an empty line means; nothing at the end."""
        parameter = self._parameter
        if parameter is None:
            return ""
        known = self.typed.get(parameter.name, "")
        kept = f" [{known}]" if known else "" if parameter.required else f" [{_default(parameter)}]"
        return f"{parameter.help}{kept}"

    def answer(self, line: str) -> Reply | None:
        """Take an answer; gives what is wrong with it, and then asks again."""
        parameter = self._parameter
        if parameter is None:
            return None
        words = line.strip() or self.typed.get(parameter.name, "")
        if not words and parameter.required:
            return Reply(error=f"Please give the {parameter.name}.", private=True)
        try:
            if words:
                parameter.parse(words, self.corpus)
        except NotUnderstood as error:
            return error_reply(error)
        self.typed[parameter.name] = words
        self._next += 1
        return None

    @property
    def _parameter(self) -> Parameter | None:
        return next(iter(self.form.command.parameters[self._next :]), None)


def _default(parameter: Parameter) -> str:
    return str(parameter.default) if isinstance(parameter.default, Days) else "leave out"
