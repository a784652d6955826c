"""Migrations, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage import departures, learning
from bot.storage.errors import StoreError
from bot.storage.migrate import (
    MIGRATIONS,
    Applied,
    applied_migrations,
    migrate,
    migrations,
    record_migration,
    statements,
)
from bot.storage.session import Session, query
from bot.storage.store import Store
from tests.conftest import NOW

CHECKSUMS = Path(__file__).with_name("migrations.sha256")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped migrations, which a test may change."""
    copy = tmp_path / "migrations"
    copy.mkdir()
    for file in MIGRATIONS.glob("*.sql"):
        (copy / file.name).write_bytes(file.read_bytes())
    return copy


def add(folder: Path, sql: str) -> None:
    number = migrations(folder)[-1].number + 1
    (folder / f"{number:04}_added.sql").write_text(sql)


async def test_a_new_migration_is_applied_once(store: Store, folder: Path) -> None:
    add(folder, "CREATE TABLE notes (words TEXT);\nINSERT INTO notes (words)\nVALUES ('a ; b');\n-- the end")
    for _ in range(2):
        await migrate(store._database, folder)
    assert len(await applied_migrations(store.reader)) == len(migrations(folder))
    async with store.transaction() as tx:
        await tx.execute("INSERT INTO settings (key, value) SELECT words, count(*) FROM notes GROUP BY words")
    assert await store.get_setting("a ; b") == "1"


async def test_a_migration_that_fails_leaves_nothing_of_itself(store: Store, folder: Path) -> None:
    add(folder, "CREATE TABLE half (words TEXT);")
    add(folder, "CREATE TABLE other (words TEXT);\nINSERT INTO nowhere (words) VALUES ('lost');")
    with pytest.raises(Exception, match="nowhere"):
        await migrate(store._database, folder)
    assert len(await applied_migrations(store.reader)) == len(migrations(folder)) - 1
    async with store.transaction() as tx:
        await tx.execute("INSERT INTO half (words) VALUES ('kept')")
        await tx.execute("CREATE TABLE other (words TEXT)")


async def test_a_database_newer_than_the_code_is_refused(database_url: str) -> None:
    store = await Store.open(database_url)
    async with store.transaction() as tx:
        await record_migration(tx, Applied(1000, "1000_future", "0"))
    await store.close()
    with pytest.raises(StoreError, match="newer Smolny"):
        await Store.open(database_url)


async def test_an_edited_migration_is_noticed(store: Store, folder: Path) -> None:
    file = folder / "0001_settings.sql"
    file.write_text(file.read_text() + "-- an afterthought\n")
    with pytest.raises(StoreError, match="0001_settings"):
        await migrate(store._database, folder)


def test_no_migration_is_edited_once_it_has_landed() -> None:
    """Stores were made with it, and would not open. What is to change is a migration of its own."""
    listed = {name: checksum for checksum, name in map(str.split, CHECKSUMS.read_text().splitlines())}
    assert {f"{one.name}.sql": one.checksum for one in migrations(MIGRATIONS)} == listed, (
        "A new migration gets a line in this list by sha256sum; the other lines never change."
    )


async def test_a_store_that_was_made_with_the_other_text_of_a_migration_opens(store: Store, folder: Path) -> None:
    file = folder / "0010_library_proposals.sql"
    added = (folder / "0022_library_proposal_indexes.sql").read_text().replace(" IF NOT EXISTS", "")
    other = file.read_text() + "\n" + added.partition("\n")[2]
    async with store.transaction() as tx:
        await tx.execute("DROP TABLE library_proposals")
        await tx.execute("DELETE FROM migrations WHERE number IN (10, 22)")
    file.write_text(other)
    (folder / "0022_library_proposal_indexes.sql").unlink()
    await migrate(store._database, folder)
    await migrate(store._database)
    indexes = "library_proposals_made", "library_proposals_server"
    async with store.transaction() as tx:
        for index in indexes:
            await tx.execute(f"DROP INDEX {index}")


async def test_line_ends_are_no_edit(store: Store, folder: Path) -> None:
    file = folder / "0001_settings.sql"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    await migrate(store._database, folder)


async def test_a_gap_in_the_numbers_is_filled_whenever_it_may_be(store: Store, folder: Path) -> None:
    """Two branches that were made at once are merged in any order."""
    (folder / "0099_far.sql").write_text("CREATE TABLE far (words TEXT);")
    await migrate(store._database, folder)
    (folder / "0098_nearer.sql").write_text("CREATE TABLE nearer (words TEXT);")
    await migrate(store._database, folder)
    assert [one.number for one in await applied_migrations(store.reader)][-2:] == [98, 99]


def test_a_number_that_two_files_have_is_noticed(folder: Path) -> None:
    (folder / "0001_again.sql").write_text("SELECT 1;")
    with pytest.raises(ValueError, match="one number"):
        migrations(folder)


def test_a_script_is_cut_into_statements() -> None:
    script = "-- first\nINSERT INTO a VALUES (';');\n\nCREATE TABLE b (\n    c TEXT -- no ; end\n);\n-- bye\n"
    assert list(statements(script)) == [
        "-- first\nINSERT INTO a VALUES (';');",
        "CREATE TABLE b (\n    c TEXT -- no ; end\n);",
    ]
    with pytest.raises(ValueError, match="does not end"):
        list(statements("SELECT 1;\nSELECT 2"))


@query(
    """
    INSERT INTO attempts (person, question, attempted_at, name, kind, topics, is_right, rating, round, platform, server,
        channel)
    VALUES (:person, 'q', 1, 'n', 'k', '', TRUE, 3, '', :platform, :server, 'C1')
    """
)
async def put_attempt(tx: Session, person: str, platform: str, server: str) -> int:
    """An answer, as it was kept."""


@query("INSERT INTO learners (person, timezone) VALUES (:person, :zone)")
async def put_learner(tx: Session, person: str, zone: str) -> int:
    """A time zone, as it was kept."""


async def test_people_of_several_workspaces_are_told_apart(store: Store) -> None:
    before = (("slack:U1", "slack", "T7"), ("slack:U2", "slack", "T9"), ("discord:1", "discord", "5"))
    async with store.transaction() as tx:
        await tx.execute("INSERT INTO installations (platform, server, token) VALUES ('slack', 'T7', 'xoxb')")
        for person, platform, server in before:
            await put_attempt(tx, person, platform, server)
            await put_learner(tx, person, platform + server)
        for statement in statements((MIGRATIONS / "0009_slack_people.sql").read_text()):
            await tx.execute(statement)
        await tx.execute("INSERT INTO settings (key, value) SELECT person, server FROM attempts")
    assert await learning.timezone(store.reader, "slack:T7-U1") == "slackT7"
    assert [await learning.timezone(store.reader, one) for one in ("slack:U1", "slack:U2")] == [None, "slackT9"]
    assert [await store.get_setting(one) for one in ("slack:T7-U1", "slack:U2", "discord:1")] == ["T7", "T9", "5"]


async def test_direct_messages_that_were_taken_for_a_departed_server_stay(store: Store) -> None:
    async with store.transaction() as tx:
        for server in ("", "5"):
            await departures.leave(tx, "discord", server, NOW)
        for statement in statements((MIGRATIONS / "0057_direct_messages_never_left.sql").read_text()):
            await tx.execute(statement)
    assert await departures.departed(store.reader, "discord") == ["5"]
