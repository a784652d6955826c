"""Alternations in regular expressions, from tables of words and phrases."""

from __future__ import annotations

from collections.abc import Iterable


def phrases(table: str) -> tuple[str, ...]:
    """The words and phrases of a table, which are between commas, on one line or several."""
    return tuple(" ".join(phrase.split()) for phrase in table.split(","))


def any_of(choices: Iterable[str]) -> str:
    """A group that captures nothing, for any of some words or patterns; the first that fits counts."""
    return f"(?:{'|'.join(choices)})"
