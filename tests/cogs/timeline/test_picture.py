"""Timelines: every event with both dates, on a ruler that is right, with labels that never touch."""

from __future__ import annotations

import asyncio
import threading
from datetime import date
from itertools import pairwise
from typing import Any, Literal
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.app import App
from cogs.shared.drawing.draw import render_png
from cogs.shared.drawing.fonts import Font, drawn
from cogs.shared.drawing.scene import ACCENT, DARK, FAINT, INK, PAPER, Bar, Dot, Hatch, Scene, Stroke
from cogs.shared.drawing.svg import encode_svg
from cogs.timeline.axis import _STEPS, Section, _days, _Step, make_scale, ticks, time_span
from cogs.timeline.labels import dates, label
from cogs.timeline.picture import MOST, WIDTH, timeline
from corpus.calendar import Calendar, HistoricalDate
from corpus.note_model import Event
from tests.cogs.shared.drawing.check import check, check_drawn
from tests.samples import EVERYTHING

TICK = Font("sans", 28)
EDGE_OF_AXIS = 44 + Font("sans bold", 28).width("O.S.") + 24
CALENDARS: st.SearchStrategy[Calendar] = st.sampled_from(("julian", "gregorian"))
YEARS = st.integers(1879, 1940) | st.integers(1917, 1918) | st.integers(150, 9800)


@st.composite
def historical(draw: st.DrawFn) -> HistoricalDate:
    month = draw(st.none() | st.integers(1, 12))
    day = draw(st.none() | st.integers(1, 28)) if month else None
    return HistoricalDate(draw(YEARS), month, day, draw(CALENDARS))


NAMES = st.text("abcdefgh Ёжѣ’-", min_size=1, max_size=90) | st.text(min_size=1, max_size=40)


@st.composite
def happened(draw: st.DrawFn) -> Event:
    first = draw(historical())
    until = draw(st.none() | historical())
    until = until if until and until.last > first.last else None
    by: Literal["text", "editors"] = draw(st.sampled_from(("text", "editors")))
    return Event("an-id", draw(NAMES), (), first, until, by, (), (), "", ())


EVERY_TIME = settings(
    max_examples=1_000 if EVERYTHING else 30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
EVENTS = st.lists(happened(), min_size=1, max_size=MOST).map(
    lambda events: sorted(events, key=lambda event: event.date.first)
)


def event(year: int, month: int | None = None, day: int | None = None, *, by: str = "text") -> Event:
    when = HistoricalDate(year, month, day)
    return Event("x", f"In {when}", (), when, None, "text" if by == "text" else "editors", (), (), "", ())


def said(scene: Scene) -> str:
    return "".join(words.words for words in scene.words).replace(" ", "")


@EVERY_TIME
@given(EVENTS, st.text("ab cѣ", max_size=80), st.text(max_size=80))
def test_labels_are_inside_and_apart_whatever_happened(events: list[Event], title: str, under: str) -> None:
    scene = timeline(title, under, events)
    check(scene)
    assert scene.width == WIDTH
    for one in events:
        assert "".join(words for line in label(one, 912).lines for words, _, _ in line).replace(" ", "") in said(scene)
        assert dates(one)[0].replace(" ", "") in said(scene)


@settings(deadline=None, max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(EVENTS)
def test_ink_stays_where_it_was_computed_to_be(events: list[Event]) -> None:
    check_drawn(timeline("Title", "", events))


def test_every_page_of_the_shipped_events_is_sound(app: App) -> None:
    events = app.corpus.notes.events
    for start in range(len(events)):
        check(timeline("Trotsky’s life", "part 1 of 8", events[start : start + MOST]))


def test_a_day_is_at_the_same_place_in_both_calendars() -> None:
    scale = make_scale([event(1917, 11, 6), event(1917, 11, 9)], 200, 1400)
    new = {tick.label: tick.x for tick in ticks(scale, "gregorian", TICK)}
    old = {tick.label: tick.x for tick in ticks(scale, "julian", TICK)}
    assert new["7 Nov"] == old["25 Oct"]
    assert scale.at(date(1917, 11, 7).toordinal()) < new["7 Nov"] < scale.at(date(1917, 11, 8).toordinal())


@EVERY_TIME
@given(first=st.integers(40_000, 3_600_000), many=st.integers(1, 400), calendar=CALENDARS, step=st.sampled_from(_STEPS))
def test_the_days_of_an_axis_are_all_of_its_own_and_few_others(
    first: int, many: int, calendar: Calendar, step: _Step
) -> None:
    axis = range(first, first + many)
    found = list(_days(Section(first, first + many, 0, 1), calendar, step))
    assert all(first - 31 <= day.first.toordinal() <= first + many + 31 for day in found), "days away from it"
    own = [HistoricalDate.of(date.fromordinal(ordinal), calendar) for ordinal in axis]
    assert [day for day in found if day.first.toordinal() in axis] == [day for day in own if is_on(day, step)]


def is_on(one: HistoricalDate, step: _Step) -> bool:
    """Whether a step of an axis has a day; it leaves out the last ones of a month, which the next one's is beside."""
    assert one.month
    assert one.day
    if step.unit == "day":
        return (one.day - 1) % step.every == 0 and one.day + step.every // 2 <= 31
    if step.unit == "month":
        return one.day == 1 and (one.month - 1) % step.every == 0
    return (one.month, one.day) == (1, 1) and one.year % step.every == 0


def test_the_lines_of_the_grid_are_where_days_begin() -> None:
    """A dot on the line of the 7th is on the 7th, not half a day before its label."""
    events = [event(1917, 11, day) for day in (6, 7, 9)]
    scene = timeline("Title", "", events)
    lines = {points[0][0] for one in scene.marks if isinstance(one, Stroke) if len(points := one.points) == 2}
    assert {dot.x for dot in marks_of(scene, Dot)} < lines


@EVERY_TIME
@given(st.lists(happened(), min_size=1, max_size=6), CALENDARS)
def test_ticks_are_in_order_with_room_between_their_labels(events: list[Event], calendar: Calendar) -> None:
    scale = make_scale(events, 200, 1344)
    found = ticks(scale, calendar, TICK)
    assert all(one.x < other.x for one, other in pairwise(found))
    labelled = [(one.left, one.left + TICK.width(one.label)) for one in found if one.label]
    if calendar == "gregorian" or all(time_span(one)[1] < date(1918, 1, 1).toordinal() for one in events):
        assert labelled
    assert all(one[1] < other[0] for one, other in pairwise(labelled))
    assert all(scale.left <= left and right <= scale.right for left, right in labelled)


@EVERY_TIME
@given(st.lists(happened(), min_size=1, max_size=6))
def test_all_that_happened_is_on_the_ruler(events: list[Event]) -> None:
    scale = make_scale(events, 200, 1344)
    for one in events:
        start, end = map(scale.at, time_span(one))
        assert scale.left <= start < end <= scale.right


def marks_of(scene: Scene, kind: type[Dot] | type[Bar] | type[Hatch]) -> list[Any]:
    """The marks of a kind in the lanes, without those of the legend and the paper behind words."""
    lowest = max(words.box.bottom for words in scene.words if words.font.face == "serif")
    found = [mark for mark in scene.marks if isinstance(mark, kind) and getattr(mark, "colour", PAPER) != PAPER]
    return [mark for mark in found if (mark.y if isinstance(mark, Dot) else mark.box.top) < lowest + 40]


@EVERY_TIME
@given(EVENTS)
def test_no_dot_is_away_from_its_date_and_no_bar_is_longer_than_its_time(events: list[Event]) -> None:
    scene = timeline("Title", "", events)
    left = EDGE_OF_AXIS
    scale = make_scale(events, left, WIDTH - 44)
    dots = marks_of(scene, Dot)
    assert len(dots) == len(events)
    bars = [*marks_of(scene, Bar), *marks_of(scene, Hatch)]
    for dot, one in zip(dots, events, strict=True):
        start, end = map(scale.at, time_span(one))
        assert dot.x == pytest.approx(start)
        own = [bar.box for bar in bars if bar.box.top < dot.y < bar.box.bottom]
        assert min(box.left for box in own) == pytest.approx(start)
        assert max(box.right for box in own) == pytest.approx(end)
        assert sum(box.width for box in own) == pytest.approx(end - start)


@EVERY_TIME
@given(EVENTS)
def test_a_later_time_is_never_further_left(events: list[Event]) -> None:
    scale = make_scale(events, 100, 956)
    days = sorted({day for one in events for day in time_span(one)})
    assert all(scale.at(one) < scale.at(other) for one, other in pairwise(days))
    assert len(scale.sections) <= 4
    assert all(one.right < other.left for one, other in pairwise(scale.sections))


def test_crowded_days_get_room_beside_a_long_time() -> None:
    crowd = [event(1879, 11, 7), *(event(1917, 11, day) for day in (6, 7, 8, 9)), event(1940, 8, 20)]
    scale = make_scale(crowd, 100, 956)
    places = [scale.at(one.date.first.toordinal()) for one in crowd]
    assert all(other - one > 26 for one, other in pairwise(places))
    assert len(scale.breaks) == 2
    assert "time left out" in {words.words for words in timeline("All", "", crowd).words}


def test_only_what_is_known_is_drawn_solid() -> None:
    month, day = event(1917, 3), event(1917, 11, 7)
    scene = timeline("1917", "", [month, day])
    assert [len(marks_of(scene, kind)) for kind in (Hatch, Bar)] == [1, 1]
    assert "at some time in between" in {words.words for words in scene.words}
    assert "at some time in between" not in {words.words for words in timeline("A day", "", [day]).words}


def test_each_event_says_who_dates_it() -> None:
    events = [event(1917, 11, 6), event(1917, 11, 7, by="editors"), event(1917, 11, 9)]
    scene = timeline("November", "", events)
    assert [dot.hollow for dot in marks_of(scene, Dot)] == [False, True, False]
    assert "date added by the editors" in {words.words for words in scene.words}


def test_a_timeline_after_the_reform_has_one_calendar() -> None:
    assert "O.S." in {words.words for words in timeline("1917", "", [event(1917, 11, 7)]).words}
    assert "O.S." not in {words.words for words in timeline("1937", "", [event(1937, 1, 9)]).words}


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(EVENTS, st.booleans())
def test_a_file_for_print_has_all_the_words(events: list[Event], dark: bool) -> None:
    scene = timeline("Title & <more>", "", events, dark=dark)
    root = ElementTree.fromstring(encode_svg(scene))  # noqa: S314 - our own file.
    words = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words == [drawn(one.words, one.font.face) for one in scene.words if drawn(one.words, one.font.face)]


def test_a_calendar_is_named_wherever_it_is_in_doubt() -> None:
    day = Event("x", "", (), HistoricalDate(1917, 10, 25, "julian"), HistoricalDate(1917, 10, 27, "julian"), "text",
                (), (), "", ())  # fmt: skip
    assert dates(day) == ("7–9 November 1917", "25–27 October (Old Style)")
    assert dates(event(1937, 1, 9)) == ("9 January 1937", "")
    assert dates(event(1917, 10)) == ("October 1917", "New Style")
    assert dates(event(1921, 3)) == ("March 1921", "")


def contrast(one: int, other: int) -> float:
    """The ratio of luminances that accessibility guidelines ask to be at least 4.5."""

    def luminance(colour: int) -> float:
        parts = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
        red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_words_can_be_told_from_the_paper() -> None:
    assert contrast(INK, PAPER) > 7
    assert contrast(FAINT, PAPER) > 4.5
    assert contrast(ACCENT, PAPER) > 4.5
    for colour in (INK, FAINT, ACCENT):
        assert contrast(DARK[colour], DARK[PAPER]) > 4.5


async def test_the_event_loop_goes_on_while_a_picture_is_made() -> None:
    threads: list[int] = []

    def compose() -> Scene:
        threads.append(threading.get_ident())
        return timeline("A day", "", [event(1917, 11, 7)])

    made, _ = await asyncio.gather(render_png(compose), asyncio.sleep(0))
    assert made.startswith(b"\x89PNG")
    assert threads != [threading.get_ident()]
