"""Buttons and menus that somebody makes up: whatever they say, nobody changes or sees what is not theirs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from bot.core.app import App
from bot.core.calls import AGAIN, FORM, SHARE
from bot.core.context import Context, Person, Place
from bot.core.reply import Menu, Reply
from cogs.quiz.questions import question_to_json
from corpus.questions.question import QuizQuestion
from corpus.reference import Reference
from tests.fakes.platform import QuietPlatform
from tests.storage.sample_rows import insert

WHEN = {"channel": "#layoffs", "time": "9:00", "timezone": "Berlin"}
ADMINS = (
    "schedules",
    "quiz_schedules",
    "rounds",
    "question_reports",
    "library_unused",
    "library_texts",
    "server_rules",
)
"""The tables that only those change who manage a server, or who set something up."""
Pressed = tuple[str, str]
"""An action and its value."""


@pytest.fixture
async def made(app: App) -> list[Pressed]:
    """Everything that can be pressed in a busy server, for those who manage it and for one who practises."""
    ada = app.context(Person("1", "Ada", admin=True), Place("test", "general", "guild"), QuietPlatform())
    await app.run("daily set", WHEN, ada)
    await app.run("daily set", WHEN | {"topic": "coalition"}, ada)
    await app.run("quiz schedule", WHEN, ada)
    seen: dict[Pressed, None] = {}
    asked = ["daily list", "daily remove", "quiz schedules", "quiz start", "quiz pause", "settings", "library use"]
    for name in (*asked, "quiz review", "quiz remind", "quiz reports", "privacy", "fact", "sources", "library list"):
        await note(app, ada, seen, await app.run(name, {}, ada), depth=2)
    return [*seen]


async def note(app: App, ctx: Context, seen: dict[Pressed, None], reply: Reply, depth: int) -> None:
    """Note what can be pressed in a reply, and in what shows more without changing anything."""
    for one in pressable(reply):
        if one not in seen:
            seen[one] = None
            if depth and one[1].startswith(("manage ", "remove ", "show.", "delete.")):
                await note(app, ctx, seen, await app.act(*one, ctx), depth - 1)


def pressable(reply: Reply) -> Iterator[Pressed]:
    for button in reply.buttons:
        yield button.action, button.value
    for part in reply.parts:
        if isinstance(part, Menu):
            for choice in part.choices:
                yield part.action, choice.value


def rows(file: Path, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    """What a store holds in these tables, or in all, of the server in which everything was made."""
    with closing(sqlite3.connect(file)) as connection:
        known = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables or known}  # noqa: S608 - the store's own names.
    return {name: [row for row in some if "guild" in row or "test:1" in row] for name, some in found.items()}


async def press_all(app: App, ctx: Context, pressed: list[Pressed]) -> None:
    """Press everything, also through the buttons that repeat and share, and fill in what asks for words."""
    for action, value in pressed:
        for reply in await answers(app, ctx, action, value):
            assert not reply.incident, (action, value)
            shown = f"{reply.title} {reply.error} {msgspec.json.encode(reply.parts).decode()}"
            assert "layoffs" not in shown, (action, value)


async def answers(app: App, ctx: Context, action: str, value: str) -> list[Reply]:
    if action == FORM:
        form = await app.pressed_form(value, ctx)
        if isinstance(form, Reply):
            return [form]
        assert "09:00" not in form.typed.values(), "what was set up elsewhere"
        return []
    typed = "1917" if app.actions[action].asks_for_words else None
    repeated = [await app.act(name, f"{action}|{value}", ctx) for name in (AGAIN, SHARE)]
    return [await app.act(action, value, ctx, typed=typed), *repeated]


def test_what_is_made_has_every_kind_of_button(made: list[Pressed]) -> None:
    values = {f"{action} {value.split()[0].split('.')[0] if value else ''}" for action, value in made}
    assert values >= {
        "daily.do removed", "daily.do pause", "daily.do post", "daily.do history", "quiz.scheduled remove",
        "quiz.scheduled pause", "quiz.control stop", "quiz.control resume", "settings.lookups private",
        "settings.keep ", "library.use speech", "quiz.ask_forget ", "privacy.copy ",
    }  # fmt: skip


async def test_who_manages_nothing_changes_nothing_and_learns_no_channel(
    app: App, made: list[Pressed], tmp_path: Path
) -> None:
    before = rows(tmp_path / "smolny.db", *ADMINS)
    assert before["schedules"]
    assert before["rounds"]
    await press_all(app, app.context(Person("2", "Boris"), Place("test", "general", "guild"), QuietPlatform()), made)
    assert rows(tmp_path / "smolny.db", *ADMINS) == before


async def test_no_command_and_no_completion_names_a_channel_to_who_manages_nothing(
    app: App, made: list[Pressed]
) -> None:
    boris = app.context(Person("2", "Boris"), Place("test", "general", "guild"), QuietPlatform())
    for command in app.commands.values():
        shown = msgspec.json.encode(await app.run(command.name, {}, boris), enc_hook=str).decode()
        assert "layoffs" not in shown, command.name
        for one in command.parameters:
            assert "layoffs" not in str(await app.suggest(command.name, one.name, "", boris)), command.name


async def test_who_manages_another_server_changes_nothing_here(app: App, made: list[Pressed], tmp_path: Path) -> None:
    before = rows(tmp_path / "smolny.db")
    eve = Person("3", "Eve", admin=True)
    await press_all(app, app.context(eve, Place("test", "lobby", "elsewhere"), QuietPlatform()), made)
    assert rows(tmp_path / "smolny.db") == before


async def test_a_question_made_of_another_servers_text_is_shown_to_nobody(
    app: App, ctx: Context, tmp_path: Path
) -> None:
    """Ids of such questions can be guessed: they are made of the reference."""
    reference = Reference("speech", 4, 2)
    hidden = QuizQuestion(
        "who-said-0123456789ab", "who", "Whose words are these?", "Ada", "person", (reference,), ("Ada", "Eve"),
        words="They spoke of layoffs.",
    )  # fmt: skip
    with closing(sqlite3.connect(tmp_path / "smolny.db")) as connection, connection:
        insert(connection, "made_questions", {"question": hidden.id, "asked": question_to_json(hidden)})
    assert await app.question("quiz.report", hidden.id, ctx) == ""
    reported = await app.act("quiz.report", hidden.id, ctx, typed="wrong")
    assert "already gone" in reported.error
    assert "No reports" in str((await app.run("quiz reports", {}, ctx)).parts)
