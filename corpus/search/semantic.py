"""Semantic search: an exact nearest-neighbour search over the embeddings of all sentences, a file beside the index."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus.index_file import IndexFile, MappedFile
from corpus.reference import Reference
from corpus.search.embeddings import Embedder, transformer, word_vectors
from corpus.search.passages import PassageStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST = 200  # sentences that are found
_TRANSFORMED = 50_000  # sentences for which a transformer's time is bearable: some minutes
_SCALE = 127  # an embedding's numbers lie between -1 and 1, and are kept as whole numbers of one byte
_QUICK = 2_000  # sentences that are compared in less time than a thread takes
_WRITTEN = 1_024  # sentences whose embeddings are written at once
_CHUNK = 16_384  # sentences that are made at once: some megabytes
_COMPARED = 2_048  # sentences that are compared at once: what a processor has at hand
_RELEASED = 64 * _COMPARED  # sentences after which the memory of the file is given back


class Neighbour(NamedTuple):
    """A sentence near in meaning; `is_alike` where it is near enough to be an answer."""

    reference: Reference
    is_alike: bool


def vectors_file(index: Path, model: Embedder) -> Path:
    """The file of the embeddings of an index's sentences."""
    return index.with_suffix(f".{model.name}")


def ensure_vectors(index: Path, count: int, sentences: Iterable[str], model: Embedder) -> Path:
    """The file of the embeddings of an index's sentences, `count` of them, made unless it is there and whole."""
    file = vectors_file(index, model)
    if not file.exists() or file.stat().st_size != count * model.size:
        _write(file, sentences, model)
    return file


def _write(file: Path, sentences: Iterable[str], model: Embedder) -> None:
    """Writes beside the file and renames, as the index is written."""
    unfinished = file.with_name(f"corpus-{secrets.token_hex(8)}.building")
    rest = iter(sentences)
    try:
        with unfinished.open("wb") as out:
            while chunk := list(islice(rest, _CHUNK)):
                out.write(_as_bytes(model.embed(chunk)))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


class VectorWriter:
    """Writes the file of the embeddings of an index's sentences, by word vectors, while the sentences come in."""

    def __init__(self, file: Path) -> None:
        self._out = file.open("wb")
        self._waiting: list[Sequence[str]] = []

    def add(self, stems: Sequence[str]) -> None:
        """Writes the embedding of the next sentence, of which these are the stems."""
        self._waiting.append(stems)
        if len(self._waiting) >= _WRITTEN:
            self._write()

    def close(self) -> None:
        self._write()
        self._out.close()

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._out.write(_as_bytes(word_vectors().embed_stems(waiting)))


def _as_bytes(vectors: NDArray[np.float32]) -> bytes:
    import numpy as np

    return np.rint(vectors * _SCALE).astype(np.int8).tobytes()


def sentence_words(index: IndexFile) -> Iterator[str]:
    """The words of every sentence of an index, in order."""
    return (words for (words,) in index.connection.execute("SELECT words FROM sentence ORDER BY id"))


class SemanticIndex:
    """Finds sentences by meaning. The model and the embeddings are loaded when first asked for.

    The embeddings are mapped into memory, not read: one byte for each number.
    """

    def __init__(self, index: IndexFile, passages: PassageStore, *, transformer: bool = False) -> None:
        self._index, self._passages, self.transformer = index, passages, transformer

    @property
    def is_quick(self) -> bool:
        """Whether a search takes less than a thread would: the word vectors of a small corpus, when they are loaded."""
        return "_opened" in self.__dict__ and self._opened[1].name == "words" and len(self._opened[0]) <= _QUICK

    def nearest(self, words: str) -> list[Neighbour]:
        """The sentences nearest in meaning, nearest first. It may block."""
        import numpy as np

        vectors, model = self._opened
        (query,) = model.embed([words])
        cosines = np.empty(len(vectors), np.float32)
        for start in range(0, len(vectors), _COMPARED):
            chunk = vectors[start : start + _COMPARED].astype(np.float32)
            np.matmul(chunk, query, out=cosines[start : start + len(chunk)])
            if start % _RELEASED == 0:
                self._file.release()
        self._file.release()
        cosines /= _SCALE
        near = np.argpartition(-cosines, _MOST)[:_MOST] if len(cosines) > _MOST else np.arange(len(cosines))
        best = near[np.lexsort((near, -cosines[near]))]
        references = self._passages.references([int(place) + 1 for place in best])
        alike = (cosines[best] >= model.alike).tolist()
        return [Neighbour(*one) for one in zip(references, alike, strict=True)]

    @cached_property
    def _opened(self) -> tuple[NDArray[np.int8], Embedder]:
        import numpy as np

        count = self._passages.count()
        model: Embedder = transformer() if self.transformer and count <= _TRANSFORMED else word_vectors()
        file = ensure_vectors(self._index.file, count, sentence_words(self._index), model)
        self._file = MappedFile(file)
        return np.frombuffer(self._file.content, np.int8).reshape(-1, model.size), model
