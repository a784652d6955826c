"""Reading an index: what matches, by FTS5 within a deadline, and the sentences that were read last, as candidates."""

from __future__ import annotations

import sqlite3
import time
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec

from corpus.errors import IndexUnreadable, OutOfTime
from corpus.index_file import open_read_only
from corpus.reference import Reference
from corpus.search import fts
from corpus.search.expressions import Expression
from corpus.search.grading import Candidate

_STEPS = 10_000  # of SQLite's machine between two looks at the clock: some milliseconds
_STEPS_ASIDE = 1_000  # of searches that may take long
_KEPT = 1_000  # candidates in memory: some megabytes
_KEPT_ASIDE = 100  # of a reader that is one of several: among very many sentences, few are found again

_FIND = "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rowid LIMIT ?"
_RANK = "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY bm25(passage, 1.0, 1.0, 0.0), rowid LIMIT ?"
_COUNT = "SELECT count(*) FROM passage WHERE passage MATCH ?"
_READ = "SELECT id, text, paragraph, number, words FROM sentence WHERE id IN (SELECT value FROM json_each(?))"
_GRACE = 0.02  # seconds for what comes first, where there was no time to rank it
_BUSY = 10  # times as long as its processor time a query may take where machine or disk are busy


class _Deadline(NamedTuple):
    """When a search is out of time: by the processor time of its thread, and by the clock."""

    processor: float
    clock: float


_NEVER = _Deadline(float("inf"), float("inf"))


class SentenceReader(Protocol):
    """The sentences of an index by what they match, and by their ids."""

    ran_out: bool
    """Whether a query has run out of time: what is ranked from then on is only what comes first."""

    def find(self, expression: Expression, limit: int) -> list[int]:
        """The ids of the first sentences that match."""

    def rank(self, expression: Expression, limit: int) -> list[int]:
        """The ids of the sentences that match best, by BM25, best first."""

    def shortlist(self, expression: Expression, limit: int) -> list[int]:
        """The ids of the sentences that match best, in any order."""

    def count(self, expression: Expression) -> int:
        """How many sentences match; 0 where there is no time to count."""

    def candidates(self, sentences: Iterable[int]) -> list[tuple[Reference, Candidate]]:
        """Sentences by their ids, in that order."""


class IndexReader(SentenceReader):
    """A read-only connection to an index. One thread at a time uses it. `is_aside`: it is one of several."""

    def __init__(self, file: Path, *, is_aside: bool = False) -> None:
        self._connection = open_read_only(file)
        self._connection.set_progress_handler(self._is_late, _STEPS_ASIDE if is_aside else _STEPS)
        self._deadline = _NEVER
        self.ran_out = False
        self._most = _KEPT_ASIDE if is_aside else _KEPT
        self._kept: OrderedDict[int, tuple[Reference, Candidate]] = OrderedDict()

    def close(self) -> None:
        self._connection.close()

    def set_deadline(self, seconds: float) -> None:
        """Let the queries from now on take so many seconds of a processor in all, in this thread."""
        self.ran_out = False
        self._set_deadline(seconds)

    def _set_deadline(self, seconds: float) -> None:
        self._deadline = _Deadline(time.thread_time() + seconds, time.perf_counter() + _BUSY * seconds)

    def find(self, expression: Expression, limit: int) -> list[int]:
        with suppress(OutOfTime):
            return [place for (place,) in self.rows(_FIND, (fts.match(expression), limit))]
        self._set_deadline(_GRACE)
        return []

    def rank(self, expression: Expression, limit: int) -> list[int]:
        if not self.ran_out:
            with suppress(OutOfTime):
                return [place for (place,) in self.rows(_RANK, (fts.match(expression), limit))]
            self._set_deadline(_GRACE)
        return self.find(expression, limit)

    def shortlist(self, expression: Expression, limit: int) -> list[int]:
        return self.rank(expression, limit)

    def count(self, expression: Expression) -> int:
        with suppress(OutOfTime):
            ((count,),) = self.rows(_COUNT, (fts.match(expression),))
            return int(count)
        return 0

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """The rows. Raises OutOfTime where the deadline is over, IndexUnreadable, and sqlite3.DatabaseError."""
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.OperationalError as error:
            if not self._is_late():
                raise IndexUnreadable(error) from error
            self.ran_out = True
            raise OutOfTime from None

    def candidates(self, sentences: Iterable[int]) -> list[tuple[Reference, Candidate]]:
        # What was found is read in any case; what was asked for last is neither read nor parsed again.
        deadline, self._deadline = self._deadline, _NEVER
        wanted = list(sentences)
        self._kept |= self._read([one for one in wanted if one not in self._kept])
        self._deadline = deadline
        for one in wanted:
            self._kept.move_to_end(one)
        found = [self._kept[one] for one in wanted]
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return found

    def _read(self, sentences: list[int]) -> dict[int, tuple[Reference, Candidate]]:
        rows = self.rows(_READ, (msgspec.json.encode(sentences).decode(),)) if sentences else []
        return {row[0]: (Reference(*row[1:4]), Candidate(row[4])) for row in rows}

    def _is_late(self) -> bool:
        return time.thread_time() > self._deadline.processor or time.perf_counter() > self._deadline.clock
