"""A handler's signature is its command."""

from __future__ import annotations

from enum import Enum
from types import ModuleType
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.command import Command, Feature, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.parameters import Whole
from bot.core.reply import Reply
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood


class Mode(Enum):
    EVERYONE = "everyone"
    RACE = "Race"


@command("try it", example="3", count="How many", style="How", mode="Which", sure="Really", from_="Since when")
async def tried(
    ctx: Context,
    count: Annotated[int, Whole(5, 30)],
    style: Literal["plain", "Bold"] = "plain",
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
    typed = {"count": " 12 ", "style": "BOLD", "mode": "race", "sure": "yes", "from": "1917"}
    assert tried.parse(typed, corpus) == {
        "count": 12,
        "style": "Bold",
        "mode": Mode.RACE,
        "sure": True,
        "from_": "1917",
    }


@pytest.mark.parametrize("typed", ["Bold", "bold", "BOLD", " bold "])
def test_a_value_is_its_own_in_whatever_case_it_is_typed(typed: str, corpus: Corpus) -> None:
    assert tried.parse({"count": "5", "style": typed}, corpus)["style"] == "Bold"


@command("name it", example_="An example", name="A name", admin_="An admin", suggest_="A suggestion", owners_="Owners")
async def named(
    ctx: Context, name: str, example: str = "", admin: str = "", suggest: str = "", owners: str = ""
) -> Reply:
    """Take parameters that have the names of the decorator's own."""
    return Reply(f"{name} {example} {admin} {suggest} {owners}")


def test_a_parameter_may_have_any_name(corpus: Corpus) -> None:
    typed = {name: name for name in ("name", "example", "admin", "suggest", "owners")}
    assert named.parse(typed, corpus) == typed
    assert named.parameters[1].help == "An example"


def test_a_parameter_that_nobody_explains_is_refused_at_once() -> None:
    async def unexplained(ctx: Context, example: str) -> Reply:
        return Reply(example)

    with pytest.raises(TypeError, match="example_="):
        command("explain it")(unexplained)


def test_a_feature_has_what_its_own_files_made_and_nothing_imported() -> None:
    main, part, other = ModuleType("cogs.one", "Do one thing.\n\nAnd more."), ModuleType("part"), ModuleType("other")
    for module in (main, part, other):

        async def say(ctx: Context) -> Reply:
            """Say something."""
            return Reply("Something")

        say.__module__ = module.__name__
        vars(module)["say"] = command(module.__name__)(say)
    vars(main)["imported"] = vars(other)["say"]
    feature = Feature.of(main, part)
    assert (feature.name, feature.summary) == ("one", "Do one thing.")
    assert [one.name for one in feature.commands] == ["cogs.one", "part"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Please add the count, for example: /try it 3"),
        ({"count": "  "}, "Please add the count, for example: /try it 3"),
        ({"count": "4"}, "Please give count as a whole number from 5 to 30."),
        ({"count": "31"}, "Please give count as a whole number from 5 to 30."),
        ({"count": "9" * 5000}, "Please give count as a whole number from 5 to 30."),
        ({"count": "１２"}, "Please give count as a whole number from 5 to 30."),
        ({"count": "5", "style": "loud"}, "Choose one of these for “style”: plain, Bold."),
        ({"count": "5", "mode": "nobody"}, "Choose one of these for “mode”: everyone, Race."),
        ({"count": "5", "sure": "perhaps"}, "Please say yes or no."),
        ({"count": "5", "colour": "red"}, "/try it has no “colour”. It takes count, style, mode, sure, from."),
    ],
)
def test_what_cannot_be_read_is_told(typed: dict[str, str], sentence: str, corpus: Corpus) -> None:
    with pytest.raises((UserError, NotUnderstood)) as caught:
        tried.parse(typed, corpus)
    assert str(caught.value) == sentence


@given(st.dictionaries(st.sampled_from(["count", "style", "mode", "sure", "from"]), st.text(), max_size=5))
def test_no_string_raises_anything_but_a_sentence(typed: dict[str, str]) -> None:
    one: Command = tried
    try:
        one.parse(typed, None)  # type: ignore[arg-type]  # none of these types looks at the corpus
    except (UserError, NotUnderstood) as error:
        assert str(error)
