"""What the bot answers to known lines, kept whole: a change of wording or of order shows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.command import Action, Command, MessageAction
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
from cogs import FEATURES
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
    assert {one.name for one in golden.FOLDER.iterdir()} == {*golden.NAMES, *golden.TABLES}


def test_a_reply_of_every_part_is_kept_for_the_renders() -> None:
    golden.check("every-part", "reply.json", golden.as_json(EVERY_PART))
    assert golden.reply("every-part") == EVERY_PART


def _rights(one: Command | Action | MessageAction) -> str:
    """For whom it is, what it costs, and what becomes of its answer."""
    flags = ("admin", "owners", "replaces", "shares")
    return ", ".join([*(name for name in flags if getattr(one, name, False)), f"cost {one.cost}"])


def _parameters(one: Command) -> str:
    """What may be typed: the least and most of a number, what is left out, and where there is completion."""
    words = []
    for parameter in one.parameters:
        bounds = f" {parameter.bounds.least} to {parameter.bounds.most}" if parameter.bounds else ""
        usual = "" if parameter.required else f" ({parameter.default})"
        words.append(f"{parameter.name}{bounds}{usual}{' …' if parameter.suggests else ''}")
    return ", ".join(words)


def test_for_whom_each_command_and_button_is_and_what_it_takes_is_kept() -> None:
    lines = []
    for feature in FEATURES:
        lines.append(f"{feature.name}: {feature.audience.name.lower()}{', only reads' if feature.only_reads else ''}")
        lines += [f"  /{one.name}: {_rights(one)}: {_parameters(one)}" for one in feature.commands]
        lines += [f"  {one.name}: {_rights(one)}" for one in feature.actions]
        lines += [f"  {one.name}: {_rights(one)}" for one in feature.message_actions]
    golden.check("features", "features.txt", "\n".join(lines) + "\n")
