"""What each query of the store finds and changes, tried on rows of each table: its keys, states, times and limits."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, get_origin

import pytest

from bot.storage.session import Query
from tests import golden
from tests.storage.query_conditions import FIRST, FITS, LEAVES, OTHER_USES, SEARCHES, TIMES, case
from tests.storage.sample_rows import (
    AT,
    FLAGS,
    KEYS,
    MOMENTS,
    MORE,
    ONE,
    OTHERS_ROWS,
    SECOND,
    Rows,
    column,
    insert,
    undone,
    usual,
)
from tests.storage.test_queries import BY_NAME

NOTHING: tuple[list[tuple[Any, ...]], ...] = ([], [(0,)], [(None,)])
LIMITED = [name for name in SEARCHES if {"most", "skip"} & set(case(name)[0].parameters)]
RIVALS = {**SECOND, "round_answers": "person", "round_questions": "number question"}
"""By which columns two rows differ of which one comes first."""
GIVEN = {"outcome": "sent", "right_rating": 3, "wrong_rating": 1, **{name: ONE[name] for name in (
    "most", "skip", "after", "right_too", "plain", "whole", "within", "own")}}  # fmt: skip
PARAMETERS = {"id": "identifier", "round": "round_id"}
"""What parameters are called that have other names than their columns."""
CONFLICT = re.compile(r"ON CONFLICT \((.+?)\)")
TIMED = {p for one in BY_NAME.values() for p in one.parameters if p in MOMENTS or p.endswith("_at")}
NEW_AT = {name: AT + 1_000 + number for number, name in enumerate(sorted(TIMED))}
WORDS: Mapping[object, str] = {AT: "then", **{moment: f"new {name}" for name, moment in NEW_AT.items()}}
"""How moments are written down."""
Row = tuple[tuple[str, object], ...]


@pytest.fixture(scope="module")
def database(migrated: Path) -> Iterator[sqlite3.Connection]:
    """One row in each table, all of one server, channel and person."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with sqlite3.connect(migrated) as kept:
        kept.backup(connection)
    kept.close()
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'migrations'")
    for (table,) in tables.fetchall():
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a table's own name.
        insert(connection, table, {})
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def pair(database: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Two rows in each table that a query reads part of."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    database.backup(connection)
    for table, columns in SECOND.items():
        insert(connection, table, dict.fromkeys(columns.split(), "two"))
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def crowd(pair: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Rows of several people, servers and rounds in each table."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    pair.backup(connection)
    tables = connection.execute("SELECT DISTINCT name FROM sqlite_master WHERE type = 'table' AND name <> 'migrations'")
    for (table,) in tables.fetchall():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        usually = {name: column(table, name) for name in columns if name not in FLAGS}
        more = {name: value + 5 for name, value in usually.items() if isinstance(value, int)}
        insert(connection, table, more | dict.fromkeys(("text_id", "proposal_id", "key"), "far") | OTHERS_ROWS)
    for table, row in MORE:
        insert(connection, table, row)
    yield connection
    connection.close()


def values_of(one: Query, given: Rows) -> dict[str, object]:
    return {name: given.get(name, usual(name)) for name in one.parameters}


def result(connection: sqlite3.Connection, one: Query, given: Rows) -> list[tuple[Any, ...]]:
    """The rows that a query returns, or one with the number of those that it changed."""
    cursor = connection.execute(one.sql, values_of(one, given))
    return cursor.fetchall() if one.has_rows else [(cursor.rowcount,)]


def finds(connection: sqlite3.Connection, one: Query, changes: Rows, given: Rows) -> bool:
    with undone(connection, changes):
        found = result(connection, one, given)
        return found != [] if get_origin(one.returns) is list else found not in NOTHING


def test_every_query_finds_what_is_its_own_and_nothing_by_another_key(database: sqlite3.Connection) -> None:
    blind = [name for name in SEARCHES if not finds(database, *case(name))]
    assert blind == []
    found = []
    for name in SEARCHES:
        one, changes, given = case(name)
        for key in sorted(KEYS & set(one.parameters)):
            usually = given.get(key, usual(key))
            other = f"other {usually}" if isinstance(usually, str) else 0
            if (name, key) not in OTHER_USES and finds(database, one, changes, {**given, key: other}):
                found.append((name, key))
    assert found == []


def test_a_query_leaves_alone_what_it_is_not_to_find(database: sqlite3.Connection) -> None:
    found = []
    for name, several in LEAVES.items():
        one, changes, given = case(name)
        found += [(name, other) for other in several if finds(database, one, {**changes, **other}, given)]
    assert found == []


def test_every_moment_is_within_or_without_as_it_is_to_be(database: sqlite3.Connection) -> None:
    wrong = []
    for line in TIMES.strip().splitlines():
        name, _, rule = line.strip().partition(": ")
        column, relation, parameter = rule.split()
        one, changes, given = case(name)
        row, earlier, later = ("m", "l", "n") if column.endswith((".id", ".person")) else (AT, AT - 1, AT + 1)
        for moment, side in ((earlier, ">"), (row, "="), (later, "<")):
            if finds(database, one, {**changes, column: row}, {**given, parameter: moment}) != (side in relation):
                wrong.append((line, side))
    assert wrong == []


def many(connection: sqlite3.Connection, one: Query, changes: Rows, given: Rows) -> int:
    """How many rows a query finds or changes."""
    with undone(connection, changes):
        found = result(connection, one, given)
        return len(found) if one.has_rows else found[0][0]


def test_no_query_takes_more_than_it_is_to(pair: sqlite3.Connection) -> None:
    wrong = []
    for name in LIMITED:
        one, changes, given = case(name)
        if name == "retention._nth_delivery":
            given = {**given, "most": 1}  # the place of the one that is looked for
            expected = [({}, 1), ({"most": 2}, 0)]
        else:
            expected = [({}, 2), ({"most": 1}, 1), *([({"skip": 1}, 1)] if "skip" in one.parameters else [])]
        wrong += [(name, other) for other, number in expected if many(pair, one, changes, {**given, **other}) != number]
    assert wrong == []


def order(connection: sqlite3.Connection, name: str, column: str, values: tuple[object, object]) -> int:
    """Which of two rows, which differ in a column's values, a query takes: 0 the first, 1 the second."""
    one, changes, given = case(name)
    table, _, field = column.partition(".")
    own = {key.partition(".")[2]: value for key, value in changes.items() if key.startswith(f"{table}.")}
    rows = [{**own, field: values[0]}, {**own, **dict.fromkeys(RIVALS[table].split(), "two"), field: values[1]}]
    words = one.sql.split()
    changed = f"SELECT * FROM {words[1] if words[0] == 'UPDATE' else words[2]}"  # noqa: S608 - a table's own name.
    taken: list[object] = []
    for chosen in (rows[:1], rows[1:], rows):
        with undone(connection, {**changes, table: None}):
            for row in chosen:
                insert(connection, table, row)
            if one.has_rows:
                taken.append(result(connection, one, {"most": 1, **given})[0])
            else:
                before = connection.execute(changed).fetchall()
                result(connection, one, {"most": 1, **given})
                taken.append(set(before) - set(connection.execute(changed)))
    assert taken[0] != taken[1], f"{name} does not tell {column}"
    return taken.index(taken[2])


def test_what_comes_first_comes_first(pair: sqlite3.Connection) -> None:
    wrong = []
    for line in FIRST.strip().splitlines():
        name, _, rule = line.strip().partition(": ")
        column, _, is_descending = rule.partition(" ")
        usually = FITS.get(name, ({}, {}))[0].get(column, usual(column.partition(".")[2]))
        low, high = (usually - 2, usually) if isinstance(usually, int) else ("a", "z")
        first = (order(pair, name, column, (low, high)), order(pair, name, column, (high, low)))
        wrong += [line] if first != ((1, 0) if is_descending else (0, 1)) else []
    assert wrong == []


def test_what_each_query_returns_is_kept(crowd: sqlite3.Connection) -> None:
    golden.check("store", "results.txt", "\n".join(results(crowd)) + "\n")


def results(connection: sqlite3.Connection) -> Iterator[str]:
    for name in sorted(BY_NAME.keys() & set(SEARCHES) - {"migrate.applied_migrations"}):
        one, _, given = case(name)
        if one.sql.startswith("INSERT"):
            yield f"{name}: {effect(connection, name, KEYS, {})}"
        elif one.sql.startswith("SELECT") and "SELECT *" not in one.sql:
            found = [", ".join(str(WORDS.get(value, value)) for value in row) for row in result(connection, one, given)]
            yield f"{name}: {'; '.join(found)}"


def rows(connection: sqlite3.Connection) -> set[tuple[str, Row]]:
    """All rows of all tables, each with its table's name and the names of its columns."""
    found = set()
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        cursor = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - a table's own name.
        names = [one[0] for one in cursor.description]
        found |= {(table, tuple(zip(names, row, strict=True))) for row in cursor}
    return found


def effect(connection: sqlite3.Connection, name: str, keys: Collection[str], changes: Rows) -> str:
    """What a query changes, in a line, where it is given something new for all but the keys of a row that is there."""
    one, _, given = case(name)
    new = {name: NEW_AT.get(name, f"new {name}") for name in one.parameters if name not in keys}
    with undone(connection, changes):
        before = rows(connection)
        connection.execute(one.sql, values_of(one, {**new, **GIVEN, **given})).fetchall()
        after = rows(connection)
    lost, made = sorted(before - after, key=str), sorted(after - before, key=str)
    if len(lost) == len(made):
        pairs = zip(lost, made, strict=True)
        return "; ".join(f"{table}: {written(row, old)}" for (table, old), (_, row) in pairs) or "nothing"
    return "; ".join([f"- {table}" for table, _ in lost] + [f"+ {table}: {written(row)}" for table, row in made])


def written(row: Row, old: Row = ()) -> str:
    """The columns of a row that differ from another's, or all of them."""
    return ", ".join(f"{name}={WORDS.get(value, value)}" for name, value in row if (name, value) not in old)


def effects(connection: sqlite3.Connection) -> Iterator[str]:
    for name in sorted({*BY_NAME, *FITS} - {"migrate.record_migration"}):
        sql, changes = case(name)[0].sql, case(name)[1]
        if "VALUES" in sql:
            yield f"{name}: {effect(connection, name, (), changes)}"
            if "ON CONFLICT" in sql:
                found = CONFLICT.search(sql)
                keys = [PARAMETERS.get(key, key) for key in found[1].split(", ")] if found else KEYS
                yield f"{name}, again: {effect(connection, name, keys, changes)}"
        elif not sql.startswith("SELECT"):
            yield f"{name}: {effect(connection, name, KEYS, changes)}"


def test_what_each_query_changes_is_kept(database: sqlite3.Connection) -> None:
    golden.check("store", "changes.txt", "\n".join(effects(database)) + "\n")
