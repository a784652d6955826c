"""Tokenizing and folding: words as people type and as texts print them, which are the same, and where each stands.

Case, accents, ligatures, invisible characters, and curly or straight quotation marks, apostrophes and dashes make no
difference. A mark that makes another letter is no accent, by the root collation of Unicode's CLDR: it knows the short i
of Cyrillic as a letter, but neither its io nor the letters that end the Swedish alphabet. Arabic is the exception: the
hamza above or below a letter is one there, and people leave it out, so that search engines do, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.language.english import STOP_WORDS, stem
from corpus.language.lazy_pattern import lazy_pattern

APOSTROPHES = "‘’‚‛′´`ʼʹ＇❛❜"  # noqa: RUF001 - what looks alike is what is meant.
QUOTATION_MARKS = "“”„‟″«»‹›＂「」『』《》〈〉❝❞❮❯〝〞〟"  # noqa: RUF001 - what looks alike is what is meant.
DASHES = "‐‑‒–—―−﹣－¬"  # noqa: RUF001 - what looks alike is what is meant.
_SAME = dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(QUOTATION_MARKS, '"') | dict.fromkeys(DASHES, "-")
_LOOKS_ALIKE = lazy_pattern(f"[{''.join(_SAME)}]")
UNSPACED = (
    r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f"
)
"""Characters of Chinese, Japanese, Thai, Lao, Burmese and Khmer, for a class of a pattern: no spaces part words there,
so each counts as one, with the marks behind it.
"""
JAMO = r"\u1100-\u11ff"
"""Letters of Korean: what is a word elsewhere has endings there, so each syllable counts as one."""
SYLLABLE = r"[\u1100-\u115f][\u1160-\u11a7]*[\u11a8-\u11ff]*|[\u1160-\u11ff]"
_LETTERS = rf"[^\W_{UNSPACED}{JAMO}]"
_WORD = lazy_pattern(
    # An abbreviation such as U.S.S.R., or a word. Within an abbreviation none begins, so that no chain is read twice.
    rf"(?<![^\W_])(?<!\.)[^\W\d_](?:\.[^\W\d_])++\.?+(?![^\W_])|{_LETTERS}+(?:'{_LETTERS}+)*|(?!\W)[{UNSPACED}]"
    rf"|{SYLLABLE}"
)
# The same words of what is ASCII, a tenth sooner.
_ASCII_WORD = lazy_pattern(r"(?<![a-z0-9])(?<!\.)[a-z](?:\.[a-z])++\.?+(?![a-z0-9])|[a-z0-9]+(?:'[a-z0-9]+)*")
_BREVE = "\u0306"
_SHORT_I = {"и": "й"}
"""The letter that is another one with a breve."""
_SHORT = 100
"""Characters of what a query is like."""
_NO_MARKS = str.maketrans("", "", "'.")
# French, Italian and Catalan. Not t', as of "je t'aime": the T'ang are a dynasty.
ELIDED = (
    "[cdjlmns]|(?:jus|lors|puis|quoi|pres|quel)?qu|entr"
    "|(?:ness|alc|ciasc)?un|all|coll|dall|dell|nell|sull|quell|quest|sant|bell"
)
"""The words that are elided before a vowel, in small letters without the apostrophe: alternatives of a pattern."""
_ELISION = lazy_pattern(f"(?:{ELIDED})'[aeiouh][a-z]")
_COUNTRY = "usa"
_LONGEST_COUNTRY = len("U.S.")
_SPELT_COUNTRY = re.compile(r"U\.?S\.?")
_INVISIBLE = ("Cf", "Mn", "Me")
"""Formatting characters (zero-width, right-to-left marks, soft hyphens) and the accents that decomposing leaves."""
_MARKED = (range(0x300, 0x3100), range(0xA000, 0xAC00), range(0xFB00, 0x12000))
"""Where the scripts of today have their accents and vowel signs."""
_VOWELLED = (
    r"\u0780-\u07bf\u0900-\u109f\u1700-\u17ff\u1900-\u1aaf\u1b00-\u1cff\u3099\u309a\ua800-\uabff\U00011000-\U00011fff"
)
_HAS_VOWEL_SIGNS = lazy_pattern(f"[{_VOWELLED}]")
"""Scripts of South and Southeast Asia, in which a mark is a vowel and makes another word; and Japanese voice marks."""
_ACCENT_CLASSES = (220, 230)
"""Combining classes of marks below and above that are accents in those scripts, too."""

Phrase = tuple[str, ...]
"""Words side by side, folded or stemmed."""


class Token(NamedTuple):
    """A word of a string: `word` is folded and has no apostrophes, `start:end` is its slice of the string itself.

    `elided` is how many of its first letters are another word, without its vowel: one of l'opium, as in French.
    """

    word: str
    start: int
    end: int
    elided: int = 0

    @property
    def stem(self) -> str:
        """The key it shares with its other forms and spellings."""
        return stem(self.word[self.elided :])

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
    pattern = _pattern(folded)
    shouted = len(text) > _LONGEST_COUNTRY and text.isupper()
    found = []
    for match in pattern.finditer(folded):
        start, end, word, elided = starts[match.start()], ends[match.end() - 1], match[0], 0
        if not word.isalnum():
            elided = _elided(word)
            word = word.translate(_NO_MARKS)
        if word == "us" and not shouted and _SPELT_COUNTRY.fullmatch(text[start:end]):
            word = _COUNTRY
        found.append(Token(word, start, end, elided))
    return tuple(found)


def _elided(word: str) -> int:
    """How many letters of a folded word are before the apostrophe of an elision."""
    return word.index("'") if _ELISION.match(word) else 0


def _pattern(folded: str) -> re.Pattern[str]:
    """The pattern of the words of a folded string."""
    if folded.isascii():
        return _ASCII_WORD
    return _vowelled_word() if _HAS_VOWEL_SIGNS.search(folded) else _WORD


# A query is asked for its words by each of what looks for something in it. Nothing long that people type is kept.
_short_tokens = lru_cache(maxsize=64)(_tokens)


def folded(text: str) -> str:
    """`text` in the form in which two strings are compared, punctuation included; any white space is one space."""
    return _short_folded(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    return " ".join(_fold(text)[0].split())


_short_folded = lru_cache(maxsize=64)(_folded)


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of `text`, in order."""
    return tuple([token.stem for token in tokens(text)])


def content_words(text: str) -> tuple[Token, ...]:
    """The content words of `text`: all but stop words."""
    return tuple(token for token in tokens(text) if token.is_content)


def combining_marks() -> str:
    """The accents and vowel signs that are written after their letters in any script, for a class of a pattern."""
    every = (chr(number) for block in _MARKED for number in block)
    return "".join(one for one in every if unicodedata.category(one) in ("Mn", "Mc", "Me"))


@cache
def _vowelled_word() -> re.Pattern[str]:
    """The pattern of a word for scripts whose vowels are marks behind their consonants."""
    marks = f"[{''.join(filter(_is_letter, combining_marks()))}]"
    return re.compile(
        rf"{_LETTERS}(?:{_LETTERS}|{marks})*(?:'{_LETTERS}(?:{_LETTERS}|{marks})*)*|(?!\W)[{UNSPACED}]{marks}*|{SYLLABLE}"
    )


def _is_letter(mark: str) -> bool:
    """Whether a combining mark makes another word of a word: a vowel sign, and no accent or point of a letter."""
    if not _HAS_VOWEL_SIGNS.match(mark) or unicodedata.combining(mark) in _ACCENT_CLASSES:
        return False
    return not unicodedata.name(mark, "").endswith("NUKTA")


def _fold(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """The folded characters, and for each of them where in `text` the character it comes from starts and ends."""
    # Most of what is read is ASCII: no such character is invisible, or becomes two, and one looks like another.
    plain = text.replace("`", "'") if text.isascii() else _with_same_marks(text)
    if plain.isascii():
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
            if character == _BREVE:
                characters[-1] = _SHORT_I.get(characters[-1], characters[-1])
    return "".join(characters), starts, ends


def _with_same_marks(text: str) -> str:
    # `str.translate` looks each character up in a dict, which takes four times as long.
    return _LOOKS_ALIKE.sub(lambda mark: _SAME[mark[0]], text)


@lru_cache(maxsize=4_096)
def _fold_character(character: str) -> str:
    if character in "йЙ":
        return "й"
    parts = unicodedata.normalize("NFKD", _with_same_marks(character)).casefold()
    return "".join(c for c in _with_same_marks(parts) if unicodedata.category(c) not in _INVISIBLE or _is_letter(c))
