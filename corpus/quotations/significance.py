"""Significance of a changed word: whether a negation, a name, a number or a date was changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from corpus.language.negations import NEGATIONS
from corpus.language.number_words import CARDINALS, ORDINALS
from corpus.quotations.parse import QuotedWord
from corpus.quotations.token_index import TokenIndex

Significance = Literal["negation", "name", "number", "date"]

_OTHER_NUMBER_WORDS = """
hundred hundreds thousand thousands million millions billion billions dozen half quarter once twice double triple
"""
_MONTH_WORDS = """
january february march april june july august september october november december jan feb aug sept oct nov dec
"""  # May is a verb too: the number beside it decides
_DAY_WORDS = "monday tuesday wednesday thursday friday saturday sunday"
_NUMBERS = frozenset((*CARDINALS, *ORDINALS, *_OTHER_NUMBER_WORDS.split()))
_DATES = frozenset((_MONTH_WORDS + _DAY_WORDS).split())
_NEGATING = re.compile("^(?:un|in|im|ir|il|dis|non|anti|counter)(?=[a-z]{3})")
_YEAR = re.compile("1[0-9]{3}s?|20[0-9]{2}s?")


def are_negations(keys: Iterable[str]) -> bool:
    """Whether one of the words negates."""
    return not NEGATIONS.isdisjoint(keys)


def significance(
    gone: set[str], new: set[str], around: set[str], is_name: Callable[[str], bool], *, new_name: bool
) -> Iterator[Significance]:
    """What it is about that the words `gone` of a text were left out for `new` ones. `around` are those nearby."""
    changed = gone | new
    if are_negations(changed) or any(_negates(one, other) for one in gone for other in new):
        yield "negation"
    if new_name or any(key not in _NUMBERS | _DATES and is_name(key) for key in changed):
        yield "name"
    if any(_is_date(key, around) for key in changed):
        yield "date"
    elif any(key in _NUMBERS or key[:1].isdigit() for key in changed):
        yield "number"


def is_of_person(index: TokenIndex, key: str) -> bool:
    """Whether a word is a part of somebody's name, or of what is theirs: Trotsky’s."""
    return index.is_part_of_name(key) or (key.endswith("s") and index.is_part_of_name(key[:-1]))


def is_new_name(index: TokenIndex, before: QuotedWord, word: QuotedWord) -> bool:
    """Whether a word of a quotation has a capital, within a sentence, and is nowhere in the texts."""
    within = before.after in ("", ",", ";", "-") and before.form[:1].islower()
    return within and word.form.istitle() and not index.times(word.key) and word.key not in _DATES


def _negates(one: str, other: str) -> bool:
    return _NEGATING.sub("", one) == other or one == _NEGATING.sub("", other)


def _is_date(key: str, around: set[str]) -> bool:
    if key in _DATES or _YEAR.fullmatch(key):
        return True
    return key[:1].isdigit() and not (_DATES | {"may"}).isdisjoint(around)
