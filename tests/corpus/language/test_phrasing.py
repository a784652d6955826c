"""Parts of sentences: lists, plurals, and names within a sentence."""

from __future__ import annotations

import pytest

from corpus.language.phrasing import and_list, capitalized, lower_article, or_list, plural


@pytest.mark.parametrize(
    ("words", "joined", "alternatives"),
    [([], "", ""), (["a"], "a", "a"), (["a", "b"], "a and b", "a or b"), (["a", "b", "c"], "a, b and c", "a, b or c")],
)
def test_words_are_joined_as_in_a_sentence(words: list[str], joined: str, alternatives: str) -> None:
    assert (and_list(words), or_list(words)) == (joined, alternatives)


def test_a_number_has_its_noun_in_the_right_form() -> None:
    assert plural(1, "sentence") == "1 sentence"
    assert plural(2, "sentence") == "2 sentences"
    assert plural(2_000, "entry", "entries") == "2,000 entries"


def test_names_begin_as_their_place_in_a_sentence_wants() -> None:
    assert [capitalized("the speech"), capitalized("")] == ["The speech", ""]
    assert [lower_article("The hall"), lower_article("Theodore Dan"), lower_article("")] == [
        "the hall",
        "Theodore Dan",
        "",
    ]
