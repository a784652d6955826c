"""Dates by what day it is: "today", "on this day", "last month", "100 years ago"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from corpus.calendar import DateQuery
from corpus.errors import NotUnderstood
from corpus.language.foreign_units import NUMBER, NUMBERS, UNITS, any_word, english_words
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS

_DAY: Final = lazy_pattern(
    r"(?:on )?(?:the )?(?P<day>today|tonight|tomorrow|yesterday|this day|today's date|heute|morgen|gestern"
    r"|an diesem tag|aujourd'hui|ce jour|en ce jour|hier|demain|avant-hier|apres-demain"
    r"|сегодня|(?:в )?этот день|вчера|завтра|позавчера|послезавтра"
    r"|day before yesterday|day after tomorrow|vorgestern|ubermorgen"
    r"|(?:this|last|next) month|diesen monat|(?:this|last|next|diese|letzte|nachste) (?:week|woche))"
    r"(?: in (?:history|the past))?(?:,? (?:in |im jahr )?(?P<year>[0-9]{4}))?"
)
_YEAR: Final = lazy_pattern(
    r"(?:(?P<this>this|dieses)|(?P<last>last|letztes)|(?P<next>next|nachstes)) (?:year|jahr)(?: today)?"
)
_MULTIPLES: Final = {"dozen": 12, "hundred": 100}
_NUMBERS: Final = {**CARDINALS, **_MULTIPLES, "a": 1, "an": 1}
_WORD: Final = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_NUMBER: Final = rf"[0-9]{{1,4}}|(?:{_WORD})(?:[ -](?:{_WORD}))?"
_AGO: Final = lazy_pattern(
    rf"(?P<many>{_NUMBER}) (?P<unit>year|month|week|fortnight|day|decade|century|centurie)s? ago"
    r"(?P<today>,? (?:today|to the day|this day))?"
)
_FOREIGN_UNITS: Final = UNITS | english_words({
    "century": "jahrhundert, jahrhunderten, siècle, siècles, век, века, веков, столетие, столетия, столетий",
})  # fmt: skip
_FOREIGN_COUNTED: Final = f"(?:(?P<many>{NUMBER}) )?(?P<unit>{any_word(_FOREIGN_UNITS)})"
_FOREIGN_AGO: Final = lazy_pattern(
    rf"(?P<today>(?:heute|aujourd'hui) )?(?:vor|il y a) (?={NUMBER} |quinze jours){_FOREIGN_COUNTED}"
    r"(?P<today_>,? heute)?"
    rf"|{_FOREIGN_COUNTED.replace('<', '<_')} назад"
)
_DAYS_AWAY: Final = {
    "tomorrow": 1, "morgen": 1, "yesterday": -1, "gestern": -1, "day after tomorrow": 2, "ubermorgen": 2,
    "day before yesterday": -2, "vorgestern": -2, "hier": -1, "demain": 1, "avant-hier": -2, "apres-demain": 2,
    "вчера": -1, "завтра": 1, "позавчера": -2, "послезавтра": 2,
}  # fmt: skip
_MONTHS_AWAY: Final = {"last month": -1, "next month": 1}
_DAYS: Final = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS: Final = {"month": 1, "half a year": 6}
_YEARS: Final = {"decade": 10, "century": 100, "centurie": 100}


def is_relative(words: str) -> bool:
    """Whether folded words are a date only by what day it is."""
    return any(form.fullmatch(words) for form in (_DAY, _YEAR, _AGO, _FOREIGN_AGO))


def read_relative(words: str, today: date) -> DateQuery | None:
    """The date that the whole of `words`, folded, is on the day `today`; None where it is not one.

    A day or a month is one of any year, but for one that is counted in years. Raises NotUnderstood for a week.
    """
    if match := _DAY.fullmatch(words):
        return _day(match["day"], int(match["year"]) if match["year"] else None, today)
    if match := _YEAR.fullmatch(words):
        return DateQuery(today.year + (1 if match["next"] else -1 if match["last"] else 0))
    if match := _AGO.fullmatch(words):
        return _ago(_number(match["many"]), match["unit"], today, to_the_day=bool(match["today"]))
    match = _FOREIGN_AGO.fullmatch(words)
    return _foreign_ago(match, today) if match else None


def _foreign_ago(match: re.Match[str], today: date) -> DateQuery | None:
    """The date that is so long ago in another language; None for “a few years ago”."""
    many = match["many"] or match["_many"] or "1"
    number, unit = NUMBERS.get(many, many), _FOREIGN_UNITS[match["unit"] or match["_unit"]]
    to_the_day = bool(match["today"] or match["today_"])
    return _ago(int(number), unit, today, to_the_day=to_the_day) if number.isdigit() else None


def _number(typed: str) -> int:
    """The number in figures or in words: "25", "a hundred", "twenty-five"."""
    if typed.isdigit():
        return int(typed)
    first, _, last = typed.replace("-", " ").partition(" ")
    one, other = _NUMBERS[first], _NUMBERS.get(last, 0)
    return one * other if last in _MULTIPLES else one + other


def _day(day: str, year: int | None, today: date) -> DateQuery:
    if day.endswith(("week", "woche")):
        raise NotUnderstood("A week has seven days of any year. Please name a day or a month.", ["today", "this month"])
    if day.endswith(("month", "monat")):
        return DateQuery(year, (today.month - 1 + _MONTHS_AWAY.get(day, 0)) % 12 + 1)
    meant = today + timedelta(days=_DAYS_AWAY.get(day, 0))
    return DateQuery(year, meant.month, meant.day)


def _ago(many: int, unit: str, today: date, *, to_the_day: bool) -> DateQuery:
    """So many days, weeks, months or years before today, as precisely as that is counted."""
    if unit in _DAYS:
        then = today - timedelta(days=many * _DAYS[unit])
        return DateQuery(then.year, then.month, then.day)
    if unit in _MONTHS:
        years, month = divmod(today.year * 12 + today.month - 1 - many * _MONTHS[unit], 12)
        return DateQuery(years, month + 1)
    year = today.year - many * _YEARS.get(unit, 1)
    return DateQuery(year, today.month, today.day) if to_the_day else DateQuery(year)
