"""Commands as typed text: the same line means the same on every platform, and no line raises."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.command import Command, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.parameters import AsTyped
from bot.core.reply import Reply
from bot.platforms.typed_commands import bare_line, completion_point, parse_line
from bot.timetable.words import Days, TimeOfDay
from bot.timetable.zones import TimeZone
from corpus.corpus import Corpus


class Shelf:
    """A parameter type with one door in, as features have them."""

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> Shelf:
        return cls()


@command("find", example="gunpowder", words="What to look for", shelf="Where", limit="How many")
async def find(ctx: Context, words: str = "", shelf: Shelf | None = None, limit: int = 5) -> Reply:
    """Find something."""
    return Reply()


@command("look", words="What to look for")
async def look(ctx: Context, words: Annotated[str, AsTyped()] = "") -> Reply:
    """Look for something."""
    return Reply()


@command("turn", example="speech 4", shelf="Which", page="Which page")
async def turn(ctx: Context, shelf: Shelf, page: int = 1) -> Reply:
    """Turn to a page."""
    return Reply()


@command("daily set", example="9:00", hour="When", mode="How")
async def daily_set(ctx: Context, hour: Shelf, mode: Literal["on", "off"] = "on") -> Reply:
    """Set something."""
    return Reply()


@command("daily stop")
async def daily_stop(ctx: Context) -> Reply:
    """Stop something."""
    return Reply()


@command("remind", example="9 pm Paris mon fri", time="When", zone="Where", days="Which days", shelf="Of what")
async def remind(ctx: Context, time: TimeOfDay, zone: TimeZone, days: Days, shelf: Shelf | None = None) -> Reply:
    """Remind at a time, in values of several words."""
    return Reply()


COMMANDS: dict[str, Command] = {one.name: one for one in (find, turn, daily_set, daily_stop, remind)}


@pytest.mark.parametrize(
    ("line", "name", "arguments"),
    [
        ("/find gunpowder", "find", {"words": "gunpowder"}),
        ("find gunpowder", "find", {"words": "gunpowder"}),
        ("  /FIND   dry  gunpowder ", "find", {"words": "dry  gunpowder"}),
        ("/find", "find", {}),
        ("/find gunpowder shelf:speech", "find", {"words": "gunpowder", "shelf": "speech"}),
        ("/find shelf:speech gunpowder", "find", {"words": "gunpowder", "shelf": "speech"}),
        ("/find dry shelf:speech gunpowder", "find", {"words": "dry gunpowder", "shelf": "speech"}),
        ("/find Shelf: speech LIMIT:3 gunpowder", "find", {"words": "gunpowder", "shelf": "speech", "limit": "3"}),
        ('/find shelf:"the speech" gunpowder', "find", {"words": "gunpowder", "shelf": "the speech"}),
        ("/find words:dry gunpowder shelf:speech", "find", {"words": "dry gunpowder", "shelf": "speech"}),
        ("/find “dry gunpowder”", "find", {"words": "dry gunpowder"}),
        ('/find "on the shelf: gunpowder"', "find", {"words": "on the shelf: gunpowder"}),
        ('/find words:"a shelf:b" shelf:c', "find", {"words": "a shelf:b", "shelf": "c"}),
        ('/find "land" and "bread"', "find", {"words": '"land" and "bread"'}),
        ('/find 5" guns', "find", {"words": '5" guns'}),
        ("/find bookshelf:one http://a.b", "find", {"words": "bookshelf:one http://a.b"}),
        ("/find lİmit:3", "find", {"words": "lİmit:3"}),
        ("/find gunpowder shelfs:speech", "find", {"words": "gunpowder", "shelf": "speech"}),
        ("/find gunpowder SHEF:speech limits:3", "find", {"words": "gunpowder", "shelf": "speech", "limit": "3"}),
        ("/find two shelfs: speech", "find", {"words": "two shelfs: speech"}),
        ('/find "limits:3 page:2"', "find", {"words": "limits:3 page:2"}),
        ("/find a note page: 3", "find", {"words": "a note page: 3"}),
        ("/turn speech 4", "turn", {"shelf": "speech", "page": "4"}),
        ("/turn 'speech", "turn", {"shelf": "'speech"}),
        ("/daily set 9:00 on", "daily set", {"hour": "9:00", "mode": "on"}),
        ("/daily  stop", "daily stop", {}),
        ("/remind 9 pm", "remind", {"time": "9 pm"}),
        ("/remind 9 pm New York", "remind", {"time": "9 pm", "zone": "New York"}),
        (
            "/remind 9:00  a.m. New York mon and fri my shelf",
            "remind",
            {"time": "9:00  a.m.", "zone": "New York", "days": "mon and fri", "shelf": "my shelf"},
        ),
        ('/remind "9 pm" “New York” mon', "remind", {"time": "9 pm", "zone": "New York", "days": "mon"}),
        ("/remind days:mon wed 9 pm zone:New York", "remind", {"days": "mon wed", "time": "9 pm", "zone": "New York"}),
        ("/daily\u00a0set\u200310", "daily set", {"hour": "10"}),
        ("/turn speech, 4", "turn", {"shelf": "speech", "page": "4"}),
        ("/turn page:4; speech", "turn", {"shelf": "speech", "page": "4"}),
        ("/turn , 4", "turn", {"shelf": ",", "page": "4"}),
        ('/turn "speech," 4', "turn", {"shelf": "speech,", "page": "4"}),
        ("/find gunpowder,", "find", {"words": "gunpowder,"}),
        ("/remind 9 pm, New York, mon, fri", "remind", {"time": "9 pm", "zone": "New York", "days": "mon, fri"}),
        ("/remind 9 pm; Portland, Oregon; mon", "remind", {"time": "9 pm", "zone": "Portland, Oregon", "days": "mon"}),
    ],
)
def test_a_line_is_a_call(line: str, name: str, arguments: dict[str, str]) -> None:
    call = parse_line(line, COMMANDS)
    assert (call.name, call.arguments) == (name, arguments)


LINE = "find dry gunpowder"


@pytest.mark.parametrize(
    "line",
    [
        f"\ufeff/{LINE}",
        f"\u200b/{LINE}",
        f"／{LINE}",
        f"`/{LINE}`",
        f"“/{LINE}”",
        f'"{LINE}"',
        f": {LINE}",
        f", {LINE}",
        f"* {LINE}",
        f"please {LINE}",
        f"Please, /{LINE}",
        f"\u00a0 /{LINE}",
        "/find: dry gunpowder",
        "/find:dry gunpowder",
        "FIND:  dry gunpowder",
    ],
)
def test_what_is_around_a_command_is_no_part_of_it(line: str) -> None:
    call = parse_line(line, COMMANDS)
    assert (call.name, call.arguments) == ("find", {"words": "dry gunpowder"})
    assert parse_line(bare_line(line), COMMANDS) == call


def test_quotation_marks_of_an_argument_stay_its_own() -> None:
    assert parse_line('/find "please, find: it"', COMMANDS).arguments == {"words": "please, find: it"}
    assert parse_line("please find `code`", COMMANDS).arguments == {"words": "`code`"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "/help"),
        ("please", "/help"),
        ("\ufeff", "/help"),
        ("/", "/help"),
        ("/fnid gunpowder", "Did you mean /find?"),
        ("/daily", "set, stop. For example: /daily set"),
        ("/daily soon", "set, stop"),
        ("/daily stop now", "Please send it alone: /daily stop"),
        ("/find gunpowder page:3", "/find has no option “page”. Its options: words:, shelf:, limit:"),
        ("/daily stop MODE:on", "/daily stop has no option “mode”. It takes no options."),
        ("/turn speech 4 5", "/turn shelf [page]. For example: /turn speech 4"),
    ],
)
def test_what_is_no_call_is_told_with_a_next_step(line: str, said: str) -> None:
    with pytest.raises(UserError) as told:
        parse_line(line, COMMANDS)
    assert said in told.value.sentence


@pytest.mark.parametrize(
    ("line", "parameter", "typed"),
    [
        ("/find ", "words", ""),
        ("/find gunp", "words", "gunp"),
        ("/find dry gunp", "words", "dry gunp"),
        ("/find gunpowder shelf:", "shelf", ""),
        ("/find gunpowder shelf:sp", "shelf", "sp"),
        ("/find gunpowder shelf:“the sp", "shelf", "“the sp"),
        ("/find shelf:speech gunp", "words", "gunp"),
        ("/find words:gunpowder and mo", "words", "gunpowder and mo"),
        ("/turn spe", "shelf", "spe"),
        ("/turn speech ", "page", ""),
        ('/turn "the speech" 1', "page", "1"),
        ("daily set 9:00 o", "mode", "o"),
        ("/remind 9 p", "time", "9 p"),
        ("/remind 9 pm ", "zone", ""),
        ("/remind 9 pm new y", "zone", "new y"),
        ("/remind 9 pm New York mo", "days", "mo"),
        ("/remind zone:san fr", "zone", "san fr"),
        ("/remind zone:San Francisco 9", "time", "9"),
    ],
)
def test_a_line_breaks_off_in_a_parameter(line: str, parameter: str, typed: str) -> None:
    half = completion_point(line, COMMANDS)
    assert half is not None
    assert (half.parameter.name, half.typed) == (parameter, typed)


@pytest.mark.parametrize("line", ["", "/", "/fi", "/find", "/daily", "/daily s", "/daily stop ", "/turn speech 4 "])
def test_a_line_breaks_off_outside_any(line: str) -> None:
    assert completion_point(line, COMMANDS) is None


pieces = [
    "9",
    "pm",
    "New York",
    "mon",
    "and",
    "/",
    " ",
    "\t",
    "\u3000",
    ":",
    '"',
    "“",
    "”",
    "words:",
    "SHELF:",
    "lİmit:",
    "limit:",
    "page:",
    "9",
    "\0",
]
fragments = st.sampled_from([*COMMANDS, *pieces])
lines = st.one_of(st.text(), st.lists(st.one_of(fragments, st.text(max_size=4)), max_size=12).map("".join))


@given(lines)
def test_no_line_raises(line: str) -> None:
    with suppress(UserError):
        call = parse_line(line, COMMANDS)
        assert set(call.arguments) <= {one.name for one in COMMANDS[call.name].parameters}


@given(lines)
def test_no_half_typed_line_raises_and_its_end_is_what_was_typed(line: str) -> None:
    half = completion_point(line, COMMANDS)
    if half:
        assert half.parameter in half.command.parameters
        assert line.endswith(half.typed)


@given(st.text(st.characters(exclude_characters='"“”„'), min_size=1), st.permutations(["words", "shelf", "limit"]))
def test_what_quotation_marks_hold_comes_through_whole(held: str, order: list[str]) -> None:
    line = "/find " + " ".join(f'{name}:"{held}"' for name in order)
    assert parse_line(line, COMMANDS).arguments == dict.fromkeys(order, held)


def test_a_very_long_line_is_read_at_once() -> None:
    for unit in ("a ", '"', "shelf:", '" shelf:', "\u3000", "shelfs:a ", "page:a "):
        line = f"/find {unit * 20_000}"
        completion_point(line, COMMANDS)
        assert parse_line(line, COMMANDS).name == "find"
        assert parse_line(f"/remind {unit * 20_000}", COMMANDS).name == "remind"


@pytest.mark.parametrize("line", ["/find! gunpowder", "find, gunpowder", "FIND? gunpowder", "/find; gunpowder"])
def test_punctuation_behind_a_command_is_no_part_of_its_name(line: str) -> None:
    assert parse_line(line, COMMANDS) == parse_line("/find gunpowder", COMMANDS)


def test_a_parameter_that_reads_quotation_marks_gets_them() -> None:
    for line in ('/look "our party"', '/look words:"our party"', "/look “our party”"):
        marks = line[-1]
        assert parse_line(line, {"look": look}).arguments["words"].endswith(f"our party{marks}")
