"""What goes between us and the child process that reads a file: a task in, an outcome out.

The child starts for each file, and loads nothing that it does not need: asyncio is a third of a start.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from corpus.source.adding import About, Proposal
from corpus.source.editions import Numbering

OUT_OF_MEMORY: Final = 9
"""The child's exit status where its memory was not enough."""


class Task(Struct, frozen=True):
    """A file to read, and what is known about it: the arguments of `propose`."""

    name: str
    data: bytes
    about: About = About()
    taken: tuple[str, ...] = ()
    old: Numbering | None = None


class Outcome(Struct, frozen=True):
    """What the child found: a proposal, or the sentence of `Unreadable`."""

    proposal: Proposal | None = None
    refusal: str = ""
