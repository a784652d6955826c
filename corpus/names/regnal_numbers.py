"""Numbers of rulers: whoever asks for `Nicholas I` or `Николай Первый` does not mean Nicholas II."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from corpus.language.cyrillic import has_cyrillic, nominatives, transliterated
from corpus.language.number_words import ORDINALS
from corpus.language.roman_numerals import roman_value
from corpus.language.small_words import ARTICLES
from corpus.language.tokens import Phrase
from corpus.note_model import Person

_Finds = Callable[[str], tuple[Person, ...]]

_NUMERALS: Final = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi"
_OTHER_ORDINALS: Final = {
    number: words.split()
    for number, words in {
        1: "ier premier erste ersten erster первый первого первому",
        2: "zweite zweiten zweiter deuxieme второй второго второму",
        3: "dritte dritten dritter troisieme третий третьего третьему",
    }.items()
}
_NUMBERS: Final = (
    {numeral: roman_value(numeral) for numeral in _NUMERALS.split()}
    | {word: number for word, number in ORDINALS.items() if 0 < number < 20}
    | {word: number for number, words in _OTHER_ORDINALS.items() for word in words}
    | {f"{number}": number for number in range(1, 20)}
)

_LONGEST: Final = 3
"""Words of a ruler's name with a title and a number, without articles."""


def numbered_names(words: Phrase) -> Iterator[tuple[str, int]]:
    """Each word that has a ruler's number behind it, with the number: ("nicholas", 2) in "Tsar Nicholas the Second"."""
    for name, numeral in pairwise(word.removesuffix("'s") for word in words if word not in ARTICLES):
        if name not in _NUMBERS and (number := _NUMBERS.get(numeral)):
            yield name, number


def is_other_ruler(name: str, number: int, people: _Finds) -> bool:
    """Whether rulers are found by a name, and none with this number."""
    numbers = {one for person in _with_name(name, people) if (one := _number(person))}
    return bool(numbers) and number not in numbers


def rulers_named(words: Phrase, people: _Finds) -> tuple[Person, ...]:
    """Those whose name with its number the words are, a title before them aside: “Tsar Nicholas the 2nd”."""
    plain = tuple(word for word in words if word not in ARTICLES)
    named = next(numbered_names(plain[-2:]), None) if 1 < len(plain) <= _LONGEST else None
    return tuple(one for one in _with_name(named[0], people) if _number(one) == named[1]) if named else ()


def _with_name(name: str, people: _Finds) -> Iterator[Person]:
    latin = transliterated(name)
    cases = (latin, *nominatives(latin)) if has_cyrillic(name) else (latin,)
    spellings = dict.fromkeys((*cases, *(re.sub("y$", "i", one) for one in cases)))  # Nikolai, too, is for Николай
    found = (person for one in spellings for person in people(one))
    return iter({person.id: person for person in found}.values())


def _number(person: Person) -> int:
    """The number at the end of somebody's name; 0 where there is none."""
    *others, last = person.name.split()
    return _NUMBERS.get(last.lower(), 0) if others and last.isupper() else 0
