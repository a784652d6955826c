"""Writes the search index: every sentence by its words and by the stems of its words, and the lexicon."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import msgspec

from corpus.language.english import stem
from corpus.language.tokens import tokens
from corpus.note_model import Notes
from corpus.search import fts, lexicon_store, passages
from corpus.search.part import ParagraphRow, SearchPart, SentenceRow
from corpus.search.vector_file import VectorWriter, word_embeddings
from corpus.text_model import Paragraph, Text

_HASH_SIZE = 32_000_000
"""Bytes of new postings that FTS5 keeps in memory before it writes a segment: of fewer, fewer are merged."""


class SearchWriter:
    """Writes all that `SearchIndex` reads into a database without these tables, text by text. The caller commits.

    The embeddings of the sentences go to `vectors`.
    """

    def __init__(self, connection: sqlite3.Connection, vectors: VectorWriter | None = None) -> None:
        self._connection, self._vectors = connection, vectors
        for statement in (passages.SCHEMA + fts.SCHEMA + lexicon_store.SCHEMA).split(";"):
            connection.execute(statement)
        connection.execute("INSERT INTO passage (passage, rank) VALUES ('hashsize', ?)", (_HASH_SIZE,))
        self._passages = passages.PassageWriter(connection)
        self._lexicon = lexicon_store.LexiconWriter()

    def add(self, part: SearchPart) -> None:
        """Writes a text, behind those before it."""
        place = self._passages.add(part)
        rows = ((n, one.folded, one.stems, place.tag) for n, one in enumerate(part.sentences, place.sentence))
        self._connection.executemany("INSERT INTO passage (rowid, words, stems, source) VALUES (?, ?, ?, ?)", rows)
        self._lexicon.add(part.words)
        if self._vectors:
            self._vectors.add(part.vectors)

    def finish(self, notes: Notes) -> None:
        """Writes what is known when all texts are there."""
        self._lexicon.write(self._connection, notes)


def search_part(text: Text, on_sentence: Callable[[], object] = lambda: None) -> SearchPart:
    """The part of a text; `on_sentence` is called for each sentence that is read."""
    counter = lexicon_store.WordCounter()
    paragraphs = list(map(_paragraph_row, text.paragraphs))
    sentences = list(_sentence_rows(text, counter, on_sentence))
    vectors = word_embeddings(one.stems.split() for one in sentences)
    return SearchPart(text.id, sorted(text.speakers(), key=repr), paragraphs, sentences, counter.counts(), vectors)


def _paragraph_row(paragraph: Paragraph) -> ParagraphRow:
    content = msgspec.msgpack.encode(paragraph)
    return ParagraphRow(paragraph.number, len(paragraph.sentences), paragraph.heading, content)


def _sentence_rows(
    text: Text, counter: lexicon_store.WordCounter, on_sentence: Callable[[], object]
) -> Iterator[SentenceRow]:
    known = _Stems()
    for paragraph in text.paragraphs:
        for one in paragraph.sentences:
            words = paragraph.words[one.start : one.end]
            found = tokens(words)
            folded = [token.word for token in found]
            stems = [known[word[token.elided :]] for word, token in zip(folded, found, strict=True)]
            counter.add(words, found, folded, stems)
            on_sentence()
            yield SentenceRow(paragraph.number, one.number, words, " ".join(folded), " ".join(stems))


class _Stems(dict[str, str]):
    """The stem of each word that was asked for: the vocabulary of what is read."""

    def __missing__(self, word: str) -> str:
        self[word] = key = stem(word)
        return key
