"""The child process that reads one file: a task on standard input, an outcome on standard output."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import msgspec

from corpus.progress import each_per_cent
from corpus.source.adding import propose
from corpus.source.exported import exported_text, propose_exported
from corpus.source.readers import read_file
from corpus.source.readers.document import Unreadable
from corpus.source.sandbox_task import OUT_OF_MEMORY, Outcome, Task

_READING = 0.3  # of the time, for most formats; the rest is cutting sentences
_DEPTH = 5_000  # of Python's calls: libxml2 lets elements nest 256 deep, of which each takes a few


def main(memory: int, seconds: int) -> None:
    """Read a task and write its outcome. The process ends with OUT_OF_MEMORY where its memory is not enough."""
    limit(memory, seconds)
    sys.setrecursionlimit(_DEPTH)
    try:
        outcome = _outcome(msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task))
        sys.stdout.buffer.write(msgspec.msgpack.encode(outcome))
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def limit(memory: int, seconds: int) -> None:
    """Take from this process what reading a file does not need: memory, time, writing files, new processes."""
    try:
        import resource
    except ImportError:  # Windows: there the parent's patience is the only limit
        return
    limits = {"RLIMIT_AS": memory, "RLIMIT_CPU": seconds, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0, "RLIMIT_NOFILE": 64}
    for name, most in limits.items():
        if (kind := getattr(resource, name, None)) is not None:
            with suppress(ValueError, OSError):  # a system that gives less already
                resource.setrlimit(kind, (most, most + (name == "RLIMIT_CPU")))  # at the lower it is told why


def _write_per_cent(done: int) -> None:
    sys.stdout.buffer.write(bytes([done]))
    sys.stdout.buffer.flush()


def _outcome(task: Task) -> Outcome:
    try:
        if (text := exported_text(task.data)) is not None:
            return Outcome(propose_exported(text, task.about, taken=task.taken, old=task.old))
        tell = each_per_cent(_write_per_cent)
        document = read_file(task.name, task.data, lambda done: tell(_READING * done))
        made = propose(
            document,
            task.about,
            file=task.name,
            taken=task.taken,
            old=task.old,
            progress=lambda done: tell(_READING + (1 - _READING) * done),
        )
        return Outcome(made)
    except Unreadable as refusal:
        return Outcome(refusal=str(refusal))
    except RecursionError:
        return Outcome(refusal="This file is nested too deeply for a text.")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
