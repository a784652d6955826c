"""Parsing dates and ranges of dates as people type them, in English, German and other languages. Nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from msgspec import structs

from corpus.calendar import DateQuery, DateRange, HistoricalDate, refuse_date
from corpus.date_parts import read_parts, read_single_date, without_brackets_of_styles
from corpus.errors import NotUnderstood
from corpus.language.date_words import years_in_figures
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import folded
from corpus.named_times import read_named_day, read_named_time
from corpus.relative_dates import is_relative, read_relative

Dates = DateQuery | DateRange
_Ends = tuple[DateQuery, DateQuery]

_LONGEST: Final = 100
"""Characters of the longest date; nothing longer is looked at."""

_MOST_MARKS: Final = 8
"""Places at which a range of dates may be parted; nobody who means dates writes more."""

_QUESTION: Final = lazy_pattern(
    r"(?:(?:so )?(?:what|which events?)(?: else)?(?: happened| happens| took place| occurred| was going on| did happen)"
    r"|what (?:did|does) happen|was (?:geschah|passierte|war)|events?|ereignisse)(?= )"
)
_UNTIL = r"until|till?|to|up to|through|by|bis(?: zu[mr]?)?|jusqu'(?:a|en)|по"
_SINCE = r"since|from|starting|as of|seit|ab|von|depuis|des|с"  # noqa: RUF001 - Russian.
_OPEN: Final = (
    (
        "since",
        lazy_pattern(r"(?:from |since )?(.+?)(?: to (?:the )?(?:present|now|today)| ?- ?present| bis heute)"),
    ),
    ("until", lazy_pattern(rf"(?:{_UNTIL}) (.+)")),
    ("before", lazy_pattern(r"(?:(?:before|prior to|earlier than|vor|avant|до|перед) |pre-)(.+)")),
    ("after", lazy_pattern(r"(?:(?:after|later than|nach|apres|после) |post-)(.+)")),
    ("since", lazy_pattern(r"(?:from )?(.+?)(?: on| onwards?| and (?:after|later)| or later| ?-)")),
    ("since", lazy_pattern(rf"(?:{_SINCE}) (.+)")),
    ("until", lazy_pattern(r"(.+?)(?: and (?:before|earlier)| or earlier)")),
)
_BETWEEN: Final = lazy_pattern(
    r" ?[-/&] ?|(?<![a-z])(?:to|until|till|through|thru|and|bis|und|auf(?: den)?|zum)(?![a-z])|,"
    r"|(?<!\w)(?:по|до|на|и|a|au|et|jusqu'(?:a|au|en))(?!\w)"
)
_FROM: Final = lazy_pattern(
    r"(?:(?:(?:in|on|during|over|in der|dans|pendant|в) )?(?:the |la |die )?(?:night|nacht|nuit|ночь) )?"
    r"(?:from|between|since|of|von|vom|zwischen|seit|in|de|du|entre|с|со|между|от) "  # noqa: RUF001 - Russian.
)
_YEARS: Final = lazy_pattern(r"([0-9]{2})([0-9]{2}) ?[-/] ?([0-9]{2})")
_SHORT_YEARS: Final = (
    lazy_pattern(r"(?<![\w'])'([0-9]{2})(?=s?(?![\w']))"),
    lazy_pattern(r"([0-9]0)(?![0-9])(?<![\w'.,-]..)(?:(?<=ann[ée]es ..)|(?=(?:'?s|er|-?[ех])(?!\w)))"),  # noqa: RUF001 - Russian.
)
"""Years and decades without their century."""
_CENTURIES: Final = (19, 20, 18)
_WHICH_CENTURY: Final = "Which century? Please write all four figures of the year."
_EAST_ASIAN: Final = lazy_pattern(
    rf"([0-9]{{1,4}}) ?(?:年|{folded('년')})"
    rf"(?: ?([0-9]{{1,2}}) ?(?:月|{folded('월')})(?: ?([0-9]{{1,2}}) ?(?:日|号|{folded('일')}))?)?"
)
_MONTH_AND_DAYS: Final = lazy_pattern(r"[a-z]+\.? [0-9]{1,2} ?[-/] ?[0-9]{1,2}")
"""October 24-25, which is no year 25."""
_BRACKETS: Final = lazy_pattern(r"([^()\[\]]*)[(\[]([^()\[\]]+)[)\]]([^()\[\]]*)")


class YearMissing(NotUnderstood):
    """A range of dates was typed whose ends are dates of any year."""

    def __init__(self, first: DateQuery, last: DateQuery) -> None:
        super().__init__(f"Which year is {first}? Please add it, as in {first} 1917.")
        self._first, self._last = first, last

    def of_year(self, year: int) -> DateRange | None:
        """The range that begins in a year, and may end in the next; None where that year has no such day."""
        turns = (self._last.month or 0, self._last.day or 31) < (self._first.month or 0, self._first.day or 1)
        first, last = structs.replace(self._first, year=year), structs.replace(self._last, year=year + turns)
        return DateRange(first, last) if first.readings() and last.readings() else None

    @property
    def name(self) -> str:
        """The range in words."""
        return f"{self._first} to {self._last}"


def read_date(typed: str) -> DateQuery | None:
    """The one date that the whole of `typed` is, in any usual form; None where it is not one, or a range of dates.

    Raises NotUnderstood where it is a date that does not exist, or one that people read in two ways (3/4/1917).
    """
    found = read_dates(typed)
    return found if isinstance(found, DateQuery) else None


def read_dates(typed: str, today: date | None = None) -> Dates | None:
    """The date, or the range of dates, that the whole of `typed` is; None where it is neither.

    `today` is the day that "today" means, and "on this day"; without it, these are no dates. A question such as "what
    happened on 7 November 1917?" is the date that it asks about. Raises NotUnderstood as `read_date` does, and
    YearMissing for a range of any year.
    """
    if len(typed) > _LONGEST or len(_BETWEEN.findall(typed)) > _MOST_MARKS:
        return None
    words = _asked_words(typed)
    _refuse_short_year(typed)
    found = (read_relative(words, today) if today else None) or _read(words)
    return None if found is None else _checked(found)


def depends_on_today(typed: str) -> bool:
    """Whether `typed` may be a date only by what day it is: "today", "on this day"."""
    return len(typed) <= _LONGEST and is_relative(_asked_words(typed))


def _asked_words(typed: str) -> str:
    """The folded words, without a question around them."""
    words = years_in_figures(_in_western_figures(folded(typed)).strip(" ?!,;"))
    return _without_lead(_QUESTION, words).strip()


def _in_western_figures(words: str) -> str:
    """Words with figures of any script as 0 to 9, and 1917年11月7日 with hyphens."""
    if words.isascii():
        return words
    figures = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in words)
    return _EAST_ASIAN.sub(lambda match: "-".join(filter(None, match.groups())), figures)


def _refuse_short_year(typed: str) -> None:
    """Raises NotUnderstood where only the century of a year keeps words from being a date: "Oct '17", "the '20s"."""
    words = re.sub("[’‘]", "'", typed)
    for form in _SHORT_YEARS:
        if form.search(words):
            ways = [form.sub(rf"{century}\1", words) for century in _CENTURIES]
            if _read(_asked_words(ways[0])):
                raise NotUnderstood(_WHICH_CENTURY, ways)


def _without_lead(lead: re.Pattern[str], words: str) -> str:
    """Words without what is before a date."""
    match = lead.match(words)
    return words[match.end() :] if match else words


def leading_dates(typed: str, today: date | None = None) -> tuple[Dates | None, str]:
    """The date or range that as many words as possible at the beginning of `typed` are, and the words after them."""
    words = typed[: 4 * _LONGEST].split()
    for many in range(min(len(words), _LONGEST // 4), 0, -1):
        if found := read_dates(" ".join(words[:many]), today):
            return found, " ".join(words[many:])
    return None, typed


def _read(words: str) -> Dates | None:
    return _closed(words) or _open(words)


def _closed(words: str) -> Dates | None:
    single = read_single_date(words)
    if _MONTH_AND_DAYS.fullmatch(words):
        single = None
    return (
        read_named_day(words)
        or _years(words)
        or single
        or _two_styles(words)
        or _range(words)
        or read_named_time(words)
        or _range_of_named_times(words)
    )


def _years(words: str) -> DateRange | None:
    """1917-18: years, where the second number can be no month."""
    match = _YEARS.fullmatch(words)
    if match is None or int(match[3]) <= max(12, int(match[2])):
        return None
    return DateRange(DateQuery(int(match[1] + match[2])), DateQuery(int(match[1] + match[3])))


def _two_styles(words: str) -> Dates | None:
    """A day, or some days, given in both calendars: 25 October (7 November) 1917, or with a stroke between the two."""
    if match := _BRACKETS.fullmatch(without_brackets_of_styles(words)):
        one, other = _ends(f"{match[1]} {match[3]}".strip(" ,")), _ends(match[2])
        return _same(one, other) if one and other else None
    for stroke in re.finditer(" ?/ ?", words):
        one, other = _ends(words[: stroke.start()]), _ends(words[stroke.end() :])
        if one and other and not (one[0].year and other[0].year):
            return _same(one, other)
    return None


def _same(typed: _Ends, again: _Ends) -> Dates | None:
    """What was typed, in the calendar in which it is what was typed again in the other."""
    pairs = [(_of_year(one, other), _of_year(other, one)) for one, other in zip(typed, again, strict=True)]
    if any(one.day is None or one.month is None or one.year is None for pair in pairs for one in pair):
        return None
    first, last = (_in_the_calendar_that_fits(_checked_date(one), _checked_date(other)) for one, other in pairs)
    return first if first == last else DateRange(first, last)


def _in_the_calendar_that_fits(one: DateQuery, other: DateQuery) -> DateQuery:
    for reading in one.readings():
        if any(reading.first == same.first and reading.calendar != same.calendar for same in other.readings()):
            return structs.replace(one, calendar=reading.calendar)
    old = min(one, other, key=_parts)
    known = HistoricalDate(old.year or 0, old.month, old.day, "julian")
    sentence = f"Those are two days: {known.old_style} (Old Style) is {known.new_style} (New Style)."
    new = max(one, other, key=_parts)
    raise NotUnderstood(sentence, [str(known.styled()), str(structs.replace(new, calendar="gregorian"))])


def _parts(query: DateQuery) -> tuple[int, int, int]:
    return query.year or 0, query.month or 0, query.day or 0


def _of_year(part: DateQuery, other: DateQuery) -> DateQuery:
    return structs.replace(part, year=part.year or other.year)


def _ends(words: str) -> _Ends | None:
    """The parts of the first and of the last date of a range, or twice those of one date; each may lack a year."""
    one = read_parts(words)
    return (one, one) if one else _two_ends(words)


def _two_ends(words: str) -> _Ends | None:
    words = _without_lead(_FROM, words)
    for mark in _BETWEEN.finditer(words):
        first, last = read_parts(words[: mark.start()]), read_parts(words[mark.end() :])
        if first and last and not (_is_day_alone(first) and last.day is None):
            return _completed(first, last), _completed(last, first)
    return None


def _is_day_alone(part: DateQuery) -> bool:
    """Whether it may be a month as well, as the first number of 7-9/1917 is."""
    return part.day is not None and part.month is None


def _completed(part: DateQuery, other: DateQuery) -> DateQuery:
    """One end of a range with what only the other end says: 7 to 9 November 1917 O.S."""
    month = other.month if part.month is None and part.day else part.month
    calendar = part.calendar or (other.calendar if part.year is None else None)
    return DateQuery(part.year or other.year, month, part.day, calendar, part.weekday)


def _range(words: str) -> DateRange | None:
    ends = _two_ends(words)
    if ends is None or any(end.month is None and (end.day or end.year is None) for end in ends):
        return None
    return DateRange(*ends)


def _range_of_named_times(words: str) -> DateRange | None:
    """A range of which one end, or both, is a time with a name: late 1917 to spring 1918, spring to autumn 1917."""
    words = _without_lead(_FROM, words)
    for mark in _BETWEEN.finditer(words):
        start, last = words[: mark.start()].strip(), _one_time(words[mark.end() :].strip())
        year = last.first.year if start and last and last.first else None
        if last and year and (first := _one_time(start) or _one_time(f"{start} {year}")):
            return DateRange(first.first, last.last)
    return None


def _one_time(words: str) -> DateRange | None:
    """The time that words with a year are, from its first date to its last."""
    found = read_named_time(words) or read_single_date(words)
    if isinstance(found, DateQuery):
        return DateRange(found, found) if found.year else None
    return found


def _open(words: str) -> DateRange | None:
    """A time that is open at one end: until 1917, before 1917, since March 1917, 1917 and after."""
    for how, form in _OPEN:
        if (match := form.fullmatch(words)) and (whole := _closed(match[1])):
            first, last = (whole.first, whole.last) if isinstance(whole, DateRange) else (whole, whole)
            if first and last:
                return _opened(how, first, last)
    return None


def _opened(how: str, first: DateQuery, last: DateQuery) -> DateRange:
    match how:
        case "until":
            return DateRange(None, last)
        case "before":
            return DateRange(None, _next(first, -1))
        case "after":
            return DateRange(_next(last, 1), None)
        case _:
            return DateRange(first, None)


def _next(query: DateQuery, step: int) -> DateQuery:
    """The year, month or day before a date or after it. A day is in the New Style unless it says otherwise."""
    checked = _with_year(_checked_date(query))
    if query.month is None:
        return structs.replace(query, year=checked + step)
    if query.day is None:
        years, month = divmod(query.month - 1 + step, 12)
        return structs.replace(query, year=checked + years, month=month + 1)
    day = query.readings()[0]
    other = HistoricalDate.of(day.first + timedelta(days=step), day.calendar)
    return DateQuery(other.year, other.month, other.day, other.calendar)


def _refuse_two_figures(found: Dates) -> None:
    """Raises NotUnderstood for a year of two figures: 25.10.17."""
    ends = [found] if isinstance(found, DateQuery) else [end for end in (found.first, found.last) if end]
    if any(end.year is not None and 0 < end.year < 100 for end in ends):
        ways = [" to ".join(str(_in_century(end, century)) for end in ends) for century in _CENTURIES]
        raise NotUnderstood(_WHICH_CENTURY, ways)


def _in_century(query: DateQuery, century: int) -> DateQuery:
    has_century = query.year is None or query.year >= 100
    return query if has_century else structs.replace(query, year=100 * century + (query.year or 0), weekday=None)


def _checked(found: Dates) -> Dates:
    if isinstance(found, DateQuery):
        return _checked_date(found)
    _refuse_two_figures(found)
    ends = [_checked_date(end) for end in (found.first, found.last) if end]
    if len(ends) == 2 and not any(end.year for end in ends):
        raise YearMissing(*ends)
    for end in ends:
        _with_year(end)
    if len(ends) == 2 and DateRange(None, ends[1]).as_interval()[1] < DateRange(ends[0]).as_interval()[0]:
        return DateRange(ends[1], ends[0])
    return DateRange(ends[0] if found.first else None, ends[-1] if found.last else None)


def _checked_date(query: DateQuery) -> DateQuery:
    """The date, which exists. Where its weekday fits one calendar alone, that is the one that is meant.

    The weekday is kept only where there is something to say of it: it is wrong, or makes the date one in the Old Style.
    """
    if query.year and query.year < 100:
        _refuse_two_figures(query)
    try:
        refuse_date(query.year, query.month, query.day, query.calendars)
    except ValueError as fault:
        raise NotUnderstood(str(fault)) from fault
    if query.day is None or query.weekday is None:
        return query  # mostly
    fitting = [one for one in query.readings() if one.first.isoweekday() == query.weekday]
    if len(fitting) != 1:
        return structs.replace(query, weekday=None) if fitting else query
    weekday = query.weekday if query.calendar is None and fitting[0].calendar == "julian" else None
    return structs.replace(query, calendar=fitting[0].calendar, weekday=weekday)


def _with_year(query: DateQuery) -> int:
    if query.year is None:
        raise NotUnderstood(f"Which year is {query}? Please add it, as in {query} 1917.")
    return query.year
