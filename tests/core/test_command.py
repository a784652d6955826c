"""A handler's signature is its command."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.command import Command, Whole, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import Reply
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood


class Mode(Enum):
    EVERYONE = "everyone"
    RACE = "race"


@command("try it", example="3", count="How many", style="How", mode="Which", sure="Really", from_="Since when")
async def tried(
    ctx: Context,
    count: Annotated[int, Whole(5, 30)],
    style: Literal["plain", "bold"] = "plain",
    mode: Mode | None = None,
    sure: bool = False,
    from_: str = "",
) -> Reply:
    """Try everything.

    With a second paragraph.
    """
    return Reply(f"{count} {style} {mode} {sure} {from_}")


def test_the_signature_is_the_command() -> None:
    assert tried.description == "Try everything."
    assert tried.details == "With a second paragraph."
    assert tried.usage == "/try it count [style] [mode] [sure] [from]"
    assert [one.required for one in tried.parameters] == [True, False, False, False, False]
    assert tried.parameters[0].bounds == Whole(5, 30)


def test_values_are_read_by_type(corpus: Corpus) -> None:
    typed = {"count": " 12 ", "style": "BOLD", "mode": "Race", "sure": "yes", "from": "1917"}
    assert tried.read(typed, corpus) == {
        "count": 12,
        "style": "bold",
        "mode": Mode.RACE,
        "sure": True,
        "from_": "1917",
    }


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "/try it needs count. For example: /try it 3"),
        ({"count": "  "}, "/try it needs count. For example: /try it 3"),
        ({"count": "4"}, "count is a whole number from 5 to 30."),
        ({"count": "31"}, "count is a whole number from 5 to 30."),
        ({"count": "9" * 5000}, "count is a whole number from 5 to 30."),
        ({"count": "１２"}, "count is a whole number from 5 to 30."),
        ({"count": "5", "style": "loud"}, "style is one of plain, bold."),
        ({"count": "5", "mode": "nobody"}, "mode is one of everyone, race."),
        ({"count": "5", "sure": "perhaps"}, "Please say yes or no."),
        ({"count": "5", "colour": "red"}, "/try it has no colour. It takes count, from, mode, style, sure."),
    ],
)
def test_what_cannot_be_read_is_told(typed: dict[str, str], sentence: str, corpus: Corpus) -> None:
    with pytest.raises((UserError, NotUnderstood)) as caught:
        tried.read(typed, corpus)
    assert str(caught.value) == sentence


@given(st.dictionaries(st.sampled_from(["count", "style", "mode", "sure", "from"]), st.text(), max_size=5))
def test_no_string_raises_anything_but_a_sentence(typed: dict[str, str]) -> None:
    one: Command = tried
    try:
        one.read(typed, None)  # type: ignore[arg-type]  # none of these types looks at the corpus
    except (UserError, NotUnderstood) as error:
        assert str(error)
