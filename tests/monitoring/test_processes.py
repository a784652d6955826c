"""Real processes before a fake Discord: what their health says while they serve, stand by, and are cut off."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from random import SystemRandom

import aiohttp
import pytest

from tests.fakes.discord import FakeDiscord
from tests.platforms.discord.test_standby import bots, process, stands_by
from tests.processes import surroundings

ROOT = Path(__file__).parents[2]
_LISTENS = "0A"
_CHANCE = SystemRandom()


def free_port() -> int:
    """A port of this machine on which nobody listens, and which no other worker and no other socket is given.

    Of those that the system gives to whoever asks for any, another socket may have it before it is listened on.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    while True:
        port = 10_000 + 16 * _CHANCE.randrange(370) + worker % 16
        with suppress(OSError), socket.socket() as one:
            one.bind(("127.0.0.1", port))
            return port


def test_a_free_port_is_none_that_the_system_gives_to_anybody() -> None:
    given = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split()
    assert all(1024 <= free_port() < int(given[0]) for _ in range(100))


async def fetch(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}/{path}") as answer:
        return answer.status, await answer.text()


async def until(port: int, status: int) -> str:
    async with asyncio.timeout(60):
        while (answer := await fetch(port, "healthz"))[0] != status:  # noqa: ASYNC110 - another process.
            await asyncio.sleep(0.1)
    return answer[1]


async def until_counted(port: int, answers: str) -> None:
    """Wait for what is counted after an answer that a busy machine has deferred."""
    async with asyncio.timeout(60):
        while answers not in (await fetch(port, "metrics"))[1]:  # noqa: ASYNC110 - another process.
            await asyncio.sleep(0.1)


async def checked_by_docker(port: str) -> int:
    """The exit status of the image's own health check."""
    found = re.search(r"^HEALTHCHECK .*?CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert found
    _, *arguments = json.loads(found[1])
    environment = surroundings(METRICS_PORT=port, http_proxy="http://127.0.0.1:9")
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=environment, stderr=asyncio.subprocess.DEVNULL
    )
    return await process.wait()


def moved_away(store: Path, aside: Path) -> None:
    store.rename(aside)


def replaced(store: Path, aside: Path) -> None:
    store.rename(aside)
    shutil.copyfile(aside, store)


async def test_health_while_it_serves_and_while_discord_is_away(folder: Path) -> None:
    port = free_port()
    async with AsyncExitStack() as internet:
        discord = await internet.enter_async_context(FakeDiscord())
        async with bots(discord, folder, 1, METRICS_PORT=str(port)):
            assert await until(port, 200) == "ok\n"
            assert await checked_by_docker(str(port)) == 0
            await discord.interact("help")
            await until_counted(port, 'command="/help",outcome="answered",platform="discord"} 1.0')
            await internet.aclose()
            assert re.fullmatch(r"discord: .*not connected\n", await until(port, 503))
            assert await checked_by_docker(str(port)) == 1


@pytest.mark.parametrize("how", [moved_away, replaced], ids=["moved", "replaced"])
async def test_a_store_whose_file_went_away_is_told(folder: Path, how: Callable[[Path, Path], None]) -> None:
    """What is written then goes into a file that nobody finds again."""
    port, store, aside = free_port(), folder / "data" / "smolny.db", folder / "aside.db"
    async with FakeDiscord() as discord, process(discord, folder, "log", METRICS_PORT=str(port)):
        await discord.connected(1)
        assert await until(port, 200) == "ok\n"
        how(store, aside)
        assert await until(port, 503) == (
            "store: its file was moved, deleted or replaced, and what happens now is lost: put it back, and restart\n"
        )
        aside.replace(store)
        assert await until(port, 200) == "ok\n"


async def test_standing_by_is_healthy(folder: Path) -> None:
    ports = [free_port(), free_port()]
    async with FakeDiscord() as discord, process(discord, folder, "log-0", METRICS_PORT=str(ports[0])):
        await discord.connected(1)
        async with process(discord, folder, "log-1", METRICS_PORT=str(ports[1])):
            await stands_by(folder, 1)
            assert await until(ports[0], 200) == await until(ports[1], 200) == "ok\n"
            assert len(discord.sessions) == 1


@pytest.mark.parametrize("wanted", [True, False])
async def test_nothing_listens_without_a_port(folder: Path, wanted: bool) -> None:
    port = free_port()
    more = {"METRICS_PORT": str(port)} if wanted else {}
    async with FakeDiscord() as discord, bots(discord, folder, 1, **more) as (bot,):
        assert listening(bot.pid) == ({port} if wanted else set())
    assert await checked_by_docker("") == 0


def listening(process: int) -> set[int]:
    """The TCP ports at which a process listens."""
    links = []
    for file in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # it was closed meanwhile
            links.append(file.readlink().name)
    inodes = {found[1] for link in links if (found := re.fullmatch(r"socket:\[(\d+)\]", link))}
    tables = [Path(f"/proc/{process}/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    rows = [line.split() for table in tables for line in table]
    return {int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == _LISTENS and row[9] in inodes}


async def test_two_processes_with_a_shard_in_common_are_caught(folder: Path) -> None:
    port = free_port()
    async with FakeDiscord() as discord, process(discord, folder, "log-0"):
        await discord.connected(1)
        more = {"SHARD_COUNT": "4", "SHARD_IDS": "1-2", "METRICS_PORT": str(port)}
        async with process(discord, folder, "log-1", **more):
            await stands_by(folder, 1)
            assert "SHARD_IDS" in await until(port, 503)
            assert discord.identified == [(0, 1)]
