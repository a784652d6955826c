"""Whether a connection that is left open is found in the test that left it, and none that Python itself loses."""

from __future__ import annotations

import asyncio
import gc
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import connections
from tests.processes import surroundings


def test_a_connection_that_comes_while_its_server_closes_is_closed_at_once() -> None:
    async def close_meanwhile() -> bytes:
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        client = socket.create_connection(server.sockets[0].getsockname(), 60)  # the system answers, not the server
        # The first turn sees that somebody has come, the second accepts.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        server.close()
        with client:
            return await asyncio.to_thread(client.recv, 1)

    assert asyncio.run(close_meanwhile()) == b""
    gc.collect()


def test_a_connection_that_is_left_open_fails_the_test_that_left_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SECONDS", 0.0)
    left: list[Any] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        async def leave_open() -> None:
            loop: Any = asyncio.get_running_loop()
            left.extend(await loop.create_connection(asyncio.Protocol, *server.getsockname()))
            loop._transports.clear()  # as where another has its descriptor by now

        with pytest.raises(AssertionError, match="_SelectorSocketTransport"):
            asyncio.run(leave_open())
    left[0]._sock.close()
    left[0]._sock = None


FORGETFUL = """
import socket

def test_it():
    forgotten = [socket.socket()]
    forgotten.append(forgotten)
"""
CAREFUL = """
import gc

def test_it():
    gc.collect()
"""


KEEPING = """
import socket
import sys

def test_it():
    sys.kept = [socket.socket()]
    sys.kept.append(sys.kept)
"""
DROPPING = """
import sys

def test_it():
    del sys.kept
"""


def run(folder: Path, first: str, second: str) -> subprocess.CompletedProcess[str]:
    """Two modules of tests, one after the other, in a run of their own."""
    (folder / "test_first.py").write_text(first)
    (folder / "test_second.py").write_text(second)
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "tests.connections", "-p", "no:cacheprovider"]
    environment = surroundings(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    return subprocess.run(
        [*command, str(folder)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env=environment,
        timeout=60,
    )


def test_what_a_module_forgets_fails_there_and_not_in_the_next(tmp_path: Path) -> None:
    done = run(tmp_path, FORGETFUL, CAREFUL)
    assert "ERROR test_first.py::test_it - " in done.stdout
    assert "test_second.py::test_it - " not in done.stdout


def test_what_outlives_its_module_and_is_forgotten_later_fails_the_last_test(tmp_path: Path) -> None:
    done = run(tmp_path, KEEPING, DROPPING)
    assert "ERROR test_second.py::test_it - " in done.stdout
    assert "ResourceWarning: unclosed <socket" in done.stdout
