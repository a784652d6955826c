"""Name index: entries by their names, whole, in part, half typed, or with a typing slip."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache, reduce
from itertools import islice, pairwise, takewhile
from operator import and_
from typing import Generic, TypeVar

from corpus.language.caching import word_cache
from corpus.language.cyrillic import russian_stem
from corpus.language.english import STOP_WORDS, stem
from corpus.language.number_spellings import ordinal_in_words
from corpus.language.number_words import ORDINALS
from corpus.language.spelling import CountedWords, NearWords, Speller
from corpus.language.tokens import Phrase, tokens

Noted = TypeVar("Noted")

_LONGEST = 300  # characters read of what was typed
_SHORT = 100  # characters of what a query is like
_KEPT = 2_000  # words in memory
_FEW = 1_000  # words of names, of which all forms near them are kept, in a megabyte or two


_Place = tuple[int, int]
"""An entry, and which of its names; 0 is its own."""


class NameIndex(Generic[Noted]):
    """An index of names: entries in their order, each under several names, the first of which is its own."""

    def __init__(self, entries: Iterable[Noted], names: Callable[[Noted], Sequence[str]]) -> None:
        self._entries = tuple(entries)
        self._named: dict[Phrase, list[_Place]] = {}
        self._by_stem: dict[str, set[_Place]] = {}
        self._by_word: dict[str, set[_Place]] = {}
        self._lengths: dict[_Place, int] = {}
        words = Counter[str]()
        for n, entry in enumerate(self._entries):
            for number, name in enumerate(map(all_folded_words, names(entry))):
                words.update(name)
                self._add((n, number), name)
        self._words = sorted(words)
        self._known = frozenset(map(name_stem, words))
        # Most questions have words that no name has, and mostly the same ones.
        self._meant = word_cache(_KEPT)(self._word_meant)
        self._speller = Speller(CountedWords(words))

    def _add(self, place: _Place, name: Phrase) -> None:
        keys = content_stems(name)
        self._named.setdefault(keys, []).append(place)
        self._lengths[place] = len(frozenset(keys))
        for key in keys:
            self._by_stem.setdefault(key, set()).add(place)
        for word in name:
            self._by_word.setdefault(word, set()).add(place)

    def load(self) -> None:
        """Keeps what slips are found by quickly."""
        self._speller.load()

    @cached_property
    def _like_words(self) -> NearWords:
        return NearWords(self._words)

    def _word_meant(self, word: str) -> str | None:
        """The word of some name that is meant: itself, or one without a slip."""
        if name_stem(word) in self._known:
            return word
        if len(self._words) <= _FEW and not self._like_words.may_have(word):
            return None  # mostly, in a tenth of the time
        return self._speller.correct(word)

    def correct(self, words: Sequence[str]) -> Phrase:
        """The words, slips corrected in those that no name has. Numbers stay as they are."""
        return tuple([self._meant(word) or word for word in words])

    def correct_content(self, words: Sequence[str]) -> Phrase:
        """The words as `correct` has them, but for a content word that would become a small one, and count no more."""
        pairs = zip(words, self.correct(words), strict=True)
        return tuple(word if meant in STOP_WORDS else meant for word, meant in pairs)

    def nearly_exact(self, words: Phrase) -> tuple[Noted, ...]:
        """Those of which the words are a whole name, or would be without a slip."""
        for word in sorted(words, key=len):  # short ones first: they are ruled out by a look
            if word not in STOP_WORDS and not self._meant(word):
                return ()
        return self.exact(tuple([word if word in STOP_WORDS else self._meant(word) or word for word in words]))

    def exact(self, words: Phrase) -> tuple[Noted, ...]:
        """Those of which the words are a whole name, small words aside."""
        keys = content_stems(words)
        return self._at(n for n, _ in self._named.get(keys, ())) if keys else ()

    def has_stem(self, word: str) -> bool:
        """Whether a folded word is in some name, small words aside."""
        return name_stem(word) in self._by_stem

    def partial(self, words: Phrase) -> tuple[Noted, ...]:
        """Those of which all the words are in one name, first those in whose own name they do."""
        keys = content_stems(words)
        return self._own_first(_common(self._by_stem.get(key, set()) for key in keys)) if keys else ()

    def whole_then_partial(self, words: Phrase) -> tuple[Noted, ...]:
        """Those of which the words are a whole name, then those of which they are all in one name."""
        if not all(map(self.has_stem, frozenset(words) - STOP_WORDS)):
            return ()  # mostly
        return unique(self.exact(words), self.partial(words))

    def whole_or_partial(self, words: Phrase) -> tuple[Noted, ...]:
        """Those of which the words are a whole name, in any order; else those of which they are all in one name."""
        keys = frozenset(content_stems(words))
        places = _common(self._by_stem.get(key, set()) for key in keys) if keys else set()
        return self._at(n for n, name in places if self._lengths[n, name] == len(keys)) or self._own_first(places)

    def own_names_with(self, words: Phrase) -> tuple[Noted, ...]:
        """Those whose own name has all the words."""
        places = _common(self._by_stem.get(key, set()) for key in content_stems(words)) if words else set()
        return self._at(n for n, name in places if name == 0)

    def prefixed(self, words: Phrase) -> tuple[Noted, ...]:
        """Those with a name in which each word begins one, first those whose own name it is; for no words, all."""
        return self._own_first(_common(map(self._begun, words))) if words else self._entries

    def sharing_a_word(self, words: Phrase) -> tuple[Noted, ...]:
        """Those that have one of the words, small ones aside, in a name."""
        keys = frozenset(name_stem(word) for word in words if word not in STOP_WORDS)
        return self._at(n for key in keys for n, _ in self._by_stem.get(key, ()))

    def closest(self, words: Iterable[str], limit: int) -> tuple[Noted, ...]:
        """Those that share most of the words in one name, rare words counting for more; only the best of them."""
        shared: dict[_Place, float] = {}
        for key in dict.fromkeys(name_stem(word) for word in words if word not in STOP_WORDS):
            places = self._by_stem.get(key, set())
            for place in places:
                shared[place] = shared.get(place, 0) + 1 / len({n for n, _ in places})
        scores: dict[int, float] = {}
        for (n, _), score in shared.items():
            scores[n] = max(score, scores.get(n, 0))
        best = max(scores.values(), default=0)
        ranked = sorted((n for n, score in scores.items() if 2 * score >= best), key=lambda n: (-scores[n], n))
        return tuple(self._entries[n] for n in ranked[:limit])

    def _begun(self, word: str) -> set[_Place]:
        """Where there is a word that begins like this."""
        start = bisect_left(self._words, word)
        begun = takewhile(lambda one: one.startswith(word), islice(self._words, start, None))
        return set().union(*map(self._by_word.__getitem__, begun))

    def _own_first(self, places: Iterable[_Place]) -> tuple[Noted, ...]:
        ranked = sorted(places, key=lambda place: (place[1] > 0, place[0]))
        return tuple(self._entries[n] for n in dict.fromkeys(n for n, _ in ranked))

    def in_order(self, found: Sequence[Noted]) -> tuple[Noted, ...]:
        """Entries in their own order."""
        kept = set(map(id, found))
        return tuple(one for one in self._entries if id(one) in kept)

    def _at(self, numbers: Iterable[int]) -> tuple[Noted, ...]:
        """The entries of these numbers, each once, in order."""
        return tuple(self._entries[n] for n in sorted(set(numbers)))


def _common(groups: Iterable[set[_Place]]) -> set[_Place]:
    """What is in all of them."""
    return reduce(and_, groups)


def folded_words(typed: str) -> Phrase:
    """The folded words of what was typed, ordinal numbers in words: "2nd congress" is "second congress"."""
    return _short_folded_words(typed) if len(typed) <= _SHORT else all_folded_words(typed[:_LONGEST])


def all_folded_words(words: str) -> Phrase:
    """The folded words of a name, or of all that is said of something, however long."""
    if words.isascii() and words.isalpha() and words.islower():
        return (words,)  # a plain word, as most are that are looked up one by one
    return tuple([ordinal_in_words(token.word) for token in tokens(words)])


# A question is asked for its words by each of what may find a name in it. Nothing long that people type is kept.
_short_folded_words = lru_cache(maxsize=64)(all_folded_words)


def name_stem(word: str) -> str:
    """The stem of a word of a name: in Cyrillic as Russian has it, else as English does."""
    return russian_stem(word) if word > "\u0400" else stem(word)


def content_stems(words: Iterable[str]) -> Phrase:
    """The stems of the content words among folded words, or of all where there are none."""
    words = tuple(words)
    said = tuple(word for word in words if word not in STOP_WORDS) or words
    return tuple(map(name_stem, said))


def ordinal_pairs(words: Phrase) -> frozenset[tuple[str, str]]:
    """Each ordinal number with the stem of the word that it numbers."""
    pairs = pairwise(word for word in words if word not in STOP_WORDS or word in ORDINALS)
    return frozenset((one, stem(other)) for one, other in pairs if one in ORDINALS)


def unique(*groups: Iterable[Noted]) -> tuple[Noted, ...]:
    """All of the groups, each once, in order."""
    # An entry is the same object in every group; to compare thousands with each other would take long.
    return tuple({id(entry): entry for group in groups for entry in group}.values())
