"""Rows of every table of the store, made from the names of their columns, for tests of what queries do with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

AT = 10**15
"""The moment that all rows have, and that all queries are given."""
ONE = {
    "id": "one", "schedule_id": "one", "round": "one", "round_id": "one", "schedule": "one", "report_id": "one",
    "proposal_id": "one", "identifier": "one", "platform": "discord", "server": "guild", "channel": "hall",
    "person": "discord:1", "starter": "discord:1", "winner": "discord:1", "set_by": "1", "name": "Ada",
    "question": "q", "number": 3, "topic": "october", "local_date": "2026-11-22", "day": 20_000, "key": "key",
    "local_time": "09:00", "zone": "Europe/Berlin", "days": "12345", "owner": "process", "lease_owner": "process",
    "tries": 1, "version": 1, "beats": 1, "token": "token", "text_id": "text", "kind": "quiz", "fact": "fact",
    "state": "active", "most": 9, "skip": 0, "after": "", "right_too": 0, "plain": 9, "whole": 15,
    "within": "guild-", "own": "guild-%", "deliveries.state": "claimed", "rounds.state": "asking", "mode": "race",
}  # fmt: skip
"""What a column, or a parameter, is by its name; what is called so in several tables, by both names."""
FLAGS = {"is_right", "on_card", "in_days", "met_in_review", "missed", "is_closed", "skipped", "late", "stopped", "tidy",
         "alone", "daily", "thread", "private_lookups"}  # fmt: skip
MOMENTS = {"now", "until", "before", "since", "at", "last", "recount", "tomorrow"}
KEYS = {
    "schedule_id", "round_id", "id", "report_id", "proposal_id", "identifier", "platform", "server", "channel",
    "person", "set_by", "name", "question", "number", "topic", "local_date", "day", "key", "local_time", "zone",
    "owner", "tries", "version", "beats", "token", "text_id", "kind", "attempted_at",
}  # fmt: skip
"""Parameters by which rows are found."""
SECOND = {
    "attempts": "question", "cards": "question", "deliveries": "local_date", "departures": "server",
    "library_numberings": "text_id", "made_questions": "question", "made_question_shelves": "question",
    "library_proposals": "proposal_id", "library_texts": "text_id", "library_unused": "text_id", "pace": "name",
    "question_reports": "id", "quiz_schedules": "id kind", "received": "id", "reminders": "person",
    "review_sessions": "person", "reviews": "person", "round_answers": "round", "round_questions": "round",
    "rounds": "id channel", "schedules": "id topic", "scores": "channel",
}  # fmt: skip
"""By which columns a second row of a table differs from the first."""
OTHERS_ROWS = {
    "platform": "slack", "server": "else", "channel": "else", "person": "slack:9", "id": "far", "round": "far",
    "schedule_id": "far", "question": "far", "name": "Zoe", "fact": "far", "number": 5, "token": "far",
}  # fmt: skip
"""How a row of somebody else differs, beside its numbers and moments."""
MORE: tuple[tuple[str, Rows], ...] = (
    ("cards", {"question": "curated"}),
    ("attempts", {"person": "discord:2", "name": "Boris", "is_right": 1, "rating": 4}),
    ("attempts", {"attempted_at": AT + 7, "name": "Ada II", "is_right": 1}),
    ("attempts", {"attempted_at": AT + 8, "question": "q2", "round": "two", "name": "Ada III", "is_right": 1}),
    ("attempts", {"attempted_at": AT + 9, "question": "q3", "round": "", "is_right": 1}),
    ("attempts", {"attempted_at": AT + 9, "question": "q4", "round": "", "is_right": 1}),
    ("attempts", {"attempted_at": AT + 9, "question": "q5", "round": "", "is_right": 0}),
    ("round_questions", {"round": "else", "question": "q9"}),
    ("round_answers", {"person": "discord:2", "name": "Boris", "is_right": 1, "answered_at": AT + 7}),
    ("round_questions", {"number": 4, "question": "q4"}),
    ("scores", {"person": "discord:2", "name": "Boris", "right_ones": 3}),
    ("scores", {"day": 20_001, "name": "Ada II", "right_ones": 2, "answered": 3, "asked": 4}),
    ("scores", {"channel": "two", "day": 20_008, "name": "Ada in two"}),
    ("scores", {"channel": "other", "server": "other", "day": 20_009, "name": "Ada elsewhere"}),
    ("scores", {"platform": "slack", "day": 20_010, "name": "Ada on Slack"}),
    ("scores", {"platform": "slack", "person": "discord:3", "name": "Clara"}),
    ("scores", {"channel": "two", "person": "discord:3", "name": "Clara"}),
    ("fact_counts", {"fact": "fact 2"}),
    ("deliveries", {"local_date": "2026-11-21", "changed_at": AT + 1}),
    ("deliveries", {"local_date": "2026-11-19", "open_at": None, "state": "sent"}),
    ("deliveries", {"local_date": "2026-11-20", "fact": "fact 2", "open_at": None, "state": "failed"}),
    ("deliveries", {"local_date": "2026-11-18", "state": "failed"}),
)
"""More rows of the same people, channels and rounds."""
Rows = dict[str, object]
"""Columns and values."""


def usual(name: str) -> object:
    """The value of a column or parameter that a case says nothing of."""
    if name in ONE:
        return ONE[name]
    if name.endswith("_at") or name in MOMENTS:
        return AT
    return "2026-11-22" if name.endswith("_date") else 0 if name in FLAGS else 1


def column(table: str, name: str) -> object:
    """The value of a table's column that a case says nothing of."""
    return ONE.get(f"{table}.{name}", usual(name))


def insert(connection: sqlite3.Connection, table: str, values: Mapping[str, object]) -> None:
    """Put a row into a table: these columns, and the usual ones."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    row = {name: values.get(name, column(table, name)) for name in columns}
    names, places = ", ".join(row), ", ".join(f":{column}" for column in row)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", row)  # noqa: S608 - names of columns.


@contextmanager
def undone(connection: sqlite3.Connection, changes: Rows) -> Iterator[None]:
    """Columns as a case wants them (`table.column`), until the end.

    A table alone loses its rows (None), or gets one more, as columns.
    """
    connection.execute("BEGIN")
    try:
        _change(connection, changes)
        yield
    finally:
        connection.execute("ROLLBACK")


def _change(connection: sqlite3.Connection, changes: Rows) -> None:
    for name, value in changes.items():
        table, _, column = name.partition(".")
        if column:
            connection.execute(f"UPDATE {table} SET {column} = ?", (value,))  # noqa: S608 - names in this file.
        elif value is None:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names in this file.
        elif value:
            insert(connection, table, value)  # type: ignore[arg-type]  # a second row, as columns
