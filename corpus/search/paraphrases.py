"""Paraphrases in the index: other words for a sentence, by which it is found. They are embedded behind sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, groupby
from operator import itemgetter

from corpus.index_file import IndexFile
from corpus.language.tokens import content_words, stems
from corpus.model import Paraphrases
from corpus.reference import Reference
from corpus.search import fts
from corpus.search.embeddings import word_vectors
from corpus.search.expressions import any_stem
from corpus.search.passages import PassageStore
from corpus.search.vector_file import VectorWriter, word_embeddings

_LONGEST = 60  # words of a query that are looked for
_MOST = 50  # paraphrases that are found


def write_paraphrases(
    connection: sqlite3.Connection, passages: PassageStore, paraphrases: Iterable[Paraphrases], vectors: VectorWriter
) -> None:
    """Writes the paraphrases of sentences that are written, and the embeddings of these paraphrases.

    Their ids count on from that of the last sentence.
    """
    found = [(stems(words), words, passages.ids(one.reference).start) for one in paraphrases for words in one.words]
    connection.execute(fts.PARAPHRASES)
    rows = ((n, " ".join(keys), *rest) for n, (keys, *rest) in enumerate(found, passages.count() + 1))
    connection.executemany("INSERT INTO paraphrase (rowid, stems, words, sentence) VALUES (?, ?, ?, ?)", rows)
    vectors.add(word_embeddings(keys for keys, *_ in found))


def read_paraphrases(index: IndexFile) -> Iterator[Paraphrases]:
    """What `write_paraphrases` wrote."""
    rows = index.rows(
        "SELECT sentence.text, sentence.paragraph, sentence.number, paraphrase.words"
        " FROM paraphrase JOIN sentence ON sentence.id = paraphrase.sentence ORDER BY paraphrase.rowid"
    )
    for place, same in groupby(rows, key=itemgetter(0, 1, 2)):
        yield Paraphrases(Reference(*place), tuple(words for *_, words in same))


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
        query = "SELECT sentence FROM paraphrase WHERE paraphrase MATCH ? ORDER BY rank LIMIT ?"
        return list(dict.fromkeys(row[0] for row in self._index.rows(query, (fts.match(any_stem(keys)), _MOST))))

    def coverage(self, words: str) -> float:
        """How much of what words say, from 0 to 1, is in words that the sentences or their paraphrases have.

        Paraphrases say a text in the words in which people ask for it: what has other words is about something else.
        """
        import numpy as np

        rows = word_vectors().rows(words)
        lengths = np.linalg.norm(word_vectors().word_vectors(rows), axis=1)
        known = [row in self._rows for row in rows]
        return float(lengths[known].sum() / lengths.sum()) if rows else 1.0

    @cached_property
    def _rows(self) -> frozenset[int]:
        """The rows of the table of word vectors for the words of paraphrases, and of sentences that have some."""
        in_paraphrases = (keys.split() for (keys,) in self._index.rows("SELECT stems FROM paraphrase"))
        query = "SELECT words FROM sentence WHERE id IN (SELECT sentence FROM paraphrase)"
        in_sentences = (stems(words) for (words,) in self._index.rows(query))
        return frozenset(chain.from_iterable(map(word_vectors().vocabulary.rows, chain(in_paraphrases, in_sentences))))
