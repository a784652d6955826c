"""Reading an index: rows by SQL within a deadline, and the sentences that were read last, as candidates."""

from __future__ import annotations

import sqlite3
import time
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus.errors import OutOfTime
from corpus.index_file import open_read_only
from corpus.reference import Reference
from corpus.search.grading import Candidate

_STEPS = 1_000  # of SQLite's machine between two looks at the clock
_KEPT = 1_000  # candidates in memory: some megabytes

_READ = "SELECT text, paragraph, number, words FROM sentence WHERE id = ?"


class IndexReader:
    """A read-only connection to an index. One thread at a time uses it."""

    def __init__(self, file: Path) -> None:
        self._connection = open_read_only(file)
        self._connection.set_progress_handler(self._is_late, _STEPS)
        self._deadline = float("inf")
        self.ran_out = False
        """Whether a query has run out of time."""
        self._kept: OrderedDict[int, tuple[Reference, Candidate]] = OrderedDict()

    def close(self) -> None:
        self._connection.close()

    def give(self, seconds: float) -> None:
        """Give the queries from now on so many seconds in all."""
        self.ran_out = False
        self._deadline = time.perf_counter() + seconds

    def give_up_ranking(self) -> None:
        """Take what comes first from now on: there would not be time enough to rank it."""
        self.ran_out = True

    def give_grace(self, seconds: float) -> None:
        """Give the queries of a search that ran out of time so many seconds more."""
        self._deadline = time.perf_counter() + seconds

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """The rows. Raises OutOfTime where the deadline is over, sqlite3.DatabaseError where it is no index."""
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.OperationalError:
            if not self._is_late():
                raise
            self.ran_out = True
            raise OutOfTime from None

    def candidates(self, sentences: Iterable[int]) -> list[tuple[Reference, Candidate]]:
        """Sentences by their ids, in that order; those that were asked for last are neither read nor parsed again."""
        # What was found is read in any case.
        deadline, self._deadline = self._deadline, float("inf")
        found = {one: self._kept.get(one) or self._read(one) for one in sentences}
        self._deadline = deadline
        self._kept |= found
        for one in found:
            self._kept.move_to_end(one)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return list(found.values())

    def _read(self, sentence: int) -> tuple[Reference, Candidate]:
        ((text, paragraph, number, words),) = self.rows(_READ, (sentence,))
        return Reference(text, paragraph, number), Candidate(words)

    def _is_late(self) -> bool:
        return time.perf_counter() > self._deadline
