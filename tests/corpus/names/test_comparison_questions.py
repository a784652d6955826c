"""Questions that compare, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.names.comparison_questions import compared_subjects, subject_of_comparison, texts_of_comparison


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("what do the texts say about peace?", "peace"),
        ("How do both texts differ on  the army", "the army"),
        ("where do they disagree about Lenin", "Lenin"),
        ("peace according to the two sources", "peace"),
        ("peace in these texts", "peace"),
        ("compare peace", "peace"),
        ("do the texts agree on coalition?", "coalition"),
        ("do they disagree about the army", "the army"),
        ("did both say anything about peace", "peace"),
        ("differences on peace", "peace"),
        ("do both texts differ concerning peace", "peace"),
        ("the texts regarding peace", "peace"),
        ("what do they say over peace", "peace"),
        ("what's the difference between the texts on peace", "peace"),
        ("is there any disagreement over the army", "the army"),
        ("both texts on the army", "the army"),
        ("compare what they say about Lenin", "Lenin"),
        *((typed, typed) for typed in ("peace", "peace in Europe", "what do they say", "", "texts", "a" * 300)),
    ],
)
def test_the_subject_is_found_without_the_question(typed: str, subject: str) -> None:
    assert subject_of_comparison(typed) == subject


@pytest.mark.parametrize(
    ("typed", "subjects"),
    [
        ("Lenin vs Stalin", ("Lenin", "Stalin")),
        ("Lenin VS. Stalin", ("Lenin", "Stalin")),
        ("Lenin v. Stalin", ("Lenin", "Stalin")),
        ("Lenin v Stalin", ("Lenin", "Stalin")),
        ("“Lenin” or 'Stalin'", ("Lenin", "Stalin")),
        ("Lenin/Stalin", ("Lenin", "Stalin")),
        ("compare Lenin & Stalin", ("Lenin", "Stalin")),
        ("Lenin, Stalin, and Trotsky?", ("Lenin", "Stalin", "Trotsky")),
        ("Lenin, Stalin and Trotsky", ("Lenin", "Stalin", "Trotsky")),
        ("the difference between war and peace", ("war", "peace")),
        ("What is the difference between war and peace?", ("war", "peace")),
        ("war compared to peace and bread", ("war", "peace", "bread")),
        ("war as compared with peace", ("war", "peace")),
        *(
            (typed, ())
            for typed in ("", "peace", "and", "and peace", "sandy", "war and", ",", "war, ", "vs", "compare")
        ),
    ],
)
def test_what_is_compared_is_taken_apart(typed: str, subjects: tuple[str, ...]) -> None:
    assert compared_subjects(typed) == subjects


@given(st.text(max_size=250))
def test_nothing_typed_raises(typed: str) -> None:
    subject_of_comparison(typed)
    texts_of_comparison(typed)
    compared_subjects(typed)
