"""The bots as processes of their own, before a fake Discord each, and what the kernel knows of them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.discord import FakeDiscord

ROOT = Path(__file__).parents[2]
SERVERS = 50
"""So many that nobody meets the rate limit of one, whatever is measured."""


@dataclass(frozen=True)
class Bot:
    """A bot that is connected. `ready` is how many seconds that took, from its start."""

    discord: FakeDiscord
    process: asyncio.subprocess.Process
    ready: float

    def cpu(self) -> float:
        """Seconds of processor time that all of its threads have taken, to the nanosecond."""
        return cpu_of(self.process.pid)

    def memory(self) -> float:
        """Its resident memory in MiB."""
        return memory_of(self.process.pid)


def cpu_of(pid: int) -> float:
    """Seconds of processor time of a process's threads that live."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(one.read_text().split()[0]) for one in threads) / 1e9


def memory_of(pid: int) -> float:
    """A process's resident memory in MiB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def installed(tree: Path, folder: Path) -> Path:
    """The interpreter of a new environment with what an installation has, and nothing of what development needs."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    uv = str(Path(sys.executable).with_name("uv"))
    line = [uv, "pip", "sync", "--quiet", "--python", str(python), "--require-hashes", "requirements.lock"]
    subprocess.run(line, cwd=tree, check=True)
    return python


@asynccontextmanager
async def process(
    python: Path, folder: Path, module: str, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A module of this project, run by itself; it is stopped at the end."""
    environment = {"PYTHONPATH": str(ROOT), **settings}
    with (folder / "log").open("ab") as log:
        started = await asyncio.create_subprocess_exec(
            python, "-P", "-m", module, cwd=folder, env=environment, stdout=log, stderr=log
        )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.terminate()
            await started.wait()
        else:
            sys.stderr.write((folder / "log").read_text(encoding="utf-8"))


@asynccontextmanager
async def discord_bot(
    python: Path, folder: Path, module: str, servers: int = SERVERS, channels: int = 1
) -> AsyncIterator[Bot]:
    """A bot, connected to a Discord of its own."""
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(FakeDiscord(servers=servers, channels=channels))
        began = time.perf_counter()
        started = await stack.enter_async_context(process(python, folder, module, **_settings(discord, folder)))
        await discord.connected(1)
        yield Bot(discord, started, time.perf_counter() - began)


def _settings(discord: FakeDiscord, folder: Path) -> Mapping[str, str]:
    return {
        "DISCORD_TOKEN": "MTkxNw.x.y",
        "DISCORD_API_URL": discord.url,
        "GATEWAY_URL": discord.gateway_url,
        "DATA_DIR": str(folder / "data"),
    }
