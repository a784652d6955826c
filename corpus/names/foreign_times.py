"""Times counted from events in German, Russian and French, as in English: `nach der Oktoberrevolution`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from corpus.language.alternation import any_folded, phrases
from corpus.language.date_words import foreign_month
from corpus.language.foreign_units import NUMBER, NUMBERS, UNITS, any_word, english_words
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.phrasing import as_typed
from corpus.language.small_words import DEFINITE_ARTICLES, THE
from corpus.language.tokens import folded
from corpus.names.event_spans import event_meant
from corpus.names.finder import Finder
from corpus.names.foreign_ranges import is_time, range_in_english
from corpus.names.foreign_unanchored_times import unanchored_in_english
from corpus.names.renamed_places import renamed_place

_LONGEST: Final = 120
"""Characters of the longest time that is read; nothing longer is looked at."""


_SIDES: Final = english_words({
    "after": "nach, après, после",
    "before": "vor, avant, до, перед",
    "since": "seit, ab, depuis, с, со",  # noqa: RUF001 - Russian.
    "until": "bis, bis zu, bis zum, bis zur, jusqu'à, jusqu'au, jusqu'en",
})  # fmt: skip
_ORDINALS: Final = english_words({
    "2": "zweiten, zweite, übernächsten, übernächste, deuxième, второй",
    "3": "dritten, dritte, troisième, третий",
    "4": "vierten, vierte, quatrième, четвёртый, четвертый",
    "5": "fünften, fünfte, cinquième, пятый",
    "6": "sechsten, sechste, sixième, шестой",
    "7": "siebten, siebte, septième, седьмой",
    "8": "achten, achte, huitième, восьмой",
    "9": "neunten, neunte, neuvième, девятый",
    "10": "zehnten, zehnte, dixième, десятый",
})  # fmt: skip
_NTH: Final = f"(?P<nth>{any_word(_ORDINALS)})"
_SHORTLY: Final = any_folded("""
kurz, unmittelbar, gleich, direkt, bald, peu, juste, aussitôt, immédiatement, вскоре, сразу, незадолго, непосредственно
""")
_SIDE: Final = f"(?P<side>{any_word(_SIDES)})"
_MANY: Final = f"(?:(?P<many>{NUMBER}) )?(?P<unit>{any_word(UNITS)})"
_LEAD: Final = f"(?:am|{'|'.join(DEFINITE_ARTICLES)}|in der|(?P<one>за|через)|в|спустя|in den|im|dans les)"
_NAME: Final = rf"{THE}?(?P<name>.+)"
_OF: Final = r"(?:(?:der|des|von|vom|zum|zur|de la|de|du|des) |de l'|d')?(?P<name>.+)"
_ASKED: Final = (
    r"(?:(?:was|что|que|qu'est-ce qui) (?:geschah|passierte|war|kam|было|произошло|случилось|s'est[ -](?:il )?passe) )?"
)
_FORMS: Final = (
    (lazy_pattern(rf"{_ASKED}(?:am |a )?(?:la )?(?:vorabend|veille) {_OF}"), "the day before"),
    (lazy_pattern(rf"{_ASKED}накануне {_NAME}"), "the day before"),
    (lazy_pattern(rf"{_ASKED}(?:le |au |des le )?lendemain {_OF}"), "the day after"),
    (lazy_pattern(rf"{_ASKED}(?:le |au |des le )?surlendemain {_OF}"), "2 days after"),
    (lazy_pattern(rf"{_ASKED}(?:a )?(?:l')?avant[ -]veille {_OF}"), "2 days before"),
    (lazy_pattern(rf"{_ASKED}(?:am |der )?(?:folgetag|nachsten tag) (?:nach )?{_OF}"), "the day after"),
    (
        lazy_pattern(rf"{_ASKED}(?:am |der |le |на )?(?P<nth>{any_word(_ORDINALS)}) (?:tag|jour|день) {_SIDE} {_NAME}"),
        "",
    ),
    (lazy_pattern(rf"{_ASKED}{_SHORTLY} {_SIDE} {_NAME}"), "shortly"),
    (lazy_pattern(rf"{_ASKED}(?:на )?следующий день после {_NAME}"), "the day after"),
    (lazy_pattern(rf"{_ASKED}(?:{_LEAD} )?{_MANY} (?:спустя )?{_SIDE} {_NAME}"), ""),
    (lazy_pattern(rf"{_ASKED}{_SIDE} {_NAME}"), ""),
)
_IN: Final = (["в"], ["во"], ["en"], ["in"])  # before a month
_TELLING: Final = frozenset(
    (
        *_SIDES,
        *phrases("""
        après, vorabend, veille, lendemain, surlendemain, avant-veille, l'avant-veille, folgetag, накануне, jusqu'à,
        jusqu'a, jusqu'au, jusqu'en, zwischen, entre, между, от, à, au
        """),
    )
)
"""One of which is in each of the forms, as people type it."""


def time_in_english(typed: str, finder: Finder) -> str:
    """The time in English that the whole of `typed` counts from an event, with its name in the notes; else the same."""
    if len(typed) > _LONGEST:
        return typed
    if other := unanchored_in_english(typed) or _month(typed, finder):
        return other
    if _TELLING.isdisjoint(typed.lower().split()):
        return typed  # mostly
    words = folded(typed).strip(" ?!.")
    if time_range := range_in_english(words, finder):
        return time_range
    how, name = next(chain(_in_english(words, finder), _from_unknown(words)), ("", ""))
    return f"{how} {as_typed(name, typed)}" if name else typed


def _month(typed: str, finder: Finder) -> str:
    """The month in English that is all that was typed, and no name of an event."""
    *before, last = folded(typed).strip(" ?!.").split() or [""]
    month = foreign_month(last, alone=not before) if not before or before in _IN else ""
    return "" if month and finder.event_called(typed) else month


def _in_english(words: str, finder: Finder) -> Iterator[tuple[str, str]]:
    """How it is counted, in English, and from what."""
    for match, how in _counted(words):
        name = match["name"]
        known = _place_or_person(name, finder)
        event = None if known else event_meant(name, finder)
        is_date = event is None or any(map(str.isdigit, name))
        if event and not is_date:
            yield how, event.name
        elif " " in how and is_time(name):
            yield how, name
        elif event is None and how in _SIDES.values() and (known or _is_known(name, finder)):
            yield how, known or name


def _from_unknown(words: str) -> Iterator[tuple[str, str]]:
    """The time counted from something that nobody knows, or that may be several events: who reads it says so."""
    return ((how, match["name"]) for match, how in _counted(words) if " " in how and not is_time(match["name"]))


def _counted(words: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each way to read words as a time that is counted, and how it is, in English."""
    for form, side in _FORMS:
        if match := form.fullmatch(words):
            yield match, f"shortly {_SIDES[match['side']]}" if side == "shortly" else side or _how(match)


def _place_or_person(name: str, finder: Finder) -> str:
    """A place by its English name, or somebody by the name typed: no event, though one may have them in its name."""
    if place := renamed_place(name):
        return place.typed
    people = finder.people(name) if finder.has_person(name) else ()
    return name if len(people) == 1 and people[0].life else ""


def _is_known(name: str, finder: Finder) -> bool:
    """Whether a name, which is no date, is one of a place, or of somebody who had a part in events."""
    return not is_time(name) and bool(finder.events_about(name))


def _how(match: re.Match[str]) -> str:
    """How a time is counted, in English: "after", "3 weeks before", "the day after"."""
    parts = match.groupdict()
    side = _SIDES[parts["side"]]
    if nth := parts.get("nth"):
        return f"{_ORDINALS[nth]} days {side}"
    if not parts.get("unit"):
        return side
    many = parts["many"]
    number = many if many and many.isdigit() else NUMBERS.get(many or "", "1" if parts["one"] else "the")
    unit = UNITS[parts["unit"]]
    if unit == "half a year":
        return f"{unit} {side}"
    return f"{number} {unit}{'' if number in ('1', 'the') else 's'} {side}"
