"""Token rows: a string cut into words, as quotations and texts are compared: keys, forms, and the marks between.

A word has a key and a form. Two words with one key are the same word, perhaps in another case or spelling; with one
form they are printed alike, but for the shape of an apostrophe. Between words are punctuation marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from corpus.language.caching import word_cache
from corpus.language.cyrillic import with_latin_lookalikes
from corpus.language.english import american
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import (
    APOSTROPHES,
    DASHES,
    ELIDED,
    JAMO,
    QUOTATION_MARKS,
    SYLLABLE,
    UNSPACED,
    combining_marks,
    folded,
)

ELISION = "…"
_DOTS = r"(?:[…⋯]|\.(?:\s{0,3}\.){2,}+)++"
_ELISION = lazy_pattern(rf"\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|<\s*{_DOTS}\s*>|{_DOTS}")
_APOSTROPHE = "['‘’‛′´`ʼ＇]"  # noqa: RUF001 - what looks alike is what is meant.
_VOWEL = "[aeiouhàáâæèéêëìíîïòóôœùúûüAEIOUHÀÁÂÆÈÉÊËÌÍÎÏÒÓÔŒÙÚÛÜ]"
_MAY_ELIDE = lazy_pattern(f"{_APOSTROPHE}{_VOWEL}")
_ACCENTS = "\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\ufe20-\ufe2f"  # written after their letters
_UNSEEN = rf"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f{_ACCENTS}"
_UNSPACED = rf"{UNSPACED}\uff66-\uff9d"  # as the search cuts words, which reads half-width letters as the others
_HANGUL = "\uac00-\ud7a3\u3131-\u318e\uffa1-\uffdc"  # syllables, and letters that are not joined
_VOICE_MARKS = "\uff9e\uff9f"  # of half-width letters
_PICTURES = "\u2600-\u275a\u2760-\u276d\u2770-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_NO_MARKS = lazy_pattern(rf"[\s{_UNSEEN}{_PICTURES}*_~|\\>#•]+")
"""White space, emoji, what is invisible, and the characters by which chats make bold words, blocks or lists."""
_QUOTATION_MARKS = lazy_pattern(f"[\"'{APOSTROPHES}{QUOTATION_MARKS}]+")
_DASHES = lazy_pattern(f"[-{DASHES}]+")


@cache
def _word() -> re.Pattern[str]:
    """The pattern of a word: the same words as the search has, but that an abbreviation is several."""
    marks = f"[{_UNSEEN}{_VOICE_MARKS}{combining_marks()}]"
    letters = rf"[^\W_{_UNSPACED}{JAMO}{_HANGUL}]++"
    syllable = rf"[{_HANGUL}]|{SYLLABLE}"
    return re.compile(rf"({letters}(?:{marks}|(?:{_APOSTROPHE}+)?{letters})*|(?!\W)[{_UNSPACED}]{marks}*|{syllable})")


@cache
def _word_or_elided() -> re.Pattern[str]:
    """The same, but that an elided word and the one behind it are two."""
    return re.compile(rf"((?i:{ELIDED})(?={_APOSTROPHE}{_VOWEL})|{_word().pattern[1:]}")


class TokenRow(NamedTuple):
    """A string cut into words: keys, forms, the punctuation after each, and `between`, whatever is around the words.

    Joined in turn, `between` and `words` are the string.
    """

    keys: list[str]
    forms: list[str]
    punctuation: list[str]
    between: list[str]
    words: list[str]

    def slices(self) -> Iterator[tuple[int, int]]:
        """Where each word starts and ends."""
        end = 0
        for before, word in zip(self.between, self.words, strict=False):
            start = end + len(before)
            end = start + len(word)
            yield start, end


class TokenReader:
    """Cuts strings into words. `spellings` are groups of spellings of one word, which share a key."""

    def __init__(self, spellings: Sequence[Sequence[str]]) -> None:
        self._spellings = dict(_spellings(spellings))
        self.written = word_cache(20_000)(self._read_word)

    def read(self, words: str) -> TokenRow:
        """The words of any string."""
        parts = self.cut(words)
        raw, between = parts[1::2], parts[::2]
        written = [*map(self.written, raw)]
        marks = [punctuation(gap) for gap in between[1:]]
        return TokenRow([key for key, _ in written], [form for _, form in written], marks, between, raw)

    def keys(self, words: str) -> list[str]:
        """The keys of the words of any string."""
        is_plain = words.isascii() and words.replace(" ", "").isalnum()  # mostly, and then it is sooner cut
        return [key for key, _ in map(self.written, words.split() if is_plain else self.cut(words)[1::2])]

    def cut(self, words: str) -> list[str]:
        """What is around the words of any string, and the words, in turn."""
        # Most strings have none, and are cut in two thirds of the time.
        return (_word_or_elided() if _MAY_ELIDE.search(words) else _word()).split(words)

    def _read_word(self, word: str) -> tuple[str, str]:
        """The key and the form of a word."""
        plain, form = _plain(word)
        return self._spellings.get(plain) or american(plain), form


def _spellings(groups: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """For each spelling of a word that has several, the key of all of them."""
    for group in groups:
        words = [_plain(spelling)[0] for spelling in group if _word().fullmatch(spelling)]
        for word in words:
            yield word, american(words[0])


def has_dash(words: str) -> bool:
    """Whether a string has a dash of any shape, without which it has no compounds."""
    return _DASHES.search(words) is not None


def is_elision(between: str) -> bool:
    """Whether an apostrophe alone is between two words, so that the first is elided: in others it is inside."""
    return len(between) == 1 and between in _APOSTROPHE[1:-1]


def leading_punctuation(words: str) -> tuple[str, bool]:
    """The punctuation before the first word of a string, and whether there is one."""
    first = _word().search(words)
    return punctuation(words[: first.start()] if first else words), first is not None


@word_cache(20_000)
def _plain(word: str) -> tuple[str, str]:
    """A word folded, without apostrophes; and as it is written, but for the shape of its apostrophes."""
    if word.isascii() and word.isalnum():
        return word.lower(), word  # mostly, in a tenth of the time
    plain = re.sub(f"[{_UNSEEN}]", "", unicodedata.normalize("NFC", word))
    return folded(with_latin_lookalikes(word)).replace("'", "") or word, re.sub(_APOSTROPHE, "'", plain)


@word_cache(4_096)
def punctuation(between: str) -> str:
    """Punctuation in one shape: any elision, any dash and any quotation mark is one character."""
    marks = _NO_MARKS.sub("", _ELISION.sub(ELISION, between))
    return _QUOTATION_MARKS.sub('"', _DASHES.sub("-", marks))
