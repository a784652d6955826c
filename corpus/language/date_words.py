"""Words of dates, folded: months, weekdays, ordinal numbers and years in English and German, months in other languages.

Months count from January, 1; weekdays as ISO has them, from Monday, 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS
from corpus.language.roman_numerals import roman_value

_MONTHS: Final = (
    ("january", "januar", "janner"),
    ("february", "februar", "feber"),
    ("march", "marz", "maerz", "mrz"),
    ("april",),
    ("may", "mai"),
    ("june", "juni"),
    ("july", "juli"),
    ("august",),
    ("september",),
    ("october", "oktober"),
    ("november",),
    ("december", "dezember"),
)
_OTHER_MONTHS: Final = (
    "janvier enero gennaio января январь январе январем",
    "fevrier febrero febbraio февраля февраль феврале февралем",
    "mars marzo марта март марте мартом",
    "avril abril aprile апреля апрель апреле апрелем",
    "mayo maggio мая май мае маем",
    "juin junio giugno июня июнь июне июнем",
    "juillet julio luglio июля июль июле июлем",
    "aout agosto августа август августе августом",
    "septembre septiembre setiembre settembre сентября сентябрь сентябре сентябрем",
    "octobre octubre ottobre октября октябрь октябре октябрем",
    "novembre noviembre ноября ноябрь ноябре ноябрем",
    "decembre diciembre dicembre декабря декабрь декабре декабрем",
)
"""In French, Spanish, Italian and Russian: whole names, which are months only beside a number."""
_OTHER_WORDS: Final = frozenset(("mars", "mayo"))
"""Names of months that alone are something else, in English or by name."""
_ABBREVIATED: Final = 4
"""Letters of the longest name of a weekday that is an abbreviation: weds."""
_WEEKDAYS: Final = (
    ("monday", "montag", "mo"),
    ("tuesday", "dienstag", "di"),
    ("wednesday", "mittwoch", "mi", "weds"),
    ("thursday", "donnerstag", "do"),
    ("friday", "freitag", "fr"),
    ("saturday", "samstag", "sonnabend", "sa"),
    ("sunday", "sonntag", "so"),
)
_UNITS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS: Final = (
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
    *("fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
_GERMAN: Final = (
    *("erst", "zweit", "dritt", "viert", "funft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwolft"),
    *("dreizehnt", "vierzehnt", "funfzehnt", "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt"),
)
_GERMAN_UNITS: Final = ("ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun")


def other_names_of_month(word: str) -> tuple[str, ...]:
    """The other ways to write the name of a month in English: “oct” for “october”, and the other way round."""
    return _OTHER_NAMES.get(word, ())


def month_number(word: str) -> int | None:
    """The number of the month of which a word is the name, or its beginning of three letters or more."""
    return _MONTH_NUMBERS.get(word)


def is_month_name(word: str) -> bool:
    """Whether a word is the whole name of a month."""
    return any(word in names for names in _MONTHS)


def foreign_month(word: str, *, alone: bool) -> str:
    """The English name of the month that a word, `alone` or not, is in another language; nothing for another word."""
    number = next((n for n, names in enumerate(_OTHER_MONTHS) if word in names.split()), None)
    return "" if number is None or (alone and word in _OTHER_WORDS) else _MONTHS[number][0].capitalize()


def weekday_number(word: str) -> int | None:
    """The number of the weekday of which a word is the name, or its beginning of two letters or more; a plural too."""
    whole = word.removesuffix("s")
    return _WEEKDAY_NUMBERS.get(whole if whole in _WHOLE_WEEKDAYS else word)


def ordinals_in_figures(words: str) -> str:
    """Words with each ordinal number up to thirty-first in figures: "the seventh of May" becomes "the 7 of May"."""
    return _ORDINAL.sub(lambda match: str(_ORDINALS[match[0].replace(" ", "-")]), words)


def years_in_figures(words: str) -> str:
    """Words with each year that is written out, or in Roman numerals, in figures: "nineteen seventeen", "mcmxvii"."""
    words = _YEAR.sub(lambda match: str(_year(match[1], match[2])), words) if "teen" in words else words
    return _ROMAN.sub(lambda match: str(roman_value(match[0])), words) if "m" in words else words


def _year(century: str, rest: str) -> int:
    hundreds = 100 * CARDINALS[century]
    return hundreds + sum(CARDINALS.get(word, 0) for word in re.findall("[a-z]+", rest))


def _other_names() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, *_ in _MONTHS:
        ways = (name, name[:3], *(["sept"] if name == "september" else []))
        found |= {way: tuple(other for other in ways if other != way) for way in ways}
    return found


def _beginnings(least: int, kinds: Iterable[Iterable[str]]) -> Mapping[str, int]:
    """The numbers of names, and of their beginnings of so many letters or more; of two, the first."""
    names = [(name, number) for number, of_kind in enumerate(kinds, start=1) for name in of_kind]
    found = [(name[:end], number) for name, number in names for end in range(min(least, len(name)), len(name) + 1)]
    return dict(reversed(found))


def _ordinals() -> Mapping[str, int]:
    tens = {"twentieth": 20, "thirtieth": 30, "thirty-first": 31}
    english = dict(zip((*_UNITS, *_TEENS), range(1, 20), strict=True)) | tens
    english |= {f"twenty-{unit}": 20 + number for number, unit in enumerate(_UNITS, start=1)}
    german = dict(zip(_GERMAN, range(1, 20), strict=True)) | {"zwanzigst": 20, "dreissigst": 30}
    german |= {f"{unit}undzwanzigst": 20 + number for number, unit in enumerate(_GERMAN_UNITS, start=1)}
    german["einunddreissigst"] = 31
    return english | {f"{stem}{end}": number for stem, number in german.items() for end in ("e", "en", "er")}


_SMALL: Final = "|".join(sorted((word for word in CARDINALS if word != "zero"), key=len, reverse=True))
_YEAR: Final = lazy_pattern(
    rf"(?<![a-z-])({'|'.join(word for word in CARDINALS if word.endswith('teen'))})[ -]"
    rf"((?:hundred|oh?)(?:[ -]and)?(?:[ -](?:{_SMALL}))?(?:[ -](?:{_SMALL}))?"
    rf"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:{_SMALL}))?"
    rf"|ten|eleven|twelve|{'|'.join(word for word in CARDINALS if word.endswith('teen'))})(?![a-z])"
)
_ROMAN: Final = lazy_pattern(
    r"(?<![\w.])(?=[mdclxvi]{4})m{1,2}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})(?![\w])"
)
"""A year in Roman numerals, of four at least: "mix" is a word, and so is "mild", which is no number."""
_MONTH_NUMBERS: Final = {
    **_beginnings(3, _MONTHS),
    **{name: n for n, names in enumerate(_OTHER_MONTHS, start=1) for name in names.split()},
}
_OTHER_NAMES: Final = _other_names()
_WEEKDAY_NUMBERS: Final = _beginnings(2, _WEEKDAYS)
_WHOLE_WEEKDAYS: Final = frozenset(name for names in _WEEKDAYS for name in names if len(name) > _ABBREVIATED)
_ORDINALS: Final = _ordinals()
_LONGEST_FIRST: Final = sorted(_ORDINALS, key=len, reverse=True)
ORDINAL_WORDS: Final = frozenset(word for ordinal in _ORDINALS for word in ordinal.split("-"))
"""The words of which `ordinals_in_figures` makes figures, alone or with others."""
ORDINAL: Final = f"(?:{'|'.join(_LONGEST_FIRST).replace('-', '[ -]')})"
"""A pattern for what `ordinals_in_figures` makes a number of."""
_ORDINAL: Final = lazy_pattern(rf"(?<![a-z]){ORDINAL}(?![a-z])")
