"""Dates in both calendars, as they are typed and as they are shown."""

from __future__ import annotations

import calendar as civil
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.calendar import Calendar, DateQuery, DateRange, HistoricalDate
from corpus.date_reading import read_date

CALENDARS: list[Calendar] = ["julian", "gregorian"]
days = st.dates(date(1500, 1, 1), date(2100, 12, 31))


def julian(day: date) -> tuple[int, int, int]:
    """A day in the Julian calendar, by the Explanatory Supplement to the Astronomical Almanac (1992), section 12.95."""
    number = day.toordinal() + 1_721_425  # the Julian day number
    j = number + 1_402
    k = (j - 1) // 1_461
    within = j - 1_461 * k
    n = (within - 1) // 365 - within // 1_461
    i = within - 365 * n + 30
    m = 80 * i // 2_447
    return 4 * k + n + m // 11 - 4_716, m + 2 - 12 * (m // 11), i - 2_447 * m // 80


@given(days)
def test_conversion_agrees_with_the_almanac(day: date) -> None:
    old = HistoricalDate(day.year, day.month, day.day).old_style
    assert (old.year, old.month, old.day) == julian(day)
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


@pytest.mark.parametrize(
    ("written", "calendar", "shown"),
    [
        ("1918-02-13", "gregorian", "13 February 1918 (New Style)"),
        ("1918-02-14", "gregorian", "14 February 1918"),
        ("1918-02-14", "julian", "14 February 1918 (Old Style)"),
        ("1917", "gregorian", "1917"),
    ],
)
def test_a_calendar_is_named_where_it_is_in_doubt(written: str, calendar: Calendar, shown: str) -> None:
    assert HistoricalDate.from_iso(written, calendar).styled() == shown


@pytest.mark.parametrize(
    ("first", "last", "interval"),
    [
        (DateQuery(1917, 11, 6), DateQuery(1917, 11, 7), (date(1917, 11, 6), date(1917, 11, 20))),
        (DateQuery(1918, 2, 13), DateQuery(1918, 2, 13), (date(1918, 2, 13), date(1918, 2, 26))),
        (DateQuery(1918, 2, 14), DateQuery(1918, 2, 14), (date(1918, 2, 14), date(1918, 2, 14))),
        (DateQuery(1940, 8, 7, "julian"), DateQuery(1940, 9), (date(1940, 8, 20), date(1940, 9, 30))),
        (None, DateQuery(1900, 2, 29), (date.min, date(1900, 3, 13))),
        (DateQuery(1917), None, (date(1917, 1, 1), date.max)),
    ],
)
def test_a_range_has_the_days_of_both_calendars_while_both_were_in_use(
    first: DateQuery | None, last: DateQuery | None, interval: tuple[date, date]
) -> None:
    assert DateRange(first, last).as_interval() == interval


@pytest.mark.parametrize("written", ["", "x", "1917-13", "1917-02-30", "0000", "1917-10-24 ", "17-10-24", "1917-1-1"])
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"^(There is no|The year|“)"):
        HistoricalDate.from_iso(written, "julian")


def test_a_leap_day_is_in_the_calendar_that_has_it() -> None:
    assert HistoricalDate.from_iso("1900-02-29", "julian").day == 29
    with pytest.raises(ValueError, match="Julian"):
        HistoricalDate.from_iso("1900-02-29", "gregorian")


def test_a_day_is_found_in_either_calendar_unless_one_is_named() -> None:
    night = HistoricalDate.from_iso("1917-10-24", "julian")
    asked = {typed: read_date(typed) for typed in ("24 October 1917", "6 November 1917", "Oct 24", "Nov 6", "1917")}
    assert all(query and query.matches(night) for query in asked.values())
    named = {
        typed: read_date(typed) for typed in ("24 October 1917 NS", "6 November 1917 OS", "1918", "7 November 1917")
    }
    assert not any(query and query.matches(night) for query in named.values())


def test_a_day_of_any_year_is_one_in_the_calendar_of_its_time() -> None:
    night, attack = HistoricalDate.from_iso("1917-10-24", "julian"), HistoricalDate(1940, 8, 20)
    assert DateQuery(None, 10, 24).matches(night)
    assert DateQuery(None, 11).matches(night)
    assert DateQuery(None, 8, 20).matches(attack)
    assert not DateQuery(None, 8, 7).matches(attack)
    assert DateQuery(None, 8, 7, "julian").matches(attack)
    assert DateQuery(1940, 8, 7).matches(attack), "with its year it can mean no other day"


def test_a_vague_date_answers_no_precise_question() -> None:
    month = HistoricalDate.from_iso("1917-02", "julian")
    assert DateQuery(1917).matches(month)
    assert DateQuery(1917, 2).matches(month)
    assert not DateQuery(1917, 2, 23).matches(month)
    assert not DateQuery(1917, 2).matches(HistoricalDate(1917))
    assert not DateQuery(1917, 3).matches(month)
    assert not DateQuery(1917, 8, None, "gregorian").matches(month)
    assert not DateQuery(1917, 1, None, "gregorian").matches(month)
    assert DateQuery(1917, 3, None, "gregorian").matches(month), "a Julian February reaches into a Gregorian March"


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
