"""Look-ups and completion: the whole path from an interaction to its payload, in a simulated Discord."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import discord
import simcord
from discord import app_commands

from bot.core.app import App
from bot.platforms.discord.adapter import Discord
from bot.storage.store import Store
from cogs import FEATURES
from corpus import SHIPPED
from corpus.corpus import Corpus
from tests.bench.timing import Timing, timed

TIMES = 120
QUERIES = (
    "gunpowder", "coalition peasants", "speech 5.3", "gunpowdr", "ice axe", "how was he killed", "armoured train",
    "the union of the oppressed everywhere", "zebra", "Avksentyev", "world revolution", "workers",
)  # fmt: skip
EVENTS = ("20 August 1940", "1917", "Mercader", "3 March 1930")
TOPICS = ("coalition", "peace", "capitalists strangle", "zebra")
HALF_TYPED = ("g", "gunp", "coal", "the un", "revolut", "w", "ice a", "avks")


class Constant(discord.Client):
    """A bare bot that answers a constant: what discord.py and the simulation themselves cost."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)

        @self.tree.command(name="quote")
        async def quote(interaction: discord.Interaction, words: str) -> None:
            """Answer a constant."""
            await interaction.response.send_message("Our party held out its hand, with the gunpowder still in it.")

        @quote.autocomplete("words")
        async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
            return [app_commands.Choice(name="gunpowder", value="gunpowder")]

    async def setup_hook(self) -> None:
        await self.tree.sync()


def _repeated(values: tuple[str, ...]) -> islice[str]:
    return islice(cycle(values), TIMES)


async def measure() -> tuple[list[Timing], list[Timing]]:
    """Answers and completions, each with the bare bot first."""
    bare = await _measured(Constant(), "bare bot, a constant", {"quote": ("words", QUERIES)})
    with tempfile.TemporaryDirectory() as folder:
        corpus = await Corpus.open(SHIPPED, Path(folder))
        store = await Store.open(f"sqlite:///{folder}/smolny.db")
        try:
            client = Discord(App(FEATURES, corpus, store), token="").client
            commands = {"quote": ("words", QUERIES), "event": ("event", EVENTS), "compare": ("topic", TOPICS)}
            ours = await _measured(client, "Smolny", commands)
        finally:
            await store.close()
            await corpus.close()
    return bare[0] + ours[0], bare[1] + ours[1]


class Stopwatch(list[simcord.HttpLogEntry]):
    """Takes the place of the simulation's list of requests, to note when the first one comes that answers a person.

    After that the simulation waits until the bot has come to rest, which is none of the bot's time.
    """

    answered: float | None = None

    def append(self, entry: simcord.HttpLogEntry) -> None:
        self.answered = self.answered or time.perf_counter()
        super().append(entry)

    async def time(self, act: Callable[[], Awaitable[object]]) -> float:
        self.answered = None
        started = time.perf_counter()
        await act()
        assert self.answered is not None
        return self.answered - started


async def _measured(
    client: discord.Client, who: str, commands: dict[str, tuple[str, tuple[str, ...]]]
) -> tuple[list[Timing], list[Timing]]:
    async with simcord.run(client) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("october")
        ada = guild.add_member(env.create_user("ada"))
        env.backend.http_requests = watch = Stopwatch()
        answers = []
        for name, (parameter, values) in commands.items():
            acts = [partial(ada.slash, channel, name, **{parameter: value}) for value in _repeated(values)]
            answers.append(await timed(f"{who}: /{name}", [partial(watch.time, act) for act in acts]))
        acts = [partial(ada.autocomplete, channel, "quote", "words", value) for value in _repeated(HALF_TYPED)]
        return answers, [await timed(f"{who}: completion", [partial(watch.time, act) for act in acts])]
