"""Numbers of a thousand and more in all the ways in which people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.number_spellings import spellings_of_number
from corpus.language.tokens import tokens


def words(typed: str) -> list[str]:
    return [token.word for token in tokens(typed)]


@pytest.mark.parametrize("typed", ["5,000,000", "5.000.000", "5 000 000", "5'000'000", "5000000", "5 million",
                                   "five million", "five millions"])  # fmt: skip
def test_a_round_number_has_the_same_spellings_however_it_is_typed(typed: str) -> None:
    many, ways = spellings_of_number(words(typed))
    every = {("5000000",), ("5", "000", "000"), ("5", "million"), ("five", "million")}
    assert many == len(words(typed))
    assert set(ways) == every - {tuple(words(typed))}


@pytest.mark.parametrize(
    ("typed", "many", "ways"),
    [
        ("1,234", 2, {("1234",)}),
        ("1917 people", 1, {("1", "917")}),
        ("100,000 workers", 2, {("100000",), ("100", "thousand")}),
        ("twenty thousand", 2, {("20000",), ("20", "000"), ("20", "thousand")}),
        ("nineteen seventeen was", 2, {("1917",), ("1", "917")}),
        ("two hundred and fifty thousand", 5, {("250000",), ("250", "000"), ("250", "thousand")}),
        ("5,000,000 in 1917", 3, {("5000000",), ("5", "million"), ("five", "million")}),
        *(
            (typed, 0, set())
            for typed in ("", "five", "5", "917", "million", "a million", "24 October", "zero million")
        ),
        *((typed, 0, set()) for typed in ("9" * 13, "9" * 100, "000", "0 000")),
    ],
)
def test_only_a_number_of_a_thousand_or_more_has_others(typed: str, many: int, ways: set[tuple[str, ...]]) -> None:
    assert spellings_of_number(words(typed)) == (many, spellings_of_number(words(typed))[1])
    assert set(spellings_of_number(words(typed))[1]) == ways


@given(st.integers(1_000, 10**12 - 1))
def test_the_spellings_of_a_number_are_the_same_number(number: int) -> None:
    for way in spellings_of_number([f"{number}"])[1]:
        assert (f"{number}",) in spellings_of_number(way)[1]
