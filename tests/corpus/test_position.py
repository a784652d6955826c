"""Positions: "the last sentence of the speech" and the like."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.corpus import Corpus
from corpus.position import Position

PIECES = ["last", "first", " ", "sentence", "paragraph", "of", "the", "end", "how does", "speech", "3", "-", ",", "'s"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("the last sentence of the speech", Position("speech", 1, in_sentences=True, from_end=True)),
        ("final sentence in speech 3", Position("speech 3", 1, in_sentences=True, from_end=True)),
        ("The speech's last sentence", Position("speech", 1, in_sentences=True, from_end=True)),
        ("speech, last paragraph", Position("speech", 1, from_end=True)),
        ("the end of the speech", Position("speech", 1, from_end=True, is_edge=True)),
        ("How does the speech end?", Position("speech", 1, from_end=True, is_edge=True)),
        ("letzter Absatz von speech", Position("speech", 1, from_end=True)),
        ("second-to-last paragraph of the speech", Position("speech", 2, from_end=True)),
        ("last but one sentence of the speech", Position("speech", 2, in_sentences=True, from_end=True)),
        ("vorletzter Satz der speech", Position("speech", 2, in_sentences=True, from_end=True)),
        ("opening paragraph of the speech", Position("speech", 1)),
        ("the beginning of the speech", Position("speech", 1, is_edge=True)),
        ("the third sentence of the speech", Position("speech", 3, in_sentences=True)),
        ("21st sentence of the speech", Position("speech", 21, in_sentences=True)),
        ("last paragraph", Position("", 1, from_end=True)),
        ("last line of the speech", Position("speech", 1, in_sentences=True, from_end=True)),
        ("the speech's first words", Position("speech", 1, in_sentences=True)),
        *((typed, None) for typed in ("", "the end", "last", "the last word", "end of", "speech", "how does it work")),
    ],
)
def test_a_position_is_read_in_every_usual_form(typed: str, found: Position | None) -> None:
    assert Position.read(typed) == found


@pytest.mark.parametrize(
    ("typed", "paragraph", "passage"),
    [
        ("last sentence", None, "speech 8.3"),
        ("penultimate sentence", None, "speech 8.2"),
        ("10th sentence", None, "speech 2.1"),
        ("last sentence", 3, "speech 3.7"),
        ("8th sentence", 3, "None"),
        ("last paragraph", None, "speech 8"),
        ("9th paragraph", None, "None"),
    ],
)
def test_a_position_is_counted_in_its_text_or_paragraph(
    corpus: Corpus, typed: str, paragraph: int | None, passage: str
) -> None:
    position = Position.read(typed)
    assert position
    text = corpus.texts["speech"]
    places = range(text.place(paragraph), text.place(paragraph) + 1) if paragraph else None
    assert str(position.within(text, places)) == passage


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
@example("0th paragraph of it")
def test_nothing_typed_raises(typed: str) -> None:
    position = Position.read(typed)
    assert position is None or position.number >= 1


@pytest.mark.parametrize("unit", ["a ", "last ", "of ", "sentence ", "the end of ", ", "])
def test_long_words_cost_no_more_than_their_length(unit: str) -> None:
    for length in (120, 200_000):
        started = time.thread_time()
        Position.read((unit * length)[:length])
        assert time.thread_time() - started < 0.5
