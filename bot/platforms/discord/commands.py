"""A feature as a discord.py cog: its commands become slash commands, its message actions context menu entries."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.command import Command, Feature, MessageAction, Parameter, Whole
from bot.core.context import Channel
from bot.core.reply import Choice
from bot.platforms.discord.rendering.limits import CHOICE, CHOICES, DESCRIPTION, clip, width
from bot.platforms.discord.rendering.markup import tidy
from corpus.corpus import Corpus

Interaction = discord.Interaction[Any]
Made = app_commands.Command[Any, ..., None] | app_commands.Group | app_commands.ContextMenu

EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
IN_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
BY_ANYBODY = app_commands.AppInstallationType(guild=True, user=True)
BY_SERVERS = app_commands.AppInstallationType(guild=True, user=False)
MANAGERS = discord.Permissions(manage_guild=True)


class Desk(Protocol):
    """Where interactions are answered."""

    async def command(self, interaction: Interaction, name: str, arguments: dict[str, str]) -> None: ...

    async def suggest(self, interaction: Interaction, name: str, parameter: str, typed: str) -> Sequence[Choice]: ...

    async def message_action(self, interaction: Interaction, name: str, message: discord.Message) -> None: ...


@dataclass(frozen=True)
class Native:
    """How Discord asks for a kind of parameter, and how the answer is written for `App.run`, which takes words only."""

    annotation: Callable[[Parameter], Any]
    written: Callable[[Any], str] = str


def _whole(parameter: Parameter) -> Any:
    bounds = parameter.bounds or Whole(1, 1_000_000)
    return app_commands.Range[int, bounds.least, bounds.most]


class ChannelOption(app_commands.Transformer):
    """A channel that messages go to, known by its id: the bot need not have seen it."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.public_thread]

    async def transform(self, interaction: Interaction, value: Any, /) -> str:
        return str(value.id)


WORDS = Native(lambda _: str)
NATIVE: dict[Any, Native] = {
    int: Native(_whole),
    bool: Native(lambda _: bool, lambda value: "yes" if value else "no"),
    Channel: Native(lambda _: app_commands.Transform[str, ChannelOption]),
}
"""Kinds that Discord has a picker for; all others are asked for in words. Another picker is another entry."""


class FeatureCog(commands.Cog):
    """One feature, loaded: adding the cog adds its commands to the tree, removing it takes them away."""

    def __init__(self, bot: commands.Bot, feature: Feature, corpus: Corpus, desk: Desk) -> None:
        self.bot = bot
        self.made = tuple(made_from(feature, corpus, desk))
        self.__cog_name__ = feature.name

    async def cog_load(self) -> None:
        for one in self.made:
            self.bot.tree.add_command(one)

    async def cog_unload(self) -> None:
        for one in self.made:
            self.bot.tree.remove_command(one.name, type=getattr(one, "type", discord.AppCommandType.chat_input))


def made_from(feature: Feature, corpus: Corpus, desk: Desk) -> Iterator[Made]:
    """The feature's commands as discord.py wants them; a name of two words becomes a group and its command."""
    groups: dict[str, list[Command]] = {}
    for command in feature.commands:
        groups.setdefault(command.name.split()[0], []).append(command)
    for name, members in groups.items():
        if len(members) == 1 and members[0].name == name:
            yield _placed(_command(members[0], corpus, desk), members)
        else:
            yield _placed(_group(name, feature, members, corpus, desk), members)
    yield from (_context_menu(one, desk) for one in feature.message_actions)


def _group(name: str, feature: Feature, members: Sequence[Command], corpus: Corpus, desk: Desk) -> app_commands.Group:
    group = app_commands.Group(name=name, description=clip(feature.summary, DESCRIPTION))
    for member in members:
        group.add_command(_command(member, corpus, desk))
    return group


def _placed(made: Any, members: Sequence[Command]) -> Any:
    """Where it may be used and by whom. Discord asks only at the top: a group is for admins if all its commands are."""
    admin = all(member.admin for member in members)
    made.allowed_contexts = IN_SERVERS if admin else EVERYWHERE
    made.allowed_installs = BY_SERVERS if admin else BY_ANYBODY
    made.default_permissions = MANAGERS if admin else None
    return made


def _command(command: Command, corpus: Corpus, desk: Desk) -> app_commands.Command[Any, ..., None]:
    callback = _callback(command, desk)
    for parameter in command.parameters:
        _described(callback, command, parameter, corpus, desk)
    return app_commands.Command(
        name=command.name.split()[-1], description=clip(command.description, DESCRIPTION), callback=callback
    )


def _callback(command: Command, desk: Desk) -> Any:
    async def callback(interaction: Interaction, **typed: Any) -> None:
        arguments = {
            parameter.name: _native(parameter).written(typed[parameter.keyword])
            for parameter in command.parameters
            if typed.get(parameter.keyword) is not None
        }
        await desk.command(interaction, command.name, arguments)

    # discord.py reads a command's options from its callback's signature.
    callback.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # functions take any attribute
        [
            inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Interaction),
            *(_option(parameter) for parameter in command.parameters),
        ]
    )
    return callback


def _option(parameter: Parameter) -> inspect.Parameter:
    return inspect.Parameter(
        parameter.keyword,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if parameter.required else None,
        annotation=_native(parameter).annotation(parameter),
    )


def _native(parameter: Parameter) -> Native:
    return WORDS if parameter.suggest else NATIVE.get(parameter.kind, WORDS)


def _described(callback: Any, command: Command, parameter: Parameter, corpus: Corpus, desk: Desk) -> None:
    key = parameter.keyword
    app_commands.describe(**{key: clip(parameter.help, DESCRIPTION)})(callback)
    if key != parameter.name:
        app_commands.rename(**{key: parameter.name})(callback)
    choices = parameter.choices(corpus)
    if parameter.suggest or len(choices) > CHOICES:
        app_commands.autocomplete(**{key: _completer(command, parameter, desk)})(callback)
    elif choices:
        app_commands.choices(**{key: shown(choices)})(callback)


def _completer(command: Command, parameter: Parameter, desk: Desk) -> Any:
    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return shown(await desk.suggest(interaction, command.name, parameter.name, typed))

    return complete


def shown(choices: Sequence[Choice]) -> list[app_commands.Choice[str]]:
    """As many choices as Discord shows. A value that is too long for it would be cut, and then mean something else."""
    fitting = (one for one in choices if 0 < width(one.value) <= CHOICE)
    made = (app_commands.Choice(name=clip(tidy(one.label), CHOICE) or "…", value=one.value) for one in fitting)
    return [choice for choice, _ in zip(made, range(CHOICES), strict=False)]


def _context_menu(one: MessageAction, desk: Desk) -> app_commands.ContextMenu:
    async def callback(interaction: Interaction, message: discord.Message) -> None:
        await desk.message_action(interaction, one.name, message)

    menu = app_commands.ContextMenu(name=one.name, callback=callback)
    menu.allowed_contexts, menu.allowed_installs = EVERYWHERE, BY_ANYBODY
    return menu
