"""Writes the search index: every sentence by its words and by the stems of its words, and the lexicon."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from corpus.language.tokens import stems, tokens
from corpus.model import Notes, Text
from corpus.reference import Reference
from corpus.search import fts, lexicon_store


def write_index(connection: sqlite3.Connection, texts: Mapping[str, Text], notes: Notes) -> None:
    """Writes all that `SearchIndex` reads into a database without these tables. The caller commits."""
    for statement in (fts.SCHEMA + lexicon_store.SCHEMA).split(";"):
        connection.execute(statement)
    for number, text in enumerate(texts.values()):
        connection.execute("INSERT INTO source VALUES (?, ?)", (text.id, f"t{number}"))
        for reference, words in text.sentences():
            _write_sentence(connection, reference, words, f"t{number}")
    lexicon_store.write_lexicon(connection, (words for text in texts.values() for _, words in text.sentences()), notes)


def _write_sentence(connection: sqlite3.Connection, reference: Reference, words: str, tag: str) -> None:
    row = (reference.text, reference.paragraph, reference.first, words)
    done = connection.execute("INSERT INTO sentence (text, paragraph, number, words) VALUES (?, ?, ?, ?)", row)
    forms = " ".join(token.word for token in tokens(words))
    columns = (done.lastrowid, forms, " ".join(stems(words)), tag)
    connection.execute("INSERT INTO passage (rowid, words, stems, source) VALUES (?, ?, ?, ?)", columns)
