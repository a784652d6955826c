"""The copies of which a quotation consists."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quotations.copies import copies
from corpus.quotations.parse import QuotedWord


def repeated(quotation: str) -> list[str]:
    """The copies in a string in which each letter is a word."""
    return copies(quotation, [QuotedWord(one, one, "", n, n + 1) for n, one in enumerate(quotation)])


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ("abab", ["ab", "ab"]), ("aaa", ["a", "a", "a"]), ("abcabcabc", ["abc", "abc", "abc"]),
        ("aabaab", ["aab", "aab"]), ("a", []), ("abc", []), ("aba", []), ("ababa", []), ("abaab", []),
        ("aabaaab", []), ("abcab", []),
    ],
)  # fmt: skip
def test_only_whole_copies_count(quotation: str, found: list[str]) -> None:
    assert repeated(quotation) == found


def test_what_is_around_the_words_is_in_one_copy_or_the_other() -> None:
    words = [QuotedWord("a", "A", ". ", 1, 2), QuotedWord("a", "A", ".", 6, 7)]
    assert copies("“A. \n A.”", words) == ["A.", "A.”"]


@given(st.text("ab", min_size=1, max_size=6), st.integers(1, 6))
def test_any_words_are_found_again(words: str, many: int) -> None:
    found = repeated(words * many)
    assert len(found) >= many or many == 1
    assert "".join(found) in ("", words * many)
    assert len(set(found)) <= 1


@pytest.mark.parametrize("unit", ["a", "ab", "a" * 5_000 + "b"])
def test_the_time_grows_with_the_words(unit: str) -> None:
    started = time.thread_time()
    repeated((unit * 20_000)[:20_000])
    assert time.thread_time() - started < 0.5
