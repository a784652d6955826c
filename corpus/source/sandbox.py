"""Reading files of strangers: in a child process with limits of memory, time and output, and no token of ours."""

from __future__ import annotations

import asyncio
import math
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from corpus.progress import Progress, unseen
from corpus.source.adding import Proposal
from corpus.source.readers.document import Unreadable
from corpus.source.sandbox_task import OUT_OF_MEMORY, Outcome, Task

MOST_BYTES: Final = 50_000_000
"""Bytes of a file that is read at all."""
MOST_OUTPUT: Final = 200_000_000
SECONDS: Final = 60.0
"""How long reading one file may take."""
MEMORY: Final = 1_500_000_000
"""Bytes of address space that the child may have: a book of a million words needs a fifth of it."""

_KEPT = ("LANG", "LC_ALL", "SYSTEMROOT", "TZ")
"""Of our environment, what the child may know. It holds no token."""
_DAMAGED = "This file cannot be read: it is damaged, or made to break programs that read it."
_SLOW = "This file takes too long to read: split it, or send it in another format."
_LARGE = "This file needs more memory than I give to one file: split it, or send it in another format."
_SIGXCPU = 24  # not every system has these signals, but where it has them these are their numbers
_SIGKILL = 9
_PERCENTAGES = bytes(range(101))
"""What is before an outcome, which is a map of MessagePack and so begins with a greater byte."""


async def read_proposal(task: Task, *, seconds: float = SECONDS, progress: Progress = unseen) -> Proposal:
    """The text that a file makes, read in a child process. Raises Unreadable where the file is not one, or too much.

    The child is gone when this returns or is cancelled.
    """
    if len(task.data) > MOST_BYTES:
        raise Unreadable(f"This file is too large: I read up to {MOST_BYTES // 1_000_000} MB.")
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "corpus.source.sandbox_child", str(MEMORY), str(math.ceil(seconds))),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_environment(),
    )
    try:
        async with asyncio.timeout(seconds):
            output = await _exchange(child, msgspec.msgpack.encode(task), progress)
    except TimeoutError:
        raise Unreadable(_SLOW) from None
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()
    return _proposal(output, child.returncode)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}


async def _exchange(child: asyncio.subprocess.Process, sent: bytes, progress: Progress) -> bytes:
    """The outcome that the child finds in what it is given. Raises Unreadable where it is too much."""
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the child was started without pipes")
    writing = asyncio.create_task(_send(child.stdin, sent))
    received = bytearray()
    try:
        while piece := await child.stdout.read(1 << 20):
            received += piece if received else _outcome(piece, progress)
            if len(received) > MOST_OUTPUT:
                raise Unreadable(_LARGE)
        await child.wait()
    finally:
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
    return bytes(received)


def _outcome(piece: bytes, progress: Progress) -> bytes:
    """What of a piece of output belongs to the outcome; before it come percentages, a byte each."""
    outcome = piece.lstrip(_PERCENTAGES)
    if len(outcome) < len(piece):
        progress(piece[len(piece) - len(outcome) - 1] / 100)
    return outcome


async def _send(pipe: asyncio.StreamWriter, sent: bytes) -> None:
    with suppress(BrokenPipeError, ConnectionResetError):  # a child that has ended says why by its exit status
        pipe.write(sent)
        await pipe.drain()
        pipe.close()


def _proposal(output: bytes, status: int | None) -> Proposal:
    if status in (OUT_OF_MEMORY, -_SIGKILL):
        raise Unreadable(_LARGE)
    if status == -_SIGXCPU:
        raise Unreadable(_SLOW)
    try:
        outcome = msgspec.msgpack.decode(output, type=Outcome)
    except msgspec.DecodeError:
        raise Unreadable(_DAMAGED) from None
    if outcome.proposal is None:
        raise Unreadable(outcome.refusal or _DAMAGED)
    return outcome.proposal
