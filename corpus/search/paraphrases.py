"""Paraphrases in the index: other words for a sentence, by which it is found. They are embedded behind sentences."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from corpus.index_file import IndexFile
from corpus.language.tokens import content_words, stems
from corpus.note_model import Paraphrases
from corpus.reference import Reference
from corpus.search import fts
from corpus.search.bm25 import idf, length_norms, term_score
from corpus.search.embeddings import TokenEmbeddings, word_vectors
from corpus.search.expressions import any_stem
from corpus.search.passages import PassageStore
from corpus.search.vector_file import VectorWriter, has_vectors, last_embeddings, vectors_file, word_embeddings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST = 60  # words of a query that are looked for
_MOST = 50  # paraphrases that are found
_IN_MEMORY = 5_000  # paraphrases of which the stems are kept in memory, in a megabyte or two


class ParaphraseRow(NamedTuple):
    """A paraphrase of a sentence as an index keeps it: with the stems of its words, and its embedding."""

    reference: Reference
    words: str
    stems: str
    embedding: bytes


def paraphrase_rows(paraphrases: Iterable[Paraphrases]) -> list[ParaphraseRow]:
    """What an index keeps of paraphrases."""
    said = [(one.reference, words, stems(words)) for one in paraphrases for words in one.words]
    made, size = word_embeddings(keys for *_, keys in said), word_vectors().size
    return [
        ParaphraseRow(reference, words, " ".join(keys), made[n * size : (n + 1) * size])
        for n, (reference, words, keys) in enumerate(said)
    ]


def write_paraphrases(
    connection: sqlite3.Connection, passages: PassageStore, paraphrases: Sequence[ParaphraseRow], vectors: VectorWriter
) -> None:
    """Writes the paraphrases of sentences that are written, and the embeddings of these paraphrases.

    Their ids count on from that of the last sentence.
    """
    sentence = cache(lambda reference: passages.ids(reference).start)
    connection.execute(fts.PARAPHRASES)
    numbered = enumerate(paraphrases, passages.count() + 1)
    rows = ((n, one.stems, one.words, sentence(one.reference)) for n, one in numbered)
    connection.executemany("INSERT INTO paraphrase (rowid, stems, words, sentence) VALUES (?, ?, ?, ?)", rows)
    vectors.add(b"".join(one.embedding for one in paraphrases))


def kept_rows(index: IndexFile) -> list[ParaphraseRow]:
    """What `write_paraphrases` wrote; worked out again where the embeddings are not there."""
    sentences, file = PassageStore(index).count(), vectors_file(index.file, word_vectors())
    rows = index.rows(
        "SELECT sentence.text, sentence.paragraph, sentence.number, paraphrase.words, paraphrase.stems"
        " FROM paraphrase JOIN sentence ON sentence.id = paraphrase.sentence ORDER BY paraphrase.rowid"
    )
    if not has_vectors(index.file, sentences + len(rows), word_vectors()):
        return paraphrase_rows(read_paraphrases(index))
    embeddings = last_embeddings(file, sentences + len(rows), len(rows))
    return [
        ParaphraseRow(Reference(*place), words, keys, embedding)
        for (*place, words, keys), embedding in zip(rows, embeddings, strict=True)
    ]


def read_paraphrases(index: IndexFile) -> Iterator[Paraphrases]:
    """What `write_paraphrases` wrote."""
    rows = index.rows(
        "SELECT sentence.text, sentence.paragraph, sentence.number, paraphrase.words"
        " FROM paraphrase JOIN sentence ON sentence.id = paraphrase.sentence ORDER BY paraphrase.rowid"
    )
    for place, same in groupby(rows, key=itemgetter(0, 1, 2)):
        yield Paraphrases(Reference(*place), tuple(words for *_, words in same))


class StemRanking:
    """Ranks documents, which count from 0, by which stems they have: FTS5's ranking, from memory.

    To ask SQLite takes longer than to add up what a few stems are worth in each document.
    """

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        import numpy as np

        norms = length_norms({number: len(one) for number, one in enumerate(documents)})
        postings: dict[str, dict[int, int]] = {}
        for number, one in enumerate(documents):
            for key, times in Counter(one).items():
                postings.setdefault(key, {})[number] = times
        self._scores: dict[str, tuple[NDArray[np.intp], NDArray[np.float64]]] = {}
        for key, counts in postings.items():
            telling = idf(len(documents), len(counts))
            scores = [term_score(telling, times, norms[number]) for number, times in counts.items()]
            self._scores[key] = np.array([*counts], np.intp), np.array(scores)

    def rank(self, stems: Iterable[str], most: int) -> list[int]:
        """The documents that have some of the stems, best first."""
        import numpy as np

        having = [self._scores[key] for key in stems if key in self._scores]
        if not having:
            return []
        numbers, scores = (np.concatenate(column) for column in zip(*having, strict=True))
        totals = np.bincount(numbers, scores)
        found = np.flatnonzero(totals)
        best: list[int] = found[np.argsort(-totals[found], kind="stable")[:most]].tolist()
        return best


class ParaphraseIndex:
    """Finds sentences by the words of their paraphrases. What it keeps in memory is read at first need."""

    def __init__(self, index: IndexFile) -> None:
        self._index = index

    @cached_property
    def sentences(self) -> list[int]:
        """The id of the sentence of each paraphrase, in order."""
        return [sentence for (sentence,) in self._index.rows("SELECT sentence FROM paraphrase ORDER BY rowid")]

    @cached_property
    def distinct_sentences(self) -> frozenset[int]:
        """The ids of the sentences that have paraphrases."""
        return frozenset(self.sentences)

    def words(self) -> Iterator[str]:
        """The words of each paraphrase, in order."""
        return (words for (words,) in self._index.connection.execute("SELECT words FROM paraphrase ORDER BY rowid"))

    def search(self, words: str) -> list[int]:
        """The ids of sentences of which paraphrases have some of the words, the most telling first."""
        keys = list(dict.fromkeys(token.stem for token in content_words(words)))[:_LONGEST]
        if not keys or not self.sentences:
            return []
        if self._ranking:
            return list(dict.fromkeys(self.sentences[number] for number in self._ranking.rank(keys, _MOST)))
        query = "SELECT sentence FROM paraphrase WHERE paraphrase MATCH ? ORDER BY rank LIMIT ?"
        return list(dict.fromkeys(row[0] for row in self._index.rows(query, (fts.match(any_stem(keys)), _MOST))))

    @cached_property
    def _ranking(self) -> StemRanking | None:
        """The ranking in memory; None where there are too many paraphrases."""
        if len(self.sentences) > _IN_MEMORY:
            return None
        rows = self._index.rows("SELECT stems FROM paraphrase ORDER BY rowid")
        return StemRanking([keys.split() for (keys,) in rows])

    def coverage(self, query: TokenEmbeddings) -> float:
        """How much of what words say, from 0 to 1, is in words that the sentences or their paraphrases have.

        Paraphrases say a text in the words in which people ask for it: what has other words is about something else.
        """
        lengths: list[float] = query.lengths.tolist()
        known = self._known_rows
        there = [length for row, length in zip(query.rows, lengths, strict=True) if row in known]
        return sum(there) / sum(lengths) if lengths else 1.0

    @cached_property
    def rows(self) -> Mapping[int, Sequence[int]]:
        """The rows of the table of word vectors for the words of paraphrases, and of sentences that have some."""
        paraphrases = ((one, keys.split()) for one, keys in self._index.rows("SELECT rowid, stems FROM paraphrase"))
        query = "SELECT id, words FROM sentence WHERE id IN (SELECT sentence FROM paraphrase)"
        sentences = ((one, stems(words)) for one, words in self._index.rows(query))
        return {one: word_vectors().vocabulary.rows(keys) for one, keys in chain(paraphrases, sentences)}

    @cached_property
    def _known_rows(self) -> frozenset[int]:
        return frozenset(chain.from_iterable(self.rows.values()))
