"""What a command loads: nothing that only a connection needs; and what an idle bot loads: nothing that answers need."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

import pytest

from tests.fakes.discord import FakeDiscord
from tests.processes import surroundings

ROOT = Path(__file__).parent.parent
_SERVE = """
import atexit, runpy, sys
atexit.register(lambda: print(*sys.modules))
runpy.run_module("bot", run_name="__main__", alter_sys=True)
"""
NOT_WHEN_IDLE = (
    "cryptography", "nacl", "discord.ext.commands", "slack_bolt", "slack_sdk", "prompt_toolkit", "asyncpg", "PIL",
    "numpy", "rapidfuzz", "dotenv", "bot.platforms.http_server", "bot.platforms.terminal", "argparse",
    "bot.argument_parser", "bot.library_commands", "bot.store_commands", "cogs.features", "cogs.quote",
    "cogs.daily.delivery", "cogs.quiz.count_work", "cogs.quiz.round_work", "cogs.quiz.questions", "corpus.questions",
    "corpus.date_reading", "corpus.names.finder", "corpus.search.semantic", "corpus.quotations.token_index",
    "corpus.source", "corpus.indexing.build", "bot.core.library",
)  # fmt: skip
HEAVY = (
    "discord", "slack_bolt", "slack_sdk", "aiohttp", "prompt_toolkit", "wcwidth", "asyncpg", "PIL", "fontpkg",
    "genanki", "icalendar", "fsrs", "prometheus_client",
)  # fmt: skip


NOT_FOR_FOUND_WORDS = (
    "numpy", "rapidfuzz", "importlib.resources", "zipfile", "corpus.indexing.build", "corpus.indexing.shelf",
)  # fmt: skip


@pytest.mark.parametrize("typed", ['bot ask "/quote gunpowder"', "corpus check"])
def test_a_command_that_does_not_connect_loads_no_client(typed: str, tmp_path: Path) -> None:
    loaded = _loaded_by(typed, tmp_path)
    assert "corpus" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_words_that_are_found_load_nothing_that_others_need(tmp_path: Path) -> None:
    _, second = [_loaded_by('bot ask "/quote gunpowder"', tmp_path) for _ in range(2)]  # the first builds the index
    assert "cogs.quote" in second
    assert not second.intersection(NOT_FOR_FOUND_WORDS)


def _loaded_by(typed: str, folder: Path) -> set[str]:
    """The modules that a command has loaded by its end."""
    module, *arguments = typed.replace('"', "").split(maxsplit=2)
    program = f"""
import runpy, sys
sys.argv[1:] = {arguments!r}
try:
    runpy.run_module({module!r}, run_name="__main__", alter_sys=True)
except SystemExit as end:
    assert not end.code, end.code
print(*sys.modules, file=sys.stderr)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DISCORD_TOKEN": "ab.cd.ef", "METRICS_PORT": "9464"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=folder, env=environment)
    return set(done.stderr.split())


async def test_an_idle_bot_has_loaded_nothing_that_only_answers_need(folder: Path) -> None:
    async with FakeDiscord() as discord:
        first, second = [await _loaded_when_idle(discord, folder) for _ in range(2)]
    assert {"discord", "cogs.features"} <= first, "the first start registers the commands"
    assert "discord" in second
    assert not second.intersection(NOT_WHEN_IDLE)


async def _loaded_when_idle(discord: FakeDiscord, folder: Path) -> set[str]:
    """The modules that a bot has loaded by the time it is connected."""
    environment = surroundings(DISCORD_TOKEN="MTkxNw.x.y", DISCORD_API_URL=discord.url)
    serving = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _SERVE, cwd=folder, env=environment, stdout=PIPE, stderr=DEVNULL
    )
    await discord.connected(1)
    serving.terminate()
    return set((await serving.communicate())[0].decode().split())
