"""Times of day and days of the week as people type them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Self

from msgspec import Struct

from corpus.errors import NotUnderstood

_CLOCK = re.compile(r"(?:at )?([0-9]{1,2})(?:[:.h]?([0-9]{2})|h)? ?(?:([ap])\.? ?m\.?|o'?clock|uhr|h)?", re.ASCII)
_NAMED: Final = {"noon": "12:00", "midday": "12:00", "12 noon": "12:00", "midnight": "00:00", "12 midnight": "00:00"}

_WEEKDAYS: Final = frozenset(range(1, 6))
_WEEKENDS: Final = frozenset({6, 7})
_EVERY_DAY: Final = _WEEKDAYS | _WEEKENDS
_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS: Final = {
    "daily": _EVERY_DAY,
    "everyday": _EVERY_DAY,
    "day": _EVERY_DAY,
    "days": _EVERY_DAY,
    "weekday": _WEEKDAYS,
    "weekdays": _WEEKDAYS,
    "workdays": _WEEKDAYS,
    "weekend": _WEEKENDS,
    "weekends": _WEEKENDS,
}
_FILLERS: Final = frozenset({"every", "each", "on", "and", "all", "the"})


class TimeOfDay(Struct, frozen=True, order=True):
    """A time on the wall, to the minute. Shown, and kept, as `09:00`."""

    hour: int
    minute: int = 0

    @classmethod
    def parse(cls, typed: str, corpus: object = None) -> Self:
        """The time that `typed` says: "9:00", "9am", "9.30 pm", "21:30", "noon". Raises NotUnderstood."""
        words = _plain(typed)
        match = _CLOCK.fullmatch(_NAMED.get(words, words))
        if match is None:
            raise _no_time()
        hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
        if minute > 59 or hour > 24 or (hour == 24 and (minute or half)):
            raise _no_time()
        if hour == 24 or (half and not 1 <= hour <= 12):
            # A day's midnight is its first minute; 24:00, 0am and 13pm each mean one time, but not as they stand.
            raise _no_time(cls(hour % 24, minute))
        return cls(hour % 12 + 12 * (half == "p") if half else hour, minute)

    def __str__(self) -> str:
        return f"{self.hour:02}:{self.minute:02}"


def _no_time(*near: TimeOfDay) -> NotUnderstood:
    return NotUnderstood('Write the time as "9:00", "9:30 pm" or "21:30".', [str(one) for one in near])


class Days(Struct, frozen=True):
    """Days of the week, at least one, as ISO weekdays: Monday 1 to Sunday 7."""

    numbers: frozenset[int]

    @classmethod
    def parse(cls, typed: str, corpus: object = None) -> Self:
        """The days that `typed` names: "weekdays", "mon,wed,fri", "mon-fri", "every day". Raises NotUnderstood."""
        words = re.sub(r"\s*(?:[-\u2013\u2014]| to | through )\s*", "-", _plain(typed))
        parts = [part for part in re.split(r"[\s,;/&+]+", words) if part and part not in _FILLERS]
        if not parts:
            raise _no_days()
        return cls(frozenset().union(*(_days(part) for part in parts)))

    @classmethod
    def of(cls, kept: str) -> Self:
        """The days from the form in which they are kept, such as "135"."""
        return cls(frozenset(int(number) for number in kept))

    @property
    def kept(self) -> str:
        """The form in which a store keeps them: the numbers in order, such as "135"."""
        return "".join(str(number) for number in sorted(self.numbers))

    def __str__(self) -> str:
        whole = {_EVERY_DAY: "every day", _WEEKDAYS: "weekdays", _WEEKENDS: "weekends"}
        names = (_NAMES[number - 1][:3].capitalize() for number in sorted(self.numbers))
        return whole.get(self.numbers) or ", ".join(names)


def _days(part: str) -> frozenset[int]:
    if part in _GROUPS:
        return _GROUPS[part]
    first, dash, last = part.partition("-")
    start, end = _weekday(first), _weekday(last) if dash else None
    if end is None:
        return frozenset({start})
    return frozenset((start + step - 1) % 7 + 1 for step in range((end - start) % 7 + 1))


def _weekday(name: str) -> int:
    """The number of a day from its name, or from its beginning if that is two letters or more."""
    singular = name.removesuffix("s") if name.endswith("days") else {"weds": "wed"}.get(name, name)
    for number, full in enumerate(_NAMES, start=1):
        if len(singular) >= 2 and full.startswith(singular):
            return number
    raise _no_days()


def _no_days() -> NotUnderstood:
    return NotUnderstood('Name the days as "every day", "weekdays", "weekends", "mon, wed, fri" or "mon-fri".')


def _plain(typed: str) -> str:
    """Without case, spare spaces and typographic variants."""
    return " ".join(unicodedata.normalize("NFKC", typed).casefold().replace("\u2019", "'").split())
