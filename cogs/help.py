"""What the bot can do."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import Mistyped
from bot.core.parameters import Signature, command_meant
from bot.core.reply import AnyPart, Button, Choice, Code, Items, Menu, Prose, Reply
from cogs.shared.lists import MENU, menu, shortened
from corpus.language.phrasing import and_list

_ALL = frozenset({"all", "commands", "everything", "list", "me", "all commands"})
"""What asks for everything."""
_NAMED = 2
"""Texts that the start names; more are counted."""


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    wanted = typed.strip().removeprefix("/").casefold()
    return [Choice(f"/{one.name}", one.name) for one in ctx.commands if wanted in one.name][:MENU]


@command(
    "help",
    also="usage",
    example="quote",
    suggest={"command": _suggest},
    command="The command you want to know about",
)
async def help_(ctx: Context, command: str = "") -> Reply:
    """List the commands, or explain one with an example."""
    wanted = " ".join(command.removeprefix("/").casefold().split())
    return _answer(ctx, wanted)


@action("help.show", replaces=True)
async def show_command(ctx: Context, value: str) -> Reply:
    """One command, or a group of commands; for nothing, the start."""
    return _answer(ctx, value)


@action("help.share", shares=True)
async def share_help(ctx: Context, value: str) -> Reply:
    """The help that one person saw, for everybody."""
    return replace(_answer(ctx, value), private=False)


def _answer(ctx: Context, wanted: str) -> Reply:
    found = [one for one in ctx.commands if one.name == wanted or one.name.startswith(f"{wanted} ")]
    if not wanted or wanted.strip("?!.") in _ALL:
        return _start(ctx)
    if not found:
        raise _no_such_command(ctx, wanted)
    return _command_reply(ctx, found[0]) if len(found) == 1 else _group_reply(wanted, found)


def _no_such_command(ctx: Context, wanted: str) -> Mistyped:
    """The error for a command that there is not, with a button to the one that is nearly spelt so."""
    said = f"There is no /{shortened(wanted, 40)}."
    near = command_meant(wanted, ctx.commands)
    if not near:
        return Mistyped(f"{said} /help lists what there is.")
    return Mistyped(f"{said} Did you mean /{near}?", [Button(f"/{near}", "help.show", near)])


def _start(ctx: Context) -> Reply:
    """What the bot is, what to try first, and a menu of everything."""
    texts = list(ctx.corpus.texts.values())
    what = and_list(text.name for text in texts) if len(texts) <= _NAMED else f"{len(texts)} texts"
    groups: dict[str, list[Signature]] = {}
    for one in ctx.commands:
        groups.setdefault(one.name.split()[0], []).append(one)
    corpus = ctx.corpus
    first = [f"{one.line_in(corpus)}: {one.description}" for one in ctx.commands if one.example_in(corpus)][:5]
    parts: tuple[AnyPart, ...] = (
        Prose(f"I answer from {what}, word for word, and always with the source. Try:"),
        Items(tuple(first)),
        *menu("All commands", "help.show", [_group_choice(name, ones) for name, ones in groups.items()]),
    )
    return Reply("What I can do", parts, (_share(""),), private=True)


def _group_choice(name: str, commands: Sequence[Signature]) -> Choice:
    if len(commands) == 1:
        return Choice(f"/{name}", name, shortened(commands[0].description))
    return Choice(f"/{name} …", name, shortened(", ".join(one.name.partition(" ")[2] for one in commands)))


def _group_reply(name: str, commands: Sequence[Signature]) -> Reply:
    choices = tuple(Choice(f"/{one.name}", one.name, shortened(one.description, 80)) for one in commands[:MENU])
    buttons = (Button("All commands", "help.show", ""), _share(name))
    return Reply(f"/{name}", (Menu("Explain a command", "help.show", choices, listed=True),), buttons, private=True)


def _command_reply(ctx: Context, one: Signature) -> Reply:
    parts: list[AnyPart] = [Prose(one.description)]
    if one.details:
        parts.append(Prose(one.details))
    if one.parameters:
        parts.append(Items(tuple(_parameter_line(p.name, p.help, p.required) for p in one.parameters)))
    has_example = one.example_in(ctx.corpus) or not one.lacks({})
    parts.append(Code(one.line_in(ctx.corpus), "For example") if has_example else Code(one.usage, "Usage"))
    if one.admin:
        parts.append(Prose("Only for admins."))
    buttons = (Button("All commands", "help.show", ""), _share(one.name))
    return Reply(f"/{one.name}", tuple(parts), buttons, private=True)


def _share(value: str) -> Button:
    return Button("Share", "help.share", value)


def _parameter_line(name: str, explained: str, required: bool) -> str:
    return f"{name}: {explained}" + ("" if required else " (optional)")
