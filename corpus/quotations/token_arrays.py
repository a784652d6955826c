"""Token arrays: the words of all texts as numbers, in a file beside the index that is mapped into memory, not read.

A token is the number of its form; `forms_to_keys` gives the number of a form's key. `postings` has the positions of
every token, those of one key side by side and in order. A text ends with a token 0, which is nobody's word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from corpus.index_file import MappedFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Positions = NDArray[np.int32]


_BYTES = 4  # of a number
_RUN = 4_000_000  # tokens that are mapped at once: 16 megabytes
_FEW = 256  # positions of which all tokens may be in memory at once


class TokenArrays(NamedTuple):
    """The arrays, in the order in which they are in the file. Paragraphs and sentences are those of all texts."""

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
    """Writes the arrays after their lengths."""
    import numpy as np

    with file.open("wb") as out:
        out.write(np.array([len(one) for one in arrays], np.int32).tobytes())
        for one in arrays:
            out.write(one.data)


def places_in(positions: Positions, wanted: ArrayLike, side: Literal["left", "right"] = "left") -> NDArray[np.intp]:
    """Where some positions would be put among many, which are in order.

    Wherever the two are of different types, numpy makes a copy of the many: 4 ms for two million.
    """
    import numpy as np

    return positions.searchsorted(np.asarray(wanted, positions.dtype), side)


class TokenFile(MappedFile):
    """The file of token arrays, mapped."""

    def __init__(self, file: Path) -> None:
        import numpy as np

        super().__init__(file)
        numbers: Positions = np.frombuffer(self.content, np.int32)
        many = len(TokenArrays._fields)
        self._ends = np.cumsum([many, *numbers[:many].tolist()]).tolist()
        self.arrays = TokenArrays(*(numbers[start:end] for start, end in pairwise(self._ends)))
        self._keys = self.arrays.forms_to_keys.data

    def few_keys(self, position: int, many: int) -> list[int]:
        """The numbers of the keys from a position on."""
        return [*map(self._keys.__getitem__, self._few(self._ends[1] + position, many))]

    def form(self, position: int) -> int:
        """The number of the form at a position."""
        return self._few(self._ends[1] + position, 1)[0]

    def few_postings(self, start: int, many: int) -> Sequence[int]:
        """Some of the postings."""
        return self._few(self._ends[2] + start, many)

    def _few(self, start: int, many: int) -> Sequence[int]:
        return memoryview(self.read(_BYTES * start, _BYTES * many)).cast("i")

    def runs(self, positions: Positions) -> Iterator[Positions]:
        """Positions, which are in order, in parts, of which each is in some megabytes of the tokens."""
        import numpy as np

        if len(positions) <= _FEW:
            yield positions
            return
        first, last = positions[[0, -1]].tolist()
        for run in np.split(positions, places_in(positions, np.arange(first, last, _RUN))):
            if len(run):
                try:
                    yield run
                finally:
                    self.release()
