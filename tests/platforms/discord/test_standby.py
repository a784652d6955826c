"""Two real processes with one token and one store, before a fake Discord: one serves, the other stands by."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from bot.core import standby
from tests.command_line import Program
from tests.fakes.discord import FakeDiscord
from tests.processes import frozen, until, waits


@asynccontextmanager
async def bots(discord: FakeDiscord, folder: Path, number: int, **settings: str) -> AsyncIterator[list[Program]]:
    async with AsyncExitStack() as stack:
        processes = []
        for position in range(number):
            processes.append(await stack.enter_async_context(process(discord, folder, f"log-{position}", **settings)))
            await discord.connected(1)
        yield processes


@asynccontextmanager
async def process(discord: FakeDiscord, folder: Path, log: str, **settings: str) -> AsyncIterator[Program]:
    """The bot as a process, killed at the end where it has not stopped. `log` is the file of what it writes."""
    one = Program(folder, folder / log, **{"DISCORD_TOKEN": "MTkxNw.x.y", "DISCORD_API_URL": discord.url} | settings)
    try:
        yield one
    finally:
        if one.returncode is None:
            one.send_signal(signal.SIGKILL)
            await one.wait()


async def stands_by(folder: Path, number: int) -> None:
    async with asyncio.timeout(60):
        while b"standing by" not in await asyncio.to_thread((folder / f"log-{number}").read_bytes):  # noqa: ASYNC110 - a file.
            await asyncio.sleep(0.1)


@pytest.mark.parametrize(("how", "within"), [(signal.SIGKILL, 25.0), (signal.SIGTERM, standby.GONE_AFTER)])
async def test_a_second_process_stands_by_and_takes_over(folder: Path, how: signal.Signals, within: float) -> None:
    async with FakeDiscord() as discord, bots(discord, folder, 2) as (first, second):
        await stands_by(folder, 1)
        assert len(await discord.interact("help")) == 1
        (served,) = discord.sessions
        first.send_signal(how)
        await first.wait()
        since, waited = time.monotonic(), waits(second.pid)
        await discord.without(served)
        await discord.until(1)
        assert len(await discord.interact("help")) == 1
        assert time.monotonic() - since - (waits(second.pid) - waited) < within


async def test_a_process_that_was_frozen_stops_serving_when_it_wakes(folder: Path) -> None:
    async with FakeDiscord() as discord, bots(discord, folder, 2) as (first, second):
        await stands_by(folder, 1)
        await frozen(first.pid, folder / "data" / "smolny.db")
        await discord.until(2)
        os.kill(first.pid, signal.SIGCONT)
        await discord.until(1)
        assert len(await discord.interact("help")) == 1
        assert (first.returncode, second.returncode) == (None, None)


@pytest.mark.usefixtures("signals_count")
@pytest.mark.parametrize(
    ("signals", "within", "status"), [([signal.SIGTERM], 9.0, 0), ([signal.SIGHUP, signal.SIGTERM], 4.0, 1)]
)
async def test_a_signal_stops_it_in_five_seconds_and_a_second_one_at_once(
    folder: Path, signals: list[signal.Signals], within: float, status: int
) -> None:
    async with FakeDiscord() as discord, bots(discord, folder, 1) as (bot,):
        discord.answers_after = 10.0
        await discord.interact("help")
        for one in signals:
            since, waited = time.monotonic(), [waits(bot.pid)]
            bot.send_signal(one)
            await asyncio.sleep(1.2)  # those that come within a second of each other are one

        def is_over() -> bool:
            waited.append(waits(bot.pid))
            return bot.returncode is not None

        await until(is_over)
        assert bot.returncode == status
        assert time.monotonic() - since - (max(waited) - waited[0]) < within


async def test_one_process_serves_all_shards_that_discord_recommends(folder: Path) -> None:
    async with FakeDiscord(shards=2) as discord, bots(discord, folder, 1):
        await discord.until(2)
        assert sorted(discord.identified) == [(0, 2), (1, 2)]
