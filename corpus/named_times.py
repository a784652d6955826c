"""Times that have a name instead of a date: feast days, seasons, decades, centuries, parts such as "late 1917"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from corpus.calendar import Calendar, DateQuery, DateRange, day_query
from corpus.date_parts import read_single_date
from corpus.errors import NotUnderstood
from corpus.language.date_words import is_month_name, ordinals_in_figures
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.roman_numerals import roman_value

_IN: Final = r"(?:in |im |at |am |en |au |à |a |dans |в |во |к )?(?:the |der |die |den |das |dem |le |la |les |l')?"
_OF: Final = r"(?:of |von |vom |des |der |im |in |de |du |de l')?(?:the |l')?"

_DECADE: Final = lazy_pattern(
    rf"{_IN}(?P<start>[0-9]{{3}}0)(?:'?s|er(?: jahren?)?|-?[ех](?: год(?:ы|ах|ов))?)"  # noqa: RUF001 - Russian.
    r"|(?:dans |pendant )?les annees (?P<annees>[0-9]{3}0)"
)
_DECADES: Final = {
    name: 1920 + 10 * number
    for names in (
        "twenties, thirties, forties, fifties, sixties, seventies, eighties, nineties",
        "zwanziger, dreissiger, vierziger, funfziger, sechziger, siebziger, achtziger, neunziger",
        "annees vingt, annees trente, annees quarante, annees cinquante, annees soixante",
        "двадцатые, тридцатые, сороковые, пятидесятые, шестидесятые, семидесятые, восьмидесятые, девяностые",
    )
    for number, name in enumerate(names.split(", "))
}
_NAMED_DECADE: Final = lazy_pattern(
    rf"{_IN}(?:roaring |nineteen[ -]|goldenen )?(?P<name>{'|'.join(_DECADES)})n?(?: jahren?| годы)?"
)
_CENTURY: Final = lazy_pattern(
    rf"{_IN}(?:(?P<number>[0-9]{{1,2}})|(?P<roman>[ivx]{{1,5}}))(?:st|nd|rd|th|\.|e|eme)?[ -]"
    r"(?:century|jahrhunderts?|siecle|век[ае]?)"  # noqa: RUF001 - Russian.
)
_SEASONS: Final = {
    3: r"spring|fruhling|fruhjahr|printemps|весна|весной|весны|весну",
    6: r"summer(?:time)?|sommer|ete|лето|летом|лета",
    9: r"autumn|fall|herbst|automne|осень|осенью|осени",
    12: r"winter(?:time)?|hiver|зима|зимой|зимы|зиму",
}
"""The names of each season, by the month that it begins with."""
_SEASON: Final = lazy_pattern(
    rf"{_IN}(?:{'|'.join(f'(?P<month_{month}>{names})' for month, names in _SEASONS.items())})(?: of| des jahres| de)?"
    r" (?P<year>[0-9]{4})(?: ?[-/] ?(?P<next>[0-9]{4}|[0-9]{2}))?(?: года)?"
)
_THIRD: Final = lazy_pattern(
    rf"{_IN}(?:(?P<early>early|beginning of|start of|anfang|debut|начал[оае])"  # noqa: RUF001 - Russian.
    r"|(?P<mid>mid|middle of|mitte|milieu|середин[аеу])"  # noqa: RUF001 - Russian.
    rf"|(?P<late>late|end of|ende|fin|конец|конце|конца))[ -]{_OF}(?P<whole>.+)"
)
_NTH: Final = lazy_pattern(
    rf"{_IN}(?P<number>[1-4]|last|latter|letzten?)(?:st|nd|rd|th|\.)? "
    rf"(?P<part>half|halfte|quarter|viertel|week|woche)(?: {_OF}| )(?P<whole>.+)"
)
_QUARTER: Final = lazy_pattern(r"q(?P<number>[1-4])[ /-](?:of )?(?P<whole>[0-9]{4})")
_WEEK: Final = lazy_pattern(
    r"(?P<iso>[0-9]{4})-?w(?P<iso_week>[0-9]{2})(?:-?(?P<day>[1-7]))?"
    rf"|{_IN}(?:calendar )?(?:week|kw|kalenderwoche|semaine|semana|недел[яюе]) (?P<week>[0-9]{{1,2}}),?"
    rf"(?: {_OF}| ?/ ?| )(?P<year>[0-9]{{4}})"
    rf"|{_IN}(?P<nth>[0-9]{{1,2}})(?:st|nd|rd|th|\.|e)? (?:calendar )?(?:week|woche|kalenderwoche|semaine),? {_OF}"
    r"(?P<of>[0-9]{4})"
)
_PARTS: Final = {"half": 2, "halfte": 2, "quarter": 4, "viertel": 4, "week": 0, "woche": 0}
_DAYS: Final = {
    "may day": (5, 1),
    "women's day": (3, 8),
    "international women's day": (3, 8),
    "christmas eve": (12, 24),
    "heiligabend": (12, 24),
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "weihnachten": (12, 25),
    "new year's eve": (12, 31),
    "silvester": (12, 31),
    "new year": (1, 1),
    "new year's day": (1, 1),
    "neujahr": (1, 1),
}
_NAMED_DAY: Final = lazy_pattern(
    rf"(?:on |at |an |zu )?(?P<day>{'|'.join(sorted(_DAYS, key=len, reverse=True))})"
    r"(?:,? (?:of |in )?(?P<year>[0-9]{4}))?"
)
_MOST_CENTURIES: Final = 30


def read_named_time(words: str) -> DateQuery | DateRange | None:
    """The time that the whole of `words`, folded, names; None where it names none.

    Raises NotUnderstood where a part of a month is named and its year is not.
    """
    figures = ordinals_in_figures(words)
    return _decade(words) or _season(words) or _week(figures) or _part(figures) or _century(figures)


def read_named_day(words: str) -> DateQuery | None:
    """The day of a feast that the whole of `words`, folded, is, of a year or of any; None where it is not one."""
    match = _NAMED_DAY.fullmatch(words)
    if match is None:
        return None
    month, day = _DAYS[match["day"]]
    return DateQuery(int(match["year"]) if match["year"] else None, month, day)


def _decade(words: str) -> DateRange | None:
    """1920 to 1929 for "1920s"; the whole century for "1900s", which may mean either."""
    if named := _NAMED_DECADE.fullmatch(words):
        return _years(_DECADES[named["name"]], 10)
    match = _DECADE.fullmatch(words)
    start = int(match["start"] or match["annees"]) if match else 0
    return _years(start, 10 if start % 100 else 100) if match else None


def _century(words: str) -> DateRange | None:
    match = _CENTURY.fullmatch(words)
    number = int(match["number"] or roman_value(match["roman"])) if match else 0
    return _years(100 * (number - 1) + 1, 100) if 1 < number <= _MOST_CENTURIES else None


def _week(words: str) -> DateQuery | DateRange | None:
    """A week by its number in a year, from Monday to Sunday, or a day of it. They are counted in the New Style."""
    match = _WEEK.fullmatch(words)
    if match is None:
        return None
    year = int(match["iso"] or match["year"] or match["of"])
    week = int(match["iso_week"] or match["week"] or match["nth"])
    try:
        first = date.fromisocalendar(year, week, int(match["day"] or 1))
    except ValueError as fault:
        raise NotUnderstood(f"There is no week {week} in {year}.") from fault
    return day_query(first) if match["day"] else DateRange(day_query(first), day_query(first + timedelta(days=6)))


def _years(start: int, many: int) -> DateRange:
    return DateRange(DateQuery(start), DateQuery(start + many - 1))


def _season(words: str) -> DateRange | None:
    """Three months. A winter begins in the year that is named first: "winter 1917" and "winter 1917-18" are one."""
    match = _SEASON.fullmatch(words)
    if match is None:
        return None
    year, month = int(match["year"]), next(month for month in _SEASONS if match[f"month_{month}"])
    following = f"{year + 1}"
    if match["next"] and (month != 12 or match["next"] not in (following, following[2:])):
        return None
    return _months(year, month, 3)


def _months(year: int, month: int, many: int) -> DateRange:
    """So many months from one on, which may be of the year after."""
    (first_years, first), (last_years, last) = (divmod(month - 1 + n, 12) for n in (0, many - 1))
    return DateRange(DateQuery(year + first_years, first + 1), DateQuery(year + last_years, last + 1))


def _part(words: str) -> DateQuery | DateRange | None:
    if match := _THIRD.fullmatch(words):
        number, parts = next(n for n, part in enumerate(("early", "mid", "late")) if match[part]), 3
    elif match := _NTH.fullmatch(words) or _QUARTER.fullmatch(words):
        parts = _PARTS[match.groupdict().get("part", "quarter")]
        number = int(match["number"]) - 1 if match["number"].isdigit() else (parts or 5) - 1
    else:
        return None
    whole = read_single_date(match["whole"]) or _decade(match["whole"]) or _season(match["whole"])
    whole = whole or _century(match["whole"])
    if isinstance(whole, DateQuery):
        return _part_of_date(words, whole, number, parts)
    return _part_of_range(whole, number, parts) if whole and number < parts else None


def _part_of_date(words: str, whole: DateQuery, number: int, parts: int) -> DateRange | None:
    """One of so many parts of a year or a month, counted from 0; of no parts: one of a month's weeks."""
    if whole.day is not None:
        return None
    if whole.year is None:
        shown = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize() if is_month_name(word[0]) else word[0], words)
        raise NotUnderstood(f"Which year? Please add it, as in {shown} 1889.")
    if whole.month is not None:
        return _part_of_month(whole, whole.year, whole.month, number, parts)
    if number >= parts:
        return None
    found = _months(whole.year, 12 * number // parts + 1, 12 // parts)
    return DateRange(
        *(DateQuery(end.year, end.month, None, whole.calendar) for end in (found.first, found.last) if end)
    )


def _part_of_month(whole: DateQuery, year: int, month: int, number: int, parts: int) -> DateRange | None:
    days = 7 if not parts else 15 if parts == 2 else 10
    if parts > 3 or number >= (parts or 5):
        return None
    first, last = days * number + 1, days * (number + 1)
    if not parts and number == 4:
        last = monthrange(year, month)[1]
        first = last - 6
    style = whole.calendar
    end = _last_of_month(year, month, style) if parts and number == parts - 1 else DateQuery(year, month, last, style)
    return DateRange(DateQuery(year, month, first, style), end)


def _last_of_month(year: int, month: int, style: Calendar | None) -> DateQuery:
    days = (DateQuery(year, month, day, style) for day in range(31, 28, -1))
    return next((one for one in days if one.readings()), DateQuery(year, month, 28, style))


def _part_of_range(whole: DateRange, number: int, parts: int) -> DateQuery | DateRange | None:
    """One of so many parts of a season, a decade or a century."""
    if whole.first is None or whole.last is None or whole.first.year is None or whole.last.year is None:
        return None
    is_season = whole.first.month is not None
    many = 3 if is_season else whole.last.year - whole.first.year + 1
    start, end = (-(-many * n // parts) for n in (number, number + 1))
    if not is_season:
        return _years(whole.first.year + start, end - start)
    found = _months(whole.first.year, (whole.first.month or 1) + start, end - start)
    return found.first if found.first == found.last else found
