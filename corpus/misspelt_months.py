"""Misspelt months: `3 Novmber 1917` is read as November."""

from __future__ import annotations

from typing import Final

from corpus.calendar import MONTHS
from corpus.date_reading import leading_dates
from corpus.errors import NotUnderstood
from corpus.language.date_words import month_number, weekday_number
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.spelling import CountedWords, Speller
from corpus.language.tokens import folded
from corpus.rewording import Rewording

_LONGEST: Final = 100
"""Characters of the longest date."""
_SHORTEST: Final = 5
"""Letters of a name in which a slip is forgiven: July is too near to other words."""
_MOST: Final = 8
"""Words that are looked at."""
_WORD: Final = lazy_pattern(r"[^\W\d_]{4,10}")
_SPELLER: Final = Speller(CountedWords({name.lower(): 1 for name in MONTHS if len(name) >= _SHORTEST}))


def month_meant(typed: str) -> Rewording | None:
    """What was typed, which begins with a date as soon as one word is the month that it nearly is; else None."""
    if len(typed) > _LONGEST or not any(map(str.isdigit, typed)):
        return None
    for word in [*_WORD.finditer(typed)][:_MOST]:
        known = month_number(folded(word[0])) or weekday_number(folded(word[0]))
        if not known and (meant := _SPELLER.correct(folded(word[0]))):
            right = f"{typed[: word.start()]}{meant.capitalize()}{typed[word.end() :]}"
            if _reads_on(right, word.end() + len(right) - len(typed)):
                return Rewording(right, f"I read “{word[0]}” as {meant.capitalize()}.")
    return None


def _reads_on(typed: str, end: int) -> bool:
    """Whether a date at the beginning of what is typed has all the words up to there."""
    try:
        found, rest = leading_dates(typed)
    except NotUnderstood:
        return True
    return found is not None and len(rest) <= len(typed) - end
