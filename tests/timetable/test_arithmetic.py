"""When a local time comes round, in every zone there is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.timetable.arithmetic import Due, Timetable, instant, next_due, upcoming
from tests.samples import one_in
from tests.timetable.clocks import DAY, Span, exists, first_reached, spans, zones


def daily(at: str, zone: str) -> Timetable:
    return Timetable.of(at, zone, "1234567")


def utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "after", "due", "local_date"),
    [
        ("Europe/Berlin", "09:00", "2026-01-05T07:59:59", "2026-01-05T08:00", "2026-01-05"),
        ("Europe/Berlin", "09:00", "2026-01-05T08:00", "2026-01-06T08:00", "2026-01-06"),
        # The clocks change between two posts: the hour stays the same on the wall.
        ("Europe/Berlin", "09:00", "2026-03-28T08:00", "2026-03-29T07:00", "2026-03-29"),
        # 02:30 is skipped; 03:00 summer time is the first instant after it.
        ("Europe/Berlin", "02:30", "2026-03-28T12:00", "2026-03-29T01:00", "2026-03-29"),
        # 02:30 comes twice; the first is summer time's, and the second has nothing due.
        ("Europe/Berlin", "02:30", "2026-10-24T12:00", "2026-10-25T00:30", "2026-10-25"),
        ("Europe/Berlin", "02:30", "2026-10-25T00:30", "2026-10-26T01:30", "2026-10-26"),
        # A leap day is a day like any other, and 2100 has none.
        ("Europe/Berlin", "09:00", "2028-02-28T08:00", "2028-02-29T08:00", "2028-02-29"),
        ("Europe/Berlin", "09:00", "2028-02-29T08:00", "2028-03-01T08:00", "2028-03-01"),
        ("Europe/Berlin", "09:00", "2100-02-28T08:00", "2100-03-01T08:00", "2100-03-01"),
        # Half an hour on Lord Howe, two hours at Troll.
        ("Australia/Lord_Howe", "02:15", "2026-10-03T12:00", "2026-10-03T15:30", "2026-10-04"),
        ("Antarctica/Troll", "02:00", "2026-03-28T12:00", "2026-03-29T01:00", "2026-03-29"),
        # Midnight is skipped, and the day begins at one.
        ("America/Sao_Paulo", "00:00", "2018-11-03T12:00", "2018-11-04T03:00", "2018-11-04"),
        # Dates that never were.
        ("Pacific/Apia", "09:00", "2011-12-29T19:00", "2011-12-30T19:00", "2011-12-31"),
        ("Pacific/Kwajalein", "09:00", "1993-08-20T21:00", "1993-08-21T21:00", "1993-08-22"),
        # The clocks skip the last hour of a day that otherwise was.
        ("America/Nuuk", "23:30", "2024-03-30T12:00", "2024-03-31T01:00", "2024-03-30"),
        ("America/Nuuk", "23:30", "2024-03-31T01:00", "2024-04-01T00:30", "2024-03-31"),
        # The clocks go back over midnight: the new day's first minutes come twice.
        ("America/Havana", "00:30", "2024-11-02T12:00", "2024-11-03T04:30", "2024-11-03"),
        ("America/Havana", "00:30", "2024-11-03T04:30", "2024-11-04T05:30", "2024-11-04"),
    ],
)
def test_the_next_time_is_right_around_a_change_of_the_clocks(
    zone: str, at: str, after: str, due: str, local_date: str
) -> None:
    assert next_due(daily(at, zone), utc(after)) == Due(utc(due), date.fromisoformat(local_date))


def test_only_the_days_of_the_week_that_were_asked_for() -> None:
    weekend = Timetable.of("12:00", "Asia/Tokyo", "67")
    found = [due.local_date.isoformat() for due in islice(upcoming(weekend, utc("2026-11-22T03:00")), 3)]
    assert found == ["2026-11-28", "2026-11-29", "2026-12-05"]


def test_a_local_date_is_not_due_again_after_a_move_to_another_zone() -> None:
    posted = next_due(daily("09:00", "Pacific/Auckland"), utc("2026-11-21T12:00"))
    moved = daily("21:00", "America/Los_Angeles")
    assert next_due(moved, posted.at).local_date == date(2026, 11, 21)
    assert next_due(moved, posted.at, beyond=posted.local_date).local_date == date(2026, 11, 23)


def test_a_timetable_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="day of the week"):
        next_due(Timetable(time(9), "UTC", frozenset()), utc("2026-11-22T03:00"))


@pytest.mark.parametrize("zone", zones())
def test_around_every_change_of_the_clocks_of_every_zone(zone: str) -> None:
    """`make fuzz` looks at all of them, `make test` at a quarter, by turns: most changes of a zone are alike."""
    info, is_tried, row = ZoneInfo(zone), one_in(4), zones().index(zone)
    changes = enumerate(pairwise(spans(zone)), row)
    for before, after in (change for number, change in changes if is_tried(number)):
        change, times = after.first.date(), _telling_times(before, after)
        for day in (change - DAY, change, change + DAY):
            is_there = exists(zone, day)
            for at in times:
                due = instant(day, at, info)
                expected = first_reached(zone, datetime.combine(day, at)) if is_there else None
                assert due == expected, (zone, day, at)


def _telling_times(before: Span, after: Span) -> set[time]:
    """The wall's times on both sides of a change, half-way between, and at both ends of the day."""
    old, new = before.last, after.first
    minute = timedelta(minutes=1)
    walls = (old - minute, old, new - minute, new, old + (new - old) / 2)
    return {time(0), time(23, 59), *(wall.time().replace(second=0, microsecond=0, fold=0) for wall in walls)}


@given(
    zone=st.sampled_from(zones()),
    seconds=st.integers(0, 51 * 365 * 86_400),
    at=st.times().map(lambda when: when.replace(second=0, microsecond=0, fold=0)),
    days=st.frozensets(st.integers(1, 7), min_size=1),
)
def test_each_local_day_has_its_turn_once_and_in_order(zone: str, seconds: int, at: time, days: frozenset[int]) -> None:
    after = datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    found = list(islice(upcoming(Timetable(at, zone, days), after), 9))
    for earlier, later in pairwise(found):
        assert earlier.at < later.at
        between = (earlier.local_date + n * DAY for n in range(1, (later.local_date - earlier.local_date).days))
        assert not [day for day in between if day.isoweekday() in days and exists(zone, day)]
    for due in found:
        assert due.local_date.isoweekday() in days
        assert exists(zone, due.local_date)
        assert due.at == first_reached(zone, datetime.combine(due.local_date, at))
    assert found[0].at > after
    missed = [found[0].local_date - n * DAY for n in range(1, 9)]
    assert not [
        day
        for day in missed
        if day.isoweekday() in days and exists(zone, day) and first_reached(zone, datetime.combine(day, at)) > after
    ]
