"""Every command where only DATA_DIR may be written to, as in the container of compose.yaml, whose root is read-only."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import sys
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

from bot import wiring
from bot.core.context import Person, Place
from bot.platforms.typed_commands import answer_line
from bot.settings import read_settings
from tests import golden

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
LINES = {
    **golden.EXAMPLES,
    "anki": "/export anki",
    "round": "/quiz start",
    "cards": "/quiz review",
    "posts": "/daily list",
}


def answer_everything(data: str, said: Connection) -> None:
    """Give each command, and send back which of them failed and what they tried to write elsewhere."""
    tried: list[str] = []

    def refuse(event: str, args: tuple[object, ...]) -> None:
        # SQLite's files are opened in C; sqlite3.connect says which.
        if event == "sqlite3.connect" or (event == "open" and isinstance(args[2], int) and args[2] & WRITING):
            path = str(args[0])
            if os.path.isabs(path) and not path.startswith((data, "/dev/")):
                tried.append(path)
                raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    sys.addaudithook(refuse)
    failed = asyncio.run(_failures(data))
    said.send((failed, tried))


async def _failures(data: str) -> list[str]:
    async with wiring.open_app(read_settings({"DATA_DIR": data})) as app:
        ctx = app.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"))
        return [line for line in LINES if (await answer_line(app, line, ctx)).incident]


def test_every_command_works_where_only_the_data_folder_can_be_written_to(
    tmp_path: Path, cache: Path, shipped: object, processes: ForkServerContext
) -> None:
    shutil.copytree(cache, tmp_path / "index")
    ours, theirs = processes.Pipe()
    process = processes.Process(target=answer_everything, args=(str(tmp_path), theirs))
    process.start()
    assert ours.poll(60)
    assert ours.recv() == ([], [])
    process.join(60)
