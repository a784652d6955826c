"""Stores of released versions: each opens with today's code, with the schema of a new one and all that was in it.

`released/<version>.sql` is a dump of a store that this version made and filled, by `sqlite3 FILE .dump`.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.storage import deliveries, installations, learning, rounds, schedules
from bot.storage.migrate import MIGRATIONS, migrations
from bot.storage.store import Store
from tests.storage.sample_rows import insert

RELEASED = sorted(Path(__file__).with_name("released").glob("*.sql"))


@pytest.fixture(params=RELEASED, ids=[one.stem for one in RELEASED])
async def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A store of a released version, opened and closed once by today's code."""
    file = tmp_path / "smolny.db"
    with closing(sqlite3.connect(file)) as made:
        made.executescript(request.param.read_text("utf-8"))
    await (await Store.open(f"sqlite:///{file}")).close()
    return file


def schema(file: Path) -> set[tuple[str, ...]]:
    """The columns of each table, as far as they matter, and the indexes."""
    with closing(sqlite3.connect(file)) as opened:
        tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {
            (table, str(name), str(kind), str(required), str(key))
            for table in tables
            for _, name, kind, required, _, key in opened.execute(f"PRAGMA table_info({table})")
        }
        indexes = opened.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index'")
        return columns | {(table, name, " ".join((sql or "").split())) for table, name, sql in indexes}


async def test_its_schema_is_that_of_a_new_store(file: Path, migrated: Path) -> None:
    assert schema(file) == schema(migrated)


async def test_schedules_and_their_history_go_on(file: Path) -> None:
    store = await Store.open(f"sqlite:///{file}")
    found = await schedules.of_server(store.reader, "discord", "guild")
    assert [(one.channel, one.topic, one.local_time, one.zone, one.days, one.state) for one in found] == [
        ("100", "", "09:00", "Europe/Berlin", "12345", schedules.State.ACTIVE),
        ("101", "coalition", "21:30", "Asia/Kolkata", "1234567", schedules.State.ACTIVE),
    ]
    sent = await deliveries.get(store.reader, found[0].id, date(2026, 11, 20))
    assert sent
    assert sent.message == "901"
    due = await schedules.next_due_at(store.reader, "discord")
    await store.close()
    assert due == datetime(2026, 11, 22, 16, 0, tzinfo=UTC)


async def test_what_people_did_is_there(file: Path) -> None:
    store = await Store.open(f"sqlite:///{file}")
    reader = store.reader
    counts = [sum(one.answered for one in await learning.answer_counts(reader, f"discord:{n}")) for n in (1, 2)]
    zone = await learning.timezone(reader, "discord:2")
    reports = await learning.reports(reader, "discord", "guild", most=10, skip=0)
    token = await installations.get_installation(reader, "slack", "T1")
    running = await rounds.running(reader, "discord", "100")
    await store.close()
    assert (counts, zone, token) == ([2, 2], "Europe/Berlin", "xoxb-of-the-fixture")
    assert [one.words for one in reports] == ["Two options are right."]
    assert running
    assert running.starter_name == "Ada"


MADE = '{"id":"%s","kind":"gap","references":[{"text":"%s","paragraph":1}],"words":"%s"}'


async def test_words_of_texts_that_are_gone_go_from_a_store_of_before_they_went_with_their_text(tmp_path: Path) -> None:
    file = tmp_path / "smolny.db"
    with closing(sqlite3.connect(file)) as made, made:
        made.executescript("".join(one.sql for one in migrations(MIGRATIONS) if one.number < 55))
        made.execute("CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT, checksum TEXT)")
        for one in migrations(MIGRATIONS):
            if one.number < 55:
                made.execute("INSERT INTO migrations VALUES (?, ?, ?)", (one.number, one.name, one.checksum))
        for table, text in (("library_texts", "kept"), ("library_numberings", "gone")):
            insert(made, table, {"text_id": text})
        insert(made, "library_texts", {"platform": "", "server": "", "text_id": "shared"})
        for number, text in enumerate(("kept", "gone", "shared", "speech")):
            question = f"gap-{number:012x}"
            asked = {"question": question, "asked": MADE % (question, text, f"words of {text}")}
            insert(made, "made_questions", asked)
            insert(made, "attempts", asked)
            insert(made, "reviews", asked | {"person": text})
            insert(made, "round_questions", asked | {"number": number})
            insert(made, "question_reports", asked | {"id": text})
        insert(made, "rounds", {})
    await (await Store.open(f"sqlite:///{file}")).close()
    with closing(sqlite3.connect(file)) as opened:
        for table in ("made_questions", "reviews", "round_questions", "question_reports"):
            asked_there = str(opened.execute(f"SELECT asked FROM {table}").fetchall())  # noqa: S608 - a table's own name.
            assert [one for one in ("kept", "gone", "shared", "speech") if f"words of {one}" in asked_there] == [
                "kept", "shared", "speech",
            ]  # fmt: skip
        assert opened.execute("SELECT COUNT(*) FROM attempts").fetchall() == [(4,)]
        shelves = "SELECT text_id, server FROM made_questions JOIN made_question_shelves USING (question) ORDER BY 1"
        assert opened.execute(shelves).fetchall() == [("kept", "guild"), ("shared", "")]
