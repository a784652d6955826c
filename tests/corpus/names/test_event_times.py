"""Times counted from an event, and questions for somebody's years."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.names.event_times import excludes, read_event_time, unfinished_side, unknown_start
from corpus.names.foreign_times import time_in_english
from corpus.names.life_questions import life_question
from corpus.names.unanchored_times import unanchored_time
from corpus.note_model import Event

PIECES = [
    "the day",
    "two weeks",
    "999 years",
    " ",
    "before",
    "after",
    "since",
    "Lenin's death",
    "the congress",
    "the eve of",
    "shortly",
    "7 November 1917",
    "the week of",
    "to",
]


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ("the day before the congress", "6 November 1917 (New Style)"),
        ("What happened the day after the October Revolution?", "8 November 1917 (New Style)"),
        ("the day after the congress", "10 November 1917 (New Style)"),
        ("the eve of the October Revolution", "6 November 1917 (New Style)"),
        ("three weeks before Lenin's death", "31 December 1923"),
        ("10 days after Lenin's death", "31 January 1924"),
        ("a month before Lenin's death", "December 1923"),
        ("two years after Lenin's death", "1926"),
        ("after Lenin's death", "since 22 January 1924"),
        ("what came after Lenin's death?", "since 22 January 1924"),
        ("since Lenin's death", "since 21 January 1924"),
        ("before the February Revolution", "until 7 March 1917 (New Style)"),
        ("until the congress", "until 9 November 1917 (New Style)"),
        ("the year after the civil war", "1923"),
        ("since the beginning of the civil war", "since 1 January 1918 (New Style)"),
        ("until the end of the civil war", "until 31 December 1922"),
        ("a year after the end of the civil war", "1923"),
        ("from Lenin's death to Trotsky's death", "21 January 1924 to 21 August 1940"),
        ("between Trotsky's death and Lenin's death", "21 January 1924 to 21 August 1940"),
        ("Lenin's death to Trotsky's death", "21 January 1924 to 21 August 1940"),
        ("from the February Revolution to 1918", "8 March 1917 (New Style) to 1918"),
        ("between 1905 and the October Revolution", "1905 to 7 November 1917 (New Style)"),
        ("since Lenin's death until 1927", "21 January 1924 to 1927"),
        ("congress to 1917", "7 November 1917 (New Style) to 1917"),
        ("1917 to the congress", "1917 to 9 November 1917 (New Style)"),
        ("from the congress to December", "7 November 1917 (New Style) to December 1917"),
        ("from the congress to 5 January", "7 November 1917 (New Style) to 5 January 1918"),
        ("from March to the October Revolution", "March 1917 to 7 November 1917 (New Style)"),
        ("from 7 November to Lenin's death", "7 November 1923 to 21 January 1924"),
        ("from the congress to the end of 1917", "7 November 1917 (New Style) to December 1917"),
        ("from Lenin's death until spring 1925", "21 January 1924 to May 1925"),
        ("from Lenin's death through the 1930s", "21 January 1924 to 1939"),
        ("from the civil war to Kronstadt", "1 January 1918 (New Style) to 31 March 1921"),
        ("from the February Revolution till now", "since 8 March 1917 (New Style)"),
        ("February Revolution - October Revolution", "8 March 1917 (New Style) to 7 November 1917 (New Style)"),
        ("between the February and the October Revolution", "8 March 1917 (New Style) to 7 November 1917 (New Style)"),
        ("between the February and October Revolutions", "8 March 1917 (New Style) to 7 November 1917 (New Style)"),
        ("between the revolutions of 1917", "8 March 1917 (New Style) to 7 November 1917 (New Style)"),
        ("between the two revolutions", "8 March 1917 (New Style) to 7 November 1917 (New Style)"),
        ("between the revolutions of 1905", None),
        ("between the revolutions of nowhere", None),
        ("after the congress until 1918", "10 November 1917 (New Style) to 1918"),
        (
            "after the February Revolution and before the congress",
            "16 March 1917 (New Style) to 6 November 1917 (New Style)",
        ),
        ("after Lenin's death and before the congress", None),
        ("half a year after Lenin's death", "July 1924"),
        ("a fortnight after Lenin's death", "4 February 1924"),
        ("the morning after the October Revolution", "8 November 1917 (New Style)"),
        ("the night before the October Revolution", "6 November 1917 (New Style)"),
        ("on the next day after the October Revolution", "8 November 1917 (New Style)"),
        ("a decade after Lenin's death", "1934"),
        ("a couple of days after Lenin's death", "23 January 1924"),
        ("the week after Lenin's death", "22 January 1924 to 28 January 1924"),
        ("a week after Lenin's death", "28 January 1924"),
        ("in the days before Lenin's death", "14 January 1924 to 20 January 1924"),
        ("a few weeks after Lenin's death", "22 January 1924 to 18 February 1924"),
        ("shortly before Lenin's death", "14 January 1924 to 20 January 1924"),
        ("the week of Lenin's death", "21 January 1924 to 27 January 1924"),
        ("a week before 7 November 1917", "31 October 1917"),
        ("a week before 25 October 1917 OS", "18 October 1917 (Old Style)"),
        ("the day after 31 January 1918 OS", "1 February 1918 (Old Style)"),
        ("10 days after 7 Nov 1917 NS", "17 November 1917 (New Style)"),
        ("two years after 1917", "1919"),
        ("a month after December 1917", "January 1918"),
        ("the day after 7 November", "8 November"),
        ("the day after 28 February", "29 February"),
        ("since 1917 peace", None),
        ("The party's offer to take power together", None),
        ("a week after 1917", None),
        ("a day after 31 December 9900", None),
        ("from March to October 1917", None),
        ("between 1917 and 1924", None),
        ("from Lenin's death to the moon landing", None),
        ("2nd congress", None),
        ("the day after the civil war", None),
        ("before the uprising", "until 6 November 1917 (New Style)"),
        ("the week after the uprising", "8 November 1917 (New Style) to 14 November 1917 (New Style)"),
        ("the day after the insurrection", "8 November 1917 (New Style)"),
        ("after the Kronstadt uprising", "since 1 April 1921"),
        ("after the dispute before the uprising", "since 14 November 1917 (New Style)"),
        ("after Brest-Litovsk", "since 4 March 1918"),
        ("after Petrograd", None),
        ("after Russia", None),
        ("since Siberia", None),
        ("the dispute before the uprising", None),
        ("the day before the moon landing", None),
        ("999 years before the year 1 of Lenin's death and so on", None),
        ("the day since Lenin's death", None),
        ("", None),
    ],
)
def test_a_time_is_counted_from_the_event(corpus: Corpus, typed: str, dates: str | None) -> None:
    found = read_event_time(typed, corpus.finder)
    assert (found and str(found.dates)) == dates


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("the day before @everyone", "@everyone"),
        ("What happened two weeks after the moon landing?", "the moon landing"),
        ("the eve of the zebra", "the zebra"),
        ("a month before the zebra", "the zebra"),
        ("a year after the end of the zebra", "the end of the zebra"),
        ("from the moon landing to 1918", "the moon landing"),
        ("between the congress and the moon landing", "the moon landing"),
        ("between the congresses", "the congresses"),
        ("from the congress till now", ""),
        ("from the offer to take power", ""),
        ("the day before the congress", ""),
        ("before the uprising", ""),
        ("the dispute before the uprising", ""),
        ("the July Days", ""),
        ("", ""),
    ],
)
def test_an_unknown_start_of_a_count_is_named(corpus: Corpus, typed: str, unknown: str) -> None:
    assert unknown_start(typed, corpus.finder) == unknown


def test_a_start_that_is_not_known_to_the_day_is_the_event(corpus: Corpus) -> None:
    for typed in ("the day after the civil war", "two weeks before the civil war", "the week of the civil war"):
        start = unknown_start(typed, corpus.finder)
        assert isinstance(start, Event)
        assert start.id == "civil-war"


@pytest.mark.parametrize(
    ("typed", "side"),
    [
        ("the day before", "before"),
        ("What happened two weeks after the…", "after"),
        ("since", "since"),
        ("on the eve of", "on the eve of"),
        ("between", "between"),
        ("the day before the congress", ""),
        ("the day", ""),
        ("", ""),
    ],
)
def test_what_breaks_off_is_noticed(typed: str, side: str) -> None:
    assert unfinished_side(typed) == side


@pytest.mark.parametrize(
    ("typed", "is_excluded"),
    [("not 1917", True), ("everything except Lenin", True), ("anyone but Trotsky", True), ("notes", False),
     ("the net", False), ("not", False), ("buttons", False), ("what didn't happen in 1917", True),
     ("which events did not happen", True), ("never happened", True), ("who was not at the congress", True),
     ("didn't Lenin die in 1924", False), ("what did Trotsky not say", False), ("who not Lenin", True)],
)  # fmt: skip
def test_what_asks_for_anything_else_is_noticed(typed: str, is_excluded: bool) -> None:
    assert excludes(typed) is is_excluded


@given(st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_nothing_typed_raises(shipped: Corpus, typed: str) -> None:
    with suppress(NotUnderstood):  # of a date in it
        read_event_time(typed, shipped.finder)
        unknown_start(typed, shipped.finder)
    life_question(typed, shipped.finder)


@pytest.mark.parametrize("unit", ["the day ", "before ", "after the ", "a", "two days ", "deux jours "])
def test_long_words_cost_no_more_than_their_length(shipped: Corpus, unit: str) -> None:
    for length in (119, 200_000):
        started = time.thread_time()
        read_event_time((unit * length)[:length], shipped.finder)
        unknown_start((unit * length)[:length], shipped.finder)
        unfinished_side((unit * length)[:length])
        excludes((unit * length)[:length])
        time_in_english((unit * length)[:length], shipped.finder)
        unanchored_time((unit * length)[:length])
        assert time.thread_time() - started < 0.5


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("when was Lenin born?", "Vladimir Lenin"),
        ("Lenin's birthday", "Vladimir Lenin"),
        ("death of Stalin", "Joseph Stalin"),
        ("in which year did Mercader die", "Ramón Mercader"),
        ("death of Zinoviev", None),
        ("death", None),
        ("birth of the heckler", None),
        ("Stalin", None),
    ],
)
def test_somebody_is_asked_for_by_birth_and_death(corpus: Corpus, typed: str, person: str | None) -> None:
    found = life_question(typed, corpus.finder)
    assert (found and found.name) == person
