"""The command line in a process of its own, which has loaded already what each command needs.

Loading that is most of what a short command takes. What a start itself shows, tests/test_cli.py shows.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bot import argument_parser, doctor, library_commands, store_commands
from bot.__main__ import main
from bot.monitoring import server
from bot.platforms.discord import adapter as discord
from bot.platforms.slack import adapter as slack
from cogs import FEATURES
from tests.processes import LOADED, surroundings, until

NEEDED = (FEATURES, argument_parser, discord, doctor, library_commands, server, slack, store_commands)
SECONDS = 60.0


class Program:
    """The program in a process of its own that goes on; what it writes goes into a file.

    aiohttp reads SSL_CERT_FILE as it is loaded: with a certificate of its own it has to be started by itself.
    """

    def __init__(self, folder: Path, output: Path, **environment: str) -> None:
        output.touch()
        streams = [Path(os.devnull), output, output]
        self._process = LOADED.Process(target=_main, args=(folder, (), surroundings(**environment), streams))
        self._process.start()
        assert self._process.pid
        self.pid = self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, one: signal.Signals) -> None:
        os.kill(self.pid, one)

    async def wait(self) -> int:
        await until(lambda: self.returncode is not None)
        assert self.returncode is not None
        return self.returncode


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
    for one in (signal.SIGHUP, signal.SIGINT):  # which the tests may have been started without
        signal.signal(one, signal.SIG_DFL)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, (file, mode) in enumerate(zip(streams, "rww", strict=True)):
        os.dup2(os.open(file, os.O_RDONLY if mode == "r" else os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    sys.stdin, sys.stdout, sys.stderr = (open(n, mode, encoding="utf-8") for n, mode in enumerate("rww"))  # noqa: SIM115 - they are open while the process lives.
    sys.argv = ["smolny", *arguments]
    main()
