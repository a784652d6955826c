"""A pytest plugin: no module of tests may leave a connection to an SQLite database open.

From Python 3.13 on, one that is forgotten warns whenever the garbage is collected, in whatever test that comes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from functools import wraps

import pytest

_opened: list[tuple[str, sqlite3.Connection]] = []
"""Connections and the tests that opened them. They are kept, so that none is closed by being forgotten."""


@pytest.fixture(scope="session", autouse=True)
def _watched_connections() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", _watched(sqlite3.connect))
        yield


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


@pytest.fixture(scope="module", autouse=True)
def no_connection_is_left() -> Iterator[None]:
    """Fails after the last test of a module, with the names of those whose connections are open still."""
    yield
    left = still_open()
    _opened.clear()
    assert not left
