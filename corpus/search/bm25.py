"""BM25 as FTS5 computes it: how well documents match by what they have of a query's terms."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

_K1, _B = 1.2, 0.75
_LEAST = 1e-6  # what a term tells that more than half of the documents have


def idf(documents: int, having: int) -> float:
    """How much a term tells that so many of the documents have."""
    found = log((documents - having + 0.5) / (having + 0.5))
    return found if found > 0 else _LEAST


def length_norms(lengths: Mapping[int, int]) -> dict[int, float]:
    """By how much the length of each document, in words, makes a term in it tell less."""
    mean = sum(lengths.values()) / max(1, len(lengths))
    return {number: _K1 * (1 - _B + _B * length / mean) for number, length in lengths.items()}


def term_score(idf: float, times: int, norm: float) -> float:
    """What a term adds to the score of a document that has it so many times."""
    return idf * (times * (_K1 + 1) / (times + norm))
