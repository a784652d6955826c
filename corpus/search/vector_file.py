"""The file of embeddings beside an index: a row for each sentence, mapped into memory when something is looked for.

Of very many sentences, a shortlist by the first principal components is compared by all of them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.index_file import MappedFile
from corpus.search.embeddings import Embedder, word_vectors

if TYPE_CHECKING:
    from mmap import mmap

    import numpy as np
    from numpy.typing import NDArray

_SCALE = 127  # an embedding's numbers lie between -1 and 1, and are kept as whole numbers of one byte
_BLOCK = 1_024  # sentences that are written and compared at once: what a processor has at hand
_RUN = 64  # blocks after which the memory of the file is given back
_FEW = 2_048  # sentences of which the numbers are kept as floats, in two megabytes at most
_STEP = 16  # sentences that BLAS compares at a time: the others it would add up in another order
_EXACT = 100_000  # sentences of which all are compared by all numbers
_SHORTLIST = 2_000  # of a run of blocks, the sentences that are, where there are more: the nearest by the first numbers


def vectors_file(index: Path, model: Embedder | type[Embedder]) -> Path:
    """The file of the embeddings of an index's sentences."""
    return index.with_suffix(f".{model.name}")


def ensure_vectors(index: Path, count: int, sentences: Iterable[str], model: Embedder) -> Path:
    """The file of the embeddings of an index's sentences, `count` of them, made unless it is there and whole."""
    file = vectors_file(index, model)
    if not has_vectors(index, count, model):
        _write(file, sentences, model)
    return file


def has_vectors(index: Path, count: int, model: Embedder | type[Embedder]) -> bool:
    """Whether the file of the embeddings of an index's sentences, `count` of them, is there and whole."""
    file = vectors_file(index, model)
    return file.exists() and file.stat().st_size == -(-count // _BLOCK) * _BLOCK * model.size


def _write(file: Path, sentences: Iterable[str], model: Embedder) -> None:
    """Writes beside the file and renames, as the index is written."""
    unfinished = file.with_name(f"corpus-{secrets.token_hex(8)}.building")
    rest = iter(sentences)
    try:
        with unfinished.open("wb") as out:
            while block := list(islice(rest, _BLOCK)):
                out.write(_block(_as_bytes(model.embed(block)), model))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def word_embeddings(sentences: Iterable[Sequence[str]]) -> bytes:
    """The embeddings by word vectors of sentences, of which each is given by its stems: a row of bytes for each."""
    rest, made = iter(sentences), bytearray()
    while some := list(islice(rest, _BLOCK)):
        made += _as_bytes(word_vectors().embed_stems(some))
    return bytes(made)


class VectorWriter:
    """Writes the file of the embeddings of an index's sentences, by word vectors, text by text."""

    def __init__(self, file: Path) -> None:
        self._out = file.open("wb")
        self._waiting = bytearray()
        self._size = _BLOCK * word_vectors().size

    def add(self, embeddings: bytes) -> None:
        """Writes the embeddings of the next sentences, as `word_embeddings` makes them."""
        self._waiting += embeddings
        while len(self._waiting) >= self._size:
            self._write()

    def close(self) -> None:
        if self._waiting:
            self._write()
        self._out.close()

    def _write(self) -> None:
        self._out.write(_block(self._waiting[: self._size], word_vectors()))
        del self._waiting[: self._size]


def _as_bytes(vectors: NDArray[np.float32]) -> bytes:
    """A row for each vector, one byte for each number."""
    import numpy as np

    return np.rint(vectors * _SCALE).astype(np.int8).tobytes()


def _block(rows: bytes | bytearray, model: Embedder) -> bytes:
    """A block: the first numbers of all its sentences, then the others, with zeros for sentences that it lacks."""
    import numpy as np

    block = np.zeros((_BLOCK, model.size), np.int8)
    block.ravel()[: len(rows)] = np.frombuffer(rows, np.int8)
    return block[:, : model.coarse].tobytes() + block[:, model.coarse :].tobytes()


def _parts(content: bytes | mmap, model: Embedder) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """The first numbers of all sentences, block by block, and the others."""
    import numpy as np

    blocks = np.frombuffer(content, np.int8).reshape(-1, _BLOCK * model.size)
    coarse = blocks[:, : _BLOCK * model.coarse].reshape(len(blocks), _BLOCK, model.coarse)
    return coarse, blocks[:, _BLOCK * model.coarse :].reshape(len(blocks), _BLOCK, model.size - model.coarse)


def last_embeddings(file: Path, count: int, many: int) -> list[bytes]:
    """Those of the last `many` of the `count` sentences in a file of embeddings by word vectors, one by one."""
    import numpy as np

    first, model = count - many, word_vectors()
    parts = _parts(MappedFile(file).content, model)
    rows = np.concatenate([one[first // _BLOCK :] for one in parts], axis=2).reshape(-1, model.size)
    return [row.tobytes() for row in rows[first % _BLOCK :][:many]]


class VectorFile(MappedFile):
    """The file of embeddings, mapped: one byte for each number. Of few sentences, the numbers are read as floats."""

    def __init__(self, file: Path, count: int, model: Embedder) -> None:
        super().__init__(file)
        self.count = count
        parts = _parts(self.content, model)
        self._coarse, self._fine = (_floats(one, count) if count <= _FEW else one for one in parts)

    def nearest(
        self, query: NDArray[np.float32], most: int, *, exhaustive: bool = False
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """The places of the sentences nearest to a vector, nearest first, and their cosines.

        Of very many a shortlist is compared by all numbers, unless the search is `exhaustive`.
        """
        import numpy as np

        is_exact = exhaustive or self.count <= _EXACT
        runs = [self._near(start, query, most, is_exact=is_exact) for start in range(0, len(self._coarse), _RUN)]
        places, products = runs[0]
        if len(runs) > 1:
            places, products = (np.concatenate(column) for column in zip(*runs, strict=True))
        best = np.argsort(-products, kind="stable")[:most]
        return places.take(best), products.take(best) / np.float32(_SCALE)

    def _near(
        self, start: int, query: NDArray[np.float32], most: int, *, is_exact: bool
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """The nearest of a run of blocks, in their order in the file."""
        import numpy as np

        coarse, fine = self._coarse[start : start + _RUN], self._fine[start : start + _RUN]
        first, then = query[: coarse.shape[2]], query[coarse.shape[2] :]
        size = min(self.count - start * _BLOCK, coarse.shape[0] * coarse.shape[1])
        products = _products(coarse, first)[:size]
        if is_exact:
            products += _products(fine, then)[:size]
            places = best = greatest(products, most)
        else:
            near = greatest(products, _SHORTLIST)
            products = products[near] + fine[near // _BLOCK, near % _BLOCK].astype(np.float32) @ then
            best = greatest(products, most)
            places = near[best]
        self.release()
        return places + start * _BLOCK if start else places, products.take(best)


def _floats(part: NDArray[np.int8], count: int) -> NDArray[np.float32]:
    """Numbers of some sentences as floats, in one block. What fills it up is left out but for the last few rows."""
    import numpy as np

    rows = -(-count // _STEP) * _STEP
    return part.reshape(1, len(part) * _BLOCK, part.shape[2])[:, :rows].astype(np.float32)


def _products(part: NDArray[np.int8] | NDArray[np.float32], query: NDArray[np.float32]) -> NDArray[np.float32]:
    """The products of the numbers of each sentence with a vector's."""
    import numpy as np

    if part.dtype == np.float32:
        return (part @ query).ravel()
    found, block = np.empty((len(part), _BLOCK), np.float32), np.empty(part.shape[1:], np.float32)
    for row, one in zip(found, part, strict=True):
        np.copyto(block, one)
        np.matmul(block, query, out=row)
    return found.ravel()


def greatest(numbers: NDArray[np.float32], most: int) -> NDArray[np.intp]:
    """The places of the greatest numbers, in their order; more than `most` where some are as great as the last."""
    import numpy as np

    if len(numbers) <= most:
        return np.arange(len(numbers))
    return np.flatnonzero(numbers >= np.partition(numbers, -most)[-most])
