"""Late interaction: how well the words of a query pair with those of a sentence, each with the one nearest to it.

The sum of a sentence's vectors blurs what its words mean; pairs keep it. To pair takes longer, so only what is nearest
by the sums is paired.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from corpus.index_file import IndexFile
from corpus.search.embeddings import WordVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_KEPT = 4_096  # sentences of which the rows are in memory: a megabyte
_LONGEST = 60  # words and phrases of a query that are paired
_AT_ONCE = 64  # words that are compared at once: for more, numpy would wake threads, which takes longer than it helps
_BACK = 0.3  # how much it counts that a sentence's words are in the query, and not only the other way round

_WORDS = """
WITH wanted AS (SELECT value FROM json_each(?))
SELECT id, words FROM sentence WHERE id IN wanted
UNION ALL SELECT rowid, words FROM paraphrase WHERE rowid IN wanted
"""


class LateInteraction:
    """Scores sentences and paraphrases by the pairs that their words make with a query's: 1 where each has its like.

    `rows` are those of the table for the words of sentences, as far as they are known.
    """

    def __init__(self, index: IndexFile, model: WordVectors, rows: Mapping[int, Sequence[int]]) -> None:
        self._index, self._model = index, model
        self._rows = rows if len(rows) <= _KEPT else {}

    def scores(self, query: Sequence[int], sentences: Sequence[int]) -> Vectors:
        """A number from 0 to 1 for each of some sentences, by their ids. All have words that the model knows.

        `query` are the rows of the table for its words.
        """
        import numpy as np

        if not sentences:
            return np.zeros(0, np.float32)
        rows = self._rows_of(sentences)
        asked_for = self._model.word_vectors(query[:_LONGEST])
        return pair(asked_for, self._model.word_vectors(list(chain.from_iterable(rows))), [len(one) for one in rows])

    def _rows_of(self, sentences: Sequence[int]) -> list[Sequence[int]]:
        """The rows of the table for the words of each sentence."""
        known = self._rows
        found = {one: known[one] for one in sentences if one in known}
        if lacking := [one for one in sentences if one not in found]:
            words = self._index.rows(_WORDS, (msgspec.json.encode(lacking).decode(),))
            found |= {sentence: self._model.rows(one) for sentence, one in words}
            # Another thread may read it meanwhile.
            self._rows = {**known, **found} if len(known) + len(found) <= _KEPT else found
        return [found[one] for one in sentences]


def pair(query: Vectors, words: Vectors, lengths: Sequence[int]) -> Vectors:
    """The scores of sentences: `words` has a vector for each word of them all, `lengths` how many are of each.

    A word counts by the length of its vector.
    """
    import numpy as np

    weights, other_weights = _lengths(query), _lengths(words)
    asked_for = query / weights[:, None]
    parts = (words[n : n + _AT_ONCE] for n in range(0, len(words), _AT_ONCE))
    cosines = np.concatenate([asked_for @ part.T for part in parts], axis=1)
    cosines = np.maximum(cosines, 0) / other_weights
    starts = np.cumsum([0, *lengths[:-1]])
    there = weights @ np.maximum.reduceat(cosines, starts, axis=1) / weights.sum()
    back = np.add.reduceat(cosines.max(axis=0) * other_weights, starts) / np.add.reduceat(other_weights, starts)
    scores: Vectors = ((1 - _BACK) * there + _BACK * back).astype(np.float32)
    return scores


def _lengths(vectors: Vectors) -> Vectors:
    import numpy as np

    lengths: Vectors = np.sqrt(np.einsum("ij,ij->i", vectors, vectors)).clip(1e-9)
    return lengths
