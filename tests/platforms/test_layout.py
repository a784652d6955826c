"""What renderers share: nothing is lost, nothing is too long, and no character breaks a client."""

from __future__ import annotations

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.core.reply import Choice, Heading, Items, Menu, Quote, Table
from bot.platforms.layout import (
    aligned,
    clip,
    in_words,
    list_choices,
    name_sources_once,
    pack,
    prefix,
    spans_within,
    split,
    table_rows,
    tidy,
    width,
)

UNSENDABLE = re.compile("[\ud800-\udfff\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

wild = st.one_of(st.text(), st.text("ab. \n\r\t😀é漢\ud800\x00\u202e\u200b"))


@given(wild)
def test_tidy_text_can_be_sent_and_is_as_long(text: str) -> None:
    assert len(tidy(text)) == len(text)
    assert not UNSENDABLE.search(tidy(text))


@given(wild, st.integers(2, 100))
def test_what_is_clipped_fits_and_says_so(text: str, most: int) -> None:
    clipped = clip(text, most)
    assert width(clipped) <= most
    assert clipped == " ".join(tidy(text).split()) or re.fullmatch(r"(?s:.*[^ .,;:…–—-])?…", clipped)


def test_an_emoji_counts_twice_and_is_never_halved() -> None:
    assert width("😀a") == 3
    assert [prefix("a😀b", most) for most in range(5)] == ["", "a", "a", "a😀", "a😀b"]
    assert clip("😀" * 50, 80) == "😀" * 39 + "…"


@given(wild, st.integers(10, 60))
def test_slices_cover_the_text_and_fit(text: str, room: int) -> None:
    text = tidy(text)
    slices = list(split(text, room, lambda start, end: width(text[start:end])))
    assert all(width(text[start:end]) <= room and text[start:end].strip() for start, end in slices)
    assert "".join("".join(text[start:end] for start, end in slices).split()) == "".join(text.split())


def test_a_slice_ends_with_a_sentence_or_else_with_a_word() -> None:
    text = "One sentence. " * 3 + "and words without an end"
    slices = [text[start:end] for start, end in split(text, 20, lambda start, end: end - start)]
    assert slices[0] == "One sentence. "
    assert all(one == one.rstrip() + " " for one in slices[:-1])


@given(st.lists(st.integers(1, 30)), st.integers(10, 40))
def test_what_is_packed_keeps_its_order_and_fits_where_it_can(numbers: list[int], room: int) -> None:
    groups = list(pack(numbers, lambda group: sum(group) <= room))
    assert [number for group in groups for number in group] == numbers
    assert all(sum(group) <= room or len(group) == 1 for group in groups)
    assert all(sum(group) + following[0] > room for group, following in itertools.pairwise(groups))


@given(st.lists(st.tuples(st.integers(-9, 30), st.integers(-9, 30))), st.integers(0, 9), st.integers(9, 20))
def test_spans_lie_within_the_slice_and_never_touch(spans: list[tuple[int, int]], start: int, end: int) -> None:
    kept = spans_within(spans, start, end)
    covered = {place for first, last in spans for place in range(first, last) if start <= place < end}
    assert {place for first, last in kept for place in range(first, last)} == covered
    assert all(one[1] < following[0] for one, following in itertools.pairwise(kept))


def test_a_table_is_aligned_or_else_told_in_words() -> None:
    rows = table_rows(Table(("Who", "Right"), (("Ada\nL.", "3"), ("Boris", ""))))
    assert aligned(rows) == ["Who     Right", "Ada L.  3", "Boris"]
    assert aligned(rows, 12) == []
    assert list(in_words(rows)) == ["Ada L. · Right: 3", "Boris"]


def test_quotations_in_a_row_name_their_source_once() -> None:
    one, other = (Quote("W", "speech 1", "T", "speech", source) for source in ("The speech", "The article"))
    named = list(name_sources_once((one, one, other, Heading("H"), other)))
    assert [part.source for part in named if isinstance(part, Quote)] == [
        "",
        "The speech",
        "The article",
        "The article",
    ]


def test_quotations_in_a_row_name_one_speaker_once_and_each_other_speaker() -> None:
    one, voice = (Quote("W", "speech 1", speaker, "speech", "The speech") for speaker in ("Trotsky", "A voice"))
    named = [part.speaker for part in name_sources_once((one, one, voice, one)) if isinstance(part, Quote)]
    assert named == ["", "Trotsky", "A voice", "Trotsky"]


def test_choices_worth_reading_are_above_their_menu() -> None:
    choices = (Choice("One", "1"), Choice("Two", "2", "with a detail"))
    listed, closed = Menu("Choose", "event.show", choices, listed=True), Menu("Choose", "event.show", choices)
    marked = Menu("Choose", "event.show", (choices[0], Choice("Three", "3", marks=((0, 2),))), listed=True)
    assert next(iter(list_choices([marked]))) == Items(("One", "Three"), ((), ((0, 2),)))
    assert list(list_choices((listed, closed))) == [Items(("One", "Two – with a detail")), listed, closed]
