"""The index files in a directory: which is up to date and whole, what it was made from, and what crashes have left.

A file's name holds two hashes: of what it was made from, so that another corpus or another version of this code is
another file; and of its own bytes, so that a damaged one is recognised and built again.
"""

from __future__ import annotations

import hashlib
import shlex
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

import msgspec

from corpus import SHIPPED
from corpus.code_digest import digest_of, modules
from corpus.errors import CorpusError, Fault
from corpus.index_file import IndexFile
from corpus.note_model import Notes
from corpus.quotations.token_arrays import tokens_file
from corpus.search.embeddings import TABLE
from corpus.search.passages import PassageStore
from corpus.text_model import Text

CODE = SHIPPED.parent
"""Where all code is that shapes an index."""
_LEFT: Final = 3_600
"""Seconds after which nobody can still be writing an index: a crash has left it."""
_PIECE, _PIECES = 65_536, 256  # bytes of a piece of an index, and pieces that are looked at: up to 16 MB it is all


class Contents(msgspec.Struct, frozen=True):
    """What an index was made from: the texts in order, and the notes."""

    texts: tuple[Text, ...]
    notes: Notes


def ensure(folder: Path, cache: Path) -> Path:
    """The file of the index of the corpus in `folder`, built in `cache` unless it is there and whole.

    Raises CorpusError where the corpus does not check or the cache cannot be written.
    """
    if file := fresh_index(folder, cache):
        return file
    # What most starts need not: the index is there.
    from corpus.indexing.build import build_index
    from corpus.source.check import check_corpus

    sources = _hash_of_sources(folder)
    judged = check_corpus(folder)
    if judged.faults:
        raise CorpusError(_unsound(folder, judged.faults))
    try:
        file = build_index(judged.texts.values(), judged.notes, cache, sources, judged.paraphrases)
        _clear(cache, sources)
        return file
    except (OSError, sqlite3.OperationalError) as error:
        raise CorpusError(f"{unwritten(cache, reason_of(error))}, or name another.") from error


def unwritten(cache: Path, reason: str) -> str:
    """That an index cannot be written and what to look at, without a full stop."""
    where = f"The index of the texts cannot be written in {cache} ({reason})"
    return f"{where}: see that this folder can be written to and has room"


def reason_of(error: OSError | sqlite3.Error) -> str:
    """What the system or SQLite say of a file that cannot be written."""
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or str(error)).lower()


def fresh_index(folder: Path, cache: Path) -> Path | None:
    """The whole index in `cache` of what is in `folder` now, if there is one. Raises CorpusError."""
    return next(filter(is_whole, indexes(cache, _hash_of_sources(folder))), None)


def contents(index: IndexFile) -> Contents:
    """What the index was made from; paragraphs are read when they are asked for."""
    return Contents(read_texts(index), read_notes(index))


def read_texts(index: IndexFile) -> tuple[Text, ...]:
    """The texts of an index; paragraphs are read when they are asked for."""
    ((kept,),) = index.rows("SELECT texts FROM contents")
    found = msgspec.msgpack.decode(kept, type=tuple[Text, ...])
    return tuple(PassageStore(index).texts(found).values())


def read_notes(index: IndexFile) -> Notes:
    """The notes of an index."""
    ((kept,),) = index.rows("SELECT notes FROM contents")
    return msgspec.msgpack.decode(kept, type=Notes)


def _hash_of_sources(folder: Path) -> str:
    """Of texts and notes, and of the code that reads them: nobody has to remember to raise a version."""
    sources = [file for below in ("texts", "notes") for file in (folder / below).glob("*.t*")]
    code = [*modules(CODE), str(TABLE / "words.txt")]
    files = [(CODE, file) for file in code] + [(folder, str(file)) for file in sorted(sources)]
    try:
        return digest_of(files, sqlite3.sqlite_version)[:16]
    except OSError as error:
        fault = Fault(Path(error.filename or folder), 0, f"cannot be read: {error.strerror}")
        raise CorpusError(_unsound(folder, [fault])) from error


def _unsound(folder: Path, faults: Sequence[Fault]) -> str:
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    check = "python -m corpus check" if folder == SHIPPED else f"python -m corpus check {shlex.quote(str(folder))}"
    return f"The corpus does not check: {faults[0]}{more}. Run `{check}` for all of it."


def indexes(cache: Path, sources: str = "*") -> list[Path]:
    """The index files in a directory, of any sources or of those whose hash that is."""
    return sorted(cache.glob(f"corpus-{sources}-*.sqlite3"))


def is_whole(file: Path) -> bool:
    """Whether the file is as it was written, and what belongs beside it is there."""
    return tokens_file(file).exists() and file.stem.endswith(f"-{hash_of_bytes(file)}")


def hash_of_bytes(file: Path) -> str:
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


def _clear(cache: Path, sources: str) -> None:
    """Remove the indexes of other sources, and what crashes have left unfinished."""
    for other in set(indexes(cache)) - set(indexes(cache, sources)):
        remove_index(other)
    clear_unfinished(cache)


def remove_index(file: Path) -> None:
    """Removes an index file and the embeddings beside it, if they are there."""
    for one in (file, *file.parent.glob(f"{file.stem}.*")):
        one.unlink(missing_ok=True)


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
