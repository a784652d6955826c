"""Times of day and days of the week as people type them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, Self

from msgspec import Struct

from corpus.calendar import WEEKDAYS
from corpus.errors import NotUnderstood
from corpus.language.date_words import weekday_number
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import folded

_CLOCK: Final = lazy_pattern(
    r"(?:at |um )?(?P<hour>[0-9]{1,2})(?:[:.h]?(?P<minute>[0-9]{2})|h| uhr (?P<after>[0-9]{2}))?"
    r"(?: ?(?:(?P<half>[ap])\.?(?: ?m\.?)?|o'?clock|uhr|h))?"
    r"(?: ?(?:in the |at |am )?(?:(?P<twelve>noon|midday|mittags?)|(?P<zero>midnight|mitternacht)"
    r"|(?P<night>nights?|nachts?)|(?P<a>morning|morgens?|fruh|vormittags?)"
    r"|(?P<p>afternoon|evening|abends?|nachmittags?)))?",
    re.ASCII,
)
_NAMED: Final = {
    "noon": "12:00",
    "midday": "12:00",
    "midnight": "00:00",
    "mittag": "12:00",
    "mittags": "12:00",
    "mitternacht": "00:00",
}
_HOURS: Final = {
    word: hour
    for hour, words in enumerate(
        (
            ("one", "ein", "eins"), ("two", "zwei"), ("three", "drei"), ("four", "vier"), ("five", "funf"),
            ("six", "sechs"), ("seven", "sieben"), ("eight", "acht"), ("nine", "neun"), ("ten", "zehn"),
            ("eleven", "elf"), ("twelve", "zwolf"),
        ),
        start=1,
    )
    for word in words
}  # fmt: skip
_MINUTES: Final = {"half": 30, "quarter": 15, "viertel": 15, "twenty": 20, "twenty-five": 25, "zwanzig": 20, **_HOURS}
_SPOKEN: Final = lazy_pattern(
    rf"(?:at |um )?(?:(?P<half>halb )|(?:a )?(?P<part>{'|'.join(sorted(_MINUTES, key=len, reverse=True))}|[0-9]{{1,2}})"
    r"(?: minutes| minuten)? (?P<way>past|after|nach|to|before|vor) )?"
    rf"(?P<hour>{'|'.join(sorted(_HOURS, key=len, reverse=True))}|[0-9]{{1,2}})(?P<rest> .*)?",
    re.ASCII,
)
_MOST_WORDS: Final = 6
"""Words that a time of day has at most: "at 9 o'clock in the evening"."""

_LONGEST: Final = 100
"""Characters of the longest time or list of days; nothing longer is looked at."""

_MONDAY_TO_FRIDAY: Final = frozenset(range(1, 6))
_WEEKENDS: Final = frozenset({6, 7})
_EVERY_DAY: Final = _MONDAY_TO_FRIDAY | _WEEKENDS
_GROUPS: Final = {
    **dict.fromkeys(("daily", "everyday", "day", "days", "taglich", "tag", "tage"), _EVERY_DAY),
    **dict.fromkeys(("weekday", "weekdays", "workdays", "workday", "werktags", "werktag"), _MONDAY_TO_FRIDAY),
    **dict.fromkeys(("wochentags", "wochentage", "werktage", "arbeitstage"), _MONDAY_TO_FRIDAY),
    **dict.fromkeys(("weekend", "weekends", "wochenende", "wochenenden"), _WEEKENDS),
}
_FILLERS: Final = frozenset(
    {"every", "each", "on", "and", "all", "the", "am", "an", "den", "und", "jeden", "jede", "alle"}
)
_LETTERS: Final = {"m": 1, "w": 3, "f": 5}
"""Days of which one letter is enough."""
_CODE: Final = lazy_pattern("(m)?(tu|t)?(w)?(th|r|t)?(f)?(sa)?(su)?")
"""Days as timetables run them together: MWF, TTh, MTWTF."""
_TO: Final = lazy_pattern(r"\s*(?:-|(?<!\S)(?:to|through|thru|till|until|bis)(?!\S))\s*")


class TimeOfDay(Struct, frozen=True, order=True):
    """A time on the wall, to the minute. Shown, and kept, as `09:00`."""

    hour: int
    minute: int = 0

    @classmethod
    def parse(cls, typed: str, corpus: object = None) -> Self:
        """The time that `typed` says: "9:00", "9am", "9.30 pm", "21:30", "9 Uhr", "noon". Raises NotUnderstood."""
        words = folded(typed[:_LONGEST]).rstrip(" ,;")
        match = _CLOCK.fullmatch(_NAMED.get(words) or _in_figures(words))
        if match is None or len(typed) > _LONGEST:
            raise _no_time()
        hour, minute, half = int(match["hour"]), int(match["minute"] or match["after"] or 0), _half(match)
        if minute > 59 or hour > 24 or (hour == 24 and (minute or half)):
            raise _no_time()
        if hour == 24 or (half and not 1 <= hour <= 12):
            # A day's midnight is its first minute; 24:00, 0am and 13pm each mean one time, but not as they are.
            raise _no_time(cls(hour % 24, minute))
        return cls(hour % 12 + 12 * (half == "p") if half else hour, minute)

    @classmethod
    def leading_words(cls, words: Sequence[str]) -> int:
        """How many words at the beginning are the time: two of "9:00 pm Berlin"; one where none is."""
        return _longest_read(cls, words[:_MOST_WORDS])

    def __str__(self) -> str:
        return f"{self.hour:02}:{self.minute:02}"


def _in_figures(words: str) -> str:
    """A time in words as one in figures, "half past nine in the evening" as "9:30 in the evening"; others as typed."""
    match = _SPOKEN.fullmatch(words)
    if match is None or not (match["half"] or match["part"] or match["hour"] in _HOURS):
        return words
    hour = _HOURS.get(match["hour"]) or int(match["hour"])
    minute = 30 if match["half"] else _MINUTES.get(match["part"] or "") or int(match["part"] or 0)
    is_before = bool(match["half"]) or match["way"] in ("to", "before", "vor")
    if is_before and match["part"] == "half":
        return words
    if is_before and minute:
        hour, minute = (hour - 1 or 12, 60 - minute)
    return f"{hour}:{minute:02}{match['rest'] or ''}"


def _half(match: re.Match[str]) -> str:
    """The half of the day that is named: "a" before noon, "p" from then on, "" where none is."""
    hour = int(match["hour"])
    if (match["twelve"] or match["zero"]) and hour != 12:
        raise _no_time()
    if match["night"]:
        return "p" if 6 <= hour < 12 else "a"
    return "p" if match["twelve"] or match["p"] else "a" if match["zero"] or match["a"] else match["half"] or ""


def _no_time(*near: TimeOfDay) -> NotUnderstood:
    return NotUnderstood('Write the time as "9:00", "9:30 pm" or "21:30".', [str(one) for one in near])


class Days(Struct, frozen=True):
    """Days of the week, at least one, as ISO weekdays: Monday 1 to Sunday 7."""

    numbers: frozenset[int]

    @classmethod
    def parse(cls, typed: str, corpus: object = None) -> Self:
        """The days that `typed` names: "weekdays", "mon,wed,fri", "mon-fri", "MWF", "Mo-Fr". Raises NotUnderstood."""
        words = _TO.sub("-", folded(typed[:_LONGEST]))
        parts = [part for part in re.split(r"[\s,;/&+]+", words) if part and part not in _FILLERS]
        if not parts or len(typed) > _LONGEST:
            raise _no_days()
        return cls(frozenset().union(*(_days(part) for part in parts)))

    @classmethod
    def leading_words(cls, words: Sequence[str]) -> int:
        """How many words at the beginning are the days: three of "mon wed fri peace"; one where none is."""
        return _longest_read(cls, words[: 2 * _MOST_WORDS])

    @classmethod
    def of(cls, kept: str) -> Self:
        """The days from the form in which they are kept, such as "135"."""
        return cls(frozenset(int(number) for number in kept))

    @property
    def kept(self) -> str:
        """The form in which a store keeps them: the numbers in order, such as "135"."""
        return "".join(str(number) for number in sorted(self.numbers))

    def __str__(self) -> str:
        whole = {_EVERY_DAY: "every day", _MONDAY_TO_FRIDAY: "weekdays", _WEEKENDS: "weekends"}
        names = (WEEKDAYS[number - 1][:3] for number in sorted(self.numbers))
        return whole.get(self.numbers) or ", ".join(names)


EVERY_DAY: Final = Days(_EVERY_DAY)


def _longest_read(kind: type[TimeOfDay] | type[Days], words: Sequence[str]) -> int:
    for many in range(len(words), 1, -1):
        with suppress(NotUnderstood):
            kind.parse(" ".join(words[:many]))
            return many
    return 1


def _days(part: str) -> frozenset[int]:
    if part in _GROUPS:
        return _GROUPS[part]
    first, dash, last = part.partition("-")
    if dash:
        start, end = _weekday(first), _weekday(last)
        return frozenset((start + step - 1) % 7 + 1 for step in range((end - start) % 7 + 1))
    if part != "mf" and weekday_number(part) is None and (code := _CODE.fullmatch(part)):
        run_together = frozenset(number for number, letters in enumerate(code.groups(), start=1) if letters)
        if len(run_together) > 1:
            return run_together
    return frozenset({_weekday(part)})


def _weekday(name: str) -> int:
    number = _LETTERS.get(name) or weekday_number(name.removesuffix("."))
    if number is None:
        raise _no_days()
    return number


def _no_days() -> NotUnderstood:
    return NotUnderstood('Name the days as "every day", "weekdays", "weekends", "mon, wed, fri" or "mon-fri".')
