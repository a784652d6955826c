"""Storage of the lexicon in the search index: written when it is built, read when it is opened."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from corpus.language.tokens import Phrase, Token, content_words, stems, tokens
from corpus.model import Notes
from corpus.search.lexicon import Lexicon, LexiconEntry
from corpus.search.reader import IndexReader

SCHEMA = """
CREATE TABLE word (word TEXT PRIMARY KEY, shown TEXT NOT NULL, stems TEXT NOT NULL, times INTEGER NOT NULL);
CREATE TABLE stand_in (kind TEXT NOT NULL, phrases TEXT NOT NULL);
CREATE TABLE other_word (word TEXT PRIMARY KEY);
CREATE TABLE name (key TEXT PRIMARY KEY);
"""


_HYPHEN = re.compile("[-‐‑]")  # noqa: RUF001 - a hyphen in its three characters.


class LexiconWriter:
    """Counts the words of sentences, and writes them with what a search has to know of the notes."""

    def __init__(self) -> None:
        self._printed = Counter[tuple[str, str]]()
        self._stems: dict[str, Phrase] = {}

    def add(self, sentence: str, found: Sequence[Token], stems: Sequence[str]) -> None:
        """Counts the words of a sentence, of which these are the tokens and their stems."""
        self._printed.update((token.word, sentence[token.start : token.end]) for token in found)
        for token, key in zip(found, stems, strict=True):
            if token.word not in self._stems:
                self._stems[token.word] = (key,)
        if _HYPHEN.search(sentence):
            for word, phrase, shown in _compounds(sentence, found):
                self._printed[word, shown] += 1
                self._stems.setdefault(word, phrase)

    def write(self, connection: sqlite3.Connection, notes: Notes) -> None:
        """Writes the lexicon."""
        words = [(word.word, word.shown, " ".join(word.stems), word.times) for word in self._words()]
        connection.executemany("INSERT INTO word VALUES (?, ?, ?, ?)", words)
        groups = {"spellings": notes.spellings, "synonyms": notes.synonyms}
        rows = [(kind, _phrases(group)) for kind, of_kind in groups.items() for group in of_kind]
        connection.executemany("INSERT INTO stand_in VALUES (?, ?)", rows)
        phrases = [phrase for of_kind in groups.values() for group in of_kind for phrase in group]
        others = {token.word for phrase in phrases for token in tokens(phrase)}
        connection.executemany("INSERT INTO other_word VALUES (?)", [(word,) for word in sorted(others)])
        connection.executemany("INSERT INTO name VALUES (?)", [(key,) for key in sorted(_names(notes))])

    def _words(self) -> Iterator[LexiconEntry]:
        forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for (word, shown), times in self._printed.items():
            forms[word][shown] = times
        for word, printed in forms.items():
            yield LexiconEntry(word, printed.most_common(1)[0][0], self._stems[word], printed.total())


def read_lexicon(reader: IndexReader) -> Lexicon:
    """The lexicon of what `LexiconWriter` wrote."""
    words = reader.rows("SELECT word, shown, stems, times FROM word ORDER BY rowid")
    return Lexicon(
        [LexiconEntry(word, shown, tuple(stems.split()), times) for word, shown, stems, times in words],
        _groups(reader, "spellings"),
        _groups(reader, "synonyms"),
        [word for (word,) in reader.rows("SELECT word FROM other_word")],
        [key for (key,) in reader.rows("SELECT key FROM name")],
    )


def _groups(reader: IndexReader, kind: str) -> list[list[Phrase]]:
    rows = reader.rows("SELECT phrases FROM stand_in WHERE kind = ?", (kind,))
    return [msgspec.json.decode(phrases, type=list[Phrase]) for (phrases,) in rows]


def _phrases(group: Sequence[str]) -> str:
    """The stems of each phrase of a group, those once that are the same to a search, as JSON."""
    return msgspec.json.encode(list(dict.fromkeys(filter(None, map(stems, group))))).decode()


def _compounds(sentence: str, found: Sequence[Token]) -> Iterator[tuple[str, Phrase, str]]:
    """Words that a hyphen joins, as they would be written without it."""
    for one, two in pairwise(found):
        if _HYPHEN.fullmatch(sentence, one.end, two.start):
            yield one.word + two.word, (one.stem, two.stem), sentence[one.start : two.end]


def _names(notes: Notes) -> set[str]:
    """Keys of words that name a person, or a topic by themselves."""
    people = [name for person in notes.people for name in (person.name, *person.aliases)]
    topics = [name for topic in notes.topics for name in (topic.name, *topic.synonyms) if len(tokens(name)) == 1]
    return {token.stem for name in people + topics for token in content_words(name)}
