"""Commands as typed text, for platforms where a command is a line: `/quote gunpowder text:speech`.

A parameter of free words takes everything up to the next `name:`, and so does the last one. Each other takes one word,
or as many as its type says are its own: `9:00 pm`, `New York`, `mon wed fri`.
Quotation marks, straight or curly, hold words together; a parameter that reads them itself gets them.
The same line means the same on every platform.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import islice

from msgspec import Struct

from bot.core.app import App
from bot.core.command import Command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.funnel import error_reply
from bot.core.parameters import Parameter, command_meant
from bot.core.reply import Reply
from bot.platforms.option_names import with_known_names
from corpus.date_reading import depends_on_today, read_dates
from corpus.errors import NotUnderstood
from corpus.examples import Example
from corpus.language.lazy_pattern import lazy_pattern

_QUOTED = r'["“”„](?P<quoted>[^"“”„]*)["“”„]'
_MARKS = '"“”„'
_MOST_WORDS = 30
"""Words of a line in which a value of several is looked for."""
_WORD = lazy_pattern(rf"\s*(?:{_QUOTED}|(?P<bare>\S+))")
_WORD_DONE = lazy_pattern(rf'{_QUOTED}|[^\s"“”„]\S*\s')


# What people and their programs put before a command: byte order marks, the full-width slash, a colon behind a mention.
_BEFORE = r"[\s\u200b-\u200f\u2060\ufeff\uff0f`\"“”„*_~:,;.!?–—/-]*+"
_LEAD = lazy_pattern(rf"{_BEFORE}(?:(?:please|pls|hey|hi|bitte)(?!\w){_BEFORE})?+", re.IGNORECASE)
_NAME_AND_COLON = lazy_pattern(r"([a-z]+):\s*+", re.IGNORECASE)


class TypedCall(Struct, frozen=True):
    """A command and what was typed for each of its parameters."""

    name: str
    arguments: dict[str, str]


class CompletionPoint(Struct, frozen=True):
    """The parameter that a line breaks off in, and what of it is typed so far."""

    command: Command
    parameter: Parameter
    typed: str
    one_word: bool
    """Whether a value of several words must be in quotation marks there."""


def parse_line(line: str, commands: Mapping[str, Command]) -> TypedCall:
    """The call that a typed line is; the slash may be missing. Raises UserError with the usage and an example."""
    name, rest = _command_of(line, commands)
    return TypedCall(name, _arguments(commands[name], with_known_names(commands[name], rest, commands)))


def completion_point(line: str, commands: Mapping[str, Command]) -> CompletionPoint | None:
    """Where a line breaks off; None where that is in no parameter, as in the command's name."""
    try:
        name, rest = _command_of(line, commands)
    except UserError:
        return None
    if not rest and line == line.rstrip():
        return None
    command = commands[name]
    kinds = {one.name: one.kind for one in command.parameters}
    named, loose = _split_named(command.parameters, rest)
    if names := _names(kinds, rest):
        last, value = names[-1]["name"].lower(), rest[names[-1].end() :].lstrip()
        parameter = next(one for one in command.parameters if one.name == last)
        if parameter.kind is str or not _is_done(parameter, value):
            return CompletionPoint(command, parameter, value, one_word=parameter.kind is not str)
    return _point_in_loose(command, [one for one in command.parameters if one.name not in named], loose.lstrip())


def _point_in_loose(command: Command, open_parameters: Sequence[Parameter], loose: str) -> CompletionPoint | None:
    for parameter in open_parameters:
        greedy = _greedy(command, parameter)
        if greedy or not _is_done(parameter, loose):
            return CompletionPoint(command, parameter, loose, one_word=not greedy)
        loose = _first_value(parameter, loose)[1].lstrip()
    return None


def bare_line(line: str) -> str:
    """A line from its command's name on: no slash, mark, greeting or invisible character before it.

    Where quotation marks or backticks hold the whole line, those behind it go as well.
    """
    lead = _LEAD.match(line)
    before = lead[0] if lead else ""
    words = line[len(before) :]
    for opening, closing in (("`", "`"), ('"“”„', '"”“')):
        if any(mark in before for mark in opening) and words.rstrip()[-1:] in tuple(closing):
            words = words.rstrip()[:-1]
    return words


def _command_of(line: str, commands: Mapping[str, Command]) -> tuple[str, str]:
    """The name of the command that a line calls, and all that follows it."""
    words = bare_line(line)
    if (named := _NAME_AND_COLON.match(words)) and any(one.split()[0] == named[1].casefold() for one in commands):
        words = f"{named[1]} {words[named.end() :]}"
    first, second, *_ = [*(part.casefold().rstrip("!?.,;") for part in words.split(maxsplit=2)), "", ""]
    for name in (f"{first} {second}", first):
        if name in commands:
            return name, re.sub(r"\S+\s*", "", words, count=len(name.split()))
    raise _bare_date(words, commands) or _no_command(first, second, commands)


def calls_command(line: str, commands: Mapping[str, Command]) -> bool:
    """Whether a line begins with a command or the first word of several; the slash may be missing."""
    first = [*bare_line(line).replace(":", " ").casefold().split(maxsplit=1), ""][0]
    return any(first == name.split()[0] for name in commands)


def _bare_date(words: str, commands: Mapping[str, Command]) -> UserError | None:
    """The error for a date where a command belongs, as in `/today`; None for other words."""
    takes_date = next((name for name, one in commands.items() if one.example is Example.DATE), None)
    try:
        is_date = depends_on_today(words) or read_dates(words) is not None
    except NotUnderstood:
        is_date = False
    if not (takes_date and is_date):
        return None
    return UserError(f"A date needs a command before it, as in: /{takes_date} {words.strip()}")


def _no_command(first: str, second: str, commands: Mapping[str, Command]) -> UserError:
    if group := [name for name in commands if name.startswith(f"{first} ")]:
        verbs = [name.split()[1] for name in group]
        others = {word: name for name in group for word in commands[name].also}
        near = [f"{first} {verb}" for verb in get_close_matches(second[:40], verbs, n=1)]
        if meant := others.get(second) or "".join(near):
            said = f"I don't know that command. Did you mean /{meant}?"
            return UserError(f"{said} /help {first} lists what there is.")
        return UserError(f"Choose one of these: {', '.join(verbs)}. For example: /{group[0]}")
    if meant := command_meant(first, commands.values()):
        return UserError(f"I don't know that command. Did you mean /{meant}? /help lists what there is.")
    return UserError("I don't know that command. /help lists what there is.")


def _arguments(command: Command, rest: str) -> dict[str, str]:
    named, loose = _split_named(command.parameters, rest)
    for parameter in [one for one in command.parameters if one.name not in named]:
        if not loose.strip():
            break
        greedy = _greedy(command, parameter)
        named[parameter.name], loose = (_free_words(parameter, loose), "") if greedy else _first_value(parameter, loose)
    if loose.strip():
        raise _too_much(command)
    return named


def _too_much(command: Command) -> UserError:
    if not command.parameters:
        return UserError(f"/{command.name} takes nothing after its name. Please send it alone: /{command.name}")
    return UserError(f"/{command.name} takes less than that: {command.usage}. {_example(command)}".strip())


def _greedy(command: Command, parameter: Parameter) -> bool:
    """Whether a parameter takes all the words that are left."""
    return parameter.kind is str or (parameter is command.parameters[-1] and parameter.kind is not int)


def _split_named(parameters: Sequence[Parameter], rest: str) -> tuple[dict[str, str], str]:
    """What is behind a `name:` of the command, and all the rest."""
    known = {one.name: one for one in parameters}
    names = _names(known, rest)
    loose = rest[: names[0].start()] if names else rest
    named: dict[str, str] = {}
    ends = [*(match.start() for match in names[1:]), len(rest)]
    for match, end in zip(names, ends, strict=False):
        name, value = match["name"].lower(), rest[match.end() : end]
        parameter = known[name]
        is_free = parameter.kind is str
        named[name], more = (_free_words(parameter, value), "") if is_free else _first_value(parameter, value)
        loose = f"{loose.rstrip()} {more.lstrip()}"
    return named, loose


def _names(kinds: Mapping[str, object], rest: str) -> list[re.Match[str]]:
    """Where a parameter's name and a colon are, but for those in quotation marks."""
    if not kinds:
        return []
    # ASCII, or the Turkish dotted capital I would be a letter of "limit" and its small form would not.
    names = rf"(?<!\S)(?P<name>(?ai:{'|'.join(map(re.escape, kinds))})):"
    return [match for match in re.finditer(rf"(?<![^\s:]){_QUOTED}|{names}", rest) if match["name"]]


def _is_done(parameter: Parameter, words: str) -> bool:
    """Whether more is typed than the parameter's value, if only a space."""
    return bool(_first_value(parameter, words)[1] if _of_words(parameter, words) else _WORD_DONE.match(words))


def _of_words(parameter: Parameter, words: str) -> bool:
    """Whether the value that begins there may be of several words that no quotation marks hold."""
    return parameter.takes_words and words.lstrip()[:1] not in _MARKS


def _first_value(parameter: Parameter, words: str) -> tuple[str, str]:
    """The value of a parameter at the beginning of typed words, without a comma behind it, and all that follows it."""
    if not words.strip() or not _of_words(parameter, words):
        return _first_word(words)
    found = [*islice(re.finditer(r"\S+", words), _MOST_WORDS)]
    end = found[parameter.leading_words([word[0] for word in found]) - 1].end()
    return _without_comma(words[found[0].start() : end]), words[end:]


def _first_word(words: str) -> tuple[str, str]:
    match = _WORD.match(words)
    if match is None:
        return "", ""
    return match["quoted"] if match["quoted"] is not None else _without_comma(match["bare"]), words[match.end() :]


def _without_comma(words: str) -> str:
    return words.rstrip(",;") or words


def _free_words(parameter: Parameter, words: str) -> str:
    """Free words without the quotation marks that hold all of them together, where these mean nothing."""
    if parameter.keeps_marks:
        return words.strip()
    match = _WORD.fullmatch(words.strip())
    return match["quoted"] if match and match["quoted"] is not None else words.strip()


def _example(command: Command) -> str:
    if isinstance(command.example, Example):
        return f"/help {command.name} has an example."
    return f"For example: /{command.name} {command.example}" if command.example else ""


async def answer_line(app: App, line: str, ctx: Context) -> Reply:
    """Answer a typed line."""
    try:
        call = parse_line(line, app.commands)
    except UserError as error:
        return error_reply(error)
    return await app.run(call.name, call.arguments, ctx)
