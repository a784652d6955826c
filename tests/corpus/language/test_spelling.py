"""Spelling correction: which slips are forgiven, and which words are offered."""

from __future__ import annotations

import pytest

from corpus.language.spelling import Speller

SPELLER = Speller(
    {"gunpowder": 1, "coalition": 12, "lieber": 1, "train": 3, "brain": 1, "peasant": 9, "peace": 4, "1917": 2}
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gunpowdr", "gunpowder"),
        ("gnupowdre", "gunpowder"),
        ("ugnpowder", "gunpowder"),
        ("coaliton", "coalition"),
        ("liebre", "lieber"),
        ("trainn", "train"),
        ("treim", None),
        ("troin", "train"),
        ("traim", "train"),
        ("grain", None),  # another word, not a slip
        ("lieser", None),
        ("tain", None),  # too short to tell
        ("pecae", "peace"),
        ("peasnat", "peasant"),
        ("peesnat", None),  # two slips in seven letters
        ("1918", None),
        ("19l7", None),
        ("zebra", None),
        ("", None),
    ],
)
def test_slips_are_corrected_in_long_words_only(typed: str, meant: str | None) -> None:
    assert SPELLER.correct(typed) == meant


def test_near_words_begin_alike_or_look_alike() -> None:
    assert SPELLER.suggest("gunp", 5) == ("gunpowder",)
    assert SPELLER.suggest("drain", 5) == ("brain", "train") or SPELLER.suggest("drain", 5) == ("train", "brain")
    assert SPELLER.suggest("zebra", 5) == ()
    assert SPELLER.suggest("1918", 5) == ()
