"""Contractions: “didn’t” is “did not”, “we’ll” is “we will” or “we shall”."""

from __future__ import annotations

from itertools import product

from corpus.language.caching import word_cache
from corpus.language.tokens import folded

Expansion = tuple[str, str]

_NOT = {"can": "can", "wo": "will", "sha": "shall"}
_ENDINGS = {"'ll": ("will", "shall"), "'d": ("had", "would"), "'ve": ("have",), "'re": ("are",), "'m": ("am",)}
_IS_WORDS = "it that he she what who there here where how this everything nothing"
_AUXILIARIES = "are could did does do had has have is might must need should was were would"
_IS = frozenset(_IS_WORDS.split())
_WITHOUT_APOSTROPHE = {f"{word}nt": f"{word}n't" for word in _AUXILIARIES.split()}


@word_cache(4_096)
def expansions(word: str) -> tuple[Expansion, ...]:
    """What a contraction may stand for, the likeliest first; nothing where the word is not one."""
    written = folded(word)
    written = _WITHOUT_APOSTROPHE.get(written, written)
    if written in ("cannot", "can't"):
        return (("can", "not"),)
    if written == "let's":
        return (("let", "us"),)
    if written.endswith("n't") and written != "ain't":
        stem = written.removesuffix("n't")
        return ((_NOT.get(stem, stem), "not"),)
    base, apostrophe, ending = written.partition("'")
    if base in _IS and ending == "s":
        return ((base, "is"), (base, "has"))
    return tuple((base, full) for full in _ENDINGS.get(apostrophe + ending, ()) if base)


def own_spelling(word: str) -> str:
    """A word in small letters, without accents and a possessive ’s; a contraction keeps its ending: “it’s” is not “it”.

    One that looks like no other word may also be written without the apostrophe: “didnt” is “didn't”.
    """
    written = folded(word)
    written = _WITHOUT_APOSTROPHE.get(written, written)
    return written if expansions(written) else written.removesuffix("'s")


def are_same_written_out(one: str, other: str) -> bool:
    """Whether two phrases are the same words, but that one has contractions where the other writes them out."""
    return not _written_out(one).isdisjoint(_written_out(other))


def _written_out(phrase: str) -> set[str]:
    words = phrase.split()
    if len(words) > 6:
        return {folded(phrase)}
    return {" ".join(ways) for ways in product(*({folded(word), *map(" ".join, expansions(word))} for word in words))}
