"""Message catalogues: complete, and accepted by every platform that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, get_args, get_origin

import pytest
from msgspec.structs import replace

from bot.core.command import Command
from bot.core.context import Context, Person
from bot.core.reply import Choice
from bot.core.translations import NAME, catalogue, languages, translated
from cogs import FEATURES
from cogs.shared.zone_choices import DAYS, suggest_days, suggest_zones

SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
COMMANDS = [command for feature in FEATURES for command in feature.commands]
LONGEST = 100
"""Characters of the longest description that Discord takes."""


def messages() -> Iterator[tuple[str, str]]:
    """All that a catalogue must have, with its context."""
    for feature in FEATURES:
        yield feature.summary, ""
        yield from ((one.name, "") for one in feature.message_actions)
    for command in COMMANDS:
        yield command.description, ""
        yield from ((word, NAME) for word in command.name.split())
        yield from of_options(command)
    yield from ((day, "") for day in (*DAYS, *SHORT_DAYS))


def of_options(command: Command) -> Iterator[tuple[str, str]]:
    for parameter in command.parameters:
        yield parameter.name, NAME
        yield parameter.help, ""
        if get_origin(parameter.kind) is Literal:
            yield from ((value, "") for value in get_args(parameter.kind))


def test_names_are_in_german_where_the_client_is() -> None:
    assert "de" in languages()
    assert translated("quote", "de", NAME) == translated("quote", "de-AT", NAME) == "zitat"
    assert translated("quote", "fi", NAME) == translated("quote", "../de", NAME) == "quote"


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_has_every_message_and_no_other(language: str) -> None:
    assert {*messages()} - catalogue(language).keys() == set()
    assert catalogue(language).keys() - {*messages()} == set()
    assert all(catalogue(language).values())


@pytest.mark.parametrize("language", languages())
def test_names_and_sentences_fit_what_shows_them(language: str) -> None:
    for (message, context), words in catalogue(language).items():
        assert len(words) <= LONGEST, message
        if context == NAME:
            assert re.fullmatch(r"[-_\w]{1,32}", words), message
            assert words == words.lower()


@pytest.mark.parametrize("language", languages())
def test_no_two_names_become_one(language: str) -> None:
    def words(name: str) -> str:
        return " ".join(translated(word, language, NAME) for word in name.split())

    assert len({words(command.name) for command in COMMANDS}) == len(COMMANDS)
    for command in COMMANDS:
        assert len({words(one.name) for one in command.parameters}) == len(command.parameters), command.name


async def test_zones_and_days_are_offered_under_the_names_of_ones_language(ctx: Context) -> None:
    german = replace(ctx, asker=Person("1", "Ada", locale="de"))
    assert await suggest_zones(german, "Moskau") == [Choice("Moskau (Europe/Moscow)", "Europe/Moscow")]
    assert await suggest_zones(ctx, "Moscow") == [Choice("Europe/Moscow", "Europe/Moscow")]
    assert await suggest_days(german, "werk") == [Choice("werktags", "weekdays")]
    assert await suggest_days(german, "mo, mi") == [Choice("Mo, Mi", "Mon, Wed")]
    assert await suggest_days(german, "d") == [Choice("Dienstag", "Tuesday"), Choice("Donnerstag", "Thursday")]
    assert len(await suggest_days(ctx, "")) == len(DAYS)
