"""How long a start takes, and the memory of an idle bot: ours beside the bare one, and `ask` beside an older one."""

from __future__ import annotations

import asyncio
import os
import subprocess
import tempfile
import time
from pathlib import Path

from tests.bench.processes import ROOT, discord_bot, installed
from tests.bench.timing import Comparison, percentile

STARTS = 6
ASKED = 12
_SETTLED = 2.5
"""Seconds after which what a start leaves to do later is done."""


async def ready() -> list[Comparison]:
    """From the start of a process to a connected bot, and its memory a little later; the first starts do not count."""
    seconds: tuple[list[float], list[float]] = ([], [])
    cpu: tuple[list[float], list[float]] = ([], [])
    memory: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory() as folder:
        python = installed(ROOT, Path(folder) / "venv")
        for number in range(STARTS + 1):
            for n, module in enumerate(("tests.bench.bare_discord", "bot")):
                async with discord_bot(python, Path(folder), module) as bot:
                    if number:
                        seconds[n].append(bot.ready)
                        cpu[n].append(bot.cpu())
                    if number == STARTS:
                        await asyncio.sleep(_SETTLED)
                        memory[n].append(bot.memory())
    return [
        Comparison("ready, p50", "ms", *(percentile(found, 50) * 1000 for found in seconds)),
        Comparison("ready, processor time", "ms", *(percentile(found, 50) * 1000 for found in cpu)),
        Comparison("idle, resident memory", "MiB", memory[0][0], memory[1][0]),
    ]


def ask(reference: str) -> list[Comparison]:
    """From the start of `python -m bot ask` to its end, by turns with the same of another commit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "other").mkdir()
        archive = subprocess.run(["git", "archive", reference], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", folder / "other"], input=archive, check=True)
        trees = (folder / "other", ROOT)
        pythons = [installed(tree, folder / f"venv-{n}") for n, tree in enumerate(trees)]
        seconds: tuple[list[float], list[float]] = ([], [])
        cpu: tuple[list[float], list[float]] = ([], [])
        for number in range(ASKED + 1):
            for n, tree in enumerate(trees):
                took, worked = _ask(pythons[n], tree, folder / f"data-{n}")
                if number:  # the first builds the index
                    seconds[n].append(took)
                    cpu[n].append(worked)
    return [
        Comparison("ask, p50", "ms", *(percentile(found, 50) * 1000 for found in seconds)),
        Comparison("ask, processor time", "ms", *(percentile(found, 50) * 1000 for found in cpu)),
    ]


def _ask(python: Path, tree: Path, data: Path) -> tuple[float, float]:
    """Seconds, and seconds of processor time, that an answer takes."""
    command: list[str | Path] = [python, "-P", "-m", "bot", "ask", "/quote gunpowder"]
    began, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True, capture_output=True, env={"DATA_DIR": str(data), "PYTHONPATH": str(tree)})
    after = os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, worked
