"""Every query there is: both databases understand it, and none reads all of a table that grows."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import msgspec
import pytest

import bot.storage
from bot.storage.session import QUERIES, Query, Session, query
from bot.storage.store import Store

for _module in pkgutil.iter_modules(bot.storage.__path__):
    importlib.import_module(f"bot.storage.{_module.name}")

SMALL = {"migrations", "connections", "oauth_states", "answers", "counted", "counts"}
"""Tables that stay small, and names of what is selected within a query."""
SCANS = re.compile(
    r"SCAN (\w+)(?! USING (?:COVERING )?INDEX)"
    r"|SEARCH (\w+) USING (?:COVERING )?INDEX (?!\w+_(?:due|check) )\w+ \(platform=\?\)$"
)
"""A step that reads all of a table, or what one platform has in it, which may be as much. An index of what is due has
little in it, or the first at its beginning.
"""
RARE = {
    "bot.storage.departures.servers_of", "bot.storage.departures.departed", "bot.storage.library._ids_of_servers",
    "bot.storage.schedules._forget_earlier_setter",
}  # fmt: skip
"""Asked once a day, or when a text is added for everybody, and read from indexes alone; or when somebody has their data
deleted, of the schedules that were changed."""
ROOM = Path(bot.storage.__file__).parent
SHIPPED = [one.query for one in QUERIES if one.name.startswith("bot.")]
"""Those of the bot: other tests make some of their own."""
BY_NAME = {one.name.removeprefix("bot.storage."): one for one in SHIPPED}


def sources() -> dict[str, str]:
    return {str(file): file.read_text("utf-8") for top in ("bot", "cogs") for file in Path(top).rglob("*.py")}


async def test_postgresql_understands_every_query(postgresql_url: str) -> None:
    store = await Store.open(postgresql_url)
    connection = await asyncpg.connect(postgresql_url)
    for one in SHIPPED:
        statement = await connection.prepare(one.numbered)
        assert len(statement.get_parameters()) == len(one.parameters), one.name
    await connection.close()
    await store.close()


async def test_no_query_scans_a_table_that_grows(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    store = await Store.open(str(file))
    await store.close()
    connection = sqlite3.connect(file)
    scans = []
    for one in SHIPPED:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {one.sql}", dict.fromkeys(one.parameters, 1))
        steps = [row[3] for row in plan if one.name not in RARE]
        scanned = [found[1] or found[2] for step in steps if (found := SCANS.match(step))]
        scans += [(one.name, table) for table in scanned if table not in SMALL]
    connection.close()
    assert scans == []


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("schedules.due", "schedules_due"),
        ("schedules.next_due_at", "schedules_due"),
        ("schedules.claim_checks", "schedules_check"),
        ("schedules.next_check_at", "schedules_check"),
        ("deliveries._take_over", "deliveries_open"),
        ("deliveries.next_open_at", "deliveries_open"),
        ("rounds.claim", "rounds_due"),
    ],
)
async def test_what_is_due_is_found_in_its_order(tmp_path: Path, name: str, index: str) -> None:
    file = tmp_path / "store.db"
    store = await Store.open(str(file))
    await store.close()
    connection = sqlite3.connect(file)
    one = BY_NAME[name]
    plan = connection.execute(f"EXPLAIN QUERY PLAN {one.sql}", dict.fromkeys(one.parameters, 1))
    steps = " ".join(row[3] for row in plan)
    connection.close()
    assert f"INDEX {index}" in steps
    assert "TEMP B-TREE" not in steps


async def test_what_one_person_missed_is_read_without_the_answers_of_the_others(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    await (await Store.open(str(file))).close()
    connection = sqlite3.connect(file)
    one = BY_NAME["round_answers.missed"]
    [step] = connection.execute(f"EXPLAIN QUERY PLAN {one.sql}", dict.fromkeys(one.parameters, 1)).fetchall()
    connection.close()
    assert "attempts_round (round=? AND person=?)" in step[3]


def test_every_query_is_used() -> None:
    words = [re.findall(r"\w+", source) for source in sources().values()]
    uses = [word for file in words for word in file]
    assert [one.name for one in SHIPPED if uses.count(one.name.rpartition(".")[2]) < 2] == []


def test_every_query_has_its_types() -> None:
    """A session runs what `query` made, and nothing is asked of it by a name that mypy cannot see."""
    for file, source in sources().items():
        for owner in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)):
            assert "__getattr__" not in {getattr(node, "name", "") for node in owner.body}, file
    for one in SHIPPED:
        assert one.returns is not None, one.name


class Person(msgspec.Struct, frozen=True):
    name: str
    born_at: datetime


@pytest.mark.parametrize("sql", ["SELECT :id AS a", "SELECT :id AS a, :name AS b, :age AS c", "SELECT 1 AS a"])
async def test_a_statement_that_does_not_fit_its_function_is_never_run(store: Store, sql: str) -> None:
    made = QUERIES.copy()

    async def wrong(session: Session, id: str, person: Person, other: int) -> int:  # noqa: A002 - a column's name.
        raise NotImplementedError

    wrong.__annotations__ = {"session": Session, "id": str, "person": Person, "other": int, "return": int}
    ask = query(sql)(wrong)
    QUERIES[:] = made
    with pytest.raises(TypeError, match="wrong"):
        await ask(store.reader, "1", Person("Leon", datetime.now(UTC)), 2)


def test_names_are_found_outside_words_and_casts() -> None:
    one = Query(
        "q", "SELECT ':no', a::text -- it: :not\nFROM b WHERE c = :c AND d = :d AND e = :c /*skip locked*/", int
    )
    assert one.parameters == ("c", "d")
    assert one.numbered.endswith("WHERE c = $1 AND d = $2 AND e = $1 FOR UPDATE SKIP LOCKED")


async def test_a_row_is_read_as_its_function_promises(store: Store) -> None:
    born = datetime(1879, 11, 7, 12, 30, 0, 1, tzinfo=UTC)
    made = QUERIES.copy()

    async def person(session: Session, given: Person) -> Person | None:
        raise NotImplementedError

    person.__annotations__ = {"session": Session, "given": Person, "return": Person | None}
    ask = query("SELECT CAST(:name AS TEXT) AS name, CAST(:born_at AS BIGINT) AS born_at")(person)
    none = query("SELECT key AS name, 0 AS born_at FROM settings WHERE key = :name AND 0 < CAST(:born_at AS BIGINT)")(
        person
    )
    QUERIES[:] = made
    assert await ask(store.reader, Person("Leon", born)) == Person("Leon", born)
    assert await none(store.reader, given=Person("Leon", born)) is None
