"""Time zones as people name them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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
        ("calcutta", "Asia/Calcutta"),
        ("Japan", "Asia/Tokyo"),
        ("south korea", "Asia/Seoul"),
        ("uk", "Europe/London"),
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
        # The same letters in three countries.
        ("IST", {"Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"}),
        ("CST", {"America/Chicago", "Asia/Shanghai"}),
    ],
)
def test_an_abbreviation_is_explained(typed: str, near: set[str]) -> None:
    with pytest.raises(NotUnderstood, match=f"{typed.upper()} names a clock, not a place") as raised:
        TimeZone.parse(typed)
    assert near <= set(raised.value.near)


@pytest.mark.parametrize(
    ("typed", "explained", "near"),
    [
        (
            "+2",
            "UTC+2 does not say when the clocks change: "
            "it is kept in Berlin as summer time, in Athens as winter time, in Johannesburg all year.",
            ("Europe/Berlin", "Europe/Athens", "Africa/Johannesburg"),
        ),
        ("utc+02:00", "UTC+2:00 does not say", ("Europe/Berlin", "Europe/Athens", "Africa/Johannesburg")),
        ("GMT \u22125", "UTC\u22125 does not say", ("America/New_York", "America/Chicago", "America/Bogota")),
        ("+5:30", "it is kept in Kolkata all year", ("Asia/Kolkata",)),
        ("+1:15", "No place keeps UTC+1:15", ()),
        ("-99", "No place keeps UTC-99", ()),
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
        ("germany", "Europe/Berlin"),
        ("USA", "America/New_York"),
        ("eastern", "US/Eastern"),
    ],
)
def test_several_places_and_slips_bring_the_likely_ones(typed: str, near: str) -> None:
    with pytest.raises(NotUnderstood) as raised:
        TimeZone.parse(typed)
    assert near in raised.value.near


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("", ["Europe/London", "Europe/Berlin", "America/New_York"]),
        ("ber", ["Europe/Berlin"]),
        ("new y", ["America/New_York"]),
        ("york", ["America/New_York"]),
        ("japa", ["Asia/Tokyo"]),
        ("europe/b", ["Europe/Berlin"]),
        ("CET", ["Europe/Berlin", "Europe/Paris"]),
        ("+2", ["Europe/Berlin", "Europe/Athens", "Africa/Johannesburg"]),
        ("moskow", ["Europe/Moscow"]),
        ("\U0001f3f4", []),
    ],
)
def test_half_a_name_is_completed(typed: str, first: list[str]) -> None:
    found = completions(typed)
    assert found[: len(first)] == first if first else found == []
    assert len(found) <= 25
    assert len(set(found)) == len(found)


def test_every_name_is_read_as_itself() -> None:
    names = [name for name in zones() if "/" in name]
    assert [str(TimeZone.parse(name)) for name in names] == names


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
