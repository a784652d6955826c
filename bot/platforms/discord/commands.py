"""Slash commands and commands on messages as Discord registers them, made from the features."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import discord
from msgspec import Struct

from bot.core.attachment import AttachmentKey
from bot.core.command import Command, Feature, MessageAction
from bot.core.context import Channel, Role
from bot.core.parameters import Parameter, Whole
from bot.core.reply import Choice
from bot.core.translations import NAME, language_of, languages, translated
from bot.platforms.discord.interaction_payload import CommandType, Json, OptionType
from bot.platforms.discord.modals import CHANNELS
from bot.platforms.discord.rendering.limits import CHOICE, CHOICES, DESCRIPTION
from bot.platforms.layout import clip, width
from corpus.corpus import Corpus

EVERYWHERE = (0, 1, 2)
"""Servers, private messages with the bot, and private messages of others."""
IN_SERVERS = (0,)
BY_SERVERS, BY_ANYBODY = (0,), (0, 1)
"""Who may install a command: servers, or people as well."""
MANAGERS = discord.Permissions(manage_guild=True).value
ALONE = "…"
"""The choice that stands for no words, where Discord wants some."""


class NativeOption(Struct, frozen=True):
    """How Discord asks for a kind of parameter; `limits` are what else it is told of one."""

    type: OptionType
    limits: Callable[[Parameter], Json] = lambda _: {}


def _whole(parameter: Parameter) -> Json:
    bounds = parameter.bounds or Whole(1, 1_000_000)
    return {"min_value": bounds.least, "max_value": bounds.most}


WORDS = NativeOption(OptionType.STRING)
NATIVE: Mapping[object, NativeOption] = {
    int: NativeOption(OptionType.INTEGER, _whole),
    bool: NativeOption(OptionType.BOOLEAN),
    # A channel that messages go to: the bot need not have seen it.
    Channel: NativeOption(OptionType.CHANNEL, lambda _: {"channel_types": sorted(one.value for one in CHANNELS)}),
    Role: NativeOption(OptionType.ROLE),
    AttachmentKey: NativeOption(OptionType.ATTACHMENT),
}
"""Kinds that Discord has a picker for; all others are asked for in words. Another picker is another entry."""


def command_payloads(features: Iterable[Feature], corpus: Corpus) -> list[Json]:
    """All commands as Discord's API takes them, in English."""
    return [payload for feature in features for payload in _of_feature(feature, corpus)]


def _of_feature(feature: Feature, corpus: Corpus) -> Iterator[Json]:
    """A feature's commands; those of two words are subcommands of their first."""
    groups: dict[str, list[Command]] = {}
    for command in feature.commands:
        groups.setdefault(command.name.split()[0], []).append(command)
    for name, members in groups.items():
        if len(members) == 1 and members[0].name == name:
            made = _command(members[0], CommandType.SLASH, corpus)
        else:
            subcommands = [_command(one, OptionType.SUBCOMMAND, corpus) for one in members]
            made = _node(name, feature.summary, CommandType.SLASH, subcommands)
        # Discord asks who may use it only at the top: a group is for admins if all its commands are.
        yield made | _use(admin=all(member.admin for member in members))
    yield from (_on_message(one) for one in feature.message_actions)


def _use(*, admin: bool) -> Json:
    """Where a command may be used, and by whom."""
    return {
        "contexts": IN_SERVERS if admin else EVERYWHERE,
        "integration_types": BY_SERVERS if admin else BY_ANYBODY,
        "default_member_permissions": MANAGERS if admin else None,
    }


def _on_message(one: MessageAction) -> Json:
    return {"name": one.name, "type": CommandType.MESSAGE, **_use(admin=False)}


def _command(command: Command, kind: int, corpus: Corpus) -> Json:
    options = [_option(parameter, command, corpus) for parameter in command.parameters]
    return _node(command.name.split()[-1], command.description, kind, options)


def _node(name: str, description: str, kind: int, options: Sequence[Json]) -> Json:
    return {"name": name, "description": clip(description, DESCRIPTION), "type": kind, "options": options}


def _option(parameter: Parameter, command: Command, corpus: Corpus) -> Json:
    native = WORDS if parameter.suggests else NATIVE.get(parameter.kind, WORDS)
    made: Json = {
        "name": parameter.name,
        "description": clip(parameter.help, DESCRIPTION),
        "type": native.type,
        # What a form lacks it asks for. What is required has the cursor: words go there without a choice of an option.
        "required": (parameter.required and not command.is_form) or parameter is expected_parameter(command),
        **native.limits(parameter),
    }
    choices = parameter.choices(corpus)
    if parameter.suggests or parameter.has_choices_of_place or len(choices) > CHOICES:
        made["autocomplete"] = True
    elif choices:
        made["choices"] = option_choices(choices)
    return made


def expected_parameter(command: Command) -> Parameter | None:
    """What people type right behind the command's name, though they need not."""
    return command.parameters[0] if command.alone else None


def option_choices(choices: Sequence[Choice]) -> list[Json]:
    """As many choices as Discord shows. A value that is too long for it would be cut, and then mean something else."""
    fitting = (one for one in choices if 0 < width(one.value) <= CHOICE)
    made = ({"name": clip(one.label, CHOICE) or "…", "value": one.value} for one in fitting)
    return [choice for choice, _ in zip(made, range(CHOICES), strict=False)]


def localized(payloads: Iterable[Json]) -> list[Json]:
    """Commands with their names and descriptions in the languages that there are catalogues for."""
    known = languages()
    locales = [one.value for one in discord.Locale if language_of(one.value) in known]
    return [_localized(one, locales) for one in payloads]


def _localized(payload: Json, locales: Sequence[str]) -> Json:
    """A command, option or choice in the languages of some locales."""
    kind = "" if "value" in payload or payload.get("type") is CommandType.MESSAGE else NAME
    made = payload | {"name_localizations": _translations(payload["name"], locales, kind)}
    if "description" in payload:
        made["description_localizations"] = _translations(payload["description"], locales)
    for inner in ("options", "choices"):
        if inner in payload:
            made[inner] = [_localized(one, locales) for one in payload[inner]]
    return made


def _translations(words: str, locales: Sequence[str], kind: str = "") -> Mapping[str, str]:
    found = {locale: translated(words, locale, kind) for locale in locales}
    return {locale: translation for locale, translation in found.items() if translation != words}
