"""One date as people type it: its parts, in any usual order and form, before anybody asks whether it exists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import dropwhile
from typing import Final

from corpus.calendar import MONTHS, Calendar, DateQuery
from corpus.errors import NotUnderstood
from corpus.language.date_words import is_month_name, month_number, ordinals_in_figures, weekday_number
from corpus.language.lazy_pattern import lazy_pattern

_STYLE_NAMES: Final[Mapping[Calendar, str]] = {
    "julian": r"o\. ?s\.?|os|old[ -](?:style|calendar)|julian(?: calendar)?|alte[nr] stils?|a\. ?st\.?|julianisch"
    r"|(?:по )?старо(?:му|го) стил[юя]|ст\. ?ст\.?|vieux style|ancien style",  # noqa: RUF001 - Russian.
    "gregorian": r"n\. ?s\.?|ns|new[ -](?:style|calendar)|gregorian(?: calendar)?|neue[nr] stils?|n\. ?st\.?"
    r"|gregorianisch|(?:по )?ново(?:му|го) стил[юя]|н\. ?ст\.?|nouveau style",  # noqa: RUF001 - Russian.
}
STYLE: Final = "|".join(_STYLE_NAMES.values())
"""The name of a calendar, folded, in a regular expression."""
_STYLES: Final = {
    calendar: lazy_pattern(rf"[(\[]?(?<![a-z])(?:{names})(?![a-z])[)\]]?") for calendar, names in _STYLE_NAMES.items()
}
_STYLE_IN_BRACKETS: Final = lazy_pattern(rf"[(\[]({STYLE})[)\]]", re.IGNORECASE)
_TIME_OF_DAY: Final = lazy_pattern(
    r"(?:(?<=\d)t|[ ,]+)(?:at |um )?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[ap]\.? ?m\.?| uhr)?"
    r"(?: ?(?:z|utc|gmt|[+-]\d{2}:?\d{2}))?",
    re.ASCII,
)
_YEAR_FIRST: Final = lazy_pattern(
    r"(?P<year>\d{4})(?P<sep>[-/.]) ?(?P<month>\d{1,2})(?:(?P=sep) ?(?P<day>\d{1,2}))?", re.ASCII
)
_COMPACT: Final = lazy_pattern(
    r"(?P<year>1\d{3}|20\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])", re.ASCII
)
_YEAR_LAST: Final = lazy_pattern(
    r"(?P<one>\d{1,2})(?P<sep>[-/.]) ?(?P<two>\d{1,2})(?P=sep) ?(?P<year>\d{4}|\d{2})?", re.ASCII
)
_MONTH_AND_YEAR: Final = lazy_pattern(
    r"(?:(?P<figures>\d{1,2})[-/.] ?|(?P<roman>[ivx]{1,4})[-/. ] ?)(?P<year>\d{4})", re.ASCII
)
_DAY_AND_MONTH: Final = lazy_pattern(r"(?P<one>\d{1,2})/(?P<two>\d{1,2})", re.ASCII)
_ROMAN: Final = lazy_pattern(
    r"(?P<day>\d{1,2})(?P<sep>[-/. ]) ?(?P<month>[ivx]{1,4})(?P=sep) ?(?P<year>\d{4}|\d{2})", re.ASCII
)
_ROMAN_MONTHS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

_PIECE: Final = lazy_pattern(
    r"(?P<number>\d+)(?:(?:st|nd|rd|th)(?![a-z]))?|(?P<word>[a-z\u0430-\u044f]+)|(?P<mark>\S)", re.ASCII
)
_MARKS: Final = frozenset(".,-()[]'")
_FILLERS: Final = frozenset({
    *("the", "of", "in", "on", "during", "night", "evening", "morning", "afternoon", "day", "month", "year"),
    *("ad", "ce"),
    *("c", "ca", "circa", "about", "around", "approximately", "roughly", "sometime", "ish", "um", "etwa", "ungefahr"),
    *("der", "des", "dem", "den", "am", "im", "nacht", "abend", "tag", "monat", "jahr", "jahre"),
    *("le", "la", "el", "il", "de", "del", "en", "an", "annee", "mois", "au", "du", "anno", "nel", "ano"),
    *("года", "году", "год", "\u0433", "\u0432", "\u0432\u043e", "месяце", "ночь", "ночью", "утром", "вечером"),
})  # fmt: skip
_ORDERS: Final = frozenset({"DMY", "MDY", "YMD", "MY", "YM", "DM", "MD", "Y", "M", "D", "DY"})


def read_parts(typed: str) -> DateQuery | None:
    """The parts of the date that the whole of `typed`, folded, is; None where it is not one.

    A day alone, or a day and a year, are parts as well: of one end of a range. None of it is checked.
    Raises NotUnderstood for numbers that people read in two ways.
    """
    bare, calendars = typed, list[Calendar]()
    for calendar, names in _STYLES.items():
        without = names.sub(" ", bare)
        if without != bare:
            bare, calendars = without, [*calendars, calendar]
    bare = _without_time_of_day(ordinals_in_figures(" ".join(bare.split())).strip(" ,"))
    parts = _in_numbers(_without_fillers(bare)) or _in_words(bare)
    if parts is None or len(calendars) > 1 or typed.endswith(("-", " on", " in")):
        return None  # “1917 on” is all that comes after
    return DateQuery(parts.year, parts.month, parts.day, calendars[0] if calendars else None, parts.weekday)


def read_single_date(words: str) -> DateQuery | None:
    """A date with a year, or a day and a month, or the whole name of a month; None where `words` are none of these."""
    found = read_parts(words)
    if found is None or (found.month is None and (found.year is None or found.day is not None)):
        return None
    if found.year is not None or found.day is not None or any(map(is_month_name, re.findall(r"[a-z]+", words))):
        return found
    return None


def style_named(words: str) -> Calendar | None:
    """The calendar that is named in folded words; None where none is, or both are."""
    named = [calendar for calendar, names in _STYLES.items() if names.search(words)]
    return named[0] if len(named) == 1 else None


def without_brackets_of_styles(typed: str) -> str:
    """`typed` with spaces for the brackets around the names of calendars, such as those of "25 October (O.S.)"."""
    return _STYLE_IN_BRACKETS.sub(r" \1 ", typed)


def _without_fillers(typed: str) -> str:
    """`typed` without the small words before a date, such as that of "on 7.11.1917"."""
    words = typed.split(" ")
    return " ".join(dropwhile(_FILLERS.__contains__, words))


def _without_time_of_day(typed: str) -> str:
    for match in _TIME_OF_DAY.finditer(typed):
        if match.end() == len(typed):
            return typed[: match.start()]
    return typed


def _in_numbers(typed: str) -> DateQuery | None:
    if match := _YEAR_FIRST.fullmatch(typed) or _COMPACT.fullmatch(typed):
        return DateQuery(int(match["year"]), int(match["month"]), _number(match["day"]))
    if (match := _ROMAN.fullmatch(typed)) and match["month"] in _ROMAN_MONTHS:
        return DateQuery(int(match["year"]), _ROMAN_MONTHS.index(match["month"]) + 1, int(match["day"]))
    if (match := _YEAR_LAST.fullmatch(typed)) and (match["year"] or match["sep"] == "."):
        return _by_size(int(match["one"]), int(match["two"]), _number(match["year"]), match["sep"])
    if (match := _MONTH_AND_YEAR.fullmatch(typed)) and (month := _month(match["figures"], match["roman"])):
        return DateQuery(int(match["year"]), month)
    if (match := _DAY_AND_MONTH.fullmatch(typed)) and min(int(match["one"]), int(match["two"])) <= 12:
        return _by_size(int(match["one"]), int(match["two"]), None, "/")
    return None


def _month(figures: str | None, roman: str | None) -> int | None:
    """A month by its number; None for any other number."""
    number = int(figures) if figures else _ROMAN_MONTHS.index(roman) + 1 if roman in _ROMAN_MONTHS else 0
    return number if 1 <= number <= len(MONTHS) else None


def _by_size(one: int, two: int, year: int | None, mark: str) -> DateQuery:
    """Day and month in either order. Between stops the day is first; elsewhere a number over 12 decides."""
    if mark != "." and one != two and 1 <= one <= 12 and 1 <= two <= 12:
        is_short = year is not None and year < 100
        named = f"19{year:02}" if is_short else year or ""
        ways = (f"{day} {MONTHS[month - 1]} {named}".rstrip() for day, month in ((one, two), (two, one)))
        also = " and all four figures of the year" if is_short else ""
        raise NotUnderstood(f"That can be two dates, so please write the month's name{also}.", tuple(ways))
    return DateQuery(year, one, two) if two > 12 >= one else DateQuery(year, two, one)


def _in_words(typed: str) -> DateQuery | None:
    kinds, found = "", dict[str, int]()
    for piece in _PIECE.finditer(typed):
        if piece["mark"] in _MARKS or piece["word"] in _FILLERS:
            continue
        kind, number = _kind(piece)
        if (kind, kinds.strip("W")) in (("D", "DM"), ("D", "MD")):
            kind = "Y"  # of two figures: that it is out of reach is better news than that this is no date
        if number is None or kind in found:
            return None
        kinds, found[kind] = kinds + kind, number
    if kinds.strip("W") not in _ORDERS or ("W" in found and "D" not in found):
        return None
    return DateQuery(found.get("Y"), found.get("M"), found.get("D"), weekday=found.get("W"))


def _kind(piece: re.Match[str]) -> tuple[str, int | None]:
    """What a piece may be (Year, Month, Day, Weekday), and its number; no number: it is none of them."""
    if digits := piece["number"]:
        return ("Y", int(digits)) if len(digits) == 4 else ("D", int(digits) if len(digits) <= 2 else None)
    word = piece["word"] or ""
    month = month_number(word)
    return ("M", month) if month else ("W", weekday_number(word))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
