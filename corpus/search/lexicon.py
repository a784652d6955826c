"""Lexicon: the words of a corpus with their spellings and synonyms; parses what somebody typed into a query."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from corpus.language.caching import word_cache
from corpus.language.english import STOP_WORDS, root, stem
from corpus.language.number_spellings import other_spellings, spellings_of_number
from corpus.language.number_words import begins_number
from corpus.language.spelling import Speller
from corpus.language.tokens import Phrase, Token, tokens
from corpus.search.embeddings import word_vectors
from corpus.search.query import Query, Term

_LONGEST = 1_000  # characters read of what was typed
_MOST = 60  # words read of it
_LONGEST_NUMBER = 8  # words: two hundred and fifty thousand five hundred
_TITLES = frozenset(("mr", "dr", "prof", "sir", "herr", "tov", "tovarishch"))
_INITIALS = re.compile(r"\b([A-Za-z])\. (?=[A-Za-z]\.)")  # U. S. S. R.
_MOST_SLIPS = 12  # words that are looked at for slips: where more are unknown, it is no slip
_KEPT = 16  # queries in memory: what finds nothing is parsed again for suggestions, and so is each page of matches
_KEPT_TERMS = 2_000  # in a megabyte: the words that people ask for, and those of a small corpus


def is_english(word: str) -> bool:
    """Whether a folded word is English, by the table of word vectors: then it is no slip, whatever it is like."""
    is_misspelt_plural = re.search("[^aeiou]ys$", word) is not None
    return not is_misspelt_plural and word_vectors().knows(stem(word))


class LexiconEntry(NamedTuple):
    """A word of the texts, as they most often print it, its stems (a compound has several), and how often it stands."""

    word: str
    shown: str
    stems: Phrase
    times: int


class LexiconWords(Protocol):
    """The words of a corpus, wherever they are kept."""

    def load(self) -> Collection[str]:
        """Reads all words, which should be few: what the texts lack is not asked for from then on."""

    def entry(self, word: str) -> LexiconEntry | None:
        """A folded word, if the texts have it."""

    def times(self, key: str) -> int:
        """How often words with this stem stand in the texts."""

    def family(self, root: str) -> tuple[str, ...]:
        """The stems that have a root."""


class TermFacts(NamedTuple):
    """How often a term, or what stands for it, is in the texts at most, and whether it has a name, and a person's."""

    frequency: int
    is_name: bool
    is_person: bool


class Lexicon:
    """The vocabulary of a corpus, and the groups of phrases that are synonyms. `names` are stems of names,
    and whether each is a person's.

    `speller` corrects to whatever a search may find, `text_speller` to words of the texts alone.
    """

    def __init__(
        self,
        words: LexiconWords,
        spellings: Sequence[Sequence[Phrase]],
        synonyms: Sequence[Sequence[Phrase]],
        names: Mapping[str, int],
        speller: Speller,
        text_speller: Speller,
    ) -> None:
        self._words, self._speller, self._text_speller = words, speller, text_speller
        self._spellings, self._synonyms = _others(spellings), _others(synonyms)
        self._longest = max(map(len, [*self._spellings, *self._synonyms]), default=1)
        self._group_starts = {phrase[:2] for phrase in (*self._spellings, *self._synonyms) if len(phrase) > 1}
        self._names = frozenset(map(root, names))
        self._people = frozenset(root(name) for name, is_person in names.items() if is_person)
        self._parsed = lru_cache(maxsize=_KEPT)(self._parse)
        # A word is the same term in each query: to work out what it stands for took half of what parsing does.
        self._word_term = word_cache(_KEPT_TERMS)(lambda word: self._term_((word,)))
        self.facts = lru_cache(maxsize=_KEPT_TERMS)(self._facts_of)

    def load(self) -> Collection[str]:
        """Reads the words of a small corpus into memory, and works out what they stand for. They are what it gives."""
        words = self._words.load()
        self._speller.load()
        self._text_speller.load()
        for word in words if len(words) < _KEPT_TERMS else ():
            self._word_term(word)  # or whoever asks for it first would wait, which most questions do of most words
        return words

    def parse(self, typed: str) -> Query:
        """The query that `typed` is. Typing slips are corrected in words that stand nowhere and for nothing."""
        return self._parsed(typed[:_LONGEST])

    def _parse(self, typed: str) -> Query:
        found = tokens(_INITIALS.sub(r"\1.", typed) if "." in typed else typed)[:_MOST]
        folded = [self._unelided(one) if one.elided else one.word for one in found]
        words = self._without_titles(folded)
        is_known = list(map(self._in_texts, words))
        read = [] if all(is_known) else list(self._corrected(words, is_known))
        words = [word for _, word in read] or words
        terms = tuple(self._terms_(words)) or tuple(map(self._function_word, words))
        return Query(
            typed,
            tuple(words),
            terms,
            tuple((was, self.surface_form(word)) for was, word in read if was != word),
            tuple(self._unknown(terms)) if read else (),
        )

    def _unelided(self, token: Token) -> str:
        """An elided word as the texts have it, or else the word behind the apostrophe."""
        return token.word if self._words.entry(token.word) else token.word[token.elided :]

    def split(self, typed: str) -> tuple[str, ...]:
        """The folded words of `typed` as they are, for words half typed."""
        return tuple(token.word for token in tokens(typed[:_LONGEST])[:_MOST])

    def frequency(self, term: Term) -> int:
        """How often the term, or a synonym of it, can stand in the texts at most; 0 where it stands nowhere."""
        return self.facts(term).frequency

    def _facts_of(self, term: Term) -> TermFacts:
        parts = min(sum(self._times(phrase) for phrase in part) for part in term.parts)
        frequency = parts + sum(self._times(phrase) for phrase in (*term.synonyms, *term.relatives))
        roots = {root(stem(word)) for word in term.words}
        return TermFacts(frequency, not roots.isdisjoint(self._names), not roots.isdisjoint(self._people))

    def knows(self, word: str) -> bool:
        """Whether the folded word, or a form of it, stands in the texts or for something in them."""
        return self._in_texts(word) or self._stands_in(word)

    def surface_form(self, word: str) -> str:
        """The folded word as the texts print it."""
        entry = self._words.entry(word)
        return entry.shown if entry else word

    def suggest(self, words: Iterable[str], limit: int) -> tuple[str, ...]:
        """Words to try instead of `words`, which found nothing: those that the texts have, else those spelt alike."""
        own = [word for word in words if word not in STOP_WORDS and self._words.entry(word)]
        telling = [word for word in words if word not in STOP_WORDS][:limit]
        alike = [near for word in telling for near in self._text_speller.suggest(word, limit)]
        by_key = {stem(word): self.surface_form(word) for word in reversed(own or alike)}
        return tuple(reversed(by_key.values()))[:limit]

    def _without_titles(self, words: list[str]) -> list[str]:
        """The words without titles that the texts do not have; all of them where nothing else says anything."""
        if _TITLES.isdisjoint(words):
            return words  # mostly
        kept = [word for word in words if word not in _TITLES or self.knows(word)]
        return kept if any(word not in STOP_WORDS for word in kept) else words

    def _in_texts(self, word: str) -> bool:
        return word in STOP_WORDS or self._words.entry(word) is not None or self._words.times(stem(word)) > 0

    def _stands_in(self, word: str) -> bool:
        """Whether the texts have a synonym or another spelling of the word, as of a number in figures."""
        key = (stem(word),)
        is_number = any(map(self._words.entry, other_spellings(word)))
        return key in self._synonyms or key in self._spellings or is_number

    def _times(self, phrase: Phrase) -> int:
        return self._words.times(phrase[0]) if len(phrase) == 1 else min(map(self._words.times, phrase))

    def _unknown(self, terms: Iterable[Term]) -> Iterator[str]:
        """The words of terms that the texts do not have, and that have no synonym there."""
        return (word for term in terms if not term.synonyms for word in term.words if not self.knows(word))

    def _corrected(self, typed: Sequence[str], is_known: Sequence[bool]) -> Iterator[tuple[str, str]]:
        """Each word as typed and as read: two that the texts write as one are joined, slips corrected."""
        n = unknown = 0
        while n < len(typed):
            word = typed[n]
            joined = "" if all(is_known[n : n + 2]) else "".join(typed[n : n + 2])
            if joined and self._words.entry(joined):
                yield " ".join(typed[n : n + 2]), joined
                n += 2
                continue
            is_fine = is_known[n] or unknown >= _MOST_SLIPS or self._stands_in(word) or self._relatives(word)
            unknown += not is_fine
            yield word, (None if is_fine or is_english(word) else self._speller.correct(word)) or word
            n += 1

    def _terms_(self, words: Sequence[str]) -> Iterator[Term]:
        n, keys = 0, tuple(map(stem, words))
        while n < len(words):
            word = words[n]
            begins_group = begins_number(word) or keys[n : n + 2] in self._group_starts
            length = self._group_length(words[n:]) if begins_group else 1
            group = words[n : n + length]
            if length > 1 and any(word not in STOP_WORDS for word in group):
                yield self._term_(group)
            elif length == 1 and word not in STOP_WORDS:
                yield self._word_term(word)
            n += length

    def _function_word(self, word: str) -> Term:
        """A word such as "the" as a term: where nothing else was asked for, it is what was meant."""
        return Term((word,), (((stem(word),),),))

    def _group_length(self, words: Sequence[str]) -> int:
        """How many of the first words have synonyms together, or are one number; 1 where they have none."""
        if many := spellings_of_number(words[:_LONGEST_NUMBER])[0]:
            return many
        stems = tuple(stem(word) for word in words[: self._longest])
        lengths = range(len(stems), 1, -1)
        return next((n for n in lengths if stems[:n] in self._synonyms or stems[:n] in self._spellings), 1)

    def _term_(self, group: Sequence[str]) -> Term:
        stems = tuple(stem(word) for word in group)
        telling = tuple(word for word in group if word not in STOP_WORDS)
        numbers = (way for way in spellings_of_number(group)[1] if all(map(self._words.entry, way)))
        others = (*self._synonyms.get(stems, ()), *(tuple(map(stem, way)) for way in numbers))
        if len(group) > 1:
            others += self._spellings.get(stems, ())
        relatives = self._relatives(group[0]) if len(group) == 1 else ()
        return Term(telling, tuple(self._variants(word) for word in telling), others, relatives)

    def _relatives(self, word: str) -> tuple[Phrase, ...]:
        """Other words of the texts that have the same root."""
        key = stem(word)
        return tuple((other,) for other in self._words.family(root(key)) if other != key)

    def _variants(self, word: str) -> tuple[Phrase, ...]:
        entry = self._words.entry(word)
        own = entry.stems if entry else (stem(word),)
        numbers = ((stem(other),) for other in other_spellings(word) if self._words.entry(other))
        return tuple(dict.fromkeys([own, *self._spellings.get((stem(word),), ()), *numbers]))


def _others(groups: Sequence[Sequence[Phrase]]) -> dict[Phrase, tuple[Phrase, ...]]:
    """For each phrase of a group, the others."""
    found: dict[Phrase, tuple[Phrase, ...]] = {}
    for group in groups:
        for phrase in group:
            found[phrase] = found.get(phrase, ()) + tuple(other for other in group if other != phrase)
    return found
