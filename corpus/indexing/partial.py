"""Partial indexes: what an index keeps of one text, worked out from that text alone, and kept in a file of its own.

To work it out takes most of the time of an index. Whatever shelf has the text then only joins it to the others.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, structs

from corpus.quotations.token_rows import TokenReader
from corpus.quotations.token_writer import TokenPart, token_part
from corpus.search.part import SearchPart
from corpus.search.writer import search_part
from corpus.source.editions import edition_of
from corpus.text_model import Text

SUFFIX: Final = ".partial"
_LEVEL: Final = 1
"""Of compression, which also says whether a file is whole: more would take longer than it saves."""


class PartialIndex(Struct, frozen=True):
    """What an index keeps of one text: the text without its paragraphs, and its parts of what finds its words.

    `name` is that of its file, if it has one.
    """

    header: Text
    search: SearchPart
    tokens: TokenPart
    name: str = ""


def partial_index(text: Text, reader: TokenReader, on_sentence: Callable[[], object] = lambda: None) -> PartialIndex:
    """The partial index of a text; `on_sentence` is called for each sentence that is read."""
    header = structs.replace(text, paragraphs=(), edition_hash=edition_of(text))
    return PartialIndex(header, search_part(text, on_sentence), token_part(text, reader))


class PartialIndexes:
    """The partial indexes in a directory, by name. They are made of texts that one reader cuts."""

    def __init__(self, folder: Path, reader: TokenReader, on_sentence: Callable[[], object] = lambda: None) -> None:
        self._folder, self._reader, self._on_sentence = folder, reader, on_sentence

    def ensure(self, name: str, text: Text) -> PartialIndex:
        """The one of that name, made of the text unless it is there and whole. Raises OSError."""
        if (known := self._read(name)) is None:
            made = structs.replace(partial_index(text, self._reader, self._on_sentence), name=name)
            self._write(made)
            return made
        for _ in known.search.sentences:
            self._on_sentence()
        return known

    def _read(self, name: str) -> PartialIndex | None:
        """The one of that name; None where it is not there, or not whole."""
        with suppress(OSError, zlib.error, msgspec.DecodeError):
            return msgspec.msgpack.decode(zlib.decompress(self._file(name).read_bytes()), type=PartialIndex)
        return None

    def _write(self, partial: PartialIndex) -> None:
        """Writes beside the file and renames: nobody ever meets half of one."""
        unfinished = self._folder / f"corpus-{secrets.token_hex(8)}.building"
        try:
            unfinished.write_bytes(zlib.compress(msgspec.msgpack.encode(partial), _LEVEL))
            unfinished.replace(self._file(partial.name))
        finally:
            unfinished.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}{SUFFIX}"


def partial_name(*made_of: bytes) -> str:
    """The name of the partial index of a text, by all that it is made of."""
    return hashlib.sha256(b"".join(len(one).to_bytes(8) + one for one in made_of)).hexdigest()[:32]
