"""Parsing dates as people type them."""

from __future__ import annotations

import re

from msgspec import structs

from corpus.calendar import MONTHS, Calendar, DateQuery, refuse_date
from corpus.errors import NotUnderstood
from corpus.language.tokens import folded


def read_date(typed: str) -> DateQuery | None:
    """The date that the whole of `typed` is, in any usual form; None where it is no date at all. Nothing is guessed.

    Raises NotUnderstood where it is a date that does not exist, or one that people read in two ways (3/4/1917).
    """
    if len(typed) > _LONGEST:
        return None
    bare, calendar = _without_style(folded(typed))
    query = _read_named(bare) or _read_numbers(bare)
    if query is None:
        return None
    query = structs.replace(query, calendar=calendar)
    try:
        refuse_date(query.year, query.month, query.day, query.calendars)
    except ValueError as fault:
        raise NotUnderstood(str(fault)) from fault
    return query


_LONGEST = 60
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<month>[a-z]{3,9})", r"(?P<year>\d{4})"
_GAP, _OF = r"[ .,-]*", r"(?:[ .,-]*| of )"
_NAMED = tuple(
    re.compile(rf"(?:(?:on|in) )?{form}\.?", re.ASCII)
    for form in (
        f"(?:the )?{_DAY}{_OF}{_MONTH}(?:{_GAP}{_YEAR})?",
        f"{_MONTH}{_GAP}(?:the )?{_DAY}(?:[ .,-]+{_YEAR})?",
        f"{_MONTH}{_OF}{_YEAR}",
        f"{_YEAR}{_GAP}{_MONTH}(?:{_GAP}{_DAY})?",
        _YEAR,
    )
)
_YEAR_FIRST = re.compile(rf"{_YEAR}(?P<sep>[-/.])(?P<month>\d{{1,2}})(?:(?P=sep)(?P<day>\d{{1,2}}))?", re.ASCII)
_YEAR_LAST = re.compile(rf"(?P<one>\d{{1,2}})(?P<sep>[-/.])(?P<two>\d{{1,2}})(?P=sep){_YEAR}", re.ASCII)
_STYLE = re.compile(r"[ ,]*\(?(?:(?P<julian>o\.? ?s\.?|old style|julian)|n\.? ?s\.?|new style|gregorian)\)?")


def _without_style(typed: str) -> tuple[str, Calendar | None]:
    """The words before the calendar's name, and the calendar."""
    for match in _STYLE.finditer(typed):
        if match.end() == len(typed):
            return typed[: match.start()], "julian" if match["julian"] else "gregorian"
    return typed, None


def _read_named(typed: str) -> DateQuery | None:
    for form in _NAMED:
        if match := form.fullmatch(typed):
            parts = match.groupdict()
            month = _month(parts["month"]) if parts.get("month") else None
            if month or "month" not in parts:
                return DateQuery(_number(parts.get("year")), month, _number(parts.get("day")))
    return None


def _read_numbers(typed: str) -> DateQuery | None:
    if match := _YEAR_FIRST.fullmatch(typed):
        return DateQuery(int(match["year"]), int(match["month"]), _number(match["day"]))
    if match := _YEAR_LAST.fullmatch(typed):
        return _by_size(int(match["one"]), int(match["two"]), int(match["year"]))
    return None


def _by_size(one: int, two: int, year: int) -> DateQuery:
    """Day and month in either order: a number over 12 decides which is the day."""
    if one != two and 1 <= one <= 12 and 1 <= two <= 12:
        ways = (f"{one} {MONTHS[two - 1]} {year}", f"{two} {MONTHS[one - 1]} {year}")
        raise NotUnderstood(f"That may be {ways[0]} or {ways[1]}. Write the month's name, such as “{ways[0]}”.", ways)
    return DateQuery(year, one, two) if two > 12 >= one else DateQuery(year, two, one)


def _month(word: str) -> int | None:
    """The month of which `word` is the name or its beginning, three letters or more."""
    return next((n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(word)), None)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
