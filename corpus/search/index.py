"""The search index: every sentence by its words and by the keys of its words. `fill` writes it, `Index` asks it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from sqlite3 import Row
from urllib.parse import quote

import aiosqlite
from msgspec import Struct

from corpus.language.tokens import stems, telling, tokens
from corpus.model import Notes, Text
from corpus.reference import Reference
from corpus.search import fts
from corpus.search.lexicon import Lexicon
from corpus.search.lexicon_store import SCHEMA, read_lexicon, write_vocabulary
from corpus.search.query import GRADES, Asked, Candidate, Grade, Marks, Unit

_PATIENCE = 0.5  # seconds that a search may take of the database
_STEPS = 1_000  # of SQLite's machine between two looks at the clock
_RAREST = 8  # units of which some may do where not all are found together
_SHORTLIST = 200  # sentences that are looked at for some of the words
_RARE = 0.1  # of all sentences: a name that stands in more of them, and more than FEW, says nothing by itself
_FEW = 3
_NEAR = 5  # words offered where nothing was found

_FIND = "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rowid LIMIT ?"
_RANK = "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY bm25(passage, 1.0, 1.0, 0.0), rowid LIMIT ?"
_COUNT = "SELECT count(*) FROM passage WHERE passage MATCH ?"
_READ = "SELECT id, text, paragraph, number, words FROM sentence WHERE id IN (SELECT value FROM json_each(?))"


class Hit(Struct, frozen=True):
    """A sentence that was found. `marks` are the slices of its words that matched, `grade` how well it matched."""

    reference: Reference
    marks: Marks
    grade: Grade


class Found(Struct, frozen=True):
    """What a search found, best first; `total` counts what the limit left out, too.

    `read_as` has the typed words that were taken for others; `near`, where nothing was found, words that would be.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    read_as: tuple[tuple[str, str], ...] = ()
    near: tuple[str, ...] = ()


def fill(connection: sqlite3.Connection, texts: Mapping[str, Text], notes: Notes) -> None:
    """Writes all that `Index` reads into a database without these tables. The caller commits."""
    for statement in (fts.SCHEMA + SCHEMA).split(";"):
        connection.execute(statement)
    for number, text in enumerate(texts.values()):
        connection.execute("INSERT INTO source VALUES (?, ?)", (text.id, f"t{number}"))
        for reference, words in _sentences(text):
            _write(connection, reference, words, f"t{number}")
    write_vocabulary(connection, (words for text in texts.values() for _, words in _sentences(text)), notes)


def _sentences(text: Text) -> Iterator[tuple[Reference, str]]:
    for paragraph in text.paragraphs:
        for sentence in paragraph.sentences:
            reference = Reference(text.id, paragraph.number, sentence.number)
            yield reference, paragraph.words[sentence.start : sentence.end]


def _write(connection: sqlite3.Connection, reference: Reference, words: str, term: str) -> None:
    row = (reference.text, reference.paragraph, reference.first, words)
    done = connection.execute("INSERT INTO sentence (text, paragraph, number, words) VALUES (?, ?, ?, ?)", row)
    forms = " ".join(token.word for token in tokens(words))
    columns = (done.lastrowid, forms, " ".join(stems(words)), term)
    connection.execute("INSERT INTO passage (rowid, words, keys, source) VALUES (?, ?, ?, ?)", columns)


class Index:
    """Finds sentences by words. One search at a time uses the connection; the others wait their turn."""

    def __init__(self, connection: aiosqlite.Connection, lexicon: Lexicon, terms: Mapping[str, str], size: int) -> None:
        self._connection, self._lexicon, self._terms, self._size = connection, lexicon, terms, size
        self._turn = asyncio.Lock()
        self._deadline = 0.0

    @classmethod
    async def open(cls, file: Path) -> Index:
        """Opens the database that `fill` wrote, read-only. Raises sqlite3.DatabaseError where it is none."""
        connection = await aiosqlite.connect(f"file:{quote(str(file))}?mode=ro", uri=True)
        async with AsyncExitStack() as undo:
            undo.push_async_callback(connection.close)  # its thread would keep the program from ending
            lexicon = await read_lexicon(connection)
            sources = await connection.execute_fetchall("SELECT text, term FROM source")
            terms = {row[0]: row[1] for row in sources}
            ((size,),) = await connection.execute_fetchall("SELECT count(*) FROM sentence")
            index = cls(connection, lexicon, terms, size)
            await connection.set_progress_handler(index._is_late, _STEPS)
            undo.pop_all()
            return index

    async def close(self) -> None:
        await self._connection.close()

    async def search(self, words: str, text: str | None = None, limit: int = 50) -> Found:
        """The sentences, of one text or of all, that answer `words`; nothing rather than something unrelated."""
        asked = self._lexicon.read(words)
        if self._is_unknown(text) or not asked.is_quotable:
            return Found(read_as=asked.read_as)
        async with self._turn:
            self._deadline = time.perf_counter() + _PATIENCE
            hits, total = await self._all_words(asked, text, limit)
            if not hits and asked.units:
                hits, total = await self._some_words(asked, text, limit)
        near = () if hits else self._lexicon.near(asked.words, _NEAR)
        return Found(hits, total, asked.read_as, near)

    async def complete(self, typed: str, text: str | None = None, limit: int = 25) -> tuple[Hit, ...]:
        """Sentences for words half typed: first those that have them side by side, then whatever a search finds."""
        words = self._lexicon.split(typed)
        if not words or self._is_unknown(text):
            return ()
        async with self._turn:
            self._deadline = time.perf_counter() + _PATIENCE
            hits = await self._begun(words, text, limit)
        if len(hits) < limit:
            found = await self.search(typed, text, limit)
            hits |= {hit.reference: hit for hit in found.hits if hit.reference not in hits}
        return tuple(hits.values())[:limit]

    async def _begun(self, words: tuple[str, ...], text: str | None, limit: int) -> dict[Reference, Hit]:
        """Ranking the beginning of a common word takes long, so these come as they stand in the texts."""
        places: dict[int, None] = {}
        keys = [token.stem for word in words[:-1] for token in telling(word)]
        for expression in (fts.begun(words), *([fts.scattered(words, keys)] if keys else [])):
            if len(places) < limit:
                places |= dict.fromkeys(await self._places(expression, text, limit, ranked=False))
        hits: dict[Reference, Hit] = {}
        for reference, candidate in await self._candidates(places):
            marks = candidate.begun(words)
            hits[reference] = Hit(reference, marks or candidate.scattered(words), "phrase" if marks else "words")
        return hits

    async def _all_words(self, asked: Asked, text: str | None, limit: int) -> tuple[tuple[Hit, ...], int]:
        """Sentences that have every word, or what stands for it, and how many of them there are."""
        tiers = fts.tiers(asked)
        places: dict[int, None] = {}
        for tier in tiers:
            if len(places) < limit:
                places |= dict.fromkeys(await self._places(tier, text, limit))
        hits = []
        for reference, candidate in await self._candidates(places):
            grade, marks = candidate.grade(asked)
            hits.append(Hit(reference, marks, grade))
        hits.sort(key=lambda hit: GRADES.index(hit.grade))
        total = await self._count(tiers[-1], text) if len(hits) >= limit else len(hits)
        return tuple(hits[:limit]), max(total, len(hits))

    async def _some_words(self, asked: Asked, text: str | None, limit: int) -> tuple[tuple[Hit, ...], int]:
        """Sentences that have so much of what was asked that it says something, the most telling first."""
        weighed: list[tuple[int, float, Hit]] = []
        for reference, candidate in await self._candidates(await self._shortlist(asked, text)):
            run, matched = candidate.longest_run(asked.words), candidate.matched(asked.units)
            if run or self._says_something(matched, asked):
                marks = run or candidate.marks(matched, synonyms=True)
                length = sum(end - start for start, end in run)
                weight = sum(1 / max(1, self._lexicon.frequency(unit)) for unit in matched)
                weighed.append((length, weight, Hit(reference, marks, "some")))
        weighed.sort(key=lambda entry: entry[:2], reverse=True)
        return tuple(hit for _, _, hit in weighed[:limit]), len(weighed)

    async def _shortlist(self, asked: Asked, text: str | None) -> dict[int, None]:
        known = [unit for unit in asked.units if self._lexicon.frequency(unit)]
        rarest = sorted(known, key=self._lexicon.frequency)[:_RAREST]
        expressions = [fts.any_run(asked.words)] if asked.has_run else []
        expressions += [fts.any_unit(rarest)] if rarest else []
        return {place: None for part in expressions for place in await self._places(part, text, _SHORTLIST)}

    def _says_something(self, matched: Sequence[Unit], asked: Asked) -> bool:
        """Whether units that a sentence has are enough of what was asked: half its words, or more where one is unknown.

        A name that is rare counts twice: of all that stands around it, it is what was meant.
        """
        names = any(self._is_rare_name(unit) for unit in matched)
        asked_for, has = _words_of(asked.units), _words_of(matched)
        return 2 * (has + names) > asked_for or (not asked.unknown and 2 * has >= asked_for)

    def _is_rare_name(self, unit: Unit) -> bool:
        return self._lexicon.is_name(unit) and self._lexicon.frequency(unit) <= max(_FEW, _RARE * self._size)

    def _is_unknown(self, text: str | None) -> bool:
        return text is not None and text not in self._terms

    async def _places(self, expression: str, text: str | None, limit: int, *, ranked: bool = True) -> list[int]:
        found = await self._rows(_RANK if ranked else _FIND, (self._within(expression, text), limit))
        return [place for (place,) in found]

    async def _count(self, expression: str, text: str | None) -> int:
        found = await self._rows(_COUNT, (self._within(expression, text),))
        return int(found[0][0]) if found else 0

    async def _candidates(self, places: Iterable[int]) -> list[tuple[Reference, Candidate]]:
        """The sentences, in the order asked for."""
        rows = {row[0]: row for row in await self._rows(_READ, (json.dumps(list(places)),))}
        found = [rows[place] for place in places if place in rows]
        return [(Reference(text, paragraph, number), Candidate(words)) for _, text, paragraph, number, words in found]

    def _within(self, expression: str, text: str | None) -> str:
        return expression if text is None else fts.within(expression, self._terms[text])

    async def _rows(self, query: str, values: tuple[object, ...]) -> list[Row]:
        """The rows, or none where the deadline is over."""
        try:
            return list(await self._connection.execute_fetchall(query, values))
        except sqlite3.OperationalError:
            if not self._is_late():
                raise
            return []

    def _is_late(self) -> bool:
        return time.perf_counter() > self._deadline


def _words_of(units: Iterable[Unit]) -> int:
    return sum(len(unit.words) for unit in units)
