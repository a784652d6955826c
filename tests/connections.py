"""A pytest plugin: no module of tests may leave a connection to an SQLite database open, no event loop one of its own.

What is forgotten, be it a connection, a file, a process or a coroutine, warns whenever the garbage is collected, in
whatever test that comes; connections to SQLite do so from Python 3.13 on. So the garbage is collected after each
module.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sqlite3
import time
from asyncio import selector_events
from asyncio.selector_events import BaseSelectorEventLoop
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest

SECONDS = 30.0
"""How long an event loop waits for the ends of its connections, on a busy machine."""

_opened: list[tuple[str, sqlite3.Connection]] = []
"""Connections and the tests that opened them. They are kept, so that none is closed by being forgotten."""
_transports: dict[asyncio.AbstractEventLoop, list[Any]] = defaultdict(list)
"""The transports of each event loop. Its own list has only the latest of each descriptor, and not all of them."""


def pytest_configure(config: pytest.Config) -> None:
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    patch.setattr(sqlite3, "connect", _watched(sqlite3.connect))
    transport: Any = selector_events._SelectorTransport  # type: ignore[attr-defined]  # typeshed has nothing private.
    patch.setattr(transport, "__init__", _watched_transport(transport.__init__))
    patch.setattr(BaseSelectorEventLoop, "close", _watched_close(BaseSelectorEventLoop.close))


def _watched(connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    @wraps(connect)
    def watched(*arguments: object, **options: object) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        _opened.append((os.environ.get("PYTEST_CURRENT_TEST", ""), connection))
        return connection

    return watched


def still_open() -> list[str]:
    """The tests of this module that opened the connections which are open now, one of each."""
    return [test for test, connection in _opened if _is_open(connection)]


def _is_open(connection: sqlite3.Connection) -> bool:
    try:
        return connection.total_changes >= 0
    except sqlite3.ProgrammingError:
        return False


@pytest.fixture(scope="session")
def nothing_is_forgotten_later() -> Iterator[None]:
    """Fails the last test of a worker for what outlived the module that made it and was forgotten afterwards."""
    yield
    gc.unfreeze()
    gc.collect()
    gc.freeze()  # pytest looks as well, five times


@pytest.fixture(scope="module", autouse=True)
def no_connection_is_left(nothing_is_forgotten_later: None) -> Iterator[None]:
    """Fails after the last test of a module, with the names of those whose connections are open still.

    Other things that were forgotten fail that test as what Python cannot raise. What was there before the module is not
    looked at again: that was four fifths of the work.
    """
    gc.collect()
    gc.freeze()
    yield
    left = still_open()
    _opened.clear()
    gc.collect()
    assert not left


def _watched_transport(make: Callable[..., None]) -> Callable[..., None]:
    """Remember a transport until its event loop ends, and close the one of which Python loses sight.

    A server that closes in the turn in which it has accepted a connection refuses its transport, without closing it
    (CPython's issue 109564).
    """

    @wraps(make)
    def watched(transport: Any, loop: asyncio.AbstractEventLoop, *arguments: object, **options: object) -> None:
        _transports[loop].append(transport)
        try:
            make(transport, loop, *arguments, **options)
        except AssertionError:
            transport._sock.close()
            transport._sock = None
            raise

    return watched


def _watched_close(close: Callable[[BaseSelectorEventLoop], None]) -> Callable[[BaseSelectorEventLoop], None]:
    """Close an event loop once its connections are closed, which takes their other ends some turns of it as well."""

    @wraps(close)
    def watched(loop: BaseSelectorEventLoop) -> None:
        deadline = time.monotonic() + SECONDS
        while (left := _connections(loop)) and time.monotonic() < deadline:
            loop.run_until_complete(asyncio.sleep(0.001))
        close(loop)
        _transports.pop(loop, None)
        assert not left

    return watched


def _connections(loop: BaseSelectorEventLoop) -> list[str]:
    """The network connections of an event loop that are not closed yet."""
    return [f"{one!r} of {one._protocol!r}" for one in _transports[loop] if one._sock is not None]
