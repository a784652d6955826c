"""Dates as lists and answers say them: one calendar leads, and both name the same day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.shared.dates import event_line, long_date, short_date
from corpus.calendar import Calendar, HistoricalDate
from corpus.corpus import Corpus
from corpus.date_reading import read_date

DAY = HistoricalDate(1917, 10, 25, "julian")


@pytest.mark.parametrize(
    ("first", "last", "short", "long"),
    [
        (DAY, None, "7 Nov 1917 (25 Oct O.S.)", "7 November 1917 (25 October, Old Style)"),
        (DAY, HistoricalDate(1917, 10, 27, "julian"), "7–9 Nov 1917 (25–27 Oct O.S.)",
         "7–9 November 1917 (25–27 October, Old Style)"),
        (HistoricalDate(1917, 10, 30, "julian"), HistoricalDate(1917, 11, 2, "julian"),
         "12–15 Nov 1917 (30 Oct – 2 Nov O.S.)", "12–15 November 1917 (30 October – 2 November, Old Style)"),
        (HistoricalDate(1918, 1, 8), None, "8 Jan 1918 (26 Dec 1917 O.S.)",
         "8 January 1918 (26 December 1917, Old Style)"),
        (HistoricalDate(1917, 10, None, "julian"), None, "Oct 1917 O.S.", "October 1917 (Old Style)"),
        (HistoricalDate(1917, 11), None, "Nov 1917", "November 1917 (New Style)"),
        (HistoricalDate(1917, 11, None, "julian"), HistoricalDate(1918), "Nov 1917 O.S. – 1918",
         "November 1917 (Old Style) – 1918"),
        (HistoricalDate(1914), HistoricalDate(1918), "1914–1918", "1914–1918"),
        (HistoricalDate(1940, 8, 20), None, "20 Aug 1940", "20 August 1940"),
        (HistoricalDate(1924, 1, 21), None, "21 Jan 1924", "21 January 1924"),
        (HistoricalDate(1929, 2), None, "Feb 1929", "February 1929"),
    ],
)  # fmt: skip
def test_a_date_is_given_in_both_calendars_where_both_were_in_use(
    first: HistoricalDate, last: HistoricalDate | None, short: str, long: str
) -> None:
    assert (short_date(first, last), long_date(first, last)) == (short, long)


def test_the_old_style_leads_where_it_was_typed() -> None:
    assert short_date(DAY, lead="julian") == "25 Oct 1917 O.S. (7 Nov N.S.)"
    assert short_date(HistoricalDate(1940, 8, 20), lead="gregorian") == "20 Aug 1940"


@given(ordinal=st.integers(657_438, 700_300), calendar=st.sampled_from(["julian", "gregorian"]))
def test_what_leads_is_the_day_itself(ordinal: int, calendar: Calendar) -> None:

    day = HistoricalDate.of(date.fromordinal(ordinal), calendar)
    leading = long_date(day).partition(" (")[0]
    read = read_date(f"{leading} NS")
    assert read is not None
    assert read.matches(day)


def test_a_mark_says_which_dates_are_the_editors(corpus: Corpus) -> None:
    for event in corpus.notes.events:
        assert ("†" in event_line(event)) is (event.dated_by == "editors")
        assert len(event_line(event)) <= 100
