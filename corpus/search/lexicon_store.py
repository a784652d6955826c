"""Storage of the lexicon in the search index: written when it is built, read when it is opened."""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise

import msgspec

from corpus.index_file import IndexFile
from corpus.language.caching import word_cache
from corpus.language.english import STOP_WORDS, root
from corpus.language.spelling import Speller, WordTable, letter_mask, words_beginning
from corpus.language.tokens import Phrase, Token, content_words, stems, tokens
from corpus.note_model import Notes
from corpus.search.lexicon import Lexicon, LexiconEntry
from corpus.search.part import PrintedWord, WordCounts

SCHEMA = """
CREATE TABLE word (word TEXT PRIMARY KEY, shown TEXT NOT NULL, stems TEXT NOT NULL, times INTEGER NOT NULL);
CREATE TABLE stem (key TEXT PRIMARY KEY, root TEXT NOT NULL, times INTEGER NOT NULL);
CREATE INDEX stem_root ON stem (root);
CREATE TABLE spelling (length INTEGER PRIMARY KEY, words TEXT NOT NULL, masks BLOB NOT NULL);
CREATE TABLE stand_in (kind TEXT NOT NULL, phrases TEXT NOT NULL);
CREATE TABLE other_word (word TEXT PRIMARY KEY);
CREATE TABLE name (key TEXT PRIMARY KEY, is_person INTEGER NOT NULL);
"""
_KEPT = 10_000  # words in memory: some megabytes
_LENGTHS = 64  # lengths of words of which the few words are kept
_FEW = 2_000  # words of a length that are compared as soon as their letters would be
_LAST = chr(0x10FFFF)  # behind any letter
_HYPHEN = re.compile("[-‐‑]")  # noqa: RUF001 - a hyphen in its three characters.


class WordCounter:
    """Counts the words of the sentences of a text."""

    def __init__(self) -> None:
        self._printed = Counter[tuple[str, str]]()
        self._stems: dict[str, Phrase] = {}

    def add(self, sentence: str, found: Sequence[Token], folded: Sequence[str], stems: Sequence[str]) -> None:
        """Counts the words of a sentence, of which these are the tokens, and their words and stems."""
        self._printed.update(zip(folded, [sentence[start:end] for _, start, end, _ in found], strict=True))
        if not self._stems.keys() >= set(folded):
            for word, key in zip(folded, stems, strict=True):
                self._stems.setdefault(word, (key,))
        if _HYPHEN.search(sentence):
            for word, phrase, shown in _compounds(sentence, found):
                self._printed[word, shown] += 1
                self._stems.setdefault(word, phrase)

    def counts(self) -> WordCounts:
        """What was counted so far, in the order in which the words came."""
        return WordCounts([PrintedWord(*words, times) for words, times in self._printed.items()], self._stems)


class LexiconWriter:
    """Adds up the words of texts, and writes them with what a search has to know of the notes."""

    def __init__(self) -> None:
        self._printed = Counter[tuple[str, str]]()
        self._stems: dict[str, Phrase] = {}

    def add(self, counts: WordCounts) -> None:
        """Adds the words of a text."""
        self._printed.update({(word, shown): times for word, shown, times in counts.printed})
        for word, phrase in counts.stems.items():
            self._stems.setdefault(word, phrase)

    def write(self, connection: sqlite3.Connection, notes: Notes) -> None:
        """Writes the lexicon."""
        self._write_words(connection, list(self._words()))
        groups = {"spellings": notes.spellings, "synonyms": notes.synonyms}
        rows = [(kind, _phrases(group)) for kind, of_kind in groups.items() for group in of_kind]
        connection.executemany("INSERT INTO stand_in VALUES (?, ?)", rows)
        phrases = [phrase for of_kind in groups.values() for group in of_kind for phrase in group]
        others = {token.word for phrase in phrases for token in tokens(phrase)}
        connection.executemany("INSERT INTO other_word VALUES (?)", [(word,) for word in sorted(others)])
        people = _keys(name for one in notes.people if one.life for name in (one.name, *one.aliases))
        names = ((key, key in people) for key in sorted(_names(notes)))
        connection.executemany("INSERT INTO name VALUES (?, ?)", names)

    def _write_words(self, connection: sqlite3.Connection, words: Sequence[LexiconEntry]) -> None:
        entries = ((word.word, word.shown, " ".join(word.stems), word.times) for word in words)
        connection.executemany("INSERT INTO word VALUES (?, ?, ?, ?)", entries)
        times = Counter[str]()
        for word in words:
            times.update({key: word.times for key in word.stems if len(word.stems) == 1})
        keys = ((key, root(key), count) for key, count in times.items())
        connection.executemany("INSERT INTO stem VALUES (?, ?, ?)", keys)
        connection.executemany("INSERT INTO spelling VALUES (?, ?, ?)", _spelling(word.word for word in words))

    def _words(self) -> Iterator[LexiconEntry]:
        forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for (word, shown), times in self._printed.items():
            forms[word][shown] = times
        for word, printed in forms.items():
            yield LexiconEntry(word, printed.most_common(1)[0][0], self._stems[word], printed.total())


class StoredWords:
    """The words that `LexiconWriter` wrote, read when they are asked for."""

    def __init__(self, index: IndexFile) -> None:
        self._index = index
        self.entry: Callable[[str], LexiconEntry | None] = word_cache(_KEPT)(self._entry)
        self.times = word_cache(_KEPT)(self._times)
        self.family = word_cache(_KEPT)(self._family)
        self.beginning: Callable[[str], Iterable[str]] = self._beginning

    def load(self) -> Collection[str]:
        rows = self._index.rows("SELECT word, shown, stems, times FROM word ORDER BY word")
        entries = {word: LexiconEntry(word, shown, tuple(keys.split()), times) for word, shown, keys, times in rows}
        counts, families = dict[str, int](), dict[str, tuple[str, ...]]()
        for key, root_, times in self._index.rows("SELECT key, root, times FROM stem ORDER BY rowid"):
            counts[key] = times
            families[root_] = (*families.get(root_, ()), key)
        self.entry = entries.get
        self.times = lambda key: counts.get(key, 0)
        self.family = lambda root_: families.get(root_, ())
        self.beginning = partial(words_beginning, list(entries))
        return entries.keys()

    def _entry(self, word: str) -> LexiconEntry | None:
        rows = self._index.rows("SELECT shown, stems, times FROM word WHERE word = ?", (word,))
        return LexiconEntry(word, rows[0][0], tuple(rows[0][1].split()), rows[0][2]) if rows else None

    def _times(self, key: str) -> int:
        rows = self._index.rows("SELECT times FROM stem WHERE key = ?", (key,))
        return int(rows[0][0]) if rows else 0

    def _beginning(self, letters: str) -> Iterable[str]:
        """The words that begin with these letters, in order."""
        query = "SELECT word FROM word WHERE word >= ? AND word < ? ORDER BY word"
        return (word for (word,) in self._index.rows(query, (letters, f"{letters}{_LAST}")))

    def _family(self, root: str) -> tuple[str, ...]:
        return tuple(key for (key,) in self._index.rows("SELECT key FROM stem WHERE root = ? ORDER BY rowid", (root,)))


class StoredVocabulary:
    """The same words as a speller asks for them, and `others` that stand for something in the texts."""

    def __init__(self, index: IndexFile, words: StoredWords, others: Sequence[str] = ()) -> None:
        self._index, self._words, self._others = index, words, WordTable(others)
        # A small corpus has few words of any length: to keep them saves a tenth of what it takes to read a query.
        self._few = lru_cache(maxsize=_LENGTHS)(self._few_of)

    def of_lengths(self, lengths: range, typed: str, edits: int, initials: str = "") -> list[str]:
        found = self._others.of_lengths(lengths, initials)
        for length in lengths:
            table = self._few(length) or WordTable(self._with_letters(length, typed, edits))
            found += table.of_lengths(lengths, initials)
        return found

    def _few_of(self, length: int) -> WordTable | None:
        """The words of a length; None where they are many."""
        rows = self._index.rows("SELECT words FROM spelling WHERE length = ?", (length,))
        if not rows:
            return WordTable(())
        words = rows[0][0]
        if len(words) > _FEW * length:
            return None
        return WordTable(words[start : start + length] for start in range(0, len(words), length))

    def _with_letters(self, length: int, typed: str, edits: int) -> Iterator[str]:
        """The words of a length that have most of the letters of `typed`."""
        query = "SELECT words, masks FROM spelling WHERE length = ?"
        for words, masks in self._index.rows(query, (length,)):
            for start in _starts(length, masks, typed, edits):
                yield words[start : start + length]

    def beginning(self, letters: str) -> Iterator[str]:
        return filter(_is_spelt, self._words.beginning(letters))

    def count(self, word: str) -> int:
        entry = self._words.entry(word)
        return entry.times if entry else 0


def _starts(length: int, masks: bytes, typed: str, edits: int) -> Sequence[int]:
    """Where the words start, in all words of a length, that have most of the letters of `typed`."""
    import numpy as np

    differing = np.bitwise_count(np.frombuffer(masks, np.uint32) ^ np.uint32(letter_mask(typed)))
    starts: list[int] = (np.flatnonzero(differing <= 2 * edits) * length).tolist()
    return starts


def read_lexicon(index: IndexFile) -> Lexicon:
    """The lexicon of what `LexiconWriter` wrote."""
    words = StoredWords(index)
    others = [word for (word,) in index.rows("SELECT word FROM other_word") if word.isalpha()]
    return Lexicon(
        words,
        _groups(index, "spellings"),
        _groups(index, "synonyms"),
        dict(index.rows("SELECT key, is_person FROM name")),
        Speller(StoredVocabulary(index, words, others)),
        Speller(StoredVocabulary(index, words)),
    )


def _groups(index: IndexFile, kind: str) -> list[list[Phrase]]:
    rows = index.rows("SELECT phrases FROM stand_in WHERE kind = ?", (kind,))
    return [msgspec.json.decode(phrases, type=list[Phrase]) for (phrases,) in rows]


def _spelling(words: Iterable[str]) -> Iterator[tuple[int, str, bytes]]:
    """The words of each length side by side, and their masks of letters."""
    by_length: dict[int, list[str]] = {}
    for word in filter(_is_spelt, words):
        by_length.setdefault(len(word), []).append(word)
    for length, of_length in by_length.items():
        yield length, "".join(of_length), array("I", map(letter_mask, of_length)).tobytes()


def _is_spelt(word: str) -> bool:
    """Whether it is a word that somebody may misspell."""
    return word.isalpha() and word not in STOP_WORDS


def _phrases(group: Sequence[str]) -> str:
    """The stems of each phrase of a group, those once that are the same to a search, as JSON."""
    return msgspec.json.encode(list(dict.fromkeys(filter(None, map(stems, group))))).decode()


def _compounds(sentence: str, found: Sequence[Token]) -> Iterator[tuple[str, Phrase, str]]:
    """Words that a hyphen joins, as they would be written without it."""
    for one, two in pairwise(found):
        if _HYPHEN.fullmatch(sentence, one.end, two.start):
            yield one.word + two.word, (one.stem, two.stem), sentence[one.start : two.end]


def _names(notes: Notes) -> set[str]:
    """Keys of words that name a person, people, or a topic by themselves."""
    people = [name for one in notes.people for name in (one.name, *one.aliases)]
    topics = [name for one in notes.topics for name in (one.name, *one.synonyms) if len(tokens(name)) == 1]
    return _keys(people + topics)


def _keys(names: Iterable[str]) -> set[str]:
    return {token.stem for name in names for token in content_words(name)}
