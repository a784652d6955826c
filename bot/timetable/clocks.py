"""What the clocks of places show: by which letters they go, and how far they are ahead of UTC."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]  # it is data, and has no types.

TZDATA: Final = Path(tzdata.__file__).parent
"""The database of zones that all names and all rules are from."""

_OFFSET: Final = re.compile(
    r"(?P<etc>etc/)?(?:utc|gmt)? ?(?P<sign>[+\-\u2212])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?", re.ASCII
)

# Which clocks a place keeps is looked up in years that do not move on with the calendar, so that the same words always
# mean the same; in two, as Morocco's clocks go by the moon.
_MONTHS: Final = tuple(datetime(year, month, 15, tzinfo=UTC) for year in (2027, 2028) for month in range(1, 13))
_JANUARY, _JULY = _MONTHS[0], _MONTHS[6]

# Where several places would do, those that most people know come first.
_FAMILIAR: Final = """
    Europe/London Europe/Berlin America/New_York America/Chicago America/Denver America/Los_Angeles Europe/Paris
    Europe/Madrid Europe/Rome Europe/Athens Europe/Helsinki Europe/Kyiv Europe/Istanbul Europe/Moscow Africa/Cairo
    Africa/Lagos Africa/Johannesburg Africa/Nairobi Asia/Kolkata Asia/Shanghai Asia/Tokyo Asia/Singapore Asia/Dubai
    Asia/Jakarta Asia/Jerusalem Australia/Sydney Australia/Perth Pacific/Auckland America/Sao_Paulo America/Mexico_City
    America/Toronto America/Vancouver America/Halifax America/Bogota America/Anchorage Pacific/Honolulu Europe/Dublin
""".split()  # noqa: SIM905 - as a list it would fill a page.

_ABBREVIATIONS: Final = {
    # North Americans name a clock without saying whether it is set forward.
    "ET": "EST",
    "CT": "CST",
    "MT": "MST",
    "PT": "PST",
    "MEZ": "CET",
    "MESZ": "CEST",
    "OEZ": "EET",
    "OESZ": "EEST",
    "WEZ": "WET",
    "WESZ": "WEST",
    "CENTRAL EUROPEAN TIME": "CET",
    "CENTRAL EUROPEAN SUMMER TIME": "CEST",
    "EASTERN EUROPEAN TIME": "EET",
    "WESTERN EUROPEAN TIME": "WET",
    "BRITISH SUMMER TIME": "BST",
    "GREENWICH MEAN TIME": "GMT",
    "ETC/GMT": "GMT",
    "EASTERN STANDARD TIME": "EST",
    "EASTERN DAYLIGHT TIME": "EDT",
    "CENTRAL STANDARD TIME": "CST",
    "CENTRAL DAYLIGHT TIME": "CDT",
    "MOUNTAIN STANDARD TIME": "MST",
    "MOUNTAIN DAYLIGHT TIME": "MDT",
    "PACIFIC STANDARD TIME": "PST",
    "PACIFIC DAYLIGHT TIME": "PDT",
    "INDIAN STANDARD TIME": "IST",
    "MOSCOW TIME": "MSK",
    "MITTELEUROPAISCHE ZEIT": "CET",
    "MITTELEUROPAISCHE SOMMERZEIT": "CEST",
}


class Offset:
    """A distance from UTC as it is typed: "+2", "UTC+05:30", "Etc/GMT+5". `shown` is how it is named: UTC+2."""

    def __init__(self, match: re.Match[str]) -> None:
        # Names such as Etc/GMT+5 count westwards.
        ahead = (match["sign"] == "+") != bool(match["etc"])
        minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
        sign = match["sign"] if not match["etc"] else "+" if ahead else "\u2212"
        self.minutes = minutes if ahead else -minutes
        self.shown = f"UTC{sign}{int(match['hours'])}" + (f":{match['minutes']}" if match["minutes"] else "")
        self.is_reversed = bool(match["etc"])

    @classmethod
    def read(cls, words: str) -> Offset | None:
        """The offset that the whole of plain words is, or None."""
        match = _OFFSET.fullmatch(words)
        return cls(match) if match else None

    def places(self) -> Mapping[str, str]:
        """A place that keeps it in summer, one in winter, and one all year, where there are such, by when."""
        kept: dict[str, str] = {}
        wanted = timedelta(minutes=self.minutes)
        for zone, clocks in _clocks().items():
            low, high = sorted(clock.utcoffset() or timedelta() for clock in clocks)
            if wanted in (low, high):
                when = "all year" if low == high else "as summer time" if wanted == high else "as winter time"
                kept.setdefault(when, zone)
        return kept


@cache
def zones_of_countries() -> Sequence[tuple[str, str]]:
    """The code of a country and one of its zones: one for each part of a country that has clocks of its own."""
    lines = TZDATA.joinpath("zoneinfo", "zone.tab").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(row[0], row[2]) for row in rows]


def by_abbreviation(words: str) -> Sequence[str]:
    """The places whose clocks go by letters such as "cet", or by what they stand for, in winter or in summer."""
    return _by_letters().get(_ABBREVIATIONS.get(words.upper(), words.upper()), ())


@cache
def _by_letters() -> Mapping[str, Sequence[str]]:
    """The places by the letters that their clocks go by; many have none, and are named by an offset."""
    named: dict[str, list[str]] = defaultdict(list)
    for zone, clocks in _clocks().items():
        for letters in {clock.tzname() or "" for clock in clocks}:
            if letters.isalpha():
                named[letters.upper()].append(zone)
    return dict(named)


@cache
def rules(zone: str) -> Sequence[timedelta | None]:
    """How far the clocks of a zone are ahead in each month: two zones that share it keep the same time from now on."""
    info = ZoneInfo(zone)
    return tuple(at.astimezone(info).utcoffset() for at in _MONTHS)


def familiar_first(zones: Iterable[str]) -> Sequence[str]:
    order = {zone: rank for rank, zone in enumerate(_FAMILIAR)}
    return sorted(zones, key=lambda zone: order.get(zone, len(order)))


@cache
def _clocks() -> Mapping[str, tuple[datetime, datetime]]:
    """What the clocks of each place show in winter and in summer, familiar places first."""
    zones = familiar_first([*(zone for _, zone in zones_of_countries()), "UTC"])
    infos = ((zone, ZoneInfo(zone)) for zone in zones)
    return {name: (_JANUARY.astimezone(info), _JULY.astimezone(info)) for name, info in infos}
