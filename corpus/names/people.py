"""People by name in any usual form: initials, patronymic, surname first, titles, years, Cyrillic, a typing slip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.language.caching import word_cache
from corpus.language.cyrillic import has_cyrillic, nominatives, respelt, transliterated
from corpus.language.spelling import NearWords, letter_mask, typos_allowed
from corpus.language.tokens import Phrase, tokens
from corpus.note_model import Person

_TITLE_WORDS = """
citizen citoyen comrade count dr general gospodin grazhdanin herr mister monsieur mr president prince prof professor
senor signor signore sir tov tovarishch
"""
TITLES = frozenset(_TITLE_WORDS.split())
"""What may be before a name and says nothing of who is meant. “Mrs” says much: Mrs Trotsky is somebody else."""
_HEAD_WORDS = "leader leaders led head headed chief chairman chair president lead leads heads"
_HEADS = tuple(_HEAD_WORDS.split())
"""Words for whoever is at the head of something; a note has one of them."""
_LONGEST = 300  # characters read of what was typed
_MOST_WORDS = 12
_KEPT = 2_000  # words in memory
_YEARS = re.compile(r"\b(?:ca?\.\s?)?\d{3,4}(?:\s?[-–—]\s?\d{2,4})?\b")
_PATRONYMIC = re.compile(r"\w{2,}(?:[oei]v[iy](?:c|t|tc)h|ovna|evna|ichna)|\w+[yl]ich")
_STOPS = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_])")  # between initials without spaces
_INITIALS = re.compile(r"\b[A-Z]{2,3}\b")
_SMALL = frozenset(("the", "a", "an", "de", "of", "von", "van", "der"))


class NameMatch(NamedTuple):
    """People whom a typed name certainly names, and those who share its surname while the rest does not fit."""

    certain: tuple[Person, ...]
    possible: tuple[Person, ...]


class _TypedWord(NamedTuple):
    """A word of a typed name, and the words of people's names that it is, or would be without a slip."""

    word: str
    near: frozenset[str]


class _PersonName(NamedTuple):
    person: Person
    surnames: frozenset[str]
    words: frozenset[str]

    def explains(self, spellings: Sequence[_TypedWord]) -> bool:
        """Whether a word of a typed name, in one of its spellings, can be a part of this person's."""
        return any(map(self._has, spellings))

    def _has(self, typed: _TypedWord) -> bool:
        if len(typed.word) == 1:
            return any(other.startswith(typed.word) for other in self.words)
        if _PATRONYMIC.fullmatch(typed.word):
            known = {other for other in self.words if _PATRONYMIC.fullmatch(other)}
            return not known or not typed.near.isdisjoint(known)
        return not typed.near.isdisjoint(self.words)


class PersonNames:
    """The names of people, taken apart: any of somebody's surnames with any of the other parts of the name."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._person_name = [_person_name(person) for person in people if person.life or _is_personal(person.name)]
        self._surnames = frozenset[str]().union(*[one.surnames for one in self._person_name])
        # Each question that no passage answers is tried as a name: to compare person by person took a third of it.
        words = _WordsOfNames(frozenset[str]().union(*[one.words for one in self._person_name]))
        self._typed = word_cache(_KEPT)(lambda word: _TypedWord(word, words.near(word)))

    def match(self, typed: str) -> NameMatch:
        """The people whom `typed` names, in the order of the notes."""
        words = self._typed_words(typed)
        if not words or len(words) > _MOST_WORDS:
            return NameMatch((), ())
        near = frozenset[str]().union(*[one.near for word in words for one in word]) & self._surnames
        sharing = [one for one in self._person_name if not near.isdisjoint(one.surnames)] if near else []
        certain = [one for one in sharing if all(map(one.explains, words))]
        return NameMatch(tuple(one.person for one in certain), tuple(one.person for one in sharing))

    def has_surname(self, typed: str) -> bool:
        """Whether one of the words may be a surname: where none is, `match` finds nobody."""
        return any(not one.near.isdisjoint(self._surnames) for word in self._typed_words(typed) for one in word)

    def may_be_part(self, word: str) -> bool:
        """Whether a word may be a part of a name without Cyrillic letters: where one is none, `match` is not certain.

        Titles and what has marks or figures may be: beside other words they are read otherwise than alone.
        """
        if not (word.isascii() and word.isalpha()) or word.lower() in TITLES:
            return True
        return all(any(map(_may_be_part, spellings)) for spellings in self._typed_words(word))

    def _typed_words(self, typed: str) -> tuple[tuple[_TypedWord, ...], ...]:
        """Each word of a name with its other spellings."""
        return tuple([tuple(map(self._typed, spellings)) for spellings in _spellings(typed)])


class _WordsOfNames:
    """Words of people's names, among which those near to another are found."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._like = NearWords(self._words)
        self._by_length: dict[int, list[tuple[int, str]]] = {}
        for word in sorted(self._words):
            self._by_length.setdefault(len(word), []).append((letter_mask(word), word))

    def near(self, typed: str) -> frozenset[str]:
        """The words that a word is, or would be without a slip."""
        if not self._like.may_have(typed):
            return frozenset()  # mostly, in a tenth of the time that it takes to compare them
        slips = typos_allowed(typed)
        if not slips:
            return self._words.intersection((typed,))
        mask, lengths = letter_mask(typed), range(len(typed) - slips, len(typed) + slips + 1)
        alike = [
            word
            for length in lengths
            for letters, word in self._by_length.get(length, ())
            if (letters ^ mask).bit_count() <= 2 * slips
        ]
        if not alike:
            return frozenset()
        from rapidfuzz.distance import OSA

        return frozenset([word for word in alike if OSA.distance(typed, word, score_cutoff=slips) <= slips])


def _may_be_part(typed: _TypedWord) -> bool:
    return len(typed.word) == 1 or bool(typed.near or _PATRONYMIC.fullmatch(typed.word))


def name_words(typed: str) -> Phrase:
    """The words of a name: no titles, years or articles; initials one by one; in Latin letters."""
    if typed.isascii() and typed.isalpha() and typed.islower() and typed not in _SMALL:
        return (typed[:_LONGEST],)  # a plain word, as most are that are tried as a name
    apart = _STOPS.sub(". ", _YEARS.sub(" ", typed[:_LONGEST]))
    bare = _INITIALS.sub(lambda match: " ".join(match[0]), apart)
    words = tuple(token.word for token in tokens(transliterated(bare)) if token.word not in _SMALL)
    return tuple(word for word in words if word not in TITLES) or words


def without_titles(words: Phrase) -> Phrase:
    """The words of a name without titles; “president of the Petrograd Soviet” is one, and has none."""
    pairs = pairwise((*words, ""))
    return tuple(word for word, then in pairs if word not in TITLES or then == "of") or words


def same_office(words: Phrase) -> tuple[Phrase, ...]:
    """The words, with each word for whoever is at the head of something: “led the Bolsheviks” is their leader."""
    places = [n for n, word in enumerate(words) if word in _HEADS]
    if not places:
        return (words,)
    first, rest = words[: places[0]], words[places[0] + 1 :]
    return tuple((*first, head, *rest) for head in _HEADS)


def _spellings(typed: str) -> tuple[Phrase, ...]:
    """Each word of a name with its other spellings: as English spells it, and without the ending of a Russian case."""
    other = nominatives if has_cyrillic(typed[:_LONGEST]) else lambda _: ()
    return tuple((word, respelt(word), *other(word)) for word in name_words(typed))


def _is_personal(name: str) -> bool:
    """Whether a name is somebody's, and no description such as “The peasant who asked for an arrest”."""
    words = name.split()
    return len(words) > 1 and words[0] != "The" and all(word[:1].isupper() for word in words)


def _person_name(person: Person) -> _PersonName:
    names = [name_words(name) for name in (person.name, *person.aliases)]
    surnames = {name[-1] for name in names if name and not _PATRONYMIC.fullmatch(name[-1])}
    return _PersonName(person, frozenset(surnames), frozenset(word for name in names for word in name))
