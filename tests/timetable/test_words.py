"""Times and days as people type them."""

from __future__ import annotations

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.timetable.arithmetic import Timetable
from bot.timetable.words import Days, TimeOfDay
from corpus.errors import NotUnderstood


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("9:00", "09:00"),
        ("09:00", "09:00"),
        ("9", "09:00"),
        ("9am", "09:00"),
        ("9:00,", "09:00"),
        ("9 AM", "09:00"),
        ("9 a.m.", "09:00"),
        ("at 9 o'clock", "09:00"),
        ("9.30 pm", "21:30"),
        ("9:30PM", "21:30"),
        ("21:30", "21:30"),
        ("21.30", "21:30"),
        ("2130", "21:30"),
        ("9h30", "09:30"),
        ("21h", "21:00"),
        ("12am", "00:00"),
        ("12:05 am", "00:05"),
        ("12pm", "12:00"),
        ("noon", "12:00"),
        ("Midnight", "00:00"),
        ("0:00", "00:00"),
        ("23:59", "23:59"),
        ("  9:00\t", "09:00"),
        ("\uff19:\uff13\uff10", "09:30"),
        ("9:00 a.m.", "09:00"),
        ("9 p. m.", "21:00"),
        ("9a", "09:00"),
        ("12:00 noon", "12:00"),
        ("12 noon", "12:00"),
        ("12:00 midnight", "00:00"),
        ("9 o\u2019clock", "09:00"),
        ("at 9:00", "09:00"),
        ("at 9 o'clock in the evening", "21:00"),
        ("9 in the morning", "09:00"),
        ("9 at night", "21:00"),
        ("12 at night", "00:00"),
        ("3 at night", "03:00"),
        ("5 at night", "05:00"),
        ("6 at night", "18:00"),
        ("11 at night", "23:00"),
        ("9 Uhr", "09:00"),
        ("9:30 Uhr", "09:30"),
        ("9 Uhr 30", "09:30"),
        ("um 21 Uhr", "21:00"),
        ("9 Uhr abends", "21:00"),
        ("9 Uhr fr\u00fch", "09:00"),
        ("3 Uhr nachts", "03:00"),
        ("12 Uhr mittags", "12:00"),
        ("Mittag", "12:00"),
        ("Mitternacht", "00:00"),
    ],
)
def test_a_time_is_read(typed: str, shown: str) -> None:
    assert str(TimeOfDay.parse(typed)) == shown


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("24:00", ("00:00",)),
        ("13pm", ("13:00",)),
        ("0am", ("00:00",)),
        ("25:00", ()),
        ("24:01", ()),
        ("9:60", ()),
        ("9:5", ()),
        ("-9:00", ()),
        ("9:00:00", ()),
        ("99999", ()),
        ("nineteen", ()),
        ("9 or 10", ()),
        ("tomorrow", ()),
        ("9:00 noon", ()),
        ("9 midnight", ()),
        ("21:00 in the evening", ("21:00",)),
        ("9:00 Europe/London", ()),
    ],
)
def test_what_is_no_time_is_told_with_what_would_be(typed: str, near: tuple[str, ...]) -> None:
    with pytest.raises(NotUnderstood, match="9:30 pm") as raised:
        TimeOfDay.parse(typed)
    assert raised.value.near == near


def test_a_time_has_whole_hours_unless_it_says_otherwise() -> None:
    assert str(TimeOfDay(9)) == "09:00"
    with pytest.raises(NotUnderstood):
        TimeOfDay.parse(f"9{' ' * 100}:00")


@given(st.times())
def test_a_time_as_shown_is_read_as_the_same(at: time) -> None:
    one = TimeOfDay(at.hour, at.minute)
    assert TimeOfDay.parse(str(one)) == one
    assert TimeOfDay.parse(at.strftime("%I:%M %p")) == one


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("every day", "every day"),
        ("everyday", "every day"),
        ("daily", "every day"),
        ("mon-sun", "every day"),
        ("weekdays", "weekdays"),
        ("every weekday", "weekdays"),
        ("mon-fri", "weekdays"),
        ("Monday to Friday", "weekdays"),
        ("Weekends", "weekends"),
        ("sat/sun", "weekends"),
        ("mon,wed,fri", "Mon, Wed, Fri"),
        ("fri, mon and wed", "Mon, Wed, Fri"),
        ("Mondays & Thursdays", "Mon, Thu"),
        ("every monday", "Mon"),
        ("tues thurs", "Tue, Thu"),
        ("weds", "Wed"),
        ("fri - mon", "Mon, Fri, Sat, Sun"),
        ("mon\u2013wed", "Mon, Tue, Wed"),
        ("weekdays, sat", "Mon, Tue, Wed, Thu, Fri, Sat"),
        ("mondays and thursdays", "Mon, Thu"),
        ("M-F", "weekdays"),
        ("m, w, f", "Mon, Wed, Fri"),
        ("MWF", "Mon, Wed, Fri"),
        ("TTh", "Tue, Thu"),
        ("MTWTF", "weekdays"),
        ("SaSu", "weekends"),
        ("mo,mi,fr", "Mon, Wed, Fri"),
        ("Mo., Mi. und Fr.", "Mon, Wed, Fri"),
        ("Mo-Fr", "weekdays"),
        ("Mo bis Do", "Mon, Tue, Wed, Thu"),
        ("montags", "Mon"),
        ("montags, dienstags, mittwochs und donnerstags", "Mon, Tue, Wed, Thu"),
        ("freitags, samstags, sonntags", "Fri, Sat, Sun"),
        ("mondays, tuesdays, wednesdays and thursdays", "Mon, Tue, Wed, Thu"),
        ("fridays, saturdays and sundays", "Fri, Sat, Sun"),
        ("jeden Dienstag", "Tue"),
        ("Samstag und Sonntag", "weekends"),
        ("werktags", "weekdays"),
        ("am Wochenende", "weekends"),
        ("t\u00e4glich", "every day"),
        ("jeden Tag", "every day"),
    ],
)
def test_days_are_read(typed: str, shown: str) -> None:
    assert str(Days.parse(typed)) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "every",
        "t",
        "s",
        "1,3,5",
        "every other day",
        "not sunday",
        "mon-",
        "-fri",
        "mon-tue-wed",
        "today",
        "weekly",
        "MF",
        "to",
        "mon to",
    ],
)
def test_what_names_no_days_is_told_with_what_would(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="weekdays"):
        Days.parse(typed)


@given(st.frozensets(st.integers(1, 7), min_size=1))
def test_days_as_shown_and_as_kept_are_read_as_the_same(numbers: frozenset[int]) -> None:
    days = Days(numbers)
    assert Days.parse(str(days)) == days
    assert Days.of(days.kept) == days
    assert Timetable.of("09:00", "UTC", days.kept).days == numbers


@pytest.mark.parametrize(
    ("kind", "line", "many"),
    [
        (TimeOfDay, "9:00 AM Europe/London mon wed", 2),
        (TimeOfDay, "9 pm", 2),
        (TimeOfDay, "at 9 o'clock in the evening London", 6),
        (TimeOfDay, "9 London", 1),
        (TimeOfDay, "noon", 1),
        (TimeOfDay, "nonsense words", 1),
        (Days, "mon wed fri", 3),
        (Days, "mondays and thursdays coalition", 3),
        (Days, "every monday", 2),
        (Days, "mon to fri", 3),
        (Days, "weekdays on coalition", 2),
        (Days, "nonsense words", 1),
    ],
)
def test_the_words_of_a_value_are_parted_from_what_follows(
    kind: type[TimeOfDay] | type[Days], line: str, many: int
) -> None:
    assert kind.leading_words(line.split()) == many


FRAGMENTS = (
    *("9", "12", "21:30", ":", ".", "am", "p.m.", "o'clock", "Uhr", "noon", "midnight", "at", "in the", "evening"),
    *("mon-", "to", "mwf", "Mo", "bis", ",", "every", "x"),
)
words_of_times = st.lists(st.sampled_from(FRAGMENTS)).map(" ".join)


@given(st.text() | words_of_times)
def test_anything_typed_is_read_or_told(typed: str) -> None:
    for kind in (TimeOfDay, Days):
        with suppress(NotUnderstood):
            assert kind.parse(str(kind.parse(typed))) == kind.parse(typed)


@pytest.mark.parametrize("typed", ["9" * 10_000, "mon," * 10_000, "\u202e9:00", "- " * 5_000])
def test_long_and_odd_words_are_read_or_told_at_once(typed: str) -> None:
    test_anything_typed_is_read_or_told.hypothesis.inner_test(typed)  # type: ignore[attr-defined]  # hypothesis adds it


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("nine", "09:00"),
        ("nine pm", "21:00"),
        ("half past nine", "09:30"),
        ("half past nine in the evening", "21:30"),
        ("quarter to ten", "09:45"),
        ("a quarter to ten pm", "21:45"),
        ("quarter past 9 pm", "21:15"),
        ("quarter to one in the afternoon", "12:45"),
        ("ten minutes past eight", "08:10"),
        ("twenty to seven pm", "18:40"),
        ("twelve noon", "12:00"),
        ("nine o'clock", "09:00"),
        ("halb neun", "08:30"),
        ("halb eins mittags", "12:30"),
        ("Viertel nach acht abends", "20:15"),
        ("viertel vor neun", "08:45"),
        ("zehn Uhr", "10:00"),
    ],
)
def test_a_time_in_words_is_read(typed: str, shown: str) -> None:
    assert str(TimeOfDay.parse(typed)) == shown


@pytest.mark.parametrize("typed", ["half to nine", "half past", "quarter nine", "thirteen", "99 to nine", "halb"])
def test_what_is_no_time_in_words_is_refused(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        TimeOfDay.parse(typed)
