"""Replies as plain text and as styled spans."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reply import Button, Choice, Code, Correction, Countdown, Items, Menu, Moment, Prose, Quote, Reply, Table
from bot.platforms.terminal.render import Control, controls, plain, styled
from tests import golden

# Whatever would move the cursor, colour the screen, ring, or turn the direction of writing.
DANGEROUS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

words = st.one_of(st.text(), st.text("ab \n\t\x1b[31m\x07\u202e\u200b’“\ud800é漢"))
parts = st.one_of(
    st.builds(Prose, words),
    st.builds(Quote, words, words, words, words, words, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)))),
    st.builds(Correction, words, st.just(((0, 2),)), st.just(((1, 4),))),
    st.builds(Items, st.tuples(words, words)),
    st.builds(Code, words, words),
    st.builds(Table, st.tuples(words, words), st.lists(st.tuples(words, words), max_size=3)),
    st.builds(Countdown, words, st.just(datetime(2026, 1, 1, tzinfo=UTC)), st.integers(0, 99)),
    st.builds(Moment, words, st.just(datetime(2026, 1, 1, tzinfo=UTC))),
    st.builds(Menu, words, words, st.lists(st.builds(Choice, words, words, words), max_size=3)),
)
buttons = st.lists(st.builds(Button, words, words, enabled=st.booleans()), max_size=3)
replies = st.builds(Reply, words, st.lists(parts, max_size=4), buttons, error=words)


@pytest.mark.parametrize("name", golden.NAMES)
def test_a_reply_has_its_known_look(name: str) -> None:
    golden.check(name, "terminal.txt", plain(golden.reply(name), zone=ZoneInfo("Europe/Berlin")) + "\n")


@given(replies, st.one_of(st.none(), st.integers(-5, 200)))
def test_nothing_that_is_quoted_reaches_the_terminal_as_a_command(reply: Reply, width: int | None) -> None:
    text = plain(reply, width)
    assert not DANGEROUS.search(text)
    text.encode()


@given(replies, st.integers(-5, 200))
def test_styles_change_no_words(reply: Reply, width: int) -> None:
    rows = "".join(words for _, words in styled(reply, width)).split("\n")
    assert "\n".join(row.rstrip() for row in rows).rstrip() == plain(reply, width).rstrip()


@given(st.lists(st.text("abcdefgh’“", min_size=1, max_size=12), min_size=1), st.integers(16, 60))
def test_wrapped_words_keep_to_the_width_and_none_is_lost(typed: list[str], width: int) -> None:
    text = plain(Reply(parts=(Quote(" ".join(typed), "a 1", "b", "a"),)), width)
    assert max(map(len, text.splitlines())) <= width
    assert text.split()[: len(typed)] == f"“{' '.join(typed)}”".split()


@given(st.lists(st.text("abcdefgh†", min_size=1, max_size=9), min_size=2), st.integers(16, 60))
def test_no_row_begins_with_the_dot_between_two_things(typed: list[str], width: int) -> None:
    label = " · ".join(typed)
    menu = Menu("Choose", "quote.show", (Choice(label, "1"),), listed=True)
    for row in plain(Reply(parts=(Prose(label), menu)), width).splitlines():
        assert not row.lstrip().startswith("·")


def test_a_quotation_is_one_unbroken_line_in_a_pipe() -> None:
    quotation = "word " * 500 + "end."
    assert f"“{quotation}”" in plain(Reply(parts=(Quote(quotation, "a 1", "b", "a"),)))


def test_quotations_from_one_text_name_it_once() -> None:
    first, second, third = (Quote("w", f"{text} 1", "b", text, source=f"Book {text}") for text in "aac")
    text = plain(Reply(parts=(first, second, third)))
    assert (text.count("Book a"), text.count("Book c"), text.count("a 1")) == (1, 1, 2)


def test_marks_are_styled_and_nothing_else_is() -> None:
    spans = styled(Reply(parts=(Quote("One two three.", "a 1", "b", "a", marks=((4, 7), (8, 13))),)), 80)
    assert [words for style, words in spans if style == "mark"] == ["two", "three"]


def test_what_is_chosen_from_has_numbers_and_every_other_button_a_letter() -> None:
    reply = Reply(
        parts=(Menu("Choose", "pick", (Choice("One", "1"), Choice("Two", "2"))),),
        buttons=(
            Button("Red", "answer", "0", option=True),
            Button("Off", "off", enabled=False),
            Button("On", "on", "v", ask="Why?"),
        ),
    )
    assert controls(reply) == {
        "1": Control("One", "pick", "1"),
        "2": Control("Two", "pick", "2"),
        "3": Control("Red", "answer", "0"),
        "n": Control("On", "on", "v", "Why?"),
    }
    text = plain(reply)
    places = [text.index(label) for label in ("[1] One", "[2] Two", "[3] Red", "[n] On")]
    assert places == sorted(places)
    assert "Off" not in text
    assert "[" not in plain(reply, numbers=False)


def test_a_button_keeps_its_letter_where_another_cannot_be_pressed() -> None:
    def page(*, first: bool) -> Reply:
        return Reply(buttons=(Button("Previous", "turn", enabled=not first), Button("Pause", "pause")))

    assert [*controls(page(first=False))] == ["p", "a"]
    assert [*controls(page(first=True))] == ["a"]


@given(st.lists(words, max_size=40))
def test_every_button_has_a_key_of_its_own_that_can_be_typed(labels: list[str]) -> None:
    found = controls(Reply(buttons=tuple(Button(label, "do", str(n)) for n, label in enumerate(labels))))
    assert [one.value for one in found.values()] == [str(n) for n in range(len(labels))]
    assert all(re.fullmatch("[a-z][0-9]*", key) for key in found)


def test_columns_of_a_table_line_up() -> None:
    table = Table(("name", "points"), (("Ada", "12"), ("Wilhelmina", "3")))
    assert plain(Reply(parts=(table,))) == "name        points\nAda         12\nWilhelmina  3"


@pytest.mark.parametrize("width", [30, 40, 80, 200])
def test_a_label_is_broken_only_where_it_fits_into_no_row(width: int) -> None:
    labels = ("Read the speech", "Details of the speech", "Read the article", "Details of the article", "Share")
    text = plain(Reply(buttons=tuple(Button(one, "a.b", one) for one in labels)), width)
    assert all(label in text for label in labels)
    assert max(map(len, text.splitlines())) <= width
    longest = "The Council of People's Commissars and the Military Revolutionary Committee of Petrograd"
    rows = plain(Reply(buttons=(Button(longest, "a.b"), Button("Share", "a.b"))), width).splitlines()
    assert max(map(len, rows)) <= width
    assert longest in " ".join(rows)


def test_a_citation_is_never_wrapped() -> None:
    citation = "Trotsky, Leon. " * 20
    assert citation.strip() in plain(Reply(parts=(Code(citation.strip(), "Chicago"),)), 40)


def test_a_moment_is_told_in_the_readers_own_time() -> None:
    reply = Reply(parts=(Moment("Next", datetime(2026, 11, 23, 23, 30, tzinfo=UTC)),))
    assert plain(reply, zone=ZoneInfo("Asia/Tokyo")) == "Next: Tuesday, 24 November 2026, 08:30 JST"
