"""/privacy: what is kept about somebody, a copy of it, and nothing left once they have it deleted."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.reply import File, Prose
from bot.storage import schedules
from bot.storage.privacy import PersonalData
from bot.storage.retention import RULES
from bot.storage.store import Store
from tests.conftest import Ask, Press
from tests.fakes.platform import QuietPlatform
from tests.storage.sample_rows import insert

PAGE = Path(__file__).parents[2] / "PRIVACY.md"
TERMS = PAGE.with_name("TERMS.md")
ZOE = Person("person-31", "Zoe Q", admin=True)


@pytest.fixture
def store(store_in_file: Store) -> Store:
    return store_in_file


@pytest.fixture
def zoe(app: App) -> Context:
    return app.context(ZOE, Place("test", "general", "guild"), QuietPlatform())


async def busy(app: App, zoe: Context) -> None:
    """Zoe leaves a trace wherever she can."""
    await app.run("quiz timezone", {"zone": "Berlin"}, zoe)
    review = await app.run("quiz review", {}, zoe)
    answer = next(one for one in review.buttons if one.action.startswith("quiz."))
    shown = await app.act(answer.action, answer.value, zoe, typed="1917" if answer.ask else None)
    report = next(one for one in shown.buttons if one.action == "quiz.report")
    await app.act(report.action, report.value, zoe, typed="I doubt it")
    await app.run("quiz review", {}, zoe)
    await app.run("quiz remind", {"time": "9:00"}, zoe)
    when = {"channel": "#general", "time": "9:00", "timezone": "Berlin"}
    await app.run("daily set", when, zoe)
    await app.run("daily set", when | {"time": "10:00"}, zoe)
    await app.run("quiz schedule", when, zoe)
    await app.run("quiz start", {}, zoe)


def played(file: Path) -> None:
    """What a round leaves of Zoe, an answer that is not counted yet and her scores; and a text that she added."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for table in ("round_answers", "scores", "library_texts"):
            insert(connection, table, {"person": "test:person-31", "name": "Zoe Q", "added_by": "Zoe Q"})


async def test_who_left_nothing_hears_so(ask: Ask) -> None:
    reply = await ask("/privacy")
    assert reply.private
    assert reply.parts[0] == Prose("Nothing is kept about you.")


async def test_a_copy_has_all_that_is_kept(app: App, zoe: Context, tmp_path: Path) -> None:
    await busy(app, zoe)
    played(tmp_path / "smolny.db")
    assert "1 answer" in (await app.run("privacy", {}, zoe)).parts[0].words  # type: ignore[union-attr]  # it is prose
    reply = await app.act("privacy.copy", "", zoe)
    (file,) = reply.parts
    assert isinstance(file, File)
    assert reply.private
    kept = json.loads(file.data)
    assert (kept["person"], kept["time_zone"], len(kept["answers"])) == ("test:person-31", "Europe/Berlin", 1)
    assert [card["question"] for card in kept["cards"]] == [one["question"] for one in kept["answers"]]
    assert [name for name, found in kept.items() if not found] == []


@pytest.mark.parametrize(
    "only",
    [one for one in PersonalData.__struct_fields__ if one != "person"],
)
def test_whatever_is_kept_is_something(only: str) -> None:
    nothing = dict.fromkeys(PersonalData.__struct_fields__, ())
    assert PersonalData(**nothing).is_empty  # type: ignore[arg-type]  # empty is empty
    assert not PersonalData(**nothing | {only: (1,)}).is_empty  # type: ignore[arg-type]  # and so is one thing


async def test_nothing_in_any_table_is_left_of_who_wants_it_deleted(
    app: App, zoe: Context, store: Store, tmp_path: Path
) -> None:
    await busy(app, zoe)
    played(tmp_path / "smolny.db")
    file = tmp_path / "smolny.db"
    assert traces(file) == personal_tables(file)
    # What was there before somebody else changed it is still hers.
    changed = replace(zoe, asker=Person("2", "Eve", admin=True))
    await app.run("daily set", {"channel": "#general", "time": "11:00", "timezone": "Berlin"}, changed)
    question = await app.act("quiz.ask_forget", "", zoe)
    assert question.private
    await app.act(question.buttons[0].action, question.buttons[0].value, zoe)
    assert traces(file) == []
    assert (await app.run("privacy", {}, zoe)).parts[0] == Prose("Nothing is kept about you.")
    undone = await app.act("daily.undo", await undo_value(store), changed)
    assert "10:00 Europe/Berlin" in str(undone.parts)


async def undo_value(store: Store) -> str:
    [one] = await schedules.of_server(store.reader, "test", "guild")
    return f"{one.id} {one.set_at.isoformat()}"


def personal_tables(file: Path) -> list[str]:
    """The tables that have a person in some column."""
    personal = {"person", "set_by", "starter"}
    with closing(sqlite3.connect(file)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {table: {row[1] for row in connection.execute(f"PRAGMA table_info({table})")} for table in tables}
    return [table for table in tables if columns[table] & personal]


def traces(file: Path) -> list[str]:
    """The tables that have Zoe's id or name anywhere, whatever tables there are."""
    with closing(sqlite3.connect(file)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}  # noqa: S608 - names of its own.
    return [table for table, found in rows.items() if "person-31" in str(found) or "Zoe Q" in str(found)]


def test_the_page_names_every_command_that_it_promises(app: App) -> None:
    named = set(re.findall(r"`/([a-z ]+)`", PAGE.read_text(encoding="utf-8")))
    assert named == {"privacy", "quiz forget", "settings"}
    assert named <= app.commands.keys()


def test_the_page_says_how_long_everything_is_kept() -> None:
    rows = re.findall(
        r"^\| ([^|(]+?)(?: \([^|]*\))? \| (\d+) days? \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    personal = {rule.what: rule.kept.days for rule in RULES if rule.what != "paces"}
    assert {what: int(days) for what, days in rows} == personal


def test_the_terms_name_what_there_is_and_the_time_that_the_table_says(app: App) -> None:
    terms = TERMS.read_text(encoding="utf-8")
    assert {*re.findall(r"`/([a-z ]+)`", terms)} <= app.commands.keys()
    files = re.findall(r"`([A-Z][A-Za-z.]+)`", terms)
    assert "PRIVACY.md" in files
    assert all((TERMS.parent / name).is_file() for name in files)
    kept = {rule.what: rule.kept.days for rule in RULES}
    assert re.findall(r"(\d+) days", terms) == [str(kept["everything of a server that removed the bot"])]


async def test_a_stranger_never_gets_another_persons_data(app: App, zoe: Context, press: Press) -> None:
    await busy(app, zoe)
    (file,) = (await press("privacy.copy", "test:person-31")).parts
    assert isinstance(file, File)
    assert b"person-31" not in file.data
