"""Questions for a day in the other calendar."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.calendar import HistoricalDate
from corpus.errors import NotUnderstood
from corpus.style_conversion import style_conversion

OCTOBER = "25 October 1917 (Old Style)"
IS_NOVEMBER = f"{OCTOBER} is 7 November 1917 (New Style)."


@pytest.mark.parametrize(
    "typed",
    [
        *("25 October 1917 OS to NS", "25 October 1917 old style in new style", "25 October 1917 (Old Style) in NS"),
        *("what is 25 October 1917 in the new style?", "which day was 25 October 1917 in the Gregorian calendar"),
        *("convert 25 October 1917 to new style", "Oct 25, 1917 O.S. into the new calendar"),
        *("25. Oktober 1917 alten Stils in neuen Stil", "convert 25.10.1917 to N.S."),
    ],
)
def test_a_day_is_converted_into_the_calendar_that_is_asked_for(typed: str) -> None:
    assert style_conversion(typed) == (OCTOBER, IS_NOVEMBER)


def test_a_day_that_may_be_of_either_calendar_is_said_in_both() -> None:
    assert style_conversion("25 October 1917 in old style") == (
        OCTOBER,
        f"{IS_NOVEMBER} 25 October 1917 (New Style) is 12 October 1917 (Old Style).",
    )


@pytest.mark.parametrize(
    "typed",
    [
        *("25 October 1917", "25 October 1917 OS", "25 October 1917 OS in old style", "October 1917 in new style", ""),
        *("25 October in new style", "Trotsky in Mexico", "Lenin in the old style", "from 1917 to 1918"),
    ],
)
def test_anything_else_asks_for_no_conversion(typed: str) -> None:
    assert style_conversion(typed) is None


@given(st.dates(date(1500, 1, 1), date(2100, 12, 31)))
def test_both_ways_lead_to_the_same_day(day: date) -> None:
    new = HistoricalDate.of(day, "gregorian")
    for one, wanted in ((new, "old style"), (new.old_style, "new style")):
        style = "New Style" if one == new else "Old Style"
        found = style_conversion(f"{one} {style} in {wanted}")
        other = f"{new.old_style} (Old Style)" if one == new else f"{new} (New Style)"
        assert found == (f"{one} ({style})", f"{one} ({style}) is {other}.")


@given(
    st.text() | st.lists(st.sampled_from(["25", " October", " 1917", " in ", " to ", "old style", "NS"])).map("".join)
)
def test_nothing_typed_raises_anything_but_a_sentence(typed: str) -> None:
    with suppress(NotUnderstood):
        style_conversion(typed)


@pytest.mark.parametrize("unit", [" in os", "25 October 1917 to ", "a in "])
def test_long_words_cost_no_more_than_their_length(unit: str) -> None:
    for length in (100, 200_000):
        started = time.thread_time()
        style_conversion((unit * length)[:length])
        assert time.thread_time() - started < 0.5
