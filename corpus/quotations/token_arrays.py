"""Token arrays: the words of all texts as numbers, in a file beside the index that is mapped into memory, not read.

A token is the number of its form; `forms_to_keys` gives the number of a form's key. `postings` has the positions of
every token, those of one key side by side and in order. A text ends with a token 0, which is nobody's word.
"""

from __future__ import annotations

import mmap
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Positions = NDArray[np.int32]

_SMALL = 8_000_000  # bytes of a file that may stay in memory


class TokenArrays(NamedTuple):
    """The arrays, in the order in which they stand in the file. Paragraphs and sentences are those of all texts."""

    forms_to_keys: Positions
    tokens: Positions
    postings: Positions
    paragraphs: Positions
    """The position at which each paragraph starts."""
    sentences: Positions
    """The position at which each sentence starts."""


def tokens_file(index: Path) -> Path:
    """The file of an index's token arrays."""
    return index.with_suffix(".tokens")


def write_arrays(file: Path, arrays: TokenArrays) -> None:
    """Writes the arrays behind their lengths."""
    import numpy as np

    with file.open("wb") as out:
        out.write(np.array([len(one) for one in arrays], np.int32).tobytes())
        for one in arrays:
            out.write(one.astype(np.int32, copy=False).data)


class TokenFile:
    """The file of token arrays, mapped."""

    def __init__(self, file: Path) -> None:
        import numpy as np

        with file.open("rb") as opened:
            self._map = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        numbers: Positions = np.frombuffer(self._map, np.int32)
        many = len(TokenArrays._fields)
        ends = np.cumsum([many, *numbers[:many].tolist()]).tolist()
        self.arrays = TokenArrays(*(numbers[start:end] for start, end in pairwise(ends)))

    def release(self) -> None:
        """Give back the memory of what was looked at in a large file; the system still has it at hand."""
        if len(self._map) > _SMALL:
            with suppress(AttributeError, OSError):  # not on every system
                self._map.madvise(mmap.MADV_DONTNEED)
