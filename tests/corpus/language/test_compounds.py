"""The same letters in one word or in two, an ordinal's old ending, and ligatures are the same words in print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.compounds import are_same_in_print


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("any body", "anybody"),
        ("court-yard", "courtyard"),
        ("Per cent", "percent"),
        ("South‑West", "southwest"),
        ("23d", "23rd"),
        ("the 2d", "the 2nd"),
        ("mediæval", "medieval"),
        ("mediæval", "mediaeval"),
    ],
)
def test_words_printed_in_another_way_are_the_same(one: str, other: str) -> None:
    assert are_same_in_print(one, other)
    assert are_same_in_print(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("23rd", "24th"), ("23", "23rd"), ("not able", "notably"), ("1917", "191 8"), ("we're", "were")]
)
def test_other_words_and_numbers_are_not_the_same(one: str, other: str) -> None:
    assert not are_same_in_print(one, other)


@given(st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=4), st.sampled_from(["", " ", "-", "  "]))
def test_whatever_parts_them_words_of_the_same_letters_are_the_same(words: list[str], mark: str) -> None:
    assert are_same_in_print(mark.join(words), " ".join(words))


PHRASES = ("a part", "a way", "a long", "in justice", "in action", "now here", "not able", "no table", "be long",
           "for give", "fear less", "use less", "at one", "so on")  # fmt: skip


@pytest.mark.parametrize("phrase", PHRASES)
def test_words_that_are_others_when_they_are_joined_are_not_the_same(phrase: str) -> None:
    joined = phrase.replace(" ", "")
    for frame in ("{}", "court-yard {}", "{} of any one", "{} court yard"):
        typed = frame.format(joined).replace("-", "").replace("any one", "anyone")
        assert not are_same_in_print(frame.format(phrase), typed)
        assert not are_same_in_print(typed.title(), frame.format(phrase))
        assert are_same_in_print(frame.format(phrase), typed.replace(joined, phrase.upper()))


@pytest.mark.parametrize("phrase", ["no where", "in their", "all most", "fear  fully", "him self", "in stead", "a lot"])
def test_others_are_the_same_with_the_space_left_out(phrase: str) -> None:
    assert are_same_in_print(phrase, phrase.replace(" ", ""))


def test_figures_without_an_end_are_compared_in_one_go() -> None:
    """From each figure on it would take minutes."""
    assert not are_same_in_print("1" * 200_000, "2" * 200_000)
    assert are_same_in_print("1" * 200_000 + "d", "1" * 200_000 + "nd")
