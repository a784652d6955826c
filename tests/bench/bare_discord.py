"""The least bot on discord.py: an embed with buttons, the same whatever is asked. What it costs is the floor."""

from __future__ import annotations

import os
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

_LABELS = ("◀ Sentence before", "Sentence after ▶", "In context", "Cite", "Card")
_WORDS = (
    "Our party held out its hand, with the gunpowder still in it. "
    "It was an answer that nobody needed to look for, and so it costs nothing to find."
)

Interaction = discord.Interaction[Any]


class Buttons(discord.ui.View):
    """Five buttons that survive a restart. The first puts the same message in place of itself."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        for label in _LABELS:
            button: discord.ui.Button[Buttons] = discord.ui.Button(label=label, custom_id=label)
            button.callback = self.press  # type: ignore[method-assign]  # as its documentation says
            self.add_item(button)

    async def press(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(embed=_embed(), view=self)


class Bare(discord.Client):
    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None)
        self.tree = app_commands.CommandTree(self)
        for name, parameter in (("quote", "words"), ("event", "event"), ("compare", "topic")):
            self.tree.add_command(_command(name, parameter))

    async def setup_hook(self) -> None:
        self.add_view(Buttons())
        await self.tree.sync()


def _command(name: str, parameter: str) -> app_commands.Command[Any, ..., None]:
    async def answer(interaction: Interaction, words: str) -> None:
        await interaction.response.send_message(embed=_embed(), view=Buttons())

    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed} {n}"[:100], value=f"{typed} {n}"[:100]) for n in range(25)]

    app_commands.rename(words=parameter)(answer)
    app_commands.autocomplete(words=complete)(answer)
    return app_commands.Command(name=name, description="Answer a constant.", callback=answer)


def _embed() -> discord.Embed:
    embed = discord.Embed(title="Quotation", description=_WORDS, colour=0x8B1A1A)
    return embed.set_footer(text="— Trotsky · speech 7.2")


if __name__ == "__main__":
    Route.BASE = f"{os.environ['DISCORD_API_URL']}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["GATEWAY_URL"])
    Bare().run(os.environ["DISCORD_TOKEN"], log_level=30)
