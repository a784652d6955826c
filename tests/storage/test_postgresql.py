"""What is PostgreSQL's alone: processes that freeze, rows that somebody has, migrations that take long."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import struct
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext, suppress
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.core.app import App
from bot.core.context import Person, Place
from bot.core.funnel import STORE_AWAY, catch_errors
from bot.platforms.typed_commands import answer_line
from bot.storage import postgresql, schedules
from bot.storage.errors import StoreError
from bot.storage.migrate import MIGRATIONS, applied_migrations, migrate, migrations
from bot.storage.postgresql import SETTINGS
from bot.storage.session import Session, query
from bot.storage.settings import put_setting
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from tests.databases import own_server
from tests.logs import capture_logs
from tests.processes import ended, until, waits
from tests.scheduler.conftest import NINE, schedule
from tests.storage.query_conditions import case
from tests.storage.sample_rows import column, usual
from tests.storage.test_queries import SHIPPED


async def read(store: Store) -> None:
    await store.get_setting("greeting")


async def write(store: Store) -> None:
    await store.set_setting("greeting", "hello")


@query("SELECT current_setting(:name) AS value")
async def current_setting(session: Session, name: str) -> str:
    """What a connection asked of the server."""


async def test_each_connection_asks_for_its_limits(postgresql_url: str) -> None:
    store = await Store.open(postgresql_url)
    found = {name: await current_setting(store.reader, name) for name in SETTINGS}
    await store.close()
    # A Unix socket needs no keepalives, and has none.
    assert found in (SETTINGS, SETTINGS | {name: "0" for name in SETTINGS if name.startswith("tcp")})


async def test_a_frozen_process_lets_go_of_what_it_locked(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SETTINGS, "idle_in_transaction_session_timeout", "300ms")
    frozen, other = await Store.open(postgresql_url), await Store.open(postgresql_url)

    async def freeze() -> None:
        async with frozen.transaction() as tx:
            await tx.hold("round")
            async with asyncio.timeout(60), other.transaction() as others:
                await others.hold("round")
            # It wakes, and finds that it has nothing any more.
            await tx.hold("round")

    with pytest.raises(frozen.errors):
        await freeze()
    for one in (frozen, other):
        await one.close()


async def test_whoever_waits_for_a_row_hears_in_time_that_it_is_not_to_be_had(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SETTINGS, "lock_timeout", "200ms")
    store = await Store.open(postgresql_url)
    async with store.transaction() as tx:
        await tx.hold("round")
        with pytest.raises(asyncpg.LockNotAvailableError):
            async with store.transaction() as others:
                await others.hold("round")
    await store.close()


async def test_a_failover_leaves_nobody_with_a_server_that_takes_no_changes(postgresql_url: str) -> None:
    """A connection that was opened to a standby stays one for its whole life, and a busy one would never end."""
    admin, store = await asyncpg.connect(postgresql_url), await Store.open(postgresql_url)
    await admin.execute(_TAKES_NO_CHANGES.format(value="on"))
    await admin.execute(_END_OTHERS)
    await until(lambda: refuses(store))
    await admin.execute("SET default_transaction_read_only = off")
    await admin.execute(_TAKES_NO_CHANGES.format(value="off"))
    with suppress(asyncpg.ReadOnlySQLTransactionError):
        await store.set_setting("greeting", "hello")
    await store.set_setting("greeting", "good evening")
    assert await store.get_setting("greeting") == "good evening"
    await store.close()
    await admin.close()


_TAKES_NO_CHANGES = """
    DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = {value}', current_database());
    END $$
"""
_END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


async def refuses(store: Store) -> bool:
    """Whether the store is connected, and takes no changes."""
    try:
        await store.set_setting("greeting", "hello")
    except asyncpg.ReadOnlySQLTransactionError:
        return True
    except store.errors:
        pass
    return False


@pytest.mark.parametrize("first", [read, write])
async def test_a_network_that_fell_silent_costs_one_statement(
    first: Callable[[Store], Awaitable[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is not answered on one connection is not on the others that were open; a new one may be."""
    monkeypatch.setattr(postgresql, "_LIMITS", postgresql._LIMITS | {"command_timeout": PATIENCE})
    with own_server() as server:
        store = await Store.open(server.url)
        await asyncio.gather(*(write(store) for _ in range(4)))
        admin = await asyncpg.connect(server.url)
        silent = [one["pid"] for one in await admin.fetch(_OTHERS)]
        assert len(silent) > 1
        for pid in silent:
            os.kill(pid, signal.SIGSTOP)
        began, waited = time.monotonic(), waits(os.getpid())
        with pytest.raises(store.errors):
            await first(store)
        # Nobody waits as long again until it is clear that what was asked is not answered.
        assert time.monotonic() - began - (waits(os.getpid()) - waited) < 1.8 * PATIENCE
        for one in (read, write, read, write):
            await one(store)
        for pid in silent:
            os.kill(pid, signal.SIGCONT)
        await admin.close()
        await store.close()


def from_server(kind: bytes, content: bytes) -> bytes:
    """A message as PostgreSQL sends it."""
    return kind + struct.pack("!i", len(content) + 4) + content


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"-ERR unknown command\r\n",
        b"N\x00\x01 no message",
        # Ways to log in that asyncpg does not know, and one that there is not.
        *(b"N" + from_server(b"R", struct.pack("!i", way)) for way in (2, 6, 7, 99)),
        b"N" + from_server(b"E", b"SFATAL\0C53300\0Mtoo many clients\0\0"),
    ],
)
async def test_whatever_listens_there_instead_the_address_is_not_blamed(answer: bytes) -> None:
    """And the password is not repeated."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(8)
        writer.write(answer[:1])
        if answer.startswith(b"N"):  # no encryption, and the client goes on without
            await reader.read(1)
        writer.write(answer[1:])
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        for use in (postgresql.open_postgresql, postgresql.fetch_version):
            with pytest.raises(StoreError, match="does not let Smolny in") as raised:
                await use(f"postgresql://ada:secret@127.0.0.1:{port}/store")
            assert "secret" not in str(raised.value)


async def test_a_server_that_is_away_is_said_by_whoever_needs_it(caplog: pytest.LogCaptureFixture) -> None:
    """The library of the connections would say it too, in twenty lines each time."""
    with own_server() as server:
        store = await Store.open(server.url)
        await write(store)
        await asyncio.to_thread(server.stop, signal.SIGINT)
        for one in (read, write):
            with pytest.raises(store.errors):
                await one(store)
        await asyncio.to_thread(server.start)
        await write(store)
        await store.close()
    assert not [record for record in caplog.records if record.name.startswith("asyncpg")]


async def test_whoever_asks_while_the_server_is_away_hears_just_that(corpus: Corpus) -> None:
    """Each line of the log has the error's name and no traceback: nothing of it is the program's fault."""
    with own_server() as server, capture_logs() as lines:
        store = await Store.open(server.url)
        app = App(FEATURES, corpus, store)
        ctx = app.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"))
        await app.act("settings.lookups", "private", ctx)
        await asyncio.to_thread(server.stop, signal.SIGINT)
        replies = [await app.act("settings.lookups", "public", ctx), await answer_line(app, "/daily list", ctx)]
        await asyncio.to_thread(server.start)
        assert not (await app.act("settings.lookups", "public", ctx)).error
        await store.close()
    assert [one.error for one in replies] == [STORE_AWAY] * 2
    failed = [one for one in lines if one["event"] == "failed"]
    assert [one["incident"] for one in failed] == [one.incident for one in replies]
    # A server on a socket leaves none behind.
    assert {one["error"] for one in failed} <= {"ConnectionRefusedError", "FileNotFoundError"}
    assert not [one for one in failed if "where" in one]


@pytest.mark.parametrize("ends", [True, False])
async def test_a_server_that_ends_a_connection_or_takes_no_changes_is_no_fault_of_the_bot(
    postgresql_url: str, *, ends: bool
) -> None:
    admin, store = await asyncpg.connect(postgresql_url), await Store.open(postgresql_url)

    async def broken() -> None:
        async with store.transaction() as tx:
            await (admin.execute(_END_OTHERS) if ends else tx.execute("SET TRANSACTION READ ONLY"))
            await put_setting(tx, "greeting", "hello")

    ended = await catch_errors("sample", broken)
    assert (ended.mistake.error, ended.outcome["outcome"]) == (STORE_AWAY, "failed")
    await admin.close()
    await store.close()


PATIENCE = 2.0
_OTHERS = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"


async def test_a_migration_takes_as_long_as_it_takes(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """So does waiting for another process that is at it."""
    monkeypatch.setattr(postgresql, "_LIMITS", postgresql._LIMITS | {"command_timeout": 0.2})
    monkeypatch.setitem(SETTINGS, "lock_timeout", "200ms")
    for file in MIGRATIONS.glob("*.sql"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "0099_long.sql").write_text("SELECT pg_sleep(0.6);")

    async def slow(database: object) -> None:
        await migrate(database, tmp_path)  # type: ignore[arg-type]  # as the store calls it

    monkeypatch.setattr(postgresql, "migrate", slow)
    stores = await asyncio.gather(*(Store.open(postgresql_url) for _ in range(2)))
    for store in stores:
        await store.close()


def bring_up_to_date(url: str, folder: Path) -> None:
    """Open a store as a process that knows the migrations of a folder."""

    async def bring() -> None:
        await migrate((await Store.open(url))._database, folder)

    asyncio.run(bring())


@query("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()")
async def count_sleepers(session: Session) -> int:
    """How many connections to the database are asleep."""


async def test_a_kill_in_the_middle_of_a_migration_leaves_nothing_of_it(
    postgresql_url: str, tmp_path: Path, processes: ForkServerContext
) -> None:
    store, folder = await Store.open(postgresql_url), tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    added = folder / "9999_added.sql"
    added.write_text("CREATE TABLE half (number INTEGER);\nINSERT INTO half VALUES (1);\nSELECT pg_sleep(0.7);")
    process = processes.Process(target=bring_up_to_date, args=(postgresql_url, folder))
    process.start()
    await until(lambda: count_sleepers(store.reader))
    await ended([process])
    # The server notices when the statement is over; until then, whoever starts waits.
    added.write_text("CREATE TABLE half (words TEXT);")
    await migrate(store._database, folder)
    assert (await applied_migrations(store.reader))[-1].number == migrations(folder)[-1].number
    await store.close()


CLAIMS = [one for one in SHIPPED if "skip locked" in one.sql and "UPDATE" in one.sql]
# A planner that has no better way joins row by row, and makes a subquery anew for each row.
ROW_BY_ROW = ("hashjoin", "mergejoin", "material", "hashagg", "sort", "memoize")


async def test_no_claim_takes_more_than_it_is_to_however_it_is_planned(postgresql_url: str) -> None:
    store = await Store.open(postgresql_url)
    async with store.transaction() as tx:
        kept = [await schedules.put(tx, schedule(f"{n}")) for n in range(20)]
        for one in kept:
            await schedules.pause_broken(tx, one.id, "gone", NINE)
        for name in ROW_BY_ROW:
            await tx.execute(f"SET LOCAL enable_{name} = off")
        assert len(await schedules.claim_checks(tx, "test", NINE, NINE, 3)) == 3
    await store.close()
    connection = await asyncpg.connect(postgresql_url, server_settings={f"enable_{name}": "off" for name in ROW_BY_ROW})
    assert len(CLAIMS) > 4
    for claim in CLAIMS:
        statement = await connection.prepare(claim.numbered)
        values = ["" if parameter.name == "text" else 1 for parameter in statement.get_parameters()]
        [update] = await statement.explain(*values)
        first = update["Plan"]["Plans"][0]
        # What locks rows is done once, before all else.
        assert first["Subplan Name"] == "CTE claimed", claim.sql
        assert "LockRows" in str(first)
        assert str(update).count("LockRows") == 1
    await connection.close()


WAITS = ("pace._hold", "quiz_schedules.hold", "rounds.hold", "rounds.hold_of_person")
PASSES_BY = (
    "deliveries._take_over", "quiz_schedules.claim", "reminders.due", "rounds.claim", "rounds.claim_unshown",
    "schedules.claim_checks", "schedules.due",
)  # fmt: skip
"""The queries that wait for rows that somebody has, and those that find others."""
KINDS: dict[str, Callable[[Any], object]] = {
    "text": str, "boolean": bool, "bytea": lambda value: str(value).encode(), "double precision": float,
}  # fmt: skip


async def fill(connection: asyncpg.Connection, table: str, changes: Mapping[str, object]) -> None:
    """Put a table's only row in again, with a case's columns."""
    columns = await connection.fetch(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = $1", table
    )
    row = {}
    for name, kind in columns:
        value = changes.get(f"{table}.{name}", column(table, name))
        row[name] = value if value is None else KINDS.get(kind, int)(value)
    places = ", ".join(f"${place}" for place in range(1, len(row) + 1))
    await connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a table's own name.
    await connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", *row.values())  # noqa: S608


async def test_what_one_process_has_no_other_gets(postgresql_url: str) -> None:
    """Of two transactions at once, the second finds nothing, or has to wait, as each query says."""
    await (await Store.open(postgresql_url)).close()
    mine, others = [await asyncpg.connect(postgresql_url) for _ in range(2)]
    await others.execute("SET lock_timeout = '20ms'")
    for name in (*WAITS, *PASSES_BY):
        one, changes, given = case(name)
        [table, *_] = re.findall(r"FROM (\w+)", one.sql)
        await mine.execute("DELETE FROM deliveries")
        for filled in dict.fromkeys(("schedules", table)):
            await fill(mine, filled, {**changes, "rounds.shown": 5})
        arguments = [given.get(parameter, usual(parameter)) for parameter in one.parameters]
        async with mine.transaction():
            assert await mine.fetch(one.numbered, *arguments), name
            with pytest.raises(asyncpg.LockNotAvailableError) if name in WAITS else nullcontext():
                assert await others.fetch(one.numbered, *arguments) == [], name
    for connection in (mine, others):
        await connection.close()
