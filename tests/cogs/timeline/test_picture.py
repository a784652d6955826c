"""Timelines: every event with both dates, on a ruler that is right, with labels that never touch."""

from __future__ import annotations

import asyncio
import threading
from datetime import date
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.app import App
from cogs.shared.drawing.draw import render_png
from cogs.shared.drawing.fonts import Font
from cogs.shared.drawing.scene import ACCENT, FAINT, INK, PAPER, Dot, Scene
from cogs.timeline.axis import Scale, scale_of, spanned, ticks
from cogs.timeline.labels import dates, label, spread
from cogs.timeline.picture import MOST, WIDTH, timeline
from corpus.calendar import Calendar, HistoricalDate
from corpus.model import Event
from tests.cogs.shared.drawing.check import check, check_drawn

TICK = Font("sans", 30)
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
    by = draw(st.sampled_from(("text", "editors")))
    return Event("an-id", draw(NAMES), (), first, until, by, (), (), "", ())


EVENTS = st.lists(happened(), min_size=1, max_size=MOST).map(
    lambda events: sorted(events, key=lambda event: event.date.first)
)


def event(year: int, month: int | None = None, day: int | None = None, *, by: str = "text") -> Event:
    when = HistoricalDate(year, month, day)
    return Event("x", f"In {when}", (), when, None, "text" if by == "text" else "editors", (), (), "", ())


def said(scene: Scene) -> str:
    return "".join(words.words for words in scene.words).replace(" ", "")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EVENTS, st.text("ab cѣ", max_size=80), st.text(max_size=80))
def test_labels_stand_inside_and_apart_whatever_happened(events: list[Event], title: str, under: str) -> None:
    scene = timeline(title, under, events)
    check(scene)
    assert scene.width == WIDTH
    for one in events:
        assert "".join(words for words, _, _ in label(one, 400).lines).replace(" ", "") in said(scene)
        assert dates(one)[0].replace(" ", "") in said(scene)


@settings(deadline=None, max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(EVENTS)
def test_ink_stays_where_it_was_reckoned_to_be(events: list[Event]) -> None:
    check_drawn(timeline("Title", "", events))


def test_every_page_of_the_shipped_events_is_sound(app: App) -> None:
    events = app.corpus.notes.events
    for start in range(len(events)):
        check(timeline("Trotsky’s life", "part 1 of 8", events[start : start + MOST]))


def test_a_day_stands_at_the_same_place_in_both_calendars() -> None:
    scale = scale_of([event(1917, 11, 6), event(1917, 11, 9)], 200, 1400)
    new = {tick.label: tick.x for tick in ticks(scale, "gregorian", TICK)}
    old = {tick.label: tick.x for tick in ticks(scale, "julian", TICK)}
    assert new["7 Nov"] == old["25 Oct"]
    assert scale.at(date(1917, 11, 7).toordinal()) < new["7 Nov"] < scale.at(date(1917, 11, 8).toordinal())


@given(st.lists(happened(), min_size=1, max_size=6), CALENDARS)
def test_ticks_are_in_order_with_room_between_their_labels(events: list[Event], calendar: Calendar) -> None:
    scale = scale_of(events, 200, 1344)
    found = ticks(scale, calendar, TICK)
    assert all(one.x < other.x for one, other in pairwise(found))
    labelled = [(one.left, one.left + TICK.width(one.label)) for one in found if one.label]
    assert labelled
    assert all(one[1] < other[0] for one, other in pairwise(labelled))
    assert all(scale.left <= left and right <= scale.right for left, right in labelled)


@given(st.lists(happened(), min_size=1, max_size=6))
def test_all_that_happened_is_on_the_ruler(events: list[Event]) -> None:
    scale: Scale = scale_of(events, 200, 1344)
    for one in events:
        start, end = map(scale.at, spanned(one))
        assert scale.left <= start < end <= scale.right


def test_each_event_is_marked_in_its_own_time_and_says_who_dates_it() -> None:
    events = [event(1917, 11, 6), event(1917, 11, 7, by="editors"), event(1917, 11, 9)]
    scene = timeline("November", "", events)
    *dots, by_text, by_editors = [mark for mark in scene.marks if isinstance(mark, Dot)]
    assert [dot.hollow for dot in dots] == [False, True, False]
    assert (by_text.hollow, by_editors.hollow) == (False, True)
    assert dots[0].x < dots[1].x < dots[2].x


def test_a_calendar_is_named_wherever_it_is_in_doubt() -> None:
    day = Event("x", "", (), HistoricalDate(1917, 10, 25, "julian"), HistoricalDate(1917, 10, 27, "julian"), "text",
                (), (), "", ())  # fmt: skip
    assert dates(day) == ("7–9 November 1917", "25–27 October (Old Style)")
    assert dates(event(1937, 1, 9)) == ("9 January 1937", "27 December 1936 (Old Style)")
    assert dates(event(1917, 10)) == ("October 1917", "New Style")
    assert dates(event(1921, 3)) == ("March 1921", "")


@given(
    st.lists(st.tuples(st.floats(-100, 2000), st.floats(1, 300)), max_size=3),
    st.floats(0, 40),
)
def test_blocks_keep_their_order_and_distance(blocks: list[tuple[float, float]], gap: float) -> None:
    wanted, widths = [one for one, _ in blocks], [width for _, width in blocks]
    starts = spread(wanted, widths, 0, 1000, gap)
    assert all(start >= -0.001 and start + width <= 1000.001 for start, width in zip(starts, widths, strict=True))
    for number in range(1, len(starts)):
        assert starts[number] + 0.001 >= starts[number - 1] + widths[number - 1] + gap


def test_blocks_that_have_room_stand_where_they_are_wanted() -> None:
    assert spread([10, 400, 700], [100, 100, 100], 0, 1000, 20) == [10, 400, 700]


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


async def test_the_event_loop_goes_on_while_a_picture_is_made() -> None:
    threads: list[int] = []

    def compose() -> Scene:
        threads.append(threading.get_ident())
        return timeline("A day", "", [event(1917, 11, 7)])

    made, _ = await asyncio.gather(render_png(compose), asyncio.sleep(0))
    assert made.startswith(b"\x89PNG")
    assert threads != [threading.get_ident()]
