"""What goes to the process that builds the index of a shelf: a job, and the texts that are added.

That process loads nothing that it does not need: asyncio is a third of its start.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

_LENGTH = 8  # bytes of a length


class ShelfJob(msgspec.Struct, frozen=True):
    """What the process that builds an index is told, before it gets the texts that are added, each frozen."""

    base: str
    unused: frozenset[str]
    cache: str
    sources: str
    sentences: int


def message(content: bytes) -> bytes:
    """Content as it is written to a stream: after its length."""
    return len(content).to_bytes(_LENGTH) + content


def messages(stream: BinaryIO) -> Iterator[bytes]:
    """The contents that `message` wrote to a stream."""
    while length := stream.read(_LENGTH):
        yield stream.read(int.from_bytes(length))
