"""Places by which people name their time zone: cities and countries, in English and German."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, takewhile
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple

_FOLDER: Final = Path(__file__).parent

# What people call countries, and parts of them, beside the names that GeoNames and CLDR have.
_OTHER_NAMES: Final = {
    "GB": ("uk", "britain", "great britain", "england", "scotland", "wales", "northern ireland", "grossbritannien"),
    "US": ("us", "usa", "america", "united states of america", "amerika"),
    "NL": ("holland",),
    "CZ": ("czech republic",),
    "KR": ("korea",),
    "AE": ("uae", "emirates"),
    "RU": ("russian federation",),
    "BA": ("bosnia",),
    "CD": ("congo",),
    "US-DC": ("dc",),
}


class City(NamedTuple):
    """A city with its zone, the part of the world it is in (`DE`, `US-OR`), and its inhabitants in thousands."""

    name: str
    zone: str
    part: str
    inhabitants: int


def plain(typed: str) -> str:
    """Without case, accents, underscores, stops, apostrophes and spare spaces; a saint is written out."""
    letters = unicodedata.normalize("NFKD", typed.replace("_", " ")).casefold()
    kept = (letter for letter in letters if not unicodedata.combining(letter) and letter not in ".'\u2019")
    return re.sub(r"^(?:st|sankt) ", "saint ", " ".join("".join(kept).split()))


def cities_named(words: str) -> Sequence[City]:
    """The cities that plain words name, perhaps with a country or a state: "munich", "portland, oregon"."""
    if found := _cities().get(words):
        return found
    return next((found for name, parts in _parted(words) if (found := _within(name, parts))), ())


def parts_named(words: str) -> frozenset[str]:
    """The codes of the countries and states (`GE`, `US-GA`) that plain words name; a code alone names none."""
    known = len(words) > 2 or any(words in others for others in _OTHER_NAMES.values())
    return _parts().get(words.removeprefix("the "), frozenset()) if known else frozenset()


def cities_of(part: str) -> Sequence[City]:
    """The cities of a country or of a state, by its code."""
    return [city for city in _all_cities() if _is_part(city.part, frozenset({part}))]


def without_country(words: str) -> tuple[str, frozenset[str]]:
    """Plain words without the country or state at their end, and its codes; all of them where there is none."""
    return next(_parted(words), (words, frozenset()))


def cities_begun(words: str) -> Iterator[City]:
    """The cities whose names begin with plain words, by name."""
    cities = _cities_in_order()
    start = bisect_left(cities, words, key=attrgetter("name"))
    return takewhile(lambda city: city.name.startswith(words), islice(cities, start, None))


def cities_by_name() -> Mapping[str, Sequence[City]]:
    """All cities by their plain names."""
    return _cities()


@cache
def zones_of_regions() -> Mapping[str, str]:
    """The zones of islands and of parts of countries, by their plain names."""
    return {plain(name): zone for zone, names in _lines("regions.txt") for name in names.split(";")}


def _parted(words: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The ways in which words are a name and a country or state behind it, the shortest country first."""
    pieces = words.replace(",", " ").split()
    for cut in range(len(pieces) - 1, 0, -1):
        if parts := _parts().get(" ".join(pieces[cut:])):
            yield " ".join(pieces[:cut]), parts


def _within(name: str, parts: frozenset[str]) -> Sequence[City]:
    return [city for city in _cities().get(name, ()) if _is_part(city.part, parts)]


def _is_part(part: str, wholes: frozenset[str]) -> bool:
    return part in wholes or part.partition("-")[0] in wholes


def _lines(name: str) -> Iterable[list[str]]:
    lines = _FOLDER.joinpath(name).read_text("utf-8").splitlines()
    return (line.split("\t") for line in lines if not line.startswith("#"))


@cache
def _all_cities() -> Sequence[City]:
    found = []
    for zone, part, cities in _lines("cities.txt"):
        for city in cities.split(";"):
            written, _, inhabitants = city.rpartition(" ")
            found += [City(_bare(name), zone, part, int(inhabitants)) for name in written.split(",")]
    return found


@cache
def _cities_in_order() -> Sequence[City]:
    return sorted(_all_cities(), key=attrgetter("name"))


def _bare(name: str) -> str:
    """The plain form of a written name, without what is in brackets: Halle (Saale) is found as Halle."""
    return plain(name.partition(" (")[0])


@cache
def _cities() -> Mapping[str, Sequence[City]]:
    named: dict[str, list[City]] = defaultdict(list)
    for city in _all_cities():
        named[city.name].append(city)
    return named


@cache
def _parts() -> Mapping[str, frozenset[str]]:
    """The codes of countries and states by their plain names, and by the codes themselves."""
    codes: dict[str, set[str]] = defaultdict(set)
    for code, written in _lines("countries.txt"):
        for name in (*map(plain, written.split(";")), *_OTHER_NAMES.get(code, ()), code.rpartition("-")[2].lower()):
            codes[name.removeprefix("the ")].add(code)
    return {name: frozenset(found) for name, found in codes.items()}
