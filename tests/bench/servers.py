"""What servers cost in memory: a bot that serves a thousand, beside one that serves none."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.bench.processes import ROOT, discord_bot, installed

SERVERS = 1_000
CHANNELS = 30
_SETTLED = 2.5
"""Seconds after which what a start leaves to do later is done."""


async def report() -> str:
    with tempfile.TemporaryDirectory() as name:
        python = installed(ROOT, Path(name) / "venv")
        # The first start builds the index.
        await _memory(python, Path(name), "bot", 0)
        rows = [
            f"Memory for {SERVERS:,} servers of {CHANNELS} channels and {CHANNELS // 2} roles, of one process",
        ]
        for module, called in (("bot", "this bot"), ("tests.bench.bare_discord", "a bare bot")):
            none = await _memory(python, Path(name), module, 0)
            many = await _memory(python, Path(name), module, SERVERS)
            rows.append(f"  {called:<12} {none:6.1f} MiB without any, {many - none:6.1f} MiB more with {SERVERS:,}")
    return "\n".join(rows)


async def _memory(python: Path, folder: Path, module: str, servers: int) -> float:
    async with discord_bot(python, folder, module, servers, CHANNELS) as bot:
        await asyncio.sleep(_SETTLED)
        return bot.memory()
