"""The set of words of what was typed."""

from __future__ import annotations

import pytest

from corpus.language.word_set import word_set


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", set()),
        ("?!", set()),
        ("Chapter4, of the REED", {"chapter", "4", "of", "the", "reed"}),
        ("ch.4", {"ch", "4"}),
        ("the Reed’s second_act", {"the", "reed", "s", "second", "act"}),
        ("Kapítel", {"kapitel"}),
        ("Десять дней", {"десять", "дней"}),
        ("please " * 100, {"please"}),
    ],
)
def test_letters_and_figures_are_apart_and_folded(typed: str, words: set[str]) -> None:
    assert word_set(typed) == words
