"""Tokenizing and folding: words as people type and as texts print them, which are the same, and where each stands.

Case, accents, ligatures, invisible characters, and curly or straight quotation marks, apostrophes and dashes make no
difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.language.english import STOP_WORDS, stem
from corpus.language.lazy_pattern import lazy_pattern

APOSTROPHES = "‘’‚‛′´`ʼʹ＇❛❜"  # noqa: RUF001 - what looks alike is what is meant.
QUOTATION_MARKS = "“”„‟″«»‹›＂「」『』《》〈〉❝❞❮❯〝〞〟"  # noqa: RUF001 - what looks alike is what is meant.
DASHES = "‐‑‒–—―−﹣－¬"  # noqa: RUF001 - what looks alike is what is meant.
_SAME = str.maketrans(
    dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(QUOTATION_MARKS, '"') | dict.fromkeys(DASHES, "-")
)
UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""Chinese and Japanese characters, for a class of a pattern: no spaces separate words there, so each counts as one."""
_WORD = lazy_pattern(
    # An abbreviation such as U.S.S.R., or a word. Within an abbreviation none begins, so that no chain is read twice.
    rf"(?<![^\W_])(?<!\.)[^\W\d_](?:\.[^\W\d_])++\.?+(?![^\W_])|[^\W_{UNSPACED}]+(?:'[^\W_{UNSPACED}]+)*|[{UNSPACED}]"
)
_SHORT = 100
"""Characters of what a query is like."""
_NO_MARKS = str.maketrans("", "", "'.")
_COUNTRY = "usa"
_LONGEST_COUNTRY = len("U.S.")
_SPELT_COUNTRY = re.compile(r"U\.?S\.?")
_INVISIBLE = ("Cf", "Mn", "Me")
"""Formatting characters (zero-width, right-to-left marks, soft hyphens) and the accents that decomposing leaves."""
_MARKED = (range(0x300, 0x3100), range(0xA000, 0xAC00), range(0xFB00, 0x12000))
"""Where the scripts of today have their accents and vowel signs."""

Phrase = tuple[str, ...]
"""Words side by side, folded or stemmed."""


class Token(NamedTuple):
    """A word of a string: `word` is folded and has no apostrophes, `start:end` is its slice of the string itself."""

    word: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        """The key it shares with its other forms and spellings."""
        return stem(self.word)

    @property
    def is_content(self) -> bool:
        """Whether it is a content word, one that says something by itself: no stop word."""
        return self.word not in STOP_WORDS


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of `text` in order. A hyphen parts two words, an apostrophe does not; no character is ever refused.

    The letters of an abbreviation are one token (U.S.S.R. is ussr), and US in capitals is the country.
    """
    return _short_tokens(text) if len(text) <= _SHORT else _tokens(text)


def _tokens(text: str) -> tuple[Token, ...]:
    folded, starts, ends = _fold(text)
    shouted = len(text) > _LONGEST_COUNTRY and text.isupper()
    found = []
    for match in _WORD.finditer(folded):
        start, end, word = starts[match.start()], ends[match.end() - 1], match[0]
        if not word.isalnum():
            word = word.translate(_NO_MARKS)
        if word == "us" and not shouted and _SPELT_COUNTRY.fullmatch(text[start:end]):
            word = _COUNTRY
        found.append(Token(word, start, end))
    return tuple(found)


# A query is asked for its words by each of what looks for something in it. Nothing long that people type is kept.
_short_tokens = lru_cache(maxsize=64)(_tokens)


def folded(text: str) -> str:
    """`text` in the form in which two strings are compared, punctuation included; any white space is one space."""
    return " ".join(_fold(text)[0].split())


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of `text`, in order."""
    return tuple(token.stem for token in tokens(text))


def content_words(text: str) -> tuple[Token, ...]:
    """The content words of `text`: all but stop words."""
    return tuple(token for token in tokens(text) if token.is_content)


def combining_marks() -> str:
    """The accents and vowel signs that are written after their letters in any script, for a class of a pattern."""
    every = (chr(number) for block in _MARKED for number in block)
    return "".join(one for one in every if unicodedata.category(one) in ("Mn", "Me"))


def _fold(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """The folded characters, and for each of them where in `text` the character it comes from starts and ends."""
    plain = text.translate(_SAME)
    if plain.isascii():
        # Most of what is read: no such character is invisible, or becomes two.
        return plain.lower(), range(len(text)), range(1, len(text) + 1)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(text):
        kept = _fold_character(character)
        characters += kept
        starts += [place] * len(kept)
        ends += [place + 1] * len(kept)
        if not kept and ends and ends[-1] == place and unicodedata.category(character) == "Mn":
            ends[-1] = place + 1  # an accent written after its letter belongs to the letter
    return "".join(characters), starts, ends


@lru_cache(maxsize=4_096)
def _fold_character(character: str) -> str:
    parts = unicodedata.normalize("NFKD", character.translate(_SAME)).casefold()
    return "".join(c for c in parts.translate(_SAME) if unicodedata.category(c) not in _INVISIBLE)
