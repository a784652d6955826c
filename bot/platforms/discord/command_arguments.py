"""What came with a command: its name, what was chosen for its options, files, and the message it was used on."""

from __future__ import annotations

from collections.abc import Sequence

from bot.platforms.discord.commands import ALONE
from bot.platforms.discord.interaction import Interaction
from bot.platforms.discord.interaction_payload import Data, Option, OptionType
from bot.platforms.discord.sent_message import SentFile, SentMessage


def called_command(data: Data) -> tuple[str, Sequence[Option]]:
    """A command's whole name, and its options."""
    names, options = [data.name], data.options
    while options and options[0].type == OptionType.SUBCOMMAND:
        names.append(options[0].name)
        options = options[0].options
    return " ".join(names), options


def arguments_of(interaction: Interaction, options: Sequence[Option]) -> dict[str, str]:
    """What was chosen for each option, as people type it."""
    return {one.name: _typed(one, interaction) for one in options if one.value != ALONE}


def _typed(option: Option, interaction: Interaction) -> str:
    if isinstance(option.value, bool):
        return "yes" if option.value else "no"
    typed = str(option.value)
    return "" if option.type == OptionType.CHANNEL and _is_elsewhere(typed, interaction) else typed


def _is_elsewhere(channel: str, interaction: Interaction) -> bool:
    """Whether a channel is another server's. Discord refuses one; should it ever not, nothing is chosen."""
    known = interaction.client.get_channel(int(channel)) if channel.isdecimal() else None
    guild = getattr(known, "guild", None)
    return known is not None and (guild is None or str(guild.id) != interaction.payload.guild_id)


def sent_files(data: Data, options: Sequence[Option]) -> list[SentFile]:
    """The files that were sent with a command."""
    return [data.resolved.attachments[str(one.value)] for one in options if one.type == OptionType.ATTACHMENT]


def target_message(data: Data) -> SentMessage:
    """The message on which a command was used."""
    return data.resolved.messages[data.target_id]
