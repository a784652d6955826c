"""Time zones as people name them: by city, by country, or by their name in the IANA database.

An abbreviation or an offset is no zone: "CET" and "+2" say what the clocks show today and not when they change, and
"IST" is Indian, Israeli and Irish. Those are explained, with the places they are likely to mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, Self

from msgspec import Struct

from bot.timetable.clocks import TZDATA, Offset, by_abbreviation, familiar_first, rules, zones_of_countries
from bot.timetable.places import (
    cities_begun,
    cities_by_name,
    cities_named,
    cities_of,
    parts_named,
    plain,
    without_country,
    zones_of_regions,
)
from corpus.errors import NotUnderstood

_NEAR: Final = 5
"""Places that an error names at most."""
_LONGEST: Final = 80
"""Characters of the longest name of a place; nothing longer is looked at."""
_COMPLETIONS: Final = 25
_MOST_WORDS: Final = 6
_LEAST_LETTERS: Final = 4
"""Letters of a name that is looked for among other words: Ho and Man are cities."""

_OTHER_NAMES: Final = {
    **dict.fromkeys(("eastern", "eastern time", "est5edt", "us eastern time"), "America/New_York"),
    **dict.fromkeys(("central", "central time", "cst6cdt", "us central time"), "America/Chicago"),
    **dict.fromkeys(("mountain", "mountain time", "mst7mdt", "us mountain time"), "America/Denver"),
    **dict.fromkeys(("pacific", "pacific time", "pst8pdt", "us pacific time"), "America/Los_Angeles"),
    **dict.fromkeys(("atlantic time",), "America/Halifax"),
    **dict.fromkeys(("alaska time",), "America/Anchorage"),
    **dict.fromkeys(("hawaii time",), "Pacific/Honolulu"),
    **dict.fromkeys(("z", "zulu", "zulu time", "utc time", "universal", "universal time", "uct"), "UTC"),
    **dict.fromkeys(("coordinated universal time", "weltzeit"), "UTC"),
    "la": "America/Los_Angeles",
    "sf": "America/Los_Angeles",
    "eire": "Europe/Dublin",
    "barcelona": "Europe/Madrid",
    "bali": "Asia/Makassar",
    "korea": "Asia/Seoul",
    "hk": "Asia/Hong_Kong",
    "kl": "Asia/Kuala_Lumpur",
    "hcmc": "Asia/Ho_Chi_Minh",
    **dict.fromkeys(("bay area", "silicon valley"), "America/Los_Angeles"),
    **dict.fromkeys(("british time", "greenwich"), "Europe/London"),
    "german time": "Europe/Berlin",
}
"""What no list of places has: names of clocks, short names, and cities that are meant though another is as large."""

_TIME: Final = re.compile(
    r"^(?:(?:the )?(?:local )?time(?: ?zone)? )?(?:in|of|near) (?:the )?|^the |(?: local)? time(?: ?zone)?$"
)
_ISLANDS: Final = re.compile(r" (?:islands?|isles?|atoll|archipelago|inseln?)$")
_OCEANS: Final = ("Atlantic/", "Indian/", "Pacific/")
_REGION: Final = re.compile(r"^(?:africa|america|asia|australia|europe|pacific) (?=.)")
_MUCH_LARGER: Final = 3.5
"""How many times as large as all others of its name a city is that everybody means."""
_KNOWN_BY_ITS_ZONE: Final = 3
"""How many times as large a city counts that has a zone named after it."""


class TimeZone(Struct, frozen=True):
    """A zone of the IANA database. Shown, and kept, by its name: `Europe/Berlin`."""

    name: str

    @classmethod
    def parse(cls, typed: str, corpus: object = None) -> Self:
        """The zone that `typed` names: "Europe/Berlin", "Munich", "Portland, Oregon", "Japan". Raises NotUnderstood."""
        try:
            return cls(_zone(typed))
        except _Unknown as unknown:
            near = _like(plain(typed), _NEAR) if len(typed) <= _LONGEST else ()
            raise NotUnderstood(str(unknown), near) from None

    @classmethod
    def leading_words(cls, words: Sequence[str]) -> int:
        """How many words at the beginning are a zone, or begin the name of one: two of "New York mon wed"."""
        for many in range(min(len(words), _MOST_WORDS), 1, -1):
            name = " ".join(words[:many])
            if _is_known(name) or _begun(plain(name)):
                return many
        return _words_of_islands(words[:_MOST_WORDS])

    def __str__(self) -> str:
        return self.name


def completions(typed: str) -> Sequence[str]:
    """Names of zones for a city, a country, an abbreviation or an offset that is half typed, the likeliest first."""
    words = plain(typed[:_LONGEST])
    if offset := Offset.read(words):
        return [*offset.places().values()][:_COMPLETIONS]
    within = [place.zone for place in _places() if words in place.names]
    found = [*_begun(words), *by_abbreviation(words), *familiar_first(within)]
    return [*dict.fromkeys(found or _like(words, _COMPLETIONS))][:_COMPLETIONS]


class _Unknown(NotUnderstood):
    """Nothing at all goes by that name."""


class _Place(NamedTuple):
    """A zone that people live in, and the plain words it is found by. `names` has all but its city's, a line each."""

    zone: str
    names: str
    city: str
    countries: tuple[str, ...]


def _zone(typed: str) -> str:
    words = plain(typed) if len(typed) <= _LONGEST else ""
    if exact := _by_name().get(words):
        return exact
    if offset := Offset.read(words):
        raise _explained_offset(offset)
    bare = _bare(words)
    found = _zones_of(words.rpartition("/")[2].strip()) or _zones_of(bare) or _zones_of_islands(bare)
    if len(found) == 1:
        return found[0]
    if found:
        raise NotUnderstood("More than one time zone goes by that name.", found[:_NEAR])
    if places := by_abbreviation(words):
        raise NotUnderstood(
            f"{words.upper()} doesn't say when the clocks change. Pick a city that uses it.",
            places[:_NEAR],
        )
    raise _Unknown("I don't know that time zone. Pick a big city in it, for example Berlin.")


def _words_of_islands(words: Sequence[str]) -> int:
    """How many words at the beginning are islands that nobody knows: "Islands" is no day of the week."""
    ends = (many for many in range(2, len(words) + 1) if _ISLANDS.search(plain(" ".join(words[:many]))))
    return next(ends, 1)


def _bare(words: str) -> str:
    """The place in plain words without what is around it: "berlin" of "time in berlin" or "europe-berlin"."""
    spaced = " ".join(re.sub("[-()/]", " ", words).split())
    return _REGION.sub("", _TIME.sub("", spaced))


def _is_known(typed: str) -> bool:
    """Whether words name a zone, or something that can be explained."""
    try:
        return bool(_zone(typed.rstrip(",;")))
    except _Unknown:
        return False
    except NotUnderstood:
        return True


def _city(zone: str) -> str:
    return plain(zone.rpartition("/")[2])


@cache
def _by_name() -> Mapping[str, str]:
    """Names by their plain form. Without a slash they are abbreviations and relics, but for UTC; Etc/GMT+5 is none."""
    names = (TZDATA / "zones").read_text("utf-8").split()
    return {plain(name): name for name in names if ("/" in name and "GMT" not in name) or name == "UTC"}


@cache
def _country_names() -> Mapping[str, tuple[str, ...]]:
    """The plain names of each country by its code: `Korea (South)` is both `korea` and `south korea`."""
    lines = TZDATA.joinpath("zoneinfo", "iso3166.tab").read_text("utf-8").splitlines()
    names: dict[str, tuple[str, ...]] = {}
    for code, written in (line.split("\t") for line in lines if not line.startswith("#")):
        name, _, which = plain(written).removesuffix(")").partition(" (")
        names[code] = (name, f"{which} {name}") if which else (name,)
    return names


@cache
def _places() -> Sequence[_Place]:
    """The zones of all countries, one for each part of a country that has clocks of its own."""
    zones = [(zone, _country_names()[code]) for code, zone in zones_of_countries()]
    each = [_Place(zone, "\n".join((plain(zone), *of)), _city(zone), of) for zone, of in zones]
    return [*each, _Place("UTC", "utc", "utc", ())]


def _zones_of(words: str) -> Sequence[str]:
    """The zones of the place that plain words name, the likeliest first: one, unless it is in doubt which is meant."""
    if other := _OTHER_NAMES.get(words) or zones_of_regions().get(words):
        return [other]
    parts = parts_named(words) | {code for code, names in _country_names().items() if words in names}
    cities = _sizes_of_cities(words)
    if not cities or any("-" not in part for part in parts):
        return _with_clocks_of_their_own(familiar_first(_zones_of_parts(parts)))
    if states := {part for part in parts if "-" in part}:
        cities |= {zone: 0.0 for zone in _zones_of_parts(states) if zone not in cities}
    zones = _with_clocks_of_their_own(sorted(cities, key=lambda zone: -cities[zone]))
    if len(zones) > 1 and cities[zones[0]] >= _MUCH_LARGER * cities[zones[1]] and not states:
        return zones[:1]
    return zones


def _zones_of_islands(words: str) -> Sequence[str]:
    """The zone of islands that are known as islands or without: Chatham Islands, the Chathams, the Falklands."""
    name, _ = without_country(words)
    alone = _ISLANDS.sub("", name if _ISLANDS.search(name) else words)
    for name in (alone, alone.removesuffix("s")):
        in_oceans = [zone for zone in _zones_of_own_name(name) if zone.startswith(_OCEANS)]
        if found := in_oceans or _zones_of_parts(parts_named(f"{name} islands")) or _zones_of(f"{name} island"):
            return found
    return ()


def _sizes_of_cities(words: str) -> dict[str, float]:
    """The zones of the cities of a name, by the size of the largest."""
    sizes: dict[str, float] = {}
    for city in cities_named(words):
        sizes[city.zone] = max(sizes.get(city.zone, 1), city.inhabitants)
    for zone in _zones_of_own_name(words):
        sizes[zone] = _KNOWN_BY_ITS_ZONE * sizes.get(zone, 1)
    return sizes


def _zones_of_own_name(words: str) -> Sequence[str]:
    """The zones named after a city. Names kept for old times' sake count only where there is no other."""
    name, parts = without_country(words)
    today = [place.zone for place in _places() if place.city == words]
    there = [zone for code, zone in zones_of_countries() if code in parts and _city(zone) == name] if parts else []
    if found := today or there:
        return found
    if cities_named(words):
        return ()
    return _zones_by_city().get(words, ())


@cache
def _zones_by_city() -> Mapping[str, Sequence[str]]:
    """The zones by the plain names of the cities that they are named after."""
    zones: dict[str, list[str]] = {}
    for zone in _by_name().values():
        if not zone.startswith("Etc/"):
            zones.setdefault(_city(zone), []).append(zone)
    return zones


def _zones_of_parts(parts: Iterable[str]) -> Sequence[str]:
    """The zones of countries and states, by their codes."""
    of_countries = [zone for code, zone in zones_of_countries() if code in parts]
    of_states = [city.zone for part in parts if "-" in part for city in cities_of(part)]
    return [*dict.fromkeys((*of_countries, *of_states))]


def _with_clocks_of_their_own(zones: Iterable[str]) -> Sequence[str]:
    """Of zones that keep the same time from now on, the first."""
    first: dict[object, str] = {}
    for zone in zones:
        first.setdefault(rules(zone), zone)
    return [*first.values()]


def _begun(words: str) -> Sequence[str]:
    """The zones of cities and regions whose names begin with plain words, those with zones of their own first."""
    of_cities = sorted(cities_begun(words), key=lambda city: -city.inhabitants) if words else ()
    own = familiar_first(place.zone for place in _places() if place.city.startswith(words))
    regions = (zone for name, zone in zones_of_regions().items() if words and name.startswith(words))
    return [*own, *(city.zone for city in of_cities), *regions]


def _explained_offset(offset: Offset) -> NotUnderstood:
    places, shown = offset.places(), offset.shown
    if not places:
        return NotUnderstood(f"No place is at {shown}. Pick a big city in your time zone, for example Berlin.")
    kept = ", ".join(f"in {_title(zone)} {when}" for when, zone in places.items())
    reverse = f"That name counts the other way round and is {shown}. " if offset.is_reversed else ""
    return NotUnderstood(
        f"{reverse}{shown} doesn't say when the clocks change: it is kept {kept}. Pick a city near you.",
        [*places.values()],
    )


def _title(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _like(words: str, limit: int) -> Sequence[str]:
    """Zones of the places whose names are among the words, then of those that are spelt nearly so."""
    from rapidfuzz import fuzz, process

    spelt = (words, _ISLANDS.sub("", words))
    found = (process.extract(one, _names().keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=80) for one in spelt)
    names = [*_names_among(words), *(name for names in found for name, _, _ in names)]
    return [*dict.fromkeys(zone for name in names for zone in _zones_of(name))][:_COMPLETIONS]


def _names_among(words: str) -> Sequence[str]:
    """The longest names of places in plain words: "berlin" of "the one berlin has"."""
    pieces = re.findall(r"[^\W_]+(?:-[^\W_]+)*", words)
    runs = (
        " ".join(pieces[start : start + many])
        for many in range(min(len(pieces), _MOST_WORDS), 0, -1)
        for start in range(len(pieces) - many + 1)
    )
    return [name for name in runs if len(name) >= _LEAST_LETTERS and name in _names()]


@cache
def _names() -> Mapping[str, None]:
    """The plain names of all places, always in the same order."""
    own = (name for place in _places() for name in (*place.countries, place.city))
    return dict.fromkeys((*own, *cities_by_name(), *zones_of_regions(), *_OTHER_NAMES))
