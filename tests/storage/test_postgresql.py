"""What is PostgreSQL's alone: processes that freeze, rows that somebody has, migrations that take long."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import pytest

from bot.storage import postgresql
from bot.storage.migrate import MIGRATIONS, migrate
from bot.storage.postgresql import SETTINGS
from bot.storage.session import Session, query
from bot.storage.store import Store


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
            async with asyncio.timeout(5), other.transaction() as others:
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
