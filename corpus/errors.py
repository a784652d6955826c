"""What can go wrong with a corpus: what was typed, and what was written."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class NotUnderstood(ValueError):
    """Typed words cannot be read as what was asked for.

    The message is a sentence for the person who typed them: what would have been right.
    `near` holds what they may have meant, best first, each fit to be typed instead.
    """

    def __init__(self, sentence: str, near: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.near = tuple(near)


class OutOfTime(NotUnderstood):
    """A search ran out of time before it found anything."""

    def __init__(self) -> None:
        super().__init__("That search took too long. Please try again, or use fewer and rarer words.")


class Fault(NamedTuple):
    """One thing wrong in a corpus folder, and where. `line` counts from 1; 0 is the whole file."""

    file: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


class IndexUnreadable(sqlite3.OperationalError):
    """An open index that cannot be read any more: its file was deleted, or the disk fails. SQLite's error is the cause.

    A class of its own, so that nobody takes it for an error of another database.
    """

    def __init__(self, error: sqlite3.OperationalError) -> None:
        super().__init__(*error.args)
        self.sqlite_errorname = error.sqlite_errorname


class CorpusError(Exception):
    """A corpus that cannot be used. The message is one sentence on what is wrong, and how to mend it."""
