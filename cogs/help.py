"""What the bot can do."""

from __future__ import annotations

from bot.core.command import Command, action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Choice, Code, Items, Menu, Prose, Reply
from cogs.shared.lists import MENU, shortened


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    wanted = typed.strip().removeprefix("/").casefold()
    return [Choice(f"/{one.name}", one.name) for one in ctx.commands if wanted in one.name][:MENU]


@command("help", example="quote", suggest={"command": _suggest}, command="The command you want to know about")
async def help_(ctx: Context, command: str = "") -> Reply:
    """List the commands, or explain one of them with an example."""
    wanted = " ".join(command.removeprefix("/").casefold().split())
    found = [one for one in ctx.commands if one.name == wanted or one.name.startswith(f"{wanted} ")]
    if wanted and not found:
        raise UserError(f"There is no /{shortened(wanted, 40)}. /help lists what there is.")
    if wanted and len(found) == 1:
        return _command_reply(found[0])
    return _command_list(ctx, found or list(ctx.commands))


@action("help.show", replaces=True)
async def show_command(ctx: Context, value: str) -> Reply:
    """One command explained."""
    for one in ctx.commands:
        if one.name == value:
            return _command_reply(one)
    raise UserError("That command is gone. /help lists what there is.")


def _command_list(ctx: Context, commands: list[Command]) -> Reply:
    lines = tuple(f"{one.usage}: {one.description}" for one in commands)
    choices = tuple(Choice(f"/{one.name}", one.name, shortened(one.description)) for one in commands)
    starts = range(0, len(choices), MENU)
    menus = tuple(Menu("Explain a command", "help.show", choices[start : start + MENU]) for start in starts)
    titles = " and ".join(text.title for text in ctx.corpus.texts.values())
    parts: tuple[AnyPart, ...] = (
        Prose(f"I answer from {titles}: word for word, and always with the place where the words stand."),
        Items(lines),
        *menus,
    )
    return Reply("What I can do", parts)


def _command_reply(one: Command) -> Reply:
    parts: list[AnyPart] = [Prose(one.description)]
    if one.details:
        parts.append(Prose(one.details))
    if one.parameters:
        parts.append(Items(tuple(_parameter_line(p.name, p.help, p.required) for p in one.parameters)))
    parts.append(Code(f"/{one.name} {one.example}".strip(), "For example"))
    if one.admin:
        parts.append(Prose("Only for people who manage this server."))
    return Reply(f"/{one.name}", tuple(parts))


def _parameter_line(name: str, explained: str, required: bool) -> str:
    return f"{name}: {explained}" + ("" if required else " (optional)")
