"""Late interaction: how well the words of a query pair with those of a sentence, each with the one nearest to it.

The sum of a sentence's vectors blurs what its words mean; pairs keep it. To pair takes longer, so only what is nearest
by the sums is paired.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING

import msgspec

from corpus.index_file import IndexFile
from corpus.search.embeddings import TokenEmbeddings, WordVectors, vector_lengths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_KEPT = 4_096  # sentences of which the rows are in memory: a megabyte
_LONGEST = 60  # words and phrases of a query that are paired
_AT_ONCE = 250_000  # products that are added up at once: for more, numpy would wake threads, which takes longer
_STEP = 16  # words that BLAS compares at a time
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

    def scores(self, query: TokenEmbeddings, sentences: Sequence[int]) -> Vectors:
        """A number from 0 to 1 for each of some sentences, by their ids. All have words that the model knows."""
        import numpy as np

        if not sentences:
            return np.zeros(0, np.float32)
        rows = self._rows_of(sentences)
        words = list(chain.from_iterable(rows))
        asked_for, weights = query.vectors[:_LONGEST], query.lengths[:_LONGEST]
        size = _part_size(len(words), asked_for.size)
        words += words[-1:] * (-len(words) % size)
        return pair(asked_for, weights, self._model.word_vectors(words), list(map(len, rows)), size)

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


def pair(query: Vectors, weights: Vectors, words: Vectors, counts: Sequence[int], size: int) -> Vectors:
    """The scores of sentences: `words` has a vector for each word of them all, `counts` how many are of each.

    A word counts by the length of its vector; `weights` are those of the query's. Words are compared `size` at once,
    and of those behind the last sentence, which fill up the last part, none counts.
    """
    import numpy as np

    count = sum(counts)
    other_weights = vector_lengths(words[:count])
    asked_for = query / weights[:, None]
    products = [asked_for @ words[n : n + size].T for n in range(0, len(words), size)]
    joined = products[0] if len(products) == 1 else np.concatenate(products, axis=1)
    cosines = np.maximum(joined[:, :count], 0) / other_weights
    starts = [0, *accumulate(counts[:-1])]
    # Added up row by row: the product of vector and matrix would round some columns otherwise than others.
    there = (np.maximum.reduceat(cosines, starts, axis=1) * weights[:, None]).sum(axis=0) / weights.sum()
    nearest = cosines.max(axis=0)
    back = np.add.reduceat(nearest * other_weights, starts) / np.add.reduceat(other_weights, starts)
    scores: Vectors = (1 - _BACK) * there + _BACK * back
    return scores


def _part_size(words: int, query: int) -> int:
    """How many words are compared at once with a query of so many numbers.

    All parts are of one size, and of whole steps: BLAS would round the same words otherwise in one than in another.
    """
    parts = -(-words * query // _AT_ONCE)
    return -(-words // (parts * _STEP)) * _STEP
