"""Time zones as people name them: by city, by country, or by their name in the IANA database.

An abbreviation or an offset is no zone: "CET" and "+2" say what the clocks show today and not when they change, and
"IST" is Indian, Israeli and Irish. Those are explained, with the places they are likely to mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple, Self
from zoneinfo import ZoneInfo

from msgspec import Struct
from rapidfuzz import fuzz, process

from corpus.errors import NotUnderstood

_TZDATA: Final = files("tzdata")

_OFFSET = re.compile(r"(?:utc|gmt)? ?([+\-\u2212])([0-9]{1,2})(?::?([0-9]{2}))?", re.ASCII)

# Which clocks a place keeps is looked up in the middle of a winter and of a summer, in a year that does not move on
# with the calendar, so that the same words always mean the same.
_JANUARY: Final = datetime(2026, 1, 15, tzinfo=UTC)
_JULY: Final = datetime(2026, 7, 15, tzinfo=UTC)

# Where several places would do, those that most people know come first.
_FAMILIAR: Final = """
    Europe/London Europe/Berlin America/New_York America/Chicago America/Denver America/Los_Angeles Europe/Paris
    Europe/Madrid Europe/Rome Europe/Athens Europe/Helsinki Europe/Kyiv Europe/Istanbul Europe/Moscow Africa/Cairo
    Africa/Lagos Africa/Johannesburg Africa/Nairobi Asia/Kolkata Asia/Shanghai Asia/Tokyo Asia/Singapore Asia/Dubai
    Asia/Jakarta Asia/Jerusalem Australia/Sydney Australia/Perth Pacific/Auckland America/Sao_Paulo America/Mexico_City
    America/Toronto America/Vancouver America/Halifax America/Bogota America/Anchorage Pacific/Honolulu Europe/Dublin
""".split()  # noqa: SIM905 - as a list it would fill a page.

# How many places an error names at most.
_NEAR: Final = 5

# North Americans name a clock without saying whether it is set forward.
_EITHER: Final = {"ET": "EST", "CT": "CST", "MT": "MST", "PT": "PST"}
_COUNTRY_WORDS: Final = {"us": "US", "usa": "US", "uk": "GB", "united kingdom": "GB"}


class TimeZone(Struct, frozen=True):
    """A zone of the IANA database. Shown, and kept, by its name: `Europe/Berlin`."""

    name: str

    @classmethod
    def parse(cls, typed: str, corpus: object = None) -> Self:
        """The zone that `typed` names: "Europe/Berlin", "new york", "Japan", "UTC". Raises NotUnderstood."""
        words = _plain(typed)
        if exact := _by_name().get(words):
            return cls(exact)
        if offset := _OFFSET.fullmatch(words):
            raise _explained_offset(offset)
        found = _by_city(words) or _by_country().get(words, ())
        if len(found) == 1:
            return cls(found[0])
        if found:
            raise NotUnderstood("More than one time zone goes by that name.", _familiar_first(found)[:_NEAR])
        if places := _by_abbreviation(words.upper()):
            raise NotUnderstood(
                f"{words.upper()} names a clock, not a place, and does not say when the clocks change. "
                "Name a place that uses it.",
                places[:_NEAR],
            )
        raise NotUnderstood('Name the time zone by a big city in it, such as "Europe/Berlin".', _like(words, _NEAR))

    def __str__(self) -> str:
        return self.name


def completions(typed: str, limit: int = 25) -> Sequence[str]:
    """Names of zones for a city, a country, an abbreviation or an offset that is half typed, the likeliest first."""
    words = _plain(typed)
    if offset := _OFFSET.fullmatch(words):
        return [*_at_offset(_minutes(offset)).values()][:limit]
    begun = [place.zone for place in _places() if place.city.startswith(words)]
    within = [place.zone for place in _places() if any(words in name for name in (place.name, *place.countries))]
    found = [*_familiar_first(begun), *_by_abbreviation(words.upper()), *_familiar_first(within)]
    return [*dict.fromkeys(found or _like(words, limit))][:limit]


class _Place(NamedTuple):
    """A zone that people live in, and the plain words it is found by."""

    zone: str
    name: str
    city: str
    countries: tuple[str, ...]


def _plain(typed: str) -> str:
    """Without case, accents, underscores and spare spaces."""
    letters = unicodedata.normalize("NFKD", typed.replace("_", " ")).casefold()
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _city(zone: str) -> str:
    return _plain(zone.rpartition("/")[2])


@cache
def _by_name() -> Mapping[str, str]:
    """Names by their plain form. Without a slash they are abbreviations and relics, but for UTC."""
    names = (_TZDATA / "zones").read_text("utf-8").split()
    return {_plain(name): name for name in names if "/" in name or name == "UTC"}


def _table(name: str) -> Iterable[list[str]]:
    lines = _TZDATA.joinpath("zoneinfo", name).read_text("utf-8").splitlines()
    return (line.split("\t") for line in lines if not line.startswith("#"))


@cache
def _country_names() -> Mapping[str, tuple[str, ...]]:
    """The plain names of each country by its code: `Korea (South)` is both `korea` and `south korea`."""
    names: dict[str, tuple[str, ...]] = {}
    for code, written in _table("iso3166.tab"):
        name, _, which = _plain(written).removesuffix(")").partition(" (")
        names[code] = (name, f"{which} {name}") if which else (name,)
    return names


@cache
def _places() -> Sequence[_Place]:
    """The zones of all countries, one for each part of a country that has clocks of its own."""
    return [
        _Place(zone, _plain(zone), _city(zone), _country_names()[code]) for code, _, zone, *_ in _table("zone.tab")
    ] + [_Place("UTC", "utc", "utc", ())]


@cache
def _by_country() -> Mapping[str, Sequence[str]]:
    zones: dict[str, list[str]] = defaultdict(list)
    for code, _, zone, *_ in _table("zone.tab"):
        for name in (*_country_names()[code], *(word for word, meant in _COUNTRY_WORDS.items() if meant == code)):
            zones[name].append(zone)
    return zones


def _by_city(words: str) -> Sequence[str]:
    """The zones of a city. Names that the database keeps for old times' sake count only where there is no other."""
    today = [place.zone for place in _places() if place.city == words]
    return today or [zone for zone in _by_name().values() if _city(zone) == words and not zone.startswith("Etc/")]


@cache
def _clocks() -> Mapping[str, tuple[datetime, datetime]]:
    """What the clocks of each place show in winter and in summer, familiar places first."""
    zones = ((zone, ZoneInfo(zone)) for zone in _familiar_first(place.zone for place in _places()))
    return {name: (_JANUARY.astimezone(zone), _JULY.astimezone(zone)) for name, zone in zones}


def _by_abbreviation(letters: str) -> Sequence[str]:
    """The places whose clocks go by these letters in winter or in summer."""
    if not 2 <= len(letters) <= 5 or not letters.isalpha():
        return ()
    wanted = _EITHER.get(letters, letters)
    return [zone for zone, clocks in _clocks().items() if wanted in {clock.tzname() for clock in clocks}]


def _minutes(offset: re.Match[str]) -> int:
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    return minutes if offset[1] == "+" else -minutes


def _at_offset(minutes: int) -> Mapping[str, str]:
    """A place that keeps an offset in summer, one in winter, and one all year, where there are such."""
    kept: dict[str, str] = {}
    wanted = timedelta(minutes=minutes)
    for zone, clocks in _clocks().items():
        low, high = sorted(clock.utcoffset() or timedelta() for clock in clocks)
        if wanted in (low, high):
            when = "all year" if low == high else "as summer time" if wanted == high else "as winter time"
            kept.setdefault(when, zone)
    return kept


def _explained_offset(offset: re.Match[str]) -> NotUnderstood:
    places = _at_offset(_minutes(offset))
    shown = f"UTC{offset[1]}{int(offset[2])}" + (f":{offset[3]}" if offset[3] else "")
    if not places:
        return NotUnderstood(f'No place keeps {shown}. Name a big city in your time zone, such as "Europe/Berlin".')
    kept = ", ".join(f"in {_title(zone)} {when}" for when, zone in places.items())
    return NotUnderstood(
        f"{shown} does not say when the clocks change: it is kept {kept}. Name the place whose clocks you follow.",
        [*places.values()],
    )


def _title(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _like(words: str, limit: int) -> Sequence[str]:
    """Zones whose city or country is spelt nearly so."""
    named = {name: place.zone for place in _places() for name in (*place.countries, place.city)}
    found = process.extract(words[:64], named.keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=70)
    return [*dict.fromkeys(named[name] for name, _, _ in found)]


def _familiar_first(zones: Iterable[str]) -> Sequence[str]:
    order = {zone: rank for rank, zone in enumerate(_FAMILIAR)}
    return sorted(zones, key=lambda zone: order.get(zone, len(order)))
