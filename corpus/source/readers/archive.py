"""A zip file that somebody sent: its members within limits, so that a small file cannot become a huge one."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from corpus.source.readers.document import Unreadable

MOST_BYTES: Final = 100_000_000
"""Bytes that all members together may unpack to."""
MOST_MEMBERS: Final = 10_000


class Archive:
    """The members of a zip file by name. Raises Unreadable where it is damaged, locked, or unpacks to too much."""

    def __init__(self, data: bytes, what: str) -> None:
        self._what = what
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, EOFError, OSError):
            raise Unreadable(f"{what} is damaged: it cannot be unpacked.") from None
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_BYTES:
            raise Unreadable(f"{what} unpacks to more than {MOST_BYTES // 1_000_000} MB, which is more than any book.")
        if any(one.flag_bits & 1 for one in members):
            raise Unreadable(f"{what} is locked with a password: send it unlocked.")
        self.names = frozenset(one.filename for one in members)
        self._room = MOST_BYTES

    def read(self, name: str) -> bytes:
        """A member's bytes; what its header says of its size is not believed."""
        if name not in self.names:
            raise Unreadable(f"{self._what} is damaged: {name[:80]} is missing from it.")
        try:
            with self._zip.open(name) as member:
                data = member.read(self._room + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError):
            raise Unreadable(f"{self._what} is damaged: {name[:80]} cannot be unpacked.") from None
        self._room -= len(data)
        if self._room < 0:
            raise Unreadable(
                f"{self._what} unpacks to more than {MOST_BYTES // 1_000_000} MB, which is more than any book."
            )
        return data
