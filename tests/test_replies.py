"""What the bot answers to known lines, kept whole: a change of wording or of order shows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.reply import (
    Button,
    Choice,
    Code,
    Correction,
    Countdown,
    File,
    Heading,
    Items,
    Menu,
    Moment,
    Note,
    Picture,
    Prose,
    Quote,
    Reply,
    Table,
)
from tests import golden
from tests.conftest import Ask

NASTY = "@everyone **a** `b` ||c|| <#1> [d](http://e.f) \x1b[31mred\u202e & <b>\n> # two"

EVERY_PART = Reply(
    "A title",
    (
        Prose(f"Prose. {NASTY}"),
        Heading("A heading", text="speech"),
        Quote("One two three.", "speech 1.1", "Somebody", "speech", "A title, 8 November 1917", ((4, 7),)),
        Correction("one three two words", ((4, 9),), ((10, 13),)),
        Note("A note."),
        Items(("first", "second, which says more")),
        Code("/quote gunpowder", "For example"),
        Table(("name", "points"), (("Ada", "12"), ("Ġużeppi", "3"))),
        Moment("Next", datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
        Countdown("Closes", datetime(2026, 11, 23, 8, 0, tzinfo=UTC), 20),
        Picture("line.png", b"\x89PNG", "A line from 1879 to 1940"),
        File("deck.apkg", b"\0" * 1234, "application/octet-stream"),
        Menu("Choose", "event.show", (Choice("One", "1"), Choice("Two", "2", "with a detail"))),
    ),
    (
        Button("Go on", "quote.show", "speech 1.2", "primary"),
        Button("Go back", "quote.show", "", enabled=False),
        Button("Answer", "quiz.answer", "7", ask="Your answer"),
        Button("Delete", "quiz.delete", style="danger"),
    ),
    private=True,
    text="speech",
)


@pytest.mark.parametrize("name", golden.LINES)
async def test_a_known_line_has_its_known_answer(name: str, ask: Ask) -> None:
    golden.check(name, "reply.json", golden.as_json(golden.without_data(await ask(golden.LINES[name]))))


def test_nothing_is_kept_that_nobody_asks_for() -> None:
    assert {one.name for one in golden.FOLDER.iterdir()} == {*golden.NAMES, "corpus"}


def test_a_reply_of_every_part_is_kept_for_the_renders() -> None:
    golden.check("every-part", "reply.json", golden.as_json(EVERY_PART))
    assert golden.reply("every-part") == EVERY_PART
