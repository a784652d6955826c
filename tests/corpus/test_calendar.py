"""Dates in both calendars, as they are typed and as they are shown."""

from __future__ import annotations

import calendar as civil
from datetime import date, timedelta

import pytest
from convertdate import julian  # type: ignore[import-untyped]  # it ships no types
from hypothesis import given
from hypothesis import strategies as st

from corpus.calendar import MONTHS, Calendar, DateQuery, HistoricalDate
from corpus.date_reading import read_date
from corpus.errors import NotUnderstood

CALENDARS: list[Calendar] = ["julian", "gregorian"]
days = st.dates(date(1500, 1, 1), date(2100, 12, 31))


@given(days)
def test_conversion_agrees_with_convertdate(day: date) -> None:
    old = HistoricalDate(day.year, day.month, day.day).old_style
    assert (old.year, old.month, old.day) == julian.from_gregorian(day.year, day.month, day.day)
    assert old.calendar == "julian"
    assert old.first == old.last == day
    assert old.new_style == HistoricalDate(day.year, day.month, day.day)


@given(st.integers(1500, 2100), st.integers(1, 12), st.sampled_from(CALENDARS))
def test_a_month_lasts_until_the_next_begins(year: int, month: int, calendar: Calendar) -> None:
    this = HistoricalDate(year, month, calendar=calendar)
    following = HistoricalDate(year + month // 12, month % 12 + 1, calendar=calendar)
    assert this.last + timedelta(days=1) == following.first
    assert HistoricalDate(year, calendar=calendar).first <= this.first


@pytest.mark.parametrize(
    ("written", "calendar", "shown"),
    [
        ("1917-10-24", "julian", "6 November 1917 (New Style), 24 October 1917 (Old Style)"),
        ("1917-11-08", "gregorian", "8 November 1917 (New Style), 26 October 1917 (Old Style)"),
        ("1918-01-31", "julian", "13 February 1918 (New Style), 31 January 1918 (Old Style)"),
        ("1918-02-14", "gregorian", "14 February 1918 (New Style), 1 February 1918 (Old Style, no longer in use)"),
        ("1940-08-20", "gregorian", "20 August 1940 (New Style), 7 August 1940 (Old Style, no longer in use)"),
        ("1900-02-29", "julian", "13 March 1900 (New Style), 29 February 1900 (Old Style)"),
        ("1917-02", "julian", "February 1917 (Old Style)"),
        ("1917-11", "gregorian", "November 1917 (New Style)"),
        ("1940-08", "gregorian", "August 1940"),
        ("1917", "julian", "1917"),
    ],
)
def test_both_calendars_are_shown(written: str, calendar: Calendar, shown: str) -> None:
    assert HistoricalDate.from_iso(written, calendar).both() == shown


@pytest.mark.parametrize("written", ["", "x", "1917-13", "1917-02-30", "0000", "1917-10-24 ", "17-10-24", "1917-1-1"])
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"^(There is no|The year|“)"):
        HistoricalDate.from_iso(written, "julian")


def test_a_leap_day_is_in_the_calendar_that_has_it() -> None:
    assert HistoricalDate.from_iso("1900-02-29", "julian").day == 29
    with pytest.raises(ValueError, match="Julian"):
        HistoricalDate.from_iso("1900-02-29", "gregorian")


DAYS = """
20 August 1940; August 20, 1940; 20th of August 1940; the 20th of August, 1940; on 20 August 1940; 1940-08-20;
20.8.1940; 20/08/1940; 8/20/1940; 20-8-1940; 1940/08/20; 20 Aug 1940; Aug. 20, 1940; aug 20th 1940; 20Aug1940;
1940 August 20;
20\u20138\u20131940;  20   AUGUST   1940 ; \uff12\uff10 August \uff11\uff19\uff14\uff10; 20\u200b August 1940
"""


@pytest.mark.parametrize("typed", DAYS.split(";"))
def test_every_usual_form_of_a_day_is_read(typed: str) -> None:
    assert read_date(typed) == DateQuery(1940, 8, 20)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("August 1940", DateQuery(1940, 8)),
        ("1940-08", DateQuery(1940, 8)),
        ("Sept 1917", DateQuery(1917, 9)),
        ("1917", DateQuery(1917)),
        ("in 1917", DateQuery(1917)),
        ("Aug 20", DateQuery(None, 8, 20)),
        ("20 aug", DateQuery(None, 8, 20)),
        ("29 February", DateQuery(None, 2, 29)),
        ("3.3.1917", DateQuery(1917, 3, 3)),
        ("29 Feb 1900", DateQuery(1900, 2, 29)),
        ("24 October 1917 OS", DateQuery(1917, 10, 24, "julian")),
        ("24 October 1917 (O.S.)", DateQuery(1917, 10, 24, "julian")),
        ("October 24, 1917, Old Style", DateQuery(1917, 10, 24, "julian")),
        ("6 nov 1917 n.s.", DateQuery(1917, 11, 6, "gregorian")),
        ("1917-11-06 new style", DateQuery(1917, 11, 6, "gregorian")),
    ],
)
def test_parts_and_calendars_are_read(typed: str, query: DateQuery) -> None:
    assert read_date(typed) == query


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "gunpowder",
        "october",
        "may",
        "20 jails 1917",
        "4.2",
        "speech 4.2",
        "24",
        "1917 uprising",
        "OS",
        "Aug 201940",
    ],
)
def test_what_is_no_date_is_none(typed: str) -> None:
    assert read_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("30 February 1917", "There is no 30 February 1917: February 1917 has 28 days."),
        ("31 April", "There is no 31 April: April has 30 days."),
        ("Aug 40", "four figures"),
        ("1917-13", "There is no month 13"),
        ("32.13.1917", "There is no month"),
        ("29 Feb 1900 NS", "29 February 1900 Old Style"),
        ("29 Feb 1901 OS", "February 1901 has 28 days"),
        ("0000", "The year 0 is out of reach"),
        ("0 May 1917", "May 1917 has 31 days"),
    ],
)
def test_a_date_that_does_not_exist_is_told(typed: str, says: str) -> None:
    with pytest.raises(NotUnderstood, match=says):
        read_date(typed)


def test_a_date_that_people_read_in_two_ways_is_asked_about() -> None:
    with pytest.raises(NotUnderstood, match="month's name") as raised:
        read_date("3/4/1917")
    assert raised.value.near == ("3 April 1917", "4 March 1917")
    assert [read_date(near) for near in raised.value.near] == [DateQuery(1917, 4, 3), DateQuery(1917, 3, 4)]


def test_a_day_is_found_in_either_calendar_unless_one_is_named() -> None:
    night = HistoricalDate.from_iso("1917-10-24", "julian")
    asked = {typed: read_date(typed) for typed in ("24 October 1917", "6 November 1917", "Oct 24", "Nov 6", "1917")}
    assert all(query and query.matches(night) for query in asked.values())
    named = {
        typed: read_date(typed) for typed in ("24 October 1917 NS", "6 November 1917 OS", "1918", "7 November 1917")
    }
    assert not any(query and query.matches(night) for query in named.values())


def test_a_vague_date_answers_no_precise_question() -> None:
    month = HistoricalDate.from_iso("1917-02", "julian")
    assert DateQuery(1917).matches(month)
    assert DateQuery(1917, 2).matches(month)
    assert not DateQuery(1917, 2, 23).matches(month)
    assert not DateQuery(1917, 2).matches(HistoricalDate(1917))
    assert not DateQuery(1917, 3).matches(month)
    assert DateQuery(1917, 3, None, "gregorian").matches(month), "a Julian February reaches into a Gregorian March"


@given(days, st.sampled_from(CALENDARS), st.sampled_from(["day", "month", "year"]))
def test_what_is_shown_is_read_back(day: date, calendar: Calendar, precision: str) -> None:
    parts = {"year": (day.year,), "month": (day.year, day.month), "day": (day.year, day.month, min(day.day, 28))}[
        precision
    ]
    shown = HistoricalDate(*parts, calendar=calendar)  # type: ignore[misc, arg-type]  # one to three numbers
    for query in (read_date(str(shown)), read_date(f"{shown} {'OS' if calendar == 'julian' else 'NS'}")):
        assert query is not None
        assert query.matches(shown)
        interval = query.as_interval()
        assert interval is not None
        assert interval[0] <= shown.first <= shown.last <= interval[1]


def test_a_day_of_no_year_is_no_interval() -> None:
    assert DateQuery(None, 8, 20).as_interval() is None
    assert DateQuery(1900, 2, 29).as_interval() == (date(1900, 3, 13), date(1900, 3, 13))


@given(st.integers(0, 9999), st.integers(0, 14), st.integers(0, 33), st.sampled_from(CALENDARS))
def test_a_date_exists_or_is_refused(year: int, month: int, day: int, calendar: Calendar) -> None:
    leap = year % 4 == 0 if calendar == "julian" else civil.isleap(year)
    lengths = dict(enumerate([31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], 1))
    exists = 100 <= year <= 9900 and 1 <= day <= lengths.get(month, 0)
    try:
        made = HistoricalDate(year, month, day, calendar)
    except ValueError:
        assert not exists
    else:
        assert exists
        assert made.old_style.new_style == made.new_style


pieces = st.sampled_from(
    [*MONTHS, "Aug", "20th", "1917", "29", "31", "2", " ", "-", ".", "/", ",", "of", "OS", "(N.S.)", "٣", "\x00"]
)


@given(st.one_of(st.text(st.characters(exclude_categories=()), max_size=80), st.lists(pieces, max_size=8).map("".join)))
def test_no_string_raises_anything_else(typed: str) -> None:
    try:
        query = read_date(typed)
    except NotUnderstood as problem:
        assert str(problem).endswith((".", "”."))
    else:
        assert query is None or query.year or (query.month and query.day)
