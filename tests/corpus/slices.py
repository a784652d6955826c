"""Stretches of the texts, as somebody would quote them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from random import Random

from corpus.corpus import Corpus
from corpus.language.tokens import Token, tokens

BEYOND = 8
"""Words by which one of all slices may reach into the next paragraph."""


@cache
def words_of(source: str) -> tuple[Token, ...]:
    return tokens(source)


_whole: dict[str, str] = {}
"""The words of editions, by their hashes: to read them from the index is most of what a slice of them takes."""


def whole(corpus: Corpus, text: str) -> str:
    edition = corpus.texts[text].edition_hash
    if edition not in _whole:
        _whole[edition] = "\n\n".join(paragraph.words for paragraph in corpus.texts[text].paragraphs)
    return _whole[edition]


def cut(source: str, words: tuple[Token, ...], start: int, end: int) -> str:
    return source[words[start].start : words[end - 1].end]


def slices(corpus: Corpus, is_tried: Callable[[int], bool]) -> Iterator[str]:
    """Slices of five words or more within a paragraph, and those that reach some words into the next.

    All of five words are there, and of the longer ones those for which the sum of their ends is tried.
    """
    for text in corpus.texts:
        source = whole(corpus, text)
        words = words_of(source)
        ends = [n for n in range(1, len(words)) if "\n" in source[words[n - 1].end : words[n].start]]
        for start in range(len(words) - 4):
            border = next((end for end in ends if end > start), len(words))
            for end in range(start + 5, min(border + BEYOND, len(words)) + 1):
                if end - start == 5 or is_tried(start + end):
                    yield cut(source, words, start, end)


def some_slices(corpus: Corpus, dice: Random, many: int, least: int = 5, most: int = 40) -> Iterator[str]:
    for _ in range(many):
        source = whole(corpus, dice.choice(list(corpus.texts)))
        words = words_of(source)
        start = dice.randrange(len(words) - least)
        yield cut(source, words, start, min(start + dice.randint(least, most), len(words)))


@cache
def plain(source: str) -> str:
    return f" {' '.join(token.word for token in tokens(source))} "


def stands(corpus: Corpus, typed: str) -> int:
    """How often the texts have the words all the same (a "the" was put for a "the"), by a plain look at them."""
    return sum(plain(whole(corpus, text)).count(plain(typed)) for text in corpus.texts)
