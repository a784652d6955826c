"""Questions for the time between two events or days: `how long ago was the congress`, `days until 7 November`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from corpus.language.alternation import any_of, phrases
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import folded

Unit = Literal["", "day", "week", "month", "year"]
"""In what a time is to be counted; nothing where that is left open."""

_LONGEST: Final = 200
"""Characters of the longest question; nothing longer is looked at."""
_TELLING: Final = ("ago", "since", "until", "till", "between", "after", "before", "from", "old", "countdown", "elapsed")
"""One of which is in each of the forms."""
_HOW_MANY: Final = r"how (?:long|much time|soon|many (?P<unit>day|week|month|year)s?)"
_MANY: Final = rf"(?:{_HOW_MANY}|(?P<units>day|week|month|year)s|time)"
_VERB: Final = any_of(
    phrases("has it been, is it, is that, was it, were there, are there, are left, left, passed, elapsed")
)
_PASSED: Final = rf"(?: {_VERB}| (?:have |has )?(?:passed|elapsed|gone by|been)| is| are| was| were)*"
_DID: Final = any_of(phrases("was, were, did, is, has, had"))
_HAPPENED: Final = r"(?: (?:happen|happened|take place|occur|begin|start))?"
_FORMS: Final = tuple(
    lazy_pattern(form)
    for form in (
        rf"{_HOW_MANY} ago (?:{_DID} )?(?P<first>.+?){_HAPPENED}",
        rf"(?P<first>.+?) (?:{_DID} )?{_HOW_MANY} ago",
        rf"{_MANY}{_PASSED} since (?P<first>.+)",
        rf"(?:{_MANY}{_PASSED} (?:until|till|to)|countdown to) (?:(?:the )?(?:next )?anniversary of )?(?P<next>.+)",
        rf"{_MANY}{_PASSED} (?:between|from) (?P<first>.+?) (?:and|to|until|till) (?P<last>.+)",
        rf"{_MANY}{_PASSED} after (?P<first>.+?) (?:{_DID}) (?P<last>.+?){_HAPPENED}",
        rf"{_MANY}{_PASSED} before (?P<last>.+?) (?:{_DID}) (?P<first>.+?){_HAPPENED}",
        r"how old (?:was|is) (?P<born>.+?) when (?:he|she|they) (?P<then>.+)",
        r"how old (?:was|is) (?P<born>.+?) (?:in|on|at|during) (?P<last>.+)",
    )
)
_TODAY: Final = frozenset(("now", "today", "the present"))


class ElapsedTime(NamedTuple):
    """A question for the time from one thing to another, of which an empty one is today.

    `is_ahead`: `last` is a day to come, the next one of its name. `is_age`: `first` is somebody's birth.
    """

    unit: Unit
    first: str
    last: str
    is_ahead: bool = False
    is_age: bool = False


def elapsed_time(typed: str) -> ElapsedTime | None:
    """The question for a time that the whole of `typed` is; None where it is none."""
    words = folded(typed).strip(" ?!.") if len(typed) <= _LONGEST else ""
    if not any(one in words for one in _TELLING):
        return None
    match = next((match for form in _FORMS if (match := form.fullmatch(words))), None)
    if match is None:
        return None
    parts = {name: words for name, words in match.groupdict().items() if words}
    unit: Unit = parts.get("unit") or parts.get("units") or ""  # type: ignore[assignment]  # of the pattern's four.
    if "next" in parts:
        return ElapsedTime(unit, "", parts["next"], is_ahead=True)
    if "born" in parts:
        then = parts.get("last") or f"{parts['born']} {parts['then']}"
        return ElapsedTime("year", f"birth of {parts['born']}", then, is_age=True)
    last = parts.get("last", "")
    return ElapsedTime(unit, parts["first"], "" if last in _TODAY else last)


def whole_units(first: date, last: date, unit: Unit) -> int:
    """How many whole days, weeks, months or years are between two days."""
    days = (last - first).days
    if unit in ("day", "week"):
        return days if unit == "day" else days // 7
    months = 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)
    return months if unit == "month" else months // 12


def later(day: date, unit: Unit, number: int) -> date:
    """The day that is so many units after another; the first of the next month where a month has no such day."""
    if unit in ("day", "week"):
        return day + timedelta(days=number * (7 if unit == "week" else 1))
    years, month = divmod(day.month - 1 + number * (12 if unit == "year" else 1), 12)
    try:
        return date(day.year + years, month + 1, day.day)
    except ValueError:
        return date(day.year + years, month + 2, 1)
