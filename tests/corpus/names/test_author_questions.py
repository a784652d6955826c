"""Questions for a text's author, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.names.author_questions import author_question


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("who wrote the article?", "the article"),
        ("is the author of the article", "the article"),
        ("Author of Ten Days", "Ten Days"),
        ("gave the  speech", "the speech"),
        ("the article's author", "the article"),
        ("who is the speech’s speaker?", "the speech"),
        ("who wrote this article", "article"),
        ("the speaker", ""),
        *((typed, None) for typed in ("Trotsky", "authors", "who", "", "the speakers of the house")),
    ],
)
def test_the_text_is_found_without_the_question(typed: str, text: str | None) -> None:
    assert author_question(typed) == text


@given(st.text(max_size=250))
def test_nothing_typed_raises(typed: str) -> None:
    author_question(typed)
