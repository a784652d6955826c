"""Building the index of a corpus folder: one SQLite file, read-only and disposable, with all that answers need.

The file's name holds two hashes: of what it was made from, so that another corpus or another version of this code is
another file; and of its own bytes, so that a damaged one is known for what it is and made anew.
"""

from __future__ import annotations

import hashlib
import secrets
import shlex
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

import msgspec

from corpus import SHIPPED
from corpus.errors import CorpusError, Fault
from corpus.index_file import IndexFile
from corpus.indexing.partial import PartialIndex, partial_index
from corpus.model import Notes, Text
from corpus.names.mentions import write_mentions
from corpus.quotations.token_arrays import tokens_file
from corpus.quotations.token_index import TokenIndex
from corpus.quotations.token_rows import TokenReader
from corpus.quotations.token_writer import TokenWriter
from corpus.search.embeddings import TABLE, word_vectors
from corpus.search.passages import PassageStore
from corpus.search.semantic import VectorWriter, vectors_file
from corpus.search.writer import SearchWriter

CODE = SHIPPED.parent
"""Where all code stands that shapes an index."""
_LEFT: Final = 3_600
"""Seconds after which nobody can still be writing an index: a crash has left it."""
_PIECE, _PIECES = 65_536, 256  # bytes of a piece of an index, and pieces that are looked at: up to 16 MB it is all


class Contents(msgspec.Struct, frozen=True):
    """What an index keeps beside its search tables: the texts in order, without their paragraphs, and the notes."""

    texts: tuple[Text, ...]
    notes: Notes


def ensure(folder: Path, cache: Path) -> Path:
    """The file of the index of the corpus in `folder`, built in `cache` unless it is there and whole.

    Raises CorpusError where the corpus does not check or the cache cannot be written.
    """
    if file := fresh_index(folder, cache):
        return file
    from corpus.source.check import check_corpus  # what most starts need not: the index is there

    sources = _hash_of_sources(folder)
    judged = check_corpus(folder)
    if judged.faults:
        raise CorpusError(_unsound(folder, judged.faults))
    try:
        file = build_index(judged.texts.values(), judged.notes, cache, sources)
        _clear(cache, sources)
        return file
    except (OSError, sqlite3.OperationalError) as error:
        reason = f"The index of the texts cannot be written in {cache} ({error})"
        raise CorpusError(f"{reason}: see that this folder can be written to, or name another.") from error


def fresh_index(folder: Path, cache: Path) -> Path | None:
    """The whole index in `cache` of what is in `folder` now, if there is one. Raises CorpusError."""
    return next(filter(is_whole, indexes(cache, _hash_of_sources(folder))), None)


def contents(index: IndexFile) -> Contents:
    """What the index was made from; paragraphs are read when they are asked for."""
    ((kept,),) = index.rows("SELECT kept FROM contents")
    found = msgspec.msgpack.decode(kept, type=Contents)
    texts = PassageStore(index).texts(found.texts)
    return Contents(tuple(texts.values()), found.notes)


def _hash_of_sources(folder: Path) -> str:
    """Of texts and notes, and of the code that reads them: nobody has to remember to raise a version."""
    sources = [file for below in ("texts", "notes") for file in (folder / below).glob("*.t*")]
    code = [*sorted(CODE.rglob("*.py")), TABLE / "words.txt"]
    files = [(CODE, file) for file in code] + [(folder, file) for file in sorted(sources)]
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    for root, file in files:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CorpusError(_unsound(folder, [Fault(file, 0, f"cannot be read: {error.strerror}")])) from error
        digest.update(f"\0{file.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _unsound(folder: Path, faults: Sequence[Fault]) -> str:
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    check = "python -m corpus check" if folder == SHIPPED else f"python -m corpus check {shlex.quote(str(folder))}"
    return f"The corpus does not check: {faults[0]}{more}. Run `{check}` for all of it."


def indexes(cache: Path, sources: str = "*") -> list[Path]:
    """The index files in a directory, of any sources or of those whose hash that is."""
    return sorted(cache.glob(f"corpus-{sources}-*.sqlite3"))


def is_whole(file: Path) -> bool:
    """Whether the file is as it was written, and what belongs beside it is there."""
    return tokens_file(file).exists() and file.stem.endswith(f"-{_hash_of_bytes(file)}")


def _hash_of_bytes(file: Path) -> str:
    """Of the bytes of an index and of its token arrays: all of a small file, of a large one pieces from all over it."""
    digest = hashlib.sha256()
    for one in (file, tokens_file(file)):
        size = one.stat().st_size
        digest.update(str(size).encode())
        with one.open("rb") as opened:
            for place in range(0, size, max(_PIECE, size // _PIECES)):
                opened.seek(place)
                digest.update(opened.read(_PIECE))
    return digest.hexdigest()[:16]


def build_index(texts: Iterable[Text], notes: Notes, cache: Path, sources: str) -> Path:
    """Build the index of texts and notes in the directory `cache`; `sources` is the hash of what it is made from.

    Of the texts, one at a time is in memory.
    """
    reader = TokenReader(notes.spellings)
    return join_indexes((partial_index(text, reader) for text in texts), notes, cache, sources)


def join_indexes(partials: Iterable[PartialIndex], notes: Notes, cache: Path, sources: str) -> Path:
    """Build the index of texts and notes as `build_index` does, of the partial index of each text.

    Writes beside the index and renames: who reads meanwhile, or a crash, never meets half an index.
    """
    cache.mkdir(parents=True, exist_ok=True)
    unfinished = cache / f"corpus-{secrets.token_hex(8)}.building"
    try:
        _write(unfinished, partials, notes)
        file = cache / f"corpus-{sources}-{_hash_of_bytes(unfinished)}.sqlite3"
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


def remove_index(file: Path) -> None:
    """Removes an index file and the embeddings beside it, if they are there."""
    for one in (file, *file.parent.glob(f"{file.stem}.*")):
        one.unlink(missing_ok=True)


def _clear(cache: Path, sources: str) -> None:
    """Remove the indexes of other sources, and what crashes have left unfinished."""
    for other in set(indexes(cache)) - set(indexes(cache, sources)):
        remove_index(other)
    clear_unfinished(cache)


def clear_unfinished(cache: Path) -> None:
    """Remove what crashes have left unfinished in a directory of indexes."""
    beside = (one for suffix in ("tokens", "words") for one in cache.glob(f"corpus-*.{suffix}"))
    orphans = (one for one in beside if not one.with_suffix(".sqlite3").exists())
    remove_left((*cache.glob("corpus-*.building"), *orphans))


def remove_left(files: Iterable[Path]) -> None:
    """Remove files but those that somebody may just be writing."""
    for file in files:
        with suppress(FileNotFoundError):  # whoever else is building may have finished
            if time.time() - file.stat().st_mtime > _LEFT:
                file.unlink()


def partial_names(file: Path) -> list[str]:
    """The names of the partial indexes that an index was joined of; none where that was another version's index."""
    with closing(IndexFile(file)) as index, suppress(sqlite3.DatabaseError):
        return [name for (name,) in index.rows("SELECT name FROM partial")]
    return []


def _write(file: Path, partials: Iterable[PartialIndex], notes: Notes) -> None:
    """Writes an index, and what belongs beside it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")  # a crash leaves nothing beside the file, and the file is new
        connection.execute("PRAGMA synchronous = OFF")
        vectors = VectorWriter(vectors_file(file, word_vectors()))
        search = SearchWriter(connection, vectors)
        tokens = TokenWriter(connection)
        connection.execute("CREATE TABLE partial (name TEXT PRIMARY KEY)")
        headers = tuple(_written(partials, connection, search, tokens))
        vectors.close()
        search.finish(notes)
        tokens.finish(file)
        connection.execute("CREATE TABLE contents (kept BLOB NOT NULL)")
        kept = msgspec.msgpack.encode(Contents(headers, notes))
        connection.execute("INSERT INTO contents VALUES (?)", (kept,))
        connection.commit()
        with closing(IndexFile(file)) as index:
            _write_mentions(connection, index)


def _written(
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
