"""Real processes for tests: started quickly, waited for within bounds, and answered over a socket."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, closing, suppress
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from sqlite3 import OperationalError
from typing import Any

import pytest
from msgspec.structs import fields

from bot.core.platform import TryLater
from bot.settings import Settings
from corpus.corpus import Corpus

_ROOT = Path(__file__).parent.parent
_SETTINGS = {field.encode_name for field in fields(Settings)}
LOADED = multiprocessing.get_context("forkserver")
"""Starts processes that have imported already what they need."""
LOADED.set_forkserver_preload(["tests.scheduler.worker", "tests.cogs.quiz.player", "tests.command_line"])


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a process that finds our code, and no settings but these."""
    inherited = {name: value for name, value in os.environ.items() if name not in _SETTINGS}
    return {**inherited, "PYTHONPATH": str(_ROOT), **more}


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    return LOADED


@pytest.fixture
def signals_count() -> Iterator[None]:
    """Where the tests ignore a closed terminal or Ctrl-C, as in the background of a script, the bot would as well."""
    hangup = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    interrupt = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGHUP, hangup)
    signal.signal(signal.SIGINT, interrupt)


@pytest.fixture
def sockets() -> Iterator[Path]:
    """A folder with a short path: a Unix socket's may have 107 characters."""
    with tempfile.TemporaryDirectory(prefix="hub", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def folder(tmp_path: Path, shipped: Corpus, migrated: Path) -> Path:
    """Where the bot ran before: its index is built and its store up to date, so that a start takes half the time."""
    return with_data(tmp_path, shipped, migrated)


def with_data(folder: Path, shipped: Corpus, migrated: Path) -> Path:
    """The folder, with the data of a bot that ran there before."""
    shutil.copytree(shipped.file.parent, folder / "data" / "index")
    shutil.copyfile(migrated, folder / "data" / "smolny.db")
    (folder / "data" / "smolny.db").chmod(0o600)
    return folder


async def until(
    condition: Callable[[], Awaitable[object] | object], seconds: float = 60, *, every: float = 0.01
) -> None:
    """Wait until something is so. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while True:
            found = condition()
            if await found if isinstance(found, Awaitable) else found:
                return
            await asyncio.sleep(every)


async def frozen(pid: int, store: Path) -> None:
    """Stop a process for the time being, but not while it writes to its SQLite file: that would keep everybody out."""

    async def is_frozen() -> bool:
        os.kill(pid, signal.SIGSTOP)
        if await asyncio.to_thread(_is_writable, store):
            return True
        os.kill(pid, signal.SIGCONT)
        return False

    await until(is_frozen)


def _is_writable(store: Path) -> bool:
    """Whether anybody can write to a store, once those have written who are about to."""
    with closing(sqlite3.connect(store, timeout=5, isolation_level=None)) as connection, suppress(OperationalError):
        connection.execute("BEGIN IMMEDIATE")
        return True
    return False


def waits(pid: int) -> float:
    """For how many seconds the threads of a process have waited for a processor; none where Linux does not say so."""
    return sum(int(one.split()[1]) for one in _said_of_threads(pid, "schedstat")) / 1e9


def children(pid: int) -> list[bytes]:
    """The command lines of the processes that a process has started, as far as they live."""
    lines = []
    for one in " ".join(_said_of_threads(pid, "children")).split():
        with suppress(OSError):  # a child that has ended
            lines.append(Path(f"/proc/{one}/cmdline").read_bytes())
    return lines


def _said_of_threads(pid: int, name: str) -> list[str]:
    """A file of each thread of a process. Any of them, and the process, may end while it is looked at."""
    said: list[str] = []
    with suppress(OSError):
        for one in os.listdir(f"/proc/{pid}/task"):
            with suppress(OSError):
                said.append(Path(f"/proc/{pid}/task/{one}/{name}").read_text(encoding="ascii"))
    return said


async def ended(several: Iterable[ForkServerProcess]) -> None:
    """Kill processes, and wait until they are gone."""
    for process in several:
        process.kill()
        await asyncio.to_thread(process.join)


@asynccontextmanager
async def serving(answer: Callable[[dict[str, Any]], Awaitable[Any]], socket: Path) -> AsyncIterator[None]:
    """Let other processes ask; what is answered goes back as JSON."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        found = await answer(json.loads(await reader.readline()))
        with suppress(OSError):
            writer.write(json.dumps(found).encode() + b"\n")
            writer.close()

    async with await asyncio.start_unix_server(serve, socket):
        yield


async def ask(socket: str, **asked: str) -> Any:
    """What the process at a socket answers. Raises TryLater."""
    try:
        reader, writer = await asyncio.open_unix_connection(socket)
        writer.write(json.dumps({**asked, "who": os.getpid()}).encode() + b"\n")
        answer = await reader.readline()
        writer.close()
        return json.loads(answer)
    except (OSError, ValueError) as error:
        raise TryLater(type(error).__name__, unknown=True) from None
