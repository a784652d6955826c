"""Download the notes: an Anki deck, a calendar, tables."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Literal, NamedTuple

from msgspec.structs import replace

from bot.core.command import action, command, costs
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import Button, Choice, File, Menu, Prose, Reply
from cogs.export import anki, ical, tables
from corpus.corpus import Corpus

What = Literal["anki", "calendar", "questions csv", "facts csv", "notes json"]


class _Export(NamedTuple):
    detail: str
    file: str
    media_type: str
    make_file: Callable[[Corpus, datetime], bytes]
    explanation: str
    holds: tuple[str, ...] = ()
    """Which notes are in it; without any of those there is no such file."""


_EXPORTS: dict[What, _Export] = {
    "anki": _Export(
        "Flash cards of all questions and facts",
        "smolny.apkg",
        "application/octet-stream",
        anki.deck,
        "Open it with Anki. Importing it again later updates the cards and keeps your progress.",
        ("questions", "facts"),
    ),
    "calendar": _Export(
        "Yearly reminders of the events that have a day",
        "smolny.ics",
        "text/calendar",
        ical.reminders,
        "Import it into your calendar. Each event comes back every year on its day, New Style.",
        ("events",),
    ),
    "questions csv": _Export(
        "The quiz questions as a table",
        "smolny-questions.csv",
        "text/csv",
        tables.questions,
        "Open it with any spreadsheet: one question a row, with the passage that proves the answer.",
        ("questions",),
    ),
    "facts csv": _Export(
        "The daily facts as a table",
        "smolny-facts.csv",
        "text/csv",
        tables.facts,
        "Open it with any spreadsheet: one fact a row, with the passage that it rests on.",
        ("facts",),
    ),
    "notes json": _Export(
        "Everything the editors know, for programs",
        "smolny-notes.json",
        "application/json",
        tables.notes,
        "People, events, topics, facts, questions and synonyms, each with its references.",
    ),
}


@costs(5)
@command("export", also="download", example="anki", what="The kind of file")
async def export(ctx: Context, what: What | None = None) -> Reply:
    """Download the questions, facts, events or notes.

    An Anki deck, a calendar of yearly reminders, tables for a spreadsheet, or all notes for a program.
    """
    if what is None:
        choices = tuple(Choice(name, name, one.detail) for name, one in _EXPORTS.items())
        return Reply("Download", (Menu("Choose a file", "export.make", choices, listed=True),), private=True)
    return await _file_reply(ctx, what)


@costs(5)
@action("export.make")
async def make_file(ctx: Context, value: str) -> Reply:
    """One of the files."""
    return await _file_reply(ctx, _kind(value))


@action("export.share", shares=True)
async def share_file(ctx: Context, value: str) -> Reply:
    """One of the files, for everybody."""
    shared = await _file_reply(ctx, _kind(value))
    return replace(shared, buttons=(), private=False)


def _kind(value: str) -> What:
    for name in _EXPORTS:
        if name == value:
            return name
    raise UserError("I no longer make that kind of file. /export lists the ones I make.")


async def _file_reply(ctx: Context, what: What) -> Reply:
    one = _EXPORTS[what]
    if one.holds and not any(getattr(ctx.corpus.notes, name) for name in one.holds):
        raise UserError(f"There are no notes on {' or '.join(one.holds)} in these texts, so that file would be empty.")
    # In a thread, for a deck takes a while and others are waiting for their answers.
    data = await asyncio.to_thread(one.make_file, ctx.corpus, ctx.now)
    parts = (Prose(one.explanation), File(one.file, data, one.media_type))
    return Reply(one.file, parts, (Button("Share", "export.share", what),), private=True)
