"""The title and the author with which a plain text begins."""

from __future__ import annotations

import pytest

from corpus.source.readers import read_file

SENTENCE = "The tea was cold, and nobody had brought the wood."
DIVISIONS = (
    "Chapter 1",
    "CHAPTER I. Of Haste",
    "LETTER I",
    "ACT I",
    "Erstes Kapitel",
    "CHAPITRE PREMIER",
    "Глава первая",
)


def begun(*lines: str) -> tuple[str, str]:
    found = read_file("a.txt", "\n\n".join((*lines, SENTENCE, "")).encode()).metadata
    return found.title, found.author


@pytest.mark.parametrize("division", DIVISIONS)
@pytest.mark.parametrize("below", [(), ("A Story in Two Parts",)])
def test_a_short_line_above_the_first_chapter_is_the_title(division: str, below: tuple[str, ...]) -> None:
    assert begun("Letters to a Sister", *below, division) == ("Letters to a Sister", "")
    assert begun("Letters to a Sister", *below, "By Clara Bell", division) == ("Letters to a Sister", "Clara Bell")


def test_a_byline_may_be_below_a_second_line() -> None:
    assert begun("The Guests", "A Play in Two Acts", "by Harold Bell") == ("The Guests", "Harold Bell")


@pytest.mark.parametrize(
    "lines",
    [
        ("Dear Margaret,", "CHAPTER I"),
        ("It had rained.", "By Clara Bell", "CHAPTER I"),
        ("The Guests", SENTENCE, "By Clara Bell"),
        ("The Guests", SENTENCE, "CHAPTER I"),
        ("CHAPTER I", "By Clara Bell"),
        ("One", "Two", "Three", "Four", "By Clara Bell"),
    ],
)
def test_other_beginnings_have_no_title(lines: tuple[str, ...]) -> None:
    assert begun(*lines) == ("", "")
