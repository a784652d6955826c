"""Name index: entries by their names, whole, in part, half typed, or with a typing slip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from corpus.language.english import STOP_WORDS, stem
from corpus.language.spelling import Speller
from corpus.language.tokens import Phrase, tokens

Noted = TypeVar("Noted")

_LONGEST = 300  # characters read of what was typed


class NameIndex(Generic[Noted]):
    """An index of names: entries in their order, each under several names, the first of which is its own."""

    def __init__(self, entries: Iterable[Noted], names: Callable[[Noted], Sequence[str]]) -> None:
        self._entries = tuple(entries)
        self._names = {n: tuple(map(folded_words, names(entry))) for n, entry in enumerate(self._entries)}
        self._keys = {n: tuple(map(content_stems, of_entry)) for n, of_entry in self._names.items()}
        words = Counter(word for of_entry in self._names.values() for name in of_entry for word in name)
        self._known = frozenset(map(stem, words))
        self._entries_with = Counter(
            key for of_entry in self._keys.values() for key in {key for name in of_entry for key in name}
        )
        self._vocabulary = Speller(words)

    def correct(self, words: Sequence[str]) -> Phrase:
        """The words, slips corrected in those that no name has. Numbers stay as they are."""
        return tuple(word if stem(word) in self._known else self._vocabulary.correct(word) or word for word in words)

    def exact(self, words: Phrase) -> tuple[Noted, ...]:
        """Those of which the words are a whole name, small words aside."""
        keys = content_stems(words)
        return self._where(lambda n: bool(keys) and keys in self._keys[n])

    def partial(self, words: Phrase) -> tuple[Noted, ...]:
        """Those of which all the words stand in one name, first those in whose own name they do."""
        keys = frozenset(content_stems(words))
        own = self._where(lambda n: bool(keys) and keys.issubset(self._keys[n][0]))
        return unique(own, self._where(lambda n: bool(keys) and any(map(keys.issubset, self._keys[n]))))

    def prefixed(self, words: Phrase) -> tuple[Noted, ...]:
        """Those with a name in which each word begins one, first those whose own name it is; for no words, all."""
        own = self._where(lambda n: _begin(words, self._names[n][0]))
        return unique(own, self._where(lambda n: any(_begin(words, name) for name in self._names[n])))

    def sharing_a_word(self, words: Phrase) -> tuple[Noted, ...]:
        """Those that have one of the words, small ones aside, in a name."""
        keys = frozenset(stem(word) for word in words if word not in STOP_WORDS)
        return self._where(lambda n: any(keys.intersection(name) for name in self._keys[n]))

    def closest(self, words: Phrase, limit: int) -> tuple[Noted, ...]:
        """Those that share most of the words in one name, rare words counting for more; only the best of them."""
        keys = frozenset(stem(word) for word in words if word not in STOP_WORDS)
        scores = {n: max(self._rarity(keys.intersection(name)) for name in self._keys[n]) for n in self._keys}
        best = max(scores.values(), default=0)
        ranked = sorted((n for n, score in scores.items() if score and 2 * score >= best), key=lambda n: -scores[n])
        return tuple(self._entries[n] for n in ranked[:limit])

    def _rarity(self, keys: Iterable[str]) -> float:
        return sum(1 / self._entries_with[key] for key in keys)

    def _where(self, holds: Callable[[int], bool]) -> tuple[Noted, ...]:
        return tuple(entry for n, entry in enumerate(self._entries) if holds(n))


def folded_words(typed: str) -> Phrase:
    """The folded words of what was typed."""
    return tuple(token.word for token in tokens(typed[:_LONGEST]))


def content_stems(words: Iterable[str]) -> Phrase:
    """The stems of the content words among folded words, or of all where there are none."""
    words = tuple(words)
    said = tuple(word for word in words if word not in STOP_WORDS) or words
    return tuple(map(stem, said))


def unique(*groups: Iterable[Noted]) -> tuple[Noted, ...]:
    """All of the groups, each once, in order."""
    found: list[Noted] = []
    for group in groups:
        found += [entry for entry in group if entry not in found]
    return tuple(found)


def _begin(words: Phrase, name: Phrase) -> bool:
    return all(any(part.startswith(word) for part in name) for word in words)
