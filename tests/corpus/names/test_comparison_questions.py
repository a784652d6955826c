"""Questions that compare, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.names.comparison_questions import pair_of_subjects, subject_of_comparison


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("what do the texts say about peace?", "peace"),
        ("How do both texts differ on  the army", "the army"),
        ("where do they disagree about Lenin", "Lenin"),
        ("peace according to the two sources", "peace"),
        ("peace in these texts", "peace"),
        *((typed, typed) for typed in ("peace", "peace in Europe", "what do they say", "", "texts", "a" * 300)),
    ],
)
def test_the_subject_stands_without_the_question(typed: str, subject: str) -> None:
    assert subject_of_comparison(typed) == subject


@pytest.mark.parametrize(
    ("typed", "pair"),
    [
        ("Lenin vs Stalin", ("Lenin", "Stalin")),
        ("Lenin VS. Stalin", ("Lenin", "Stalin")),
        ("the difference between war and peace", ("war", "peace")),
        ("war compared to peace and bread", ("war", "peace and bread")),
        ("war as compared with peace", ("war", "peace")),
        *((typed, None) for typed in ("", "peace", "and", "and peace", "sandy", "war and")),
    ],
)
def test_a_pair_is_taken_apart(typed: str, pair: tuple[str, str] | None) -> None:
    assert pair_of_subjects(typed) == pair


@given(st.text(max_size=250))
def test_nothing_typed_raises(typed: str) -> None:
    subject_of_comparison(typed)
    pair_of_subjects(typed)
