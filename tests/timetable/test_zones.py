"""Time zones as people name them."""

from __future__ import annotations

from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.timetable.clocks import rules, zones_of_countries
from bot.timetable.places import cities_by_name, cities_named, plain, zones_of_regions
from bot.timetable.zones import TimeZone, completions
from corpus.errors import NotUnderstood
from tests.timetable.clocks import zones


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (" europe/BERLIN ", "Europe/Berlin"),
        ("america/new york", "America/New_York"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("US/Pacific", "US/Pacific"),
        ("Europe/Kiev", "Europe/Kiev"),
        ("UTC", "UTC"),
        ("utc", "UTC"),
        ("London", "Europe/London"),
        ("new york", "America/New_York"),
        ("S\u00e3o Paulo", "America/Sao_Paulo"),
        ("indianapolis", "America/Indiana/Indianapolis"),
        ("calcutta", "Asia/Kolkata"),
        ("Kiev", "Europe/Kyiv"),
        ("Yellowknife", "America/Yellowknife"),
        ("Zaporozhye", "Europe/Zaporozhye"),
        ("Beijing", "Asia/Shanghai"),
        ("Peking", "Asia/Shanghai"),
        ("Delhi", "Asia/Kolkata"),
        ("Bangalore", "Asia/Kolkata"),
        ("San Francisco", "America/Los_Angeles"),
        ("Seattle", "America/Los_Angeles"),
        ("Boston", "America/New_York"),
        ("NYC", "America/New_York"),
        ("Washington, D.C.", "America/New_York"),
        ("Barcelona", "Europe/Madrid"),
        ("Saint Petersburg", "Europe/Moscow"),
        ("St. Petersburg", "Europe/Moscow"),
        ("Birmingham", "Europe/London"),
        ("Birmingham, Alabama", "America/Chicago"),
        ("Birmingham, USA", "America/Chicago"),
        ("Sydney, Canada", "America/Glace_Bay"),
        ("Portland, Oregon", "America/Los_Angeles"),
        ("portland or", "America/Los_Angeles"),
        ("San Jos\u00e9, Costa Rica", "America/Costa_Rica"),
        ("London, UK", "Europe/London"),
        ("Berlin, Germany", "Europe/Berlin"),
        ("Europe/Munich", "Europe/Berlin"),
        ("Vancouver", "America/Vancouver"),
        ("Hamburg", "Europe/Berlin"),
        ("M\u00fcnchen", "Europe/Berlin"),
        ("Muenchen", "Europe/Berlin"),
        ("K\u00f6ln", "Europe/Berlin"),
        ("Frankfurt", "Europe/Berlin"),
        ("Halle", "Europe/Berlin"),
        ("Wien", "Europe/Vienna"),
        ("Moskau", "Europe/Moscow"),
        ("Rio", "America/Sao_Paulo"),
        ("G\u00f6teborg", "Europe/Stockholm"),
        ("Goteborg", "Europe/Stockholm"),
        ("K\u00f8benhavn", "Europe/Copenhagen"),
        ("Bucure\u0219ti", "Europe/Bucharest"),
        ("Gen\u00e8ve", "Europe/Zurich"),
        ("Praha", "Europe/Prague"),
        ("Roma", "Europe/Rome"),
        ("Rome", "Europe/Rome"),
        ("Milano", "Europe/Rome"),
        ("Odessa", "Europe/Kyiv"),
        ("Odessa, Texas", "America/Chicago"),
        ("Porto", "Europe/Lisbon"),
        ("Kiew", "Europe/Kyiv"),
        ("\u041c\u043e\u0441\u043a\u0432\u0430", "Europe/Moscow"),
        ("\u6771\u4eac", "Asia/Tokyo"),
        ("Bali", "Asia/Makassar"),
        ("Korea", "Asia/Seoul"),
        ("HK", "Asia/Hong_Kong"),
        ("Bay Area", "America/Los_Angeles"),
        ("Italia", "Europe/Rome"),
        ("Polska", "Europe/Warsaw"),
        ("Suisse", "Europe/Zurich"),
        ("Berlin time", "Europe/Berlin"),
        ("London local time", "Europe/London"),
        ("the time in Berlin", "Europe/Berlin"),
        ("UK time", "Europe/London"),
        ("in Rio", "America/Sao_Paulo"),
        ("New-York", "America/New_York"),
        ("Europe-Berlin", "Europe/Berlin"),
        ("europe berlin", "Europe/Berlin"),
        ("Berlin (Germany)", "Europe/Berlin"),
        ("Germany", "Europe/Berlin"),
        ("Deutschland", "Europe/Berlin"),
        ("\u00d6sterreich", "Europe/Vienna"),
        ("Czechia", "Europe/Prague"),
        ("Scotland", "Europe/London"),
        ("Holland", "Europe/Amsterdam"),
        ("the Netherlands", "Europe/Amsterdam"),
        ("Ivory Coast", "Africa/Abidjan"),
        ("T\u00fcrkiye", "Europe/Istanbul"),
        ("California", "America/Los_Angeles"),
        ("EST5EDT", "America/New_York"),
        ("Eastern Time", "America/New_York"),
        ("eastern", "America/New_York"),
        ("Pacific time", "America/Los_Angeles"),
        ("Zulu", "UTC"),
        ("Etc/UTC", "Etc/UTC"),
        ("Japan", "Asia/Tokyo"),
        ("south korea", "Asia/Seoul"),
        ("uk", "Europe/London"),
        ("Chatham Islands", "Pacific/Chatham"),
        ("the Chathams", "Pacific/Chatham"),
        ("Chatham Islands, New Zealand", "Pacific/Chatham"),
        ("the Azores", "Atlantic/Azores"),
        ("Canary Islands", "Atlantic/Canary"),
        ("Easter Island", "Pacific/Easter"),
        ("the Gal\u00e1pagos islands", "Pacific/Galapagos"),
        ("the Falklands", "Atlantic/Stanley"),
        ("Faroes", "Atlantic/Faroe"),
        ("Turks and Caicos", "America/Grand_Turk"),
        ("Fiji Islands", "Pacific/Fiji"),
        ("the Orkney Islands", "Europe/London"),
        ("Mallorca", "Europe/Madrid"),
        ("in Sicily", "Europe/Rome"),
        ("Th\u00fcringen", "Europe/Berlin"),
        ("New South Wales", "Australia/Sydney"),
        ("US East Coast", "America/New_York"),
        ("Burma", "Asia/Yangon"),
        ("time zone of Berlin", "Europe/Berlin"),
        ("Berlin timezone", "Europe/Berlin"),
    ],
)
def test_a_place_is_read(typed: str, zone: str) -> None:
    assert str(TimeZone.parse(typed)) == zone
    assert ZoneInfo(zone)


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("CET", {"Europe/Berlin", "Europe/Paris"}),
        ("cest", {"Europe/Berlin", "Europe/Paris"}),
        ("EST", {"America/New_York"}),
        ("ET", {"America/New_York"}),
        ("PT", {"America/Los_Angeles"}),
        ("MST", {"America/Denver"}),
        ("GMT", {"Europe/London"}),
        ("MSK", {"Europe/Moscow"}),
        ("ChST", {"Pacific/Guam"}),
        ("MEZ", {"Europe/Berlin"}),
        ("mesz", {"Europe/Berlin"}),
        ("OEZ", {"Europe/Athens"}),
        ("Etc/GMT", {"Europe/London"}),
        ("Central European Time", {"Europe/Berlin", "Europe/Paris"}),
        ("Eastern Standard Time", {"America/New_York"}),
        # The same letters in three countries.
        ("IST", {"Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"}),
        ("CST", {"America/Chicago", "Asia/Shanghai"}),
    ],
)
def test_an_abbreviation_is_explained(typed: str, near: set[str]) -> None:
    with pytest.raises(NotUnderstood, match=f"{typed.upper()} doesn't say when the clocks change") as raised:
        TimeZone.parse(typed)
    assert near <= set(raised.value.near)


@pytest.mark.parametrize(
    ("typed", "explained", "near"),
    [
        (
            "+2",
            "UTC+2 doesn't say when the clocks change: "
            "it is kept in Berlin as summer time, in Athens as winter time, in Johannesburg all year.",
            ("Europe/Berlin", "Europe/Athens", "Africa/Johannesburg"),
        ),
        ("utc+02:00", "UTC+2:00 doesn't say", ("Europe/Berlin", "Europe/Athens", "Africa/Johannesburg")),
        ("GMT \u22125", "UTC\u22125 doesn't say", ("America/New_York", "America/Chicago", "America/Bogota")),
        (
            "Etc/GMT+5",
            "That name counts the other way round and is UTC\u22125. UTC\u22125 doesn't say",
            ("America/New_York", "America/Chicago", "America/Bogota"),
        ),
        ("Etc/GMT-2", "is UTC+2. UTC+2 doesn't say", ("Europe/Berlin", "Europe/Athens", "Africa/Johannesburg")),
        ("+5:30", "it is kept in Kolkata all year", ("Asia/Kolkata",)),
        ("+1:15", "No place is at UTC+1:15", ()),
        ("-99", "No place is at UTC-99", ()),
    ],
)
def test_an_offset_is_explained(typed: str, explained: str, near: tuple[str, ...]) -> None:
    with pytest.raises(NotUnderstood) as raised:
        TimeZone.parse(typed)
    assert explained in str(raised.value)
    assert raised.value.near == near


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Berln", "Europe/Berlin"),
        ("moskow", "Europe/Moscow"),
        ("Hamburgg", "Europe/Berlin"),
        ("Beijng", "Asia/Shanghai"),
        ("USA", "America/New_York"),
        ("Spain", "Atlantic/Canary"),
        ("Texas", "America/Denver"),
        ("Georgia", "Asia/Tbilisi"),
        ("Georgia", "America/New_York"),
        ("Washington", "America/New_York"),
        ("Washington", "America/Los_Angeles"),
        ("San Jose", "America/Los_Angeles"),
        ("San Jose", "America/Costa_Rica"),
        ("Cambridge", "Europe/London"),
        ("Cambridge", "America/Toronto"),
        ("Chathan Islands", "Pacific/Chatham"),
        ("New Zeland", "Pacific/Auckland"),
        ("Austrlia", "Australia/Sydney"),
        ("same as London", "Europe/London"),
        ("Paris, Texas", "Europe/Paris"),
        ("Eastern Time (US & Canada)", "America/New_York"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
    ],
)
def test_several_places_and_slips_bring_the_likely_ones(typed: str, near: str) -> None:
    with pytest.raises(NotUnderstood) as raised:
        TimeZone.parse(typed)
    assert near in raised.value.near


@pytest.mark.parametrize("typed", ["CET", "USA", "Bxrlin"])
def test_an_error_names_five_places_at_most(typed: str) -> None:
    with pytest.raises(NotUnderstood) as raised:
        TimeZone.parse(typed)
    assert len(raised.value.near) == (5 if typed.isupper() else 1)


@pytest.mark.parametrize("typed", ["", " ", ".", "'", "/", "()", "Berlin".rjust(81), "x" * 1000])
def test_what_has_no_letters_or_is_longer_than_any_place_is_none(typed: str) -> None:
    assert TimeZone.parse("Berlin".rjust(80)).name == "Europe/Berlin"
    with pytest.raises(NotUnderstood, match="I don't know that time zone") as raised:
        TimeZone.parse(typed)
    assert raised.value.near == ()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("", ["Europe/London", "Europe/Berlin", "America/New_York"]),
        ("ber", ["Europe/Berlin"]),
        ("new y", ["America/New_York"]),
        ("w york", ["America/New_York"]),
        ("japa", ["Asia/Tokyo"]),
        ("europe/b", ["Europe/Berlin"]),
        ("hamb", ["Europe/Berlin"]),
        ("san fr", ["America/Los_Angeles"]),
        ("CET", ["Europe/Berlin", "Europe/Paris"]),
        ("+2", ["Europe/Berlin", "Europe/Athens", "Africa/Johannesburg"]),
        ("moskow", ["Europe/Moscow"]),
        ("mallo", ["Europe/Madrid"]),
        ("\U0001f3f4", []),
    ],
)
def test_half_a_name_is_completed(typed: str, first: list[str]) -> None:
    found = completions(typed)
    assert found[: len(first)] == first if first else found == []
    assert len(found) <= 25 == len(completions(""))
    assert len(set(found)) == len(found)


def test_every_name_is_read_as_itself() -> None:
    names = [name for name in zones() if "/" in name and not name.startswith("Etc/GMT")]
    assert [str(TimeZone.parse(name)) for name in names] == names


@pytest.mark.parametrize(
    ("line", "many"),
    [
        ("Europe/London mon wed fri", 1),
        ("New York weekdays", 2),
        ("London, UK weekdays", 2),
        ("San Jos\u00e9, Costa Rica mon", 4),
        ("San Jose mon", 2),
        ("Eastern Time mon", 2),
        ("Berlin mo mi fr", 1),
        ("Berlin so", 1),
        ("CET mon", 1),
        ("new y", 2),
        ("nonsense words", 1),
        ("Chatham Islands mon", 2),
        ("Chathan Islands mon", 2),
        ("the Chatham Islands mon wed", 3),
        ("Chatham mon", 1),
    ],
)
def test_the_words_of_a_zone_are_parted_from_what_follows(line: str, many: int) -> None:
    assert TimeZone.leading_words(line.split()) == many


def test_every_place_listed_is_in_a_zone_of_the_database() -> None:
    listed = {city.zone for cities in cities_by_name().values() for city in cities}
    assert listed <= available_timezones()
    assert len(listed) > 250
    assert "" not in cities_by_name()
    assert sum(len(cities) for cities in cities_by_name().values()) > 6000


def test_every_region_is_read_and_hides_no_city() -> None:
    for name, zone in zones_of_regions().items():
        assert TimeZone.parse(name).name == zone
        assert not cities_named(name), name


def names_of_countries() -> dict[str, list[str]]:
    """The names of each country and state by its code; a name of two letters could be a code."""
    lines = files("bot.timetable").joinpath("countries.txt").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {code: [name for name in written.split(";") if len(plain(name)) > 2] for code, written in rows}


def test_every_country_is_found_by_its_names_or_offered() -> None:
    named = names_of_countries()
    for code, zone in zones_of_countries():
        for name in named.get(code, ()):
            try:
                found = [TimeZone.parse(name).name]
            except NotUnderstood as error:
                found = [*error.near]
            whole = [other for country, other in zones_of_countries() if country == code]
            assert {rules(one) for one in found} & {rules(one) for one in whole}, (name, zone)


@given(st.text())
@example("@everyone `||` <@1>")
@example("x" * 10_000)
@example("../../etc/localtime")
@example("Europe")
def test_anything_typed_is_read_or_told_without_repeating_it(typed: str) -> None:
    sentence, names = "", [*completions(typed)]
    try:
        names.append(TimeZone.parse(typed).name)
    except NotUnderstood as error:
        sentence = str(error)
        names.extend(error.near)
    assert not set(sentence) & set("@`|<>*_#")
    assert [TimeZone.parse(name).name for name in names] == names
