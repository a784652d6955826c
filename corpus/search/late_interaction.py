"""Late interaction: how well the words of a query pair with those of a sentence, each with the one nearest to it.

The sum of a sentence's vectors blurs what its words mean; pairs keep it. To pair takes longer, so only what is nearest
by the sums is paired.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from corpus.index_file import IndexFile
from corpus.search.embeddings import TokenEmbeddings, WordVectors, vector_lengths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_KEPT = 4_096  # sentences of which the rows are in memory: a megabyte
_LONGEST = 60  # words and phrases of a query that are paired
_FEW = 8  # words of a query that are compared one by one: BLAS would first copy what it compares them all with
_AT_ONCE = 250_000  # products that are added up at once: for more, numpy would wake threads, which takes longer
_BACK = 0.3  # how much it counts that a sentence's words are in the query, and not only the other way round

_WORDS = """
WITH wanted AS (SELECT value FROM json_each(?))
SELECT id, words FROM sentence WHERE id IN wanted
UNION ALL SELECT rowid, words FROM paraphrase WHERE rowid IN wanted
"""


class Words(NamedTuple):
    """Words and phrases: the vector of each by the table, and how long it is."""

    vectors: Vectors
    lengths: Vectors


class LateInteraction:
    """Scores sentences and paraphrases by the pairs that their words make with a query's: 1 where each has its like.

    `rows` are those of the table for the words of sentences, as far as they are known.
    """

    def __init__(self, index: IndexFile, model: WordVectors, rows: Mapping[int, Sequence[int]]) -> None:
        import numpy as np

        self._index, self._model = index, model
        self._lengths = np.zeros(len(model.vocabulary), np.float32)
        """How long the vectors of known words are: to measure them in each search would be a fifth of it."""
        self._rows = rows if len(rows) <= _KEPT else {}
        self._measure(self._rows.values())

    def scores(self, query: TokenEmbeddings, sentences: Sequence[int]) -> Vectors:
        """A number from 0 to 1 for each of some sentences, by their ids. All have words that the model knows."""
        import numpy as np

        if not sentences:
            return np.zeros(0, np.float32)
        found = self._rows_of(sentences)
        rows = np.fromiter(chain.from_iterable(found), np.intp)
        words = Words(self._model.word_vectors(rows), self._lengths.take(rows))
        return pair(Words(query.vectors[:_LONGEST], query.lengths[:_LONGEST]), words, list(map(len, found)))

    def _rows_of(self, sentences: Sequence[int]) -> list[Sequence[int]]:
        """The rows of the table for the words of each sentence."""
        known = self._rows
        with suppress(KeyError):
            return [known[one] for one in sentences]  # of a small corpus, nearly always
        found = {one: known[one] for one in sentences if one in known}
        lacking = [one for one in sentences if one not in found]
        words = self._index.rows(_WORDS, (msgspec.json.encode(lacking).decode(),))
        found |= {sentence: self._model.rows(one) for sentence, one in words}
        self._measure(found.values())
        # Another thread may read it meanwhile.
        self._rows = {**known, **found} if len(known) + len(found) <= _KEPT else found
        return [found[one] for one in sentences]

    def _measure(self, rows: Iterable[Sequence[int]]) -> None:
        """Measures the words with these rows of the table."""
        words = list(set(chain.from_iterable(rows)))
        self._lengths[words] = vector_lengths(self._model.word_vectors(words))


def pair(query: Words, words: Words, counts: Sequence[int]) -> Vectors:
    """The scores of sentences: `words` are those of them all, `counts` how many are of each.

    A word counts by the length of its vector.
    """
    import numpy as np

    # The vectors are whole numbers of one byte, so that their products are exact: the same words always score the same.
    alike = np.maximum(_products(query.vectors, words.vectors), 0)
    starts = [0, *accumulate(counts[:-1])]
    there = np.maximum.reduceat(alike / words.lengths, starts, axis=1).sum(axis=0) / query.lengths.sum()
    nearest = (alike / query.lengths[:, None]).max(axis=0)
    back = np.add.reduceat(nearest, starts) / np.add.reduceat(words.lengths, starts)
    scores: Vectors = (1 - _BACK) * there + _BACK * back
    return scores


def _products(query: Vectors, words: Vectors) -> Vectors:
    """The product of each word of a query with each word of some sentences."""
    import numpy as np

    if len(query) <= _FEW:
        return np.array([words @ one for one in query])
    size = max(1, _AT_ONCE // query.size)
    parts = [query @ words[n : n + size].T for n in range(0, len(words), size)]
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
