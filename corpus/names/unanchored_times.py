"""Times that are counted from nothing that is named: `two days later`, `the next day`, `since then`, `that day`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from corpus.language.alternation import any_of, phrases
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import folded
from corpus.names.event_ranges import ASKED
from corpus.names.event_times import NUMBER, UNITS

_LONGEST: Final = 80
"""Characters of the longest time that is read; nothing longer is looked at."""
_LATER: Final = any_of(phrases("later, later on, thereafter"))
_EARLIER: Final = any_of(phrases("earlier, earlier on, previously, beforehand"))
_UNIT: Final = f"(?P<unit>{any_of(UNITS)})"
_COUNTED: Final = rf"(?:(?P<many>{NUMBER}) )?{_UNIT}(?P<plural>s)? "
_ON: Final = r"(?:(?:on|in|at|during) )?"
_THAT: Final = "(?:that|this|it|then|there)"
_FORMS: Final = tuple(
    (lazy_pattern(rf"(?:and )?{ASKED}(?:{form})"), asks, side)
    for form, asks, side in (
        (rf"(?:{_COUNTED})?{_LATER}", "Later than what?", "after"),
        (rf"(?:{_COUNTED})?{_EARLIER}", "Earlier than what?", "before"),
        (rf"{_ON}(?:the )?(?:next|following|subsequent) {_UNIT}s?", "After what?", "after"),
        (rf"{_ON}(?:the )?(?:previous|preceding|prior) {_UNIT}s?", "Before what?", "before"),
        (rf"(?:{_COUNTED})?after {_THAT}|afterwards?|after|next|then", "After what?", "after"),
        (rf"(?:{_COUNTED})?before {_THAT}", "Before what?", "before"),
        (rf"since {_THAT}", "Since what?", "since"),
        (rf"(?:until|till|up to) {_THAT}", "Until what?", "until"),
        (rf"{_ON}(?:(?:(?:that|the) )?(?:very )?same|that(?: very)?) {_UNIT}", "Which one?", ""),
    )
)
_TELLING: Final = frozenset(
    phrases("""
later, thereafter, earlier, previously, beforehand, next, following, subsequent, previous, preceding, prior, after,
afterward, afterwards, then, that, this, it, there, same, on
""")
)
"""One of which is in each of the forms."""


class UnanchoredTime(NamedTuple):
    """A time that is counted from what was not typed: the question what it is, and the words to type before that."""

    asks: str
    lead: str


def unanchored_time(typed: str) -> UnanchoredTime | None:
    """The time counted from nothing that the whole of `typed` is; None where it is none."""
    words = folded(typed).strip(" ?!.,…") if len(typed) <= _LONGEST else ""
    if _TELLING.isdisjoint(words.split()):
        return None  # mostly
    for form, asks, side in _FORMS:
        if match := form.fullmatch(words):
            return UnanchoredTime(asks, f"{_count(match)}{side}" if side else "")
    return None


def _count(match: re.Match[str]) -> str:
    """What is counted, with a space behind it: "two days ", or "the day " of the next day; nothing for "later"."""
    parts = match.groupdict()
    unit = parts.get("unit")
    return f"{parts.get('many') or 'the'} {unit}{parts.get('plural') or ''} " if unit else ""
