"""The command line in a process of its own, which has loaded already what each command needs.

Loading that is most of what a short command takes. What a start itself shows, tests/test_cli.py shows.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bot import argument_parser, doctor, library_commands, store_commands
from bot.__main__ import main
from cogs import FEATURES
from tests.processes import LOADED, surroundings

NEEDED = (FEATURES, argument_parser, doctor, library_commands, store_commands)
SECONDS = 60.0


def smolny(folder: Path, *arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """How a command ended, started in a folder, and what it wrote."""
    with tempfile.TemporaryDirectory() as kept:
        streams = [Path(kept) / name for name in ("stdin", "stdout", "stderr")]
        streams[0].write_text(typed, encoding="utf-8")
        process = LOADED.Process(target=_main, args=(folder, arguments, surroundings(**environment), streams))
        process.start()
        process.join(SECONDS)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(arguments, SECONDS)
        _, stdout, stderr = (one.read_text(encoding="utf-8") for one in streams)
        return subprocess.CompletedProcess(arguments, process.exitcode, stdout, stderr)


def _main(folder: Path, arguments: tuple[str, ...], environment: Mapping[str, str], streams: list[Path]) -> None:
    gc.freeze()  # as a start of its own does: nothing that was loaded is gone through again
    gc.disable()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, (file, mode) in enumerate(zip(streams, "rww", strict=True)):
        os.dup2(os.open(file, os.O_RDONLY if mode == "r" else os.O_WRONLY | os.O_CREAT), number)
    sys.stdin, sys.stdout, sys.stderr = (open(n, mode, encoding="utf-8") for n, mode in enumerate("rww"))  # noqa: SIM115 - they are open while the process lives.
    sys.argv = ["smolny", *arguments]
    main()
