"""Writes the search index: every sentence by its words and by the stems of its words, and the lexicon."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from corpus.language.english import stem
from corpus.language.tokens import tokens
from corpus.model import Notes, Text
from corpus.search import fts, lexicon_store, passages
from corpus.search.semantic import VectorWriter

_HASH_SIZE = 32_000_000
"""Bytes of new postings that FTS5 keeps in memory before it writes a segment: of fewer, fewer are merged."""


class SearchWriter:
    """Writes all that `SearchIndex` reads into a database without these tables, text by text. The caller commits.

    The embeddings of the sentences go to `vectors`; `on_sentence` is called for each sentence.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        vectors: VectorWriter | None = None,
        on_sentence: Callable[[], object] = lambda: None,
    ) -> None:
        self._connection, self._vectors, self._on_sentence = connection, vectors, on_sentence
        for statement in (passages.SCHEMA + fts.SCHEMA + lexicon_store.SCHEMA).split(";"):
            connection.execute(statement)
        connection.execute("INSERT INTO passage (passage, rank) VALUES ('hashsize', ?)", (_HASH_SIZE,))
        self._passages = passages.PassageWriter(connection)
        self._lexicon = lexicon_store.LexiconWriter()
        self._stems = _Stems()
        self._sentences = 0

    def add(self, text: Text) -> None:
        """Writes a text, behind those before it."""
        tag = self._passages.add(text)
        insert = "INSERT INTO passage (rowid, words, stems, source) VALUES (?, ?, ?, ?)"
        self._connection.executemany(insert, self._rows(text, tag))

    def finish(self, notes: Notes) -> None:
        """Writes what is known when all texts are there."""
        self._lexicon.write(self._connection, notes)

    def _rows(self, text: Text, tag: str) -> Iterator[tuple[int, str, str, str]]:
        for reference, words in text.sentences():
            self._sentences += 1
            self._on_sentence()
            row = (self._sentences, reference.text, reference.paragraph, reference.first, words)
            self._connection.execute("INSERT INTO sentence VALUES (?, ?, ?, ?, ?)", row)
            found = tokens(words)
            folded = [token.word for token in found]
            stems = [*map(self._stems.__getitem__, folded)]
            self._lexicon.add(words, found, folded, stems)
            if self._vectors:
                self._vectors.add(stems)
            yield self._sentences, " ".join(folded), " ".join(stems), tag


class _Stems(dict[str, str]):
    """The stem of each word that was asked for: the vocabulary of what is written."""

    def __missing__(self, word: str) -> str:
        self[word] = key = stem(word)
        return key
