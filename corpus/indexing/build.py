"""Building the index of texts and notes: one SQLite file, read-only and disposable, with all that answers need."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from corpus.index_file import IndexFile
from corpus.indexing.index_files import contents, hash_of_bytes
from corpus.indexing.partial import PartialIndex, partial_index
from corpus.names.mentions import write_mentions
from corpus.note_model import Notes, Paraphrases
from corpus.quotations.token_arrays import tokens_file
from corpus.quotations.token_index import TokenIndex
from corpus.quotations.token_rows import TokenReader
from corpus.quotations.token_writer import TokenWriter
from corpus.search.embeddings import word_vectors
from corpus.search.paraphrases import ParaphraseRow, paraphrase_rows, write_paraphrases
from corpus.search.passages import PassageStore
from corpus.search.vector_file import VectorWriter, vectors_file
from corpus.search.writer import SearchWriter
from corpus.text_model import Text


def build_index(
    texts: Iterable[Text], notes: Notes, cache: Path, sources: str, paraphrases: Iterable[Paraphrases] = ()
) -> Path:
    """Build the index of texts and notes in the directory `cache`; `sources` is the hash of what it is made from.

    Of the texts, one at a time is in memory.
    """
    reader = TokenReader(notes.spellings)
    partials = (partial_index(text, reader) for text in texts)
    return join_indexes(partials, notes, cache, sources, paraphrase_rows(paraphrases))


def join_indexes(
    partials: Iterable[PartialIndex], notes: Notes, cache: Path, sources: str, paraphrases: Sequence[ParaphraseRow]
) -> Path:
    """Build the index of texts and notes as `build_index` does, of the partial index of each text.

    Writes beside the index and renames: who reads meanwhile, or a crash, never meets half an index.
    """
    cache.mkdir(parents=True, exist_ok=True)
    unfinished = cache / f"corpus-{secrets.token_hex(8)}.building"
    try:
        _write(unfinished, partials, notes, paraphrases)
        file = cache / f"corpus-{sources}-{hash_of_bytes(unfinished)}.sqlite3"
        for one in _beside(unfinished):
            one.replace(file.with_suffix(one.suffix))
        unfinished.replace(file)
    finally:
        for one in (unfinished, *_beside(unfinished)):
            one.unlink(missing_ok=True)
    return file


def _beside(index: Path) -> tuple[Path, Path]:
    """The files that belong to an index: its token arrays and its embeddings."""
    return tokens_file(index), vectors_file(index, word_vectors())


def _write(file: Path, partials: Iterable[PartialIndex], notes: Notes, paraphrases: Sequence[ParaphraseRow]) -> None:
    """Writes an index, and what belongs beside it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")  # a crash leaves nothing beside the file, and the file is new
        connection.execute("PRAGMA synchronous = OFF")
        vectors = VectorWriter(vectors_file(file, word_vectors()))
        search = SearchWriter(connection, vectors)
        tokens = TokenWriter(connection)
        connection.execute("CREATE TABLE partial (name TEXT PRIMARY KEY)")
        headers = tuple(_write_partials(partials, connection, search, tokens))
        search.finish(notes)
        tokens.finish(file)
        connection.execute("CREATE TABLE contents (texts BLOB NOT NULL, notes BLOB NOT NULL)")
        kept = (msgspec.msgpack.encode(headers), msgspec.msgpack.encode(notes))
        connection.execute("INSERT INTO contents VALUES (?, ?)", kept)
        connection.commit()
        with closing(IndexFile(file)) as index:
            with connection:
                write_paraphrases(connection, PassageStore(index), paraphrases, vectors)
            vectors.close()
            _write_mentions(connection, index)


def _write_partials(
    partials: Iterable[PartialIndex], connection: sqlite3.Connection, search: SearchWriter, tokens: TokenWriter
) -> Iterator[Text]:
    """Each text without its paragraphs, when they are written."""
    for one in partials:
        search.add(one.search)
        tokens.add(one.tokens)
        if one.name:
            connection.execute("INSERT INTO partial VALUES (?)", (one.name,))
        yield one.header


def _write_mentions(connection: sqlite3.Connection, index: IndexFile) -> None:
    """Looks for the names of people in an index that is written but for this."""
    found = contents(index)
    texts = {text.id: text for text in found.texts}
    with connection:
        write_mentions(connection, found.notes.people, PassageStore(index), TokenIndex(index, texts, found.notes))
