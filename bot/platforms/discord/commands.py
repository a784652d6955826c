"""Slash commands and context menus, made from the features, and their sync with Discord."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

import discord
from discord import app_commands
from msgspec import Struct

from bot.core.attachment import AttachmentKey
from bot.core.command import Command, Feature, MessageAction
from bot.core.context import Channel, Role
from bot.core.features import FeaturePackage, digest_of_code
from bot.core.parameters import Parameter, Whole
from bot.core.reply import Choice
from bot.core.translations import catalogues
from bot.logger import Logger
from bot.platforms.discord.connection import is_lasting
from bot.platforms.discord.modals import CHANNELS
from bot.platforms.discord.rendering.limits import CHOICE, CHOICES, DESCRIPTION
from bot.platforms.layout import clip, width
from bot.storage.store import Store
from corpus.corpus import Corpus

log = Logger(__name__)

Interaction = discord.Interaction[Any]
AnyCommand = app_commands.Command[Any, ..., None] | app_commands.Group | app_commands.ContextMenu

EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
IN_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
BY_ANYBODY = app_commands.AppInstallationType(guild=True, user=True)
BY_SERVERS = app_commands.AppInstallationType(guild=True, user=False)
MANAGERS = discord.Permissions(manage_guild=True)


class Handler(Protocol):
    """What answers the interactions of commands."""

    async def command(
        self, interaction: Interaction, name: str, arguments: dict[str, str], sent: Sequence[discord.Attachment]
    ) -> None:
        """A slash command with the typed words of its options, and the files that were sent with it."""

    async def suggest(self, interaction: Interaction, name: str, parameter: str, typed: str) -> Sequence[Choice]:
        """Completions of a half typed option."""

    async def message_action(self, interaction: Interaction, name: str, message: discord.Message) -> None:
        """A command on a message."""


class NativeOption(Struct, frozen=True):
    """How Discord asks for a kind of parameter, and how the answer is written for `App.run`, which takes words only."""

    annotation: Callable[[Parameter], Any]
    typed: Callable[[Any], str] = str


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
        return [*CHANNELS]

    async def transform(self, interaction: Interaction, value: Any, /) -> str:
        known = interaction.client.get_channel(value.id)
        # Discord refuses another server's channel; should it ever not, nothing is chosen.
        foreign = known is not None and getattr(known, "guild", None) != interaction.guild
        return "" if foreign else str(value.id)


ALONE = "…"
"""The choice that stands for no words, where Discord wants some."""
WORDS = NativeOption(lambda _: str)
NATIVE: dict[Any, NativeOption] = {
    int: NativeOption(_whole),
    bool: NativeOption(lambda _: bool, lambda value: "yes" if value else "no"),
    Channel: NativeOption(lambda _: app_commands.Transform[str, ChannelOption]),
    Role: NativeOption(lambda _: discord.Role, lambda value: str(value.id)),
    AttachmentKey: NativeOption(lambda _: discord.Attachment, lambda value: str(value.id)),
}
"""Kinds that Discord has a picker for; all others are asked for in words. Another picker is another entry."""


def commands_of(feature: Feature, corpus: Corpus, handler: Handler) -> Iterator[AnyCommand]:
    """The feature's commands as discord.py wants them; a name of two words becomes a group and its command."""
    groups: dict[str, list[Command]] = {}
    for command in feature.commands:
        groups.setdefault(command.name.split()[0], []).append(command)
    for name, members in groups.items():
        if len(members) == 1 and members[0].name == name:
            yield _restrict(_command(members[0], corpus, handler), members)
        else:
            yield _restrict(_group(name, feature, members, corpus, handler), members)
    yield from (_context_menu(one, handler) for one in feature.message_actions)


def _group(
    name: str, feature: Feature, members: Sequence[Command], corpus: Corpus, handler: Handler
) -> app_commands.Group:
    group = app_commands.Group(name=name, description=clip(feature.summary, DESCRIPTION))
    for member in members:
        group.add_command(_command(member, corpus, handler))
    return group


def _restrict(made: Any, members: Sequence[Command]) -> Any:
    """Where it may be used and by whom. Discord asks only at the top: a group is for admins if all its commands are."""
    admin = all(member.admin for member in members)
    made.allowed_contexts = IN_SERVERS if admin else EVERYWHERE
    made.allowed_installs = BY_SERVERS if admin else BY_ANYBODY
    made.default_permissions = MANAGERS if admin else None
    return made


def _command(command: Command, corpus: Corpus, handler: Handler) -> app_commands.Command[Any, ..., None]:
    callback = _callback(command, handler)
    for parameter in command.parameters:
        _describe(callback, command, parameter, corpus, handler)
    return app_commands.Command(
        name=command.name.split()[-1], description=clip(command.description, DESCRIPTION), callback=callback
    )


def _callback(command: Command, handler: Handler) -> Any:
    async def callback(interaction: Interaction, **typed: Any) -> None:
        arguments = {
            parameter.name: _native(parameter).typed(typed[parameter.keyword])
            for parameter in command.parameters
            if typed.get(parameter.keyword) not in (None, ALONE)
        }
        sent = [value for value in typed.values() if isinstance(value, discord.Attachment)]
        await handler.command(interaction, command.name, arguments, sent)

    # discord.py reads a command's options from its callback's signature.
    callback.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # functions take any attribute
        [
            inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Interaction),
            *(_option(parameter, command) for parameter in command.parameters),
        ]
    )
    return callback


def _option(parameter: Parameter, command: Command) -> inspect.Parameter:
    # What a form lacks it asks for. What is required has the cursor: words go there without a choice of an option.
    required = (parameter.required and not command.is_form) or _is_expected(command, parameter)
    return inspect.Parameter(
        parameter.keyword,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if required else None,
        annotation=_native(parameter).annotation(parameter),
    )


def _is_expected(command: Command, parameter: Parameter) -> bool:
    """Whether people type it right behind the command's name, though they need not."""
    return bool(command.alone) and parameter is command.parameters[0]


def _native(parameter: Parameter) -> NativeOption:
    return WORDS if parameter.suggests else NATIVE.get(parameter.kind, WORDS)


def _describe(callback: Any, command: Command, parameter: Parameter, corpus: Corpus, handler: Handler) -> None:
    key = parameter.keyword
    app_commands.describe(**{key: clip(parameter.help, DESCRIPTION)})(callback)
    if key != parameter.name:
        app_commands.rename(**{key: parameter.name})(callback)
    choices = parameter.choices(corpus)
    if parameter.suggests or parameter.has_choices_of_place or len(choices) > CHOICES:
        app_commands.autocomplete(**{key: _completer(command, parameter, handler)})(callback)
    elif choices:
        app_commands.choices(**{key: option_choices(choices)})(callback)


def _completer(command: Command, parameter: Parameter, handler: Handler) -> Any:
    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        choices = await handler.suggest(interaction, command.name, parameter.name, typed)
        without = [] if typed.strip() or not _is_expected(command, parameter) else [Choice(command.alone, ALONE)]
        return option_choices([*without, *choices])

    return complete


def option_choices(choices: Sequence[Choice]) -> list[app_commands.Choice[str]]:
    """As many choices as Discord shows. A value that is too long for it would be cut, and then mean something else."""
    fitting = (one for one in choices if 0 < width(one.value) <= CHOICE)
    made = (app_commands.Choice(name=clip(one.label, CHOICE) or "…", value=one.value) for one in fitting)
    return [choice for choice, _ in zip(made, range(CHOICES), strict=False)]


def _context_menu(one: MessageAction, handler: Handler) -> app_commands.ContextMenu:
    async def callback(interaction: Interaction, message: discord.Message) -> None:
        await handler.message_action(interaction, one.name, message)

    menu = app_commands.ContextMenu(name=one.name, callback=callback)
    menu.allowed_contexts, menu.allowed_installs = EVERYWHERE, BY_ANYBODY
    return menu


def code_digest(features: FeaturePackage | None) -> str:
    """Of all code that says what Discord gets; empty where the features are loaded, which may be any."""
    if features is None:
        return ""
    own = digest_of_code(Path(__file__).parent)
    return hashlib.sha256(f"{discord.__version__} {own} {features.digest()}".encode() + catalogues()).hexdigest()


async def is_registered(tree: app_commands.CommandTree[Any], store: Store | None, code: str) -> bool:
    """Whether Discord has the commands of the same code, so that none need be loaded to compare them."""
    return store is not None and bool(code) and await store.get_setting(_code_key(tree)) == code


class SyncOutcome(Enum):
    """What came of registering the commands."""

    REGISTERED = "The commands are registered."
    UNCHANGED = "The commands are registered already; --force does it again."
    REFUSED = "Discord refused the commands, and keeps those it has: see the log for its reason, or try again later."


async def sync(
    tree: app_commands.CommandTree[Any], store: Store | None, code: str = "", *, force: bool = False
) -> SyncOutcome:
    """Register the commands with Discord if they changed. `force`: even if they did not.

    Discord counts how often it is done, and clients load the commands again. Where it refuses, the log says so, and the
    commands stay as they were registered last.
    """
    key = f"discord.commands.{tree.client.application_id}"
    payloads = sorted((one.to_dict(tree) for one in tree.get_commands()), key=lambda one: (one["type"], one["name"]))
    # Not the payloads in all languages: to make those would take a start 20 ms, and Babel stay in memory.
    digest = hashlib.sha256(json.dumps(payloads, sort_keys=True).encode() + catalogues()).hexdigest()
    if store and not force and await store.get_setting(key) == digest:
        await store.set_setting(_code_key(tree), code)
        return SyncOutcome.UNCHANGED
    try:
        registered = await tree.sync()
    except discord.HTTPException as error:
        if not is_lasting(error):
            raise
        log.error("commands not synced", status=error.status, code=error.code, remedy="python -m bot sync --force")
        return SyncOutcome.REFUSED
    if store:
        await store.set_setting(key, digest)
        await store.set_setting(_code_key(tree), code)
        await store.set_setting(_ids_key(tree), _ids(registered))
    log.info("commands synced", commands=len(payloads))
    return SyncOutcome.REGISTERED


async def command_ids(tree: app_commands.CommandTree[Any], store: Store | None) -> dict[str, int]:
    """The ids of the registered slash commands by their first word; Discord is asked once where the store has none.

    Nothing where Discord does not say: commands are then named in plain words.
    """
    kept = await store.get_setting(_ids_key(tree)) if store else None
    if kept is None:
        try:
            kept = _ids(await tree.fetch_commands())
        except discord.HTTPException as error:
            log.warning("no ids of commands", status=error.status, code=error.code)
            return {}
        if store:
            await store.set_setting(_ids_key(tree), kept)
    return {name: int(number) for name, number in json.loads(kept).items()}


def _code_key(tree: app_commands.CommandTree[Any]) -> str:
    return f"discord.commands_code.{tree.client.application_id}"


def _ids_key(tree: app_commands.CommandTree[Any]) -> str:
    return f"discord.command_ids.{tree.client.application_id}"


def _ids(registered: Sequence[app_commands.AppCommand]) -> str:
    typed = (one for one in registered if one.type is discord.AppCommandType.chat_input)
    return json.dumps({one.name: one.id for one in typed})
