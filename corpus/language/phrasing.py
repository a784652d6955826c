"""English sentences made of parts: lists of words, numbers with their nouns, names within a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import folded

_WORD_START: Final = lazy_pattern(r"(?<!\w)\w")


def and_list(words: Iterable[str]) -> str:
    """Words joined for a sentence: "a, b and c"."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def or_list(words: Iterable[str]) -> str:
    """Words joined for a choice: "a, b or c"."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} or {last}" if most else last


def plural(count: int, noun: str, nouns: str = "") -> str:
    """A number with its noun: "1 sentence", "2 sentences". `nouns` is the plural where it takes more than an s."""
    return f"{count:,} {noun if count == 1 else nouns or f'{noun}s'}"


def cut_off(words: str) -> str:
    """Words that go on: an ellipsis, and no point, comma or dash before it, which would look like a slip."""
    return f"{words.rstrip(' .,;:…–—-')}…"


def capitalized(words: str) -> str:
    """Words with a capital in front, the rest as it is."""
    return words[:1].upper() + words[1:]


def lower_article(name: str) -> str:
    """A name as it stands within a sentence: “the hall”, not “The hall”."""
    return f"{name[0].lower()}{name[1:]}" if name.startswith(("The ", "A ", "An ", "Whoever ")) else name


def as_typed(words: str, typed: str) -> str:
    """Folded words as they are in what was typed; the same where they are not in it, word for word."""
    many = len(words.split())
    starts = (typed[start.start() :].split(maxsplit=many)[:many] for start in _WORD_START.finditer(typed))
    found = (" ".join(part).strip(" ?!.,…") for part in starts)
    return next((part for part in found if folded(part) == words), words)
