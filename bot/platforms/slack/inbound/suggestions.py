"""Suggestions for what was mistyped: a menu below the answer, as Slack completes no commands."""

from __future__ import annotations

from bot.core.calls import Call
from bot.core.command import Command
from bot.core.parameters import Parameter
from bot.core.reply import Code, Quote, Reply
from bot.platforms.slack.rendering.render import SuggestionMenu
from bot.platforms.typed_commands import TypedCall
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood


def suggestion_menu(command: Command, call: TypedCall, reply: Reply, corpus: Corpus) -> SuggestionMenu | None:
    """The menu, where what was typed led to no passage, and a choice is all that it lacks."""
    if reply.error and not reply.mistyped:
        return None
    for one in command.parameters:
        rest = dict(call.arguments)
        typed = rest.pop(one.name, "")
        if one.suggests and (typed or one.required) and _failed(one, typed, reply, corpus):
            kept = "" if command.lacks({**rest, one.name: "a choice"}) else Call.of_command(command, rest).encode()
            return SuggestionMenu(call.name, one.name, typed, one.help, kept) if kept else None
    return None


def _failed(parameter: Parameter, typed: str, reply: Reply, corpus: Corpus) -> bool:
    """Whether it is this parameter for which nothing was found."""
    if parameter.kind is str:
        return not any(isinstance(part, Quote | Code) for part in reply.parts)
    try:
        parameter.parse(typed, corpus)
    except NotUnderstood:
        return True
    return False
