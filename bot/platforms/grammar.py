"""Commands as typed text, for platforms where a command is a line: `/quote gunpowder text:speech`.

A parameter of free words takes everything up to the next `name:`, and so does the last one; each other takes one word.
Quotation marks, straight or curly, hold words together. The same line means the same on every platform.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.app import App
from bot.core.command import Command, Parameter
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import Reply

_WORD = re.compile(r'\s*(?:["“”„](?P<held>[^"“”„]*)["“”„]|(?P<bare>\S+))')


@dataclass(frozen=True)
class Call:
    """A command and what was typed for each of its parameters."""

    name: str
    arguments: dict[str, str]


def read_line(line: str, commands: Mapping[str, Command]) -> Call:
    """The call that a typed line is; the slash may be missing. Raises UserError with the usage and an example."""
    words = line.strip().removeprefix("/")
    name = _command_name(words, commands)
    rest = words.split(maxsplit=len(name.split()))[len(name.split()) :]
    return Call(name, _arguments(commands[name], rest[0] if rest else ""))


def _command_name(words: str, commands: Mapping[str, Command]) -> str:
    first, second, *_ = [*(part.casefold() for part in words.split(maxsplit=2)), "", ""]
    for name in (f"{first} {second}", first):
        if name in commands:
            return name
    if group := [name.split()[1] for name in commands if name.startswith(f"{first} ")]:
        raise UserError(f"/{first} goes with one of these: {', '.join(group)}. For example: /{first} {group[0]}")
    raise UserError("That is no command of mine. /help lists what there is.")


def _arguments(command: Command, rest: str) -> dict[str, str]:
    named, loose = _split_named(command.parameters, rest)
    open_parameters = [one for one in command.parameters if one.name not in named]
    for parameter in open_parameters:
        if not loose.strip():
            break
        greedy = parameter.kind is str or (parameter is command.parameters[-1] and parameter.kind is not int)
        named[parameter.name], loose = (_unheld(loose), "") if greedy else _first_word(loose)
    if loose.strip():
        raise UserError(f"That is more than /{command.name} takes: {command.usage}. {_example(command)}".strip())
    return named


def _split_named(parameters: Sequence[Parameter], rest: str) -> tuple[dict[str, str], str]:
    """What stands behind a `name:` of the command, and all the rest."""
    names = "|".join(re.escape(one.name) for one in parameters)
    if not names:
        return {}, rest
    loose, *pieces = re.split(rf"(?:^|(?<=\s))({names}):", rest, flags=re.IGNORECASE)
    kinds = {one.name: one.kind for one in parameters}
    named: dict[str, str] = {}
    for name, value in zip(pieces[::2], pieces[1::2], strict=True):
        name = name.casefold()
        named[name], more = (_unheld(value), "") if kinds[name] is str else _first_word(value)
        loose += more
    return named, loose


def _first_word(words: str) -> tuple[str, str]:
    match = _WORD.match(words)
    if match is None:
        return "", ""
    return match["held"] if match["held"] is not None else match["bare"], words[match.end() :]


def _unheld(words: str) -> str:
    """Free words without the quotation marks that hold all of them together."""
    match = _WORD.fullmatch(words.strip())
    return match["held"] if match and match["held"] is not None else words.strip()


def _example(command: Command) -> str:
    return f"For example: /{command.name} {command.example}" if command.example else ""


async def say(app: App, line: str, ctx: Context) -> Reply:
    """Answer a typed line."""
    try:
        call = read_line(line, app.commands)
    except UserError as error:
        return Reply(error=error.sentence, private=True)
    return await app.run(call.name, call.arguments, ctx)
