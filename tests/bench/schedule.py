"""What the daily facts cost: a post by itself, and a hundred thousand that are due in the same minute."""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

from bot.core.app import App
from bot.core.context import Person, Place
from bot.core.platform import TryLater
from bot.core.reply import Reply
from bot.storage.store import Store
from cogs import FEATURES
from corpus import SHIPPED
from corpus.corpus import Corpus
from tests.bench.timing import percentile
from tests.scheduler.conftest import put_many
from tests.scheduler.hub import Connection, Hub, daily

POSTS = 1_000
DUE = 100_000
SECONDS = 20.0
LIMIT = 50
"""Requests in a second that Discord allows a bot."""
ANSWER = 0.1
"""Seconds that it takes to answer one."""


class Limited(Connection):
    """A platform that takes its time, and refuses more than `LIMIT` requests in a second."""

    def __init__(self, hub: Hub) -> None:
        super().__init__(hub)
        self.second, self.requests, self.refused = 0, 0, 0

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        second = int(time.monotonic())
        self.requests = self.requests + 1 if second == self.second else 1
        self.second = second
        if self.requests > LIMIT:
            self.refused += 1
            raise TryLater("too many posts", 1.0)
        await asyncio.sleep(ANSWER)
        return await super().post(channel, reply, key)


class Block(NamedTuple):
    """Seconds in which the event loop came to nothing else, and those of them that were our own work."""

    wall: float
    ours: float


class Rush(NamedTuple):
    """What was seen while a hundred thousand were due."""

    posts: int
    refused: int
    megabytes: float
    blocks: Sequence[Block]
    answers: Sequence[float]
    """Seconds to each answer to a question meanwhile."""


async def measure() -> str:
    """A table for people."""
    async with _corpus() as corpus:
        wall, cpu = await _alone(corpus)
        rush = await _rush(corpus)
    p50, p99 = (1000 * percentile(rush.answers, n) for n in (50, 99))
    lines = [
        ("a post, from due to settled", f"{wall * 1000:.2f} ms, of which {cpu * 1000:.2f} ms of processor time"),
        (f"pace, {DUE:,} due at once", f"{rush.posts / SECONDS:.1f} posts/s against a limit of {LIMIT}"),
        ("refused for going too fast", f"{rush.refused}"),
        ("memory that it took", f"{rush.megabytes:.1f} MB"),
        ("longest block of the event loop", _in_words(rush.blocks)),
        (
            "/quote meanwhile",
            f"p50 {p50:.2f} ms, p99 {p99:.2f} ms",
        ),
    ]
    return "\n".join(f"{name:46}{value}" for name, value in lines)


def _in_words(blocks: Sequence[Block]) -> str:
    ours, wall = max(block.ours for block in blocks), max(block.wall for block in blocks)
    return f"{ours * 1000:.1f} ms of processor time; {wall * 1000:.1f} ms with all else that runs on the machine"


@asynccontextmanager
async def _corpus() -> AsyncIterator[Corpus]:
    with tempfile.TemporaryDirectory() as folder:
        corpus = await Corpus.open(SHIPPED, Path(folder))
        yield corpus
        await corpus.close()


@asynccontextmanager
async def crowded(many: int) -> AsyncIterator[Store]:
    """A store in which so many are due now."""
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite:///{folder}/smolny.db")
        async with store.transaction() as tx:
            await put_many(tx, many, _now())
        yield store
        await store.close()


async def _alone(corpus: Corpus) -> tuple[float, float]:
    """Seconds that a post takes, and processor seconds, where the platform answers at once and sets no pace."""
    async with crowded(POSTS) as store:
        facts = daily(store, corpus, [Connection(Hub(_now))], clock=_now)
        wall, cpu = time.perf_counter(), time.process_time()
        while await facts.step(_now()):
            pass
        return (time.perf_counter() - wall) / POSTS, (time.process_time() - cpu) / POSTS


async def _rush(corpus: Corpus) -> Rush:
    async with crowded(DUE) as store:
        hub = Hub(_now)
        platform = Limited(hub)
        app = App(FEATURES, corpus, store, dice=Random(1917))
        before = _resident()
        blocks: list[Block] = []
        watching = asyncio.create_task(watch(blocks))
        running = asyncio.create_task(daily(store, corpus, [platform], clock=_now).run())
        answers = await _ask(app)
        running.cancel()
        watching.cancel()
        await asyncio.gather(running, watching, return_exceptions=True)
        return Rush(len(hub.messages), platform.refused, _resident() - before, blocks, answers)


async def _ask(app: App) -> list[float]:
    """Answer a question now and then, for as long as is measured."""
    ends, seconds = time.perf_counter() + SECONDS, []
    while (started := time.perf_counter()) < ends:
        await app.run("quote", {"words": "gunpowder"}, app.context(Person("1", "Ada"), Place("test", "c", "guild")))
        seconds.append(time.perf_counter() - started)
        await asyncio.sleep(0.05)
    return seconds


async def watch(blocks: list[Block]) -> None:
    """Note by how much each short sleep is too long, and what the loop did in it."""
    while True:
        wall, ours = time.perf_counter(), time.thread_time()
        await asyncio.sleep(0.001)
        blocks.append(Block(time.perf_counter() - wall - 0.001, time.thread_time() - ours))


def _resident() -> float:
    """The most memory that the process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _now() -> datetime:
    return datetime.now(UTC)
