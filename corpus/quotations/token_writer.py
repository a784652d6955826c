"""Writes the token index: words and their forms as tables of the index, and every token as a number beside it."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.language.contractions import expansions
from corpus.language.english import STOP_WORDS, stem
from corpus.language.tokens import folded
from corpus.model import Notes, Paragraph, Text
from corpus.quotations.token_arrays import TokenArrays, tokens_file, write_arrays
from corpus.quotations.token_rows import TokenReader, TokenRow

SCHEMA = """
CREATE TABLE token_text (
    text TEXT PRIMARY KEY, start INTEGER NOT NULL, end INTEGER NOT NULL, paragraph INTEGER NOT NULL
);
CREATE TABLE token_key (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, stem TEXT NOT NULL, start INTEGER NOT NULL,
    times INTEGER NOT NULL, is_name INTEGER NOT NULL
);
CREATE INDEX token_stem ON token_key (stem);
CREATE TABLE token_form (
    id INTEGER PRIMARY KEY, form TEXT NOT NULL, key INTEGER NOT NULL, plain TEXT NOT NULL, times INTEGER NOT NULL
);
CREATE INDEX token_plain ON token_form (plain);
CREATE INDEX token_form_key ON token_form (key);
CREATE TABLE compound (joined TEXT PRIMARY KEY, one TEXT NOT NULL, other TEXT NOT NULL);
CREATE TABLE contraction (one TEXT NOT NULL, other TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (one, other));
"""
_NOBODY = ("", "")  # the key and form of what stands behind a text: no word has them


class TokenWriter:
    """Writes what `TokenIndex` reads into a database without these tables, text by text. The caller commits."""

    def __init__(self, connection: sqlite3.Connection, notes: Notes) -> None:
        self._connection = connection
        self._reader = TokenReader(notes.spellings)
        self._forms: dict[tuple[str, str], int] = {_NOBODY: 0}
        self._tokens, self._paragraphs, self._sentences = array("i"), array("i"), array("i")
        self._names: set[str] = set()
        for statement in SCHEMA.split(";"):
            connection.execute(statement)

    def add(self, text: Text) -> None:
        """Writes a text, behind those before it."""
        start, paragraph = len(self._tokens), len(self._paragraphs)
        for one in text.paragraphs:
            self._add(one, self._reader.read(one.words))
        row = (text.id, start, len(self._tokens), paragraph)
        self._connection.execute("INSERT INTO token_text VALUES (?, ?, ?, ?)", row)
        self._tokens.append(0)

    def finish(self, index: Path) -> None:
        """Writes what is known when all texts are there, the arrays into the file beside `index`."""
        import numpy as np

        keys: dict[str, int] = {}
        forms_to_keys = np.array([keys.setdefault(key, len(keys)) for key, _ in self._forms], np.int32)
        tokens = np.frombuffer(self._tokens, np.int32) if self._tokens else np.zeros(0, np.int32)
        of_tokens = forms_to_keys[tokens]
        postings = np.argsort(of_tokens, kind="stable").astype(np.int32)
        times = np.bincount(of_tokens, minlength=len(keys))
        starts = np.cumsum(times) - times
        paragraphs, sentences = (np.array(one, np.int32) for one in (self._paragraphs, self._sentences))
        write_arrays(tokens_file(index), TokenArrays(forms_to_keys, tokens, postings, paragraphs, sentences))
        self._write_keys(keys, starts.tolist(), times.tolist())
        self._write_forms(keys, np.bincount(tokens, minlength=len(self._forms)).tolist())

    def _add(self, paragraph: Paragraph, row: TokenRow) -> None:
        self._paragraphs.append(len(self._tokens))
        sentences, starts = iter(paragraph.sentences), set[int]()
        end = 0
        for n, (start, _) in enumerate(row.slices()):
            while start >= end and (one := next(sentences, None)):
                end = one.end
                starts.add(n)
                self._sentences.append(len(self._tokens) + n)
        self._sentences.extend(len(self._tokens) + len(row.keys) for _ in sentences)
        self._connection.executemany("REPLACE INTO compound VALUES (?, ?, ?)", _compounds(row))
        self._names.update(
            key
            for n, (key, form) in enumerate(zip(row.keys, row.forms, strict=True))
            if n not in starts and form[:1].isupper()
        )
        pairs = zip(row.keys, row.forms, strict=True)
        self._tokens.extend(self._forms.setdefault(pair, len(self._forms)) for pair in pairs)

    def _write_keys(self, keys: Mapping[str, int], starts: list[int], times: list[int]) -> None:
        names = self._names - STOP_WORDS
        rows = ((n, key, stem(key), starts[n], times[n], key in names) for key, n in keys.items())
        self._connection.executemany("INSERT INTO token_key VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _write_forms(self, keys: Mapping[str, int], times: list[int]) -> None:
        forms = ((n, form, keys[key], plain_form(form), times[n]) for (key, form), n in self._forms.items())
        self._connection.executemany("INSERT INTO token_form VALUES (?, ?, ?, ?, ?)", forms)
        contracted = sorted(pair for pair in self._forms if "'" in pair[1])
        full = ((*words, key) for key, form in contracted for words in expansions(form))
        self._connection.executemany("REPLACE INTO contraction VALUES (?, ?, ?)", full)


def plain_form(form: str) -> str:
    """A form in small letters, without accents and without a possessive ’s."""
    return folded(form).removesuffix("'s")


def _compounds(row: TokenRow) -> Iterator[tuple[str, str, str]]:
    """Words that a hyphen joins, behind what they are without it."""
    for n, marks in enumerate(row.punctuation[:-1]):
        if marks == "-" and not any(map(str.isspace, row.between[n + 1])):
            one, other = row.keys[n : n + 2]
            yield one + other, one, other
