"""Questions for a day in the other calendar: `25 October 1917 OS in new style`, `convert 25 October 1917 to NS`."""

from __future__ import annotations

from typing import Final

from msgspec import structs

from corpus.calendar import STYLES, Calendar, DateQuery, HistoricalDate
from corpus.date_parts import STYLE, style_named
from corpus.date_reading import read_date
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import folded
from corpus.rewording import Rewording

_LONGEST: Final = 100
"""Characters of the longest question; nothing longer is looked at."""
_TELLING: Final = (" in ", " to ", " into ", " nach ", " im ")
"""One of which is in each of them."""
_FORM: Final = lazy_pattern(
    r"(?P<asked>(?:what|which)(?: date| day)? (?:is|was) |(?:convert|translate|change|give) )?"
    rf"(?:the )?(?P<date>.+?)(?: date)? (?:in|to|into|nach|im) (?:the |den |dem )?(?P<style>{STYLE})"
    r"(?: calendar| date| kalender)?"
)
_OTHER: Final[dict[Calendar, Calendar]] = {"julian": "gregorian", "gregorian": "julian"}


def style_conversion(typed: str) -> Rewording | None:
    """The day that the whole of `typed` asks to convert, with what it is in the other calendar; None for anything else.

    Of “7 November 1917 in old style”, which may be a day of the Old Style or the question for one, both are said.
    Raises NotUnderstood for a date that does not exist.
    """
    words = folded(typed).strip(" ?!.") if len(typed) <= _LONGEST and any(one in typed for one in _TELLING) else ""
    match = _FORM.fullmatch(words)
    wanted = style_named(match["style"]) if match else None
    asked = read_date(match["date"]) if match and wanted else None
    if match is None or wanted is None or asked is None or asked.day is None or asked.year is None:
        return None
    if asked.calendar == wanted:
        return None
    known = _day(asked, _OTHER[wanted])
    if known and (asked.calendar or match["asked"]):
        return Rewording(_named(known), _equation(known))
    same = _day(asked, wanted)
    also = f" {_equation(known)}" if known else ""
    return Rewording(_named(same), f"{_equation(same)}{also}") if same else None


def _day(asked: DateQuery, calendar: Calendar) -> HistoricalDate | None:
    return next(iter(structs.replace(asked, calendar=calendar).readings()), None)


def _equation(day: HistoricalDate) -> str:
    other = day.new_style if day.calendar == "julian" else day.old_style
    return f"{_named(day)} is {_named(other)}."


def _named(day: HistoricalDate) -> str:
    return f"{day} ({STYLES[day.calendar]})"
