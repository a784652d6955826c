"""The search index: finds sentences by words, in the database that `corpus.search.writer` wrote."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from math import prod
from pathlib import Path
from typing import TypeVar

from corpus.errors import OutOfTime
from corpus.index_file import IndexFile
from corpus.language.english import STOP_WORDS, stem
from corpus.reference import Reference
from corpus.search.boolean_query import AnyOf, boolean_result, expression_of
from corpus.search.expressions import (
    Expression,
    PhraseQuery,
    all_stems,
    all_words,
    any_run,
    any_term,
    every_term,
    looser_tiers,
    prefix,
    side_by_side,
    within,
)
from corpus.search.grading import GRADES
from corpus.search.inverted_index import InvertedIndex, read_inverted_index
from corpus.search.lexicon import Lexicon
from corpus.search.lexicon_store import read_lexicon
from corpus.search.partial_match import PartialMatcher
from corpus.search.query import Query
from corpus.search.reader import IndexReader, SentenceReader
from corpus.search.search_result import Hit, SearchResult
from corpus.work_budget import A_SECOND, work_budget
from corpus.work_queue import WorkQueue

_PATIENCE = 0.08  # seconds of a processor that a search may rank before it takes what comes first
_COMPLETION_PATIENCE = 0.01
_COMPLETION_STEPS = 0.0007 * A_SECOND
_RANKABLE = 40_000  # places of the rarest word: to rank more takes longer than a search has
_COUNTABLE = 400_000  # places of all words: to count where they are together takes longer, too
_SECONDS = 4e-9  # of a processor that a search takes at most times, for each sentence and word
_IN_MEMORY = 1_000  # sentences of a corpus whose words are kept in memory, in a megabyte or a few
_SMALL = 50_000  # sentences of a corpus: in a larger one, what matches closely is looked for first
_SHORT = 15_000  # sentences times words: a search of no more takes some milliseconds at worst
_UNLIMITED = 5_000  # sentences of a corpus without deadlines: to search it for 1,000 words takes a tenth of a second
_RAREST = 8  # terms of which some may do where not all are found together
_SHORTLIST = 200  # sentences that are looked at for some of the words
_TELLING_LETTERS = 2  # of a word half typed: in a large corpus, one begins a good part of all words
_TELLING = 5  # words of a sentence that says something by itself: others come behind those of their grade
_NEAR = 5  # words offered where nothing was found

T = TypeVar("T")

PhraseFinder = Callable[[Sequence[str], int], Sequence[int]]
"""Finds the ids of sentences that have words side by side, in order; not all, where the first are as many as wanted."""


def _content_stems(words: Iterable[str]) -> list[str]:
    """The stems of folded words, without stop words."""
    return [stem(word) for word in words if word not in STOP_WORDS]


class SearchIndex:
    """Finds sentences by words: short searches at once, long ones in threads, each with a reader of its own.

    `queue` is that of the threads, for whatever else takes a while.
    """

    def __init__(self, file: IndexFile, lexicon: Lexicon, tags: Mapping[str, str], size: int) -> None:
        self._file, self._here, self._idle = file, IndexReader(file.file), list[IndexReader]()
        self._inverted: InvertedIndex | None = None
        self._lexicon, self._tags, self._size = lexicon, tags, size
        self.queue = WorkQueue()
        self.phrase_finder: PhraseFinder | None = None
        """Where there is one, it is quicker than FTS5, which looks through all sentences that have a common word."""
        self.beginning_finder: PhraseFinder | None = None
        """The same for words of which the last is only begun."""

    @classmethod
    async def open(cls, file: Path) -> SearchIndex:
        """Opens the database that `SearchWriter` wrote, read-only. Raises sqlite3.DatabaseError where it is none."""
        reading = asyncio.get_running_loop().run_in_executor(None, cls._read, file)
        try:
            opened = cls(*await asyncio.shield(reading))
        except asyncio.CancelledError:
            # The thread goes on, and opens what nobody else would close.
            with suppress(sqlite3.Error):
                (await reading)[0].close()
            raise
        opened._file.rows("SELECT 1")  # this thread's connection stays, even if the file is removed
        return opened

    @staticmethod
    def _read(file: Path) -> tuple[IndexFile, Lexicon, Mapping[str, str], int]:
        index = IndexFile(file)
        with ExitStack() as undo:
            undo.callback(index.close)
            lexicon = read_lexicon(index)
            tags = dict(index.rows("SELECT text, tag FROM source"))
            ((size,),) = index.rows("SELECT coalesce(sum(sentences), 0) FROM source")
            undo.pop_all()
            return index, lexicon, tags, size

    async def close(self) -> None:
        await self.queue.close()
        for one in (self._here, *self._idle):
            one.close()
        self._file.close()

    def load(self) -> Collection[str]:
        """Loads what corrects slips, and the words of a small corpus, which is not asked of SQLite from then on.

        These words are what it gives; of a large corpus none.
        """
        words: Collection[str] = ()
        if self._size <= _IN_MEMORY:
            words = self._lexicon.load()
            self._inverted = read_inverted_index(self._file)
        self._lexicon.parse("revoluton")
        return words

    async def search(
        self, words: str, text: str | None = None, limit: int = 50, *, suggests: bool = True, only_matches: bool = False
    ) -> SearchResult:
        """The sentences, of one text or of all, that answer `words`; nothing rather than something unrelated.

        What runs out of time answers with what it has, and says so. Raises OutOfTime where that is nothing.
        Without `suggests`, ask for `suggestions` later if need be: they take a tenth of a search.
        With `only_matches`, sentences that have only some of the words are not looked for, which takes most of one.
        """
        many = self._size * (1 + words.count(" "))
        is_short, seconds = many <= _SHORT, _SECONDS * many
        search = partial(
            self._search, words=words, text=text, limit=limit, suggests=suggests, only_matches=only_matches
        )
        return await self._run(search, _PATIENCE, seconds, is_short=is_short)

    async def search_boolean(self, wanted: AnyOf, text: str | None = None, limit: int = 50) -> SearchResult:
        """The sentences that have all that is wanted, phrases word for word and other words in any form."""
        many = self._size * (1 + wanted.words().count(" "))
        search = partial(self._search_boolean, wanted=wanted, text=text, limit=limit)
        return await self._run(search, _PATIENCE, _SECONDS * many, is_short=many <= _SHORT)

    async def suggestions(self, words: str) -> tuple[str, ...]:
        """Words to try instead of `words`, which found nothing."""
        many = self._size * (1 + words.count(" "))
        suggest = partial(self._suggest, words=words)
        return await self._run(suggest, _PATIENCE, _SECONDS * many, is_short=many <= _SHORT)

    def _suggest(self, _reader: SentenceReader, words: str) -> tuple[str, ...]:
        return self._lexicon.suggest(self._lexicon.parse(words).words, _NEAR)

    async def complete(self, typed: str, text: str | None = None, limit: int = 25) -> tuple[Hit, ...]:
        """Sentences for words half typed: first those that have them side by side, then whatever a search finds."""
        words = self._lexicon.split(typed)
        if not words or self._is_unknown(text):
            return ()

        # Who types waits for every letter, and a platform for three seconds: this goes before whatever waits.
        is_short = self._size * (1 + typed.count(" ")) <= _SHORT
        patience = _COMPLETION_PATIENCE if self._size > _SMALL else _PATIENCE
        complete = partial(self._complete, typed=typed, words=words, text=text, limit=limit)
        return await self._run(complete, patience, 0.0, is_short=is_short)

    def _complete(
        self, reader: SentenceReader, typed: str, words: tuple[str, ...], text: str | None, limit: int
    ) -> tuple[Hit, ...]:
        is_large = self._size > _IN_MEMORY
        with work_budget(_COMPLETION_STEPS):
            hits = self._prefix_hits(reader, words, text, limit)
            if not hits or (len(hits) < limit and not is_large):
                reader.ran_out = is_large  # to rank takes longer than anybody types
                with suppress(OutOfTime):
                    found = self._search(reader, typed, text, limit, suggests=False, only_matches=False)
                    hits |= {hit.reference: hit for hit in found.hits if hit.reference not in hits}
        return tuple(hits.values())[:limit]

    async def _run(self, work: Callable[[SentenceReader], T], patience: float, seconds: float, *, is_short: bool) -> T:
        """The outcome of a search that takes so many seconds."""
        if is_short:
            # A thread and back costs more than such a search, and nobody waits for long meanwhile.
            return await self.queue.run_here(lambda: self._at_once(work), seconds)
        # What takes little anyway has no deadline: its answer hangs on no machine, nor on what else that has to do.
        limit = float("inf") if self._size <= _UNLIMITED else patience
        return await self.queue.run(lambda: self._aside(work, limit), seconds)

    def _at_once(self, work: Callable[[SentenceReader], T]) -> T:
        if self._inverted:
            return work(self._inverted)
        self._here.set_deadline(float("inf"))
        return work(self._here)

    def _aside(self, work: Callable[[SentenceReader], T], patience: float) -> T:
        """The outcome of a search in this thread."""
        if self._inverted:
            return work(self._inverted)
        reader = self._idle.pop() if self._idle else IndexReader(self._file.file, is_aside=True)
        try:
            reader.set_deadline(patience)
            return work(reader)
        finally:
            self._idle.append(reader)

    def _search(
        self, reader: SentenceReader, words: str, text: str | None, limit: int, *, suggests: bool, only_matches: bool
    ) -> SearchResult:
        query = self._lexicon.parse(words)
        if self._is_unknown(text) or not query.is_quotable:
            return SearchResult(corrections=query.corrections, unknown=query.unknown)
        if self._size > _RANKABLE and min(map(self._lexicon.frequency, query.terms), default=0) > _RANKABLE:
            reader.ran_out = True  # there would not be time enough
        hits, total = self._all_words(reader, query, text, limit)
        if not hits and query.terms and (reader.ran_out or not only_matches):
            hits, total = self._some_words(reader, query, text, limit)
        if reader.ran_out and not hits:
            raise OutOfTime
        suggestions = self._lexicon.suggest(query.words, _NEAR) if suggests and not hits else ()
        return SearchResult(hits, total, query.corrections, suggestions, query.unknown, reader.ran_out)

    def _search_boolean(self, reader: SentenceReader, wanted: AnyOf, text: str | None, limit: int) -> SearchResult:
        if self._is_unknown(text):
            return SearchResult()
        queries = wanted.queries(self._lexicon.parse)
        expression = expression_of(wanted, queries)
        places = self._matching(reader, expression, text, limit)
        total = reader.count(self._in_text(expression, text)) if len(places) >= limit else 0
        return boolean_result(reader, places, wanted, queries, total)

    def _prefix_hits(
        self, reader: SentenceReader, words: tuple[str, ...], text: str | None, limit: int
    ) -> dict[Reference, Hit]:
        """Ranking the beginning of a common word takes long, so these come as they stand in the texts."""
        places: dict[int, None] = {}
        if self.beginning_finder and text is None and len(words) > 1:
            places |= dict.fromkeys(self.beginning_finder(words, limit)[:limit])
        else:
            places |= dict.fromkeys(self._places(reader, prefix(words), text, limit, ranked=False))
        stems = _content_stems(words[:-1])
        # FTS5 would read all places of each word that begins so.
        is_vague = self._size > _SMALL and len(words[-1]) < _TELLING_LETTERS
        if stems and len(places) < limit:
            expression = all_stems(stems) if is_vague else all_words(words, stems)
            places |= dict.fromkeys(self._places(reader, expression, text, limit, ranked=False))
        hits: dict[Reference, Hit] = {}
        every_stem = frozenset((*stems, *_content_stems(words[-1:])))
        for reference, candidate in reader.candidates(places):
            if is_vague and not candidate.has_prefix(words[-1]):
                continue
            run = candidate.prefix_marks(words)
            # Nothing is marked where the texts spell a word otherwise.
            if marks := run or candidate.word_marks(every_stem, words[-1]):
                hits[reference] = Hit(reference, marks, "phrase" if run else "words")
        return hits

    def _all_words(
        self, reader: SentenceReader, query: Query, text: str | None, limit: int
    ) -> tuple[tuple[Hit, ...], int]:
        """Sentences that have every word, or what stands for it, and how many of them there are."""
        widest = every_term(query)
        graded = []
        for reference, candidate in reader.candidates(self._closest(reader, query, widest, text, limit)):
            grade, marks = candidate.grade(query)
            # Of many words typed most are small ones, which bring no sentence forward but by their order.
            key = GRADES.index(grade), -candidate.run_length_of(query, grade), len(candidate.tokens) < _TELLING
            graded.append((key, Hit(reference, marks, grade)))
        hits = [hit for _, hit in sorted(graded, key=lambda entry: entry[0])]
        is_counted = len(hits) >= limit and sum(map(self._lexicon.frequency, query.terms)) <= _COUNTABLE
        total = reader.count(self._in_text(widest, text)) if is_counted else len(hits)
        return tuple(hits[:limit]), max(total, len(hits))

    def _closest(
        self, reader: SentenceReader, query: Query, widest: Expression, text: str | None, limit: int
    ) -> dict[int, None]:
        """The sentences to look at for all words, those that match most closely among them."""
        if self._size <= _SMALL:
            places = dict.fromkeys(self._places(reader, widest, text, limit))
            closer = (side_by_side(query.words), *looser_tiers(query)) if len(places) >= limit else ()
            return {place: None for tier in closer for place in self._places(reader, tier, text, limit)} | places
        if self._expected(query) < limit:
            # What has all words in any form is little to rank, and what matches more closely is among it.
            found = dict.fromkeys(self._places(reader, widest, text, limit))
            if len(found) < limit and not reader.ran_out:
                return found
        found = dict.fromkeys(self._matching(reader, side_by_side(query.words), text, limit))
        for tier in (*looser_tiers(query), widest):  # the widest takes longest to rank, and is seldom needed
            if len(found) < limit:
                found |= dict.fromkeys(self._places(reader, tier, text, limit))
        return found

    def _matching(self, reader: SentenceReader, wanted: Expression, text: str | None, limit: int) -> Sequence[int]:
        """The sentences that match, the best where they are more than the limit."""
        if isinstance(wanted, PhraseQuery) and len(wanted.words) > 1 and text is None and self.phrase_finder:
            found = self.phrase_finder(wanted.words, limit)
            if len(found) < limit or reader.ran_out:
                return found[:limit]
        return self._places(reader, wanted, text, limit)

    def _expected(self, query: Query) -> float:
        """How many sentences would have every term if each stood where it stands by chance."""
        return self._size * prod(min(1.0, self._lexicon.frequency(term) / self._size) for term in query.terms)

    def _some_words(
        self, reader: SentenceReader, query: Query, text: str | None, limit: int
    ) -> tuple[tuple[Hit, ...], int]:
        """Sentences that have so much of what was asked for that it says something, the most telling first."""
        matcher = PartialMatcher(query, self._lexicon, self._size)
        runs = self._places(reader, any_run(query.words), text, _SHORTLIST) if query.has_run else []
        known = sorted((one for one in matcher.terms if one.frequency), key=lambda one: one.frequency)[:_RAREST]
        wanted = self._in_text(any_term(one.term for one in known), text) if known else None
        places = dict.fromkeys([*runs, *(reader.shortlist(wanted, _SHORTLIST) if wanted else ())])
        candidates = zip(places, reader.candidates(places), strict=True)
        with_runs = frozenset(runs)
        matches = [matcher.match(*one, may_have_run=place in with_runs) for place, one in candidates]
        found = sorted(filter(None, matches), key=lambda match: match.merit, reverse=True)
        return tuple(match.hit for match in found[:limit]), len(found)

    def _is_unknown(self, text: str | None) -> bool:
        return text is not None and text not in self._tags

    def _places(
        self, reader: SentenceReader, expression: Expression, text: str | None, limit: int, *, ranked: bool = True
    ) -> list[int]:
        find = reader.rank if ranked else reader.find
        return find(self._in_text(expression, text), limit)

    def _in_text(self, expression: Expression, text: str | None) -> Expression:
        return expression if text is None else within(expression, self._tags[text])
