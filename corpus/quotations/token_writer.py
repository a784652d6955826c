"""Writes the token index: words and their forms as tables of the index, and every token as a number beside it."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from corpus.language.contractions import expansions
from corpus.language.english import STOP_WORDS, stem
from corpus.language.tokens import folded
from corpus.quotations.token_arrays import TokenArrays, tokens_file, write_arrays
from corpus.quotations.token_rows import TokenReader, TokenRow, has_dash, is_elision
from corpus.text_model import Paragraph, Text

if TYPE_CHECKING:
    from corpus.quotations.token_arrays import Positions

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
_NOBODY = ("", "")  # the key and form of what is after a text: no word has them


class FormCount(NamedTuple):
    """A form of a word in a text, with the key of the word, and whether it is within a sentence, not only first."""

    key: str
    form: str
    is_within: bool


class TokenPart(Struct, frozen=True):
    """What the token index keeps of one text, worked out from that text alone.

    `tokens` are 32-bit numbers: the place of each token's form among `forms`. `paragraphs` and `sentences` are the
    positions at which they start, as such numbers, too. `compounds` are words that a hyphen joins somewhere.
    """

    text: str
    forms: Sequence[FormCount]
    tokens: bytes
    paragraphs: bytes
    sentences: bytes
    compounds: Sequence[tuple[str, str, str]]


def token_part(text: Text, reader: TokenReader) -> TokenPart:
    """The part of a text, as a reader cuts it."""
    return _TextTokens(text, reader).part()


class _TextTokens:
    """The tokens of a text by numbers of its own."""

    def __init__(self, text: Text, reader: TokenReader) -> None:
        self._text, self._reader = text, reader
        self._forms: dict[tuple[str, str], int] = {}
        self._numbers = _FormNumbers(reader, self._forms)
        self._tokens, self._paragraphs, self._sentences = array("i"), array("i"), array("i")
        self._within = set[int]()  # numbers of forms that are within a sentence
        self._compounds: dict[str, tuple[str, str, str]] = {}

    def part(self) -> TokenPart:
        for one in self._text.paragraphs:
            self._add(one)
        forms = [FormCount(*form, number in self._within) for form, number in self._forms.items()]
        arrays = (self._tokens.tobytes(), self._paragraphs.tobytes(), self._sentences.tobytes())
        return TokenPart(self._text.id, forms, *arrays, list(self._compounds.values()))

    def _add(self, paragraph: Paragraph) -> None:
        parts = self._reader.cut(paragraph.words)
        numbers = [*map(self._numbers.__getitem__, parts[1::2])]
        starts = self._starts(paragraph, parts)
        base = len(self._tokens)
        self._paragraphs.append(base)
        self._sentences.extend(base + start for start in starts)
        for start, end in pairwise([*starts, len(numbers)]):
            self._within.update(numbers[start + 1 : end])
        self._tokens.extend(numbers)
        if has_dash(paragraph.words) or any(map(is_elision, parts[2:-1:2])):
            row = self._reader.read(paragraph.words)
            self._compounds.update({compound[0]: compound for compound in _compounds(row)})

    def _starts(self, paragraph: Paragraph, parts: Sequence[str]) -> list[int]:
        """The first word of each sentence of a paragraph that is cut into what is around its words, and the words."""
        words = [*accumulate(map(len, parts))][::2]
        return [0, *(bisect_left(words, one.end) for one in paragraph.sentences[:-1])]


class TokenWriter:
    """Writes what `TokenIndex` reads into a database without these tables, text by text. The caller commits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._forms: dict[tuple[str, str], int] = {_NOBODY: 0}
        self._tokens, self._paragraphs, self._sentences = array("i"), array("i"), array("i")
        self._within = set[int]()  # numbers of forms that are within a sentence
        for statement in SCHEMA.split(";"):
            connection.execute(statement)

    def add(self, part: TokenPart) -> None:
        """Writes a text, after those before it."""
        import numpy as np

        start, paragraph = len(self._tokens), len(self._paragraphs)
        numbers = [self._forms.setdefault((one.key, one.form), len(self._forms)) for one in part.forms]
        self._within.update(number for number, one in zip(numbers, part.forms, strict=True) if one.is_within)
        self._tokens.frombytes(np.array(numbers, np.int32)[_numbers(part.tokens)].tobytes())
        self._paragraphs.frombytes((_numbers(part.paragraphs) + np.int32(start)).tobytes())
        self._sentences.frombytes((_numbers(part.sentences) + np.int32(start)).tobytes())
        row = (part.text, start, len(self._tokens), paragraph)
        self._connection.execute("INSERT INTO token_text VALUES (?, ?, ?, ?)", row)
        self._connection.executemany("REPLACE INTO compound VALUES (?, ?, ?)", part.compounds)
        self._tokens.append(0)

    def finish(self, index: Path) -> None:
        """Writes what is known when all texts are there, the arrays into the file beside `index`."""
        import numpy as np

        keys: dict[str, int] = {}
        forms_to_keys = np.array([keys.setdefault(key, len(keys)) for key, _ in self._forms], np.int32)
        tokens = np.asarray(self._tokens, np.int32)
        of_tokens = forms_to_keys[tokens]
        postings = np.argsort(of_tokens, kind="stable").astype(np.int32)
        times = np.bincount(of_tokens, minlength=len(keys))
        starts = np.cumsum(times) - times
        paragraphs, sentences = (np.asarray(one, np.int32) for one in (self._paragraphs, self._sentences))
        write_arrays(tokens_file(index), TokenArrays(forms_to_keys, tokens, postings, paragraphs, sentences))
        self._write_keys(keys, starts.tolist(), times.tolist())
        self._write_forms(keys, np.bincount(tokens, minlength=len(self._forms)).tolist())

    def _write_keys(self, keys: Mapping[str, int], starts: list[int], times: list[int]) -> None:
        capital = {key for (key, form), n in self._forms.items() if form[:1].isupper() and n in self._within}
        names = capital - STOP_WORDS
        rows = ((n, key, stem(key), starts[n], times[n], key in names) for key, n in keys.items())
        self._connection.executemany("INSERT INTO token_key VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _write_forms(self, keys: Mapping[str, int], times: list[int]) -> None:
        forms = ((n, form, keys[key], plain_form(form), times[n]) for (key, form), n in self._forms.items())
        self._connection.executemany("INSERT INTO token_form VALUES (?, ?, ?, ?, ?)", forms)
        contracted = sorted(pair for pair in self._forms if "'" in pair[1])
        full = ((*words, key) for key, form in contracted for words in expansions(form))
        self._connection.executemany("REPLACE INTO contraction VALUES (?, ?, ?)", full)


def _numbers(content: bytes) -> Positions:
    import numpy as np

    return np.frombuffer(content, np.int32)


class _FormNumbers(dict[str, int]):
    """The number of the form of each word that was asked for, as it is printed."""

    def __init__(self, reader: TokenReader, forms: dict[tuple[str, str], int]) -> None:
        super().__init__()
        self._reader, self._forms = reader, forms

    def __missing__(self, word: str) -> int:
        self[word] = number = self._forms.setdefault(self._reader.written(word), len(self._forms))
        return number


def plain_form(form: str) -> str:
    """A form in small letters, without accents and without a possessive ’s."""
    return folded(form).removesuffix("'s")


def _compounds(row: TokenRow) -> Iterator[tuple[str, str, str]]:
    """Words that a hyphen or the apostrophe of an elision joins, after what they are without it."""
    for n, marks in enumerate(row.punctuation[:-1]):
        gap = row.between[n + 1]
        if is_elision(gap) or (marks == "-" and not any(map(str.isspace, gap))):
            one, other = row.keys[n : n + 2]
            yield one + other, one, other
