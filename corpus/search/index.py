"""The search index: finds sentences by words, in the database that `corpus.search.writer` wrote."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from sqlite3 import Row
from urllib.parse import quote

import aiosqlite
from msgspec import Struct

from corpus.errors import NotUnderstood
from corpus.language.tokens import content_words
from corpus.reference import Reference
from corpus.search import fts
from corpus.search.grading import GRADES, Candidate, Grade, Marks
from corpus.search.lexicon import Lexicon
from corpus.search.lexicon_store import read_lexicon
from corpus.search.query import Query, Term

_PATIENCE = 0.5  # seconds that a search may take of the database
_STEPS = 1_000  # of SQLite's machine between two looks at the clock
_RAREST = 8  # terms of which some may do where not all are found together
_SHORTLIST = 200  # sentences that are looked at for some of the words
_RARE = 0.1  # of all sentences: a name that stands in more of them, and more than FEW, says nothing by itself
_FEW = 3
_TELLING = 5  # words of a sentence that says something by itself: others come behind those of their grade
_NEAR = 5  # words offered where nothing was found

_FIND = "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rowid LIMIT ?"
_RANK = "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY bm25(passage, 1.0, 1.0, 0.0), rowid LIMIT ?"
_COUNT = "SELECT count(*) FROM passage WHERE passage MATCH ?"
_READ = "SELECT id, text, paragraph, number, words FROM sentence WHERE id IN (SELECT value FROM json_each(?))"


class Hit(Struct, frozen=True):
    """A sentence that was found. `marks` are the slices of its words that matched, `grade` how well it matched.

    `missing` are the words of the query that it does not have, nor anything that stands for them.
    """

    reference: Reference
    marks: Marks
    grade: Grade
    missing: tuple[str, ...] = ()


class SearchResult(Struct, frozen=True):
    """What a search found, best first; `total` counts what the limit left out, too.

    `corrections` has the typed words that were taken for others, `unknown` those that the texts do not have;
    `suggestions`, where nothing was found, words that would have been.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    corrections: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class SearchIndex:
    """Finds sentences by words. One search at a time uses the connection; the others wait their turn."""

    def __init__(self, connection: aiosqlite.Connection, lexicon: Lexicon, tags: Mapping[str, str], size: int) -> None:
        self._connection, self._lexicon, self._tags, self._size = connection, lexicon, tags, size
        self._turn = asyncio.Lock()
        self._deadline = 0.0

    @classmethod
    async def open(cls, file: Path) -> SearchIndex:
        """Opens the database that `write_index` wrote, read-only. Raises sqlite3.DatabaseError where it is none."""
        connection = await aiosqlite.connect(f"file:{quote(str(file))}?mode=ro", uri=True)
        async with AsyncExitStack() as undo:
            undo.push_async_callback(connection.close)  # its thread would keep the program from ending
            lexicon = await read_lexicon(connection)
            sources = await connection.execute_fetchall("SELECT text, tag FROM source")
            tags = {row[0]: row[1] for row in sources}
            ((size,),) = await connection.execute_fetchall("SELECT count(*) FROM sentence")
            index = cls(connection, lexicon, tags, size)
            await connection.set_progress_handler(index._is_late, _STEPS)
            undo.pop_all()
            return index

    async def close(self) -> None:
        await self._connection.close()

    async def search(self, words: str, text: str | None = None, limit: int = 50) -> SearchResult:
        """The sentences, of one text or of all, that answer `words`; nothing rather than something unrelated.

        Raises NotUnderstood where it takes too long, so that nobody takes that for an answer.
        """
        query = self._lexicon.parse(words)
        if self._is_unknown(text) or not query.is_quotable:
            return SearchResult(corrections=query.corrections, unknown=query.unknown)
        async with self._turn:
            self._deadline = time.perf_counter() + _PATIENCE
            hits, total = await self._all_words(query, text, limit)
            if not hits and query.terms:
                hits, total = await self._some_words(query, text, limit)
        suggestions = () if hits else self._lexicon.suggest(query.words, _NEAR)
        return SearchResult(hits, total, query.corrections, suggestions, query.unknown)

    async def complete(self, typed: str, text: str | None = None, limit: int = 25) -> tuple[Hit, ...]:
        """Sentences for words half typed: first those that have them side by side, then whatever a search finds."""
        words = self._lexicon.split(typed)
        if not words or self._is_unknown(text):
            return ()
        async with self._turn:
            self._deadline = time.perf_counter() + _PATIENCE
            hits = await self._prefix_hits(words, text, limit)
        if len(hits) < limit:
            found = await self.search(typed, text, limit)
            hits |= {hit.reference: hit for hit in found.hits if hit.reference not in hits}
        return tuple(hits.values())[:limit]

    async def _prefix_hits(self, words: tuple[str, ...], text: str | None, limit: int) -> dict[Reference, Hit]:
        """Ranking the beginning of a common word takes long, so these come as they stand in the texts."""
        places: dict[int, None] = {}
        stems = [token.stem for word in words[:-1] for token in content_words(word)]
        for expression in (fts.prefix(words), *([fts.all_words(words, stems)] if stems else [])):
            if len(places) < limit:
                places |= dict.fromkeys(await self._places(expression, text, limit, ranked=False))
        hits: dict[Reference, Hit] = {}
        for reference, candidate in await self._candidates(places):
            marks = candidate.prefix_marks(words)
            hits[reference] = Hit(reference, marks or candidate.word_marks(words), "phrase" if marks else "words")
        return hits

    async def _all_words(self, query: Query, text: str | None, limit: int) -> tuple[tuple[Hit, ...], int]:
        """Sentences that have every word, or what stands for it, and how many of them there are."""
        tiers = fts.tiers(query)
        places: dict[int, None] = {}
        for tier in tiers:
            if len(places) < limit:
                places |= dict.fromkeys(await self._places(tier, text, limit))
        graded = []
        for reference, candidate in await self._candidates(places):
            grade, marks = candidate.grade(query)
            graded.append((GRADES.index(grade), len(candidate.tokens) < _TELLING, Hit(reference, marks, grade)))
        hits = [hit for _, _, hit in sorted(graded, key=lambda entry: entry[:2])]
        total = await self._count(tiers[-1], text) if len(hits) >= limit else len(hits)
        return tuple(hits[:limit]), max(total, len(hits))

    async def _some_words(self, query: Query, text: str | None, limit: int) -> tuple[tuple[Hit, ...], int]:
        """Sentences that have so much of what was asked for that it says something, the most telling first."""
        weighed: list[tuple[int, float, Hit]] = []
        for reference, candidate in await self._candidates(await self._shortlist(query, text)):
            run, matched = candidate.longest_run(query.words), candidate.matching_terms(query.terms)
            found = (*matched, *candidate.related_terms(query.terms))
            if run or self._says_something(found, query):
                marks = run or candidate.marks(found, synonyms=True)
                length = sum(end - start for start, end in run)
                lacking = (word for term in query.terms if term not in matched for word in term.words)
                missing = tuple(map(self._lexicon.surface_form, lacking))
                weight = sum(map(candidate.weight, found, map(self._lexicon.frequency, found)))
                weighed.append((length, weight, Hit(reference, marks, "some", missing)))
        weighed.sort(key=lambda entry: entry[:2], reverse=True)
        return tuple(hit for _, _, hit in weighed[:limit]), len(weighed)

    async def _shortlist(self, query: Query, text: str | None) -> dict[int, None]:
        known = [term for term in query.terms if self._lexicon.frequency(term)]
        rarest = sorted(known, key=self._lexicon.frequency)[:_RAREST]
        expressions = [fts.any_run(query.words)] if query.has_run else []
        expressions += [fts.any_term(rarest)] if rarest else []
        return {place: None for part in expressions for place in await self._places(part, text, _SHORTLIST)}

    def _says_something(self, matched: Sequence[Term], query: Query) -> bool:
        """Whether terms that a sentence has are enough of the query: half its words, or more where one is unknown.

        A name that is rare counts twice: of all that stands around it, it is what was meant.
        """
        names = any(self._is_rare_name(term) for term in matched)
        asked_for, has = _words_of(query.terms), _words_of(matched)
        return 2 * (has + names) > asked_for or (not query.unknown and 2 * has >= asked_for)

    def _is_rare_name(self, term: Term) -> bool:
        return self._lexicon.is_name(term) and self._lexicon.frequency(term) <= max(_FEW, _RARE * self._size)

    def _is_unknown(self, text: str | None) -> bool:
        return text is not None and text not in self._tags

    async def _places(self, expression: str, text: str | None, limit: int, *, ranked: bool = True) -> list[int]:
        found = await self._rows(_RANK if ranked else _FIND, (self._within(expression, text), limit))
        return [place for (place,) in found]

    async def _count(self, expression: str, text: str | None) -> int:
        found = await self._rows(_COUNT, (self._within(expression, text),))
        return int(found[0][0]) if found else 0

    async def _candidates(self, places: Iterable[int]) -> list[tuple[Reference, Candidate]]:
        """The sentences, in the order of `places`."""
        rows = {row[0]: row for row in await self._rows(_READ, (json.dumps(list(places)),))}
        found = [rows[place] for place in places if place in rows]
        return [(Reference(text, paragraph, number), Candidate(words)) for _, text, paragraph, number, words in found]

    def _within(self, expression: str, text: str | None) -> str:
        return expression if text is None else fts.within(expression, self._tags[text])

    async def _rows(self, query: str, values: tuple[object, ...]) -> list[Row]:
        """The rows. Raises NotUnderstood where the deadline is over."""
        try:
            return list(await self._connection.execute_fetchall(query, values))
        except sqlite3.OperationalError:
            if not self._is_late():
                raise
            raise NotUnderstood("That search took too long. Please try again, or use fewer and rarer words.") from None

    def _is_late(self) -> bool:
        return time.perf_counter() > self._deadline


def _words_of(terms: Iterable[Term]) -> int:
    return sum(len(term.words) for term in terms)
