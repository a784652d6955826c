"""Alternations in regular expressions, from tables of words and phrases."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.language.tokens import folded


def phrases(table: str) -> tuple[str, ...]:
    """The words and phrases of a table, which are between commas, on one line or several."""
    return tuple(" ".join(phrase.split()) for phrase in table.split(","))


def any_folded(table: str) -> str:
    """A group for any of the phrases of a table in folded words, the longest first."""
    return any_of(sorted(phrases(folded(table)), key=len, reverse=True))


def any_of(choices: Iterable[str]) -> str:
    """A group that captures nothing, for any of some words or patterns; the first that fits counts."""
    return f"(?:{'|'.join(choices)})"
