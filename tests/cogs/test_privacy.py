"""/privacy: what is kept about somebody, a copy of it, and nothing left once they have it deleted."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.reply import File, Prose
from bot.storage.retention import RULES
from bot.storage.store import Store
from tests.conftest import Ask, Press

PAGE = Path(__file__).parents[2] / "PRIVACY.md"
TERMS = PAGE.with_name("TERMS.md")
ZOE = Person("person-31", "Zoe Q", admin=True)


@pytest.fixture
def zoe(app: App) -> Context:
    return app.context(ZOE, Place("test", "general", "guild"))


async def busy(app: App, zoe: Context) -> None:
    """Zoe leaves a trace wherever she can."""
    await app.run("quiz timezone", {"zone": "Berlin"}, zoe)
    review = await app.run("quiz review", {}, zoe)
    answer = next(one for one in review.buttons if one.action.startswith("quiz."))
    shown = await app.act(answer.action, answer.value, zoe, typed="1917" if answer.ask else None)
    report = next((one for one in shown.buttons if one.action == "quiz.report"), None)
    if report:
        await app.act(report.action, report.value, zoe, typed="I doubt it")
    await app.run("quiz review", {}, zoe)


async def test_who_left_nothing_hears_so(ask: Ask) -> None:
    reply = await ask("/privacy")
    assert reply.private
    assert reply.parts[0] == Prose("Nothing is kept about you.")


async def test_a_copy_has_all_that_is_kept(app: App, zoe: Context) -> None:
    await busy(app, zoe)
    assert "1 answer" in (await app.run("privacy", {}, zoe)).parts[0].words  # type: ignore[union-attr]  # it is prose
    reply = await app.act("privacy.copy", "", zoe)
    (file,) = reply.parts
    assert isinstance(file, File)
    assert reply.private
    kept = json.loads(file.data)
    assert (kept["person"], kept["time_zone"], len(kept["answers"])) == ("test:person-31", "Europe/Berlin", 1)
    assert [card["question"] for card in kept["cards"]] == [one["question"] for one in kept["answers"]]


async def test_nothing_in_any_table_is_left_of_who_wants_it_deleted(
    app: App, zoe: Context, store: Store, tmp_path: Path
) -> None:
    await busy(app, zoe)
    assert traces(tmp_path / "smolny.db") != []
    question = await app.act("quiz.ask_forget", "", zoe)
    assert question.private
    await app.act(question.buttons[0].action, question.buttons[0].value, zoe)
    assert traces(tmp_path / "smolny.db") == []
    assert (await app.run("privacy", {}, zoe)).parts[0] == Prose("Nothing is kept about you.")


def traces(file: Path) -> list[str]:
    """The tables in which Zoe's id or name stands anywhere, whatever tables there are."""
    with closing(sqlite3.connect(file)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}  # noqa: S608 - names of its own
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
