"""/export: files that other programs open, and that may be imported again and again."""

from __future__ import annotations

import csv
import html
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import msgspec
import pytest
from msgspec import structs

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import File, Menu, Reply
from cogs.export import anki, tables
from cogs.export.ical import reminders
from corpus.corpus import Corpus
from corpus.index_file import IndexFile
from corpus.note_model import Notes
from tests.conftest import NOW, Ask, Press
from tests.corpus.sample import write_sample

LATER = datetime(2027, 1, 1, tzinfo=UTC)
WHATS = ("anki", "calendar", "questions csv", "facts csv", "notes json")


def only_file(reply: Reply) -> File:
    (file,) = [part for part in reply.parts if isinstance(part, File)]
    return file


def rows(file: File) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig"), newline="")))


Collection = Callable[[bytes], sqlite3.Connection]


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """Opens a package as Anki does: a zip file with an SQLite database in it."""
    with ExitStack() as opened:

        def open_(package: bytes) -> sqlite3.Connection:
            file = tmp_path / f"{len(list(tmp_path.iterdir()))}.anki2"
            file.write_bytes(zipfile.ZipFile(io.BytesIO(package)).read("collection.anki2"))
            return opened.enter_context(closing(sqlite3.connect(file)))

        yield open_


def imported(mine: dict[str, tuple[int, str]], package: sqlite3.Connection) -> dict[str, tuple[int, str]]:
    """What Anki makes of a package: a note of a known guid gets the newer words, any other is added."""
    notes = dict(mine)
    for guid, changed, fields in package.execute("SELECT guid, mod, flds FROM notes"):
        if guid not in notes or changed > notes[guid][0]:
            notes[guid] = (changed, fields)
    return notes


async def test_without_a_kind_all_kinds_are_offered(ask: Ask, press: Press) -> None:
    reply = await ask("/export")
    (menu,) = [part for part in reply.parts if isinstance(part, Menu)]
    assert tuple(choice.value for choice in menu.choices) == WHATS
    for choice in menu.choices:
        assert only_file(await press(menu.action, choice.value)).data


@pytest.mark.parametrize(("typed", "file"), [("notes", "notes.json"), ("facts", "facts.csv")])
async def test_the_beginning_of_a_kind_is_enough(ask: Ask, typed: str, file: str) -> None:
    assert only_file(await ask(f"/export {typed}")).name == f"smolny-{file}"


async def test_an_unknown_kind_is_told_which_there_are(ask: Ask, press: Press) -> None:
    assert "questions csv" in (await ask("/export pdf")).error
    assert (await press("export.make", "pdf")).error


@pytest.mark.parametrize("what", WHATS)
async def test_the_same_notes_at_the_same_moment_are_the_same_bytes(ask: Ask, what: str) -> None:
    assert only_file(await ask(f"/export {what}")) == only_file(await ask(f"/export {what}"))


async def test_every_export_says_which_editions_it_quotes(ask: Ask, app: App, collection: Collection) -> None:
    editions = {text.id: text.edition_hash for text in app.corpus.texts.values()}
    for what in WHATS:
        file = only_file(await ask(f"/export {what}"))
        if what == "anki":
            each = [one for (one,) in collection(file.data).execute("SELECT flds FROM notes")]
        elif what == "calendar":
            each = [str(one["description"]) for one in icalendar.Calendar.from_ical(file.data).walk("VEVENT")]
            each = [one for one in each if "“" in one]
        elif what == "notes json":
            each = [json.dumps(json.loads(file.data)["editions"])]
            assert all(one in each[0] for one in editions)
        else:
            each = [row["edition"] for row in rows(file)]
        assert each
        assert all(any(edition in one for edition in editions.values()) for one in each), what


async def test_the_deck_holds_every_question_and_fact_with_its_passage(
    ask: Ask, app: App, collection: Collection
) -> None:
    file = only_file(await ask("/export anki"))
    assert file.name == "smolny.apkg"
    database = collection(file.data)
    notes = app.corpus.notes
    (cards,) = database.execute("SELECT count(*) FROM cards").fetchone()
    assert cards == len(notes.questions) + len(notes.facts)
    fields = "\n".join(words for (words,) in database.execute("SELECT flds FROM notes"))
    assert "with the gunpowder still in it" in fields
    assert "Leon Trotsky" in fields
    decks = json.loads(database.execute("SELECT decks FROM col").fetchone()[0])
    assert {"Smolny::Questions", "Smolny::Facts"} <= {deck["name"] for deck in decks.values()}
    models = json.loads(database.execute("SELECT models FROM col").fetchone()[0])
    used = {str(model) for (model,) in database.execute("SELECT DISTINCT mid FROM notes")}
    assert used == models.keys()


async def test_importing_the_deck_again_adds_nothing(app: App, collection: Collection) -> None:
    first = collection(anki.deck(app.corpus, datetime(2026, 1, 1, tzinfo=UTC)))
    again = collection(anki.deck(app.corpus, LATER))
    mine = imported({}, first)
    assert imported(mine, again).keys() == mine.keys()
    for what in ("SELECT DISTINCT did FROM cards ORDER BY 1", "SELECT DISTINCT mid FROM notes ORDER BY 1"):
        assert first.execute(what).fetchall() == again.execute(what).fetchall()


async def test_a_mended_question_reaches_those_who_import_again(app: App, collection: Collection) -> None:
    mine = imported({}, collection(anki.deck(app.corpus, datetime(2026, 1, 1, tzinfo=UTC))))
    notes = app.corpus.notes
    mended = msgspec.structs.replace(notes.questions[0], ask="Is x < y & mended?")
    changed = msgspec.structs.replace(notes, questions=(mended, *notes.questions[1:]))
    with closing(IndexFile(app.corpus.file)) as index_file:
        corpus = Corpus(app.corpus.texts, changed, app.corpus.index, index_file)
        now = imported(mine, collection(anki.deck(corpus, LATER)))
    assert now.keys() == mine.keys()
    different = [now[guid][1] for guid in now if now[guid][1] != mine[guid][1]]
    assert [fields.split("\x1f")[0] for fields in different] == ["Is x &lt; y &amp; mended?"]


async def test_the_options_of_a_choice_tell_nothing_by_their_order(app: App, collection: Collection) -> None:
    database = collection(anki.deck(app.corpus, LATER))
    choices = database.execute("SELECT flds FROM notes WHERE tags LIKE '% choice %'")
    listed = [fields.split("\x1f")[1] for (fields,) in choices]
    assert listed
    for options in listed:
        assert options.split(" · ") == sorted(options.split(" · "), key=str.casefold)


def entries_of(data: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(data).events


async def test_the_calendar_has_each_dated_event_every_year_in_the_new_style(ask: Ask, app: App) -> None:
    file = only_file(await ask("/export calendar"))
    assert (file.name, file.media_type) == ("smolny.ics", "text/calendar")
    entries = entries_of(file.data)
    assert len(entries) == sum(one.date.day is not None for one in app.corpus.notes.events)
    assert len({str(entry["uid"]) for entry in entries}) == len(entries)
    rising = next(entry for entry in entries if "Telegraph" in str(entry["summary"]))
    assert rising.decoded("dtstart") == date(1917, 11, 6)
    assert rising["rrule"] == {"FREQ": ["YEARLY"]}
    assert "6–7 November 1917 (24–25 October, Old Style)" in str(rising["description"])
    assert "article 8.2" in str(rising["description"])
    assert [alarm["action"] for alarm in rising.walk("VALARM")] == ["DISPLAY"]


async def test_what_happened_on_29_february_is_in_the_calendar_every_year(tmp_path: Path) -> None:
    """A rule for the 29th alone would leave out the years that have none (RFC 5545, 3.3.10)."""
    events = write_sample(tmp_path / "sample") / "notes" / "events.toml"
    usual = 'date = "1900-02-28"\nuntil = "1900-03"\nbounds = "certain"'
    events.write_text(events.read_text().replace(usual, 'date = "1904-02-16"'))
    corpus = await Corpus.open(tmp_path / "sample", tmp_path / "index")
    (entry,) = (one for one in entries_of(reminders(corpus, LATER)) if one.uid == "library-closed@smolny")
    await corpus.close()
    assert entry.decoded("dtstart") == date(1904, 2, 29)
    # The last day of February.
    assert entry["rrule"] == {"FREQ": ["YEARLY"], "BYMONTH": [2], "BYMONTHDAY": [-1]}


async def test_importing_the_calendar_again_changes_what_is_there(app: App, ctx: Context) -> None:
    later = msgspec.structs.replace(ctx, now=ctx.now + timedelta(hours=1))
    first, second = [
        entries_of(only_file(await app.run("export", {"what": "calendar"}, one)).data) for one in (ctx, later)
    ]
    assert [one.uid for one in first] == [one.uid for one in second]
    for one, other in zip(first, second, strict=True):
        assert one.sequence < other.sequence < 2**31
        assert one.LAST_MODIFIED
        assert other.LAST_MODIFIED
        assert one.LAST_MODIFIED < other.LAST_MODIFIED


async def test_the_editors_dates_and_notes_are_marked_in_the_calendar(ask: Ask, app: App) -> None:
    entries = icalendar.Calendar.from_ical(only_file(await ask("/export calendar")).data).walk("VEVENT")
    told = {str(entry["uid"]).removesuffix("@smolny"): str(entry["description"]) for entry in entries}
    for one in app.corpus.notes.events:
        if one.id in told:
            assert ("Date added by the editors." in told[one.id]) == (one.dated_by == "editors")
            assert ("The text's heading gives the first day" in told[one.id]) == (
                one.dated_by == "heading" and one.until is not None
            )
            assert f"Editors’ note: {one.note}" in told[one.id] or not one.note


async def test_a_table_of_questions_has_one_a_row_with_its_proof(ask: Ask, app: App) -> None:
    table = rows(only_file(await ask("/export questions csv")))
    questions = app.corpus.notes.questions
    assert [(row["id"], row["question"]) for row in table] == [(question.id, question.ask) for question in questions]
    for row, question in zip(table, questions, strict=True):
        passages = [one for place in question.references for one in app.corpus.passages(place)]
        words = "\n\n".join(one.words for one in passages)
        assert (row["answer"], row["passage"]) == (question.answer, words)
        assert row["reference"] == ", ".join(map(str, question.references))
        assert row["editors' note"] == question.note
        assert row["speaker"]
        assert row["source"]


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\tx", "\rx"])
def test_no_spreadsheet_takes_words_for_a_formula(corpus: Corpus, words: str) -> None:
    note = structs.replace(corpus.notes.questions[0], ask=words)
    corpus.notes = structs.replace(corpus.notes, questions=(note,))
    [row] = csv.DictReader(io.StringIO(tables.questions(corpus, NOW).decode("utf-8-sig"), newline=""))
    assert row["question"] == f"'{words}"


async def test_a_table_of_facts_has_one_a_row_with_both_dates(ask: Ask, app: App) -> None:
    table = rows(only_file(await ask("/export facts csv")))
    facts = app.corpus.notes.facts
    assert [(row["id"], row["fact"]) for row in table] == [(fact.id, fact.words) for fact in facts]
    assert [row["date"] for row in table] == [fact.date.both() if fact.date else "" for fact in facts]


async def test_the_editors_notes_are_in_every_export_and_marked_as_theirs(
    ask: Ask, app: App, collection: Collection
) -> None:
    facts = {row["id"]: row["editors' note"] for row in rows(only_file(await ask("/export facts csv")))}
    assert facts == {fact.id: fact.note for fact in app.corpus.notes.facts}
    fields = [one for (one,) in collection(only_file(await ask("/export anki")).data).execute("SELECT flds FROM notes")]
    notes = [*(one.note for one in app.corpus.notes.facts), *(one.note for one in app.corpus.notes.questions)]
    noted = [note for note in notes if note]
    marked = [one.partition("Editors’ note: ")[2] for one in fields if "Editors’ note: " in one]
    assert sorted(marked) == sorted(html.escape(note, quote=False) for note in noted)


async def test_the_notes_are_read_back_as_they_are(ask: Ask, app: App) -> None:
    file = only_file(await ask("/export notes json"))
    assert json.loads(file.data)["people"]
    assert msgspec.json.decode(file.data, type=Notes) == app.corpus.notes
