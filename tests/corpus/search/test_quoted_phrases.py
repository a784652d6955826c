"""Quoted phrases: which marks hold them."""

from __future__ import annotations

from corpus.language.tokens import APOSTROPHES, QUOTATION_MARKS
from corpus.search.quoted_phrases import QuotedQuery, quoted_query, without_marks


def test_every_mark_holds_a_phrase() -> None:
    for mark in f'"{QUOTATION_MARKS}':
        assert quoted_query(f"find {mark}Seize power") == QuotedQuery((("seize", "power"),)), mark
        assert without_marks(f"{mark}Seize{mark} power") == "Seize power"
    for mark in f"'{APOSTROPHES}":
        assert quoted_query(f"{mark}Seize power{mark}") == QuotedQuery((("seize", "power"),)), mark
        assert without_marks(f" {mark}Seize power{mark}") == "Seize power"


def test_without_a_mark_nothing_is_quoted() -> None:
    assert quoted_query("seize the power") is None
    assert without_marks(" seize the\tpower ") == " seize the\tpower "
