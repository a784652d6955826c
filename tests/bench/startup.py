"""How long a process takes from nothing to its first answer, beside a bare discord.py bot that only gets ready."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import partial

from tests.bench.timing import Timing, timed

TIMES = 8
BARE = """
import discord
from discord import app_commands
app_commands.CommandTree(discord.Client(intents=discord.Intents(guilds=True)))
"""
OURS = """
import asyncio, os
from pathlib import Path
from bot.core.app import App
from bot.platforms.discord.adapter import Discord
from cogs import FEATURES
from corpus import SHIPPED
from corpus.corpus import Corpus
async def made():
    corpus = await Corpus.open(SHIPPED, Path(os.environ["DATA_DIR"]) / "index")
    Discord(App(FEATURES, corpus), "token")
    await corpus.close()
asyncio.run(made())
"""


async def measure() -> list[Timing]:
    """The bare bot first. The index is there already, as it is at every start but the first."""
    with tempfile.TemporaryDirectory() as folder:
        ask = [sys.executable, "-m", "bot", "ask", "/quote gunpowder"]
        _run(ask, folder)
        return [
            await timed("bare discord.py bot, made", [partial(_start, [sys.executable, "-c", BARE], folder)] * TIMES),
            await timed("Smolny's Discord bot, made", [partial(_start, [sys.executable, "-c", OURS], folder)] * TIMES),
            await timed("Smolny: ask, from start to answer", [partial(_start, ask, folder)] * TIMES),
        ]


async def _start(command: list[str], folder: str) -> None:
    _run(command, folder)


def _run(command: list[str], folder: str) -> None:
    subprocess.run(command, check=True, capture_output=True, env={"DATA_DIR": folder, "PYTHONPATH": "."})
