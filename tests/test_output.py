"""The command line where its output cannot be written: a stream that is closed, a disk that is full."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.processes import surroundings
from tests.test_cli import QUOTATION, SMOLNY


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_a_standard_stream_that_is_closed_is_no_trouble(folder: Path, closed: str) -> None:
    line = f"exec {shlex.join(SMOLNY)} ask /quote gunpowder --json {closed}"
    done = subprocess.run(
        ["sh", "-c", line], capture_output=True, text=True, check=False, cwd=folder, env=surroundings(), timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (QUOTATION in done.stdout) == (">&-" not in closed.split())


@pytest.mark.parametrize("arguments", [["ask", "/read article"], ["manifest"], ["doctor"]])
def test_output_for_which_there_is_no_room_is_one_sentence(folder: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*SMOLNY, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=folder,
            env=surroundings(),
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == "The output cannot be written (no space left on device): make room.\n"
